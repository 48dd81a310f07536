"""The model most tests of predictions ask."""

from __future__ import annotations

import pytest

from tests.trained import Trained
from workbench.runs.opened import Opened


@pytest.fixture
def classifier(trained: Trained) -> Opened:
    return trained("text-classification")
