"""Edits and branches in the real window with the real engine: asked for, taken, seen, undone, kept, and gone on from."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, Open, closed, read, small, state
from tests.tables import write_table
from workbench.contracts.edits import Edit, Head
from workbench.contracts.events import Looked, Step
from workbench.gui.app import Workbench
from workbench.gui.models.run_edits import Fate
from workbench.gui.models.run_state import RunState
from workbench.runs.folder import RunFolder

HEAD = Head("encoder", 0, 1)


def marks(bench: Workbench) -> list[tuple[int, str]]:
    return [(mark.step, mark.text) for mark in bench.train_page.chart.plot.marks.marks if mark.kind == "edit"]


def taken(bench: Workbench, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(bench.editing.edits.taken) == count, timeout=WAIT)
    assert not bench.editing.edits.asked


def begun(bench: Workbench, qtbot: QtBot, folder: Path) -> None:
    """A training that goes on for longer than a test takes."""
    read(bench, qtbot, write_table(folder, "text-classification"))
    small(bench, epochs=2000)
    bench.train()
    qtbot.waitUntil(lambda: bench.run.advance.step > 5 and bench.train_page.heads.chosen is not None, timeout=WAIT)


def paused(bench: Workbench, qtbot: QtBot) -> int:
    bench.session.pause()
    qtbot.waitUntil(state(bench, RunState.PAUSED), timeout=WAIT)
    return bench.run.advance.step


def stopped(bench: Workbench, qtbot: QtBot, after: int) -> None:
    qtbot.waitUntil(lambda: bench.run.advance.step > after, timeout=WAIT)
    bench.session.stop()
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, timeout=WAIT)


def losses(run: Path) -> dict[int, float]:
    return {event.step: event.loss for event in RunFolder(run).events() if isinstance(event, Step)}


def test_edits_while_it_trains_and_waits_then_a_branch_and_all_of_it_again(
    bench: Workbench, open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    begun(bench, qtbot, tmp_path)
    page, edits = bench.train_page, bench.editing.edits
    page.show_tab("edits")
    # while it trains, by the field
    page.edits.rate.lineEdit().selectAll()
    qtbot.keyClicks(page.edits.rate, "0.02")
    qtbot.keyClick(page.edits.rate, Qt.Key.Key_Return)
    taken(bench, qtbot, 1)
    assert edits.held.learning_rate == 0.02
    assert marks(bench) == [(edits.taken[0].step, "rate 0.02")]
    assert bench.film.state.edits == edits.taken
    # while it waits, on the wall
    at = paused(bench, qtbot)
    seen: list[Looked] = []
    bench.run.looked.connect(seen.append)
    page.heads.wall.take(HEAD.layer, HEAD.head)
    qtbot.keyClick(page.heads.wall, Qt.Key.Key_Delete)
    assert [entry.fate for entry in edits.entries()] == [Fate.MADE, Fate.ASKED]
    taken(bench, qtbot, 2)
    assert page.heads.wall.states == {(0, 1): "off"}
    assert (bench.run.state, bench.run.advance.step) == (RunState.PAUSED, at)
    qtbot.waitUntil(lambda: bool(seen), timeout=WAIT)  # what the model says without it is seen before any step
    # undone, and made again
    bench.window.action("undo").trigger()
    taken(bench, qtbot, 3)
    assert page.heads.wall.states == {}
    assert [entry.fate for entry in edits.entries()] == [Fate.MADE, Fate.UNDONE, Fate.UNDO]
    mother = bench.shown.path
    assert mother is not None
    assert RunFolder(mother).experiment().edits == edits.taken
    # a branch waits at the same step, and goes its own way
    page.edits.branch_button.click()
    qtbot.waitUntil(lambda: bench.shown.path != mother and bench.run.state is RunState.PAUSED, timeout=WAIT)
    child = bench.shown.path
    assert child is not None
    assert bench.run.advance.step == at
    assert len(edits.taken) == 3
    edits.set_head(HEAD, "off")
    edits.set_head(Head("encoder", 0, 0), "off")
    taken(bench, qtbot, 5)
    bench.session.go_on()
    stopped(bench, qtbot, at + 3)
    bench.open_run(mother, bench.go_on)
    qtbot.waitUntil(lambda: bench.shown.path == mother and bench.run.state is RunState.TRAINING, timeout=WAIT)
    bench.branching.branch(child)  # of another run: what trains goes on
    qtbot.waitUntil(lambda: len(list(mother.parent.glob("*/origin.json"))) == 2, timeout=WAIT)
    assert (bench.shown.path, bench.run.state) == (mother, RunState.TRAINING)
    stopped(bench, qtbot, at + 3)
    one, other = losses(mother), losses(child)
    assert [one[step] for step in range(1, at + 1)] == [other[step] for step in range(1, at + 1)]
    assert all(one[step] != other[step] for step in range(at + 1, at + 4))
    # opened again in another window, and repeated without its edits
    closed(bench, qtbot)
    again = open_window()
    again.open_path(child)
    qtbot.waitUntil(lambda: again.shown.path == child and len(again.editing.edits.taken) == 5, timeout=WAIT)
    assert [fate for _, fate in marks(again)] == ["rate 0.02", "1·2 off", "1·2 on", "1·2 off", "1·1 off"]
    assert again.train_page.heads.switch._states == {HEAD: "off", Head("encoder", 0, 0): "off"}
    again.window.show_page("runs")
    qtbot.waitUntil(lambda: len(again.runs.page.list.model.runs) == 3, timeout=WAIT)
    row = next(row for row in again.runs.page.list.model.runs if row.path == child)
    assert f"Branched from {mother.name} at step {at:,}" in again.runs.page.list._words.tip(row)
    again.open_experiment(child / "experiment.toml")
    again.window.show_page("model")
    assert len(again.draft.experiment().edits) == 5
    assert again.model_page.repeated.isVisible()
    again.model_page.repeated.leave.click()
    assert again.draft.experiment().edits == ()
    again.window.action("undo").trigger()
    assert len(again.draft.edits) == 5


def test_a_run_branches_at_a_moment_of_its_film(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=6)
    bench.train()
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and len(bench.film.state.steps) > 1, timeout=WAIT)
    assert not bench.window.action("branch").isEnabled()  # its end leaves nothing to go on with
    mother, total = bench.shown.path, bench.run.advance.total
    bench.film.state.seek(0)
    qtbot.waitUntil(lambda: bench.run.past == 0, timeout=WAIT)
    bench.window.action("branch").trigger()
    qtbot.waitUntil(lambda: bench.shown.path != mother and not bench.run.replaying, timeout=WAIT)
    assert bench.shown.path is not None
    assert mother is not None
    bench.go_on()  # from the seed: there is no checkpoint that early
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and bench.run.advance.step == total, timeout=WAIT)
    assert losses(bench.shown.path) == losses(mother)


def test_a_branch_of_a_run_that_trains_follows_it_and_begins_from_the_seed(
    bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    """The training goes on; its branch is shown once it is stopped, and both can be gone on with from the list."""
    begun(bench, qtbot, tmp_path)
    mother, action = bench.shown.path, bench.window.action("branch")
    assert mother is not None
    assert action.isEnabled()
    action.trigger()
    qtbot.waitUntil(lambda: "The training goes on" in bench.window.statusBar().currentMessage(), timeout=WAIT)
    assert (bench.shown.path, bench.run.state) == (mother, RunState.TRAINING)
    (origin,) = mother.parent.glob("*/origin.json")
    child, at = origin.parent, json.loads(origin.read_text(encoding="utf-8"))["step"]
    assert at > 5
    bench.window.show_page("runs")
    runs = bench.runs.page.list
    qtbot.waitUntil(lambda: len(runs.model.runs) == 2, timeout=WAIT)
    runs.choose([child])
    assert not list(child.glob("checkpoints/step-*"))  # so it begins from the seed
    assert {name for name in ("resume", "branch") if runs.buttons[name].isEnabled()} == {"resume", "branch"}
    bench.session.stop()
    qtbot.waitUntil(lambda: bench.shown.path == child and not bench.run.replaying, timeout=WAIT)
    assert bench.run.state is RunState.DONE
    bench.runs.resume_wanted.emit(child)
    qtbot.waitUntil(lambda: bench.run.state is RunState.TRAINING and bench.run.advance.step > at, timeout=WAIT)
    stopped(bench, qtbot, at)
    one, other = losses(mother), losses(child)
    assert [one[step] for step in range(1, at + 1)] == [other[step] for step in range(1, at + 1)]


def test_a_refused_edit_says_why_and_waits_no_longer(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    begun(bench, qtbot, tmp_path)
    paused(bench, qtbot)
    edits = bench.editing.edits
    edits.ask(Edit(what="head", value="off", kind="encoder", layer=7))
    assert edits.asked
    qtbot.waitUntil(lambda: not edits.asked, timeout=WAIT)
    assert edits.taken == ()
    assert "off:encoder:7:0" in bench.train_page.notice.what.text()
    stopped(bench, qtbot, 0)
