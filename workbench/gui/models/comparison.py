"""Two patterns of attention side by side: the difference, and how much of it there is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """B - A, of two heads over the same tokens."""

    difference: Weights
    """(query, key)"""
    moved: NDArray[np.float64]
    """(query,): which part of a query's weight lies elsewhere: half the sum of |B - A| (total variation), from 0 to 1."""

    @property
    def largest(self) -> tuple[int, int]:
        """Query and key that differ most."""
        query, key = np.unravel_index(int(np.abs(self.difference).argmax()), self.difference.shape)
        return int(query), int(key)


def compare(one: Weights, other: Weights) -> Comparison | None:
    """Compare two heads, (query, key) both; None where their tokens are not of the same number."""
    if one.shape != other.shape or not one.size:
        return None
    difference = np.asarray(other - one, np.float32)
    difference.setflags(write=False)
    return Comparison(difference=difference, moved=np.abs(difference).sum(-1, dtype=np.float64) / 2)
