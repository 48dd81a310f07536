"""A device that is lost while a run is trained on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from tests.tables import tiny, write_table
from workbench.contracts.errors import DeviceLost
from workbench.contracts.events import Failed
from workbench.runs.execute import start
from workbench.runs.folder import RunFolder


@pytest.fixture
def lost() -> Iterator[None]:
    """The one error that a machine without a card cannot make: raised in the model, with the words of the card's driver."""

    def lose(module: torch.nn.Module, inputs: object) -> None:
        raise torch.AcceleratorError("CUDA error: unspecified launch failure\nCUDA kernel errors might be reported later")

    hook = torch.nn.modules.module.register_module_forward_pre_hook(lose)
    yield
    hook.remove()


def test_it_ends_the_run_with_words_and_a_valid_folder(tmp_path: Path, lost: None) -> None:
    with pytest.raises(DeviceLost) as raised:
        list(start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run"))
    assert raised.value.what == "the device failed: CUDA error: unspecified launch failure"
    assert raised.value.where.startswith("step")
    assert raised.value.mend
    last = list(RunFolder.open(tmp_path / "run").events())[-1]
    assert isinstance(last, Failed)
    assert last.what == raised.value.what
