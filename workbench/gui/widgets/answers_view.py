"""A list of answers: Enter or a double click looks into the model with the text of a row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QPushButton, QTableView, QWidget

from workbench.contracts.evaluations import Answers
from workbench.gui.models.answers_table import COLUMNS, AnswersTable
from workbench.gui.widgets.counts import rows_text
from workbench.gui.widgets.panel import Panel

ROW = 26
LISTED = 2_000
"""Rows that are listed, at most."""


class AnswersView(Panel):
    """A heading, the answers below it, and a button that looks at the chosen one."""

    inspect_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._empty = "", ""
        self.model = AnswersTable(self)
        self.table = QTableView(self)
        self.empty = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.empty.setObjectName("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.look = QPushButton(self)
        self.look.setObjectName("link")
        self.controls.addWidget(self.look)
        self._set_up_table()
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table, 1)
        self.look.clicked.connect(self._look)
        self.react()

    def show_answers(self, heading: str, answers: Answers | None, places: NDArray[np.int64], empty: str) -> None:
        """List the answers at these places; where there are none, say why."""
        self._heading, self._empty = heading, empty
        self.model.set_answers(answers, places[:LISTED])
        for number, name in enumerate(COLUMNS):
            self.table.setColumnHidden(number, not self.model.holds(name))
        there = self.model.rowCount() > 0
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        self.empty.setText(empty)
        facts = rows_text(len(places)) if there else ""
        if len(places) > LISTED:
            facts = self.tr("the first {0} of {1} rows").format(f"{LISTED:,}", f"{len(places):,}")
        self.entitle(heading, facts)
        self._allow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look()
            return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        self.model.set_titles((
            self.tr("Row"), self.tr("Text"), self.tr("Target"), self.tr("Prediction"), self.tr("Confidence"), self.tr("Baseline")
        ))  # fmt: skip
        self.look.setText(self.tr("Inspect"))
        self.look.setToolTip(self.tr("Look into the model with the text of the chosen row: Enter or a double click does it, too"))
        self.table.setAccessibleName(self.tr("Answers: Enter looks into the model with the text of a row"))

    def _set_up_table(self) -> None:
        table, across = self.table, self.table.horizontalHeader()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        for number, name in enumerate(COLUMNS):
            mode = QHeaderView.ResizeMode.Stretch if name == "text" else QHeaderView.ResizeMode.Interactive
            across.setSectionResizeMode(number, mode)
            table.setColumnWidth(number, {"row": 64, "confidence": 92}.get(name, 120))
        table.setMinimumHeight(4 * ROW)
        table.installEventFilter(self)
        table.doubleClicked.connect(lambda _: self._look())
        table.selectionModel().currentChanged.connect(lambda now, before: self._allow())

    def _allow(self) -> None:
        self.look.setEnabled(self._chosen().isValid())

    def _chosen(self) -> QModelIndex:
        return self.table.currentIndex()

    def _look(self) -> None:
        if self._chosen().isValid():
            self.inspect_wanted.emit(self.model.text_at(self._chosen().row()))
