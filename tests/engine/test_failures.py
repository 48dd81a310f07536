"""What a device says when it can do no more."""

from __future__ import annotations

import pytest
import torch

from workbench.contracts.errors import RunFailed
from workbench.contracts.specs import TrainSpec
from workbench.engine.failures import explained


def test_memory_that_cannot_be_had_is_said_with_the_way_to_need_less() -> None:
    with pytest.raises(RunFailed, match="Halve batch_size \\(32\\)"), explained(TrainSpec(batch_size=32), lambda: "step 3"):
        torch.empty(2**60)


def test_other_errors_pass_as_they_are() -> None:
    with pytest.raises(RuntimeError, match="shape"), explained(TrainSpec(), lambda: ""):
        torch.zeros(2) @ torch.zeros(3, 3)
