"""Starting the window from a terminal, and saying in words when there is no display."""

from __future__ import annotations

import gc
import locale
import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from workbench.gui.app import Workbench

NO_WINDOW = (
    "The window cannot be opened: {0}\n"
    "Everything also works without one: attention-workbench train TABLE (see attention-workbench --help).\n"
)


def main(path: str | None = None, demo: str | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Args:
        path: A table, an experiment, a run or a model to open.
        demo: Name of bundled data to train on at once.
    """
    qInstallMessageHandler(_on_qt_message)
    app = QApplication.instance() or QApplication(["attention-workbench"])
    assert isinstance(app, QApplication)
    locale.setlocale(locale.LC_NUMERIC, "C")  # QApplication takes the system's; numbers in files have a point
    app.setApplicationName("Attention Workbench")
    app.setDesktopFileName("attention-workbench")
    bench = Workbench(app)
    logging.getLogger().setLevel(logging.INFO)
    bench.log_feed.listen()
    bench.last_resort.install()
    bench.show()
    if demo is not None:
        QTimer.singleShot(0, bench, lambda: bench.demo(demo))
    elif path is not None:
        QTimer.singleShot(0, bench, lambda: bench.open_path(Path(path)))
    else:
        QTimer.singleShot(0, bench, bench.restore)
    gc.freeze()  # what is there now stays until the end: looking through it again and again would hold the window for 90 ms
    try:
        return int(app.exec())
    finally:
        gc.unfreeze()  # libraries count what they leave behind


def _on_qt_message(kind: QtMsgType, context: object, message: str) -> None:
    """Qt ends the process where it finds no display: say so, with what works without one."""
    if kind == QtMsgType.QtFatalMsg:
        sys.stderr.write(NO_WINDOW.format(message.splitlines()[0]))
        sys.stderr.flush()
        os._exit(2)
    logging.getLogger("qt").log(logging.WARNING if kind != QtMsgType.QtDebugMsg else logging.DEBUG, "%s", message)
