"""The processes of a run: one, or several that torchrun or `accelerate launch` started."""

from __future__ import annotations

import os
from typing import TypeVar

from accelerate.accelerator import Accelerator
from accelerate.state import AcceleratorState, GradientState
from accelerate.utils.operations import broadcast_object_list

from workbench.contracts.specs import TrainSpec
from workbench.engine import devices

Value = TypeVar("Value")


def agree(accelerator: Accelerator, value: Value) -> Value:
    """The main process's value, on every process."""
    if accelerator.num_processes == 1:
        return value
    box = [value]
    broadcast_object_list(box, from_process=0)
    return box[0]


def make_accelerator(spec: TrainSpec) -> Accelerator:
    """A fresh accelerator. Its state belongs to the process, so what an earlier run left is cleared first."""
    device = devices.choose_device(spec.device)
    if not os.environ.get("LOCAL_RANK"):
        AcceleratorState._reset_state(reset_partial_state=True)
        GradientState._reset_state()
        if device.index is not None:
            os.environ["ACCELERATE_TORCH_DEVICE"] = str(device)
    return Accelerator(cpu=device.type == "cpu", mixed_precision=devices.choose_precision(spec.precision, device))
