from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.events import Checkpointed, Event, Failed, Finished, Looked, Paused, Resumed, Started, Step
from workbench.gui.models.run_state import Act, Advance, RunModel, RunState, clock
from workbench.gui.workers.mailbox import Mailbox


def step(number: int, seconds: float | None = None, tokens: int = 100) -> Step:
    return Step(
        step=number, time=0.0, loss=1.0, learning_rate=0.1, gradient_norm=1.0, tokens=tokens,
        seconds=number * 0.1 if seconds is None else seconds, epoch=number / 10,
    )  # fmt: skip


STARTED = Started(step=0, time=0.0, total_steps=100, device="cpu", parameters=10, rows={})


@pytest.fixture
def run(qapp: QApplication) -> RunModel:
    return RunModel()


def test_the_states_of_an_ordinary_run(run: RunModel) -> None:
    seen: list[RunState] = []
    run.state_changed.connect(seen.append)
    run.begin()
    run.take([STARTED, step(1), Paused(step=1, time=0), Resumed(step=1, time=0), Finished(step=1, time=0, stopped="finished")])
    assert seen == [RunState.PREPARING, RunState.TRAINING, RunState.PAUSED, RunState.TRAINING, RunState.DONE]
    assert run.may(Act.TRAIN)
    assert not run.may(Act.STOP)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (RunState.IDLE, {Act.TRAIN}), (RunState.PREPARING, {Act.STOP}),
        (RunState.TRAINING, {Act.PAUSE, Act.STOP, Act.EDIT, Act.BRANCH}), (RunState.PAUSING, {Act.RESUME, Act.STOP, Act.EDIT}),
        (RunState.PAUSED, {Act.RESUME, Act.STOP, Act.EDIT, Act.BRANCH}), (RunState.STOPPING, set()),
        (RunState.DONE, {Act.TRAIN, Act.BRANCH}), (RunState.FAILED, {Act.TRAIN, Act.BRANCH}),
    ],
)  # fmt: skip
def test_what_may_be_done_in_each_state(run: RunModel, state: RunState, acts: set[Act]) -> None:
    run.enter(state)
    assert {act for act in Act if run.may(act)} == acts


def test_a_stop_is_not_undone_by_late_words_of_the_training(run: RunModel) -> None:
    run.begin()
    run.take([STARTED])
    run.enter(RunState.STOPPING)
    run.take([step(1), Paused(step=1, time=0), Resumed(step=1, time=0)])
    assert run.state is RunState.STOPPING


def test_failure_carries_what_where_and_mend(run: RunModel) -> None:
    run.begin()
    run.take([STARTED, Failed(step=3, time=0, what="the disk is full", where="x", mend="Make room.")])
    assert run.state is RunState.FAILED
    assert run.error is not None
    assert run.error.as_dict() == {"what": "the disk is full", "where": "x", "mend": "Make room."}


def test_time_left_waits_until_it_means_something(run: RunModel) -> None:
    seen: list[Advance] = []
    run.advanced.connect(seen.append)
    run.begin()
    run.take([STARTED, step(1, 5.0), step(2, 5.5)])  # a slow first step says nothing of the others
    assert seen[-1].left is None
    run.take([step(number, 5.0 + (number - 1) * 0.5) for number in range(3, 11)])
    assert seen[-1].left == pytest.approx(90 * 0.5)
    assert seen[-1].tokens_per_second == pytest.approx(200)


def test_steps_reach_the_page_whole_and_in_order(run: RunModel) -> None:
    chance = random.Random(0)
    got: list[int] = []
    run.stepped.connect(lambda steps: got.extend(each.step for each in steps))
    run.begin()
    events: list[Event] = [STARTED]
    for number in range(1, 2_001):
        events.append(step(number))
        if chance.random() < 0.05:
            events.append(Checkpointed(step=number, time=0, path="x"))
    while events:
        cut = chance.randint(1, 300)
        run.take(events[:cut])
        events = events[cut:]
    assert got == list(range(1, 2_001))


def test_a_replayed_run_ends_done_whatever_its_last_word(run: RunModel, qtbot: QtBot) -> None:
    got: list[int] = []
    run.stepped.connect(lambda steps: got.extend(each.step for each in steps))
    run.replay([STARTED, *(step(number) for number in range(1, 12_001)), Paused(step=5, time=0)])
    qtbot.waitUntil(lambda: len(got) == 12_000)
    assert run.state is RunState.DONE


def test_the_mailbox_keeps_every_number_and_the_newest_picture(qtbot: QtBot) -> None:
    box = Mailbox()
    rung: list[int] = []
    box.filled.connect(lambda: rung.append(1))
    for number in range(1, 1_001):
        box.put(step(number))
        box.put(Looked(step=number, time=0, text=str(number), frames={}))
    events = box.take()
    assert [event.step for event in events if isinstance(event, Step)] == list(range(1, 1_001))
    pictures = [event for event in events if isinstance(event, Looked)]
    assert [picture.step for picture in pictures] == [1_000]
    assert events[-1] is pictures[0]
    assert rung == [1]
    assert box.take() == []


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (31.4, "31 s"), (59.6, "1:00"), (125, "2:05"), (3_725, "1:02:05"), (float("inf"), "–")]
)
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text
