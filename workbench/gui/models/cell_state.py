"""The arithmetic of one cell with numbers a person may change: what the model did, and what follows from the changes.

The formulas are those of the engine's own cell, which the window may not import (it loads torch); a test holds them together.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.cells import AttentionCell

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
        return follow(self.before, q=self.before.q, k=self.before.k, v=self.before.v).gap

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
        self._parts[part] = numbers
        self.now = follow(self.before, **self._parts) if self.changed else self.before

    def reset(self) -> None:
        """Back to the model's numbers."""
        self._parts = {part: getattr(self.before, part) for part in PARTS}
        self.now = self.before


def follow(cell: AttentionCell, *, q: Array, k: Array, v: Array) -> AttentionCell:
    """What follows from another query, key and value: the whole row is computed again, nothing outside it.

    Args:
        cell: As the model computed it.
        q: (d,)
        k: (d,) of this cell's key alone.
        v: (d_v,) of this cell's key alone.
    """
    keys, values = cell.keys.copy(), cell.values.copy()
    keys[cell.key], values[cell.key] = k, v
    scores = capped(keys @ q * cell.scaling, cell.softcap) + cell.added
    largest = scores.max()
    weights, sink = np.zeros_like(scores), 0.0
    if np.isfinite(largest):  # else it sees nothing, and the model hands on zeros
        sink = cell.sink * float(np.exp(cell.largest - largest)) if cell.sink else 0.0  # its own score does not move
        exponentials = np.exp(scores - largest)
        weights = exponentials / (exponentials.sum() + sink)
    return replace(cell, q=q, keys=keys, values=values, sink=sink, scores=scores, weights=weights, output=weights @ values)


def capped(scores: Array, softcap: float | None) -> Array:
    """Scores as they are, or capped at c · tanh(s / c) (Gemma 2, section 2)."""
    return scores if softcap is None else softcap * np.tanh(scores / softcap)
