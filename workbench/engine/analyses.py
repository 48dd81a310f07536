"""What follows from the answers a run keeps, and from nothing else: reports, confusions, errors, scores by group."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.evaluations import Analysis, Answers, Group, as_number
from workbench.engine import metrics
from workbench.engine.curves import calibration, curves
from workbench.engine.intervals import intervals
from workbench.engine.measures import label_matrix, main_metric

LISTED = 500
"""Errors (and right answers) that are listed, at most."""
GROUPS = 12
DRAWN = 200
"""Classes whose confusions are counted, at most: a matrix of more is no picture."""
RESAMPLES = 400
"""Of a group: its bars are drawn, not judged."""

Places = NDArray[np.int64]


def analyse(answers: Answers) -> Analysis:
    """Everything that is drawn of one split's answers; wild ones (one class, nothing written, no number) leave parts out."""
    found = intervals(answers)
    wanted = said = None
    metric = main_metric(answers, list(found.model))
    right = answers.right()
    closeness = answers.confidence
    if answers.kind == "numbers":
        wanted, said = answers.numbers(answers.targets), answers.numbers(answers.predictions)
        errors = np.abs(wanted - said)
        known = np.isfinite(errors)
        right = known & (errors <= (np.median(errors[known]) if known.any() else 0))
        closeness = np.where(right, -errors, errors)
    if answers.kind == "spans":
        right = metrics.answers_alike(answers.targets, answers.predictions)[:, 0] > 0  # "the boat" answers as "boat" does
    chances = answers.kind in ("classes", "spans")  # else the confidence is no chance to be right
    honest = calibration(answers.confidence, right) if chances else None
    made = Analysis(
        answers=answers, metric=metric, intervals=found, right=right, calibration=honest, true_numbers=wanted,
        predicted_numbers=said, worst=_ranked(~right, closeness), surest=_ranked(right, closeness),
        by_length=by_length(answers, metric),
    )  # fmt: skip
    if answers.kind == "classes":
        return _of_classes(made)
    if answers.kind == "labels":
        return _of_labels(made)
    return dataclasses.replace(made, report=_tags(answers)) if answers.kind == "tags" else made


def by_length(answers: Answers, metric: str) -> tuple[Group, ...]:
    """The score by how many tokens the texts have, in groups of about as many rows."""
    return _scored(answers, metric, by_size(answers.tokens.astype(np.float64), 6))


def by_value(answers: Answers, metric: str, values: Sequence[str]) -> tuple[Group, ...]:
    """The score by what another column says: each of the commonest values, or ranges where there are many numbers.

    Args:
        answers: The answers.
        metric: The score.
        values: Of the other column, for each answer: (rows,).
    """
    numbers = np.array([as_number(value) for value in values], np.float64)
    if len(set(values)) > GROUPS and len(values) and np.isfinite(numbers).mean() > 0.95:
        return _scored(answers, metric, by_size(numbers, 6))
    places: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value.strip(), []).append(place)
    ranked = sorted(places.items(), key=lambda each: (-len(each[1]), each[0]))
    most = GROUPS if len(ranked) == GROUPS else GROUPS - 1
    groups = [(name, np.array(some, np.int64), 0) for name, some in ranked[:most]]
    if rest := ranked[most:]:
        groups.append(("", np.array(sorted(place for _, some in rest for place in some), np.int64), len(rest)))
    return _scored(answers, metric, groups)


def by_size(values: NDArray[np.float64], most: int) -> list[tuple[str, Places, int]]:
    """Ranges of about as many rows each, by name; what is no number is left out."""
    known = values[np.isfinite(values)]
    if not len(known):
        return []
    edges = np.unique(np.quantile(known, np.linspace(0, 1, most + 1), method="nearest"))
    if len(edges) < 2:
        return [(f"{edges[0]:g}", np.flatnonzero(values == edges[0]), 0)]
    groups = []
    for number, (low, high) in enumerate(itertools.pairwise(edges.tolist())):
        last = number == len(edges) - 2
        there = np.flatnonzero((values >= low) & ((values <= high) if last else (values < high)))
        top = float(values[there].max()) if len(there) else high
        groups.append((f"{low:g}" if top == low else f"{low:g} – {top:g}", there, 0))
    return [group for group in groups if len(group[1])]


def _scored(answers: Answers, metric: str, groups: Sequence[tuple[str, Places, int]]) -> tuple[Group, ...]:
    told = []
    for name, places, others in groups:
        scores = intervals(answers.at(places), resamples=RESAMPLES).model if metric else {}
        value, low, high = scores.get(metric, (float("nan"),) * 3)
        told.append(Group(name=name, rows=len(places), value=value, low=low, high=high, others=others))
    return tuple(told)


def _ranked(among: NDArray[np.bool_], by: NDArray[np.float64]) -> Places:
    """Places, the largest first, those without a number last."""
    places = np.flatnonzero(among)
    order = np.argsort(-np.where(np.isfinite(by[places]), by[places], -np.inf), kind="stable")
    return places[order][:LISTED]


def _of_classes(made: Analysis) -> Analysis:
    """With reports, confusions and curves."""
    answers = made.answers
    labels = tuple(dict.fromkeys((*answers.labels, *answers.targets, *answers.predictions)))
    truth, predicted = _ids(labels, answers.targets), _ids(labels, answers.predictions)
    roc, precision = ([], []) if answers.probabilities is None else curves(truth, answers.probabilities, labels)
    return dataclasses.replace(
        made, labels=labels, truth=truth, predicted=predicted, report=rates(truth, predicted, labels),
        confusion=confusion(truth, predicted, len(labels)) if len(labels) <= DRAWN else None,
        roc=tuple(roc), precision_recall=tuple(precision),
    )  # fmt: skip


def _of_labels(made: Analysis) -> Analysis:
    """Each label by itself: a report, its curves, and how honest the yes and no to each are."""
    answers = made.answers
    truth, found = (label_matrix(cells, answers.labels) for cells in (answers.targets, answers.predictions))
    hits, there, said = (side.sum(axis=0) for side in (truth & found, truth, found))
    made = dataclasses.replace(made, labels=answers.labels, report=_rates(hits, there, said, answers.labels))
    shares = answers.probabilities
    if shares is None:
        return made
    roc, precision = curves(truth, shares, answers.labels)
    sure = np.maximum(shares, 1 - shares).astype(np.float64)
    return dataclasses.replace(
        made, roc=tuple(roc), precision_recall=tuple(precision), calibration=calibration(sure.ravel(), (truth == found).ravel())
    )


def confusion(truth: Places, predicted: Places, classes: int) -> NDArray[np.int64]:
    """(truth, prediction) counts."""
    return np.bincount(truth * classes + predicted, minlength=classes**2).reshape(classes, classes)


def rates(truth: Places, predicted: Places, labels: Sequence[str]) -> dict[str, dict[str, float]]:
    """Precision, recall, f1 and support of each class; 0 where there is nothing to divide by."""
    sides = (truth[truth == predicted], truth, predicted)
    hits, there, said = (np.bincount(ids, minlength=len(labels)) for ids in sides)
    return _rates(hits, there, said, labels)


def _rates(hits: Places, there: Places, said: Places, labels: Sequence[str]) -> dict[str, dict[str, float]]:
    """From counts by class."""
    return {
        name: {
            "precision": hits[n] / max(1, said[n]), "recall": hits[n] / max(1, there[n]),
            "f1": 2 * hits[n] / max(1, there[n] + said[n]), "support": int(there[n]),
        }
        for n, name in enumerate(labels)
    }  # fmt: skip


def _tags(answers: Answers) -> Mapping[str, Mapping[str, float]]:
    """By kind of entity, or by tag where tags mark no entities."""
    wanted, found = ([text.split() for text in side] for side in (answers.targets, answers.predictions))
    pairs = [(a, b[: len(a)] + [""] * (len(a) - len(b))) for a, b in zip(wanted, found, strict=True)]
    scores = metrics.token_classification([a for a, _ in pairs], [b for _, b in pairs])
    if "per_entity" in scores:
        entities: Mapping[str, Mapping[str, float]] = scores["per_entity"]
        return entities
    words = [(a, b) for ones, others in pairs for a, b in zip(ones, others, strict=True)]
    labels = tuple(sorted({tag for pair in words for tag in pair}))
    return rates(_ids(labels, [a for a, _ in words]), _ids(labels, [b for _, b in words]), labels)


def _ids(labels: Sequence[str], names: Sequence[str]) -> Places:
    number_of = {name: place for place, name in enumerate(labels)}
    return np.array([number_of[name] for name in names], np.int64)
