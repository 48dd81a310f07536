"""One head large: tokens on both axes, the value under the cursor, zoom by wheel and by rectangle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from workbench.contracts.frames import frozen
from workbench.gui.models.head_facts import entropy
from workbench.gui.theme import theme_of
from workbench.gui.widgets.heat_picture import HeatPicture, Span
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.shades import SCALES, SIGNED

FEWEST = 2
"""Cells that stay in sight at the deepest zoom."""
STEP = 0.8
"""What a notch of the wheel leaves of the cells in sight."""
DRAG = 6
"""Pixels the mouse has to go before it draws a rectangle."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The value under the cursor."""

    query: int
    """Counted from 0."""
    key: int
    """Counted from 0."""
    query_token: str
    key_token: str
    weight: float
    row_entropy: float
    """Of all this query's weights, in nats; 0 where differences are shown, which have none."""


class HeatMap(Reactive):
    """Queries down, keys across. Arrow keys move the cursor, plus and minus zoom, Escape shows all."""

    cell_hovered = Signal(object)
    """A `Cell`, or None when the cursor leaves; again when the weights beneath a resting cursor change."""
    cell_chosen = Signal(int, int)
    """A person clicked a cell, or pressed Enter on it: query and key, counted from 0."""
    zoomed = Signal(object)
    """The `Span` in sight, or None for all, whenever it is another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nothing = np.zeros((0, 0), np.float32)
        self._picture = HeatPicture(weights=nothing, queries=(), keys=())
        self._here: tuple[int, int] | None = None
        self._drag: tuple[QPointF, QPointF] | None = None
        self._cells: QImage | None = None
        self._cells_of: tuple[object, ...] = ()
        self._empty = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 160)
        self.react()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def picture(self) -> HeatPicture:
        """What is drawn now: frozen, fit for an export on any thread."""
        return self._picture

    @property
    def cell(self) -> Cell | None:
        """The value under the cursor."""
        if self._here is None:
            return None
        query, key = self._here
        row = self._picture.weights[query]
        return Cell(
            query=query, key=key, query_token=self._picture.queries[query], key_token=self._picture.keys[key],
            weight=float(row[key]), row_entropy=0.0 if self._picture.scale == SIGNED else entropy(row[None]),
        )  # fmt: skip

    def set_head(self, weights: NDArray[np.float32] | None, queries: Sequence[str] = (), keys: Sequence[str] = ()) -> None:
        """Show one head: weights (query, key), copied unless they are read-only; the zoom stays while the shape does.

        Raises:
            ValueError: Weights and tokens do not fit.
        """
        if weights is None:
            weights, queries, keys = np.zeros((0, 0), np.float32), (), ()
        if weights.shape != (len(queries), len(keys)):
            raise ValueError(f"weights {weights.shape} do not fit {len(queries)} queries and {len(keys)} keys")
        if weights.flags.writeable:
            weights = frozen(weights)
        same = weights.shape == self._picture.weights.shape
        self._picture = replace(
            self._picture, weights=weights, queries=tuple(queries), keys=tuple(keys), span=self._picture.span if same else None
        )
        if not same:
            self._drag = None
        had = self._here is not None
        if self._here is not None and not (self._here[0] < weights.shape[0] and self._here[1] < weights.shape[1]):
            self._here = None
        if had:
            self.cell_hovered.emit(self.cell)
        self.update()

    def set_scale(self, scale: str, limit: float = 1.0) -> None:
        """One of `linear`, `log` and `row`, or `signed` for differences up to a limit."""
        if scale not in (*SCALES, SIGNED):
            raise ValueError(f"scale {scale!r} is not one of {SCALES}")
        self._picture = replace(self._picture, scale=scale, limit=limit)
        self.update()

    def set_difference(self, values: NDArray[np.float32], queries: Sequence[str], keys: Sequence[str]) -> None:
        """Show what has a sign, (query, key), around zero; colours reach as far as the largest value does.

        Raises:
            ValueError: Values and tokens do not fit.
        """
        self._picture = replace(self._picture, scale=SIGNED, limit=max(float(np.abs(values).max(initial=0.0)), 1e-6))
        self.set_head(values, queries, keys)

    def point(self, cell: tuple[int, int] | None) -> None:
        """Put the cursor on a query and key, without a signal; None takes it away."""
        queries, keys = self._picture.weights.shape
        self._here = cell if cell is None or (cell[0] < queries and cell[1] < keys) else None
        self.update()

    def show_nothing(self, text: str) -> None:
        """Explain in a line why there is no head."""
        self._empty = text
        self.set_head(None)

    def zoom_to(self, span: Span | None) -> None:
        """Show these cells, cut to what there is; None for all."""
        queries, keys = self._picture.weights.shape
        if span is not None:
            top, bottom = _within(span.top, span.bottom, queries)
            left, right = _within(span.left, span.right, keys)
            span = Span(top=top, bottom=bottom, left=left, right=right)
            if (span.rows, span.columns) == (queries, keys):
                span = None
        if span != self._picture.span:
            self._picture = replace(self._picture, span=span)
            self.zoomed.emit(span)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    def cell_place(self, query: int, key: int) -> QRectF:
        """Where a cell is drawn, in this widget's pixels."""
        return self._picture.cell_place(query, key, QSizeF(self.size()))

    # -- how it is drawn --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = theme_of(self)
        if not self._picture.weights.size:
            painter.setPen(QColor(theme.muted))
            around = self.rect().adjusted(12, 8, -12, -8)
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty or self._nothing)
            painter.end()
            return
        size = QSizeF(self.size())
        plot, ratio = self._picture.plot(size), self.devicePixelRatioF()
        of = (self._picture, plot.width(), plot.height(), ratio)
        if self._cells is None or self._cells_of != of:
            self._cells, self._cells_of = self._picture.shade(plot, ratio), of
        self._picture.draw(painter, size, self._cells, self._here)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self._drag is not None:
            painter.setPen(QPen(QColor(theme.attention), 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(*self._drag).normalized())
        painter.end()

    def retranslate(self) -> None:
        self._nothing = self.tr("Choose a head to see it large.")
        self._picture = replace(self._picture, query_title=self.tr("query"), key_title=self.tr("key"), row_top=self.tr("row max"))
        self.setAccessibleName(self.tr("Weights of one head. Arrow keys move the cursor, plus and minus zoom, Escape shows all."))
        self.update()

    def recolour(self) -> None:
        self._picture = replace(self._picture, theme=theme_of(self), font=self.font())
        self.update()

    # -- what a person does -----------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._drag = (self._drag[0], event.position())
        self._go(self._picture.cell_at(event.position(), QSizeF(self.size())))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._go(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = self._picture.cell_at(event.position(), QSizeF(self.size())) is not None
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self._drag = (event.position(), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        self.update()
        if drag is None:
            return
        if (event.position() - drag[0]).manhattanLength() < DRAG:
            if self._here is not None:
                self.cell_chosen.emit(*self._here)
            return
        size = QSizeF(self.size())
        plot = self._picture.plot(size)
        one, other = (self._picture.cell_at(_into(point, plot), size) for point in (drag[0], event.position()))
        if one is not None and other is not None:
            (top, bottom), (left, right) = sorted((one[0], other[0])), sorted((one[1], other[1]))
            self.zoom_to(Span(top=top, bottom=bottom + 1, left=left, right=right + 1))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.zoom_to(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        cell = self._picture.cell_at(event.position(), QSizeF(self.size()))
        notches = event.angleDelta().y() / 120
        if cell is None or not notches or (notches < 0 and self._picture.span is None):  # then it scrolls what is around
            event.ignore()
            return
        self._zoom(STEP**notches, cell)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
        }  # fmt: skip
        zooms = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP}
        key, seen = Qt.Key(event.key()), self._picture.seen
        if not self._picture.weights.size:
            super().keyPressEvent(event)
        elif key in steps:
            query, column = self._here or (seen.top, seen.left)
            if self._here is not None:
                query, column = query + steps[key][0], column + steps[key][1]
            queries, keys = self._picture.weights.shape
            self._go((min(max(query, 0), queries - 1), min(max(column, 0), keys - 1)))
            self._follow()
        elif key in zooms:
            self._zoom(zooms[key], self._here or ((seen.top + seen.bottom) // 2, (seen.left + seen.right) // 2))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._here is not None:
            self.cell_chosen.emit(*self._here)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_0) and self._picture.span is not None:
            self.zoom_to(None)
        else:
            super().keyPressEvent(event)

    def _go(self, cell: tuple[int, int] | None) -> None:
        """Move the cursor."""
        if cell != self._here:
            self._here = cell
            self.cell_hovered.emit(self.cell)
            self.update()

    def _zoom(self, factor: float, around: tuple[int, int]) -> None:
        """Show `factor` times as many cells; the one given stays where it is."""
        seen = self._picture.seen
        queries, keys = self._picture.weights.shape
        top, bottom = _scaled(seen.top, seen.bottom, around[0], factor, queries)
        left, right = _scaled(seen.left, seen.right, around[1], factor, keys)
        self.zoom_to(Span(top=top, bottom=bottom, left=left, right=right))

    def _follow(self) -> None:
        """Move the part in sight along with the keyboard's cursor."""
        if self._picture.span is None or self._here is None:
            return
        seen, (query, key) = self._picture.seen, self._here
        down = min(0, query - seen.top) + max(0, query - seen.bottom + 1)
        across = min(0, key - seen.left) + max(0, key - seen.right + 1)
        self.zoom_to(Span(top=seen.top + down, bottom=seen.bottom + down, left=seen.left + across, right=seen.right + across))


def _within(first: int, last: int, size: int) -> tuple[int, int]:
    """A part of an axis of `size` cells: moved inside it, and not smaller than `FEWEST`."""
    length = min(max(last - first, FEWEST), size)
    first = min(max(first, 0), size - length)
    return first, first + length


def _scaled(first: int, last: int, around: int, factor: float, size: int) -> tuple[int, int]:
    length = last - first
    wanted = round(length * factor)
    if wanted == length:  # a notch always does something
        wanted += 1 if factor > 1 else -1
    wanted = min(max(wanted, FEWEST), size)
    start = round(around - (around - first) * wanted / max(1, length))
    return _within(start, start + wanted, size)


def _into(point: QPointF, plot: QRectF) -> QPointF:
    """The nearest point of the plot."""
    return QPointF(min(max(point.x(), plot.left()), plot.right() - 0.5), min(max(point.y(), plot.top()), plot.bottom() - 0.5))
