"""How well probabilities separate and how honest they are: ROC, precision-recall, calibration."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.evaluations import Calibration, Curve, Floats

POINTS = 256
"""Points of a curve that is drawn; its area is that of all."""
BINS = 10


def curves(
    truth: NDArray[np.int64] | NDArray[np.bool_], probabilities: NDArray[np.floating], labels: tuple[str, ...]
) -> tuple[list[Curve], list[Curve]]:
    """ROC and precision-recall of each class against the rest.

    Args:
        truth: Class ids, (rows,), or which labels hold, (rows, classes).
        probabilities: (rows, classes), of which a class with a number that is not finite is left out.
        labels: Names of the classes.

    Returns:
        ROC curves (false positive rate, true positive rate; area by trapezoids, as Mann & Whitney count) and
        precision-recall curves (recall, precision; area as average precision, without interpolation), of every class that
        has rows on both sides.
    """
    roc, precision = [], []
    for place in range(probabilities.shape[1]):
        scores = np.asarray(probabilities[:, place], np.float64)
        positive = np.asarray(truth[:, place] if truth.ndim == 2 else truth == place, np.bool_)
        there = int(positive.sum())
        if 0 < there < len(truth) and np.isfinite(scores).all():
            hits, alarms = _counted(scores, positive)
            roc.append(_roc(labels[place], hits, alarms))
            precision.append(_precision_recall(labels[place], hits, alarms))
    return roc, precision


def calibration(confidence: Floats, right: NDArray[np.bool_], bins: int = BINS) -> Calibration | None:
    """Mean confidence and share of right answers in bins of equal width; None where no answer has a confidence.

    Args:
        confidence: Of each answer, from 0 to 1, NaN where there is none: (rows,).
        right: (rows,).
        bins: How many.
    """
    known = np.isfinite(confidence)
    if not known.any():
        return None
    sure, hits = np.clip(confidence[known], 0, 1), right[known].astype(np.float64)
    place = np.minimum((sure * bins).astype(np.int64), bins - 1)
    counts = np.bincount(place, minlength=bins)
    said, true = (np.bincount(place, weights=values, minlength=bins) for values in (sure, hits))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, share = said / counts, true / counts
    error = float(np.abs(said - true).sum() / len(sure))
    return Calibration(edges=np.linspace(0, 1, bins + 1), confidence=mean, accuracy=share, counts=counts, error=error)


def _counted(scores: Floats, positive: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Hits and false alarms when everything from the highest score down to each distinct one is called positive."""
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    hits = np.cumsum(positive[order])[ends].astype(np.float64)
    return hits, ends + 1 - hits


def _roc(label: str, hits: Floats, alarms: Floats) -> Curve:
    x, y = np.append(0, alarms) / alarms[-1], np.append(0, hits) / hits[-1]
    area = float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))
    kept = _thinned(len(x))
    return Curve(label=label, x=x[kept], y=y[kept], area=area, positives=int(hits[-1]))


def _precision_recall(label: str, hits: Floats, alarms: Floats) -> Curve:
    precision, recall = hits / (hits + alarms), hits / hits[-1]
    area = float(np.sum(np.diff(np.append(0, recall)) * precision))
    kept = _thinned(len(recall) + 1)
    x, y = np.append(0, recall), np.append(precision[:1], precision)
    return Curve(label=label, x=x[kept], y=y[kept], area=area, positives=int(hits[-1]))


def _thinned(count: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, count - 1, min(count, POINTS)).astype(np.int64))
