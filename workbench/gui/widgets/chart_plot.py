"""The plot beneath a chart: curves over steps that one pans and zooms, fitted from top to bottom by itself."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from workbench.gui.models.series import Columns, Floats
from workbench.gui.theme import LIGHT, Theme
from workbench.gui.widgets.chart_axis import QuietAxis
from workbench.gui.widgets.chart_marks import Marks
from workbench.gui.widgets.elided import plain_tip

LINES = 6
ROOM = 1.06
"""How much farther than the newest step a chart that follows shows."""
STILL = 4
"""Pixels between press and release up to which it was a click and no drag."""
REACH = 14
"""Pixels from a mark, across and down together, within which a click means it."""
_pg: Any = pg  # Any: pyqtgraph states no types


class Line:
    """One curve's items: a pale band from smallest to largest per column, a line, and dots where points are few."""

    def __init__(self, view: Any) -> None:
        self.band = _pg.PlotCurveItem(connect="finite", antialias=False)
        self.line = _pg.PlotCurveItem(connect="finite", antialias=True)
        self.line.setSegmentedLineMode("on")  # piece by piece: a thick path of many points paints three times as slowly
        self.dots = _pg.ScatterPlotItem(size=6, pen=None, pxMode=True)
        self._filled = [False, False, False]
        for depth, item in enumerate((self.band, self.line, self.dots)):
            item.setZValue(10 * depth)
            view.addItem(item, ignoreBounds=True)

    def paint(self, colour: QColor) -> None:
        """Set the colour; the band is paler."""
        pale = QColor(colour)
        pale.setAlpha(95)
        self.band.setPen(QPen(pale, 0))
        pen = QPen(colour, 2)
        pen.setCosmetic(True)
        self.line.setPen(pen)
        self.dots.setBrush(colour)

    def show(self, band: tuple[Floats, Floats], line: tuple[Floats, Floats], dots: bool) -> None:
        """Set what is drawn, (x, y) each."""
        points = line if dots else (np.empty(0), np.empty(0))
        for place, (item, data) in enumerate(((self.band, band), (self.line, line), (self.dots, points))):
            if len(data[0]) or self._filled[place]:  # nothing in place of nothing costs as much as a curve
                item.setData(*data)
            self._filled[place] = len(data[0]) > 0

    def hide(self) -> None:
        """Draw nothing."""
        nothing = (np.empty(0), np.empty(0))
        self.show(nothing, nothing, dots=False)


class Plot(pg.PlotWidget):
    """Pans and zooms along the steps only; how high it must be follows from what is drawn."""

    moved = Signal()
    """The steps shown, or the size, changed."""
    taken = Signal()
    """A person is about to pan or zoom."""
    fit_asked = Signal()
    hovered = Signal(object)
    """The step under the cursor; None outside."""
    step_clicked = Signal(int, bool)
    """A person clicked at a step; whether at the mark of a spike."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._bottom, self._left = QuietAxis("bottom", whole=True, pixels=50), QuietAxis("left", pixels=32)
        untyped: Any = super()
        untyped.__init__(parent, axisItems={"bottom": self._bottom, "left": self._left}, enableMenu=False)
        self.marks = Marks()
        item = untyped.getPlotItem()
        item.hideButtons()
        own_menu(self)
        self._left.setWidth(46)
        self._bottom.setHeight(22)
        self._left.setGrid(28)
        self.view: Any = item.getViewBox()
        self.view.setMouseEnabled(x=True, y=False)
        self.view.disableAutoRange()
        self.view.setDefaultPadding(0.0)
        self.view.setLimits(minXRange=2)
        self.view.addItem(self.marks, ignoreBounds=True)
        self.lines = [Line(self.view) for _ in range(LINES)]
        self._last = math.inf
        self._cross = _pg.InfiniteLine(angle=90)
        self._cross.setVisible(False)
        self.view.addItem(self._cross, ignoreBounds=True)
        self._spikes = _pg.ScatterPlotItem(symbol="t", size=11, pen=None, pxMode=True)
        self._spikes.setZValue(40)
        self.view.addItem(self._spikes, ignoreBounds=True)
        self._marked: tuple[Floats, Floats] = (np.empty(0), np.empty(0))
        self._pressed: QPointF | None = None
        self._chosen = _pg.InfiniteLine(angle=90)
        self._chosen.setVisible(False)
        self.view.addItem(self._chosen, ignoreBounds=True)
        self._stand = _pg.InfiniteLine(angle=90)
        self._stand.setVisible(False)
        self.view.addItem(self._stand, ignoreBounds=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMouseTracking(True)
        self.view.sigXRangeChanged.connect(self._on_moved)
        self.view.sigResized.connect(self._on_moved)
        self.recolour(LIGHT)

    @property
    def steps(self) -> tuple[float, float]:
        """First and last step shown."""
        low, high = self.view.viewRange()[0]
        return float(low), float(high)

    @property
    def pixels(self) -> int:
        """Screen columns of the plot itself."""
        return max(1, int(self.view.width()))

    def set_logarithmic(self, on: bool) -> None:
        """Whether heights are given as powers of ten."""
        self._left.logarithmic = on
        self._left.picture = None
        self._left.update()

    def set_empty(self, on: bool) -> None:
        """Whether there is nothing to read off: numbers at the axes would mean nothing."""
        for axis in (self._bottom, self._left):
            plain: Any = axis  # Any: pyqtgraph's `style` is a dictionary under the name of a method of Qt
            if plain.style["showValues"] is on:
                plain.setStyle(showValues=not on)

    def follow(self, last: float) -> None:
        """Show everything up to this step, with room for more: the axis is drawn anew now and then, not at every step."""
        shown = self.steps
        self.view.setLimits(xMin=min(0.0, -0.02 * last), xMax=max(last * 1.25, 4))
        self._last = last
        if shown[0] != 0 or not last <= shown[1] <= max(last * ROOM * 1.02, 4):
            self.show_steps(0, last * ROOM)

    def show_steps(self, first: float, last: float) -> None:
        """Show these steps."""
        self.view.setXRange(first, max(last, first + 2), padding=0)

    def show_heights(self, low: float, high: float) -> None:
        """Show this range, with a little air."""
        if not (math.isfinite(low) and math.isfinite(high)):
            low, high = 0.0, 1.0
        flat = high - low <= 1e-5 * max(abs(low), abs(high))
        air = max(abs(high) * 0.05, 1e-9) if flat else (high - low) * 0.06
        bottom, top = self.view.viewRange()[1]
        calm = 0.0 if flat else (high - low) * 0.25  # the heights shown stay while they fit well
        if not (low - calm <= bottom <= low and high <= top <= high + calm):
            self.view.setYRange(low - air, high + air, padding=0)

    def stand_at(self, step: int | None) -> None:
        """Draw a line at a step, or none."""
        self._stand.setVisible(step is not None)
        if step is not None:
            self._stand.setPos(step)

    def show_spikes(self, steps: Floats, heights: Floats) -> None:
        """Mark these points, (n,) each, with a triangle that points down at them."""
        if len(steps) or len(self._marked[0]):
            self._marked = steps, heights
            self._spikes.setData(steps, heights)

    def choose(self, step: int | None) -> None:
        """Draw a line at the step that a person points at, or none."""
        self._chosen.setVisible(step is not None)
        if step is not None:
            self._chosen.setPos(step)

    def recolour(self, theme: Theme) -> None:
        """Take the theme's colours."""
        untyped: Any = self
        untyped.setBackground(QColor(theme.panel))
        for axis in (self._bottom, self._left):
            axis.recolour(theme)
        self._cross.setPen(QPen(QColor(theme.muted), 0, Qt.PenStyle.DotLine))
        self._stand.setPen(QPen(QColor(theme.accent), 0))
        self._chosen.setPen(QPen(QColor(theme.bad), 0, Qt.PenStyle.DashLine))
        self._spikes.setBrush(QColor(theme.bad))
        self.marks.recolour(theme)

    def zoom(self, factor: float) -> None:
        """Show `factor` times as many steps around the middle."""
        first, last = self.steps
        middle, half = (first + last) / 2, (last - first) / 2 * factor
        self.taken.emit()
        self.show_steps(middle - half, middle + half)

    def pan(self, share: float) -> None:
        """Move by a share of the steps shown."""
        first, last = self.steps
        self.taken.emit()
        self.show_steps(first + share * (last - first), last + share * (last - first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        match event.key():
            case key.Key_Plus | key.Key_Equal:
                self.zoom(0.7)
            case key.Key_Minus:
                self.zoom(1 / 0.7)
            case key.Key_Left:
                self.pan(-0.1)
            case key.Key_Right:
                self.pan(0.1)
            case key.Key_Home:
                self.fit_asked.emit()
            case _:
                event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.taken.emit()  # before the view changes: a chart that follows would take the first notch back
        untyped: Any = super()
        untyped.wheelEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() != Qt.MouseButton.NoButton:
            self.taken.emit()
        untyped: Any = super()
        untyped.mouseMoveEvent(event)
        self.point_at(event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip("\n".join(self.marks.told_at(event.pos().x()))), self)
            return True
        untyped: Any = super()
        return bool(untyped.viewportEvent(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        untyped: Any = super()
        untyped.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        untyped: Any = super()
        untyped.mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (event.position() - pressed).manhattanLength() <= STILL:
            self._click(event.position())

    def _click(self, position: QPointF) -> None:
        scene = self.mapToScene(position.toPoint())
        if not self.view.sceneBoundingRect().contains(scene):
            return
        steps, heights = self._marked
        places = [self.view.mapViewToScene(QPointF(x, y)) for x, y in zip(steps.tolist(), heights.tolist(), strict=True)]
        apart = [(place - scene).manhattanLength() for place in places]
        if apart and min(apart) <= REACH:
            self.step_clicked.emit(round(float(steps[apart.index(min(apart))])), True)
        else:
            self.step_clicked.emit(round(min(max(self.view.mapSceneToView(scene).x(), 0), self._last)), False)

    def leaveEvent(self, event: object) -> None:
        untyped: Any = super()
        untyped.leaveEvent(event)
        self._cross.setVisible(False)
        self.hovered.emit(None)

    def point_at(self, position: QPointF) -> None:
        """Set the crosshair to a place of this widget."""
        scene = self.mapToScene(position.toPoint())
        inside = self.view.sceneBoundingRect().contains(scene)
        step = round(min(max(self.view.mapSceneToView(scene).x(), 0), self._last)) if inside else None
        self._cross.setVisible(inside)
        if step is not None:
            self._cross.setPos(step)
        self.hovered.emit(step)

    def _on_moved(self, *_: object) -> None:
        self.moved.emit()


def zigzag(columns: Columns) -> tuple[Floats, Floats]:
    """A line that runs through smallest and largest value of each column: it fills the band and joins its neighbours."""
    x = np.repeat(columns.x, 2)
    y = np.empty(len(x))
    y[0::2], y[1::2] = columns.low, columns.high
    y[2::4], y[3::4] = columns.high[1::2], columns.low[1::2]  # back down in every second: no saw teeth between columns
    return x, y


def own_menu(plot: pg.PlotWidget) -> None:
    """The menu that pyqtgraph builds also for a plot without one is a window of its own: it goes with the plot."""
    item: Any = plot.getPlotItem()  # Any: pyqtgraph states no types
    plot.destroyed.connect(item.ctrlMenu.deleteLater)
