"""The rollout after a layer: which input tokens reach which position, and how much of it has run together on one token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from workbench.contracts.studies import Rollout
from workbench.gui.models.token_names import isolated, shown
from workbench.gui.widgets.heatmap import Cell, HeatMap
from workbench.gui.widgets.number_strip import NumberStrip
from workbench.gui.widgets.saving import SaveRequest, figure_size
from workbench.gui.widgets.study_view import StudyView, words_below, worry

COLLAPSED = 0.5
"""Above this much mean weight on one token a rollout says more about depth than about the text."""
STRIP = 76
"""Height of the bars of all layers, in pixels."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RolloutRequest(SaveRequest):
    """A rollout that is to be written; `layer` is the one it was taken after."""

    @property
    def file_name(self) -> str:
        return f"rollout-{self.kind}-layer{self.layer + 1}-step{self.step}.{self.format}"


class RolloutMap(HeatMap):
    """A heat map whose axes are positions and the input's tokens."""

    def retranslate(self) -> None:
        super().retranslate()
        self._picture = replace(self._picture, query_title=self.tr("position"), key_title=self.tr("input token"))
        self.setAccessibleName(self.tr("Rollout. Arrow keys move the cursor, plus and minus zoom, Escape shows all."))


class RolloutView(StudyView):
    """A slider and a bar for each layer choose the layer; the picture shows the rollout up to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rollout: Rollout | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.valueChanged.connect(self._take_layer)
        self._title = QLabel(self)
        self._place = QLabel(self)
        self._place.setObjectName("facts")
        self.what = words_below(self)
        self.heat = RolloutMap(self)
        self.heat.cell_hovered.connect(self._tell_cell)
        self.cell_line = words_below(self)
        self._strip_title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._strip_title.setObjectName("facts")
        self.strip = NumberStrip(parent=self)
        self.strip.setFixedHeight(STRIP)
        self.strip.number_chosen.connect(self.choose)
        self.gathered = words_below(self, 2)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self.slider, 1)
        top.addWidget(self._place)
        self.body.addLayout(top)
        self.body.addWidget(self.what)
        self.body.addWidget(self.heat, 1)
        for widget in (self.cell_line, self._strip_title, self.strip, self.gathered):
            self.body.addWidget(widget)
        self.react()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def rollout(self) -> Rollout | None:
        """What is drawn."""
        return self._rollout

    @property
    def layer(self) -> int:
        """The layer it is taken after, counted from 0."""
        return self.slider.value() - 1

    def set_rollout(self, rollout: Rollout) -> None:
        """Show it after its last layer, or after the layer chosen before where there are as many."""
        layers = len(rollout.layers)
        if not layers or not rollout.tokens:
            self.show_nothing()
            return
        same = self._rollout is not None and len(self._rollout.layers) == layers
        self._rollout = rollout
        with QSignalBlocker(self.slider):
            self.slider.setRange(1, layers)
            if not same:
                self.slider.setValue(layers)
        self.slider.setEnabled(layers > 1)
        even = np.full(layers, 1 / len(rollout.tokens))
        names = tuple(str(layer + 1) for layer in range(layers))
        self.strip.set_numbers(even, rollout.collapse.astype(np.float64), names)
        self.show_body()
        self._show()

    def show_nothing(self, text: str = "") -> None:
        self._rollout = None
        self.heat.set_head(None)
        super().show_nothing(text)

    def choose(self, layer: int) -> None:
        """Show the rollout after another layer, counted from 0."""
        self.slider.setValue(layer + 1)

    def request(self, form: str, step: int, title: str, provenance: Mapping[str, str]) -> SaveRequest | None:
        """What is needed to write the picture as `png`, `svg` or `npz`; None while there is none."""
        rollout = self._rollout
        if rollout is None:
            return None
        tokens = len(rollout.tokens)
        return RolloutRequest(
            format=form, picture=self.heat.picture, size=figure_size(tokens, tokens), layer=self.layer, head=0, kind=rollout.kind,
            step=step, title=title,
            provenance={
                **provenance, "measure": "rollout", "head": "mean", "residual": "0.5",
                "collapse": f"{float(rollout.collapse[self.layer]):.6f}",
            },
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def _take_layer(self, _place: int) -> None:
        self._show()

    def _show(self) -> None:
        """The chosen layer everywhere."""
        rollout = self._rollout
        if rollout is None:
            return
        layer, count = self.layer, len(rollout.layers)
        self._place.setText(self.tr("{0} of {1}").format(layer + 1, count))
        self.heat.set_head(rollout.layers[layer], rollout.tokens, rollout.tokens)
        self.strip.choose(layer)
        self._tell_cell(self.heat.cell)
        self._tell_gathered(rollout, layer)

    def _tell_gathered(self, rollout: Rollout, layer: int) -> None:
        """How much lies on one token, and whether that is too much to read the picture."""
        value, place = float(rollout.collapse[layer]), int(rollout.layers[layer].mean(0).argmax())
        name = isolated(shown(rollout.tokens[place]))
        line = self.tr("Most lies on token {0} “{1}”: {2} on average over all positions; evenly spread it would be {3}.")
        said = line.format(place + 1, name, f"{value:.1%}", f"{1 / len(rollout.tokens):.1%}")
        collapsed = value > COLLAPSED and len(rollout.tokens) > 1
        if collapsed:
            said += " " + self.tr(
                "The rollout has collapsed: more than half lies on one token, so this picture tells more about depth "
                "than about the text. Look at an earlier layer."
            )
        self.gathered.setText(said)
        worry(self.gathered, collapsed)

    def _tell_cell(self, cell: object) -> None:
        if not isinstance(cell, Cell):
            self.cell_line.setText(self._hint)
            return
        line = self.tr("position {0} “{1}” · input token {2} “{3}”: {4}")
        self.cell_line.setText(line.format(
            cell.query + 1, isolated(shown(cell.query_token)), cell.key + 1, isolated(shown(cell.key_token)),
            f"{cell.weight:.4f}",
        ))  # fmt: skip

    def default_words(self) -> str:
        return self.tr("The rollout appears here when a text was looked at.")

    def retranslate(self) -> None:
        super().retranslate()
        self._title.setText(self.tr("After layer"))
        self.slider.setAccessibleName(self.tr("Layer after which the rollout is shown"))
        self.slider.setToolTip(self.slider.accessibleName())
        self.what.setText(self.tr(
            "Attention rollout: how much of each input token would reach each position if attention only averaged. In each layer "
            "a position keeps a share of ½ (the residual connection) and takes ½ from the mean of the heads; layers are "
            "multiplied. Values, feed-forward layers and norms are left out."
        ))  # fmt: skip
        self._strip_title.setText(self.tr("Largest mean share on one token, by layer; the outline is an even spread"))
        self.strip.setAccessibleName(self._strip_title.text())
        self.strip.setToolTip(self.tr("Click a bar to see the rollout after that layer."))
        self._hint = self.tr("Move over the cells to read a share. Each row sums to 1.")
        self._tell_cell(self.heat.cell)
        self._show()
