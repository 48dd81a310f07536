"""How well the model's probabilities separate the classes, and how honest they are: ROC, precision-recall, calibration."""

from __future__ import annotations

import html

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workbench.contracts.evaluations import Analysis, Curve
from workbench.gui.colours import CATEGORIES
from workbench.gui.theme import GAP, theme_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.elided import plain_tip
from workbench.gui.widgets.plot_panel import PlotPanel
from workbench.gui.widgets.reactive import Reactive

MOST = 7
"""Classes whose curves fit into one picture."""


class CurvesView(Reactive):
    """A class is chosen (or all, where they are few), and its curves against the rest are drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._analysis: Analysis | None = None
        self._filling = False
        self.which, self.label = CalmCombo(self), QLabel(self)
        self.label.setObjectName("muted")
        self.legend = QLabel(self, textFormat=Qt.TextFormat.RichText)
        self.legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.roc, self.precision, self.calibration = PlotPanel(self), PlotPanel(self), PlotPanel(self)
        top = QHBoxLayout()
        top.addWidget(self.label)
        top.addWidget(self.which)
        top.addWidget(self.legend, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for panel in (self.roc, self.precision, self.calibration):
            row.addWidget(panel, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addLayout(row, 1)
        self.which.currentIndexChanged.connect(self._choose)
        self.react()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Show the curves of an analysis."""
        self._analysis = analysis
        self._fill()
        self._draw()

    def _fill(self) -> None:
        curves = self._analysis.roc if self._analysis is not None else ()
        self._filling = True
        self.which.clear()
        if 1 < len(curves) <= MOST:
            self.which.addItem(self.tr("all classes"), -1)
        for place, curve in enumerate(curves):
            self.which.addItem(_plain(curve.label), place)
        self._filling = False
        for widget in (self.label, self.which, self.legend, self.roc, self.precision):
            widget.setVisible(bool(curves))

    def _choose(self, _: int) -> None:
        if not self._filling:
            self._draw()

    def _chosen(self, curves: tuple[Curve, ...]) -> list[tuple[Curve, str]]:
        shades = CATEGORIES[theme_of(self).name]
        place = self.which.currentData()
        if place is None or place < 0:
            return list(zip(curves[:MOST], shades, strict=False))
        return [(curves[place], theme_of(self).accent)]

    def _draw(self) -> None:
        for panel in (self.roc, self.precision, self.calibration):
            panel.clear()
            panel.show_range((0, 1), (0, 1))
        analysis = self._analysis
        self.calibration.setVisible(analysis is not None and analysis.calibration is not None)
        if analysis is None:
            return
        self.roc.add_reference((0, 1), (0, 1))
        named = self._chosen(analysis.roc) if analysis.roc else []
        marks = [
            f"&nbsp;&nbsp; <b style='color:{colour}'>━</b> {html.escape(_plain(curve.label)[:24])}" for curve, colour in named
        ]
        self.legend.setText("".join(marks) if len(marks) > 1 else "")
        for panel, curves, name in (
            (self.roc, analysis.roc, self.tr("ROC")),
            (self.precision, analysis.precision_recall, self.tr("Precision and recall")),
        ):  # fmt: skip
            shown = self._chosen(curves) if curves else []
            for curve, colour in shown:
                panel.add_line(curve.x, curve.y, colour)
            areas = self.tr("area {0}").format(f"{shown[0][0].area:.3f}") if len(shown) == 1 else (
                self.tr("mean area {0}").format(f"{np.mean([curve.area for curve, _ in shown]):.3f}") if shown else ""
            )  # fmt: skip
            panel.entitle(name, areas)
            panel.plot.setToolTip(plain_tip("\n".join(f"{_plain(curve.label)}: {curve.area:.3f}" for curve, _ in shown)))
        self._draw_calibration()

    def _draw_calibration(self) -> None:
        found = self._analysis.calibration if self._analysis is not None else None
        self.calibration.entitle(
            self.tr("Calibration"), "" if found is None else self.tr("expected error {0}").format(f"{found.error:.3f}")
        )
        if found is None:
            return
        theme = theme_of(self)
        there = found.counts > 0
        self.calibration.add_bars(found.edges, found.counts / max(1, int(found.counts.max())) * 0.3, theme.soft)
        self.calibration.add_reference((0, 1), (0, 1))
        self.calibration.add_line(found.confidence[there], found.accuracy[there], theme.accent, dots=True)

    def recolour(self) -> None:
        self._draw()

    def retranslate(self) -> None:
        self.label.setText(self.tr("Class against the rest:"))
        self.which.setAccessibleName(self.tr("Class whose curves are drawn"))
        self.roc.name_axes(self.tr("false positive rate"), self.tr("true positive rate"))
        self.precision.name_axes(self.tr("recall"), self.tr("precision"))
        self.calibration.name_axes(self.tr("confidence"), self.tr("share that is right"))
        self.calibration.plot.setToolTip(
            self.tr(
                "On the dashed line the model is right as often as it says. The pale bars tell how many answers are in a bin."
            )
        )
        chosen = self.which.currentIndex()
        self._fill()
        self.which.setCurrentIndex(max(0, chosen))
        self._draw()


def _plain(label: str) -> str:
    return " ".join(label.split())[:60] or "—"
