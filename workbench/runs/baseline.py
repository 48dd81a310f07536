"""What counting words would have scored: the honest neighbour of every classifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.data.baseline import fit_baseline
from workbench.data.prepare import Prepared
from workbench.engine import metrics


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted:
    """What the baseline answers."""

    outputs: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    """By split, of all its examples: probabilities (rows, classes) or numbers (rows,). Empty where it has nothing to say."""
    note: str = ""
    """What the baseline is."""


def count_words(prepared: Prepared) -> Counted:
    """Fit the TF-IDF baseline on the training rows and let it answer the rows the model is scored on."""
    train = prepared.train
    if prepared.task not in ("text-classification", "regression") or train.labels is None:
        return Counted()
    texts = [text for text, _ in prepared.texts("train", range(len(train)))]
    fitted = fit_baseline(texts, train.labels, classes=len(prepared.labels))
    if fitted is None:
        return Counted()
    outputs = {}
    for split, examples in (("validation", prepared.validation), ("test", prepared.test)):
        if examples is not None and examples.labels is not None:
            outputs[split] = fitted.predict([text for text, _ in prepared.texts(split, range(len(examples)))])
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
        labels = prepared.parts[split].examples.labels
        assert labels is not None
        if prepared.task == "regression":
            scores[split] = metrics.regression(labels, outputs)
        else:
            scores[split] = metrics.classification(labels.astype(np.int64, copy=False), outputs, prepared.labels)
    return scores | ({"note": counted.note} if counted.note else {})
