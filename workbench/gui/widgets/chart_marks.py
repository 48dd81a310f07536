"""What happened along a run, drawn over its curves: dashed lines with short words, and small ticks for checkpoints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from workbench.gui.theme import LIGHT, Theme

ROWS = 3
"""Rows of words; a line whose words find no room in any of them stands without."""
COLOURS = {"pause": "attention", "resume": "attention", "best": "good", "warning": "bad"}


@dataclass(frozen=True)
class Mark:
    """Something that happened at a step."""

    step: int
    text: str
    kind: str
    """pause, resume, checkpoint (a small tick), best (only the latest is kept), warning or anything else."""


class Marks(pg.GraphicsObject):
    """All marks of a chart, painted in pixels so that words stay upright and sharp at any zoom."""

    def __init__(self) -> None:
        untyped: Any = super()  # Any: pyqtgraph states no types
        untyped.__init__()
        self.marks: list[Mark] = []
        self._theme = LIGHT
        self.placed: list[tuple[Mark, QRectF]] = []
        """Words drawn last, and where, in pixels."""
        self.setZValue(50)

    def add(self, mark: Mark) -> None:
        """Add a mark; a new best takes the old one's place, a repeated one is not drawn twice."""
        if mark.kind == "best":
            self.marks = [old for old in self.marks if old.kind != "best"]
        if mark not in self.marks:
            self.marks.append(mark)
            self.update()

    def rename(self, words: dict[str, str]) -> None:
        """Say the marks of these kinds in other words: another language."""
        self.marks = [replace(mark, text=words.get(mark.kind, mark.text)) for mark in self.marks]
        self.update()

    def cut(self, step: int) -> None:
        """Forget what came after a step."""
        self.marks = [mark for mark in self.marks if mark.step <= step]
        self.update()

    def clear(self) -> None:
        """Forget all."""
        self.marks.clear()
        self.update()

    def recolour(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.update()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        untyped: Any = self  # Any: pyqtgraph states no types
        return QRectF(untyped.viewRect() or QRectF())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self.placed = []
        if not self.marks:
            return
        to_pixels = painter.transform()
        area = to_pixels.mapRect(self.boundingRect())
        painter.save()
        painter.resetTransform()
        font = QFont(widget.font() if widget is not None else painter.font())
        font.setPixelSize(11)
        painter.setFont(font)
        metrics, ends = QFontMetrics(font), [area.left()] * ROWS
        for mark in sorted(self.marks, key=lambda mark: mark.step):
            x = to_pixels.map(QPointF(mark.step, 0)).x()
            if area.left() <= x <= area.right():
                self._draw(painter, metrics, mark, x, area, ends)
        painter.restore()

    def _draw(self, painter: QPainter, metrics: QFontMetrics, mark: Mark, x: float, area: QRectF, ends: list[float]) -> None:
        colour = QColor(getattr(self._theme, COLOURS.get(mark.kind, "muted")))
        if mark.kind == "checkpoint":
            painter.setPen(QPen(colour, 1))
            painter.drawLine(QPointF(x, area.bottom() - 6), QPointF(x, area.bottom()))
            return
        faint = QColor(colour)
        faint.setAlpha(170)
        painter.setPen(QPen(faint, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        width, height = metrics.horizontalAdvance(mark.text) + 8.0, float(metrics.height())
        left = x if x + width <= area.right() else x - width  # at the right border words stand before their line
        row = next((row for row, end in enumerate(ends) if end <= left), None)
        if row is None or left < area.left() or not mark.text:
            return
        ends[row] = max(left + width, x)
        place = QRectF(left, area.top() + row * (height + 2), width, height)
        ground = QColor(self._theme.panel)
        ground.setAlpha(200)
        painter.fillRect(place.adjusted(2, 0, -2, 0), ground)
        painter.setPen(colour)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), mark.text)
        self.placed.append((mark, place))
