"""Settings that follow from the data and the model, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FEW_ROWS = 2_000
"""Rows up to which a model that was pretrained is plainly better: it learned the language elsewhere."""
UNDERSTANDS = frozenset({
    "text-classification", "multi-label", "regression", "pair-classification", "pair-regression", "token-classification",
    "question-answering",
})  # fmt: skip
"""Tasks that stand or fall with understanding a text; what is written may follow rules that no model was pretrained on."""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """One setting to use where a person said nothing."""

    setting: str
    """``train.learning_rate``."""
    value: Any  # Any: each setting has its own type
    reason: str
    """Why, in one sentence."""


def start_advice(task: str | None, rows: int) -> str:
    """Why not to train from scratch, in one sentence; empty where there is no such reason.

    With 100 labelled texts a pretrained model does as well as one from scratch with ten to a hundred times as many (Howard &
    Ruder 2018).

    Args:
        task: What is learned.
        rows: To learn from; 0 where that is not known.
    """
    if task not in UNDERSTANDS or not 0 < rows <= FEW_ROWS:
        return ""
    return (
        f"with only {rows:,} rows of ordinary language to learn from, fine-tuning a pretrained model nearly always scores "
        "better than training from scratch"
    )


def by_section(recommended: Iterable[Recommendation]) -> dict[str, dict[str, Any]]:
    """The values as settings: ``{"train": {"learning_rate": 3e-4}}``."""
    found: dict[str, dict[str, Any]] = {}
    for each in recommended:
        section, _, name = each.setting.partition(".")
        found.setdefault(section, {})[name] = each.value
    return found
