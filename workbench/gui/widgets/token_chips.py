"""The tokens of a text in their order, each on a shade of its number: blue above zero, orange below, the ground at zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.colours import diverging, inks, to_bytes
from workbench.gui.models.token_names import shown
from workbench.gui.theme import theme_of
from workbench.gui.widgets.reactive import Reactive

HIGH, GAP, ASIDE = 26, 4, 7
"""Height of a chip, pixels between two, and beside a token within its chip."""
WIDEST = 220
"""A longer token is cut in its middle."""


class TokenChips(Reactive):
    """Chips in lines, as many as are needed for the width. Left and Right go from token to token."""

    token_hovered = Signal(object)
    """The token under the mouse or the keyboard's cursor, counted from 0; None when there is none."""

    height_needed = Signal(int)
    """How high all lines are together, whenever they are laid out anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens: tuple[str, ...] = ()
        self._values: NDArray[np.float32] = np.zeros(0, np.float32)
        self._shades: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self._places: list[QRectF] = []
        self._here: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.react()

    @property
    def here(self) -> int | None:
        """The token under the cursor, counted from 0."""
        return self._here

    @property
    def values(self) -> NDArray[np.float32]:
        """(token,)"""
        return self._values

    def set_tokens(self, tokens: Sequence[str], values: NDArray[np.float32]) -> None:
        """Show tokens with their numbers, (token,); the colours reach as far as the largest number does.

        Raises:
            ValueError: They differ in number.
        """
        if values.shape != (len(tokens),):
            raise ValueError(f"{values.shape} numbers do not fit {len(tokens)} tokens")
        reach = max(float(np.abs(values[np.isfinite(values)]).max(initial=0.0)), 1e-12)
        self._tokens, self._values, self._here = tuple(tokens), values, None
        self._shades = to_bytes(np.where(np.isfinite(values), values, 0), -reach, reach)
        self._lay_out()
        self.token_hovered.emit(None)
        self.update()

    def place(self, token: int) -> QRectF:
        """Where a chip is, in this widget's pixels."""
        return self._places[token]

    def token_at(self, point: QPointF) -> int | None:
        """The token at a point."""
        return next((token for token, place in enumerate(self._places) if place.contains(point)), None)

    def sizeHint(self) -> QSize:
        return QSize(480, self.minimumHeight())

    def _lay_out(self) -> None:
        """Line after line."""
        letters, right, top = QFontMetricsF(self.font()), 1.0, 1.0
        self._places = []
        for token in self._tokens:
            wide = min(WIDEST, letters.horizontalAdvance(shown(token))) + 2 * ASIDE
            if right > 1 and right + wide > self.width() - 1:
                right, top = 1.0, top + HIGH + GAP
            self._places.append(QRectF(right, top, wide, HIGH))
            right += wide + GAP
        self.setMinimumHeight(int(top + HIGH + 2) if self._tokens else HIGH)
        self.height_needed.emit(self.minimumHeight())

    # -- how it is drawn --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, letters = QPainter(self), theme_of(self), QFontMetricsF(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        table, letter_inks = diverging(theme), inks(diverging, theme)
        for token, place in enumerate(self._places):
            if not place.intersects(QRectF(event.rect())):
                continue
            chosen, shade = token == self._here, int(self._shades[token])
            painter.setPen(QPen(QColor(theme.text if chosen else theme.line), 2 if chosen else 1))
            painter.setBrush(QColor(*(int(part) for part in table[shade])))
            painter.drawRoundedRect(place, 6, 6)
            painter.setPen(QColor(letter_inks[shade]))
            text = letters.elidedText(shown(self._tokens[token]), Qt.TextElideMode.ElideMiddle, WIDEST)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
        if self.hasFocus() and self._here is None:  # Left and Right work, though no token is chosen yet
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def recolour(self) -> None:
        self._lay_out()  # letters may have another size
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Tokens and their share in the answer. Left and Right go from token to token."))

    # -- what a person does -----------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self.token_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._go(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps, key, last = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}, Qt.Key(event.key()), len(self._tokens) - 1
        if last < 0 or key not in (*steps, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        elif key in steps:
            self._go(0 if self._here is None else min(max(self._here + steps[key], 0), last))
        else:
            self._go(0 if key == Qt.Key.Key_Home else last)

    def _go(self, token: int | None) -> None:
        if token != self._here:
            self._here = token
            self.token_hovered.emit(token)
            self.update()
