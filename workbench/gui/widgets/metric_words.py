"""How a metric is called, written and judged: one place for every panel that shows scores."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

LOWER_IS_BETTER = frozenset({"loss", "perplexity", "rmse"})
SHARES = frozenset({
    "accuracy", "subset_accuracy", "f1", "macro_f1", "micro_f1", "exact_match", "entity_f1", "entity_precision", "entity_recall",
})  # fmt: skip
"""Between 0 and 1, shown as %."""
ORDER = (
    "exact_match", "f1", "accuracy", "macro_f1", "micro_f1", "subset_accuracy", "entity_f1", "entity_precision",
    "entity_recall", "bleu", "auc", "rmse", "pearson", "spearman", "perplexity", "loss",
)  # fmt: skip
"""Metrics that are shown, most telling first; others (how many texts were written) are no scores."""
HEADLINE = {
    "token-classification": "entity_f1", "causal-lm": "perplexity", "masked-lm": "perplexity", "multi-label": "micro_f1",
    "pair-regression": "pearson", "question-answering": "f1",
}  # fmt: skip
"""What a task is judged by, where that is not the first in the order."""


def metric_name(metric: str) -> str:
    """The metric's name in the window's language."""
    translate = QCoreApplication.translate
    names = {
        "exact_match": translate("Metrics", "Exact match"), "accuracy": translate("Metrics", "Accuracy"),
        "subset_accuracy": translate("Metrics", "All labels right"), "f1": translate("Metrics", "F1"),
        "macro_f1": translate("Metrics", "Macro F1"), "micro_f1": translate("Metrics", "Micro F1"),
        "entity_f1": translate("Metrics", "Entity F1"), "entity_precision": translate("Metrics", "Entity precision"),
        "entity_recall": translate("Metrics", "Entity recall"), "bleu": translate("Metrics", "BLEU"),
        "auc": translate("Metrics", "ROC AUC"), "rmse": translate("Metrics", "RMSE"),
        "pearson": translate("Metrics", "Pearson"), "spearman": translate("Metrics", "Spearman"),
        "perplexity": translate("Metrics", "Perplexity"), "loss": translate("Metrics", "Loss"),
    }  # fmt: skip
    return names.get(metric, metric)


def metric_text(metric: str, value: float | None) -> str:
    """The value as it is read: shares as %, BLEU with one decimal, others with four figures."""
    if value is None or math.isnan(value):
        return "–"
    if metric in SHARES:
        return QCoreApplication.translate("Metrics", "{0} %").format(f"{100 * value:.1f}")
    if metric == "bleu":
        return f"{value:.1f}"
    if metric in ("auc", "pearson", "spearman"):
        return f"{value:.3f}"
    return number_text(value)


def number_text(value: float) -> str:
    """A number with about four figures: 0.2131, 48,210, 1.2e-05."""
    size = abs(value)
    if not math.isfinite(value) or size == 0:
        return f"{value:g}"
    if size >= 1e7 or size < 1e-3:
        return f"{value:.3g}"
    if size >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 3 - math.floor(math.log10(max(size, 0.1))) - (size < 1))}f}"


def scores_of(metrics: Mapping[str, Any] | None) -> dict[str, float]:
    """The plain scores among metrics, in the order they are shown."""
    there = metrics or {}
    return {name: float(there[name]) for name in ORDER if _is_number(there.get(name))}


def headline(task: str | None, scores: Mapping[str, float]) -> str | None:
    """The metric a run is judged by; None where there is none."""
    wanted = HEADLINE.get(task or "")
    return wanted if wanted in scores else next((name for name in ORDER if name in scores), None)


def is_better(metric: str, value: float, than: float) -> bool:
    """Whether a value is better than another one."""
    return value < than if metric in LOWER_IS_BETTER else value > than


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
