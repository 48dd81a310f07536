"""Runs side by side: their curves thinned to what a screen can show, and the settings in which they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.gui.models.curves import decayed_sums
from workbench.gui.models.series import Floats
from workbench.gui.models.step_block import StepBlock

AXES = ("step", "seconds", "tokens")
"""What curves are laid side by side by."""
COLUMNS = 2_000
"""Points of a thinned curve: as many as a wide screen has columns."""
WEIGHT = 0.9
"""Of the past, in the smoothed line."""
PER_STEP = ("loss", "gradient_norm", "learning_rate")


@dataclass(frozen=True, eq=False)
class ThinCurve:
    """A curve in at most `COLUMNS` pieces: arrays of (pieces,). No value between smallest and largest is hidden."""

    x: Mapping[str, Floats]
    """By axis: where each piece ends."""
    low: Floats
    high: Floats
    line: Floats
    """The smoothed mean."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ComparedRun:
    """One of the runs that are compared."""

    path: Path
    name: str
    curves: Mapping[str, ThinCurve] = field(default_factory=dict)
    """By name: ``loss``, ``validation accuracy``."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """By field: ``model.layers``."""
    baseline: Mapping[str, float] = field(default_factory=dict)
    """Of the validation rows, by metric."""


def thin(blocks: Sequence[StepBlock], scores: Sequence[tuple[int, str, float]]) -> dict[str, ThinCurve]:
    """The curves of a run.

    Args:
        blocks: Its steps in the order they were said; what a resumed run said again replaces what it had said before.
        scores: Step, metric and value of each evaluation.
    """
    rows = np.concatenate([block.values for block in blocks]) if blocks else np.empty((0, 8))
    rows = rows[still_true(rows[:, 0])]
    if not len(rows):
        return {}
    said = StepBlock(rows)
    axes = {"step": said.column("step"), "seconds": said.column("seconds"), "tokens": np.cumsum(said.column("tokens"))}
    starts = np.unique(np.linspace(0, len(rows), min(len(rows), COLUMNS), endpoint=False).astype(np.intp))
    ends = np.append(starts[1:], len(rows)) - 1
    x = {name: values[ends] for name, values in axes.items()}
    curves = {}
    for name in PER_STEP:
        values = said.column(name)
        line = values if name == "learning_rate" else _smoothed(values)
        finite = np.isfinite(values)
        low = np.minimum.reduceat(np.where(finite, values, np.inf), starts)
        high = np.maximum.reduceat(np.where(finite, values, -np.inf), starts)
        some = low <= high
        curves[name] = ThinCurve(x, np.where(some, low, np.nan), np.where(some, high, np.nan), line[ends])
    return curves | _scored(axes, scores)


def still_true(steps: Floats) -> NDArray[np.bool_]:
    """Which of these steps were not said again later: (n,) to (n,)."""
    if not len(steps):
        return np.zeros(0, np.bool_)
    later = np.minimum.accumulate(steps[::-1])[::-1]
    return np.append(steps[:-1] < later[1:], True)


def differing(runs: Sequence[ComparedRun]) -> dict[str, tuple[object, ...]]:
    """The settings that are not the same in all runs, each with the value of every run; None where it has none."""
    fields = dict.fromkeys(name for run in runs for name in run.settings)
    values = {name: tuple(run.settings.get(name) for run in runs) for name in fields}
    return {name: each for name, each in values.items() if any(one != each[0] for one in each)}


def _smoothed(values: Floats) -> Floats:
    """The exponential mean, its bias towards zero corrected; what is no number leaves it where it is."""
    finite = np.isfinite(values)
    powers = WEIGHT ** np.minimum(np.cumsum(finite), 500)
    sums = decayed_sums(values[finite], WEIGHT, 0.0) * (1 - WEIGHT)
    line = np.full(len(values), np.nan)
    places = np.cumsum(finite) - 1
    there = places >= 0
    line[there] = sums[places[there]] / (1 - powers[there])
    return line


def _scored(axes: Mapping[str, Floats], scores: Sequence[tuple[int, str, float]]) -> dict[str, ThinCurve]:
    by_metric: dict[str, dict[int, float]] = {}
    for step, metric, value in scores:
        by_metric.setdefault(metric, {})[step] = value
    curves = {}
    for metric, values in by_metric.items():
        steps = np.array(sorted(values), np.float64)
        line = np.array([values[int(step)] for step in steps])
        places = np.searchsorted(axes["step"], steps).clip(0, len(axes["step"]) - 1)
        x = {name: axis[places] for name, axis in axes.items()} | {"step": steps}
        curves[f"validation {metric}"] = ThinCurve(x, line, line, line)
    return curves
