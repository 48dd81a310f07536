"""All that decides how a training goes on, as a checkpoint and back: weights, optimiser, random states, progress."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import torch
from accelerate.accelerator import Accelerator
from accelerate.optimizer import AcceleratedOptimizer
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine import checkpoints, devices
from workbench.engine.progress import Material, Progress, fingerprint
from workbench.engine.tuning import frozen_digest

Content = tuple[dict[str, dict[str, Tensor]], dict[str, Any]]
"""Tensors by file and name, and plain numbers: what `checkpoints.write` takes."""


class TrainingState:
    """What a checkpoint holds. Weights that are not learned are not in it, only their checksum.

    Args:
        model: Without the wrapping of several processes.
        optimizer: As accelerate wraps it.
        accelerator: The processes of the run; each has random states of its own.
        material: What is learned from and what chooses the best moment.
    """

    def __init__(
        self, model: PreTrainedModel, optimizer: AcceleratedOptimizer, accelerator: Accelerator, material: Material
    ) -> None:
        self.model, self.optimizer, self.accelerator, self.material = model, optimizer, accelerator, material

    def content(self, progress: Progress) -> Content:
        """What is to be written on the main process, of all processes; every one of them must call this."""
        rank, device = self.accelerator.process_index, self.accelerator.device
        states: list[Any] = [{f"{rank}.{name}": state for name, state in devices.random_states(device).items()}]
        if self.accelerator.num_processes > 1:
            gathered: list[Any] = [None] * self.accelerator.num_processes
            torch.distributed.all_gather_object(gathered, states[0])
            states = gathered
        tensors, plain = checkpoints.pack_optimizer(self.optimizer.optimizer)
        scaler = self.accelerator.scaler
        return (
            {
                "model": checkpoints.unique_tensors(self.model),
                "optimizer": tensors,
                "random": {name: tensor for state in states for name, tensor in state.items()},
            },
            {
                "progress": dataclasses.asdict(progress), "optimizer": plain, "data": fingerprint(self.material.train),
                "scored": fingerprint(self.material.validation), "frozen": frozen_digest(self.model),
                "scaler": scaler.state_dict() if scaler is not None else {},
            },
        )  # fmt: skip

    def put_back(self, tensors: Mapping[str, Mapping[str, Tensor]], state: Mapping[str, Any]) -> Progress:
        """Put the content of a checkpoint back.

        Raises:
            WorkbenchError: it belongs to other rows, or to another pretrained model.
        """
        scored = fingerprint(self.material.validation)
        if state["data"] != fingerprint(self.material.train) or state.get("scored", scored) != scored:
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
