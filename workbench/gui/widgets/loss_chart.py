"""The curves of a run: loss with its band, scores, learning rate, gradient norm and throughput, live and at any zoom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from workbench.contracts.spikes import Spike
from workbench.gui.models.curves import Curves
from workbench.gui.models.series import Columns, Floats
from workbench.gui.theme import theme_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.chart_legend import ChartLegend, Entry
from workbench.gui.widgets.chart_marks import Mark
from workbench.gui.widgets.chart_plot import LINES, Plot, zigzag
from workbench.gui.widgets.metric_words import LOWER_IS_BETTER, ORDER, metric_name, metric_text, number_text
from workbench.gui.widgets.panel import Panel

VIEWS = ("loss", "scores", "learning_rate", "gradient_norm", "tokens_per_second")
PERIOD_MS = 80
"""Least time between two drawings of what came in."""
DOTS = 200
"""Validation points up to which each has a dot."""
SCORE_COLOURS = ("attention", "accent", "good", "bad", "muted", "deepest")
SCALES = {"bleu": 0.01}
"""BLEU counts to 100: among shares it is drawn as one."""
ON_ONE_SCALE = tuple(metric for metric in ORDER if metric not in LOWER_IS_BETTER)


class LossChart(Panel):
    """Draws `curves` at most twelve times a second, only while it is seen, and follows them until a person pans."""

    step_clicked = Signal(int, bool)
    """A person clicked at a step; whether at the mark of a spike."""

    def __init__(self, curves: Curves, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves, self._drawn = curves, -1
        self._step: int | None = None  # under the cursor
        self._spikes: tuple[Spike, ...] = ()
        self._following, self._logarithmic, self._drawing = True, False, False
        self.plot = Plot(self)
        self.legend = ChartLegend(self)
        self.views = CalmCombo(self)
        self.views.addItems([""] * len(VIEWS))
        self.fit_button = QPushButton(self)
        self.fit_button.setObjectName("link")
        self.fit_button.setEnabled(False)
        self.controls.addWidget(self.fit_button)
        self.smoothing_label, self.log_check = QLabel(self), QCheckBox(self)
        self.smoothing_label.setObjectName("muted")
        self.smoothing = QSlider(Qt.Orientation.Horizontal, self)
        self.smoothing.setRange(0, 99)
        self.smoothing.setValue(round(curves.smoothing * 100))
        self.smoothing.setMaximumWidth(140)
        self.smoothing_value = QLabel(self)
        self.smoothing_value.setObjectName("muted")
        self.smoothing_value.setMinimumWidth(32)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        for widget in (self.smoothing_label, self.smoothing, self.smoothing_value):
            bottom.addWidget(widget)
        bottom.addStretch(1)
        bottom.addWidget(self.log_check)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.legend, 1)
        top.addWidget(self.views)
        self.body.addLayout(top)
        self.body.addWidget(self.plot, 1)
        self.body.addLayout(bottom)
        self.empty = QLabel(self.plot)
        self.empty.setObjectName("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.plot.setMinimumHeight(110)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self._on_time)
        self.plot.moved.connect(self._on_moved)
        self.plot.taken.connect(self._on_taken)
        self.plot.fit_asked.connect(self.fit)
        self.plot.hovered.connect(self._on_hovered)
        self.plot.step_clicked.connect(self.step_clicked)
        self.fit_button.clicked.connect(self.fit)
        self.views.currentIndexChanged.connect(self._on_view)
        self.smoothing.valueChanged.connect(self._on_smoothing)
        self.log_check.toggled.connect(self._on_log)
        self.react()

    @property
    def view(self) -> str:
        """Which curves are shown: one of `VIEWS`."""
        return VIEWS[self.views.currentIndex()]

    @property
    def following(self) -> bool:
        """Whether the chart shows the whole run as it grows."""
        return self._following

    def refresh(self) -> None:
        """Something new may be in the curves: draw it now, or soon when the last drawing was just now."""
        if self._drawn != self._curves.version and self.isVisible() and not self._timer.isActive():
            self._timer.start()
            self._draw()

    def annotate(self, step: int, text: str, kind: str = "") -> None:
        """Mark a step: kind pause, resume, checkpoint (a small tick), best (one at a time), warning or none.

        Kinds with words of their own (`mark_words`) need no text.
        """
        self.plot.marks.add(Mark(step, text or self.mark_words.get(kind, ""), kind))

    def show_edits(self, edits: Sequence[tuple[int, str, str]]) -> None:
        """Mark exactly these edits of the training: step, a few letters, and all of it."""
        self.plot.marks.put("edit", [Mark(step, short, "edit", told) for step, short, told in edits])

    @property
    def mark_words(self) -> dict[str, str]:
        """What the marks of a kind say."""
        return {"pause": self.tr("paused"), "resume": self.tr("resumed"), "best": self.tr("best")}

    def set_spikes(self, spikes: Sequence[Spike], chosen: int | None) -> None:
        """Mark the steps that stand out, and the step a person points at."""
        self._spikes = tuple(spikes)
        self.plot.choose(chosen)
        self._mark_spikes()

    def stand_at(self, step: int | None) -> None:
        """Mark the step of the past that is shown; None marks none."""
        self.plot.stand_at(step)

    def rewind(self, step: int) -> None:
        """A run goes on from this step: what was marked after it has not happened."""
        self.plot.marks.cut(step)

    def reset(self) -> None:
        """Begin with another run: no marks, the whole run in view. Clear the curves themselves where they are kept."""
        self.plot.marks.clear()
        self._drawn = -1
        self.plot.show_steps(0, 2)
        self.fit()

    def fit(self) -> None:
        """Show the whole run, and follow it."""
        self._following = True
        self.fit_button.setEnabled(False)
        self._draw()

    def retranslate(self) -> None:
        names = (
            self.tr("Loss"), self.tr("Scores"), self.tr("Learning rate"), self.tr("Gradient norm"), self.tr("Throughput"),
        )  # fmt: skip
        for place, name in enumerate(names):
            self.views.setItemText(place, name)
        self.views.setAccessibleName(self.tr("Curves to show"))
        self.plot.setAccessibleName(self.tr("Curves by step: plus and minus zoom, arrows move, Home shows all"))
        self.fit_button.setText(self.tr("Fit"))
        self.fit_button.setToolTip(self.tr("Show the whole run and follow it (double click or Home)"))
        self.smoothing_label.setText(self.tr("Smoothing"))
        self.smoothing.setAccessibleName(self.tr("Smoothing of the training curve"))
        self.smoothing.setToolTip(self.tr("Weight of the steps before in the drawn line; the pale band is not smoothed"))
        self.log_check.setText(self.tr("Log axis"))
        self.plot.marks.rename(self.mark_words)
        self.plot.marks.several = self.tr("{0} edits")
        self.empty.setText(self.tr("The curves of the run appear here once training has begun."))
        self.smoothing_value.setText(f"{self._curves.smoothing:.2f}")
        self._draw()

    def recolour(self) -> None:
        self.plot.recolour(theme_of(self))
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.plot.rect().adjusted(60, 10, -20, -30))

    # -- drawing ------------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        if not self._reacting or self._drawing:
            return
        self._drawing = True  # setting the range announces itself
        try:
            self._drawn = self._curves.version
            if self._following:
                self.plot.follow(self._curves.last_step)
            self._draw_lines()
            self._tell()
        finally:
            self._drawing = False

    def _draw_lines(self) -> None:
        shown, theme = self._shown(), theme_of(self)
        first, last = self.plot.steps
        width, low, high = self.plot.pixels, np.inf, -np.inf
        for line, (name, colour, scale) in zip(self.plot.lines, shown, strict=False):
            line.paint(QColor(getattr(theme, colour)))
            columns = self._columns(name, first, last, width, scale)
            if name.startswith("validation "):
                few = len(columns.x) <= DOTS
                line.show((np.empty(0), np.empty(0)) if few else zigzag(columns), (columns.x, columns.mean), dots=few)
            else:
                exact = name == "learning_rate"  # a schedule has no noise to smooth away
                smooth = columns if exact else self._smoothed(name, first, last, width)
                line.show(zigzag(columns), (smooth.x, smooth.mean), dots=len(smooth.x) == 1)
            inside = (columns.x >= first) & (columns.x <= last) | (len(columns.x) < 3)
            for heights in (columns.low[inside], columns.high[inside]):
                heights = heights[np.isfinite(heights)]
                if len(heights):
                    low, high = min(low, float(heights.min())), max(high, float(heights.max()))
        for line in self.plot.lines[len(shown) :]:
            line.hide()
        self.plot.show_heights(low, high)
        self._mark_spikes()
        self.empty.setVisible(not shown)
        self.plot.set_empty(not shown)

    def _mark_spikes(self) -> None:
        """Those of the curve in view, where its band ends."""
        there = [spike for spike in self._spikes if spike.what == self.view]
        heights = self._height(np.array([spike.value for spike in there], np.float64))
        self.plot.show_spikes(np.array([spike.step for spike in there], np.float64), heights)

    def _columns(self, name: str, first: float, last: float, width: int, scale: float) -> Columns:
        raw = self._curves.columns(name, first, last, width)
        heights = [self._height(part * scale) for part in (raw.low, raw.high, raw.mean)]
        if self._logarithmic:  # where the smallest is not above zero the band begins at the mean or the largest
            heights[0] = np.fmin(np.fmin(heights[0], heights[2]), heights[1])
        return Columns(raw.x, heights[0], heights[1], heights[2], raw.first, raw.last)

    def _smoothed(self, name: str, first: float, last: float, width: int) -> Columns:
        smooth = self._curves.smoothed(name).columns(first, last, width)
        return replace(smooth, mean=self._height(smooth.mean))

    def _height(self, values: Floats) -> Floats:
        if not self._logarithmic:
            return values
        return np.log10(values, out=np.full_like(values, np.nan), where=values > 0)

    def _shown(self) -> list[tuple[str, str, float]]:
        """Name, colour and scale of each curve of this view that has values."""
        there = self._curves.names
        if self.view == "scores":
            metrics = [metric for metric in ON_ONE_SCALE if f"validation {metric}" in there]
            named = [(f"validation {m}", SCALES.get(m, 1.0)) for m in metrics[:LINES]]
            return [(name, colour, scale) for (name, scale), colour in zip(named, SCORE_COLOURS, strict=False)]
        wanted = [(self.view, "accent", 1.0)]
        if self.view == "loss":
            wanted.append(("validation loss", "attention", 1.0))
        return [curve for curve in wanted if curve[0] in there]

    # -- words --------------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        self.entitle(self.views.currentText(), self._facts())
        entries = []
        if self._step is not None and self._curves.names:
            entries.append(Entry("", self.tr("step {0}").format(f"{self._step:,}")))
        shown = self._shown()
        for name, colour, _ in shown:
            entries.append(Entry(colour, self._said(name)))
        if self._step is not None:
            drawn = {name for name, _, _ in shown}
            others = ("loss", "validation loss", "learning_rate", "gradient_norm", "tokens_per_second")
            entries += [Entry("", self._said(name)) for name in others if name not in drawn and name in self._curves.names]
        self.legend.say(tuple(entries))

    def _said(self, name: str) -> str:
        words = {
            "loss": self.tr("train"), "validation loss": self.tr("validation"), "learning_rate": self.tr("learning rate"),
            "gradient_norm": self.tr("gradient norm"), "tokens_per_second": self.tr("tokens per second"),
        }  # fmt: skip
        metric = name.removeprefix("validation ")
        called = words.get(name) or metric_name(metric)
        if self._step is None:
            return called
        value = self._curves.value(name, self._step)
        return f"{called} {metric_text(metric, value)}"

    def _facts(self) -> str:
        if self.view != "loss":
            return ""
        train, validation = self._curves.smoothed("loss").values, self._curves.series("validation loss")
        parts = []
        if len(train):
            parts.append(self.tr("train {0}").format(number_text(float(train[-1]))))
        finite = np.isfinite(validation.values)
        if finite.any():
            best = int(np.argmin(np.where(finite, validation.values, np.inf)))
            parts.append(
                self.tr("validation {0} (lowest {1} at step {2})").format(
                    number_text(float(validation.values[-1])), number_text(float(validation.values[best])),
                    f"{validation.steps[best]:,.0f}",
                )
            )  # fmt: skip
        return " · ".join(parts)

    # -- what a person does -------------------------------------------------------------------------------------------

    def _on_time(self) -> None:
        if self.isVisible() and self._drawn != self._curves.version:
            self._draw()

    def _on_moved(self) -> None:
        if self.isVisible():
            self._draw()

    def _on_taken(self) -> None:
        self._following = False
        self.fit_button.setEnabled(True)

    def _on_hovered(self, step: object) -> None:
        self._step = step if isinstance(step, int) else None
        self._tell()

    def _on_view(self, _: int) -> None:
        for widget in (self.smoothing, self.smoothing_label, self.smoothing_value):
            widget.setEnabled(self.view not in ("scores", "learning_rate"))
        self._draw()

    def _on_smoothing(self, percent: int) -> None:
        self._curves.smoothing = percent / 100
        self.smoothing_value.setText(f"{percent / 100:.2f}")
        self._draw()

    def _on_log(self, on: bool) -> None:
        self._logarithmic = on
        self.plot.set_logarithmic(on)
        self._draw()
