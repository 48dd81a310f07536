"""How long the texts of a table are in tokens, with the line at which longer ones are cut: to drag, or to move by keys."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.gui.theme import theme_of
from workbench.gui.widgets.reactive import Reactive

BINS = 48
"""Bars at most."""
SHORTEST, LONGEST = 2, 65_536
"""Where the line may stand, in tokens."""
TAIL = 6
"""How many times as long as nearly all texts the longest must be for the axis to become logarithmic: else one long text
presses all others into a bar or two, and a pixel is worth more tokens than a person can choose between."""
_AXIS, _TOP, _SIDE = 20, 18, 8
_GRIP = 8


class LengthHistogram(Reactive):
    """Bars of lengths and the cut line. While the line moves `moved` tells; when it is let go `chosen` does."""

    moved = Signal(int)
    """Tokens at which the line stands while it is dragged."""
    chosen = Signal(int)
    """Tokens at which the line was left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lengths: NDArray[np.int64] = np.empty(0, np.int64)
        self._counts: NDArray[np.int64] = np.empty(0, np.int64)
        self._edges: NDArray[np.float64] = np.empty(0)
        self._cut, self._hint, self._dragging, self._logarithmic = 0, "", False, False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.react()

    def show_lengths(self, lengths: NDArray[np.int64], cut: int) -> None:
        """Show lengths, ascending, in tokens: (texts,); and where the longer ones are cut."""
        self._lengths, self._cut = lengths, max(SHORTEST, cut)
        longest = int(lengths[-1]) if len(lengths) else SHORTEST
        self._logarithmic = len(lengths) > 0 and longest > TAIL * max(8, int(lengths[int(0.95 * (len(lengths) - 1))]))
        # A whole number of tokens in each bar: else some bars would stand for fewer lengths and look like gaps.
        if self._logarithmic:
            edges = np.unique(np.geomspace(1, longest + 1, BINS).round())
            edges = np.concatenate([[0.0], edges]) if lengths[0] < 1 else edges
        else:
            width = max(1, -(-(longest + 1) // BINS))
            edges = np.arange(0, longest + 1 + width, width).astype(np.float64)
        self._edges = edges - 0.5
        self._counts = np.histogram(lengths, self._edges)[0].astype(np.int64)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if len(lengths) else Qt.FocusPolicy.NoFocus)
        self._dragging = False
        self._describe()

    def show_hint(self, hint: str) -> None:
        """Show nothing but what will appear here."""
        self._hint = hint
        self.show_lengths(np.empty(0, np.int64), SHORTEST)

    @property
    def cut(self) -> int:
        """Where the line stands, in tokens."""
        return self._cut

    @property
    def cut_texts(self) -> int:
        """How many texts are longer than that."""
        return len(self._lengths) - int(np.searchsorted(self._lengths, self._cut, side="right"))

    @property
    def logarithmic(self) -> bool:
        """The axis is logarithmic: some texts are many times as long as the others."""
        return self._logarithmic

    def x_of(self, tokens: float) -> float:
        """Where a length stands, in pixels from the left."""
        first, last = self._ends()
        return float(_SIDE + (self._scaled(tokens) - first) / (last - first) * (self.width() - 2 * _SIDE))

    def tokens_at(self, x: float) -> int:
        """The length at a place, in tokens."""
        first, last = self._ends()
        place = first + (x - _SIDE) / max(1, self.width() - 2 * _SIDE) * (last - first)
        tokens = math.exp(place) - 1 if self._logarithmic else place
        return int(np.clip(round(tokens), SHORTEST, max(SHORTEST, int(self._lengths[-1]))))

    def _scaled(self, tokens: float) -> float:
        return math.log(tokens + 1) if self._logarithmic else tokens

    def _ends(self) -> tuple[float, float]:
        return self._scaled(float(self._edges[0])), self._scaled(float(self._edges[-1]))

    # -- words and looks ------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self._describe()

    def recolour(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 108)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 108)

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Text lengths in tokens, with the cut line"))
        if len(self._lengths):
            self.setToolTip(self.tr("Drag the line, or use the arrow keys: longer texts are cut there."))
            self.setAccessibleDescription(
                self.tr("Cut at {0} tokens: {1} of {2} texts lose their end.").format(
                    f"{self._cut:,}", f"{self.cut_texts:,}", f"{len(self._lengths):,}"
                )
            )
        else:
            self.setToolTip("")
            self.setAccessibleDescription(self._hint)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not len(self._lengths):
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._hint)
            return
        ground, most = self.height() - _AXIS, max(1, int(self._counts.max()))
        painter.setPen(Qt.PenStyle.NoPen)
        for count, left, right in zip(self._counts, self._edges[:-1], self._edges[1:], strict=True):
            if count:
                x, end = self.x_of(left), self.x_of(right)
                height = max(1.5, (ground - _TOP) * int(count) / most)
                painter.setBrush(QColor(theme.line if left >= self._cut else theme.accent))
                painter.drawRect(QRectF(x, ground - height, max(1.0, end - x - 1), height))
        painter.setPen(QColor(theme.line))
        painter.drawLine(QPointF(_SIDE, ground + 0.5), QPointF(self.width() - _SIDE, ground + 0.5))
        self._paint_axis(painter, ground)
        self._paint_cut(painter, ground)

    def _paint_axis(self, painter: QPainter, ground: int) -> None:
        painter.setPen(QColor(theme_of(self).muted))
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        longest = int(self._lengths[-1])
        ticks = _decades(longest) if self._logarithmic else range(0, longest + 1, _step(longest))
        free = 0.0  # up to here stands the label before
        for tokens in ticks:
            x, half = self.x_of(tokens), painter.fontMetrics().horizontalAdvance(f"{tokens:,}") / 2
            if free <= x - half and x < self.width() - 16:
                painter.drawText(QRectF(x - 30, ground + 3, 60, _AXIS - 3), Qt.AlignmentFlag.AlignHCenter, f"{tokens:,}")
                free = x + half + 6

    def _paint_cut(self, painter: QPainter, ground: int) -> None:
        theme, x = theme_of(self), self._cut_x()
        strong = self.hasFocus() or self._dragging
        painter.setPen(QPen(QColor(theme.attention), 3 if strong else 2))
        painter.drawLine(QPointF(x, _TOP - 4), QPointF(x, ground))
        painter.setBrush(QColor(theme.attention))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x, _TOP - 2), 5 if strong else 4, 5 if strong else 4)
        text = f"{self._cut:,}"
        width = painter.fontMetrics().horizontalAdvance(text)
        left = x - width - 10 if x + width + 12 > self.width() else x + 9
        painter.setPen(QColor(theme.attention))
        painter.drawText(QRectF(left, 0, width + 2, _TOP), Qt.AlignmentFlag.AlignVCenter, text)

    def _cut_x(self) -> float:
        return self.x_of(min(self._cut, int(self._lengths[-1])) + 0.5)

    # -- moving the line ------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The tool tip tells of the bar under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and len(self._lengths):
            QToolTip.showText(event.globalPos(), self.bar_at(event.pos().x()) or self.toolTip(), self)
            return True
        return super().event(event)

    def bar_at(self, x: float) -> str:
        """How many texts the bar at a place stands for; empty beside all bars."""
        lefts = [self.x_of(float(edge)) for edge in self._edges]
        bar = int(np.searchsorted(lefts, x, side="right")) - 1
        if not 0 <= bar < len(self._counts):
            return ""
        first, last = math.ceil(self._edges[bar]), math.floor(self._edges[bar + 1])
        tokens = f"{first:,}" if first == last else self.tr("{0} to {1}").format(f"{first:,}", f"{last:,}")
        return self.tr("{0} tokens: {1} texts").format(tokens, f"{self._counts[bar]:,}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if len(self._lengths) and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self._move(self.tokens_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move(self.tokens_at(event.position().x()))
        elif len(self._lengths):
            near = abs(event.position().x() - self._cut_x()) <= _GRIP
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.update()
            self.chosen.emit(self._cut)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        longest = int(self._lengths[-1]) if len(self._lengths) else SHORTEST
        steps = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Down: -1, keys.Key_Up: 1,
                 keys.Key_PageDown: -10, keys.Key_PageUp: 10, keys.Key_Home: -LONGEST, keys.Key_End: LONGEST}  # fmt: skip
        step = steps.get(keys(event.key()))
        if step is None or not len(self._lengths):
            super().keyPressEvent(event)
            return
        self._move(int(np.clip(min(self._cut, longest) + step, SHORTEST, max(SHORTEST, longest))))
        self.chosen.emit(self._cut)

    def _move(self, tokens: int) -> None:
        if tokens != self._cut:
            self._cut = tokens
            self._describe()
            self.moved.emit(tokens)


def _decades(longest: int) -> list[int]:
    """Labels of a logarithmic axis: 1, 3, 10, 30, …"""
    return [step * 10**power for power in range(len(str(longest))) for step in (1, 3) if step * 10**power <= longest]


def _step(longest: int) -> int:
    """A round distance between the labels of the axis, about five of them."""
    rough = max(1, longest // 5)
    magnitude = 10 ** (len(str(rough)) - 1)
    return int(next(step * magnitude for step in (1, 2, 5, 10) if step * magnitude >= rough))
