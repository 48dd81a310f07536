"""Every scalar of a run by step, and the smoothed curve beside it. Plain numpy: a window draws it, a test reads it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.events import Step
from workbench.gui.models.series import Columns, Floats, Series
from workbench.gui.models.step_block import StepBlock

PER_STEP = ("loss", "learning_rate", "gradient_norm", "tokens_per_second", "seconds")
"""Curves that have a value at every step."""
BLOCK = 32
ROOM = (256, 1_048_576)
"""Values that a curve has room for from the start, at least and at most; memory is only taken as it is filled."""


class Curves:
    """Append-only curves by name; what a resumed run repeats replaces what it had said before."""

    def __init__(self) -> None:
        self._series: dict[str, Series] = {}
        self._smooth: dict[str, _Smoothed] = {}
        self._weight = 0.9
        self._room = ROOM[0]
        self.version = 0
        """Rises with every change: who draws compares it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the curves that have values."""
        return tuple(name for name, series in self._series.items() if len(series))

    @property
    def last_step(self) -> int:
        """The latest step of any curve; 0 before the first."""
        return int(max((series.steps[-1] for series in self._series.values() if len(series)), default=0))

    @property
    def smoothing(self) -> float:
        """Weight of the past in the smoothed curves, 0 (none) up to, not with, 1."""
        return self._weight

    @smoothing.setter
    def smoothing(self, weight: float) -> None:
        if not 0 <= weight < 1:
            raise ValueError(f"smoothing is {weight}, allowed is 0 up to, not with, 1")
        if weight != self._weight:
            self._weight = weight
            self._smooth.clear()
            self.version += 1

    def series(self, name: str) -> Series:
        """A curve; empty where nothing was said under this name."""
        return self._series.get(name) or Series()

    def smoothed(self, name: str) -> Series:
        """The curve's exponential mean, its bias towards zero corrected (Kingma & Ba 2015, section 3)."""
        smooth = self._smooth.get(name)
        if smooth is None:
            smooth = self._smooth[name] = _Smoothed(self._weight, self._room)
        smooth.follow(self.series(name))
        return smooth.series

    def columns(self, name: str, start: float, end: float, width: int) -> Columns:
        """What a curve shows between two steps on so many screen columns."""
        return self.series(name).columns(start, end, width)

    def value(self, name: str, step: float) -> float | None:
        """The value at the step nearest to this one; None while there is none."""
        series = self.series(name)
        place = series.nearest(step)
        return None if place is None else float(series.values[place])

    def extend(self, steps: Sequence[Step]) -> None:
        """Take training steps. One that is not after the last replaces everything from it on: a resumed run repeats steps."""
        self.extend_block(StepBlock.of(steps))

    def extend_block(self, block: StepBlock) -> None:
        """Take many training steps at once, as `extend` does."""
        numbers = block.column("step")
        for begin, end in _rising(numbers):
            known = self.series("loss")
            if len(known) and numbers[begin] <= known.steps[-1]:
                self.rewind(int(numbers[begin]) - 1)
            self._append(StepBlock(block.values[begin:end]))

    def catch_up(self) -> None:
        """Make everything ready to be drawn: while much is read back, bit by bit, so that no drawing has to do it all at once."""
        for name in PER_STEP:
            self.series(name).build()
            self.smoothed(name).build()

    def add(self, name: str, step: int, value: float) -> None:
        """Set one value of a sparse curve (``validation loss``); the same step again replaces it."""
        self._series.setdefault(name, Series()).put(step, value)
        smooth = self._smooth.get(name)
        if smooth is not None:
            smooth.cut(self._series[name].until(step - 1))
        self.version += 1

    def add_scores(self, split: str, step: int, metrics: Mapping[str, object]) -> None:
        """Add every plain number of an evaluation as ``"{split} {metric}"``: ``validation loss``, ``validation accuracy``."""
        for metric, value in metrics.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                self.add(f"{split} {metric}", step, float(value))

    def rewind(self, step: int) -> None:
        """Drop everything after a step."""
        for name, series in self._series.items():
            length = series.until(step)
            series.cut(length)
            if name in self._smooth:
                self._smooth[name].cut(length)
        self.version += 1

    def expect(self, steps: int) -> None:
        """How many steps a run will have at most: curves that begin from now on have room for them."""
        self._room = min(max(steps + 1, ROOM[0]), ROOM[1])

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self._series.clear()
        self._smooth.clear()
        self.version += 1

    def _append(self, block: StepBlock) -> None:
        seconds = block.column("seconds")
        past = self.series("seconds")
        took = np.diff(seconds, prepend=past.values[-1] if len(past) else 0.0)
        speed = np.divide(block.column("tokens"), took, out=np.full_like(took, np.nan), where=took > 0)
        values = {
            **{name: block.column(name) for name in ("loss", "learning_rate", "gradient_norm")},
            "tokens_per_second": speed,
            "seconds": seconds,
        }
        for name, column in values.items():
            if name not in self._series:
                self._series[name] = Series(self._room)
            self._series[name].extend(block.column("step"), column)
        self.version += 1


class _Smoothed:
    """An exponential mean that follows a growing curve; what is no number leaves it where it is."""

    def __init__(self, weight: float, room: int) -> None:
        self.series = Series(room)
        self._weight, self._room = weight, room
        self._sum, self._count = 0.0, 0  # Σ weightᵃ·value over the finite values so far, and how many they are

    def follow(self, raw: Series) -> None:
        """Catch up with the curve."""
        done = len(self.series)
        if done == len(raw):
            return
        values = raw.values[done:]
        finite = np.isfinite(values)
        numbers = values if finite.all() else values[finite]
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            sums = decayed_sums(numbers, self._weight, self._sum)
            means = sums * (1 - self._weight)
            early = means[: max(0, self._biased() - self._count)]
            early /= 1 - np.power(self._weight, self._count + np.arange(1, len(early) + 1))
        if len(numbers) < len(values):
            before = self.series.values[-1] if done else np.nan
            means = np.concatenate([[before], means])[np.cumsum(finite)]
        self.series.extend(raw.steps[done:], means)
        if len(numbers):
            self._sum, self._count = float(sums[-1]), self._count + len(numbers)

    def _biased(self) -> int:
        """After so many values the bias is less than a float can tell."""
        return math.ceil(math.log(1e-17) / math.log(self._weight)) if self._weight > 0 else 0

    def cut(self, length: int) -> None:
        """Go back to the first `length` values: cheaper to say again than to keep every state."""
        if length < len(self.series):
            self.series, self._sum, self._count = Series(self._room), 0.0, 0


def decayed_sums(values: Floats, weight: float, before: float) -> Floats:
    """Sums ``s[t] = weight · s[t − 1] + values[t]`` with ``s[−1] = before``: (n,) to (n,).

    scipy.signal.lfilter does the same, but importing it takes 0.85 s, which would stand between a person and the window.
    Here blocks are summed by one matrix product, and their carries by the same rule with ``weight ** BLOCK``.
    """
    powers = np.power(weight, np.arange(BLOCK + 1))
    distance = np.subtract.outer(np.arange(BLOCK), np.arange(BLOCK))
    matrix = np.where(distance >= 0, powers[np.maximum(distance, 0)], 0.0)
    size = len(values)
    if size <= BLOCK:
        return np.asarray(matrix[:size, :size] @ values + before * powers[1 : size + 1])
    blocks = np.pad(values, (0, -size % BLOCK)).reshape(-1, BLOCK) @ matrix.T  # (blocks, BLOCK)
    carries = decayed_sums(blocks[:, -1], float(powers[BLOCK]), before)
    blocks += np.concatenate([[before], carries[:-1]])[:, None] * powers[1:]
    return np.asarray(blocks.reshape(-1)[:size])


def _rising(numbers: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Stretches (from, to) within which steps rise."""
    if not len(numbers):
        return []
    edges = [0, *(np.flatnonzero(np.diff(numbers) <= 0) + 1).tolist(), len(numbers)]
    return list(pairwise(edges))
