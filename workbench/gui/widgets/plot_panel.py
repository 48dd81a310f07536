"""A panel with one small plot in it: lines, dots and a dashed reference, over two named axes."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from workbench.contracts.evaluations import Floats
from workbench.gui.theme import theme_of
from workbench.gui.widgets.curves_plot import curves_plot, wear
from workbench.gui.widgets.panel import Panel

_pg: Any = pg  # Any: pyqtgraph states no types
AIR = 0.03
"""Free room around what is drawn, as a share of it."""


class PlotPanel(Panel):
    """Nothing in it is dragged or zoomed; what it shows is also said in its facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot: Any = curves_plot(self)  # Any: pyqtgraph states no types
        self._reference: list[Any] = []
        self.plot.setMinimumSize(160, 150)
        self.plot.setMouseTracking(False)
        self.body.addWidget(self.plot, 1)
        self.react()

    def clear(self) -> None:
        """Draw nothing."""
        self.plot.clear()
        self._reference = []

    def name_axes(self, across: str, up: str) -> None:
        """What the axes mean."""
        self.plot.setLabel("bottom", across)
        self.plot.setLabel("left", up)

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """What is seen."""
        self.plot.setXRange(*_with_air(x), padding=0)
        self.plot.setYRange(*_with_air(y), padding=0)

    def add_reference(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """A dashed line from one corner to the other: chance, or perfection."""
        item = self.plot.plot(list(x), list(y))
        self._reference.append(item)
        item.setPen(_pg.mkPen(QColor(theme_of(self).muted), width=1, style=Qt.PenStyle.DashLine))

    def add_line(self, x: Floats, y: Floats, colour: str, *, dots: bool = False) -> None:
        """A curve, with a dot at each point where there are few."""
        self.plot.plot(
            x, y, pen=_pg.mkPen(colour, width=2), antialias=True, symbol="o" if dots else None, symbolSize=7, symbolPen=None,
            symbolBrush=QColor(colour),
        )  # fmt: skip

    def add_dots(self, x: Floats, y: Floats, colour: str) -> None:
        """A cloud of points, pale so that density is seen."""
        pale = QColor(colour)
        pale.setAlpha(110)
        self.plot.addItem(_pg.ScatterPlotItem(x=x, y=y, size=5, pen=None, brush=pale))

    def add_bars(self, edges: Floats, heights: Floats, colour: str) -> None:
        """A histogram: heights between edges."""
        widths = edges[1:] - edges[:-1]
        self.plot.addItem(
            _pg.BarGraphItem(x=edges[:-1] + widths / 2, height=heights, width=widths * 0.92, pen=None, brush=colour)
        )

    def recolour(self) -> None:
        theme = theme_of(self)
        wear(self.plot, theme)
        for item in self._reference:
            item.setPen(_pg.mkPen(QColor(theme.muted), width=1, style=Qt.PenStyle.DashLine))


def _with_air(ends: tuple[float, float]) -> tuple[float, float]:
    air = AIR * ((ends[1] - ends[0]) or 1.0)
    return ends[0] - air, ends[1] + air
