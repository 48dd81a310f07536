"""Lines between tokens with their threshold above, and below how much of the weight is seen."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from workbench.gui.models.token_names import isolated, shown
from workbench.gui.widgets.bipartite import Bipartite
from workbench.gui.widgets.lines_picture import lines_size
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.saving import SaveRequest

STEPS = 200
"""Places of the slider: it goes by the square root, finer where weights are small."""


class LinesView(Reactive):
    """`lines` shows heads; the slider chooses the smallest weight that is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = Bipartite(self)
        self.lines.drawn.connect(self._tell)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setValue(_place(self.lines.threshold))
        self.slider.valueChanged.connect(self._take_threshold)
        self._title = QLabel(self)
        self._value = QLabel(self)
        self._value.setObjectName("facts")
        self.facts = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.facts.setObjectName("facts")
        self.facts.setMinimumHeight(2 * self.facts.fontMetrics().lineSpacing() + 2)  # numbers that change move nothing
        self.facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (self._title, self.slider, self._value):
            top.addWidget(widget, 1 if widget is self.slider else 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(top)
        whole.addWidget(self.lines, 1)
        whole.addWidget(self.facts)
        self.react()

    @property
    def threshold(self) -> float:
        """The smallest weight that is drawn."""
        return self.lines.threshold

    def set_threshold(self, threshold: float) -> None:
        """Between 0 and 1."""
        self.lines.threshold = min(max(threshold, 0.0), 1.0)
        self.slider.blockSignals(True)
        self.slider.setValue(_place(self.lines.threshold))
        self.slider.blockSignals(False)
        self._tell()

    def request(self, form: str, kind: str, step: int, title: str, provenance: Mapping[str, str]) -> SaveRequest | None:
        """What is needed to write the lines as `png`, `svg` or `npz`; None while there are none."""
        figure = self.lines.figure
        if not figure.weights.size:
            return None
        layer, head = figure.heads[0]
        return SaveRequest(
            format=form, picture=figure, size=lines_size(figure), layer=layer, head=head, kind=kind, step=step, title=title,
            provenance=provenance, heads=figure.heads,
        )  # fmt: skip

    def _take_threshold(self, place: int) -> None:
        self.lines.threshold = (place / STEPS) ** 2
        self._tell()

    def _tell(self) -> None:
        """How many lines there are, and how much of the weight they hold."""
        picture = self.lines.picture
        self._value.setText(self.tr("≥ {0}").format(f"{picture.threshold:.3f}"))
        if not picture.weights.size:
            self.facts.setText("")
            return
        lines, parts = picture.lines, []
        if picture.token is not None:
            side, place = picture.token
            name = isolated(shown((picture.queries if side == "query" else picture.keys)[place]))
            said = self.tr("Only query {0} “{1}”.") if side == "query" else self.tr("Only key {0} “{1}”.")
            parts.append(said.format(place + 1, name))
        if lines.reached > len(lines.weight):
            many = self.tr("The strongest {0} of {1} lines are drawn (from {2} on), with {3} of the weight.")
            parts.append(
                many.format(f"{len(lines.weight):,}", f"{lines.reached:,}", f"{lines.weakest:.3f}", f"{lines.share:.0%}")
            )
        else:
            parts.append(self.tr("{0} lines with {1} of the weight.").format(f"{len(lines.weight):,}", f"{lines.share:.0%}"))
        parts.append(self._reading)
        self.facts.setText(" ".join(parts))

    def retranslate(self) -> None:
        self._title.setText(self.tr("Smallest weight"))
        self.slider.setAccessibleName(self.tr("Smallest weight that is drawn"))
        self.slider.setToolTip(self.slider.accessibleName())
        self._reading = self.tr(
            "A line is as opaque as its weight, however many heads are shown; where lines cross, the stronger one lies on top."
        )
        self._tell()


def _place(threshold: float) -> int:
    return round(math.sqrt(threshold) * STEPS)
