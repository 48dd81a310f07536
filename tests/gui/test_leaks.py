"""Windows that come and go leave nothing behind."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import psutil
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, Open, closed, read, small, state
from tests.tables import write_table
from workbench.gui.models.run_state import RunState


def ours() -> Counter[str]:
    """Every living object of Qt whose class is written here, by class."""
    gc.collect()
    found: Counter[str] = Counter()
    for each in gc.get_objects():
        if issubclass(type(each), QObject) and type(each).__module__.startswith("workbench.") and shiboken6.isValid(each):
            found[type(each).__qualname__] += 1
    return found


def top_level() -> Counter[str]:
    """Every window there is, hidden ones and menus too, by class."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return Counter(type(each).__qualname__ for each in QApplication.topLevelWidgets())


@pytest.mark.parametrize("count", [5, pytest.param(20, marks=pytest.mark.benchmark)])
def test_windows_with_everything_built_leave_nothing(open_window: Open, qtbot: QtBot, tmp_path: Path, count: int) -> None:
    table = write_table(tmp_path, "text-classification")

    def once() -> None:
        bench = open_window()
        read(bench, qtbot, table)
        for page in ("model", "train", "data"):
            bench.window.show_page(page)
        closed(bench, qtbot)

    bench = open_window()  # the first one also leaves a run, which the others show again
    read(bench, qtbot, table)
    small(bench, epochs=1)
    bench.train()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    closed(bench, qtbot)
    del bench
    once()
    objects, windows = ours(), top_level()
    threads = psutil.Process().num_threads()  # Python's own list keeps a name of each thread of Qt that has ended
    for _ in range(count):
        once()
    assert not ours() - objects
    assert not top_level() - windows
    assert psutil.Process().num_threads() <= threads
