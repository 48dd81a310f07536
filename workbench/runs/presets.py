"""Presets: settings that are shipped, by name and task. They are plain files; reading them loads nothing heavy."""

from __future__ import annotations

import tomllib
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import SECTIONS
from workbench.resources import RESOURCES


def presets() -> tuple[str, ...]:
    """Names of the presets that are shipped, smallest first."""
    return tuple(sorted((path.stem for path in (RESOURCES / "presets").glob("*.toml")), key=("tiny", "small", "base").index))


def preset_settings(name: str, task: str, *, pretrained: bool = False) -> dict[str, dict[str, Any]]:
    """What a preset says: its general settings, then those under ``[task.<name>.…]``, then ``[pretrained.…]`` for fine-tuning.

    Raises:
        WorkbenchError: there is no such preset.
    """
    path = RESOURCES / "presets" / f"{name}.toml"
    if name not in presets():
        raise WorkbenchError(f"there is no preset {name!r}", where="--preset", mend="Use one of: " + ", ".join(presets()) + ".")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    layers = [content, content.get("task", {}).get(task, {}), content.get("pretrained", {}) if pretrained else {}]
    return {section: {k: v for layer in layers for k, v in layer.get(section, {}).items()} for section in SECTIONS}
