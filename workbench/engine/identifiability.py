"""What a pattern cannot tell: other patterns that give exactly the same output (Brunner et al. 2020, "On Identifiability in
Transformers", section 3).

A row of attention a over n keys gives the output aᵀV. Whatever is added to a and vanishes against V, and sums to zero, leaves
both the output and the sum of the row: the null space of [V, 1]ᵀ, which has n - d_v - 1 dimensions for values in general
position. So in a text longer than a head is wide, the weights on screen are one of many explanations of the same output.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def hidden_dimensions(keys: int, value_dim: int) -> int:
    """In how many directions a row may change unseen: n - d_v - 1, at least 0, for values in general position.

    Args:
        keys: n, how many keys the query sees.
        value_dim: d_v, the width of a head's values.
    """
    return max(0, keys - value_dim - 1)


def hidden_directions(value: NDArray[np.floating]) -> Array:
    """An orthonormal basis of the changes to a row that change neither its sum nor its output.

    Args:
        value: (key, d_v), the values of the keys that the query sees.

    Returns:
        (direction, key); ``directions @ value`` is 0 and each direction sums to 0.
    """
    constraints = np.column_stack([np.asarray(value, dtype=np.float64), np.ones(len(value))])  # (K, Dv + 1)
    left, singular, _ = np.linalg.svd(constraints, full_matrices=True)
    smallest = singular.max(initial=0.0) * max(constraints.shape) * np.finfo(np.float32).eps  # values come as float32
    return left[:, int((singular > smallest).sum()) :].T


def another_row(weights: NDArray[np.floating], value: NDArray[np.floating]) -> Array | None:
    """A row as different as one step allows that gives the same output and is still a row of attention.

    Args:
        weights: (key,), not negative.
        value: (key, d_v), the values of the same keys.

    Returns:
        (key,), not negative, with the sum and the output of `weights`; None where the output allows no other row.
    """
    row = np.asarray(weights, dtype=np.float64)
    best, farthest = None, 0.0
    directions = hidden_directions(value)
    for direction in (*directions, *-directions):
        shrinking = direction < -1e-12
        step = float((row[shrinking] / -direction[shrinking]).min(initial=np.inf))  # until the first weight reaches zero
        moved = step * float(np.abs(direction).sum()) / 2  # total variation
        if np.isfinite(step) and moved > farthest:
            best, farthest = np.maximum(row + step * direction, 0.0), moved
    return best if farthest > 1e-9 else None
