"""A few curves over one axis that nobody drags or zooms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from workbench.gui.theme import Theme
from workbench.gui.widgets.chart_plot import own_menu

SMOOTH = 1_000
"""Points of all curves together that are drawn with smooth and wide lines; waves of more take half a second to paint."""


def curves_plot(parent: QWidget) -> pg.PlotWidget:
    """An empty plot."""
    plot = pg.PlotWidget(parent, enableMenu=False)
    own_menu(plot)
    plot.hideButtons()
    plot.setMouseEnabled(x=False, y=False)
    plot.setMinimumSize(90, 60)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # there is nothing to do in it
    return plot


def wear(plot: pg.PlotWidget, theme: Theme) -> None:
    """Give it the theme's colours, but for the curves."""
    plot.setBackground(theme.panel)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(QColor(theme.line))
        axis.setTextPen(QColor(theme.muted))


def show_curves(
    plot: pg.PlotWidget, along: NDArray[np.int_], values: NDArray[np.float32], name: str, colours: Sequence[str]
) -> None:  # fmt: skip
    """Draw curves; as many as before cost no new objects.

    Args:
        plot: From `curves_plot`.
        along: (points,), where they are.
        values: (points, curves); no more curves than colours are drawn.
        name: Of the axis they run along.
        colours: One for each curve.
    """
    smooth = values.size <= SMOOTH
    items = plot.listDataItems()
    for item in items[values.shape[1] :]:
        plot.removeItem(item)
    for number, colour in zip(range(values.shape[1]), colours, strict=False):
        item = items[number] if number < len(items) else plot.plot()
        item.setData(along, values[:, number], antialias=smooth)
        item.setPen(pg.mkPen(colour, width=1.5 if smooth else 1))
    plot.setLabel("bottom", name)
