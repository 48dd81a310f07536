"""Which weights become lines: those that reach a threshold, the strongest of them where there are too many to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 5_000
"""Lines at most in a picture: more cannot be told apart, and take longer than a screen waits."""
FAINTEST = 0.5 / 255
"""Below this a line of that opacity has no colour at all."""

Index = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """Lines to draw, the weakest first. Arrays have one entry a line."""

    head: Index
    query: Index
    key: Index
    weight: NDArray[np.float32]
    reached: int
    """How many reach the threshold."""
    share: float
    """What part of all weight these lines hold."""

    @property
    def weakest(self) -> float:
        """The smallest weight that is drawn."""
        return float(self.weight[0]) if len(self.weight) else 0.0


def choose_lines(
    weights: NDArray[np.float32], threshold: float, *, query: int | None = None, key: int | None = None, most: int = MOST
) -> Lines:
    """Choose what is drawn.

    Args:
        weights: (head, query, key)
        threshold: The smallest weight that is drawn.
        query: Only this query's.
        key: Only this key's.
        most: Lines at most.
    """
    part = weights[:, slice(None) if query is None else [query]][:, :, slice(None) if key is None else [key]]
    flat = np.ravel(part)
    place = np.flatnonzero(flat >= max(threshold, FAINTEST))
    reached = len(place)
    if reached > most:
        place = place[np.argpartition(flat[place], reached - most)[reached - most :]]
    place = place[np.argsort(flat[place], kind="stable")]
    head, row, column = np.unravel_index(place, part.shape)
    weight = flat[place]
    total = float(flat.sum(dtype=np.float64))
    return Lines(
        head=head, query=row if query is None else np.full_like(row, query),
        key=column if key is None else np.full_like(column, key),
        weight=weight, reached=reached, share=float(weight.sum(dtype=np.float64)) / total if total > 0 else 0.0,
    )  # fmt: skip
