"""Steps that a training has made and not yet told of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from workbench.contracts.errors import RunFailed
from workbench.contracts.events import Event, Step, Warned

ASKED_EVERY = 16
"""Steps after which a GPU is asked for its numbers: each question makes it wait."""


class Unsaid:
    """Keeps what steps were like until it is said, in order.

    Args:
        device: Where the numbers are.
    """

    def __init__(self, device: torch.device) -> None:
        self._at_hand = device.type == "cpu"
        self._steps: list[tuple[dict[str, Any], Tensor, Tensor]] = []
        self._warnings: list[Warned] = []

    def add(self, facts: dict[str, Any], loss: Tensor, norm: Tensor) -> None:  # Any: the fields of `Step`
        """A step was made; its loss and the norm of its gradient, (), stay where they are."""
        self._steps.append((facts, loss, norm))

    def warn(self, warning: Warned) -> None:
        """Something is to be said before the next step is."""
        self._warnings.append(warning)

    def take_due(self) -> Iterator[Event]:
        """What may be said without making a GPU wait too often."""
        if self._at_hand or len(self._steps) >= ASKED_EVERY:
            yield from self.take()
        else:
            yield from self._take_warnings()

    def take(self) -> Iterator[Event]:
        """Everything.

        Raises:
            RunFailed: a loss is not a number.
        """
        yield from self._take_warnings()
        steps, self._steps = self._steps, []
        for facts, loss, norm in steps:
            value = float(loss)
            if not math.isfinite(value):
                raise RunFailed(
                    f"the loss is no longer a number (it is {value})", where=f"step {facts['step']}",
                    mend="Lower learning_rate, or switch clip, scale or residual on; the last checkpoint is kept.",
                )  # fmt: skip
            yield Step(loss=value, gradient_norm=float(norm), **facts)

    def forget(self) -> None:
        """Steps that were only tried are not told of."""
        self._steps = []

    def _take_warnings(self) -> Iterator[Event]:
        warnings, self._warnings = self._warnings, []
        yield from warnings
