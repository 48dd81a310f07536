"""A table of how well each class is recognised, sortable by any column."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

COLUMNS = ("name", "precision", "recall", "f1", "support")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ClassScores(QAbstractTableModel):
    """Name, precision, recall, F1 and rows of each class. What a cell shows is text; what it sorts by is the number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, float, float, float, int]] = []

    def set_scores(self, per_class: Mapping[str, Mapping[str, Any]]) -> None:
        """Show ``{"class": {"precision", "recall", "f1", "support"}}``."""
        self.beginResetModel()
        self._rows = [
            (
                str(name), float(scores.get("precision", 0.0)), float(scores.get("recall", 0.0)), float(scores.get("f1", 0.0)),
                int(scores.get("support", 0)),
            )
            for name, scores in per_class.items()
        ]  # fmt: skip
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            if isinstance(value, str):
                return value
            return f"{value:,}" if isinstance(value, int) else self.tr("{0} %").format(f"{100 * value:.1f}")
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(value, str):
            return f"<p>{html.escape(value)}</p>"  # a class may be called like markup
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Class"), self.tr("Precision"), self.tr("Recall"), self.tr("F1"), self.tr("Rows"))[section]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(COLUMNS):
            return
        self.layoutAboutToBeChanged.emit()
        self._rows.sort(key=lambda row: row[column], reverse=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()
