"""The time line of two films: both losses over one axis, the moments and changes of both, and where one stands."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.contracts.film import ChangePoint
from workbench.gui.models.film_pair_state import FilmPairState, FilmSide
from workbench.gui.theme import theme_of
from workbench.gui.widgets.film_keys import steer
from workbench.gui.widgets.film_track import EDGE, MARK, REACH
from workbench.gui.widgets.film_words import FilmWords
from workbench.gui.widgets.reactive import Reactive

HEIGHT = 116
BAND = 15
"""Pixels for the marks of each run: A above, B below."""
COLOURS = ("accent", "attention")
"""Of A and B, as the theme names them."""


class PairTrack(Reactive):
    """Draws a `FilmPairState`; a click or drag looks at both films there, a click on a mark at the moment past its change."""

    def __init__(self, state: FilmPairState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._words = FilmWords(self)
        self._drawn: tuple[object, list[QPolygonF]] = (None, [])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state.changed.connect(self.update)
        state.moved.connect(self.update)
        self.react()

    def x_of(self, place: float) -> float:
        """Where a place of the scale lies, in pixels."""
        end = self._state.pair.end if self._state.pair is not None else 1.0
        return EDGE + (self.width() - 2 * EDGE) * place / max(end, 1e-12)

    def place_at(self, x: float) -> float:
        """The place at a pixel."""
        end = self._state.pair.end if self._state.pair is not None else 1.0
        return (x - EDGE) / max(1, self.width() - 2 * EDGE) * end

    def change_at(self, position: QPointF) -> tuple[int, ChangePoint] | None:
        """The side, 0 or 1, and the change whose mark is under a place."""
        side = 0 if position.y() <= BAND else 1 if position.y() >= HEIGHT - BAND else None
        if side is None or self._state.sides is None:
            return None
        near = [(abs(self._mark(side, change.at) - position.x()), change) for change in self._state.sides[side].changes]
        found = min((each for each in near if each[0] <= REACH), key=lambda each: each[0], default=None)
        return None if found is None else (side, found[1])

    def sizeHint(self) -> QSize:
        return QSize(500, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Two films: arrows go from moment to moment, space plays, Home and End go to the ends"))

    def recolour(self) -> None:
        self.update()

    def _mark(self, side: int, step: float) -> float:
        """Where a step of one of the runs lies, in pixels."""
        pair = self._state.pair
        return self.x_of(float(pair.lines[side].place(step, pair.by))) if pair is not None else 0.0

    # -- a person ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pair = self._state.pair
        if event.button() == Qt.MouseButton.LeftButton and pair is not None:
            self._state.time.stop()
            found = self.change_at(event.position())
            if found is not None:
                side, change = found
                self._state.choose_kind(change.kind)
                self._state.choose_head(side, change.layer, change.head)
                self._state.seek(float(pair.lines[side].place(float(change.after), pair.by)))
            else:
                self._state.seek(self.place_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._state.seek(self.place_at(event.position().x()))
        else:
            over = self.change_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not steer(self._state.time, event.key()):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.change_at(QPointF(event.pos()))
            if found is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), "AB"[found[0]] + ": " + self._words.change(found[1]), self)
            return True
        return bool(super().event(event))

    # -- drawing -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, state = QPainter(self), theme_of(self), self._state
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1.0, HEIGHT - 1.0), 6, 6)
        if state.sides is not None and state.pair is not None:
            for side, (name, line) in enumerate(zip(COLOURS, self._losses(state.sides), strict=True)):
                colour = QColor(getattr(theme, name))
                painter.setPen(QPen(colour, 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolyline(line)
                self._draw_marks(painter, side, state.sides[side], colour, QColor(theme.panel))
            x = self.x_of(state.place)
            painter.setPen(QPen(QColor(theme.text), 1.6))
            painter.drawLine(QPointF(x, 2), QPointF(x, HEIGHT - 2))
        painter.end()

    def _draw_marks(self, painter: QPainter, side: int, film: FilmSide, colour: QColor, ground: QColor) -> None:
        """Moments as fine ticks, changes as diamonds."""
        faint = QColor(colour)
        faint.setAlpha(120)
        painter.setPen(QPen(faint, 1))
        top, y = (BAND - 2, MARK + 3) if side == 0 else (HEIGHT - BAND - 2, HEIGHT - MARK - 3)
        for x in {round(self._mark(side, float(step))) for step in film.line.steps}:
            painter.drawLine(QPointF(x, top), QPointF(x, top + 4))
        painter.setPen(QPen(colour, 1.2))
        for change in film.changes:
            at = self._mark(side, change.at)
            corners = ((at, y - MARK), (at + MARK, y), (at, y + MARK), (at - MARK, y))
            painter.setBrush(colour if change.became else ground)
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    def _losses(self, sides: tuple[FilmSide, FilmSide]) -> list[QPolygonF]:
        """Both smoothed losses on one logarithmic scale, reckoned anew only where something else is shown."""
        assert self._state.pair is not None
        key = (sides, self._state.pair, self.width())
        if self._drawn[0] != key:
            curves = []
            for side in sides:
                x, y = (np.empty(0), np.empty(0)) if side.loss is None else (side.loss.x["step"], side.loss.line)
                fine = np.isfinite(y) & (y > 0)
                curves.append((side.line.place(x[fine], self._state.pair.by), np.log(y[fine])))
            heights = np.concatenate([y for _, y in curves])
            low, high = (float(heights.min()), float(heights.max())) if len(heights) else (0.0, 1.0)
            top, room = BAND + 6, HEIGHT - 2 * BAND - 12
            self._drawn = (key, [
                QPolygonF([
                    QPointF(self.x_of(float(a)), top + room * (1 - (float(b) - low) / max(high - low, 1e-12)))
                    for a, b in zip(x, y, strict=True)
                ])
                for x, y in curves
            ])  # fmt: skip
        return self._drawn[1]
