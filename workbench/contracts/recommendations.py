"""Settings that follow from the data and the model, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """One setting to use where a person said nothing."""

    setting: str
    """``train.learning_rate``."""
    value: Any  # Any: each setting has its own type
    reason: str
    """Why, in one sentence."""


def by_section(recommended: Iterable[Recommendation]) -> dict[str, dict[str, Any]]:
    """The values as settings: ``{"train": {"learning_rate": 3e-4}}``."""
    found: dict[str, dict[str, Any]] = {}
    for each in recommended:
        section, _, name = each.setting.partition(".")
        found.setdefault(section, {})[name] = each.value
    return found
