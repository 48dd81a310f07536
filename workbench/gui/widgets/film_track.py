"""The time line of a run: its loss drawn small, its recorded moments, what changed when, and where one stands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.contracts.edits import Edit
from workbench.contracts.film import ChangePoint
from workbench.gui.models.curves import Curves
from workbench.gui.models.film_state import FilmState
from workbench.gui.theme import Theme, theme_of
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.elided import plain_tip
from workbench.gui.widgets.film_keys import steer
from workbench.gui.widgets.film_words import FilmWords
from workbench.gui.widgets.reactive import Reactive

HEIGHT, EDGE = 40, 8
MARK = 4.5
"""Half the width of the diamond that marks a change, and of the wedge that marks an edit."""
REACH = 7
"""Pixels from a mark within which the mouse means it."""


class FilmTrack(Reactive):
    """Draws a `FilmState`; a click or drag looks at the moment under it, a click on a mark at the moment past its change."""

    def __init__(self, state: FilmState, curves: Callable[[], Curves | None], parent: QWidget | None = None) -> None:
        """`curves` gives the run's curves, once there are any."""
        super().__init__(parent)
        self._state, self._curves, self._total = state, curves, 0
        self._words, self._edit_words = FilmWords(self), EditWords(self)
        self._drawn: tuple[object, QPolygonF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state.changed.connect(self.update)
        state.moved.connect(self._tell)
        self.react()

    def set_total(self, steps: int) -> None:
        """How many steps the run has, or will have."""
        if steps != self._total:
            self._total = steps
            self.update()

    @property
    def total(self) -> int:
        """Steps from the left end to the right."""
        return max(self._total, int(self._state.steps[-1]) if len(self._state.steps) else 0, 1)

    def x_of(self, step: float) -> float:
        """Where a step lies, in pixels."""
        return EDGE + (self.width() - 2 * EDGE) * step / self.total

    def step_at(self, x: float) -> float:
        """The step at a place."""
        return (x - EDGE) / max(1, self.width() - 2 * EDGE) * self.total

    def change_at(self, position: QPointF) -> ChangePoint | None:
        """The mark under a place."""
        if position.y() > HEIGHT / 2:
            return None
        near = [change for change in self._state.changes if abs(self.x_of(change.at) - position.x()) <= REACH]
        return min(near, key=lambda change: abs(self.x_of(change.at) - position.x()), default=None)

    def edits_at(self, position: QPointF) -> list[Edit]:
        """The edits marked at a place, where no change is nearer to what the mouse means."""
        if position.y() > HEIGHT / 2:
            return []
        return [edit for edit in self._state.edits if abs(self.x_of(edit.step) - position.x()) <= REACH]

    def _told_at(self, position: QPointF) -> str:
        """What the marks at a place mean."""
        change = self.change_at(position)
        lines = [self._words.change(change)] if change is not None else []
        return "\n".join([*lines, *map(self._edit_words.moment, self.edits_at(position))])

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def retranslate(self) -> None:
        self.setAccessibleName(
            self.tr("Film of the run: arrows go from moment to moment, space plays, Home and End go to its ends, Escape is live")
        )
        self._tell()

    def recolour(self) -> None:
        self.update()

    # -- a person ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._state.stop()
            change = self.change_at(event.position())
            if change is not None:
                self._state.visit(change)
            else:
                self._state.seek_step(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._state.seek_step(self.step_at(event.position().x()))
        else:
            over = bool(self._told_at(event.position()))
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._state.step is not None:
            self._state.live()
        elif not steer(self._state, event.key()):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._told_at(QPointF(event.pos()))), self)
            return True
        return bool(super().event(event))

    # -- drawing -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, state = QPainter(self), theme_of(self), self._state
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(0.5, 0.5, self.width() - 1.0, HEIGHT - 1.0)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(ground, 6, 6)
        self._draw_moments(painter, theme)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.muted), 1.2))
        painter.drawPolyline(self._loss())
        if state.rise is not None:
            band = QColor(theme.good)
            band.setAlpha(60)
            left, right = self.x_of(state.rise.before), self.x_of(state.rise.after)
            painter.fillRect(QRectF(left, 1, max(2.0, right - left), HEIGHT - 2), band)
        for place in {round(self.x_of(edit.step)) for edit in state.edits}:
            self._draw_edit(painter, theme, place)
        for change in state.changes:
            self._draw_change(painter, theme, change)
        here = state.step if state.step is not None else int(state.steps[-1]) if len(state.steps) else 0
        x, live = self.x_of(here), state.step is None
        painter.setPen(QPen(QColor(theme.muted if live else theme.accent), 1.0 if live else 2.0))
        painter.drawLine(QPointF(x, 2), QPointF(x, HEIGHT - 2))
        if not live:
            painter.setBrush(QColor(theme.accent))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(x, HEIGHT - 8), 5, 5)
        painter.end()

    def _draw_moments(self, painter: QPainter, theme: Theme) -> None:
        """A fine tick for each: dense where much was recorded."""
        colour = QColor(theme.accent)
        colour.setAlpha(120)
        painter.setPen(QPen(colour, 1))
        columns = np.unique(np.rint(EDGE + (self.width() - 2 * EDGE) * self._state.steps / self.total).astype(int))
        for x in columns.tolist():
            painter.drawLine(QPointF(x, HEIGHT - 7), QPointF(x, HEIGHT - 2))

    def _draw_change(self, painter: QPainter, theme: Theme, change: ChangePoint) -> None:
        x, y = self.x_of(change.at), MARK + 3
        diamond = [QPointF(x, y - MARK), QPointF(x + MARK, y), QPointF(x, y + MARK), QPointF(x - MARK, y)]
        painter.setPen(QPen(QColor(theme.attention), 1.2))
        painter.setBrush(QColor(theme.attention) if change.became else QColor(theme.panel))
        painter.drawPolygon(QPolygonF(diamond))

    def _draw_edit(self, painter: QPainter, theme: Theme, x: int) -> None:
        """A wedge that hangs from the top."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawPolygon(QPolygonF([QPointF(x - MARK, 1), QPointF(x + MARK, 1), QPointF(x, 2 * MARK)]))

    def _loss(self) -> QPolygonF:
        """The smoothed loss from its lowest to its highest, reckoned anew only where something came."""
        curves = self._curves()
        if curves is None:
            return QPolygonF()
        series = curves.smoothed("loss")
        key = (id(curves), len(series), self.width(), self.total)
        if self._drawn is None or self._drawn[0] != key:
            columns = series.columns(0, self.total, max(1, self.width() - 2 * EDGE))
            fine = np.isfinite(columns.mean)
            x, y = columns.x[fine], columns.mean[fine]
            low, high = (float(y.min()), float(y.max())) if len(y) else (0.0, 1.0)
            heights = HEIGHT - 9 - (HEIGHT - 20) * (y - low) / max(high - low, 1e-12)
            across = EDGE + (self.width() - 2 * EDGE) * x / self.total
            points = [QPointF(a, b) for a, b in zip(across.tolist(), heights.tolist(), strict=True)]
            self._drawn = (key, QPolygonF(points))
        return self._drawn[1]

    def _tell(self) -> None:
        state = self._state
        where = self.tr("live") if state.step is None else self.tr("step {0}").format(f"{state.step:,}")
        self.setAccessibleDescription(where)
        self.update()
