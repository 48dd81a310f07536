"""What counting words would have scored: the honest neighbour of every classifier."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.examples import Examples
from workbench.contracts.specs import ONE_CLASS, ONE_NUMBER
from workbench.data.baseline import Labels, fit_baseline
from workbench.data.prepare import Prepared
from workbench.engine import metrics

COUNTED = frozenset({*ONE_CLASS, *ONE_NUMBER, "multi-label"})
"""Tasks that counting words has something to say to."""


def baseline_scores(prepared: Prepared) -> dict[str, Any]:
    """The TF-IDF baseline's scores on the rows the model is scored on, or None where it has nothing to say.

    Returns:
        ``validation`` and ``test``, each as the model's own metrics; ``note`` says what the baseline is.
    """
    scores: dict[str, Any] = {"validation": None, "test": None}
    if prepared.task not in COUNTED:
        return scores
    classes = len(prepared.labels)
    texts, seconds = prepared.parts["train"].sides()
    fitted = fit_baseline(texts, wanted(prepared.train, classes), classes=classes, seconds=seconds)
    if fitted is None:
        return scores
    for split in scores:
        if split in prepared.parts:
            part = prepared.parts[split]
            truth, predicted = wanted(part.examples, classes), fitted.predict(*part.sides())
            scores[split] = _scores(prepared, truth, predicted)
    return {**scores, "note": fitted.note}


def wanted(examples: Examples, classes: int) -> Labels:
    """Class ids or numbers (rows,), or which labels hold (rows, classes)."""
    if examples.labels is not None:
        return examples.labels
    assert examples.targets is not None
    holds = np.zeros((len(examples), classes), bool)
    holds[np.repeat(np.arange(len(examples)), examples.targets.lengths), examples.targets.values] = True
    return holds


def _scores(prepared: Prepared, truth: Labels, predicted: NDArray[np.float64]) -> dict[str, Any]:
    if prepared.task in ONE_NUMBER:
        return metrics.regression(truth, predicted)
    if prepared.task == "multi-label":
        return metrics.multi_label(truth.astype(bool, copy=False), predicted, prepared.labels)
    return metrics.classification(truth.astype(np.int64, copy=False), predicted, prepared.labels)
