"""The curves of several runs over one another, side by side in steps, time or tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from workbench.gui.models.compared_runs import AXES, ComparedRun, ThinCurve
from workbench.gui.models.series import Columns, Floats
from workbench.gui.theme import theme_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.chart_legend import ChartLegend, Entry
from workbench.gui.widgets.chart_plot import LINES, Plot, zigzag
from workbench.gui.widgets.loss_chart import DOTS, SCORE_COLOURS
from workbench.gui.widgets.metric_words import LOWER_IS_BETTER, ORDER, metric_name
from workbench.gui.widgets.panel import Panel

MOST = LINES
"""Runs that can be told apart by colour."""
OTHERS = ("loss", "validation loss", "gradient_norm", "learning_rate")


class CompareChart(Panel):
    """Draws what it is given; what no screen shows was left out before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[ComparedRun, ...] = ()
        self._logarithmic = False
        self.plot = Plot(self)
        self.plot.setMinimumHeight(140)
        self.legend = ChartLegend(self)
        self.views, self.axes = CalmCombo(self), CalmCombo(self)
        self.axes.addItems([""] * len(AXES))
        for combo in (self.views, self.axes):
            combo.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
            combo.setMinimumWidth(150)
        self.log_check = QCheckBox(self)
        pen_items: Any = pg  # Any: pyqtgraph states no types
        self._baseline = pen_items.InfiniteLine(angle=0)
        self._baseline.setVisible(False)
        self.plot.view.addItem(self._baseline, ignoreBounds=True)
        self.baseline_label = QLabel(self)
        self.baseline_label.setObjectName("muted")
        self.nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setObjectName("muted")
        top = QHBoxLayout()
        top.addWidget(self.legend, 1)
        self.body.addLayout(top)
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self.nothing, 1)
        self.body.addWidget(self.baseline_label)
        for widget in (self.log_check, self.axes, self.views):
            self.controls.addWidget(widget)
        self.views.currentIndexChanged.connect(self.fit)
        self.axes.currentIndexChanged.connect(self.fit)
        self.log_check.toggled.connect(self._on_log)
        self.plot.fit_asked.connect(self.fit)
        self.react()

    @property
    def view(self) -> str:
        """The curve that is shown."""
        return str(self.views.currentData() or "loss")

    @property
    def axis(self) -> str:
        """What it is shown over: one of `AXES`."""
        return AXES[max(0, self.axes.currentIndex())]

    def show_runs(self, runs: Sequence[ComparedRun]) -> None:
        """Compare these, at most `MOST`."""
        self._runs = tuple(runs[:MOST])
        self._list_views()
        self.fit()

    def show_view(self, name: str) -> None:
        """Show a curve by its name."""
        self.views.setCurrentIndex(max(0, self.views.findData(name)))

    def fit(self) -> None:
        """Show all of it."""
        curves = self._curves()
        last = max((float(curve.x[self.axis][-1]) for _, curve in curves if len(curve.low)), default=2.0)
        self.plot.follow(last)
        self._draw()

    def retranslate(self) -> None:
        for place, text in enumerate((self.tr("by step"), self.tr("by training time (s)"), self.tr("by tokens"))):
            self.axes.setItemText(place, text)
        self.axes.setAccessibleName(self.tr("What the curves are aligned by"))
        self.views.setAccessibleName(self.tr("Curve to compare"))
        self.plot.setAccessibleName(self.tr("Curves of the chosen runs"))
        self.log_check.setText(self.tr("Log axis"))
        self.nothing.setText(self.tr("Choose a run in the list: its curves stand here. Ctrl + click adds others to compare."))
        self.entitle(self.tr("Curves"))
        self._list_views()
        self._draw()

    def recolour(self) -> None:
        theme = theme_of(self)
        self.plot.recolour(theme)
        self._baseline.setPen(QPen(QColor(theme.muted), 0, Qt.PenStyle.DashLine))
        self._draw()

    def _curves(self) -> list[tuple[int, ThinCurve]]:
        found = ((place, run.curves.get(self.view)) for place, run in enumerate(self._runs))
        return [(place, curve) for place, curve in found if curve is not None]

    def _list_views(self) -> None:
        """Every curve that any of the runs has, the losses first."""
        there = {name for run in self._runs for name in run.curves}
        metrics = [f"validation {metric}" for metric in ORDER if metric != "loss"]
        wanted = [name for name in (*OTHERS[:2], *metrics, *OTHERS[2:]) if name in there]
        known = {
            "loss": self.tr("Training loss"), "validation loss": self.tr("Validation loss"),
            "gradient_norm": self.tr("Gradient norm"), "learning_rate": self.tr("Learning rate"),
        }  # fmt: skip
        chosen = self.view
        self.views.blockSignals(True)
        self.views.clear()
        for name in wanted:
            self.views.addItem(known.get(name) or metric_name(name.removeprefix("validation ")), name)
        self.views.setCurrentIndex(max(0, self.views.findData(chosen)) if wanted else -1)
        self.views.blockSignals(False)

    def _draw(self) -> None:
        if not self._reacting:
            return
        theme, curves = theme_of(self), dict(self._curves())
        low, high = np.inf, -np.inf
        for place, line in enumerate(self.plot.lines):
            curve = curves.get(place)
            if curve is None:
                line.hide()
                continue
            line.paint(QColor(getattr(theme, SCORE_COLOURS[place])))
            x = curve.x[self.axis]
            heights = [self._height(part) for part in (curve.low, curve.high, curve.line)]
            few = self.view.startswith("validation ") and len(x) <= DOTS
            none = np.zeros(len(x), np.int64)
            band = Columns(x, heights[0], heights[1], heights[2], none, none)
            line.show((np.empty(0), np.empty(0)) if few else zigzag(band), (x, heights[2]), dots=few or len(x) == 1)
            for part in heights:
                finite = part[np.isfinite(part)]
                if len(finite):
                    low, high = min(low, float(finite.min())), max(high, float(finite.max()))
        low, high = self._draw_baseline(low, high)
        self.plot.show_heights(low, high)
        self.plot.set_empty(not curves)
        self.nothing.setVisible(not self._runs)
        for widget in (self.legend, self.plot, self.log_check, self.axes, self.views):
            widget.setVisible(bool(self._runs))
        self.legend.say(tuple(Entry(SCORE_COLOURS[place], run.name) for place, run in enumerate(self._runs)))

    def _draw_baseline(self, low: float, high: float) -> tuple[float, float]:
        """A line where the simple baseline stands, if every run that has one has the same."""
        metric = self.view.removeprefix("validation ")
        wanted = self.view.startswith("validation ") and metric not in LOWER_IS_BETTER
        known = {run.baseline[metric] for run in self._runs if metric in run.baseline} if wanted else set()
        there = len(known) == 1
        self._baseline.setVisible(there)
        if there:
            value = float(self._height(np.array([next(iter(known))]))[0])
            self._baseline.setPos(value)
            low, high = min(low, value), max(high, value)
        several = self.tr("The baselines differ: the runs were scored on different rows.")
        self.baseline_label.setText(self.tr("Dashed: the baseline") if there else several if known else "")
        self.baseline_label.setVisible(bool(known))
        return low, high

    def _height(self, values: Floats) -> Floats:
        if not self._logarithmic:
            return values
        return np.log10(values, out=np.full_like(values, np.nan), where=values > 0)

    def _on_log(self, on: bool) -> None:
        self._logarithmic = on
        self.plot.set_logarithmic(on)
        self._draw()
