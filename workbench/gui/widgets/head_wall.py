"""Every layer and head of one kind as one picture: layers down, heads across, each tile under its own name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from workbench.contracts.frames import AttentionFrame
from workbench.gui.colours import colour_table, diverging, sequential
from workbench.gui.theme import Theme, theme_of
from workbench.gui.widgets.fact_words import FactWords
from workbench.gui.widgets.head_marks import draw_state
from workbench.gui.widgets.shades import SCALES, SIGNED, ZERO, shades, signed_shades
from workbench.gui.widgets.wall_layout import MARGIN, SMALLEST, Layout

FRAME = 3
LETTERS = 11
"""Height of the names' letters, in pixels."""


class HeadWall(QAbstractScrollArea):
    """All heads at a glance; one of them is chosen.

    `set_frame` only keeps the frame: shades are worked out once for each frame and size, when it is painted.
    """

    head_chosen = Signal(int, int)
    """A person chose a layer and a head, both counted from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: AttentionFrame | None = None
        self._scale, self._limit = "linear", 1.0
        self._chosen: tuple[int, int] | None = None
        self._order: tuple[int, ...] | None = None
        self._cells: dict[int, int] = {}
        self._whole = True
        self._layers: tuple[int, ...] = ()
        self._states: Mapping[tuple[int, int], str] = {}
        self._empty = ""
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)
        self._picture: QImage | None = None  # reads from `_pixels`
        self._picture_of: tuple[object, ...] = ()
        self._names: QPixmap | None = None
        self._names_of: tuple[object, ...] = ()
        self._layout: Layout | None = None
        self._words = FactWords(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(120, SMALLEST + 2 * LETTERS + 2 * MARGIN)
        self._retranslate()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def frame(self) -> AttentionFrame | None:
        return self._frame

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The chosen layer and head, counted from 0."""
        return self._chosen

    @property
    def order(self) -> tuple[int, ...] | None:
        """As `set_order` was told; None is by layer."""
        return self._order

    @property
    def scale(self) -> str:
        return self._scale

    def set_frame(self, frame: AttentionFrame | None, *, whole: bool = True, layers: Sequence[int] = ()) -> None:
        """Show this moment; it is drawn when the screen is next painted.

        Args:
            frame: All heads of one kind.
            whole: Whether these are the weights themselves, or the largest of each block of cells, of which nothing is said.
            layers: Which layers these are, counted from 0, where some are left out.
        """
        self._whole, self._layers = whole, tuple(layers)
        same = frame is not None and self._frame is not None and frame.weights.shape == self._frame.weights.shape
        self._frame = frame
        if not same:
            if frame is not None and self._order is not None and len(self._order) != np.prod(frame.weights.shape[:2]):
                self.set_order(None)
            self._arrange()
        self.viewport().update()

    def set_order(self, order: Sequence[int] | None) -> None:
        """Show the heads in another order, row by row; they keep their names.

        Args:
            order: Each head once, as ``layer · heads + head``; None is by layer. A frame of another size takes it back.
        """
        self._order = None if order is None else tuple(order)
        self._cells = {} if order is None else {head: cell for cell, head in enumerate(order)}
        self._reveal()
        self.viewport().update()

    def set_scale(self, scale: str, limit: float = 1.0) -> None:
        """One of `linear`, `log` and `row`, or `signed` for differences up to a limit."""
        if scale not in (*SCALES, SIGNED):
            raise ValueError(f"scale {scale!r} is not one of {SCALES}")
        self._scale, self._limit = scale, limit
        self.viewport().update()

    def choose(self, layer: int, head: int) -> None:
        """Frame a head, without a signal; both are counted from 0."""
        self._chosen = (layer, head)
        self._reveal()
        self.viewport().update()

    @property
    def states(self) -> Mapping[tuple[int, int], str]:
        """The heads that are marked, by layer and head."""
        return self._states

    def mark(self, states: Mapping[tuple[int, int], str]) -> None:
        """Mark heads that are off or frozen, by layer and head; those that are not named are on."""
        if states != self._states:
            self._states = dict(states)
            self.viewport().update()

    def show_nothing(self, text: str) -> None:
        """Explain in a line why there are no heads."""
        self._empty = text
        self.set_frame(None)

    # -- where it is ------------------------------------------------------------------------------------------------

    def head_at(self, point: QPoint) -> tuple[int, int] | None:
        """The head at a point of the viewport."""
        cell = self._layout.at(QPointF(point) - self._origin()) if self._layout else None
        return None if cell is None else self._head_in(*cell)

    def place_of(self, layer: int, head: int) -> QRectF:
        """The tile of a head in the viewport; empty when there is none."""
        return self._layout.place(*self._cell_of(layer, head)).translated(self._origin()) if self._layout else QRectF()

    def sizeHint(self) -> QSize:
        return QSize(420, 260)

    def wanted(self, room: QSize) -> QSize:
        """What all heads at their smallest would take; a side of `room` that is 0 is free."""
        if self._frame is None or 0 in self._frame.weights.shape:
            return self.minimumSize()
        layers, heads, queries, keys = self._frame.weights.shape
        bar = self.verticalScrollBar().sizeHint().width()
        size = Layout.fit((layers, heads, queries, keys), room, QFontMetricsF(self._letters())).size
        return size + QSize(bar, bar)

    def _cell_of(self, layer: int, head: int) -> tuple[int, int]:
        """Row and column of a head's tile."""
        if self._order is None or not self._inside(layer, head):
            return layer, head
        assert self._layout is not None
        return divmod(self._cells[layer * self._layout.heads + head], self._layout.heads)

    def _head_in(self, row: int, column: int) -> tuple[int, int]:
        """The head whose tile is there."""
        assert self._layout is not None
        return (row, column) if self._order is None else divmod(
            self._order[row * self._layout.heads + column], self._layout.heads
        )  # fmt: skip

    def _origin(self) -> QPointF:
        """The picture's upper left corner in the viewport: centred where there is room, scrolled where there is not."""
        if self._layout is None:
            return QPointF()
        size, room = self._layout.size, self.viewport().size()
        left = (room.width() - size.width()) // 2 if size.width() <= room.width() else -self.horizontalScrollBar().value()
        top = (room.height() - size.height()) // 2 if size.height() <= room.height() else -self.verticalScrollBar().value()
        return QPointF(left, top)

    def _letters(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(LETTERS)
        return font

    def _arrange(self) -> None:
        """Lay the tiles out for the room there is without scroll bars, and say how far it scrolls."""
        if self._frame is None or 0 in self._frame.weights.shape:
            self._layout = None
            for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
                bar.setRange(0, 0)
            return
        queries, keys = self._frame.weights.shape[2:]
        shape = (*self._frame.weights.shape[:2], queries, keys)
        letters = QFontMetricsF(self._letters())
        layout = Layout.fit(shape, self.maximumViewportSize(), letters)
        if layout.size.height() > self.maximumViewportSize().height():  # its scroll bar takes some of the width
            taken = self.verticalScrollBar().sizeHint().width()
            layout = Layout.fit(shape, self.maximumViewportSize() - QSize(taken, 0), letters)
        self._layout = layout
        room = self.viewport().size()
        for bar, whole, part, step in (
            (self.horizontalScrollBar(), layout.size.width(), room.width(), layout.across),
            (self.verticalScrollBar(), layout.size.height(), room.height(), layout.down),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(part)
            bar.setSingleStep(max(1, int(step) // 2))

    def _reveal(self) -> None:
        """Scroll until the chosen head is in sight."""
        if self._layout is None or self._chosen is None:
            return
        whole = self._layout.place(*self._cell_of(*self._chosen)).adjusted(-MARGIN, -self._layout.name - MARGIN, MARGIN, MARGIN)
        room = self.viewport().size()
        for bar, first, last, part in (
            (self.horizontalScrollBar(), whole.left(), whole.right(), room.width()),
            (self.verticalScrollBar(), whole.top(), whole.bottom(), room.height()),
        ):
            bar.setValue(int(min(max(bar.value(), last - part), first)))

    # -- how it is drawn --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = theme_of(self)
        if self._layout is None or self._frame is None:
            painter.setPen(QColor(theme.muted))
            around = self.viewport().rect().adjusted(12, 8, -12, -8)
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty or self._nothing)
            painter.end()
            return
        origin = self._origin()
        painter.drawImage(origin, self._draw_tiles(theme))
        painter.drawPixmap(origin, self._draw_names(theme))
        for head, state in self._states.items():
            if self._inside(*head):
                draw_state(painter, self.place_of(*head), state, theme)
        if self._chosen is not None and self._inside(*self._chosen):
            self._draw_frame(painter, self.place_of(*self._chosen), theme)
        painter.end()

    def _draw_tiles(self, theme: Theme) -> QImage:
        """All tiles in their places, an index for each pixel of the screen: done once for each frame, size and scale."""
        assert self._layout is not None
        assert self._frame is not None
        ratio = self.viewport().devicePixelRatioF()
        of = (self._frame, self._layout, self._order, self._scale, self._limit, ratio)
        if self._picture is None or self._picture_of != of:
            self._pixels = self._lay(self._frame.weights, self._layout, ratio)
            high, wide = self._pixels.shape
            self._picture = QImage(self._pixels.data, wide, high, wide, QImage.Format.Format_Indexed8)
            self._picture.setDevicePixelRatio(ratio)
            self._picture_of = of
        self._picture.setColorTable(colour_table(diverging(theme) if self._scale == SIGNED else sequential(theme)))
        return self._picture

    def _lay(self, weights: NDArray[np.float32], layout: Layout, ratio: float) -> NDArray[np.uint8]:
        """Every head's shades (height, width) on the panel's colour."""
        layers, heads, queries, keys = weights.shape
        high, wide = round(layout.tile.height() * ratio), round(layout.tile.width() * ratio)
        flat, signed = weights.reshape(layers * heads, queries, keys), self._scale == SIGNED
        each = signed_shades(flat, high, wide, self._limit) if signed else shades(flat, high, wide, self._scale)
        whole = np.full(
            (int(layout.size.height() * ratio) + 1, -(-int(layout.size.width() * ratio + 1) // 4) * 4),
            ZERO if signed else 0,
            np.uint8,
        )
        for number, tile in enumerate(each):
            place = layout.place(*self._cell_of(*divmod(number, heads)))
            top, left = round(place.top() * ratio), round(place.left() * ratio)
            whole[top : top + high, left : left + wide] = tile
        return whole

    def _draw_names(self, theme: Theme) -> QPixmap:
        """Names and hairlines, which only change with the layout and the look."""
        assert self._layout is not None
        ratio = self.viewport().devicePixelRatioF()
        of = (self._layout, self._order, self._layers, theme, ratio, self.font().key())
        if self._names is not None and self._names_of == of:
            return self._names
        names = QPixmap(self._layout.size * ratio)
        names.setDevicePixelRatio(ratio)
        names.fill(Qt.GlobalColor.transparent)
        painter = QPainter(names)
        painter.setFont(self._letters())
        for row in range(self._layout.layers):
            for column in range(self._layout.heads):
                tile, (layer, head) = self._layout.place(row, column), self._head_in(row, column)
                painter.setPen(QColor(theme.muted))
                line = QRectF(tile.left(), tile.top() - self._layout.name, self._layout.across, self._layout.name - 2)
                painter.drawText(
                    line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{self._number(layer) + 1}·{head + 1}"
                )
                painter.setPen(QColor(theme.line))
                painter.drawRect(tile.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()
        self._names, self._names_of = names, of
        return names

    def _draw_frame(self, painter: QPainter, tile: QRectF, theme: Theme) -> None:
        pen = QPen(QColor(theme.accent), FRAME)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        around = FRAME / 2
        painter.drawRect(tile.adjusted(-around, -around, around, around))

    # -- what a person does -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        head = self.head_at(event.position().toPoint()) if event.button() == Qt.MouseButton.LeftButton else None
        if head is not None:
            self.take(*head)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.head_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or self._layout is None:
            super().keyPressEvent(event)
            return
        row, column = self._cell_of(*self._chosen) if self._chosen and self._inside(*self._chosen) else (0, 0)
        row, column = row + step[0], column + step[1]
        if self._inside(row, column):
            self.take(*self._head_in(row, column))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._hint(event)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._arrange()
        self.viewport().update()

    def take(self, layer: int, head: int) -> None:
        """Choose a head as a person does."""
        self.choose(layer, head)
        self.head_chosen.emit(layer, head)

    def _hint(self, event: QHelpEvent) -> None:
        """Name and score of the head under the mouse."""
        head = self.head_at(event.pos())
        if head is None or self._frame is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), self.describe(*head), self.viewport(), self.place_of(*head).toRect())

    def describe(self, layer: int, head: int) -> str:
        """What a head mostly does, in a heading and a line."""
        said = self._words.difference_of if self._scale == SIGNED else self._words.line_of
        line = said(self._frame, layer, head) if self._whole else self.tr("Choose it to see every weight.")
        return self._words.heading(self._number(layer), head) + "\n" + line

    def _number(self, row: int) -> int:
        """Which layer a row of the frame is, counted from 0."""
        return self._layers[row] if self._layers else row

    def _inside(self, layer: int, head: int) -> bool:
        return self._layout is not None and 0 <= layer < self._layout.layers and 0 <= head < self._layout.heads

    def _retranslate(self) -> None:
        self._nothing = self.tr("Heads appear here as soon as there is a model and a text to look at.")
        self.setAccessibleName(self.tr("All heads: layers down, heads across. Arrow keys choose one."))
