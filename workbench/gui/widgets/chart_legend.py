"""The line above a chart: what each colour is, and under the cursor the values of every curve at that step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.theme import theme_of


@dataclass(frozen=True)
class Entry:
    """One curve: the theme's name of its colour (empty: a curve that is not drawn), and what is said of it."""

    colour: str
    text: str


class ChartLegend(QWidget):
    """One line of entries; those without room are left out, drawn curves come first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What is said, curves separated by a dot."""
        return " · ".join(entry.text for entry in self._entries)

    def say(self, entries: tuple[Entry, ...]) -> None:
        """Set what is said."""
        if entries != self._entries:
            self._entries = entries
            self.setAccessibleDescription(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        metrics, x, middle = QFontMetrics(font), 1, self.height() // 2
        for entry in self._entries:
            width = metrics.horizontalAdvance(entry.text)
            swatch = 20 if entry.colour else 0
            if x + swatch + width > self.width():
                break
            if entry.colour:
                pen = QPen(QColor(getattr(theme, entry.colour)), 2)
                painter.setPen(pen)
                painter.drawLine(x, middle, x + 13, middle)
            painter.setPen(QColor(theme.text if entry.colour else theme.muted))
            painter.drawText(x + swatch, 0, width + 2, self.height(), int(Qt.AlignmentFlag.AlignVCenter), entry.text)
            x += swatch + width + 14
        painter.end()
