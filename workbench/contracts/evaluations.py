"""What a model answered on rows it did not learn from, and what follows from those answers alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = ("classes", "labels", "numbers", "tags", "spans", "texts")
"""What an answer is: one class, all labels that hold, a number, a tag per word, a stretch of a passage, a text."""
LOWER_IS_BETTER = frozenset({"rmse", "loss", "perplexity"})
SHARES = frozenset({"accuracy", "macro_f1", "micro_f1", "subset_accuracy", "f1", "exact_match", "entity_f1"})
"""Between 0 and 1; differences are told in points."""
LEVEL = 0.95
"""How often an interval made like these holds the true value, if rows are drawn anew."""

Floats = NDArray[np.float64]
Bounds = tuple[float, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Answers:
    """The answers of one run on one split, row by row; all sequences are of one length, (rows,)."""

    split: str
    task: str
    kind: str
    """One of `KINDS`."""
    rows: NDArray[np.int64]
    """Row of the table each answer belongs to."""
    texts: tuple[str, ...]
    """What was read; a very long text is kept without its end."""
    targets: tuple[str, ...]
    predictions: tuple[str, ...]
    confidence: Floats
    """The model's own probability of its answer; NaN where it gives none."""
    tokens: NDArray[np.int64]
    """Length of each text as the model reads it."""
    second: tuple[str, ...] | None = None
    second_confidence: Floats | None = None
    baseline: tuple[str, ...] | None = None
    """What the simple baseline answers, where there is one."""
    labels: tuple[str, ...] = ()
    """Names of the classes, in the order of the model's outputs."""
    probabilities: NDArray[np.float32] | None = None
    """(rows, labels), where the classes are few enough to keep them."""
    of: int = 0
    """Rows the split has: more than are kept where the table is huge."""
    note: str = ""
    """What the baseline is."""

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, places: NDArray[np.int64]) -> Answers:
        """The answers at these places."""

        def chosen(column: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(column[place] for place in places)

        outputs, sure, second = self.probabilities, self.second_confidence, self.second
        return dataclasses.replace(
            self, rows=self.rows[places], texts=chosen(self.texts), targets=chosen(self.targets),
            predictions=chosen(self.predictions), confidence=self.confidence[places], tokens=self.tokens[places],
            second=None if second is None else chosen(second), second_confidence=None if sure is None else sure[places],
            baseline=None if self.baseline is None else chosen(self.baseline),
            probabilities=None if outputs is None else outputs[places],
        )  # fmt: skip

    def numbers(self, of: tuple[str, ...]) -> Floats:
        """Targets or predictions as numbers: (rows,), NaN where they are none."""
        return np.array([as_number(text) for text in of], np.float64)

    def right(self) -> NDArray[np.bool_]:
        """Whether each answer is the target: (rows,). Runs of white space count as one space."""
        return np.array([_plain(a) == _plain(b) for a, b in zip(self.targets, self.predictions, strict=True)], np.bool_)


@dataclass(frozen=True, kw_only=True)
class Intervals:
    """Scores of one split with what chance leaves open: the bounds that hold the true score in 95 of 100 samples of rows.

    Each mapping goes from a metric's name to ``value, low, high``; `difference` is model minus baseline on the same rows.
    """

    rows: int
    of: int
    resamples: int
    model: Mapping[str, tuple[float, float, float]]
    baseline: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    difference: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:  # Any: JSON values
        """The intervals as ``report.json`` has them."""
        sides = {"model": self.model, "baseline": self.baseline, "difference": self.difference}
        return {"level": LEVEL, "rows": self.rows, "of": self.of, "resamples": self.resamples} | {
            side: {name: {"value": value, "low": low, "high": high} for name, (value, low, high) in scores.items()}
            for side, scores in sides.items()
        }


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """One class against the rest: a curve with the area under it."""

    label: str
    x: Floats
    y: Floats
    area: float
    positives: int
    """Rows of the class."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Calibration:
    """Whether a model that says 80 % is right four times out of five. Bins of equal width; empty ones are NaN."""

    edges: Floats
    """(bins + 1,), from 0 to 1."""
    confidence: Floats
    """(bins,) mean confidence."""
    accuracy: Floats
    """(bins,) share that is right."""
    counts: NDArray[np.int64]
    """(bins,) rows."""
    error: float
    """Expected calibration error (Naeini et al. 2015): mean distance of both, weighted by rows."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some of the rows, and the score on them; NaN where it is not defined."""

    name: str
    """What they have in common: a value, or a range of numbers; empty for empty cells."""
    rows: int
    value: float
    low: float
    high: float
    others: int = 0
    """How many rarer values are taken together here."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Analysis:
    """All that is drawn of one split's answers."""

    answers: Answers
    metric: str
    """What groups are scored by."""
    intervals: Intervals
    right: NDArray[np.bool_]
    """(rows,) whether each answer is the target; of numbers, whether it is nearer than usual."""
    labels: tuple[str, ...] = ()
    """Classes in the order of `confusion`: all that occur among targets, predictions or outputs."""
    confusion: NDArray[np.int64] | None = None
    """(truth, prediction), of classes."""
    truth: NDArray[np.int64] | None = None
    """(rows,) places among `labels`, likewise `predicted`."""
    predicted: NDArray[np.int64] | None = None
    true_numbers: Floats | None = None
    """(rows,) targets as numbers, where answers are such; likewise `predicted_numbers`."""
    predicted_numbers: Floats | None = None
    report: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Precision, recall, f1 and support by class or by kind of entity."""
    roc: tuple[Curve, ...] = ()
    precision_recall: tuple[Curve, ...] = ()
    calibration: Calibration | None = None
    worst: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    """Places of the wrong answers, the most confident first; of numbers, the farthest off first."""
    surest: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    """Places of the right answers, the most confident first."""
    by_length: tuple[Group, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Judged:
    """An analysis with what it comes to, and what else may be asked of the run."""

    analysis: Analysis
    verdict: Mapping[str, Any]  # Any: JSON values
    """As ``report.json`` has it."""
    splits: tuple[str, ...] = ()
    """Splits whose answers are kept."""
    columns: tuple[str, ...] = ()
    """Other columns of the table, to score by; empty where the table is gone."""
    other: str = ""
    """The run that stands in the baseline's place."""


def as_number(text: str) -> float:
    """A number as answers are written; NaN for anything else."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _plain(text: str) -> str:
    return " ".join(text.split())
