"""Scores as functions of sums over rows, so that they can be resampled: what each row adds, and what follows from the sums.

They are the scores of `workbench.engine.metrics`; a metric that is no function of sums (ranks) has no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU
from scipy.sparse import csr_array

from workbench.contracts.evaluations import Answers, Floats
from workbench.engine.metrics import answers_alike, bleu_tokenize, entities, marks_entities
from workbench.engine.tasks.base import parted

MAIN = {
    "classes": "accuracy", "labels": "micro_f1", "numbers": "rmse", "tags": "entity_f1", "spans": "f1", "texts": "exact_match",
}  # fmt: skip
"""What answers of a kind are judged by."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """One score."""

    columns: NDArray[np.float64] | Any  # Any: a scipy sparse matrix
    """What each row adds to the sums: (rows, columns)."""
    score: Callable[[Floats], Floats]
    """From sums, (samples, columns), to scores, (samples,); NaN where the score is not defined."""

    def value(self) -> float:
        """The score on all rows."""
        return float(self.score(np.asarray(self.columns.sum(axis=0), np.float64).reshape(1, -1))[0])


@dataclass(frozen=True, kw_only=True, eq=False)
class Measures:
    """The scores of one side (the model, the baseline) on the same rows."""

    by_name: dict[str, Measure]
    keys: NDArray[np.int64] | None
    """(rows, keys), equal where rows add the same to every score; None where hardly any two do."""


def measure(answers: Answers, predictions: Sequence[str]) -> Measures:
    """The scores of these predictions against the answers' targets; none where they are not defined."""
    make = {
        "classes": _classes, "labels": _labels, "numbers": _numbers, "tags": _tags, "spans": _spans, "texts": _texts,
    }.get(answers.kind)  # fmt: skip
    return make(answers, predictions) if make is not None and len(answers) else Measures(by_name={}, keys=None)


def main_metric(answers: Answers, there: Sequence[str]) -> str:
    """The metric to judge by, of those that are there; empty where there is none."""
    wanted = MAIN.get(answers.kind, "")
    return wanted if wanted in there else next(iter(there), "")


def _ratio(above: Floats, below: Floats) -> Floats:
    """Quotients, NaN where there is nothing to divide by."""
    found: Floats = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def _mean(sums: Floats) -> Floats:
    """First column over the second."""
    return _ratio(sums[:, 0], sums[:, 1])


def _classes(answers: Answers, predictions: Sequence[str]) -> Measures:
    names = {name: place for place, name in enumerate(dict.fromkeys((*answers.targets, *predictions)))}
    truth = np.array([names[target] for target in answers.targets], np.int64)
    found = np.array([names[prediction] for prediction in predictions], np.int64)
    right = (truth == found).astype(np.float64)
    rows, classes = len(truth), len(names)

    def macro_f1(sums: Floats) -> Floats:
        hits, there, said = np.split(sums, 3, axis=1)  # (S, C) each
        return np.asarray(np.nanmean(_ratio(2 * hits, there + said), axis=1))  # a class that occurs nowhere is not asked for

    every = np.arange(rows)
    places = np.concatenate([truth, classes + truth, 2 * classes + found])
    ones = np.concatenate([right, np.ones(2 * rows)])
    counted = csr_array((ones, (np.tile(every, 3), places)), shape=(rows, 3 * classes))
    return Measures(
        by_name={
            "accuracy": Measure(columns=np.stack([right, np.ones(rows)], axis=1), score=_mean),
            "macro_f1": Measure(columns=counted, score=macro_f1),
        },
        keys=np.stack([truth, found], axis=1),
    )


def label_matrix(cells: Sequence[str], labels: Sequence[str]) -> NDArray[np.bool_]:
    """Which labels stand in each cell: (rows, labels)."""
    place_of = {label: place for place, label in enumerate(labels)}
    known = {cell: [place_of[label] for label in parted(cell, labels) if label in place_of] for cell in set(cells)}
    holds = np.zeros((len(cells), len(labels)), np.bool_)
    for row, cell in enumerate(cells):
        holds[row, known[cell]] = True
    return holds


def _labels(answers: Answers, predictions: Sequence[str]) -> Measures:
    truth, found = (label_matrix(cells, answers.labels) for cells in (answers.targets, predictions))
    right = (truth == found).all(axis=1).astype(np.float64)
    hits = truth & found
    three = np.stack([side.sum(axis=1) for side in (hits, truth, found)], axis=1).astype(np.float64)  # (N, 3)

    def micro_f1(sums: Floats) -> Floats:
        return _ratio(2 * sums[:, 0], sums[:, 1] + sums[:, 2])

    def macro_f1(sums: Floats) -> Floats:
        hit, there, said = np.split(sums, 3, axis=1)  # (S, C) each
        occurs = there + said > 0  # a label that occurs nowhere is not asked for
        return _ratio(np.nan_to_num(_ratio(2 * hit, there + said)).sum(axis=1), occurs.sum(axis=1))

    numbers = {cell: number for number, cell in enumerate(dict.fromkeys((*answers.targets, *predictions)))}
    return Measures(
        by_name={
            "micro_f1": Measure(columns=three, score=micro_f1),
            "macro_f1": Measure(
                columns=csr_array(np.concatenate([hits, truth, found], axis=1).astype(np.float64)), score=macro_f1
            ),
            "subset_accuracy": Measure(columns=np.stack([right, np.ones(len(right))], axis=1), score=_mean),
        },
        keys=np.array([[numbers[cell] for cell in side] for side in (answers.targets, predictions)], np.int64).T,
    )


def _spans(answers: Answers, predictions: Sequence[str]) -> Measures:
    alike, ones = answers_alike(answers.targets, predictions), np.ones(len(predictions))
    names = ("exact_match", "f1")
    return Measures(
        by_name={name: Measure(columns=np.stack([alike[:, n], ones], axis=1), score=_mean) for n, name in enumerate(names)},
        keys=None,
    )


def _numbers(answers: Answers, predictions: Sequence[str]) -> Measures:
    wanted, found = answers.numbers(answers.targets), answers.numbers(tuple(predictions))
    if not (np.isfinite(wanted).all() and np.isfinite(found).all()):
        return Measures(by_name={}, keys=None)
    scale = float(np.abs(wanted - found).max()) or 1.0  # squares of very large or very small numbers stay within a float
    errors, ones = (wanted - found) / scale, np.ones(len(wanted))
    x, y = _standard(wanted), _standard(found)

    def rmse(sums: Floats) -> Floats:
        return scale * np.sqrt(_mean(sums))

    def pearson(sums: Floats) -> Floats:
        n, sx, sy, sxx, syy, sxy = sums.T
        spread = (n * sxx - sx**2) * (n * syy - sy**2)
        enough = spread > 1e-12 * (n * sxx) * (n * syy)
        root = np.sqrt(np.where(enough, spread, 1.0))
        return np.where(enough, np.clip((n * sxy - sx * sy) / root, -1, 1), np.nan)

    return Measures(
        by_name={
            "rmse": Measure(columns=np.stack([errors**2, ones], axis=1), score=rmse),
            "pearson": Measure(columns=np.stack([ones, x, y, x * x, y * y, x * y], axis=1), score=pearson),
        },
        keys=None,
    )


def _standard(values: Floats) -> Floats:
    """Mean 0 and a largest size of 1."""
    centred = values - values.mean()
    largest = float(np.abs(centred).max())
    return centred / largest if largest > 1e-12 * float(np.abs(values).max(initial=0)) else np.zeros_like(values)


def _tags(answers: Answers, predictions: Sequence[str]) -> Measures:
    pairs = [(target.split(" "), found.split(" ")) for target, found in zip(answers.targets, predictions, strict=True)]
    hits = [sum(a == b for a, b in zip(target, found, strict=False)) for target, found in pairs]
    chunks = [(entities([target]), entities([found])) for target, found in pairs]
    counted = [(len(there & said), len(said), len(there)) for there, said in chunks]
    words = np.array([hits, [len(target) if target != [""] else 0 for target, _ in pairs]], np.float64).T  # (N, 2)
    whole = np.array(counted, np.float64).reshape(-1, 3)
    named = {"accuracy": Measure(columns=words, score=_mean)}
    if marks_entities({tag for target, found in pairs for tag in (*target, *found)}):
        named = {"entity_f1": Measure(columns=whole, score=lambda sums: _ratio(2 * sums[:, 0], sums[:, 1] + sums[:, 2]))} | named
    return Measures(by_name=named, keys=np.concatenate([words, whole], axis=1).astype(np.int64))


def _texts(answers: Answers, predictions: Sequence[str]) -> Measures:
    wanted = [" ".join(text.split()) for text in answers.targets]
    found = [" ".join(text.split()) for text in predictions]
    exact = np.array([a == b for a, b in zip(wanted, found, strict=True)], np.float64)
    bleu = BLEU(tokenize=bleu_tokenize(wanted), effective_order=True, force=True)
    stats = [bleu.sentence_score(b, [a]) for a, b in zip(wanted, found, strict=True)]
    columns = np.array([[*each.counts, *each.totals, each.sys_len, each.ref_len] for each in stats], np.float64)
    return Measures(
        by_name={
            "exact_match": Measure(columns=np.stack([exact, np.ones(len(exact))], axis=1), score=_mean),
            "bleu": Measure(columns=columns, score=bleu_of),
        },
        keys=None,
    )


def bleu_of(sums: Floats) -> Floats:
    """BLEU from its sums (Papineni et al. 2002), as sacreBLEU has it: effective order, counts of 0 smoothed by halving.

    Args:
        sums: Matches of 1- to 4-grams, their totals, length of what was written and of the references: (samples, 10).
    """
    hits, totals, written, wanted = sums[:, :4], sums[:, 4:8], sums[:, 8], sums[:, 9]
    none = (hits == 0) & (totals > 0)
    smooth = 2.0 ** np.cumsum(none, axis=1)
    shares = np.where(none, 1 / smooth, hits) / np.maximum(totals, 1)
    there = totals > 0
    order = there.sum(1)
    logs = np.where(there, np.log(np.maximum(shares, 1e-300)), 0).sum(1)
    with np.errstate(over="ignore"):
        brevity = np.where(written < wanted, np.exp(1 - wanted / np.maximum(written, 1e-9)), 1.0)
    score = 100 * brevity * np.exp(logs / np.maximum(order, 1))
    return np.minimum(100.0, np.where((hits.sum(1) > 0) & (written > 0), score, 0.0))
