"""Over what the table of heads is: one text, or the first rows of a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from workbench.gui.models.survey_state import SurveyState
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said_whole

ROWS = (50, 200, 1_000)
"""How many texts are measured at most."""


class SurveyBar(Reactive):
    """Shows a `SurveyState` and tells it what a person does."""

    table_wanted = Signal()
    """A table is to be chosen; `measure` takes it."""
    importance_wanted = Signal(bool)
    """Whether each head is also to be switched off by itself, which takes a pass for each."""

    def __init__(self, state: SurveyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._filling = False
        self.open, self.leave, self.importance = QPushButton(self), QPushButton(self), QPushButton(self)
        self.importance.setCheckable(True)
        self.column, self.rows = CalmCombo(self), CalmCombo(self)
        for count in ROWS:
            self.rows.addItem("", count)
        self.words = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setObjectName("muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.importance)
        row.addWidget(self.open)
        row.addWidget(self.column)
        row.addWidget(self.rows)
        row.addWidget(self.words, 1)
        row.addWidget(self.leave)
        self.open.clicked.connect(self.table_wanted)
        self.leave.clicked.connect(state.leave)
        self.importance.clicked.connect(self.importance_wanted)
        self.column.currentIndexChanged.connect(self._again)
        self.rows.currentIndexChanged.connect(self._again)
        state.changed.connect(self._show)
        self.react()

    def measure(self, path: Path) -> None:
        """A table was chosen."""
        self._state.measure(str(path), "", self.rows.currentData())

    def _again(self, _number: int) -> None:
        question = self._state.question
        if not self._filling and question is not None:
            self._state.measure(question[0], self.column.currentText(), self.rows.currentData())

    def _show(self) -> None:
        state = self._state
        over = state.question is not None
        self.importance.setVisible(not over)
        for widget in (self.column, self.rows, self.leave):
            widget.setVisible(over)
        if state.found is not None:
            self._filling = True
            if [self.column.itemText(number) for number in range(self.column.count())] != list(state.found.columns):
                self.column.clear()
                self.column.addItems(state.found.columns)
            self.column.setCurrentIndex(state.found.columns.index(state.found.column))
            self._filling = False
        self.column.setEnabled(state.found is not None)
        if state.trouble is not None:
            self.words.setText(said_whole(state.trouble))
        else:
            self.words.setText(Path(state.question[0]).name if state.question is not None else "")

    def retranslate(self) -> None:
        self.importance.setText(self.tr("Importance"))
        self.importance.setToolTip(self.tr("Also switch each head off by itself and tell what that does: one pass for each head"))
        self.open.setText(self.tr("Over a table…"))
        self.open.setToolTip(self.tr("Measure the heads over the first rows of a table instead of over one text"))
        self.leave.setText(self.tr("Back to the text"))
        self.column.setAccessibleName(self.tr("Column"))
        self.rows.setAccessibleName(self.tr("How many rows"))
        for number, count in enumerate(ROWS):
            self.rows.setItemText(number, self.tr("{0} rows").format(f"{count:,}"))
        self._show()
