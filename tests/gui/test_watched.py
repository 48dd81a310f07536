"""A run that a terminal trains, watched in the real window: its curves grow, and so do the pictures of its heads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, state
from tests.tables import tiny, write_table
from workbench.contracts.events import Looked
from workbench.gui.app import Workbench
from workbench.gui.models.run_state import RunState
from workbench.runs.film import Film

TEXTS = "red pear → pear red || blue plum → plum blue"


@pytest.fixture
def trained_elsewhere(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    """A run folder, and the terminal that trains it for longer than a test lasts."""
    table = write_table(tmp_path, "seq2seq")
    experiment = tmp_path / "experiment.toml"
    experiment.write_text(tiny(table, "seq2seq", film_text=TEXTS, epochs=3_000).to_toml(), encoding="utf-8")
    out = tmp_path / "runs" / "elsewhere"
    command = [sys.executable, "-m", "workbench", "train", str(experiment), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield out, process
    process.kill()
    process.wait()


def test_the_heads_of_a_run_that_a_terminal_trains_are_shown_as_they_change(
    bench: Workbench, trained_elsewhere: tuple[Path, subprocess.Popen[bytes]], qtbot: QtBot
) -> None:
    path, process = trained_elsewhere
    qtbot.waitUntil(lambda: len(Film.open(path)) > 1, timeout=WAIT)
    seen: list[Looked] = []
    bench.run.looked.connect(seen.append)
    bench.open_path(path)
    qtbot.waitUntil(lambda: len({look.step for look in seen}) > 2, timeout=WAIT)
    assert bench.run.state is RunState.WATCHED
    assert [look.step for look in seen] == sorted(look.step for look in seen)
    film, last = Film.open(path), seen[-1]
    made = film.moment(film.nearest(last.step)).looked
    assert made.step == last.step
    heads = bench.train_page.heads
    np.testing.assert_array_equal(heads._frames["cross"].weights, made.frames["cross"].weights)
    assert heads.probe.text() == "red pear → pear red"
    assert bench.film.state.step is None  # this is live

    bench.film.state.seek(0)  # the past stays in sight while the film grows on
    qtbot.waitUntil(lambda: bench.run.past == 0, timeout=WAIT)
    known = len(bench.film.state.steps)
    qtbot.waitUntil(lambda: len(bench.film.state.steps) > known, timeout=WAIT)
    assert seen[-1].step == 0
    bench.film.state.live()
    assert seen[-1].step >= last.step
    heads.probe_edited.emit("blue apple → apple blue")
    assert "Another process trains this run" in bench.window.statusBar().currentMessage()

    process.kill()
    process.wait()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
