"""What a position encoding says, as numbers: likeness of positions, biases as a matrix, slopes, norms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

SAMPLED = 4_096
"""Values that tell how large most are."""
OUTLYING = 4
"""How many times larger than most a value has to be to count as an outlier."""

LONGEST = 256
"""Positions that are compared with each other: more than a picture can show, and 1 ms for 768 dimensions."""


def similarity(values: Values, *, cosine: bool = False) -> Values:
    """Products of position vectors, of the first `LONGEST` positions.

    Args:
        values: (position, dimension).
        cosine: Divide by the norms, so that all lie between -1 and 1; a vector of zeros is like nothing.

    Returns:
        (position, position).
    """
    rows = np.asarray(values[:LONGEST], np.float32)
    if cosine:
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        rows = np.asarray(rows / np.where(norms > 0, norms, 1), np.float32)
    return np.asarray(rows @ rows.T, np.float32)


def by_offset(square: Values) -> Values:
    """Mean of each diagonal: how two positions relate that lie 0, 1, 2 … apart.

    Args:
        square: (position, position), symmetric.

    Returns:
        (position,), by offset. The last ones are means of few.
    """
    count = len(square)
    apart = np.arange(count)[None, :] - np.arange(count)[:, None]
    above = apart >= 0
    sums = np.bincount(apart[above], weights=square[above], minlength=count)
    return np.asarray(sums / np.arange(count, 0, -1), np.float32)


def bias_matrix(values: Values, head: int) -> Values:
    """What one head adds to the score of each query and key.

    Args:
        values: (offset, head), for key - query from -(n - 1) to n - 1.
        head: Counted from 0.

    Returns:
        (query, key), n × n, of the first `LONGEST`.
    """
    count = (len(values) + 1) // 2
    shown = min(count, LONGEST)
    places = np.arange(shown)
    return np.asarray(values[places[None, :] - places[:, None] + count - 1, head], np.float32)


def slopes(values: Values) -> Values:
    """How much each head takes from the score per step of distance, from its biases: (head,)."""
    middle = len(values) // 2
    if not middle:
        return np.zeros(values.shape[1], np.float32)
    return np.asarray(values[middle] - values[middle - 1], np.float32)


def mean_norm(values: Values) -> float:
    """Mean length of the position vectors; 0 where there are none."""
    return float(np.linalg.norm(values, axis=1).mean()) if values.size else 0.0


def reach(values: Values) -> float:
    """Largest size of a value that is a number: where a map around zero ends on both sides; 1 where all are zero."""
    if not values.size:
        return 1.0
    largest = float(max(values.max(), -values.min()))
    if not np.isfinite(largest):
        finite = values[np.isfinite(values)]
        largest = float(np.abs(finite).max()) if finite.size else 0.0
    return largest if largest > 0 else 1.0


def colour_reach(values: Values) -> float:
    """Where colours end: at the largest size, unless a few outliers would drown all others, then where 98 in 100 lie within.

    Learned tables have single dimensions that are tens of times larger than the rest (MiniLM's first position does).
    """
    largest = reach(values)
    some = np.abs(values.ravel()[:: max(1, values.size // SAMPLED)])
    some = some[np.isfinite(some)]
    if not some.size:
        return largest
    bulk = float(np.quantile(some, 0.98))
    return bulk if 0 < bulk < largest / OUTLYING else largest
