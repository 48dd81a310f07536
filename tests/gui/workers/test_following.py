"""The window reads along while another process trains: nothing lost, nothing twice, and the end is seen."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT
from tests.runs.folders import make_run, scored, step
from workbench.contracts.events import Evaluated, Event, Finished
from workbench.gui.models.run_state import Act, RunModel, RunState
from workbench.gui.workers.event_file import EventTail, read_events
from workbench.gui.workers.following import Following
from workbench.gui.workers.history import read_run
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.folder import Recorder, RunFolder
from workbench.runs.ownership import owning

spawn = multiprocessing.get_context("spawn")
STEPS = 2_000


def train(path: Path, begun: Signal, go: Signal, ends: bool) -> None:
    """Say what a training says."""
    run = RunFolder(path)
    with owning(path), Recorder(run) as recorder:
        begun.set()
        go.wait(60)
        for number in range(21, STEPS + 1):
            recorder.record(step(number))
            if number % 500 == 0:
                recorder.record(scored(number, number / STEPS))
        if ends:
            recorder.record(Finished(step=STEPS, time=1.0, stopped="finished"))


def watched(path: Path, qtbot: QtBot, *, ends: bool) -> tuple[RunModel, list[int], list[Event], list[str]]:
    begun, go = spawn.Event(), spawn.Event()
    other = spawn.Process(target=train, args=(path, begun, go, ends))
    other.start()
    assert begun.wait(60)
    jobs, run = Jobs(), RunModel()
    following = Following(run, jobs)
    steps: list[int] = []
    heard: list[Event] = []
    left: list[str] = []
    run.read.connect(lambda block: steps.extend(block.column("step").astype(int).tolist()))
    run.happened.connect(heard.append)
    following.left.connect(lambda: left.append("left"))
    view = read_run(path, Ticket())
    assert view.owner is not None
    run.replay(view.events, watched=True)
    following.follow(view)
    assert run.state is RunState.WATCHED
    assert not run.live
    assert not run.may(Act.PAUSE)
    go.set()
    qtbot.waitUntil(lambda: run.state is RunState.DONE, timeout=WAIT)
    other.join()
    jobs.shutdown()
    return run, steps, heard, left


def test_a_run_trained_elsewhere_is_seen_to_its_end(tmp_path: Path, qtbot: QtBot) -> None:
    make_run(tmp_path / "run", stopped=None)
    run, steps, heard, left = watched(tmp_path / "run", qtbot, ends=True)
    assert steps == list(range(1, STEPS + 1))
    assert [event.step for event in heard if isinstance(event, Evaluated)] == [10, 20, 500, 1_000, 1_500, 2_000]
    assert run.advance.step == STEPS
    assert left == []


def test_a_run_whose_process_goes_without_a_word_is_no_longer_watched(tmp_path: Path, qtbot: QtBot) -> None:
    make_run(tmp_path / "run", stopped=None)
    _, steps, _, left = watched(tmp_path / "run", qtbot, ends=False)
    assert steps == list(range(1, STEPS + 1))
    assert left == ["left"]


def test_a_line_that_is_still_being_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", stopped=None)
    whole = run.events_file.read_bytes()
    tail = EventTail(run.events_file)
    run.events_file.write_bytes(whole[:-10])
    first = tail.read(growing=True)
    run.events_file.write_bytes(whole)
    second = tail.read(growing=True)
    assert [type(event) for event in second] == [Evaluated]
    assert len(first) + len(second) == len(read_events(run.events_file))
    assert tail.read(growing=True) == []


def test_a_line_whose_other_half_comes_while_it_is_read_is_not_lost(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", stopped=None)
    whole = run.events_file.read_bytes()
    run.events_file.write_bytes(whole[:-10])
    tail = EventTail(run.events_file)

    def write_the_rest() -> bool:
        if run.events_file.stat().st_size < len(whole):
            with run.events_file.open("ab") as file:
                file.write(whole[-10:])
        return False

    first = tail.read(write_the_rest, growing=True)
    second = tail.read(growing=True)
    assert [type(event) for event in second] == [Evaluated]
    assert len(first) + len(second) == len(read_events(run.events_file))
