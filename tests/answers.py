"""Answers made by hand or by chance, for tests of what is read off them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.evaluations import Answers


def answers(
    kind: str, targets: Sequence[str], predictions: Sequence[str], *, baseline: Sequence[str] | None = None,
    labels: tuple[str, ...] = (), probabilities: NDArray[np.floating] | None = None,
    confidence: Sequence[float] | NDArray[np.float64] | None = None, texts: Sequence[str] | None = None,
    tokens: Sequence[int] | None = None, split: str = "validation", of: int = 0,
) -> Answers:  # fmt: skip
    """Answers with what a test does not care about filled in."""
    rows = len(targets)
    sure = confidence if confidence is not None else probabilities.max(1) if probabilities is not None else [np.nan] * rows
    return Answers(
        split=split, task="", kind=kind, rows=np.arange(rows), texts=tuple(texts or (f"text {row}" for row in range(rows))),
        targets=tuple(targets), predictions=tuple(predictions), confidence=np.asarray(sure, np.float64),
        tokens=np.asarray(tokens if tokens is not None else [3] * rows, np.int64),
        baseline=None if baseline is None else tuple(baseline), labels=labels,
        probabilities=None if probabilities is None else probabilities.astype(np.float32), of=of or rows,
    )  # fmt: skip


def classified(rows: int, classes: int, *, right: float, baseline: float, seed: int = 0) -> Answers:
    """Classes at random, both sides right with these chances."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, classes, rows)
    sides = [np.where(chance.random(rows) < share, truth, (truth + 1) % classes) for share in (right, baseline)]
    names = tuple(f"c{number}" for number in range(classes))
    told = [[names[each] for each in side] for side in (truth, *sides)]
    outputs = chance.dirichlet(np.ones(classes) / 5, rows)
    top = outputs.argmax(1)
    every = np.arange(rows)
    outputs[every, top], outputs[every, sides[0]] = outputs[every, sides[0]].copy(), outputs[every, top].copy()
    return answers("classes", told[0], told[1], baseline=told[2], labels=names, probabilities=outputs)
