"""What tests of the whole window do with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workbench.gui.app import Workbench
from workbench.gui.models.data_state import Stage
from workbench.gui.models.run_state import RunState
from workbench.runs.process import EngineProcess

WAIT = 60_000
Open = Callable[[], Workbench]


def opened(app: QApplication, qtbot: QtBot, engine: EngineProcess, folder: Path) -> Workbench:
    """The real window, with its settings and runs in a folder."""
    bench = Workbench(app, folder / "settings.json", engine)
    bench.settings.runs_folder = str(folder / "runs")
    bench.show()
    bench.restore()
    qtbot.waitUntil(lambda: bench.loaded and bench.built, timeout=WAIT)
    return bench


def closed(bench: Workbench, qtbot: QtBot) -> None:
    """Close the window as a person does who means it."""
    bench.stop_and_close()
    qtbot.waitUntil(lambda: bench.ended, timeout=WAIT)
    bench.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def read(bench: Workbench, qtbot: QtBot, path: Path) -> None:
    """Open a table and wait until it is understood or refused."""
    bench.open_path(path)
    qtbot.waitUntil(lambda: bench.data.stage in (Stage.READY, Stage.TROUBLE), timeout=WAIT)


def small(bench: Workbench, **train: object) -> None:
    """Settings small enough for a test."""
    for name, value in {"layers": 1, "heads": 2, "d_model": 16}.items():
        bench.draft.set("model", name, value)
    for name, value in {"epochs": 3, "batch_size": 8, "evaluations": 3, "device": "cpu", **train}.items():
        bench.draft.set("train", name, value)


def state(bench: Workbench, *states: RunState) -> Callable[[], bool]:
    """Whether the run is in one of these states, to wait for."""
    return lambda: bench.run.state in states


def alone(widget: QWidget) -> QWidget:
    """A window that holds a widget and nothing else, and may be narrower than what it holds."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    return made
