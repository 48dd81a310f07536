"""The experiment being set up: what the person said, the preset beneath it, and what comes of both."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.contracts.edits import Edit, edits_from
from workbench.contracts.errors import Problem, SpecError
from workbench.contracts.recommendations import Recommendation, by_section
from workbench.contracts.specs import LAYOUT_OF_TASK, SECTIONS, Experiment

Settings = dict[str, dict[str, Any]]  # Any: each setting has its own type, checked by Experiment
"""Settings by section: ``{"model": {"layers": 3}}``."""
PresetSource = Callable[[str, str, bool], Mapping[str, Mapping[str, Any]]]
"""What a preset says, by preset, task and whether the model is pretrained."""

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_SETTINGS: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
OF_TOKENS = ("tokenizer", "vocab_size", "lowercase", "max_length")
"""Settings of the data section that a pretrained model decides."""
OF_ANY_START = ("seed", "device")
"""Settings that are as right for one model to begin with as for another."""
STEPS_BACK = 200
PAUSE = 1.0
"""Seconds after which another change of the same field is a change of its own."""


class Draft(QObject):
    """What the Data and Model pages edit together; every change can be undone.

    A setting that the person did not give comes from the preset; a setting nobody gives has its default.
    """

    changed = Signal()
    """Some setting, the preset, the name or what is known of the table."""
    undoable = Signal(bool, bool)
    """Whether there is something to undo, and to redo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: Settings = {section: {} for section in SECTIONS}
        self._preset, self._name = "small", ""
        self._roles: tuple[str, str, str | None, dict[str, str]] | None = None
        self._source: PresetSource = lambda preset, task, pretrained: {}
        self._recommended: dict[str, Recommendation] = {}
        self._edits: tuple[Edit, ...] = ()
        self._written: Settings = {}
        self._past: list[tuple[Settings, str, tuple[Edit, ...]]] = []
        self._future: list[tuple[Settings, str, tuple[Edit, ...]]] = []
        self._last: tuple[tuple[str, str] | None, float] = (None, 0.0)

    # -- what is set ----------------------------------------------------------------------------------------------

    @property
    def given(self) -> Settings:
        """What the person said, by section: a copy."""
        return copy.deepcopy(self._given)

    @property
    def preset(self) -> str:
        return self._preset

    @property
    def name(self) -> str:
        return self._name

    @property
    def written(self) -> Settings:
        """What a run wrote down, whoever chose it: a copy."""
        return copy.deepcopy(self._written)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed in a training that this one repeats, and is changed in it again."""
        return self._edits

    @property
    def task(self) -> str | None:
        """What is to be learned; None while no table is understood."""
        stated = self._given["data"].get("task")
        return str(stated) if stated else self._roles[0] if self._roles else None

    def is_given(self, section: str, name: str) -> bool:
        """Whether the person set this themselves."""
        return name in self._given[section]

    def value(self, section: str, name: str) -> Any:  # Any: each setting has its own type
        """What a setting is now: given, else the preset's, else its default."""
        return self.settings()[section].get(name, getattr(SECTIONS[section](), name))

    def settings(self) -> Settings:
        """Everything that is not left to defaults: the preset's settings, what is recommended, and the person's own on top."""
        task = self.task or "text-classification"
        base = self._source(self._preset, task, self._given["model"].get("model") is not None)
        advice = by_section(self._recommended.values())
        merged = {section: {**base.get(section, {}), **advice.get(section, {}), **self._given[section]} for section in SECTIONS}
        if {"epochs", "max_steps"} & self._given["train"].keys() and "max_tokens" not in self._given["train"]:
            merged["train"].pop("max_tokens", None)  # whoever says how long means it
        if merged["model"].get("model") is not None:  # a pretrained model brings its own vocabulary
            merged["data"].setdefault("tokenizer", merged["model"]["model"])
        if self._roles is not None:
            _, text, target, more = self._roles
            named = {"text": text, **({"target": target} if target else {}), **more}
            merged["data"] = {**named, **merged["data"], "task": task}
        merged["model"].setdefault("layout", LAYOUT_OF_TASK.get(task))
        return merged

    def experiment(self) -> Experiment:
        """The whole of it.

        Raises:
            SpecError: with everything that is wrong.
        """
        return Experiment.from_dict({"name": self._name, "edits": [edit.as_dict() for edit in self._edits], **self.settings()})

    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of an experiment, by field (``model.d_model``)."""
        try:
            self.experiment()
        except SpecError as error:
            return error.problems
        return ()

    # -- setting --------------------------------------------------------------------------------------------------

    def set(self, section: str, name: str, value: object) -> None:
        """Give a setting a value; wrong ones are kept, and named by `problems`."""
        if name not in self._given[section] or self._given[section][name] != value:
            self._remember((section, name))
            self._given[section][name] = value
            self._tell()

    def clear(self, section: str, name: str) -> None:
        """Leave a setting to the preset again."""
        if name in self._given[section]:
            self._remember()
            del self._given[section][name]
            self._tell()

    def change(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        """Give several settings their values in one step that is undone as one; None leaves a setting to the preset again."""
        given = self.given
        for section, values in settings.items():
            kept = {name: value for name, value in given[section].items() if name not in values}
            given[section] = kept | {name: value for name, value in values.items() if value is not None}
        if given != self._given:
            self._remember()
            self._given = given
            self._tell()

    def start_from(self, model: str | None) -> None:
        """Begin with a pretrained model, or from scratch, in one step.

        A run writes down every setting, also those nobody chose. They were right for where it began: from somewhere else, what
        is recommended there holds, and only what was set since stays the person's own.
        """
        if model == self._given["model"].get("model"):
            return
        given = self.given
        for section, values in self._written.items():
            for name, value in values.items():
                if (section != "data" or name in OF_TOKENS) and name not in OF_ANY_START and given[section].get(name) == value:
                    given[section].pop(name, None)
        given["model"].pop("model", None)
        if model is not None:
            given["model"]["model"] = model
        self._remember()
        self._given = given
        self._tell()

    def use_preset(self, preset: str) -> None:
        """Start from another preset; what the person gave stays."""
        if preset != self._preset:
            self._remember()
            self._preset = preset
            self._tell()

    def leave_edits_out(self) -> None:
        """Repeat the training without what was changed in it."""
        if self._edits:
            self._remember()
            self._edits = ()
            self._tell()

    def replace(
        self, given: Mapping[str, Mapping[str, Any]], *, preset: str | None = None, name: str = "", edits: Sequence[Edit] = (),
        written: Mapping[str, Mapping[str, Any]] = NO_SETTINGS,
    ) -> None:  # fmt: skip
        """Begin anew with these settings: another table, an opened experiment. Cannot be undone.

        Args:
            given: What counts as the person's own, by section.
            preset: What lies beneath; the same as before where there is none.
            name: Of the experiment.
            edits: What is changed while it trains.
            written: Those of the given settings that a run wrote down, whoever chose them; see `start_from`.
        """
        self._given = {section: dict(given.get(section, {})) for section in SECTIONS}
        self._preset, self._name, self._roles, self._edits = preset or self._preset, name, None, tuple(edits)
        self._written = {section: dict(written.get(section, {})) for section in SECTIONS}
        self._past, self._future = [], []
        self._tell()

    def to_json(self) -> str:
        """What the person said, as text that `restore` takes back."""
        edits = [edit.as_dict() for edit in self._edits]
        told = {"given": self._given, "preset": self._preset, "name": self._name, "edits": edits, "written": self._written}
        return json.dumps(told, ensure_ascii=False)

    def restore(self, text: str) -> bool:
        """Begin with what `to_json` gave; whether it could be used."""
        try:
            content = json.loads(text)
            given = {section: dict(content["given"][section]) for section in SECTIONS}
            known = all(name in SECTIONS[section].__dataclass_fields__ for section in SECTIONS for name in given[section])
            preset, name = str(content["preset"]), str(content["name"])
            edits, _ = edits_from(content.get("edits", ()))
            written = {section: dict(values) for section, values in content.get("written", {}).items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        if known:
            self.replace(given, preset=preset, name=name, edits=edits, written=written)
        return known

    def rename(self, name: str) -> None:
        """Call the experiment something."""
        if name != self._name:
            self._name = name
            self.changed.emit()

    def know_roles(self, task: str, text: str, target: str | None, more: Mapping[str, str] = NOTHING) -> None:
        """What the table's columns were understood to mean; `more` are the other settings of the data section that follow."""
        roles = (task, text, target, dict(more))
        if self._roles != roles:
            self._roles = roles
            self.changed.emit()

    def know_recommended(self, recommended: Sequence[Recommendation]) -> None:
        """What follows from the table and the pretrained model that are chosen; nothing while one of them is missing."""
        found = {each.setting: each for each in recommended}
        if found != self._recommended:
            self._recommended = found
            self.changed.emit()

    def reason(self, field: str) -> str:
        """Why a setting (``train.learning_rate``) is recommended; empty where it is not, or where the person gave it."""
        section, _, name = field.partition(".")
        advice = None if self.is_given(section, name) else self._recommended.get(field)
        return advice.reason if advice is not None else ""

    def know_presets(self, source: PresetSource) -> None:
        """Where presets come from, once that is loaded."""
        self._source = source
        self.changed.emit()

    # -- undo -----------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back."""
        self._last = (None, 0.0)
        if self._past:
            self._future.append((self.given, self._preset, self._edits))
            self._given, self._preset, self._edits = self._past.pop()
            self._tell()

    def redo(self) -> None:
        """Make an undone change again."""
        if self._future:
            self._past.append((self.given, self._preset, self._edits))
            self._given, self._preset, self._edits = self._future.pop()
            self._tell()

    def _remember(self, setting: tuple[str, str] | None = None) -> None:
        """Keep what is now, to come back to; typing on in the same field is one change."""
        now = time.monotonic()
        goes_on = setting is not None and setting == self._last[0] and now - self._last[1] < PAUSE and not self._future
        self._last = (setting, now)
        if not goes_on or not self._past:
            self._past = [*self._past[-STEPS_BACK:], (self.given, self._preset, self._edits)]
        self._future = []

    def _tell(self) -> None:
        self.undoable.emit(bool(self._past), bool(self._future))
        self.changed.emit()
