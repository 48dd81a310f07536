"""Many steps of a run as arrays: a run of a million steps is read back without a million objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.events import Step

COLUMNS = ("step", "time", "loss", "learning_rate", "gradient_norm", "tokens", "seconds", "epoch")
"""The fields of a `Step`."""


@dataclass(frozen=True, eq=False)
class StepBlock:
    """Steps in the order in which they happened."""

    values: NDArray[np.float64]
    """(steps, 8), the columns as in `COLUMNS`; units as in `Step`."""

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> NDArray[np.float64]:
        """One field of every step: (steps,)."""
        return self.values[:, COLUMNS.index(name)]

    @staticmethod
    def of(steps: Sequence[Step]) -> StepBlock:
        """Steps as arrays."""
        rows = [[getattr(step, name) for name in COLUMNS] for step in steps]
        return StepBlock(np.array(rows, np.float64).reshape(-1, len(COLUMNS)))
