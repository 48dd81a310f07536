"""What counting words would have scored: the honest neighbour of every classifier."""

from __future__ import annotations

from typing import Any

import numpy as np

from workbench.data.baseline import fit_baseline
from workbench.data.prepare import Prepared
from workbench.engine import metrics


def baseline_scores(prepared: Prepared) -> dict[str, Any]:
    """The TF-IDF baseline's scores on the rows the model is scored on, or None where it has nothing to say.

    Returns:
        ``validation`` and ``test``, each as the model's own metrics; ``note`` says what the baseline is.
    """
    scores: dict[str, Any] = {"validation": None, "test": None}
    train = prepared.train
    if prepared.task not in ("text-classification", "regression") or train.labels is None:
        return scores
    texts = [text for text, _ in prepared.texts("train", range(len(train)))]
    fitted = fit_baseline(texts, train.labels, classes=len(prepared.labels))
    if fitted is None:
        return scores
    for split, examples in (("validation", prepared.validation), ("test", prepared.test)):
        if examples is None or examples.labels is None:
            continue
        predicted = fitted.predict([text for text, _ in prepared.texts(split, range(len(examples)))])
        if prepared.task == "regression":
            scores[split] = metrics.regression(examples.labels, predicted)
        else:
            scores[split] = metrics.classification(examples.labels.astype(np.int64, copy=False), predicted, prepared.labels)
    return {**scores, "note": fitted.note}
