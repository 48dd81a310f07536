"""A spike in the real window: marked, clicked, made again, and its row named; also while a run trains."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, read, small, state
from tests.tables import write_table
from workbench.gui.app import Workbench
from workbench.gui.models.data_state import Stage
from workbench.gui.models.run_state import RunState
from workbench.gui.models.step_state import Phase
from workbench.gui.pages.train import VIEWS


def planted(folder: Path) -> Path:
    """A regression with an absurd row: the eighth."""
    table = write_table(folder, "regression", rows=160)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[8] = ["small red plum and a pear", "5000"]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return table


def view(bench: Workbench) -> str:
    return VIEWS[bench.train_page._views.currentIndex()]


def click_at(bench: Workbench, step: float, height: float) -> None:
    plot = bench.train_page.chart.plot
    place = plot.mapFromScene(plot.view.mapViewToScene(QPointF(step, height)))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_spike_is_clicked_and_its_row_is_named(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, planted(tmp_path))
    bench.draft.set("data", "task", "regression")
    qtbot.waitUntil(lambda: bench.data.stage is Stage.READY and bench.draft.task == "regression", timeout=WAIT)
    small(bench, epochs=4)
    bench.train()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    steps, page = bench.steps.state, bench.train_page
    qtbot.waitUntil(lambda: len([spike for spike in steps.spikes if spike.what == "loss"]) >= 4, timeout=WAIT)
    worst = max((spike for spike in steps.spikes if spike.what == "loss"), key=lambda spike: spike.value)
    assert page.spikes.isVisible()
    assert page.spikes.list.count() == 1 + len(steps.steps)
    assert view(bench) == "training"

    click_at(bench, worst.step, worst.value)
    assert view(bench) == "step"
    assert steps.step == worst.step
    qtbot.waitUntil(lambda: steps.phase is Phase.SHOWN and steps.attention is not None, timeout=WAIT)
    details = steps.details
    assert details is not None
    assert details.same
    assert "to the last bit" in page.step.certificate.text()
    rows = page.step.rows
    assert rows.chosen is not None
    assert (rows.chosen.row + 1, rows.chosen.text, rows.chosen.target) == (8, "small red plum and a pear", "5000")
    assert rows.table.currentIndex().row() == 0
    walls = page.step.walls
    before, after, apart = (walls.walls[side].frame for side in ("before", "after", "difference"))
    assert before is not None
    assert after is not None
    assert apart is not None
    np.testing.assert_allclose(after.weights - before.weights, apart.weights, atol=1e-7)
    assert page.step.bars.accessibleDescription().startswith("Embedding ")

    QTest.keyClick(rows.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: steps.attention is not None and steps.attention.place == steps.row, timeout=WAIT)
    assert steps.row != details.largest
    QTest.keyClick(rows.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert rows.chosen is not None
    assert QGuiApplication.clipboard().text().split("\t")[0] == str(rows.chosen.row + 1)
    assert rows.in_table.isEnabled()  # the Data page shows this run's table
    rows.in_table.click()
    assert bench.window.page == "data"
    assert bench.data_page.preview.model.only is not None
    bench.window.show_page("train")

    page.step.close_button.click()
    assert view(bench) == "training"
    assert not page.views["step"].isVisible()
    click_at(bench, 3, worst.value / 2)  # beside every mark: a step that does not stand out
    assert (steps.chosen, view(bench)) == (3, "training")
    assert page.spikes.chosen.text() == "step 3"
    page.spikes.look.click()
    qtbot.waitUntil(lambda: steps.phase is Phase.SHOWN, timeout=WAIT)
    assert steps.details is not None
    assert (steps.details.step, steps.details.same) == (3, True)
    page.step.after.click()
    assert steps.step == steps.steps[0] or steps.step > 3


def test_a_step_is_looked_into_while_the_run_trains_and_can_be_let_go(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=4000)
    bench.train()
    steps = bench.steps.state
    qtbot.waitUntil(lambda: bench.run.advance.step > 40, timeout=WAIT)
    steps.look_into(20)
    assert "slower meanwhile" in bench.train_page.step.progress.words.text()
    qtbot.waitUntil(lambda: steps.phase is Phase.SHOWN, timeout=WAIT)
    assert bench.run.live
    assert steps.details is not None
    assert steps.details.same
    steps.look_into(bench.run.advance.step)
    bench.train_page.step.progress.button.click()
    assert (steps.phase, view(bench)) == (Phase.NOTHING, "training")
    steps.look_into(10_000_000)
    qtbot.waitUntil(lambda: steps.phase is Phase.TROUBLE, timeout=WAIT)
    assert "this run has no step" in bench.train_page.step.trouble.text()
    bench.session.stop()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
