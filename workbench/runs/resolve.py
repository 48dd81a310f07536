"""From what a person said to a complete experiment: preset, then task, then their own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import LAYOUT_OF_TASK, SECTIONS, Experiment
from workbench.data.roles import guess_roles
from workbench.data.table import open_table
from workbench.engine.pretrained import model_folder
from workbench.runs.presets import preset_settings

Settings = Mapping[str, Mapping[str, Any]]
"""Settings by section: ``{"model": {"layers": 3}}``."""


def resolve(given: Settings, *, preset: str = "small", name: str = "") -> Experiment:
    """Fill in what was left open: roles from the table, everything else from the preset.

    Args:
        given: What the person said; it wins over everything.
        preset: Where the rest comes from.
        name: Name of the experiment; the table's when empty.

    Raises:
        WorkbenchError: the table cannot be read, or its columns do not fit the task.
        SpecError: impossible settings.
    """
    stated = Experiment.from_dict({"data": dict(given.get("data", {}))})
    if stated.data.table is None:
        raise WorkbenchError("no table was given", where="data.table", mend="Name a table to learn from.")
    with open_table(stated.data) as table:
        roles = guess_roles(table, stated.data)
        stem = table.path.name.split(".")[0]
    pretrained = given.get("model", {}).get("model")
    base = preset_settings(preset, roles.task, pretrained=pretrained is not None)
    if pretrained is not None:
        base["data"] = {"tokenizer": str(model_folder(pretrained))}
    if {"epochs", "max_steps"} & given.get("train", {}).keys():
        base["train"].pop("max_tokens", None)  # whoever says how long means it
    merged = {section: {**base[section], **given.get(section, {})} for section in SECTIONS}
    merged["data"] |= {"task": roles.task, "text": roles.text}
    if roles.target is not None:
        merged["data"]["target"] = roles.target
    settled = roles.settle(stated.data, roles.target)
    merged["data"] |= {name: getattr(settled, name) for name in ("pair", "answer_start", "label_separator")}
    merged["model"].setdefault("layout", LAYOUT_OF_TASK[roles.task])
    return Experiment.from_dict({"name": name or stem, **merged})
