"""Numbers predicted against the true ones, and how far they are off."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.contracts.evaluations import Analysis
from workbench.gui.theme import GAP, theme_of
from workbench.gui.widgets.metric_words import metric_name, number_text
from workbench.gui.widgets.plot_panel import PlotPanel
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.verdict_words import interval_text

POINTS = 2_000
"""Points of the cloud, at most: every n-th of more rows."""
BINS = 30


class ResidualsView(Reactive):
    """A cloud around the diagonal, and a histogram around zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._analysis: Analysis | None = None
        self.cloud, self.histogram = PlotPanel(self), PlotPanel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.cloud, 1)
        row.addWidget(self.histogram, 1)
        self.react()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Show the numbers of an analysis."""
        self._analysis = analysis
        self._draw()

    def _draw(self) -> None:
        for panel in (self.cloud, self.histogram):
            panel.clear()
        analysis = self._analysis
        if analysis is None or analysis.true_numbers is None or analysis.predicted_numbers is None:
            return
        theme, truth, said = theme_of(self), analysis.true_numbers, analysis.predicted_numbers
        known = np.isfinite(truth) & np.isfinite(said)
        truth, said = truth[known], said[known]
        scores = [
            self.tr("{0} {1}").format(metric_name(name), interval_text(name, low, high))
            for name, (_, low, high) in analysis.intervals.model.items()
        ]
        self.cloud.entitle(self.tr("Predicted against true"), " · ".join(scores))
        self.histogram.entitle(self.tr("Residuals"), self.tr("truth minus prediction"))
        if not len(truth):
            return
        every = -(-len(truth) // POINTS)
        low, high = float(min(truth.min(), said.min())), float(max(truth.max(), said.max()))
        self.cloud.add_reference((low, high), (low, high))
        self.cloud.add_dots(truth[::every], said[::every], theme.accent)
        self.cloud.show_range((low, high), (low, high))
        off = truth - said
        counts, edges = np.histogram(off, bins=BINS)
        self.histogram.add_bars(edges, counts.astype(np.float64), theme.accent)
        self.histogram.show_range((float(edges[0]), float(edges[-1])), (0, float(counts.max())))
        self.histogram.tell(
            self.tr("truth minus prediction · mean {0}, half of them within {1}").format(
                number_text(float(off.mean())), number_text(float(np.median(np.abs(off))))
            )
        )

    def recolour(self) -> None:
        self._draw()

    def retranslate(self) -> None:
        self.cloud.name_axes(self.tr("true"), self.tr("predicted"))
        self.histogram.name_axes(self.tr("residual"), self.tr("rows"))
        self._draw()
