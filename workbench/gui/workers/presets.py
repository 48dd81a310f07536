"""The presets, for the draft of an experiment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from workbench.runs.presets import preset_settings


@lru_cache(maxsize=64)
def preset_source(preset: str, task: str, pretrained: bool) -> Mapping[str, Mapping[str, Any]]:  # Any: settings of all types
    """What a preset says, for `Draft.know_presets`."""
    return preset_settings(preset, task, pretrained=pretrained)
