"""What keeps tests of the window honest: no display needed, no thread or window left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.windows import Open, closed, opened
from workbench.gui import theme
from workbench.gui.app import Workbench
from workbench.runs.process import EngineProcess


@pytest.fixture(scope="session")
def engine() -> Iterator[EngineProcess]:
    """The real engine in its process: loading torch once is enough for all tests."""
    made = EngineProcess()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """A test leaves no window and no running thread."""
    theme.apply(qapp, theme.LIGHT)
    before = set(qapp.topLevelWidgets())
    yield
    for widget in set(qapp.topLevelWidgets()) - before:
        assert not widget.isVisible(), f"{widget} was left open"
    running = [thread for thread in qapp.findChildren(QThread) if thread.isRunning()]
    assert not running, f"{running} still run"


@pytest.fixture
def show(qtbot: QtBot):  # type: ignore[no-untyped-def]
    """Show a widget at a size and wait until it is painted; it is closed after the test."""

    def shown(widget: QWidget, width: int = 640, height: int = 480) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return shown


@pytest.fixture
def open_window(qapp: QApplication, tmp_path: Path, qtbot: QtBot, engine: EngineProcess) -> Iterator[Open]:
    """Open the real window, as often as a test wants; what is still open after the test is closed."""
    made: list[Workbench] = []

    def another() -> Workbench:
        made.append(opened(qapp, qtbot, engine, tmp_path))
        return made[-1]

    yield another
    for bench in made:
        if not bench.ended:
            closed(bench, qtbot)


@pytest.fixture
def bench(open_window: Open) -> Workbench:
    """One real window."""
    return open_window()
