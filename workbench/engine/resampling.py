"""The bootstrap (Efron 1979): how far a score would move, had other rows been drawn.

A score here is a function of sums over rows, so a resample is a count for each *kind* of row: rows that add the same to every
sum are one cell, and the counts of cells are multinomial. That is the same distribution as drawing rows one by one, at a
fraction of the cost; where nearly every row is a cell of its own, rows are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

from workbench.contracts.evaluations import LEVEL, Bounds, Floats

RESAMPLES = 2_000
FEWEST = 400
"""Resamples of the largest tables."""
DRAWS = 40_000_000
"""Cells times resamples, about: a second or two."""
CHUNK = 4_000_000
"""Counts held at once: 32 MB."""


def resamples_of(cells: int, wanted: int = RESAMPLES) -> int:
    """How many resamples are affordable."""
    return int(np.clip(DRAWS // max(1, cells), min(FEWEST, wanted), wanted))


def resampled_sums(
    columns: NDArray[np.float64] | Any, cells: NDArray[np.int64] | None, *, resamples: int, seed: int
) -> Iterator[Floats]:  # Any: a scipy sparse matrix
    """Sums of columns over rows drawn with replacement.

    Args:
        columns: What each row adds: (rows, columns), dense or sparse.
        cells: For each row a number, equal where rows add the same: (rows,). None: each row is its own cell.
        resamples: How many samples of as many rows as there are.
        seed: The same seed draws the same rows.

    Yields:
        (some resamples, columns); `resamples` in all.
    """
    rows = columns.shape[0]
    chance = np.random.default_rng(seed)
    if cells is not None:
        _, first, sizes = np.unique(cells, return_index=True, return_counts=True)
        columns = columns[first]
    count = columns.shape[0]
    for begin in range(0, resamples, step := max(1, CHUNK // max(1, count))):
        some = min(step, resamples - begin)
        if cells is None:
            drawn = chance.integers(0, count, (some, rows)) + np.arange(some)[:, None] * count
            counts = np.bincount(drawn.ravel(), minlength=some * count).reshape(some, count)
        else:
            counts = chance.multinomial(rows, sizes / rows, size=some)
        # Whole numbers below 2**53: exact in float64. A sparse matrix stands at the left of its product.
        weights = counts.astype(np.float64)  # (R, K)
        yield np.asarray((columns.T @ weights.T).T)


def bounds(samples: Floats, rows: int, level: float = LEVEL) -> Bounds | None:
    """The percentile interval of resampled scores, widened for few rows.

    The percentile interval is too narrow for few rows; taking the percentiles that t and the variance's n - 1 ask for mends
    it (Hesterberg 2015, "What teachers should know about the bootstrap", the expanded percentile interval).

    Returns:
        Low and high, or None where the score is undefined in most resamples.
    """
    samples = samples[np.isfinite(samples)]
    if rows < 2 or not len(samples):
        return None
    tail = float(ndtr(stdtrit(rows - 1, (1 - level) / 2) * np.sqrt(rows / (rows - 1))))
    low, high = np.quantile(samples, (tail, 1 - tail))
    return float(low), float(high)


def unseen(rows: int, level: float = LEVEL) -> float:
    """What has never been seen in so many rows may still happen this often (Clopper & Pearson 1934; the "rule of three")."""
    return float(1 - ((1 - level) / 2) ** (1 / rows)) if rows else 1.0
