"""Below the curves: which steps stand out, one after the other, and the way into the one that is pointed at."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from workbench.gui.models.step_state import StepState
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.spike_words import SpikeWords


class SpikeBar(Reactive):
    """Shows a `StepState`; out of sight while there is neither a spike nor a chosen step."""

    def __init__(self, state: StepState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._words = SpikeWords(self)
        self.list, self.chosen = CalmCombo(self), QLabel(self)
        self.list.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(12)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.chosen.setObjectName("muted")
        self.before, self.after, self.look = QPushButton("←", self), QPushButton("→", self), QPushButton(self)
        for button in (self.before, self.after):
            button.setFixedWidth(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.list, 1)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addWidget(self.chosen)
        row.addStretch(0)
        row.addWidget(self.look)
        self.list.activated.connect(self._take)
        self.before.clicked.connect(lambda: state.choose_next(-1))
        self.after.clicked.connect(lambda: state.choose_next(1))
        self.look.clicked.connect(self._look)
        state.spikes_changed.connect(self._show)
        self.react()

    def _show(self) -> None:
        state = self._state
        count = len(state.steps)
        self.list.clear()
        words = (
            self.tr("the strongest {0} spikes") if state.crowded else self.tr("1 spike") if count == 1 else self.tr("{0} spikes")
        )
        self.list.addItem(words.format(f"{count:,}"), None)
        for step in state.steps:
            spike = state.spike_at(step)
            if spike is not None:
                self.list.addItem(self._words.spike(spike), step)
        place = self.list.findData(state.chosen) if state.chosen is not None else -1
        self.list.setCurrentIndex(max(0, place))
        for widget in (self.list, self.before, self.after):
            widget.setVisible(count > 0)
        self.chosen.setVisible(state.chosen is not None and place < 0)
        self.chosen.setText("" if state.chosen is None else self.tr("step {0}").format(f"{state.chosen:,}"))
        self.look.setEnabled(state.chosen is not None)
        self.setVisible(count > 0 or state.chosen is not None)

    def _take(self, place: int) -> None:
        step = self.list.itemData(place)
        self._state.choose(step if isinstance(step, int) else None)

    def _look(self) -> None:
        if self._state.chosen is not None:
            self._state.look_into(self._state.chosen)

    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Spikes: steps that stand out"))
        self.list.setToolTip(self._words.rule())
        self.before.setAccessibleName(self.tr("The spike before"))
        self.after.setAccessibleName(self.tr("The next spike"))
        for button in (self.before, self.after):
            button.setToolTip(button.accessibleName())
        self.look.setText(self.tr("Look into it"))
        self.look.setToolTip(self.tr(
            "Make this step again and see its rows, their losses, the gradients by layer, and attention before and after"
        ))  # fmt: skip
        self._show()
