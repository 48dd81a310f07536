"""The arithmetic of one cell with numbers a person may change: what the model did, and what follows from the changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.cells import AttentionCell, edited

Array = NDArray[np.float64]
PARTS = ("q", "k", "v")
"""What can be changed."""


class CellState:
    """A cell as the model computed it, and as it is with the changes made so far."""

    def __init__(self, cell: AttentionCell) -> None:
        self.before = cell
        self.now = cell
        self._parts = {"q": cell.q, "k": cell.k, "v": cell.v}

    @property
    def changed(self) -> bool:
        """Whether any number differs from the model's."""
        return any(not np.array_equal(self._parts[part], getattr(self.before, part)) for part in PARTS)

    @property
    def error(self) -> float:
        """max |recomputed - what the model used|: of the arithmetic shown here, without any change."""
        return edited(self.before).gap

    @property
    def moved(self) -> float:
        """By how much the changes move the head's output, at most in one dimension."""
        return float(np.abs(self.now.output - self.before.output).max(initial=0.0))

    def set_number(self, part: str, place: int, value: float) -> None:
        """Change one number of `q`, `k` or `v`; one that is not finite changes nothing."""
        if not np.isfinite(value):
            return
        numbers = self._parts[part].copy()
        numbers[place] = value
        parts = self._parts = {**self._parts, part: numbers}
        self.now = edited(self.before, q=parts["q"], k=parts["k"], v=parts["v"]) if self.changed else self.before

    def reset(self) -> None:
        """Back to the model's numbers."""
        self._parts = {part: getattr(self.before, part) for part in PARTS}
        self.now = self.before
