"""The training thread with the real engine on tiny tables."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.tables import tiny, write_table
from workbench.contracts.events import Event, Finished, Looked, Step
from workbench.contracts.specs import Experiment
from workbench.gui.models.run_state import RunModel, RunState
from workbench.gui.workers.training import Session
from workbench.runs.folder import RunFolder
from workbench.runs.process import EngineProcess

WAIT = 60_000


@pytest.fixture
def session(qapp: QApplication, engine: EngineProcess) -> Iterator[Session]:
    made = Session(RunModel(), engine)
    yield made
    assert made.shutdown()


@pytest.fixture
def long(tmp_path: Path) -> Experiment:
    """An experiment that goes on until it is stopped."""
    return tiny(write_table(tmp_path, "text-classification"), "text-classification", epochs=100_000, evaluations=2, checkpoints=2)


def in_state(session: Session, *states: RunState):  # type: ignore[no-untyped-def]
    return lambda: session.model.state in states


def test_a_run_goes_from_preparing_to_done(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    states: list[RunState] = []
    steps: list[Step] = []
    others: list[Event] = []
    session.model.state_changed.connect(states.append)
    session.model.stepped.connect(steps.extend)
    session.model.happened.connect(others.append)
    session.start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run")
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)
    assert states == [RunState.PREPARING, RunState.TRAINING, RunState.DONE]
    assert [step.step for step in steps] == list(range(1, len(steps) + 1))
    assert isinstance(others[-1], Finished)
    recorded = [event for event in RunFolder(tmp_path / "run").events() if isinstance(event, Step)]
    assert len(recorded) == len(steps)


def test_everything_arrives_in_the_gui_thread(session: Session, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    where: set[bool] = set()
    session.model.stepped.connect(lambda _: where.add(QThread.currentThread() == qapp.thread()))
    session.model.looked.connect(lambda _: where.add(QThread.currentThread() == qapp.thread()))
    session.start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run")
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)
    assert where == {True}


def test_stop_answers_within_a_second_and_keeps_the_run(session: Session, qtbot: QtBot, tmp_path: Path, long: Experiment) -> None:
    steps: list[Step] = []
    session.model.stepped.connect(steps.extend)
    session.start(long, tmp_path / "run")
    qtbot.waitUntil(lambda: len(steps) > 5, timeout=WAIT)
    began = time.monotonic()
    session.stop()
    assert session.model.state is RunState.STOPPING
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)
    assert time.monotonic() - began < 2.0  # a second, and what a shared machine adds
    run = RunFolder(tmp_path / "run")
    assert (run.model / "model.safetensors").is_file()
    assert run.report()["stopped"] == "asked"


def test_pause_makes_no_step_until_it_is_resumed(session: Session, qtbot: QtBot, tmp_path: Path, long: Experiment) -> None:
    steps: list[Step] = []
    looks: list[Looked] = []
    session.model.stepped.connect(steps.extend)
    session.model.looked.connect(looks.append)
    session.start(long, tmp_path / "run")
    qtbot.waitUntil(lambda: len(steps) > 2, timeout=WAIT)
    session.pause()
    assert session.model.state is RunState.PAUSING
    qtbot.waitUntil(in_state(session, RunState.PAUSED), timeout=WAIT)
    done = len(steps)
    session.look_at("red plum")
    qtbot.waitUntil(lambda: bool(looks) and looks[-1].text == "red plum", timeout=WAIT)
    assert len(steps) == done
    session.go_on()
    qtbot.waitUntil(lambda: len(steps) > done, timeout=WAIT)
    session.stop()
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)


def test_stop_wakes_a_paused_run(session: Session, qtbot: QtBot, tmp_path: Path, long: Experiment) -> None:
    session.start(long, tmp_path / "run")
    qtbot.waitUntil(in_state(session, RunState.TRAINING), timeout=WAIT)
    session.pause()
    qtbot.waitUntil(in_state(session, RunState.PAUSED), timeout=WAIT)
    session.stop()
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)


def test_a_text_is_answered_within_a_step_and_200_ms(session: Session, qtbot: QtBot, tmp_path: Path, long: Experiment) -> None:
    looks: list[Looked] = []
    session.model.looked.connect(looks.append)
    session.start(long, tmp_path / "run")
    qtbot.waitUntil(lambda: bool(looks), timeout=WAIT)
    took = []
    for number in range(10):
        text = f"red apple {'big ' * (number + 1)}"
        began = time.monotonic()
        session.look_at(text)
        qtbot.waitUntil(lambda text=text: looks[-1].text == text, timeout=WAIT)
        took.append(time.monotonic() - began)
    session.stop()
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)
    assert sorted(took)[5] < 0.25


def test_a_table_that_is_gone_ends_in_failed_with_words(session: Session, qtbot: QtBot, tmp_path: Path, long: Experiment) -> None:
    Path(str(long.data.table)).unlink()
    session.start(long, tmp_path / "run")
    qtbot.waitUntil(in_state(session, RunState.FAILED), timeout=WAIT)
    assert session.model.error is not None
    assert session.model.error.mend


def test_a_loss_that_explodes_ends_in_failed_with_a_valid_folder(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    table = write_table(tmp_path, "regression")
    session.start(tiny(table, "regression", learning_rate=100.0, optimizer="sgd", clip=0.0, epochs=1_000), tmp_path / "run")
    qtbot.waitUntil(in_state(session, RunState.FAILED, RunState.DONE), timeout=WAIT)
    assert session.model.state is RunState.FAILED
    assert session.model.error is not None
    assert "loss" in session.model.error.what
    assert RunFolder.open(tmp_path / "run").experiment().data.table == str(table)
    session.start(tiny(table, "regression"), tmp_path / "second")  # the window is alive
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)


def test_a_stopped_run_goes_on(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "seq2seq"), "seq2seq", epochs=40)
    steps: list[Step] = []
    session.model.stepped.connect(steps.extend)
    session.start(experiment, tmp_path / "run")
    qtbot.waitUntil(lambda: len(steps) > 5, timeout=WAIT)
    session.stop()
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)
    reached = steps[-1].step
    steps.clear()
    session.resume(tmp_path / "run")
    qtbot.waitUntil(in_state(session, RunState.DONE), timeout=WAIT)
    assert steps[0].step <= reached + 1
    assert RunFolder(tmp_path / "run").report()["stopped"] in ("finished", "early")


def test_shutdown_while_training_leaves_nothing_running(session: Session, qtbot: QtBot, tmp_path: Path, long: Experiment) -> None:
    session.start(long, tmp_path / "run")
    qtbot.waitUntil(in_state(session, RunState.TRAINING), timeout=WAIT)
    assert session.shutdown()
    assert not any(thread.isRunning() for thread in session.findChildren(QThread))
    assert (tmp_path / "run" / "model" / "model.safetensors").is_file()
