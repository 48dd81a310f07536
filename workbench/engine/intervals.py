"""Scores with what chance leaves open: model, baseline and their difference on the same rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from workbench.contracts.evaluations import SHARES, Answers, Bounds, Floats, Intervals
from workbench.engine.measures import Measure, Measures, measure
from workbench.engine.resampling import RESAMPLES, bounds, resampled_sums, resamples_of, unseen

Scored = tuple[float, float, float]


def intervals(answers: Answers, *, resamples: int = RESAMPLES, seed: int = 0) -> Intervals:
    """Bootstrap intervals of every score of these answers; both sides are scored on the same resampled rows (paired).

    Where all rows are right, or both sides are right on the same rows, resampling has nothing to vary; then the bound is the
    closed one of what has never been seen in so many rows.

    Args:
        answers: Of the model and, where there is one, of the baseline.
        resamples: How many at most; fewer on large tables.
        seed: The same seed gives the same intervals.
    """
    mine = measure(answers, answers.predictions)
    theirs = measure(answers, answers.baseline) if answers.baseline is not None else Measures(by_name={}, keys=None)
    names = list(mine.by_name)
    cells = _cells(mine, theirs)
    count = resamples_of(len(answers) if cells is None else int(cells.max(initial=0)) + 1, resamples)
    drawn = _drawn({"model": mine, "baseline": theirs}, cells, count, seed)
    found: dict[str, dict[str, Scored]] = {"model": {}, "baseline": {}, "difference": {}}
    for name in names:
        for who, side in (("model", mine), ("baseline", theirs)):
            if name in side.by_name:
                _note(found[who], name, side.by_name[name].value(), drawn[who, name], len(answers))
        if name in found["model"] and name in found["baseline"]:
            gap = found["model"][name][0] - found["baseline"][name][0]
            _note(found["difference"], name, gap, drawn["model", name] - drawn["baseline", name], len(answers), spread=True)
    return Intervals(rows=len(answers), of=max(answers.of, len(answers)), resamples=count, **found)


def _note(scores: dict[str, Scored], name: str, value: float, samples: Floats, rows: int, *, spread: bool = False) -> None:
    """Write a score and its bounds down, unless it is not defined."""
    if not np.isfinite(value):
        return
    found = bounds(samples, rows) if rows > 1 else None
    if name in SHARES and (found is None or found[0] == found[1]):
        found = _closed(value, rows, spread)
    if found is not None:
        scores[name] = (value, found[0], found[1])


def _closed(value: float, rows: int, spread: bool) -> Bounds:
    """Bounds of a share that no resample moves: 0, 1, or no difference."""
    room = unseen(rows)
    return (max(-1.0, value - room), min(1.0, value + room)) if spread else (max(0.0, value - room), min(1.0, value + room))


def _cells(mine: Measures, theirs: Measures) -> NDArray[np.int64] | None:
    """For each row the number of its cell: rows of one cell add the same on both sides. None where each is its own."""
    if mine.keys is None or (theirs.by_name and theirs.keys is None):
        return None
    keys = mine.keys if theirs.keys is None else np.concatenate([mine.keys, theirs.keys], axis=1)
    return np.asarray(np.unique(keys, axis=0, return_inverse=True)[1], np.int64).reshape(-1)


def _drawn(
    sides: Mapping[str, Measures], cells: NDArray[np.int64] | None, resamples: int, seed: int
) -> dict[tuple[str, str], Floats]:
    """Scores of each side on the same resamples: (resamples,)."""
    parts: list[tuple[tuple[str, str], Measure]] = [
        ((who, name), each) for who, side in sides.items() for name, each in side.by_name.items()
    ]
    if not parts:
        return {}
    sparse = any(isinstance(each.columns, csr_array) for _, each in parts)
    blocks = [each.columns for _, each in parts]
    columns = csr_array(hstack(blocks, format="csr")) if sparse else np.concatenate(blocks, axis=1)
    ends = np.cumsum([block.shape[1] for block in blocks])
    samples: dict[tuple[str, str], list[Floats]] = {key: [] for key, _ in parts}
    for sums in resampled_sums(columns, cells, resamples=resamples, seed=seed):
        for (key, each), own in zip(parts, np.split(sums, ends[:-1], axis=1), strict=True):
            samples[key].append(each.score(own))
    return {key: np.concatenate(found) for key, found in samples.items()}
