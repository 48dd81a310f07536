"""Weights as shades: from any size to the pixels of a picture, in one of three scales, without losing a thin line.

Where many cells share a pixel it shows the **largest** of them: a mean would fade a diagonal of 512 tokens to nothing in a tile
of 60 pixels. Where a cell covers several pixels it is repeated, so that edges stay crisp.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from workbench.gui.colours import to_bytes

SCALES = ("linear", "log", "row")
"""0…1; 0.0001…1 in powers of ten; each query's weights by its largest one."""
DECADES = 4
"""Powers of ten that the log scale shows below 1."""
SIGNED = "signed"
"""The scale of differences; it is not chosen, it follows from what is shown."""
ZERO = 128
"""The middle of a diverging map."""

Weights = NDArray[np.float32]
Shades = NDArray[np.uint8]

_CACHE = 1 << 16
"""Weights of which the largest are taken at a time: what the processor's nearest cache holds."""
_BLOCKS = 4
"""From so many cells a pixel on, every block has the same number of cells, which is several times faster."""


def shades(weights: Weights, rows: int, columns: int, scale: str = "linear") -> Shades:
    """Shade every pixel of every picture.

    Args:
        weights: (head, query, key), between 0 and 1.
        rows: Height of one picture in pixels.
        columns: Width of one picture in pixels.
        scale: One of `SCALES`.

    Returns:
        (head, rows, columns), indices into a colour map.

    Raises:
        ValueError: The scale is not known.
    """
    if scale not in SCALES:
        raise ValueError(f"scale {scale!r} is not one of {SCALES}")
    heads, queries, keys = weights.shape
    if min(heads, queries, keys, rows, columns) < 1:
        return np.zeros((heads, max(rows, 0), max(columns, 0)), np.uint8)
    high, wide = (-(-cells // pixels) for cells, pixels in ((queries, rows), (keys, columns)))  # cells a pixel
    if max(high, wide) >= _BLOCKS:
        blocks = _blocks(weights, high, wide, scale == "row")
    else:
        blocks = by_row(weights) if scale == "row" else weights
    seen = _largest_columns(_largest_rows(blocks, rows), columns)
    return log_bytes(seen) if scale == "log" else to_bytes(seen)


def signed_shades(differences: Weights, rows: int, columns: int, limit: float) -> Shades:
    """Shade what has a sign, as `shades` does: where cells share a pixel the one farthest from zero is seen.

    Args:
        differences: (head, query, key).
        rows: Height of one picture in pixels.
        columns: Width of one picture in pixels.
        limit: What the colours end at, either way; zero is always their middle.

    Returns:
        (head, rows, columns), indices into a diverging colour map.
    """
    heads, queries, keys = differences.shape
    if min(heads, queries, keys, rows, columns) < 1:
        return np.full((heads, max(rows, 0), max(columns, 0)), ZERO, np.uint8)
    most, least = (_largest_columns(_largest_rows(each, rows), columns) for each in (differences, -differences))
    return to_bytes(np.where(most >= least, most, -least), -limit, limit)


def by_row(weights: Weights) -> Weights:
    """Every query's weights over its largest one; a row of zeros stays zero."""
    largest = weights.max(-1, keepdims=True)
    return np.asarray(weights * (1 / np.where(largest > 0, largest, 1)), np.float32)


def log_bytes(weights: NDArray[np.floating]) -> Shades:
    """Indices into a map where every power of ten is as long; 10⁻⁴ and below is 0."""
    safe = np.maximum(np.nan_to_num(weights), 10.0**-DECADES)
    return to_bytes(np.log10(safe), -float(DECADES), 0.0)


def edges(cells: int, pixels: int) -> NDArray[np.intp]:
    """Where each of `pixels` parts of an axis of `cells` begins, and the end: (pixels + 1,)."""
    return np.arange(pixels + 1, dtype=np.intp) * cells // pixels


def _blocks(weights: Weights, high: int, wide: int, own_scale: bool) -> Weights:
    """Largest weight of each block of `high` by `wide` cells, (head, blocks down, blocks across), in one pass over the memory.

    A block is a little larger than a pixel, so some blocks are later drawn twice as wide as others.
    """
    heads, queries, keys = weights.shape
    down = -(-queries // high)
    out = np.empty((heads, down, -(-keys // wide)), np.float32)
    each = max(1, _CACHE // keys)
    for head, first in product(range(heads), range(0, down, each)):
        part = weights[head, first * high : (first + each) * high]
        rows = _largest_of_rows(by_row(part) if own_scale else part, high)
        out[head, first : first + each] = _largest_of_columns(rows, wide)
    return out


def _largest_of_rows(values: Weights, size: int) -> Weights:
    """Largest of every `size` neighbours down, (rows, columns); the last block may have fewer."""
    whole = len(values) // size * size
    most = values[:whole].reshape(-1, size, values.shape[1]).max(1)
    return np.concatenate([most, values[whole:].max(0, keepdims=True)]) if whole < len(values) else most


def _largest_of_columns(values: Weights, size: int) -> Weights:
    """The same across. Strided steps are faster here than a sum over a short last axis."""
    if size == 1:
        return values
    whole = values.shape[1] // size * size
    most = np.maximum(values[:, 0:whole:size], values[:, 1:whole:size])
    for at in range(2, size):
        np.maximum(most, values[:, at:whole:size], out=most)
    return np.concatenate([most, values[:, whole:].max(1, keepdims=True)], 1) if whole < values.shape[1] else most


def _largest_rows(weights: Weights, rows: int) -> Weights:
    """(head, query, key) to (head, rows, key): largest of each part, or repeated."""
    at = edges(weights.shape[1], rows)
    if weights.shape[1] <= rows:
        return weights[:, at[:-1]]
    out = np.empty((weights.shape[0], rows, weights.shape[2]), np.float32)
    for row in range(rows):  # all heads at once; a tenth of the time of reduceat along this axis
        first, end, into = at[row], at[row + 1], out[:, row]
        np.maximum(weights[:, first], weights[:, end - 1], out=into)
        for query in range(first + 1, end - 1):
            np.maximum(into, weights[:, query], out=into)
    return out


def _largest_columns(values: Weights, columns: int) -> Weights:
    """(head, rows, key) to (head, rows, columns): largest of each part, or repeated."""
    at = edges(values.shape[2], columns)[:-1]
    return values[:, :, at] if values.shape[2] <= columns else np.maximum.reduceat(values, at, axis=2)
