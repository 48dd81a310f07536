"""How well each class is recognised, as a panel with a table that sorts by any column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.gui.models.class_scores import ClassScores
from workbench.gui.widgets.panel import Panel


class ClassTable(Panel):
    """Precision, recall, F1 and rows of each class or kind of entity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ClassScores(self)
        self.table = scores_table(self.model, self)
        self.body.addWidget(self.table, 1)
        self.react()

    def set_scores(self, per_class: Mapping[str, Mapping[str, Any]]) -> None:  # Any: numbers
        """Show ``{"class": {"precision", "recall", "f1", "support"}}``."""
        self.model.set_scores(per_class)
        self._tell()

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Scores by class"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self._tell()

    def _tell(self) -> None:
        self.entitle(self.tr("Scores by class"), self.tr("{0} classes").format(f"{self.model.rowCount():,}"))


def scores_table(model: ClassScores, parent: QWidget) -> QTableView:
    """A view of scores by class."""
    table = QTableView(parent)
    table.setModel(model)
    table.setSortingEnabled(True)
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(26)
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    head = table.horizontalHeader()
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.setMinimumHeight(140)
    return table
