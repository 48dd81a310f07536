"""What can go wrong while the real window trains: each ends in *failed* with words, a valid run, a window that lives."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from tests.disks import fill
from tests.gui.windows import WAIT, read, small, state
from tests.tables import write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Step, Warned
from workbench.gui.app import Workbench
from workbench.gui.models.run_state import RunState
from workbench.runs.folder import RunFolder

LONG = 100_000
"""Epochs nobody waits for."""


@pytest.fixture
def short_of_memory(bench: Workbench) -> Iterator[None]:
    """The engine's process may take little more memory than it has; after the test it may again."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux limits the memory of a process that runs")
    process = psutil.Process(bench.engine._process.pid)
    before = process.rlimit(psutil.RLIMIT_AS)
    process.rlimit(psutil.RLIMIT_AS, (process.memory_info().vms + 1_500_000_000, before[1]))
    yield
    with suppress(psutil.NoSuchProcess):  # where there is no memory at all, the system's own library ends a process
        process.rlimit(psutil.RLIMIT_AS, before)


def begin(bench: Workbench, qtbot: QtBot, *, steps: int = 10) -> Path:
    """Start to train and let some steps be made."""
    bench.train()
    qtbot.waitUntil(lambda: bench.run.advance.step > steps or bench.run.state is RunState.FAILED, timeout=WAIT)
    assert bench.run.state is RunState.TRAINING, bench.run.error
    assert bench.shown.path is not None
    return bench.shown.path


def failed(bench: Workbench, qtbot: QtBot) -> WorkbenchError:
    """The error that a run ends with, as it stands on the page."""
    qtbot.waitUntil(state(bench, RunState.FAILED), timeout=WAIT)
    error, notice = bench.run.error, bench.train_page.notice
    assert error is not None
    assert error.what
    assert error.where, error
    assert error.mend, error
    assert "defect" not in error.mend
    assert notice.isVisible()
    assert error.where in notice.what.text()
    assert error.mend == notice.mend.text()
    assert bench.window.bar.state.text() == "Failed"
    return error


def trains_again(bench: Workbench, qtbot: QtBot) -> None:
    """At once, by the big button: nothing is waited for."""
    small(bench, epochs=1)
    bench.window.bar.main.click()
    assert bench.run.state is RunState.PREPARING
    qtbot.waitUntil(state(bench, RunState.DONE, RunState.FAILED), timeout=WAIT)
    assert bench.run.state is RunState.DONE, bench.run.error
    assert not bench.train_page.notice.isVisible()


def opens(bench: Workbench, qtbot: QtBot, run: Path, *, at_least: int) -> None:
    """The run folder is valid: it is shown with its curves."""
    assert RunFolder.open(run).experiment().data.table
    bench.open_path(run)
    qtbot.waitUntil(lambda: not bench.jobs.busy("history"), timeout=WAIT)
    qtbot.waitUntil(lambda: len(bench.train_page.curves.series("loss")) >= at_least, timeout=WAIT)


@pytest.mark.parametrize("written", ["events", "checkpoint"])
def test_a_full_disk_pauses_the_run_until_there_is_room(
    bench: Workbench, qtbot: QtBot, tmp_path: Path, small_disk: Path, written: str
) -> None:
    bench.settings.runs_folder = str(small_disk)
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    saves = {"events": 0, "checkpoint": 10_000}[written]
    small(bench, epochs=LONG, evaluations=saves or 3, checkpoints=saves or 3, film_megabytes=0)
    run = begin(bench, qtbot)
    notice, bar = bench.train_page.notice, bench.window.bar
    fill(small_disk / "filler")
    qtbot.waitUntil(state(bench, RunState.PAUSED, RunState.FAILED), timeout=WAIT)
    assert bench.run.state is RunState.PAUSED, bench.run.error
    qtbot.waitUntil(notice.isVisible, timeout=WAIT)
    assert str(run) in notice.what.text()
    assert "MB" in notice.what.text()
    bar.main.click()  # there is no room yet: it waits on
    qtbot.waitUntil(lambda: bench.run.advance.step == last_step(run), timeout=WAIT)
    assert bench.run.state is RunState.PAUSED
    assert notice.isVisible()
    reached = bench.run.advance.step
    (small_disk / "filler").unlink()
    qtbot.waitUntil(lambda: bench.run.advance.step > reached + 5, timeout=WAIT)  # by itself
    assert not notice.isVisible()
    fill(small_disk / "filler")
    qtbot.waitUntil(state(bench, RunState.PAUSED, RunState.FAILED), timeout=WAIT)
    bench.session.stop()
    assert "stopped while its disk was full" in failed(bench, qtbot).what
    (small_disk / "filler").unlink()
    trains_again(bench, qtbot)
    opens(bench, qtbot, run, at_least=5)
    steps = [event.step for event in RunFolder.open(run).events() if isinstance(event, Step)]
    assert steps == list(range(1, len(steps) + 1))
    assert not notice.isVisible()


def last_step(run: Path) -> int:
    """The last step that stands whole in a run's events."""
    return max(event.step for event in RunFolder.open(run).events() if isinstance(event, Step))


def test_a_failed_run_with_a_checkpoint_goes_on(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=LONG, checkpoints=10_000)
    run = begin(bench, qtbot)
    qtbot.waitUntil(lambda: any((run / "checkpoints").glob("step-*/state")), timeout=WAIT)
    psutil.Process(bench.engine._process.pid).kill()
    failed(bench, qtbot)
    assert bench.window.bar.go_on.isVisible()
    reached = bench.run.advance.step
    bench.window.bar.go_on.click()
    qtbot.waitUntil(lambda: bench.run.advance.step > reached + 5, timeout=WAIT)


def test_an_engine_that_is_killed(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=LONG, evaluations=1, checkpoints=1)
    run = begin(bench, qtbot)
    psutil.Process(bench.engine._process.pid).kill()
    assert "batch_size" in failed(bench, qtbot).mend
    assert not bench.window.bar.go_on.isVisible()  # there is no checkpoint to go on from
    trains_again(bench, qtbot)
    opens(bench, qtbot, run, at_least=5)


def test_memory_that_runs_out_in_a_step(bench: Workbench, qtbot: QtBot, tmp_path: Path, short_of_memory: None) -> None:
    """The step is made in parts, and the run says so and goes on."""
    table = tmp_path / "long.csv"
    rows = [f"{'word ' * 300}{number},{('yes', 'no')[number % 2]}\n" for number in range(560)]
    table.write_text("text,label\n" + "".join(rows), encoding="utf-8")
    read(bench, qtbot, table)
    small(bench, epochs=1, batch_size=500)
    bench.draft.set("data", "max_length", 300)
    bench.draft.set("model", "layers", 2)
    bench.draft.set("model", "d_model", 64)
    qtbot.waitUntil(lambda: bench.window.bar.main.isEnabled(), timeout=WAIT)
    bench.train()
    qtbot.waitUntil(lambda: bench.run.state in (RunState.DONE, RunState.FAILED), timeout=6 * WAIT)
    assert bench.run.state is RunState.DONE, bench.run.error
    assert bench.shown.path is not None
    warned = [event.message for event in RunFolder.open(bench.shown.path).events() if isinstance(event, Warned)]
    assert any("Memory ran out" in message for message in warned)
    bench.draft.set("data", "max_length", 16)
    qtbot.waitUntil(lambda: bench.window.bar.main.isEnabled(), timeout=WAIT)
    trains_again(bench, qtbot)


def test_a_model_that_does_not_fit(bench: Workbench, qtbot: QtBot, tmp_path: Path, short_of_memory: None) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench)
    bench.draft.set("model", "d_model", 4_096)
    bench.draft.set("model", "d_ff", 100_000)
    bench.train()
    assert "memory" in failed(bench, qtbot).what
    bench.draft.set("model", "d_ff", 64)
    trains_again(bench, qtbot)


def test_a_device_this_machine_does_not_have(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, device="cuda:97")
    bench.train()
    assert "cuda:97" in failed(bench, qtbot).what
    trains_again(bench, qtbot)


@pytest.mark.parametrize("change", ["vanished", "column", "cells"])
def test_a_table_that_changes_after_it_was_read(bench: Workbench, qtbot: QtBot, tmp_path: Path, change: str) -> None:
    table = write_table(tmp_path, "text-classification")
    before = table.read_text(encoding="utf-8")
    read(bench, qtbot, table)
    small(bench)
    if change == "vanished":
        table.unlink()
    elif change == "column":
        table.write_text(before.replace("source,goal", "left,right"), encoding="utf-8")
    else:
        table.write_text("source,goal\n" + "\n" * 40, encoding="utf-8")
    bench.train()
    failed(bench, qtbot)
    table.write_text(before, encoding="utf-8")
    trains_again(bench, qtbot)
