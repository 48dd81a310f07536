"""The edits of the run that is shown: what was changed while it trained, what is asked for, and what undo would take back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QObject, Signal

from workbench.contracts.edits import Edit, EditState, Head, Value, in_order, state_after
from workbench.contracts.events import Edited, Event, Failed, Finished, Started, Warned
from workbench.contracts.specs import Experiment
from workbench.gui.models.run_state import Act, RunModel


class Fate(Enum):
    """What became of an edit."""

    MADE = "made"
    """It is in force, or another edit of the same thing stands on it."""
    UNDONE = "undone"
    UNDO = "undo"
    """It restored what was before another one."""
    ASKED = "asked"
    """The training has not answered yet."""
    PLANNED = "planned"
    """The experiment says it, and the run has not come that far."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An edit in the list of a run."""

    edit: Edit
    before: Value
    """What it replaced; None is what the experiment says."""
    fate: Fate
    undoable: bool = False


class RunEdits(QObject):
    """Learns from a run's events; `wanted` asks the training for an edit, its `Edited` answers.

    That an edit undid another one is read off the edits themselves, so a run that is opened again tells the same.
    """

    changed = Signal()
    wanted = Signal(object)
    """An `Edit` for the training."""

    def __init__(self, run: RunModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.experiment: Experiment | None = None
        self._taken: tuple[Edit, ...] = ()
        self._asked: tuple[Edit, ...] = ()
        run.begun.connect(self._begin)
        run.happened.connect(self._hear)
        run.state_changed.connect(lambda _: self.changed.emit())

    # -- what there is ------------------------------------------------------------------------------------------------

    @property
    def taken(self) -> tuple[Edit, ...]:
        """Those that took effect, in order."""
        return self._taken

    @property
    def held(self) -> EditState:
        """What is in force."""
        return state_after(self._taken)

    @property
    def seen(self) -> EditState:
        """What held at the moment that is looked at: now, or one of the past."""
        return self.held if self._run.past is None else state_after(self._taken, self._run.past)

    @property
    def now(self) -> EditState:
        """What is in force, with what is asked for already as it will be."""
        return state_after((*self._taken, *(edit.at(self._run.advance.step) for edit in self._asked)))

    @property
    def asked(self) -> tuple[Edit, ...]:
        """Those the training has not answered."""
        return self._asked

    @property
    def planned(self) -> tuple[Edit, ...]:
        """Those of the experiment that are to come."""
        known = () if self.experiment is None else self.experiment.edits
        return tuple(edit for edit in known if edit not in self._taken and edit.step >= self._run.advance.step)

    @property
    def possible(self) -> bool:
        """Whether the run can be edited now."""
        return self._run.may(Act.EDIT)

    def entries(self) -> list[Entry]:
        """All of them, in order: those taken, those asked for, those to come."""
        fates, before = self._fates()
        waiting = {edit.place for edit in self._asked}
        tops = set(self._tops(fates))
        found = [
            Entry(edit=edit, before=before[number], fate=fates[number],
                  undoable=self.possible and number in tops and edit.place not in waiting)
            for number, edit in enumerate(self._taken)
        ]  # fmt: skip
        held = self.held
        found += [Entry(edit=edit, before=held.of(edit), fate=Fate.ASKED) for edit in self._asked]
        return found + [Entry(edit=edit, before=None, fate=Fate.PLANNED) for edit in self.planned]

    @property
    def undoable(self) -> bool:
        """Whether there is an edit to undo now."""
        return any(entry.undoable for entry in self.entries())

    # -- what a person wants ------------------------------------------------------------------------------------------

    def ask(self, edit: Edit) -> None:
        """Ask the training for an edit; nothing where it cannot be asked, or it is so already."""
        if self.possible and _same(edit) != _same_value(edit, self.now.of(edit)):
            self._asked = (*self._asked, edit)
            self.changed.emit()
            self.wanted.emit(edit)

    def set_head(self, head: Head, state: str) -> None:
        """Switch a head on or off, or freeze it."""
        self.ask(Edit(what="head", value=state, **head._asdict()))

    def undo(self, edit: Edit | None = None) -> None:
        """Undo an edit, or the last one that can be undone."""
        able = [entry for entry in self.entries() if entry.undoable and edit in (None, entry.edit)]
        if able:
            self.ask(replace(able[-1].edit, value=able[-1].before))

    def set_experiment(self, experiment: Experiment) -> None:
        """Another run is shown."""
        self.experiment = experiment
        self.changed.emit()

    # -- what the run says --------------------------------------------------------------------------------------------

    def _begin(self, goes_on: bool) -> None:
        if not goes_on:
            self._taken = ()
        self._asked = ()
        self.changed.emit()

    def _hear(self, event: Event) -> None:
        match event:
            case Started():  # what is changed at its first step is said again
                self._set(tuple(edit for edit in self._taken if edit.step < event.step), self._asked)
            case Edited():
                rest = list(self._asked)
                answered = next((edit for edit in rest if edit.place == event.edit.place), None)
                if answered is not None:
                    rest.remove(answered)
                self._set(in_order((*self._taken, event.edit)), tuple(rest))
            case Warned():
                self._set(self._taken, tuple(edit for edit in self._asked if str(edit) not in event.message))
            case Finished() | Failed():
                self._set(self._taken, ())

    def _set(self, taken: tuple[Edit, ...], asked: tuple[Edit, ...]) -> None:
        if (taken, asked) != (self._taken, self._asked):
            self._taken, self._asked = taken, asked
            self.changed.emit()

    def _fates(self) -> tuple[list[Fate], list[Value]]:
        """Of each edit taken: what became of it, and what it replaced."""
        fates: list[Fate] = []
        before: list[Value] = []
        standing: dict[object, list[int]] = {}
        for number, edit in enumerate(self._taken):
            stack = standing.setdefault(edit.place, [])
            before.append(self._taken[stack[-1]].value if stack else None)
            below = self._taken[stack[-2]].value if len(stack) > 1 else None
            if stack and _same(edit) == _same_value(edit, below):
                fates[stack.pop()] = Fate.UNDONE
                fates.append(Fate.UNDO)
            else:
                stack.append(number)
                fates.append(Fate.MADE)
        return fates, before

    def _tops(self, fates: list[Fate]) -> list[int]:
        """Of each thing that was edited, the last edit that is neither undone nor an undo."""
        last = {self._taken[number].place: number for number, fate in enumerate(fates) if fate is Fate.MADE}
        return list(last.values())


def _same(edit: Edit) -> Value:
    return _same_value(edit, edit.value)


def _same_value(edit: Edit, value: Value) -> Value:
    """A value such that equal ones mean the same: a head that nobody edited is on."""
    return (value or "on") if edit.what == "head" else value
