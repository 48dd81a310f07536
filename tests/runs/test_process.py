"""The engine in a process of its own: the same runs, and what happens when either side is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.runs.test_execute import drain, same
from tests.tables import tiny, write_table
from workbench.contracts.edits import Edit
from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.estimates import Estimate
from workbench.contracts.events import Checkpointed, Edited, Event, Finished, Looked, Paused, Started, Step
from workbench.contracts.inspection import Query
from workbench.contracts.specs import Experiment
from workbench.runs.execute import start
from workbench.runs.folder import RunFolder
from workbench.runs.process import EngineProcess


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineProcess]:
    made = EngineProcess()
    yield made
    made.close()


@pytest.fixture
def endless(tmp_path: Path) -> Experiment:
    return tiny(write_table(tmp_path, "text-classification"), "text-classification", epochs=100_000, evaluations=2)


def alive(engine: EngineProcess) -> psutil.Process:
    return psutil.Process(engine._process.pid)


def kill_at_step(engine: EngineProcess, events: Iterator[Event], step: int) -> None:
    for event in events:
        if isinstance(event, Step) and event.step == step:
            alive(engine).kill()


def test_a_run_apart_is_the_run_it_would_be_here(engine: EngineProcess, tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "seq2seq"), "seq2seq")
    events = list(engine.start(experiment, tmp_path / "apart"))
    here, _ = drain(start(experiment, tmp_path / "here"))
    losses = [event.loss for event in events if isinstance(event, Step)]
    assert losses == [event.loss for event in here if isinstance(event, Step)]
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert any(isinstance(event, Looked) and "cross" in event.frames for event in events)
    assert same(tmp_path / "apart", tmp_path / "here")


def test_it_can_be_paused_looked_at_and_stopped(engine: EngineProcess, tmp_path: Path, endless: Experiment) -> None:
    steps_when_paused: list[int] = []
    steps, asked, answered = 0, False, False
    for event in engine.start(endless, tmp_path / "run"):
        steps += isinstance(event, Step)
        if isinstance(event, Step) and event.step == 5:
            engine.say("pause")
        elif isinstance(event, Paused):
            steps_when_paused.append(steps)
            engine.say("look_at", "red plum")
            asked = True
        elif asked and isinstance(event, Looked) and event.text == "red plum":
            steps_when_paused.append(steps)
            answered = True
            engine.say("go_on")
            asked = False
        elif answered and isinstance(event, Step):
            engine.say("stop")
    assert steps_when_paused[0] == steps_when_paused[1]
    assert RunFolder(tmp_path / "run").report()["stopped"] == "asked"


def test_it_is_edited_saved_and_branched_while_it_waits(engine: EngineProcess, tmp_path: Path, endless: Experiment) -> None:
    off = Edit(what="head", value="off", kind="encoder", head=1)
    waits, steps, heard = False, [], []
    for event in engine.start(endless, tmp_path / "run"):
        steps += [event.step] if isinstance(event, Step) and waits else []
        if isinstance(event, Step) and event.step == 5:
            engine.say("pause")
        elif isinstance(event, Paused):
            waits = True
            engine.say("edit", off)
        elif isinstance(event, Edited):
            heard.append(event.edit)
            engine.say("save")
        elif isinstance(event, Checkpointed) and heard and waits:
            waits = False
            at = event.step
            engine.say("stop")
    assert heard == [off.at(at)]
    assert not steps
    path = engine.ask("branch", tmp_path / "run", tmp_path / "branch", None, [Edit(what="dropout", value=0.3)])
    assert [str(edit) for edit in RunFolder(path).experiment().edits] == ["off:encoder:0:1", "dropout=0.3"]


def test_errors_come_over_whole(engine: EngineProcess, tmp_path: Path, endless: Experiment) -> None:
    Path(str(endless.data.table)).unlink()
    with pytest.raises(WorkbenchError) as raised:
        list(engine.start(endless, tmp_path / "run"))
    assert raised.value.where
    assert raised.value.mend
    with pytest.raises(RunFailed, match="AttributeError"):
        engine.ask("nonsense")


def test_an_estimate_is_answered_and_can_be_cancelled(engine: EngineProcess, tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    assert isinstance(engine.ask("estimate", experiment), Estimate)
    began = time.monotonic()
    experiment = experiment.replace(model={"layers": 8, "d_model": 512}, train={"batch_size": 64})
    with pytest.raises(Cancelled):
        engine.ask("estimate", experiment, cancelled=lambda: time.monotonic() - began > 0.1)
    assert time.monotonic() - began < 5


def test_a_step_is_made_again_kept_for_its_rows_and_let_go(engine: EngineProcess, tmp_path: Path) -> None:
    experiment, run = tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run"
    drain(start(experiment, run))
    heard: list[str] = []
    details = engine.ask("step", run, 7, told=lambda what, share: heard.append(what))
    assert details.same
    assert "repeating the training" in heard
    heard.clear()
    rows = [engine.ask("step_attention", run, 7, place, told=lambda what, share: heard.append(what)) for place in (0, 3)]
    assert [seen.place for seen in rows] == [0, 3]
    assert rows[1].before["encoder"].weights.shape[:2] == (1, 2)
    assert not heard  # nothing was repeated for them
    engine.ask("forget_step")
    assert engine.ask("step_attention", run, 7, 3, told=lambda what, share: heard.append(what)).after.keys() == {"encoder"}
    assert heard


def test_a_model_behind_a_link_is_opened_once(engine: EngineProcess, tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run"))
    (tmp_path / "link").symlink_to(tmp_path / "run")
    heard: list[str] = []
    opened = engine.ask("open", str(tmp_path / "link"))
    for name in (str(tmp_path / "link"), opened.path):
        seen = engine.ask("inspect", name, "look", Query(text="red plum"), told=lambda what, share: heard.append(what))
        assert seen.walls
    assert not heard
    engine.ask(
        "inspect", str(tmp_path / "run" / "model"), "look", Query(text="red plum"), told=lambda what, share: heard.append(what)
    )
    assert "opening the model" in heard


def test_who_loses_interest_in_the_middle_leaves_nothing_for_the_next_order(engine: EngineProcess, tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")

    def tell(what: str, share: float) -> None:
        raise Cancelled("never mind")

    for number in range(3):
        with pytest.raises(Cancelled):
            engine.ask("estimate", experiment, told=tell)
        events = list(engine.start(experiment, tmp_path / f"run-{number}"))
        assert isinstance(events[0], Started)
        assert isinstance(events[-1], Finished)
        assert events[-1].stopped == "finished"
    first = next(iter(engine.start(experiment, tmp_path / "left")))  # the iterator is dropped after one event
    assert isinstance(first, Started)
    assert isinstance(engine.ask("estimate", experiment), Estimate)


def test_orders_wait_for_each_other(engine: EngineProcess, tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(engine.ask("estimate", experiment))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [type(answer) for answer in answers] == [Estimate] * 4


def test_a_process_that_is_killed_is_said_and_the_next_run_works(tmp_path: Path, endless: Experiment) -> None:
    engine = EngineProcess()
    try:
        with pytest.raises(RunFailed, match="ended from outside") as raised:
            kill_at_step(engine, engine.start(endless, tmp_path / "killed"), 5)
        assert "batch_size" in raised.value.mend
        assert RunFolder.open(tmp_path / "killed").experiment() == endless.replace(data=_settled(tmp_path / "killed"))
        experiment = tiny(Path(str(endless.data.table)), "text-classification")
        assert isinstance(list(engine.start(experiment, tmp_path / "next"))[-1], Finished)
    finally:
        engine.close()


def _settled(run: Path) -> dict[str, object]:
    data = RunFolder.open(run).experiment().data
    return {name: getattr(data, name) for name in data.__dataclass_fields__}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_when_the_window_is_killed_the_run_is_stopped_and_kept(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.tables import tiny\n"
        "from workbench.contracts.events import Step\n"
        "from workbench.runs.process import EngineProcess\n"
        "if __name__ == '__main__':\n"
        "    experiment = tiny(Path(sys.argv[1]), 'text-classification', epochs=100000, evaluations=2)\n"
        "    for event in EngineProcess().start(experiment, Path(sys.argv[2])):\n"
        "        if isinstance(event, Step) and event.step == 5:\n"
        "            print('stepping', flush=True)\n"
    )
    (tmp_path / "window.py").write_text(script)
    root = Path(__file__).resolve().parents[2]
    window = subprocess.Popen(
        [sys.executable, str(tmp_path / "window.py"), str(table), str(tmp_path / "run")],
        env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert window.stdout is not None
    assert window.stdout.readline() == "stepping\n"
    children = psutil.Process(window.pid).children(recursive=True)
    window.send_signal(signal.SIGKILL)
    window.wait()
    window.stdout.close()
    _, running = psutil.wait_procs(children, timeout=60)
    assert not running
    assert RunFolder(tmp_path / "run").report()["stopped"] == "asked"
