"""One number for each head as a small grid: layers down, heads across; a click chooses a head."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.colours import sequential, to_bytes
from workbench.gui.theme import theme_of
from workbench.gui.widgets.position_map import ticks
from workbench.gui.widgets.reactive import Reactive

SMALLEST, LARGEST, LETTERS = 8, 30, 11
"""Pixels of a cell, and of the letters beside the cells."""


class HeadGrid(Reactive):
    """Arrow keys move the cursor, Enter chooses what a click would."""

    head_chosen = Signal(int, int)
    """Layer and head that a person chose, counted from 0."""
    head_hovered = Signal(object)
    """(layer, head) under the mouse or the keyboard's cursor, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._shades: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)
        self._here: tuple[int, int] | None = None
        self._chosen: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.react()

    @property
    def values(self) -> NDArray[np.float32]:
        """(layer, head)"""
        return self._values

    @property
    def here(self) -> tuple[int, int] | None:
        """Layer and head under the cursor, counted from 0."""
        return self._here

    @property
    def chosen(self) -> tuple[int, int] | None:
        """Layer and head that are marked, counted from 0."""
        return self._chosen

    def set_values(self, values: NDArray[np.float32]) -> None:
        """Show numbers of at least zero, (layer, head); the deepest colour is the largest of them."""
        if values.shape != self._values.shape:
            self._chosen = None
        finite = values[np.isfinite(values)]
        self._values, self._here = values, None
        self._shades = to_bytes(values, 0.0, max(float(finite.max(initial=0.0)), 1e-12))
        self.head_hovered.emit(None)
        self.setMaximumHeight(self._size(LARGEST).height())
        self.updateGeometry()
        self.update()

    def choose(self, layer: int, head: int) -> None:
        """Mark a head, without a signal; one that is not there marks none."""
        layers, heads = self._values.shape
        self._chosen = (layer, head) if 0 <= layer < layers and 0 <= head < heads else None
        self.update()

    # -- where it is ------------------------------------------------------------------------------------------------

    def place(self, layer: int, head: int) -> QRectF:
        """Where a head's cell is, in this widget's pixels."""
        left, top, cell = self._corner()
        return QRectF(left + head * cell, top + layer * cell, cell, cell)

    def head_at(self, point: QPointF) -> tuple[int, int] | None:
        """Layer and head at a point."""
        (left, top, cell), (layers, heads) = self._corner(), self._values.shape
        layer, head = int((point.y() - top) // cell), int((point.x() - left) // cell)
        return (layer, head) if 0 <= layer < layers and 0 <= head < heads else None

    def sizeHint(self) -> QSize:
        return self._size(22)

    def minimumSizeHint(self) -> QSize:
        return self._size(SMALLEST)

    def _size(self, cell: int) -> QSize:
        layers, heads = self._values.shape
        left, top = self._aside()
        return QSize(int(left + heads * cell + 3), int(top + layers * cell + 3))

    def _aside(self) -> tuple[float, float]:
        """Room for the names of layers and of heads."""
        letters = QFontMetricsF(self._font())
        return 2 * letters.height() + letters.horizontalAdvance(str(len(self._values))), 2 * letters.height() + 6

    def _corner(self) -> tuple[float, float, float]:
        """Left and top of the first cell, and the size of a cell."""
        (left, top), (layers, heads) = self._aside(), self._values.shape
        room = min((self.width() - left - 2) / max(1, heads), (self.height() - top - 2) / max(1, layers))
        return left, top, max(1.0, min(LARGEST, float(int(room)) if room >= 4 else room))

    def _font(self) -> QFont:
        font = self.font()
        font.setPixelSize(LETTERS)
        return font

    # -- how it is drawn --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values.size:
            return
        painter, theme, (layers, heads) = QPainter(self), theme_of(self), self._values.shape
        left, top, cell = self._corner()
        gap, table = (1 if cell >= 6 else 0), sequential(theme)
        for layer, row in enumerate(self._shades.tolist()):
            for head, shade in enumerate(row):
                painter.fillRect(
                    self.place(layer, head).adjusted(0, 0, -gap, -gap), QColor(*(int(part) for part in table[shade]))
                )
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(QRectF(left - 1, top - 1, heads * cell + 1, layers * cell + 1))
        self._draw_names(painter, left, top, cell)
        for place, colour, thick in ((self._here, theme.text, 1), (self._chosen, theme.accent, 3)):
            if place is not None:
                painter.setPen(QPen(QColor(colour), thick))
                painter.drawRect(self.place(*place).adjusted(0, 0, -1, -1))
        painter.end()

    def _draw_names(self, painter: QPainter, left: float, top: float, cell: float) -> None:
        layers, heads = self._values.shape
        painter.setFont(self._font())
        painter.setPen(QColor(theme_of(self).muted))
        high = QFontMetricsF(painter.font()).height()
        for layer in ticks(layers, max(1, int(layers * cell / high)), 1):
            place = QRectF(0, top + (layer + 0.5) * cell - high / 2, left - 5, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(layer + 1))
        for head in ticks(heads, max(1, int(heads * cell / (1.6 * high))), 1):
            painter.drawText(
                QRectF(left + (head + 0.5) * cell - 20, high + 4, 40, high), Qt.AlignmentFlag.AlignCenter, str(head + 1)
            )
        painter.drawText(QRectF(left, 0, max(60.0, heads * cell), high), Qt.AlignmentFlag.AlignLeft, self._head_title)
        painter.save()
        painter.translate(0, top + layers * cell)
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, max(60.0, layers * cell), high), Qt.AlignmentFlag.AlignHCenter, self._layer_title)
        painter.restore()

    def recolour(self) -> None:
        self.update()

    def retranslate(self) -> None:
        self._head_title, self._layer_title = self.tr("head"), self.tr("layer")
        self.setAccessibleName(self.tr("How much the answer hangs on each head. Arrow keys move, Enter chooses a head."))
        self.update()

    # -- what a person does -----------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self.head_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._go(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        head = self.head_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and head is not None:
            self._pick(head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
        }  # fmt: skip
        key, (layers, heads) = Qt.Key(event.key()), self._values.shape
        if key in steps and self._values.size:
            layer, head = self._here or self._chosen or (0, 0)
            if self._here is not None:
                layer, head = layer + steps[key][0], head + steps[key][1]
            self._go((min(max(layer, 0), layers - 1), min(max(head, 0), heads - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._here is not None:
            self._pick(self._here)
        else:
            super().keyPressEvent(event)

    def _go(self, head: tuple[int, int] | None) -> None:
        if head != self._here:
            self._here = head
            self.head_hovered.emit(head)
            self.update()

    def _pick(self, head: tuple[int, int]) -> None:
        self.choose(*head)
        self.head_chosen.emit(*head)
