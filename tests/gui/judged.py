"""Judged answers for tests of the window, without a run."""

from __future__ import annotations

import numpy as np

from tests.answers import answers, classified
from workbench.contracts.evaluations import Answers, Judged
from workbench.engine.analyses import analyse
from workbench.runs.verdicts import verdict


def judged(found: Answers, *, other: str = "", columns: tuple[str, ...] = ("shop",)) -> Judged:
    """What a worker would bring of these answers."""
    analysis = analyse(found)
    told = verdict(analysis.intervals, analysis.metric, found.split, other_run=bool(other))
    return Judged(analysis=analysis, verdict=told, splits=("test", "validation"), columns=columns, other=other)


SOME = {
    "classes": classified(300, 3, right=0.9, baseline=0.7),
    "numbers": answers("numbers", [f"{n}" for n in range(60)], [f"{n + (-1) ** n}" for n in range(60)], baseline=["30"] * 60),
    "tags": answers("tags", ["B-PER O", "O B-LOC"] * 20, ["B-PER O", "O O"] * 20),
    "labels": answers(
        "labels",
        ["a; b", "b"] * 20,
        ["a; b", "a"] * 20,
        labels=("a", "b"),
        probabilities=np.tile([[0.9, 0.8], [0.7, 0.2]], (20, 1)),
    ),
    "spans": answers("spans", ["a b", "c"] * 20, ["a b", "b"] * 20, confidence=[0.9, 0.3] * 20),
    "texts": answers("texts", ["a b", "c"] * 20, ["a b", ""] * 20),
}
"""Of each kind of answers some."""
