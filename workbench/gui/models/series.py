"""One growing curve: values by step, and a pyramid over them that says what a screen column shows without reading them all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
FACTOR = 4
"""How many blocks of one level make one of the next."""
FINENESS = 4
"""A screen column is made of at least this many blocks, so that its borders are never off by more than a quarter of it."""


@dataclass(frozen=True)
class Columns:
    """What a curve shows in each screen column that holds values: arrays of (columns,).

    A column covers the values from `first` up to, not with, `last`; together they cover every value of the range asked for.
    What is no number is passed over; a column with nothing else is all NaN.
    """

    x: Floats
    """Middle of the column's steps."""
    low: Floats
    high: Floats
    mean: Floats
    first: NDArray[np.int64]
    last: NDArray[np.int64]


class Series:
    """Values by strictly rising step. Adding is amortised O(1); `columns` is O(width), however many values there are."""

    def __init__(self, room: int = 256) -> None:
        """A curve of no values; with room for so many it never has to be moved, which takes long when it is."""
        self._steps: Floats = np.empty(room)
        self._values: Floats = np.empty(room)
        self._length = 0
        self._levels: list[_Level] = []
        self._built = 0  # values that the pyramid already knows

    def __len__(self) -> int:
        return self._length

    @property
    def steps(self) -> Floats:
        """(values,), read only, valid until something is added."""
        return _read_only(self._steps[: self._length])

    @property
    def values(self) -> Floats:
        """(values,), read only, valid until something is added."""
        return _read_only(self._values[: self._length])

    def extend(self, steps: ArrayLike, values: ArrayLike) -> None:
        """Add values; steps rise and lie after the last one.

        Args:
            steps: (n,).
            values: (n,); NaN and infinity are kept, and passed over where they would be drawn.
        """
        new_steps, new_values = np.asarray(steps, np.float64), np.asarray(values, np.float64)
        end = self._length + len(new_steps)
        if end > len(self._steps):
            room = max(end, 2 * len(self._steps))
            self._steps, self._values = (_grown(old, self._length, room) for old in (self._steps, self._values))
        self._steps[self._length : end] = new_steps
        self._values[self._length : end] = new_values
        self._length = end

    def put(self, step: float, value: float) -> None:
        """Set one value wherever its step belongs: for curves of few points."""
        place = int(np.searchsorted(self.steps, step))
        if place == self._length:
            self.extend([step], [value])
            return
        later_steps, later_values = self._steps[place : self._length].copy(), self._values[place : self._length].copy()
        keep = int(later_steps[0] == step)  # the same step again: the newer value holds
        self.cut(place)
        self.extend([step, *later_steps[keep:]], [value, *later_values[keep:]])

    def cut(self, length: int) -> None:
        """Keep the first `length` values."""
        self._length = min(self._length, length)
        self._built = min(self._built, self._length)

    def until(self, step: float) -> int:
        """How many values there are up to and with this step."""
        return int(np.searchsorted(self.steps, step, side="right"))

    def nearest(self, step: float) -> int | None:
        """Place of the value whose step is nearest; None while there is none."""
        if not self._length:
            return None
        after = min(int(np.searchsorted(self.steps, step)), self._length - 1)
        before = max(after - 1, 0)
        return before if abs(self._steps[before] - step) <= abs(self._steps[after] - step) else after

    def columns(self, start: float, end: float, width: int) -> Columns:
        """What the steps from `start` to `end` show on `width` screen columns, and one value beyond each side.

        Column borders lie on multiples of the column's width in steps: a curve that is moved keeps its shape.
        """
        self.build()
        from_, to = int(np.searchsorted(self.steps, start)), self.until(end)
        from_, to = max(from_ - 1, 0), min(to + 1, self._length)
        if from_ >= to:
            empty, none = np.empty(0), np.empty(0, np.int64)
            return Columns(empty, empty, empty, empty, none, none)
        per_column = max((end - start) / max(width, 1), 1e-12)
        level, block = 0, 1
        while level < len(self._levels) and block * FACTOR * FINENESS * width <= to - from_:
            level, block = level + 1, block * FACTOR
        begin, stop = from_ // block, -(-to // block)  # in blocks; the outermost may reach beyond the range, never short of it
        column = np.floor(self._steps[begin * block : self._length : block][: stop - begin] / per_column)
        starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
        low, high, total, count = self._blocks(level, begin, stop)
        total, count = np.add.reduceat(total, starts), np.add.reduceat(count, starts)
        first = (begin + starts) * block
        last = np.append(first[1:], min(stop * block, self._length))
        some = count > 0
        return Columns(
            x=(self._steps[first] + self._steps[last - 1]) / 2,
            low=np.where(some, np.minimum.reduceat(low, starts), np.nan),
            high=np.where(some, np.maximum.reduceat(high, starts), np.nan),
            mean=np.where(some, total / np.maximum(count, 1), np.nan),
            first=first, last=last,
        )  # fmt: skip

    def _blocks(self, level: int, begin: int, stop: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Smallest, largest, sum and count of each block's finite values; (stop − begin,) each."""
        if level == 0:
            return _summaries(self._values[begin:stop])
        chosen = self._levels[level - 1]
        return chosen.low[begin:stop], chosen.high[begin:stop], chosen.total[begin:stop], chosen.count[begin:stop]

    def build(self) -> None:
        """Bring the pyramid up to date; work is proportional to what is new."""
        if self._built == self._length:
            return
        size, level, known = self._length, 0, self._built
        while size > FACTOR:
            if level == len(self._levels):
                self._levels.append(_Level(len(self._steps) // FACTOR ** (level + 1) + 1))
            known = known // FACTOR  # the last block may have been incomplete
            below = self._blocks(level, known * FACTOR, size)
            size = -(-size // FACTOR)
            self._levels[level].set(known, size, below)
            level += 1
        del self._levels[level:]
        self._built = self._length


class _Level:
    """Smallest, largest, sum and count of the finite values in each block."""

    def __init__(self, room: int) -> None:
        self.low, self.high, self.total, self.count = (np.empty(room) for _ in range(4))

    def set(self, known: int, size: int, below: tuple[Floats, Floats, Floats, Floats]) -> None:
        """Summarise the blocks below from block `known` on; afterwards there are `size`."""
        if size > len(self.low):
            room = max(size, 2 * len(self.low))
            self.low, self.high, self.total, self.count = (
                _grown(old, known, room) for old in (self.low, self.high, self.total, self.count)
            )
        starts = np.arange(0, len(below[0]), FACTOR)
        self.low[known:size] = np.minimum.reduceat(below[0], starts)
        self.high[known:size] = np.maximum.reduceat(below[1], starts)
        self.total[known:size] = np.add.reduceat(below[2], starts)
        self.count[known:size] = np.add.reduceat(below[3], starts)


def _summaries(values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    finite = np.isfinite(values)
    if finite.all():
        return values, values, values, np.broadcast_to(1.0, values.shape)
    return (
        np.where(finite, values, np.inf), np.where(finite, values, -np.inf), np.where(finite, values, 0.0),
        finite.astype(np.float64),
    )  # fmt: skip


def _grown(old: Floats, length: int, room: int) -> Floats:
    grown = np.empty(room)
    grown[:length] = old[:length]
    return grown


def _read_only(view: Floats) -> Floats:
    view = view.view()
    view.setflags(write=False)
    return view
