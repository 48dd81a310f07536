"""What counting words would have scored: the honest neighbour of every classifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted:
    """What the baseline answers."""

    outputs: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    """By split, of all its examples: probabilities (rows, classes) or numbers (rows,). Empty where it has nothing to say."""
    note: str = ""
    """What the baseline is."""


def count_words(prepared: Prepared) -> Counted:
    """Fit the TF-IDF baseline on the training rows and let it answer the rows the model is scored on."""
    if prepared.task not in COUNTED:
        return Counted()
    classes = len(prepared.labels)
    texts, seconds = prepared.parts["train"].sides()
    fitted = fit_baseline(texts, wanted(prepared.train, classes), classes=classes, seconds=seconds)
    if fitted is None:
        return Counted()
    outputs = {
        split: fitted.predict(*prepared.parts[split].sides()) for split in ("validation", "test") if split in prepared.parts
    }
    return Counted(outputs=outputs, note=fitted.note)


def baseline_scores(prepared: Prepared, counted: Counted | None = None) -> dict[str, Any]:
    """The TF-IDF baseline's scores on the rows the model is scored on, or None where it has nothing to say.

    Args:
        prepared: The table.
        counted: What `count_words` found, where that is known already.

    Returns:
        ``validation`` and ``test``, each as the model's own metrics; ``note`` says what the baseline is.
    """
    counted = counted or count_words(prepared)
    scores: dict[str, Any] = {"validation": None, "test": None}
    for split, outputs in counted.outputs.items():
        scores[split] = _scores(prepared, wanted(prepared.parts[split].examples, len(prepared.labels)), outputs)
    return scores | ({"note": counted.note} if counted.note else {})


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
