"""Attention through all layers up to one: as rollout, with how much has run together on one token, or as flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from workbench.contracts.studies import Flow, Rollout
from workbench.gui.models.token_names import isolated, shown
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.heatmap import Cell, HeatMap
from workbench.gui.widgets.number_strip import NumberStrip
from workbench.gui.widgets.progress_row import ProgressRow
from workbench.gui.widgets.saving import SaveRequest, figure_size
from workbench.gui.widgets.study_view import StudyView, words_below, worry

COLLAPSED = 0.5
"""Above this much mean weight on one token a rollout says more about depth than about the text."""
MEASURES = ("rollout", "flow")
"""What can be shown; a flow is worked out when it is chosen."""
STRIP = 76
"""Height of the bars of all layers, in pixels."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RolloutRequest(SaveRequest):
    """A rollout or flow that is to be written; `layer` is the one it was taken after."""

    measure: str = "rollout"

    @property
    def file_name(self) -> str:
        return f"{self.measure}-{self.kind}-layer{self.layer + 1}-step{self.step}.{self.format}"


class RolloutMap(HeatMap):
    """A heat map whose axes are positions and the input's tokens."""

    def retranslate(self) -> None:
        super().retranslate()
        self._picture = replace(self._picture, query_title=self.tr("position"), key_title=self.tr("input token"))
        self.setAccessibleName(
            self.tr("Attention through the layers. Arrow keys move the cursor, plus and minus zoom, Escape shows all.")
        )


class RolloutView(StudyView):
    """A slider and a bar for each layer choose the layer; the picture shows the rollout, or the flow, up to it."""

    flow_wanted = Signal(int)
    """The flow after this layer, counted from 0; whoever hears it answers with `show_flow`."""
    stop_wanted = Signal()
    """The flow that is worked out is wanted no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rollout: Rollout | None = None
        self._flow: Flow | None = None
        self._told: tuple[Flow | None, bool, str] = (None, False, "")
        self.measure = CalmCombo(self)
        for name in MEASURES:
            self.measure.addItem("", name)
        self.measure.currentIndexChanged.connect(self._take_measure)
        self.progress, self.again = ProgressRow(self), QPushButton(self)
        self.progress.cancel_wanted.connect(self.stop_wanted)
        self.again.clicked.connect(lambda: self.flow_wanted.emit(self.layer))
        self.again.hide()
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
        top.addWidget(self.measure)
        top.addWidget(self._title)
        top.addWidget(self.slider, 1)
        top.addWidget(self._place)
        top.addWidget(self.again)
        beside = QVBoxLayout()  # the picture is square: what is said of it stands beside it
        beside.setSpacing(8)
        for widget in (self.what, self._strip_title, self.strip, self.gathered):
            beside.addWidget(widget)
        beside.addStretch(1)
        beside.addWidget(self.cell_line)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.heat, 3)
        middle.addLayout(beside, 2)
        self.body.addLayout(top)
        self.body.addWidget(self.progress)
        self.body.addLayout(middle, 1)
        self.react()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def rollout(self) -> Rollout | None:
        """What is drawn."""
        return self._rollout

    @property
    def of_flow(self) -> bool:
        """Whether flow is shown, and not rollout."""
        return bool(self.measure.currentData() == "flow")

    @property
    def savable(self) -> bool:
        """Whether there is a picture."""
        return self._rollout is not None and bool(self.heat.picture.weights.size)

    @property
    def shown(self) -> Rollout | Flow | None:
        """What the picture is of; None while there is none."""
        if not self.of_flow:
            return self._rollout
        return self._flow if self._flow is not None and self._flow.layer == self.layer else None

    @property
    def title(self) -> str:
        """What is shown, in a line."""
        return f"{self.measure.currentText()} · {self._title.text()} {self._place.text()}"

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
        self._want_flow()

    def show_flow(self, flow: Flow | None, at_work: bool, trouble: str = "") -> None:
        """The flow that was asked for, whole or so far; or why there is none."""
        self._told = flow, at_work, trouble
        whole = flow is not None and flow.done == len(flow.tokens)
        self._flow = flow if whole else None
        self.again.setVisible(self.of_flow and not at_work and not whole and not trouble)
        if not at_work:
            self.progress.hide()
        elif flow is None:
            self.progress.show_progress(self._begun, None)
        else:
            words = self.tr("Flows are being worked out: position {0} of {1}.")
            self.progress.show_progress(words.format(flow.done, len(flow.tokens)), flow.done / len(flow.tokens))
        self._missing = trouble or (self._begun if at_work else self._stopped)
        self._show()

    def show_nothing(self, text: str = "") -> None:
        self._rollout = self._flow = None
        self._told = (None, False, "")
        self.heat.set_head(None)
        super().show_nothing(text)

    def choose(self, layer: int) -> None:
        """Show the rollout after another layer, counted from 0."""
        self.slider.setValue(layer + 1)

    def request(self, form: str, step: int, title: str, provenance: Mapping[str, str]) -> SaveRequest | None:
        """What is needed to write the picture as `png`, `svg` or `npz`; None while there is none."""
        rollout, flow = self._rollout, self._flow
        if rollout is None or (self.of_flow and (flow is None or flow.layer != self.layer)):
            return None
        tokens, measure = len(rollout.tokens), self.measure.currentData()
        more = {} if self.of_flow else {"collapse": f"{float(rollout.collapse[self.layer]):.6f}"}
        return RolloutRequest(
            format=form, picture=self.heat.picture, size=figure_size(tokens, tokens), layer=self.layer, head=0, kind=rollout.kind,
            step=step, title=title, measure=measure,
            provenance={**provenance, "measure": measure, "head": "mean", "residual": "0.5", **more},
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def _take_layer(self, _place: int) -> None:
        self._show()
        self._want_flow()

    def _take_measure(self, _number: int) -> None:
        if not self.of_flow:
            self.stop_wanted.emit()
            self.progress.hide()
            self.again.hide()
        self._say_measure()
        self._show()
        self._want_flow()

    def _want_flow(self) -> None:
        if self.of_flow and self._rollout is not None:
            self.flow_wanted.emit(self.layer)

    def _show(self) -> None:
        """The chosen layer everywhere."""
        rollout, flow = self._rollout, self._flow
        if rollout is None:
            return
        layer, count = self.layer, len(rollout.layers)
        self._place.setText(self.tr("{0} of {1}").format(layer + 1, count))
        self.strip.choose(layer)
        if not self.of_flow:
            self.heat.set_head(rollout.layers[layer], rollout.tokens, rollout.tokens)
            self._tell_gathered(rollout, layer)
        elif flow is not None and flow.layer == layer:
            self.heat.set_head(flow.values, flow.tokens, flow.tokens)
        else:
            self.heat.show_nothing(self._missing)
        self._tell_cell(self.heat.cell)

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

    def _say_measure(self) -> None:
        """What the chosen measure is, and how it misleads."""
        flow = self.of_flow
        self.what.setText(self._flow_words if flow else self._rollout_words)
        self._hint = self._flow_hint if flow else self._rollout_hint
        for widget in (self._strip_title, self.strip):
            widget.setVisible(not flow)
        if flow:
            self.gathered.setText(self._flow_warning)
            worry(self.gathered, False)

    def retranslate(self) -> None:
        super().retranslate()
        for number, name in enumerate((self.tr("Rollout"), self.tr("Flow"))):
            self.measure.setItemText(number, name)
        self.measure.setAccessibleName(self.tr("How attention is followed through the layers"))
        self.again.setText(self.tr("Work out"))
        self._begun = self.tr("Flows are being worked out…")
        self._stopped = self.tr("The flow was not worked out to its end.")
        self._title.setText(self.tr("After layer"))
        self.slider.setAccessibleName(self.tr("Layer up to which attention is followed"))
        self.slider.setToolTip(self.slider.accessibleName())
        self._rollout_words = self.tr(
            "Attention rollout: how much of each input token would reach each position if attention only averaged. In each layer "
            "a position keeps a share of ½ (the residual connection) and takes ½ from the mean of the heads; layers are "
            "multiplied. Values, feed-forward layers and norms are left out."
        )
        self._flow_words = self.tr(
            "Attention flow: the most that could run from each input token to each position if weights were the widths of pipes. "
            "In each layer ½ goes straight on (the residual connection) and ½ by the mean of the heads; a path carries no more "
            "than its narrowest pipe. Values, feed-forward layers and norms are left out."
        )
        self._flow_warning = self.tr(
            "Each number is a limit of its own: rows do not sum to 1, and tokens share pipes. Compare the tokens of a row by "
            "rank. A token that more positions can see is reached by more paths, whatever the heads do: in a decoder, the "
            "first ones."
        )
        self._strip_title.setText(self.tr("Largest mean share on one token, by layer; the outline is an even spread"))
        self.strip.setAccessibleName(self._strip_title.text())
        self.strip.setToolTip(self.tr("Click a bar to see the rollout after that layer."))
        self._rollout_hint = self.tr("Move over the cells to read a share. Each row sums to 1.")
        self._flow_hint = self.tr("Move over the cells to read a flow.")
        self._say_measure()
        self._tell_cell(self.heat.cell)
        self.show_flow(*self._told)
