"""A label of one line or two whose changing numbers move nothing below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class CalmLines(QLabel):
    """Plain text. It takes a second line where one is too short, and keeps it until its width changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._lines = 1

    def setText(self, text: str) -> None:
        super().setText(text)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lines = 1
            self._make_room()

    def _make_room(self) -> None:
        letters = self.fontMetrics()
        if letters.horizontalAdvance(self.text()) > self.width():
            self._lines = 2
        self.setFixedHeight(self._lines * letters.lineSpacing() + 2)
