"""Shared by the tests of the engine: nothing a lens does outlives its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from transformers.modeling_utils import AttentionInterface

from workbench.engine.attention import SWITCHBOARD


@pytest.fixture(autouse=True)
def nobody_is_left_looking() -> Iterator[None]:
    """Whatever a test does, all views are closed after it, and transformers' names mean what they meant."""
    before = dict(AttentionInterface._global_mapping)
    yield
    assert SWITCHBOARD.watchers == ()
    assert before == AttentionInterface._global_mapping
