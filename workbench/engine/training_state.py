"""All that decides how a training goes on, as a checkpoint and back: weights, optimiser, random states, progress."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from accelerate.accelerator import Accelerator
from accelerate.optimizer import AcceleratedOptimizer
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.examples import Examples
from workbench.engine import checkpoints, devices
from workbench.engine.progress import Progress, fingerprint
from workbench.engine.tuning import frozen_digest


class TrainingState:
    """What a checkpoint holds. Weights that are not learned are not in it, only their checksum.

    Args:
        model: Without the wrapping of several processes.
        optimizer: As accelerate wraps it.
        accelerator: The processes of the run; each has random states of its own.
        examples: What is learned from.
    """

    def __init__(
        self, model: PreTrainedModel, optimizer: AcceleratedOptimizer, accelerator: Accelerator, examples: Examples
    ) -> None:
        self.model, self.optimizer, self.accelerator, self.examples = model, optimizer, accelerator, examples

    def write(self, folder: Path, progress: Progress) -> None:
        """Write a checkpoint on the main process; every process must call this.

        Raises:
            RunFailed: the disk is full or cannot be written.
        """
        rank, device = self.accelerator.process_index, self.accelerator.device
        states: list[Any] = [{f"{rank}.{name}": state for name, state in devices.random_states(device).items()}]
        if self.accelerator.num_processes > 1:
            gathered: list[Any] = [None] * self.accelerator.num_processes
            torch.distributed.all_gather_object(gathered, states[0])
            states = gathered
        if not self.accelerator.is_main_process:
            return
        tensors, plain = checkpoints.pack_optimizer(self.optimizer.optimizer)
        scaler = self.accelerator.scaler
        checkpoints.write(
            folder,
            {
                "model": checkpoints.unique_tensors(self.model),
                "optimizer": tensors,
                "random": {name: tensor for state in states for name, tensor in state.items()},
            },
            {
                "progress": dataclasses.asdict(progress), "optimizer": plain, "data": fingerprint(self.examples),
                "frozen": frozen_digest(self.model), "scaler": scaler.state_dict() if scaler is not None else {},
            },
        )  # fmt: skip

    def put_back(self, tensors: Mapping[str, Mapping[str, Tensor]], state: Mapping[str, Any]) -> Progress:
        """Put the content of a checkpoint back.

        Raises:
            WorkbenchError: it belongs to other rows, or to another pretrained model.
        """
        if state["data"] != fingerprint(self.examples):
            raise WorkbenchError(
                "the table is not the one this run began with", where="data.table",
                mend="Put the table back as it was, or start a new run.",
            )  # fmt: skip
        if state.get("frozen", "") != frozen_digest(self.model):
            raise WorkbenchError(
                "the pretrained model is not the one this run began with", where="model.model",
                mend="Put the model's folder back as it was, or start a new run.",
            )  # fmt: skip
        checkpoints.restore(self.model, tensors["model"])
        checkpoints.unpack_optimizer(self.optimizer.optimizer, tensors["optimizer"], state["optimizer"])
        rank = str(self.accelerator.process_index)
        mine = {name.partition(".")[2]: kept for name, kept in tensors["random"].items() if name.partition(".")[0] == rank}
        if mine:
            devices.restore_random_states(mine, self.accelerator.device)
        if state["scaler"] and self.accelerator.scaler is not None:
            self.accelerator.scaler.load_state_dict(state["scaler"])
        return Progress(**state["progress"])
