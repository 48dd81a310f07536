"""A vector as bars around zero: what it was as an outline, one number chosen, and where allowed changed by mouse or key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.colours import NEGATIVE
from workbench.gui.theme import theme_of
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.token_axis import LONGEST, TokenAxis, widest_of

Array = NDArray[np.float64]
LOWEST, HIGHEST = 44, 130
"""Height of the bars, in pixels: as much as there is room for."""
STEP = 0.05
"""What an arrow key changes, of the largest number."""
FINE = 1e-12


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Where bars are, in pixels."""

    wide: float
    """From one bar to the next."""
    high: float
    """Height of all bars."""
    zero: float
    """Where zero is, from the top: at the bottom where nothing is below it."""
    largest: float
    """The number whose bar is as long as there is room."""

    def bar(self, place: int, value: float) -> QRectF:
        """Where a number's bar is."""
        long = value / self.largest * self.zero
        across = max(1.0, self.wide - (2 if self.wide > 6 else 0))
        return QRectF(place * self.wide, self.zero - long, across, long).normalized()


class NumberStrip(Reactive):
    """Numbers side by side. Left and Right choose one; where they can be changed, Up, Down and dragging change it."""

    number_chosen = Signal(int)
    """A person chose a number, counted from 0."""
    number_edited = Signal(int, float)
    """A person changed a number; whoever hears it shows the new ones."""

    def __init__(self, editable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = editable
        self._before: Array = np.zeros(0)
        self._now: Array = np.zeros(0)
        self._labels: tuple[str, ...] = ()
        self._chosen = 0
        self._dragged: float | None = None
        self._below_is = 0.0
        self._below_of: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.SizeVerCursor if editable else Qt.CursorShape.ArrowCursor)
        self.react()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> int:
        return self._chosen

    @property
    def value(self) -> float:
        """The chosen number."""
        return float(self._now[self._chosen]) if self._chosen < len(self._now) else 0.0

    def set_numbers(self, before: Array, now: Array, labels: Sequence[str] = ()) -> None:
        """Show numbers as they were and as they are, (d,) both; with a name below each where there are names.

        Raises:
            ValueError: They differ in number.
        """
        if before.shape != now.shape or (labels and len(labels) != len(now)):
            raise ValueError(f"{before.shape}, {now.shape} numbers and {len(labels)} names do not fit")
        other = (tuple(labels), len(now)) != (self._labels, len(self._now))
        self._before, self._now, self._labels = before, now, tuple(labels)
        self._chosen = min(self._chosen, max(0, len(now) - 1))
        if other:  # what stands below may take another room; while a number changes, nothing moves
            self.updateGeometry()
        self.update()

    def choose(self, place: int) -> None:
        """Mark a number, without a signal."""
        self._chosen = min(max(place, 0), max(0, len(self._now) - 1))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, LOWEST + 12 + int(self._below()))

    def minimumSizeHint(self) -> QSize:
        return QSize(110, LOWEST + int(self._below()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # whether numbers or lying names fit below depends on the width

    # -- where it is ------------------------------------------------------------------------------------------------

    @property
    def _largest(self) -> float:
        both = np.concatenate([self._before, self._now])
        finite = np.abs(both[np.isfinite(both)])
        return max(float(finite.max(initial=0.0)), FINE)

    def scale(self) -> Scale:
        """Where bars are: worked out once for all of them."""
        high = float(min(HIGHEST, max(1, self.height() - int(self._below()))))
        signed = min(self._before.min(initial=0.0), self._now.min(initial=0.0)) < 0
        wide = self.width() / max(1, len(self._now))
        return Scale(wide=wide, high=high, zero=high / 2 if signed else high, largest=self._largest)

    def _below(self) -> float:
        """Room for what stands below the bars: names, or numbers where they fit; asked often, so it is kept."""
        of = (self._labels, len(self._now), self.width(), self.font().key())
        if of != self._below_of:
            letters = QFontMetricsF(self.font())
            self._below_is, self._below_of = self._room_below(letters), of
        return self._below_is

    def _room_below(self, letters: QFontMetricsF) -> float:
        if not self._labels:
            return letters.height() if self._numbered(letters) else 0.0
        lying = TokenAxis.plan(self._labels, 0, len(self._labels), max(1.0, float(self.width())), letters, True)
        return (min(LONGEST, widest_of(self._labels, letters)) if lying.upright else letters.height()) + 8

    def _numbered(self, letters: QFontMetricsF) -> bool:
        return not self._labels and self.width() / max(1, len(self._now)) >= letters.horizontalAdvance("−0.00") + 4

    def place_at(self, point: QPointF) -> int | None:
        """The number at a point."""
        place = int(point.x() * len(self._now) / max(1, self.width()))
        return place if 0 <= place < len(self._now) else None

    # -- how it is drawn --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, letters = QPainter(self), theme_of(self), QFontMetricsF(self.font())
        scale = self.scale()
        bars, zero, wide = scale.high, scale.zero, scale.wide
        if len(self._now):
            painter.fillRect(QRectF(self._chosen * wide, 0, max(2.0, wide - 1), bars), QColor(theme.soft))
        above, below = QColor(theme.accent), QColor(NEGATIVE[theme.name])
        was = QPen(QColor(theme.muted), 1.5)
        for place, (before, now) in enumerate(zip(self._before.tolist(), self._now.tolist(), strict=True)):
            if np.isfinite(now):
                painter.fillRect(scale.bar(place, now), above if now >= 0 else below)
            if before != now and np.isfinite(before):
                painter.setPen(was)
                painter.drawRect(scale.bar(place, before))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(0, zero), QPointF(self.width(), zero))
        if len(self._now):
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.muted), 2 if self.hasFocus() else 1))
            painter.drawRect(QRectF(self._chosen * wide, 0.5, max(2.0, wide - 1), bars - 1))
        self._draw_below(painter, letters, bars)
        painter.end()

    def _draw_below(self, painter: QPainter, letters: QFontMetricsF, top: float) -> None:
        theme = theme_of(self)
        text, muted, accent = (QColor(colour) for colour in (theme.text, theme.muted, theme.accent))
        if self._labels:
            axis = TokenAxis.plan(self._labels, 0, len(self._labels), float(self.width()), letters, True)
            axis.draw(painter, QPointF(0, top), True, text, muted, self._chosen, accent)
        elif self._numbered(letters):
            wide = self.width() / len(self._now)
            for place, now in enumerate(self._now.tolist()):
                painter.setPen(accent if place == self._chosen else text if now != self._before[place] else muted)
                painter.drawText(QRectF(place * wide, top, wide, letters.height()), Qt.AlignmentFlag.AlignCenter, number(now))

    def recolour(self) -> None:
        self.update()

    # -- what a person does -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._dragged = self._largest if self._editable else None  # the scale grows meanwhile, the mouse's does not
            self._pick(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            zero = self.scale().zero
            up = (zero - event.position().y()) / zero
            self.number_edited.emit(self._chosen, float(np.clip(up, -1.5, 1.5) * self._dragged))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        aside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        up = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if key in aside and len(self._now):
            self._pick(min(max(self._chosen + aside[key], 0), len(self._now) - 1))
        elif key in up and self._editable and len(self._now):
            self.number_edited.emit(self._chosen, self.value + up[key] * STEP * self._largest)
        else:
            super().keyPressEvent(event)

    def _pick(self, place: int) -> None:
        if place != self._chosen:
            self.choose(place)
            self.number_chosen.emit(place)


def number(value: float) -> str:
    """A number in three digits or so, with a true minus sign."""
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    text = f"{size:.3f}" if size < 9.9995 else f"{size:.1f}" if size < 9999.95 else f"{size:.2e}"
    if 0 < size < 0.0005:
        text = f"{size:.0e}"
    return "−" + text if value < 0 else text
