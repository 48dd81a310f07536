"""One head as a picture with its axes: what to draw, frozen, and the drawing, on anything that can be painted on.

No widget is needed: the window paints it on the screen, an export on an image or into an SVG, on any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from workbench.gui.colours import Table, colour_table, diverging, sequential
from workbench.gui.theme import LIGHT, Theme
from workbench.gui.widgets.shades import SIGNED, ZERO, shades, signed_shades
from workbench.gui.widgets.token_axis import LONGEST, SPACE, TokenAxis, token_font, widest_of

BAR = 12
"""Width of the colour bar."""
TITLE = 20
"""Room for an axis' title."""
MOST_RECTANGLES = 10_000
"""An SVG with more would be slow to open everywhere: then its cells become one picture inside it; words stay words."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """The cells in sight: from the first to before the last, on both axes."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def rows(self) -> int:
        return self.bottom - self.top

    @property
    def columns(self) -> int:
        return self.right - self.left


@dataclass(frozen=True, kw_only=True, eq=False)
class HeatPicture:
    """One head of one text as it is to be drawn; queries down, keys across, the first of both at the upper left."""

    weights: NDArray[np.float32]
    """(query, key), read-only."""
    queries: tuple[str, ...]
    keys: tuple[str, ...]
    scale: str = "linear"
    """One of `SCALES`, or `SIGNED`."""
    span: Span | None = None
    """None: all cells."""
    theme: Theme = LIGHT
    query_title: str = "query"
    key_title: str = "key"
    row_top: str = "max"
    """What stands at the colour bar's upper end in the scale `row`."""
    font: QFont = field(default_factory=QFont)
    limit: float = 1.0
    """What the colours end at in the scale `signed`, either way."""

    @property
    def about(self) -> dict[str, str]:
        """How it is drawn, for a file's description."""
        return {"scale": self.scale}

    @property
    def seen(self) -> Span:
        """The cells in sight."""
        return self.span or Span(top=0, bottom=len(self.queries), left=0, right=len(self.keys))

    # -- where things are -------------------------------------------------------------------------------------------

    def plot(self, size: QSizeF) -> QRectF:
        """Where the cells are on a picture of this size, in pixels: square cells, unless that leaves a thread."""
        letters = QFontMetricsF(token_font(self.font))
        lying = self._fit(size, letters, letters.height())
        axis = TokenAxis.plan(self.keys, self.seen.left, self.seen.right, lying.width(), letters, True)
        return self._fit(size, letters, min(LONGEST, widest_of(self.keys, letters))) if axis.upright else lying

    def _fit(self, size: QSizeF, letters: QFontMetricsF, labels: float) -> QRectF:
        """Where the cells are when the labels below them are so high."""
        left = TITLE + min(LONGEST, widest_of(self.queries, letters)) + 2 * SPACE
        right = 3 * SPACE + BAR + max(letters.horizontalAdvance(mark) for mark in self.marks)
        wide = max(8.0, size.width() - left - right)
        high = max(8.0, size.height() - TITLE - 2 * SPACE - labels)
        cell = min(wide / max(1, self.seen.columns), high / max(1, self.seen.rows))
        cell = float(int(cell)) if cell >= 4 else cell
        across = max(cell * self.seen.columns, min(wide, 120.0))
        down = max(cell * self.seen.rows, min(high, 120.0))
        return QRectF(round(left + (wide - across) / 2), round(SPACE + (high - down) / 2), int(across), int(down))

    @property
    def marks(self) -> tuple[str, ...]:
        """Numbers along the colour bar, from its upper end, evenly spaced."""
        if self.scale == SIGNED:
            return f"+{self.limit:.2g}", "0", f"−{self.limit:.2g}"
        each = {"linear": ("1", "0.5", "0"), "log": ("1", "0.1", "0.01", "0.001", "≤ 10⁻⁴"), "row": (self.row_top, "0")}
        return each[self.scale]

    def cell_at(self, point: QPointF, size: QSizeF) -> tuple[int, int] | None:
        """The query and key at a point of the picture."""
        plot, seen = self.plot(size), self.seen
        if not plot.contains(point) or not seen.rows or not seen.columns:
            return None
        query = seen.top + int((point.y() - plot.top()) * seen.rows / plot.height())
        key = seen.left + int((point.x() - plot.left()) * seen.columns / plot.width())
        return min(query, seen.bottom - 1), min(key, seen.right - 1)

    def cell_place(self, query: int, key: int, size: QSizeF) -> QRectF:
        """Where a cell is drawn."""
        plot, seen = self.plot(size), self.seen
        high, wide = plot.height() / seen.rows, plot.width() / seen.columns
        return QRectF(plot.left() + (key - seen.left) * wide, plot.top() + (query - seen.top) * high, wide, high)

    # -- drawing ----------------------------------------------------------------------------------------------------

    def draw(
        self, painter: QPainter, size: QSizeF, cells: QImage | None = None, here: tuple[int, int] | None = None,
        vector: bool = False,
    ) -> None:  # fmt: skip
        """Paint all of it.

        Args:
            painter: On anything; what is below is kept.
            size: Of the picture, in pixels.
            cells: From `shade`; made here, as fine as what is painted on, when it is missing.
            here: The cell under the cursor.
            vector: Draw the cells as rectangles instead of an image.
        """
        if not self.weights.size:
            return
        plot = self.plot(size)
        if vector:
            self._draw_rectangles(painter, plot)
        else:
            painter.drawImage(plot, cells or self.shade(plot, painter.device().devicePixelRatioF()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(plot.adjusted(-0.5, -0.5, 0.5, 0.5))
        self._draw_axes(painter, plot, size, here)
        self._draw_bar(painter, plot, vector)
        if here is not None and self.seen.top <= here[0] < self.seen.bottom and self.seen.left <= here[1] < self.seen.right:
            self._draw_cross(painter, plot, self.cell_place(*here, size))

    def shade(self, plot: QRectF, ratio: float) -> QImage:
        """The cells in sight as an image of the plot's size: the slow part, to be kept while nothing changes."""
        seen = self.seen
        high, wide = max(1, round(plot.height() * ratio)), max(1, round(plot.width() * ratio))
        part = self.weights[None, seen.top : seen.bottom, seen.left : seen.right]
        padded = np.zeros((high, -(-wide // 4) * 4), np.uint8)
        padded[:, :wide] = self._shades(part, high, wide)
        image = QImage(padded.data, wide, high, padded.shape[1], QImage.Format.Format_Indexed8)
        image.setColorTable(colour_table(self._table))
        return image.copy()

    @property
    def _table(self) -> Table:
        return diverging(self.theme) if self.scale == SIGNED else sequential(self.theme)

    def _shades(self, part: NDArray[np.float32], high: int, wide: int) -> NDArray[np.uint8]:
        if self.scale == SIGNED:
            return np.asarray(signed_shades(part, high, wide, self.limit)[0])
        return np.asarray(shades(part, high, wide, self.scale)[0])

    def _draw_rectangles(self, painter: QPainter, plot: QRectF) -> None:
        """Cells as rectangles: neighbours of one shade in a row are one, and the lightest is the ground itself."""
        seen = self.seen
        part = self.weights[None, seen.top : seen.bottom, seen.left : seen.right]
        each = self._shades(part, seen.rows, seen.columns)
        if int((np.diff(each.astype(np.int16), axis=1) != 0).sum()) + seen.rows > MOST_RECTANGLES:
            painter.drawImage(plot, self.shade(plot, 2.0))
            return
        table, ground = self._table, ZERO if self.scale == SIGNED else 0
        painter.fillRect(plot, QColor(self.theme.panel))
        high, wide = plot.height() / seen.rows, plot.width() / seen.columns
        for row, line in enumerate(each):
            starts = np.flatnonzero(np.diff(line.astype(np.int16), prepend=-1))
            for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
                if line[start] != ground:
                    place = QRectF(plot.left() + start * wide, plot.top() + row * high, (end - start) * wide, high)
                    painter.fillRect(place, QColor(*(int(part) for part in table[line[start]])))

    def _draw_axes(self, painter: QPainter, plot: QRectF, size: QSizeF, here: tuple[int, int] | None) -> None:
        seen, font = self.seen, token_font(self.font)
        painter.setFont(font)
        letters = QFontMetricsF(font)
        text, muted, accent = (QColor(colour) for colour in (self.theme.text, self.theme.muted, self.theme.accent))
        down = TokenAxis.plan(self.queries, seen.top, seen.bottom, plot.height(), letters, False)
        down.draw(painter, plot.topLeft(), False, text, muted, here[0] if here else None, accent)
        across = TokenAxis.plan(self.keys, seen.left, seen.right, plot.width(), letters, True)
        across.draw(painter, plot.bottomLeft(), True, text, muted, here[1] if here else None, accent)
        below = min(LONGEST, widest_of(self.keys, letters)) + SPACE if across.upright else letters.height() + SPACE / 2
        beside = min(LONGEST, widest_of(self.queries, letters)) + SPACE
        painter.setPen(muted)
        centre = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        title = QRectF(plot.left(), min(plot.bottom() + below, size.height() - TITLE), plot.width(), TITLE)
        painter.drawText(title, centre, self.key_title)
        painter.save()
        painter.translate(plot.left() - beside - TITLE / 2 - 4, plot.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-plot.height() / 2, -TITLE / 2, plot.height(), TITLE), centre, self.query_title)
        painter.restore()

    def _draw_bar(self, painter: QPainter, plot: QRectF, vector: bool) -> None:
        """The colour map beside the cells, with its numbers."""
        bar = QRectF(plot.right() + 2 * SPACE, plot.top(), BAR, plot.height())
        table = self._table
        if vector:
            steps = 64
            for step in range(steps):
                red, green, blue = (int(part) for part in table[255 - step * 255 // (steps - 1)])
                at = bar.top() + step * bar.height() / steps
                painter.fillRect(QRectF(bar.left(), at, BAR, bar.height() / steps + 0.4), QColor(red, green, blue))
        else:
            index = np.repeat(np.arange(255, -1, -1, dtype=np.uint8)[:, None], 4, axis=1).copy()
            image = QImage(index.data, 4, 256, 4, QImage.Format.Format_Indexed8)
            image.setColorTable(colour_table(table))
            painter.drawImage(bar, image)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        high = QFontMetricsF(painter.font()).height()
        painter.setPen(QColor(self.theme.muted))
        for number, mark in enumerate(self.marks):
            at = bar.top() + number / (len(self.marks) - 1) * bar.height()
            at = min(max(at, bar.top() + high / 2 - 2), bar.bottom() - high / 2 + 2)
            where = QRectF(bar.right() + SPACE, at - high / 2, LONGEST, high)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, mark)

    def _draw_cross(self, painter: QPainter, plot: QRectF, cell: QRectF) -> None:
        """Lines to both axes and a frame around the cell under the cursor."""
        painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
        middle = cell.center()
        painter.drawLine(QPointF(plot.left(), middle.y()), QPointF(cell.left() - 2, middle.y()))
        painter.drawLine(QPointF(middle.x(), cell.bottom() + 2), QPointF(middle.x(), plot.bottom()))
        painter.setPen(QPen(QColor(self.theme.attention), 2))
        painter.drawRect(cell.adjusted(-1, -1, 1, 1))
