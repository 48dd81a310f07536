"""A table of signed numbers as colours around zero: positions and dimensions, offsets and heads, positions and positions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.colours import colour_table, diverging, to_bytes
from workbench.gui.models.position_maths import colour_reach
from workbench.gui.theme import theme_of
from workbench.gui.widgets.reactive import Reactive

LETTERS = 11
"""Size of the axes' letters in pixels."""
SMALL = 80
"""Below this height or width an axis has no room for its name."""


class PositionMap(Reactive):
    """Draws ``values``: (rows, columns), zero as the panel's ground. One image is made for each table, none for painting."""

    hovered = Signal(object)
    """``(row, column)`` under the cursor, counted from 0; None when it leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._values: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._bytes: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)
        self._image = QImage()
        self._names = ("", "")
        self._first = (0, 0)
        self._square = False
        self._at: tuple[int, int] | None = None
        self.react()

    @property
    def values(self) -> NDArray[np.float32]:
        """What is drawn: (rows, columns)."""
        return self._values

    @property
    def cell(self) -> tuple[int, int] | None:
        """Row and column under the cursor, counted from 0."""
        return self._at

    def set_values(self, values: NDArray[np.float32], *, first: tuple[int, int] = (1, 1), square: bool = False) -> None:
        """Draw another table.

        Args:
            values: (rows, columns).
            first: What the first row and the first column are called.
            square: Whether a cell is as high as it is wide.
        """
        largest = colour_reach(values)
        self._values, self._first, self._square = values, first, square
        self._bytes = np.ascontiguousarray(to_bytes(values, -largest, largest))
        rows, columns = self._bytes.shape
        self._image = QImage(self._bytes.data, columns, rows, columns, QImage.Format.Format_Indexed8) if values.size else QImage()
        if values.size:
            self._image.setColorTable(colour_table(diverging(theme_of(self))))
        if self._at is not None and (self._at[0] >= rows or self._at[1] >= columns):
            self._at = None
        self.update()

    def name_axes(self, down: str, across: str) -> None:
        """What is counted down and what across."""
        self._names = (down, across)
        self.update()

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Row and column at a point of the widget, counted from 0; None beside the table."""
        area = self.area()
        rows, columns = self._values.shape
        if not self._values.size or not area.contains(point):
            return None
        row = int((point.y() - area.top()) / area.height() * rows)
        column = int((point.x() - area.left()) / area.width() * columns)
        return min(row, rows - 1), min(column, columns - 1)

    def area(self) -> QRectF:
        """Where the table itself is drawn."""
        metrics = self._metrics()
        left = metrics.horizontalAdvance(self._widest()) + 8 + (metrics.height() if self._has_names() else 0)
        below = metrics.height() + 4 + (metrics.height() if self._has_names() else 0)
        whole = QRectF(left, 4, max(1.0, self.width() - left - 6), max(1.0, self.height() - below - 4))
        rows, columns = self._values.shape
        if self._square and rows and columns:
            cell = min(whole.width() / columns, whole.height() / rows)
            whole.setSize(QRectF(0, 0, cell * columns, cell * rows).size())
        return whole

    def sizeHint(self) -> QSize:
        return QSize(260, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, 60)

    def recolour(self) -> None:
        if self._values.size:
            self._image.setColorTable(colour_table(diverging(theme_of(self))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values.size:
            return
        theme, area = theme_of(self), self.area()
        painter = QPainter(self)
        painter.drawImage(area, self._image)
        painter.setPen(QColor(theme.line))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        font = self.font()
        font.setPixelSize(LETTERS)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        self._paint_axes(painter, area)
        if self._at is not None:
            rows, columns = self._values.shape
            high, wide = area.height() / rows, area.width() / columns
            painter.setPen(QColor(theme.text))
            place = QPointF(area.left() + self._at[1] * wide, area.top() + self._at[0] * high)
            painter.drawRect(QRectF(place, QSizeF(max(wide, 2), max(high, 2))))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, cell: tuple[int, int] | None) -> None:
        if cell != self._at:
            self._at = cell
            self.hovered.emit(cell)
            self.update()

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        metrics = self._metrics()
        rows, columns = self._values.shape
        gap = metrics.height()
        for row in ticks(rows, max(2, int(area.height() / (2 * gap))), self._first[0]):
            middle = area.top() + (row + 0.5) * area.height() / rows
            painter.drawText(QRectF(0, middle - gap / 2, area.left() - 4, gap),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(row + self._first[0]))  # fmt: skip
        room = 2.2 * metrics.horizontalAdvance(self._widest(1))
        for column in ticks(columns, max(2, int(area.width() / room)), self._first[1]):
            middle = area.left() + (column + 0.5) * area.width() / columns
            place = QRectF(middle - room / 2, area.bottom() + 2, room, gap)
            place.moveRight(min(place.right(), self.width() + room / 2 - metrics.horizontalAdvance(str(columns)) / 2))
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, str(column + self._first[1]))
        if self._has_names():
            painter.drawText(QRectF(area.left(), area.bottom() + gap, area.width(), gap), Qt.AlignmentFlag.AlignHCenter,
                             metrics.elidedText(self._names[1], Qt.TextElideMode.ElideRight, int(area.width())))  # fmt: skip
            painter.save()
            painter.translate(0, area.bottom())
            painter.rotate(-90)
            painter.drawText(QRectF(0, 0, area.height(), gap), Qt.AlignmentFlag.AlignHCenter,
                             metrics.elidedText(self._names[0], Qt.TextElideMode.ElideRight, int(area.height())))  # fmt: skip
            painter.restore()

    def _metrics(self) -> QFontMetrics:
        font = self.font()
        font.setPixelSize(LETTERS)
        return QFontMetrics(font)

    def _has_names(self) -> bool:
        return any(self._names) and min(self.height(), self.width()) >= SMALL

    def _widest(self, axis: int = 0) -> str:
        first, count = self._first[axis], self._values.shape[axis]
        return max(str(first), str(first + max(0, count - 1)), key=len)


def ticks(count: int, most: int, first: int) -> list[int]:
    """Places on an axis of `count` cells whose names are round: ``first`` is the name of place 0."""
    if count <= 0:
        return []
    step = next(step for power in range(10) for step in (10**power, 2 * 10**power, 5 * 10**power) if count / step <= most)
    places = [place for place in range(count) if (place + first) % step == 0]
    if first == 1 and step > 1 and (not places or places[0] >= step * 0.7):
        places = [0, *places]
    return places
