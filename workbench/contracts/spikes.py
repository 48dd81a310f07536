"""Steps of a training that stand out: how far a loss or a gradient norm lies above what is usual around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

AROUND = 50
"""Steps that say what is usual: half of them before, half after; at either end of a run the nearest ones."""
DEVIATIONS = 8.0
"""Spreads above the median beyond which a value is a spike."""
TIMES = 1.5
"""And so many times the median, at least: where nothing varies, a hair's breadth is many spreads."""
BEFORE = 5
"""Steps just before, whose median a spike is beyond as well: where a curve falls steeply, its beginning is no spike."""
OF_A_NORMAL = 1.4826
"""Standard deviations of a normal distribution to one median absolute deviation (Rousseeuw & Croux 1993, section 1)."""
LEAST = 0.01
"""Of the median: no spread is taken to be smaller."""
AT_ONCE = 50_000
"""Steps that are judged together, so that memory is bounded."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Spike:
    """A step whose loss or gradient norm is far above what is usual around it; of neighbours that all are, the highest."""

    step: int
    what: str
    """``loss`` or ``gradient_norm``."""
    value: float
    median: float
    """Of the steps around it."""
    deviations: float
    """How many spreads it lies above that median."""


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What a value is like in the steps around one."""

    median: float
    spread: float
    """1.4826 median absolute deviations, at least a hundredth of the median: robust against the spike itself."""
    steps: int
    """How many steps say so; the one in question is not among them."""

    def deviations(self, value: float) -> float:
        """How many spreads a value lies above the median; below 0 where it lies below."""
        return (value - self.median) / self.spread if self.spread > 0 else 0.0


def usual(values: ArrayLike, place: int) -> Usual:
    """What is usual around one of the values (n,), itself left out."""
    known = np.asarray(values, np.float64)
    first = _first(len(known), np.array([place]))[0]
    others = np.delete(known[first : first + AROUND + 1], place - first)
    if not len(others):
        return Usual(median=float("nan"), spread=0.0, steps=0)
    median, spread = _usual(others[None, :])
    return Usual(median=float(median[0]), spread=float(spread[0]), steps=len(others))


def find_spikes(steps: ArrayLike, values: ArrayLike, what: str, *, first: int = 0) -> tuple[Spike, ...]:
    """The spikes of one curve, in order.

    A spike lies 8 spreads above the median of the 50 steps around, and 1.5 times above both that and the median of the five
    steps before it.

    Args:
        steps: (n,) rising.
        values: (n,); what is no number is no spike.
        what: ``loss`` or ``gradient_norm``.
        first: The place from which on to look; those before are only what is around.
    """
    at, known = np.asarray(steps), np.asarray(values, np.float64)
    size = len(known)
    if size <= AROUND // 2:  # too little is known of what is usual
        return ()
    window = np.lib.stride_tricks.sliding_window_view(known, min(AROUND + 1, size))
    found: list[Spike] = []
    for begin in range(max(0, first), size, AT_ONCE):
        places = np.arange(begin, min(begin + AT_ONCE, size))
        starts = _first(size, places)
        low = int(starts[0])
        medians, spreads = (each[starts - low] for each in _usual(window[low : int(starts[-1]) + 1]))
        deviations = np.divide(known[places] - medians, spreads, out=np.zeros(len(places)), where=spreads > 0)
        with np.errstate(invalid="ignore"):  # the value itself moves the median a little: what comes near is looked at closely
            high = np.flatnonzero((deviations > 0.7 * DEVIATIONS) & (known[places] > 0.9 * TIMES * medians))
        found += [spike for each in high if (spike := _spike(at, known, what, int(places[each]))) is not None]
    return _highest(found)


def _spike(steps: NDArray[np.integer], values: Floats, what: str, place: int) -> Spike | None:
    """The spike at a place, held against the steps around without itself; None where it is none after all."""
    value, around = float(values[place]), usual(values, place)
    least = max(around.median, _before(values, place))
    if around.deviations(value) <= DEVIATIONS or not value > TIMES * least:
        return None
    return Spike(
        step=int(steps[place]), what=what, value=value, median=around.median, deviations=around.deviations(value)
    )  # fmt: skip


def _first(size: int, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the steps around each place begin, among so many."""
    starts: NDArray[np.int64] = np.clip(places - AROUND // 2, 0, max(0, size - AROUND - 1))
    return starts


def _before(values: Floats, place: int) -> float:
    """The median of the numbers just before; infinite where there are none."""
    numbers = values[max(0, place - BEFORE) : place]
    numbers = numbers[np.isfinite(numbers)]
    return float(np.median(numbers)) if len(numbers) else float("inf")


def _usual(rows: Floats) -> tuple[Floats, Floats]:
    """Median and spread of each row: (n, around) to (n,) each."""
    with np.errstate(invalid="ignore"):
        medians = np.median(rows, axis=1)
        spreads = OF_A_NORMAL * np.median(np.abs(rows - medians[:, None]), axis=1)
    return medians, np.maximum(spreads, LEAST * np.abs(medians))


def _highest(found: Sequence[Spike]) -> tuple[Spike, ...]:
    """One of each row of neighbours."""
    kept: list[Spike] = []
    last = -2
    for spike in found:
        if spike.step > last + 1:
            kept.append(spike)
        elif spike.value > kept[-1].value:
            kept[-1] = spike
        last = spike.step
    return tuple(kept)
