"""The log: what happened, with times; it opens from the status line and can be copied whole."""

from __future__ import annotations

import logging
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from workbench.gui.widgets.panel import Panel

KEPT = 5_000
"""Lines."""


class LogFeed(QObject):
    """Hands log records of any thread to the GUI thread, as text."""

    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler = _Handler(self)

    def listen(self) -> None:
        """Begin to hear the whole program's log."""
        logging.getLogger().addHandler(self._handler)

    def end(self) -> None:
        """Hear no more; the feed may go."""
        logging.getLogger().removeHandler(self._handler)


class _Handler(logging.Handler):
    def __init__(self, feed: LogFeed) -> None:
        super().__init__(logging.INFO)
        self._feed = feed

    def emit(self, record: logging.LogRecord) -> None:
        """One record with its traceback; called in any thread."""
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        self._feed.said.emit(f"{datetime.fromtimestamp(record.created):%H:%M:%S}  {text}")


class LogPanel(Panel):
    """Lines of the log, newest last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(KEPT)
        self.text.setMinimumHeight(90)
        self.copy = QPushButton(self)
        self.copy.clicked.connect(self._copy)
        self.controls.addWidget(self.copy)
        self.body.addWidget(self.text)
        self.react()

    def add(self, line: str) -> None:
        """Append a line, which may be long."""
        self.text.appendPlainText(line)

    def retranslate(self) -> None:
        self.entitle(self.tr("Log"))
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setPlaceholderText(self.tr("What the program does is written here, with the time."))
        self.copy.setText(self.tr("Copy all"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
