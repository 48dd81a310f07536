"""A teacher shows a class the moment at which a model understands reversal: found by mouse, and projected, within a minute.

python -m pytest -m benchmark tests/benchmarks/test_gui_teacher.py -s
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.benchmarks.test_gui_window import WAIT, opened
from tests.gui.windows import closed
from workbench.gui.app import Workbench
from workbench.gui.models.run_state import RunState
from workbench.runs.resolve import resolve

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Workbench]:
    made = opened(qapp, tmp_path, qtbot)
    yield made
    closed(made, qtbot)


def chosen(bench: Workbench, qtbot: QtBot, words: str) -> str:
    """Choose the first change whose words hold these, by mouse; what it says."""
    button = bench.window.scrubber.changes
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))  # a click on the button would wait in the menu
    action: QAction = next(each for each in menu.actions() if words in each.text())
    said = action.text()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    return said


def test_the_moment_of_understanding_is_found_and_projected(
    bench: Workbench, qtbot: QtBot, tmp_path: Path, sample_data: Path
) -> None:
    """The run is there already; the clock runs from the first click to the head in full screen."""
    bench.window.resize(1280, 800)
    bench.window.show_page("train")
    table = {"data": {"table": str(sample_data / "reverse.csv")}, "train": {"device": "cpu"}}
    bench.shown.start(resolve(table), tmp_path / "run")
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, timeout=WAIT)
    state, page = bench.film.state, bench.train_page
    qtbot.waitUntil(lambda: state.rise is not None and any("mirrored" in each.sentence for each in state.changes), timeout=WAIT)
    began = time.perf_counter()
    rose = chosen(bench, qtbot, "learned most")
    qtbot.waitUntil(lambda: state.step is not None and bench.run.past == state.step, timeout=WAIT)
    became = chosen(bench, qtbot, "backwards")
    qtbot.waitUntil(lambda: bench.run.past == state.step, timeout=WAIT)
    qtbot.mouseClick(page.large, Qt.MouseButton.LeftButton)
    bench.window.action("present").trigger()
    qtbot.waitUntil(lambda: bench.window.isFullScreen(), timeout=WAIT)
    qtbot.wait(200)
    seconds = time.perf_counter() - began
    head = page.heads.heat.picture.weights
    bench.window.grab().save(str(tmp_path / "projected.png"))
    print(f"\n{seconds:.1f} s; “{rose}”; “{became}”; picture: {tmp_path / 'projected.png'}")
    assert seconds < 60
    assert page.heads.tabs["cross"].isChecked()
    count = head.shape[1] - 1  # words of the text, [SEP] behind them
    ahead = np.mean([head[row, count - 1 - row] for row in range(count)])
    assert ahead > 2 / count  # an anti-diagonal, far above even attention
    bench.window.action("present").trigger()
