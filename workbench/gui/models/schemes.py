"""How order enters a transformer, as tables and distances for any length, width, base and number of heads.

The formulas are those of the engine's positions, which the window may not import (it loads torch); a test holds them together.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.frames import PositionFrame, PositionPicture
from workbench.gui.models.position_maths import bias_matrix, similarity

Values = NDArray[np.float32]

SCHEMES = ("sinusoidal", "learned", "rotary", "alibi", "relative")
BASE = 10_000.0
"""Longest wavelength divided by 2π, as published for sinusoidal and rotary positions alike."""
UNTRAINED = 0.02
"""Standard deviation that learned tables begin with in BERT and GPT-2."""
BUCKETS, LONGEST = 32, 128
"""T5's: so many learned numbers for each head, and the distance from which all share the last one."""
SPREAD = 4
"""Curves that stand for all columns of a table."""


@lru_cache(maxsize=32)
def frame_of(scheme: str, length: int, width: int, heads: int, base: float = BASE) -> PositionFrame:
    """A scheme without any model.

    Args:
        scheme: One of `SCHEMES`. A learned table is as it is before training; relative biases, all zero then, are told by
            the number of the bucket each offset falls into.
        length: How many positions.
        width: Size of a position vector; of a head for `rotary`, even.
        heads: For `alibi`.
        base: For `sinusoidal` and `rotary`.

    Returns:
        (position, dimension), or (offset, head) for `alibi` and `relative`, with offsets from -(length - 1) on.
    """
    if scheme == "sinusoidal":
        return PositionFrame(scheme=scheme, values=sinusoidal(length, width, base))
    if scheme == "learned":
        drawn = np.random.default_rng(0).normal(0, UNTRAINED, (length, width))
        return PositionFrame(scheme=scheme, values=drawn.astype(np.float32))
    if scheme == "rotary":
        return PositionFrame(scheme=scheme, values=rotary(length, width, base))
    offsets = np.arange(1 - length, length)
    if scheme == "alibi":
        values = -np.abs(offsets)[:, None] * np.array(alibi_slopes(heads))
    elif scheme == "relative":
        values = relative_buckets(offsets)[:, None].astype(np.float64)
    else:
        raise ValueError(f"scheme {scheme!r} is not one of {SCHEMES}")
    return PositionFrame(scheme=scheme, values=values.astype(np.float32), rows="offset", columns="head", first=1 - length)


def angles(length: int, width: int, base: float = BASE) -> NDArray[np.float64]:
    """ω_i t with ω_i = base^(-2i / width): (position, ceil(width / 2)), in radians."""
    frequencies = base ** -(np.arange(0, width, 2) / width)
    return np.asarray(np.arange(length)[:, None] * frequencies)


def sinusoidal(length: int, width: int, base: float = BASE) -> Values:
    """PE(t)[2i] = sin(ω_i t), PE(t)[2i + 1] = cos(ω_i t) (Vaswani et al. 2017, section 3.5): (position, dimension)."""
    turned = angles(length, width, base)
    both = np.stack([np.sin(turned), np.cos(turned)], axis=-1).reshape(length, -1)
    return np.asarray(both[:, :width], np.float32)


def rotary(length: int, width: int, base: float = BASE) -> Values:
    """Cosines of all angles, then their sines (Su et al. 2021): (position, width). Rows t and t + k have the product
    Σ cos(ω_i k), which is what a query sees of a key that is alike, k positions away."""
    turned = angles(length, width, base)
    return np.asarray(np.concatenate([np.cos(turned), np.sin(turned)], axis=1), np.float32)


def alibi_slopes(heads: int) -> list[float]:
    """2^(-8/n), 2^(-16/n), … for a power of two n; else those of the power below, then every other one of the power above
    (Press et al. 2022)."""

    def geometric(count: int) -> list[float]:
        return [2.0 ** (-8.0 * (head + 1) / count) for head in range(count)]

    below = 2 ** int(math.log2(heads))
    return geometric(below) + geometric(2 * below)[::2][: heads - below]


def relative_buckets(
    offsets: NDArray[np.int_], *, bidirectional: bool = True, buckets: int = BUCKETS, longest: int = LONGEST
) -> NDArray[np.int_]:
    """The number of the bucket each offset key - query falls into (Raffel et al. 2020, section 2.1), of the offsets' shape.

    One bucket each when near, logarithmically wider ones up to `longest`.
    """
    if bidirectional:
        buckets //= 2
        side, distance = (offsets > 0) * buckets, np.abs(offsets)
    else:
        side, distance = np.zeros_like(offsets), np.maximum(-offsets, 0)
    exact = buckets // 2
    growth = np.log(np.maximum(distance, 1).astype(np.float32) / np.float32(exact)) / np.float32(math.log(longest / exact))
    far = np.minimum(exact + (growth * np.float32(buckets - exact)).astype(np.int64), buckets - 1)
    return np.asarray(side + np.where(distance < exact, distance, far))


def cut(frame: PositionFrame, length: int) -> PositionFrame:
    """The first positions of a table, or the nearest offsets of a bias: no more than there are."""
    rows = len(frame.values)
    if frame.columns != "head":
        return frame if rows <= length else replace(frame, values=frame.values[:length])
    spare = (rows + 1) // 2 - length
    return frame if spare <= 0 else replace(frame, values=frame.values[spare : rows - spare], first=frame.first + spare)


def decay(frame: PositionFrame) -> Values:
    """What a query sees of a key 0, 1, 2 … positions before it, from position alone.

    Returns:
        (distance, 1): for a table the mean product of two vectors so far apart, Σ cos(ω_i k) where they are fixed; or
        (distance, head): for a bias what is added to the score.
    """
    if frame.columns == "head":
        return np.asarray(frame.values[: (len(frame.values) + 1) // 2][::-1])
    return mean_products(frame.values)[:, None]


def picture_of(frame: PositionFrame, view: str, *, head: int = 0, cosine: bool = True, own: bool = False) -> PositionPicture:
    """What a card shows, for a file: everything but offsets is counted from 0.

    Args:
        frame: The table or bias.
        view: table, similarity, decay or curves.
        head: Whose bias ``similarity`` shows.
        cosine: ``similarity`` divides products by the lengths of the vectors.
        own: It is a model's.
    """
    bias, chosen = frame.columns == "head", spread(frame)
    rows, columns, first = frame.rows, frame.columns, frame.first
    names: tuple[int, ...] = ()
    if view == "similarity":
        values = bias_matrix(frame.values, head) if bias else similarity(frame.values, cosine=cosine)
        rows, columns, first = ("query", "key", 0) if bias else ("position", "position", 0)
    elif view == "decay":
        values, rows, first = decay(frame), "distance", 0
        columns = "head" if bias else "mean product"
    elif view == "curves":
        values, names = frame.values[:, list(chosen)], chosen
    else:
        values = frame.values
    return PositionPicture(
        scheme=frame.scheme, view=view, values=values, rows=rows, columns=columns, first=first, names=names, own=own
    )


def mean_products(values: Values) -> Values:
    """Mean product of two rows that are 0, 1, 2 … apart, by their spectrum: (position,). The last ones are means of few.

    Args:
        values: (position, dimension).
    """
    length = len(values)
    spectrum = np.fft.rfft(values.astype(np.float64), 2 * length, axis=0)
    sums = np.fft.irfft((np.abs(spectrum) ** 2).sum(1), 2 * length)[:length]
    return np.asarray(sums / np.arange(length, 0, -1), np.float32)


def spread(frame: PositionFrame) -> tuple[int, ...]:
    """Up to `SPREAD` columns that stand for all, from fast to slow, counted from 0."""
    columns = frame.values.shape[1]
    if frame.columns == "head":
        return tuple(sorted({column * columns // SPREAD for column in range(SPREAD)}))
    of = columns // 2 if frame.scheme == "rotary" else columns  # its second half are the sines of the same angles
    pair = 2 if frame.scheme == "sinusoidal" else 1
    return tuple(sorted({place * of // SPREAD // pair * pair for place in range(SPREAD)})) if of else ()
