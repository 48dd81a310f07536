"""Heads as lines between two columns of tokens: a token's own lines under the mouse or by key, long texts scroll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workbench.contracts.frames import frozen
from workbench.gui.theme import theme_of
from workbench.gui.widgets.lines_picture import ROW, SMALLEST_ROW, LinesPicture, Places, Token


class Bipartite(QAbstractScrollArea):
    """Queries left, keys right. Up, Down, Left and Right go from token to token, Enter holds one, Escape shows all lines."""

    token_changed = Signal(object)
    """The token whose lines alone are seen, as (``query`` or ``key``, place), or None."""
    cell_chosen = Signal(int, int)
    """Query and key of a line a person chose: with one token held, the token at its other end."""
    drawn = Signal()
    """Lines, threshold or token changed: `picture.lines` is new."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = LinesPicture(weights=np.zeros((0, 0, 0), np.float32), heads=(), queries=(), keys=())
        self._held: Token | None = None
        self._empty = ""
        self._cache: QPixmap | None = None
        self._cache_of: tuple[object, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(260, 160)
        self.verticalScrollBar().valueChanged.connect(self._scroll)
        self._retranslate()
        self._recolour()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def picture(self) -> LinesPicture:
        """What is drawn now, scrolled as it is: frozen."""
        return self._picture

    @property
    def figure(self) -> LinesPicture:
        """The same with all its tokens, fit for an export on any thread."""
        return replace(self._picture, row=None, top=0.0)

    @property
    def threshold(self) -> float:
        """The smallest weight that is drawn."""
        return self._picture.threshold

    @threshold.setter
    def threshold(self, threshold: float) -> None:
        if threshold != self._picture.threshold:
            self._take(replace(self._picture, threshold=threshold))

    @property
    def token(self) -> Token | None:
        """The token whose lines alone are seen."""
        return self._picture.token

    def set_heads(
        self,
        weights: NDArray[np.float32] | None,
        heads: Sequence[tuple[int, int]] = (),
        queries: Sequence[str] = (),
        keys: Sequence[str] = (),
    ) -> None:
        """Show heads: weights (head, query, key), copied unless they are read-only; layer and head of each from 0.

        Raises:
            ValueError: Weights, heads and tokens do not fit.
        """
        if weights is None:
            weights, heads, queries, keys = np.zeros((0, 0, 0), np.float32), (), (), ()
        if weights.shape != (len(heads), len(queries), len(keys)):
            raise ValueError(f"weights {weights.shape} do not fit {len(heads)} heads, {len(queries)} queries, {len(keys)} keys")
        same = (tuple(queries), tuple(keys)) == (self._picture.queries, self._picture.keys)
        self._held = self._held if same else None
        self._picture = replace(
            self._picture, weights=weights if not weights.flags.writeable else frozen(weights), heads=tuple(heads),
            queries=tuple(queries), keys=tuple(keys), token=self._picture.token if same else None,
        )  # fmt: skip
        self._arrange()
        self._take(self._picture)

    def show_nothing(self, text: str) -> None:
        """Explain in a line why there are no lines."""
        self._empty = text
        self.set_heads(None)

    def choose(self, token: Token | None) -> None:
        """Hold a token, or none; without a signal."""
        self._held = token
        self._take(replace(self._picture, token=token))

    def sizeHint(self) -> QSize:
        return QSize(480, 420)

    def places(self) -> Places:
        """Where things are in the viewport."""
        return self._picture.places(self._room())

    def _room(self) -> QSizeF:
        return QSizeF(self.viewport().size())

    def _take(self, picture: LinesPicture) -> None:
        self._picture = picture
        self._cache = None
        self.viewport().update()
        self.drawn.emit()

    def _arrange(self) -> None:
        """As high a row as fits; at its smallest where the text is longer than the room, and then it scrolls."""
        room = self._room()
        fitting = replace(self._picture, row=None, top=0.0).places(room)
        row = float(min(ROW, max(SMALLEST_ROW, int(fitting.step))))
        self._picture = replace(self._picture, row=row)
        places = self._picture.places(room)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(places.height - room.height())))
        bar.setPageStep(int(places.plot.height()))
        bar.setSingleStep(int(row) * 3)
        self._picture = replace(self._picture, top=float(bar.value()))
        self._cache = None

    # -- how it is drawn --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._picture.weights.size:
            painter.setPen(QColor(theme_of(self).muted))
            around = self.viewport().rect().adjusted(12, 8, -12, -8)
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty or self._nothing)
            painter.end()
            return
        ratio = self.devicePixelRatioF()
        of = (self._picture, self.viewport().size(), ratio)
        if self._cache is None or self._cache_of != of:
            self._cache, self._cache_of = QPixmap(self.viewport().size() * ratio), of
            self._cache.setDevicePixelRatio(ratio)
            self._cache.fill(QColor(self._picture.theme.panel))
            on = QPainter(self._cache)
            self._picture.draw(on, self._room())
            on.end()
        painter.drawPixmap(0, 0, self._cache)
        painter.end()

    def _scroll(self, value: int) -> None:
        self._picture = replace(self._picture, top=float(value))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._recolour()

    def _retranslate(self) -> None:
        self._nothing = self.tr("Choose a head to see its lines.")
        self._picture = replace(self._picture, query_title=self.tr("query"), key_title=self.tr("key"))
        self.setAccessibleName(
            self.tr("Lines from queries to keys. Arrow keys go from token to token, Enter holds one, Escape shows all lines.")
        )
        self.viewport().update()

    def _recolour(self) -> None:
        self._picture = replace(self._picture, theme=theme_of(self), font=self.font())
        self.viewport().update()

    # -- what a person does -----------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            self._look(self.places().token_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._look(self._held)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        token = self.places().token_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if token is not None and self._held is not None and token[0] != self._held[0]:
            self._choose_cell(self._held, token)
            return
        self._held = None if token == self._held else token
        self._look(token)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, token = Qt.Key(event.key()), self._picture.token
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._picture.weights.size:
            side, place = token or ("query", -1)
            self._go(side, place + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._picture.weights.size:
            self._go("query" if key == Qt.Key.Key_Left else "key", token[1] if token else 0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and token is not None:
            self._held = None if self._held == token else token
        elif key == Qt.Key.Key_Escape and token is not None:
            self._held = None
            self._look(None)
        else:
            super().keyPressEvent(event)

    def _go(self, side: str, place: int) -> None:
        """Look at a token and bring it into sight."""
        count = len(self._picture.queries if side == "query" else self._picture.keys)
        place = min(max(place, 0), count - 1)
        self._held = (side, place) if self._held is not None else None
        self._look((side, place))
        places, bar = self.places(), self.verticalScrollBar()
        at = place * places.step
        bar.setValue(int(min(max(bar.value(), at + 2 * places.step - places.plot.height()), at)))

    def _look(self, token: Token | None) -> None:
        if token != self._picture.token:
            self._take(replace(self._picture, token=token))
            self.token_changed.emit(token)

    def _choose_cell(self, held: Token, other: Token) -> None:
        query, key = (held[1], other[1]) if held[0] == "query" else (other[1], held[1])
        self.cell_chosen.emit(query, key)
