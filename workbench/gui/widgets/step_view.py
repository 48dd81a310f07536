"""One step, made again: how unusual it is, its rows, its gradients by layer, and attention before and after it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from workbench.contracts.steps import StepDetails
from workbench.gui.models.run_state import clock
from workbench.gui.models.step_state import Phase, StepState
from workbench.gui.theme import GAP
from workbench.gui.widgets.layer_bars import LayerBars
from workbench.gui.widgets.metric_words import number_text
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.progress_row import ProgressRow
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.spike_words import SpikeWords
from workbench.gui.widgets.step_rows_view import StepRowsView
from workbench.gui.widgets.step_walls import StepWalls
from workbench.gui.words import said, said_whole


class StepView(Reactive):
    """Shows a `StepState` and tells it what a person does."""

    inspect_wanted = Signal(str)
    rows_wanted = Signal(object)

    def __init__(self, state: StepState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._live = state, False
        self._words = SpikeWords(self)
        self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        left = QSplitter(Qt.Orientation.Vertical, self._parts)
        self.facts, self.certificate, self.trouble = (
            QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText) for _ in range(3)
        )  # fmt: skip
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.certificate.setObjectName("facts")
        self.progress = ProgressRow(self)
        self.before, self.after, self.close_button = QPushButton("←", self), QPushButton("→", self), QPushButton(self)
        self.card, self.rows, self.gradients = Panel(self), StepRowsView(left), Panel(left)
        self.bars, self.walls = LayerBars(self.gradients), StepWalls(self._parts)
        self._lay_out(left)
        self.progress.cancel_wanted.connect(state.leave)
        self.before.clicked.connect(lambda: self._go(-1))
        self.after.clicked.connect(lambda: self._go(1))
        self.close_button.clicked.connect(state.leave)
        self.rows.row_chosen.connect(state.choose_row)
        self.rows.inspect_wanted.connect(self.inspect_wanted)
        self.rows.rows_wanted.connect(self.rows_wanted)
        state.changed.connect(self._show)
        state.row_changed.connect(self._show_row)
        state.progressed.connect(self._tell_progress)
        state.spikes_changed.connect(self._allow)
        self.react()

    def allow_table(self, there: bool) -> None:
        """Whether the Data page shows the run's own table."""
        self.rows.allow_table(there)

    def set_live(self, live: bool) -> None:
        """Whether the run is training meanwhile: repeating takes some of its speed, which is said."""
        self._live = live

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state, details = self._state, self._state.details
        self.card.entitle(self.tr("Step {0}").format(f"{state.step:,}"))
        if state.phase is Phase.WORKING:
            self._tell_progress("", 0.0, None)
        else:
            self.progress.hide()
        self.trouble.setText(said_whole(state.trouble) if state.trouble is not None else "")
        self.trouble.setVisible(state.trouble is not None)
        for widget in (self.facts, self.certificate, self._parts):
            widget.setVisible(details is not None)
        self._rest.setVisible(details is None)
        if details is not None:
            self._show_details(details)
        self._allow()

    def _show_details(self, details: StepDetails) -> None:
        parts = [
            self._words.unusual(name, value, details.usual[name])
            for name, value in (("loss", details.loss), ("gradient_norm", details.gradient_norm))
        ]
        if details.clip and details.gradient_norm > details.clip:
            parts[-1] += " " + self.tr("(cut to {0})").format(number_text(details.clip))
        parts.append(self.tr("learning rate {0}").format(number_text(details.learning_rate)))
        self.facts.setText(" · ".join(parts))
        self.certificate.setText(self._certify(details))
        self.rows.show_rows(details.rows)
        self.bars.show_layers(details.layers, details.stacks)
        self.gradients.entitle(self.tr("Gradient norm by layer"), self.tr("before clipping"))
        self._show_row()

    def _show_row(self) -> None:
        state = self._state
        if state.details is None or state.row is None:
            return
        row = state.details.rows[state.row]
        self.rows.choose(state.row)
        text = " ".join(row.text.split())
        self.walls.show_attention(state.attention, self.tr("row {0}: {1}").format(f"{row.row + 1:,}", text[:200]))

    def _certify(self, details: StepDetails) -> str:
        where = (
            self.tr("Made again from the checkpoint of step {0}.").format(f"{details.repeated_from:,}")
            if details.repeated_from
            else self.tr("Made again from the beginning of the run.")
        )
        if details.same:
            return "✓ " + where + " " + self.tr(
                "Loss, gradient norm and learning rate are the recorded ones to the last bit: this is that step."
            )  # fmt: skip
        recorded = details.recorded
        words = self.tr(
            "Not the same to the last bit: recorded are loss {0} and gradient norm {1}, here they are {2} and {3}. "
            "Another device, version or number of processes computes a little differently."
        )
        numbers = (recorded.loss, recorded.gradient_norm, details.loss, details.gradient_norm)
        return "≠ " + where + " " + words.format(*(f"{number:.9g}" for number in numbers))

    def _tell_progress(self, what: str, share: float, seconds: object) -> None:
        if self._state.phase is not Phase.WORKING:
            return
        words = said(what) if what else self.tr("Waiting for the process that repeats the training…")
        if isinstance(seconds, float):
            words += " · " + self.tr("{0} left").format(clock(seconds))
        if self._live:
            words += " · " + self.tr("beside the training, which is slower meanwhile")
        self.progress.show_progress(words, share if what else None)

    def _go(self, way: int) -> None:
        self._state.choose_next(way)
        if self._state.chosen is not None:
            self._state.look_into(self._state.chosen)

    def _allow(self) -> None:
        steps, here = self._state.steps, self._state.step
        self.before.setEnabled(any(step < here for step in steps))
        self.after.setEnabled(any(step > here for step in steps))

    def retranslate(self) -> None:
        self.before.setAccessibleName(self.tr("Look into the spike before"))
        self.after.setAccessibleName(self.tr("Look into the next spike"))
        for button in (self.before, self.after):
            button.setToolTip(button.accessibleName())
        self.close_button.setText(self.tr("Close"))
        self.facts.setToolTip(self._words.rule())
        self._show()

    # -- layout -------------------------------------------------------------------------------------------------------

    def _lay_out(self, left: QSplitter) -> None:
        for button in (self.before, self.after):
            button.setFixedWidth(48)
        for button in (self.before, self.after, self.close_button):
            self.card.controls.addWidget(button)
        for widget in (self.facts, self.certificate, self.progress, self.trouble):
            self.card.body.addWidget(widget)
        scroll = QScrollArea(self, widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(scroll)
        inner.setObjectName("content")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bars)
        column.addStretch(1)
        scroll.setWidget(inner)
        self.gradients.body.addWidget(scroll)
        left.setSizes([420, 220])
        left.setStretchFactor(0, 1)
        self._parts.setSizes([520, 680])
        self._parts.setStretchFactor(1, 1)
        for splitter in (left, self._parts):
            splitter.setHandleWidth(GAP)
            splitter.setChildrenCollapsible(False)
        self._rest = QWidget(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.card)
        whole.addWidget(self._parts, 1)
        whole.addWidget(self._rest, 1)
