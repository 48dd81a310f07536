"""The room that a run will take on its disk, told before its first step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from torch import nn

from workbench.contracts.specs import TrainSpec
from workbench.engine.checkpoints import unique_tensors
from workbench.engine.disk import SPARE, free_bytes, no_room

STATES = {"sgd": 1, "adafactor": 0}
"""Numbers that an optimiser keeps beside each weight; two where it is not named here."""


@dataclass(frozen=True, kw_only=True)
class RoomNeeded:
    """In bytes, from the sizes of the weights."""

    least: int
    """One checkpoint and the model: without these nothing is kept."""
    most: int
    """Two checkpoints and one that is being written, the best weights of each, the model, the film."""

    @classmethod
    def of(cls, model: nn.Module, spec: TrainSpec) -> Self:
        """What training a model will take."""
        learned = sum(parameter.nbytes for parameter in model.parameters() if parameter.requires_grad)
        checkpoint = sum(tensor.nbytes for tensor in unique_tensors(model).values())
        checkpoint += learned * STATES.get(spec.optimizer, 2) + SPARE
        whole = sum(parameter.nbytes for parameter in model.parameters())
        return cls(
            least=checkpoint + whole,
            most=3 * checkpoint + 3 * learned + whole + spec.film_megabytes * 1_000_000,
        )

    def check(self, run: Path) -> None:
        """Refuse a disk on which nothing could be kept.

        Raises:
            DiskFull: there is not even room for one checkpoint and the model.
        """
        free = free_bytes(run)
        if free < self.least:
            raise no_room(run, self.least, free)

    def warning(self, run: Path) -> str:
        """What to say where the disk may become full on the way; nothing where there is room enough."""
        free = free_bytes(run)
        if free >= self.most:
            return ""
        return (
            f"The disk of {run} has {free / 1e6:,.0f} MB left, and this run may take {self.most / 1e6:,.0f} MB. "
            f"Where it becomes full, training waits until there is room."
        )
