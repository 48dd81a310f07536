"""Windows that come and go leave nothing behind."""

from __future__ import annotations

import gc
import threading
from collections import Counter
from pathlib import Path

import psutil
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, Open, closed, read, small, state
from tests.tables import write_table
from workbench.gui.models.run_state import RunState

WINDOWS = 20


def ours() -> Counter[str]:
    """Every living object of Qt whose class is written here, by class."""
    gc.collect()
    found: Counter[str] = Counter()
    for each in gc.get_objects():
        if issubclass(type(each), QObject) and type(each).__module__.startswith("workbench.") and shiboken6.isValid(each):
            found[type(each).__qualname__] += 1
    return found


def test_twenty_windows_with_everything_built_leave_nothing(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
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
    objects, windows = ours(), set(QApplication.topLevelWidgets())
    threads, system_threads = set(threading.enumerate()), psutil.Process().num_threads()
    for _ in range(WINDOWS):
        once()
    assert not ours() - objects
    assert not set(QApplication.topLevelWidgets()) - windows
    assert set(threading.enumerate()) <= threads
    assert psutil.Process().num_threads() <= system_threads
