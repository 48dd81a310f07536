"""From what a person said to a complete experiment: preset, then task, then their own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.recommendations import Recommendation, by_section
from workbench.contracts.specs import LAYOUT_OF_TASK, SECTIONS, Experiment
from workbench.data.roles import Roles, guess_roles
from workbench.data.table import Table, open_table
from workbench.data.tokenizers import KINDS
from workbench.engine.devices import choose_device, free_memory
from workbench.engine.pretrained import model_folder
from workbench.runs.presets import preset_settings
from workbench.runs.recommend import gather, recommend

Settings = Mapping[str, Mapping[str, Any]]
"""Settings by section: ``{"model": {"layers": 3}}``."""


def resolve(given: Settings, *, preset: str = "small", name: str = "") -> Experiment:
    """The experiment alone, as `resolved` makes it."""
    return resolved(given, preset=preset, name=name)[0]


def resolved(
    given: Settings, *, preset: str = "small", name: str = "", edits: Sequence[Mapping[str, Any]] = ()
) -> tuple[Experiment, tuple[Recommendation, ...]]:
    """Fill in what was left open: roles from the table, everything else from the preset; of a pretrained model what is
    recommended for it and the table.

    Args:
        given: What the person said; it wins over everything.
        preset: Where the rest comes from.
        name: Name of the experiment; the table's when empty.
        edits: Of the training, as an experiment file has them.

    Returns:
        The complete experiment, and the recommendations it follows.

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
        recommended = () if pretrained is None else _recommended(table, roles, given)
    base = preset_settings(preset, roles.task, pretrained=pretrained is not None)
    if pretrained is not None:
        base["data"] = {"tokenizer": str(model_folder(pretrained))}
        for section, values in by_section(recommended).items():
            base[section] |= values
    if {"epochs", "max_steps"} & given.get("train", {}).keys():
        base["train"].pop("max_tokens", None)  # whoever says how long means it
    merged = {section: {**base[section], **given.get(section, {})} for section in SECTIONS}
    merged["data"] |= {"task": roles.task, "text": roles.text}
    if roles.target is not None:
        merged["data"]["target"] = roles.target
    settled = roles.settle(stated.data, roles.target)
    merged["data"] |= {name: getattr(settled, name) for name in ("pair", "answer_start", "label_separator")}
    merged["model"].setdefault("layout", LAYOUT_OF_TASK[roles.task])
    return Experiment.from_dict({"name": name or stem, **merged, "edits": edits}), recommended


def recommended_for(given: Settings, *, cancelled: Callable[[], bool] = lambda: False) -> tuple[Recommendation, ...]:
    """What is recommended for a table and the pretrained model that is to be tuned on it; nothing without one.

    Args:
        given: Names both; settings it holds are not recommended otherwise.
        cancelled: Asked while the table is read.

    Raises:
        WorkbenchError: the table or the model cannot be read.
        Cancelled: `cancelled` said so.
    """
    if given.get("model", {}).get("model") is None:
        return ()
    data = Experiment.from_dict({"data": dict(given.get("data", {}))}).data
    with open_table(data, cancelled=cancelled) as table:
        return _recommended(table, guess_roles(table, data), given)


def _recommended(table: Table, roles: Roles, given: Settings) -> tuple[Recommendation, ...]:
    if given.get("data", {}).get("tokenizer") in KINDS:  # a vocabulary of its own: texts have no length yet
        return ()
    device = choose_device(str(given.get("train", {}).get("device", "auto")))
    folder = model_folder(given["model"]["model"])
    facts = gather(table, roles, folder, device=device.type, free_bytes=free_memory(device), asked=given)
    said = {f"{section}.{name}" for section, values in given.items() for name in values}
    return tuple(each for each in recommend(facts) if each.setting not in said)
