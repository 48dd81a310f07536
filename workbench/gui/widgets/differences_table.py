"""The settings in which runs differ: one row a setting, one column a run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QWidget

from workbench.gui.models.compared_runs import ComparedRun, differing
from workbench.gui.models.setting_words import SettingWords
from workbench.gui.theme import theme_of
from workbench.gui.widgets.loss_chart import SCORE_COLOURS
from workbench.gui.widgets.panel import Panel


class DifferencesTable(Panel):
    """Says only what differs; runs that are the same in all say so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[ComparedRun, ...] = ()
        self._words = SettingWords(self)
        self.table = QTableWidget(self)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAlternatingRowColors(True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header.setDefaultSectionSize(110)
        self.table.verticalHeader().setDefaultSectionSize(26)
        self.nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setObjectName("muted")
        self.body.addWidget(self.nothing, 1)
        self.body.addWidget(self.table, 1)
        self.react()

    def show_runs(self, runs: Sequence[ComparedRun]) -> None:
        """Compare these."""
        self._runs = tuple(runs)
        self._fill()

    def retranslate(self) -> None:
        self.entitle(self.tr("Settings that differ"))
        self.table.setAccessibleName(self.tr("Settings that differ"))
        self._fill()

    def recolour(self) -> None:
        self._fill()

    def _fill(self) -> None:
        if not self._reacting:
            return
        found, theme = differing(self._runs), theme_of(self)
        self.table.setColumnCount(len(self._runs))
        self.table.setRowCount(len(found))
        for column, run in enumerate(self._runs):
            item = QTableWidgetItem(run.name)
            item.setForeground(QColor(getattr(theme, SCORE_COLOURS[column % len(SCORE_COLOURS)])))
            item.setToolTip(str(run.path))
            self.table.setHorizontalHeaderItem(column, item)
        for row, (field, values) in enumerate(found.items()):
            name = QTableWidgetItem(self._words.label(field))
            name.setToolTip(field)
            self.table.setVerticalHeaderItem(row, name)
            for column, value in enumerate(values):
                text = "–" if value is None else self._words.value(field, value)
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        one = self.tr("Choose several runs in the list (Ctrl + click) to compare them.")
        self.nothing.setText(one if len(self._runs) < 2 else self.tr("These runs have the same settings."))
