from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.models.test_run_state import STARTED, step
from workbench.contracts.edits import Edit, Head
from workbench.contracts.events import Edited, Finished, Looked, Paused, Warned
from workbench.contracts.specs import Experiment
from workbench.gui.models.run_edits import Entry, Fate, RunEdits
from workbench.gui.models.run_state import RunModel, RunState

RATE = Edit(what="learning_rate", value=0.01)
HEAD = Head("encoder", 0, 1)


class Training:
    """Answers what is asked for, as the engine does."""

    def __init__(self, run: RunModel) -> None:
        self.run, self.edits, self.heard = run, RunEdits(run), list[Edit]()
        self.edits.wanted.connect(self.heard.append)
        run.begin()
        run.take([STARTED, step(1)])

    def answer(self) -> None:
        """Take the oldest edit that waits."""
        self.run.take([Edited.of(self.heard.pop(0).at(self.run.advance.step), 0.0)])

    def make(self, *edits: Edit) -> None:
        for edit in edits:
            self.edits.ask(edit)
            self.answer()

    @property
    def entries(self) -> list[Entry]:
        return self.edits.entries()

    @property
    def fates(self) -> list[Fate]:
        return [entry.fate for entry in self.entries]


@pytest.fixture
def training(qapp: QApplication) -> Training:
    return Training(RunModel())


def test_an_edit_waits_until_the_training_has_taken_it(training: Training) -> None:
    training.edits.ask(RATE)
    assert training.heard == [RATE]
    assert training.fates == [Fate.ASKED]
    assert training.edits.held.learning_rate is None
    assert training.edits.now.learning_rate == 0.01
    training.answer()
    assert training.fates == [Fate.MADE]
    assert training.edits.held.learning_rate == 0.01


def test_what_is_so_already_is_not_asked_for(training: Training) -> None:
    training.edits.set_head(HEAD, "on")
    training.edits.ask(Edit(what="dropout"))
    assert training.heard == []


def test_a_refused_edit_is_given_up_and_the_others_wait_on(training: Training) -> None:
    dropout = Edit(what="dropout", value=0.5)
    training.edits.ask(RATE)
    training.edits.ask(dropout)
    training.run.take([Warned(step=1, time=0.0, message="something else")])
    assert training.edits.asked == (RATE, dropout)
    training.run.take([Warned(step=1, time=0.0, message=f"The edit {RATE} is left out: for a reason")])
    assert training.edits.asked == (dropout,)


def test_undo_goes_back_edit_by_edit_and_is_read_off_the_edits(training: Training) -> None:
    second = dataclasses.replace(RATE, value=0.02)
    training.make(RATE)
    training.edits.set_head(HEAD, "off")
    training.answer()
    training.make(second)
    for left in ("second", "head", "first"):
        assert training.edits.undoable, left
        training.edits.undo()
        training.answer()
    assert not training.edits.undoable
    assert training.edits.held.heads == {}
    assert training.edits.held.learning_rate is None
    assert training.fates == [Fate.UNDONE] * 3 + [Fate.UNDO] * 3
    again = RunEdits(RunModel())
    again._run.replay([STARTED, *(Edited.of(edit, 0.0) for edit in training.edits.taken)])
    again._run._replay_slice()
    assert [entry.fate for entry in again.entries()] == training.fates


def test_only_the_last_edit_of_a_thing_can_be_undone_by_itself(training: Training) -> None:
    training.make(RATE, dataclasses.replace(RATE, value=0.02), Edit(what="dropout", value=0.5))
    assert [entry.undoable for entry in training.entries] == [False, True, True]
    assert [entry.before for entry in training.entries] == [None, 0.01, None]
    training.edits.undo(training.entries[1].edit)
    assert training.heard[0].value == 0.01
    assert [entry.undoable for entry in training.entries[:3]] == [False, False, True]  # it waits for its answer


def test_a_run_that_goes_on_hears_the_edits_of_its_first_step_again(training: Training) -> None:
    training.run.take([Edited.of(RATE.at(1), 0.0), step(2), Edited.of(RATE.at(2), 0.0), Paused(step=2, time=0.0)])
    training.run.take([Finished(step=2, time=0.0, stopped="asked")])
    training.run.begin(goes_on=True)
    assert len(training.edits.taken) == 2
    training.run.take([dataclasses.replace(STARTED, step=2, resumed_from=2)])
    assert [edit.step for edit in training.edits.taken] == [1]
    training.run.take([Edited.of(RATE.at(2), 0.0)])
    assert [edit.step for edit in training.edits.taken] == [1, 2]


def test_edits_of_the_experiment_are_to_come_until_they_have(training: Training) -> None:
    training.edits.set_experiment(dataclasses.replace(Experiment(), edits=(RATE.at(1), RATE.at(50))))
    assert training.fates == [Fate.PLANNED, Fate.PLANNED]
    training.run.take([Edited.of(RATE.at(1), 0.0)])
    assert training.fates == [Fate.MADE, Fate.PLANNED]


def test_a_run_that_is_over_takes_no_edits(training: Training) -> None:
    training.edits.ask(RATE)
    training.run.take([Finished(step=2, time=0.0, stopped="asked")])
    assert training.run.state is RunState.DONE
    assert training.entries == []
    training.edits.ask(RATE)
    assert training.heard == [RATE]


def test_a_moment_of_the_past_has_the_heads_it_had(training: Training) -> None:
    training.run.take([step(number) for number in range(2, 6)])
    training.make(Edit(what="head", value="off", **HEAD._asdict()))
    assert training.edits.seen.heads == {HEAD: "off"}
    training.run.show_moment(Looked(step=4, time=0.0, text="", frames={}))
    assert training.edits.seen.heads == {}
    assert training.edits.held.heads == {HEAD: "off"}
    training.run.show_moment(Looked(step=5, time=0.0, text="", frames={}))
    assert training.edits.seen.heads == {HEAD: "off"}
    training.run.return_to_now()
    assert training.edits.seen.heads == {HEAD: "off"}
