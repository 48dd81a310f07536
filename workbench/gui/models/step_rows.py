"""The rows of a step as a table, the largest loss first."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.contracts.steps import StepRow

COLUMNS = ("row", "loss", "share", "target", "text")
NUMBERS = ("row", "loss", "share")
SHOWN = 300
"""Characters of a cell that are drawn; the tool tip has more."""
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class StepRows(QAbstractTableModel):
    """Ordered by what a person chose; `place_of` leads back to the order in which the step read them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StepRow, ...] = ()
        self._order: list[int] = []
        self._titles: Sequence[str] = ("",) * len(COLUMNS)
        self._sorted = COLUMNS.index("loss"), Qt.SortOrder.DescendingOrder

    def set_rows(self, rows: Sequence[StepRow]) -> None:
        """Show the rows of another step."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._arrange()
        self.endResetModel()

    def set_titles(self, titles: Sequence[str]) -> None:
        """The columns' names, as many as `COLUMNS`."""
        self._titles = titles
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def place_of(self, line: int) -> int:
        """The place among the step's rows of a line of the table."""
        return self._order[line]

    def line_of(self, place: int) -> int:
        """The line of a place among the step's rows."""
        return self._order.index(place)

    def row_at(self, line: int) -> StepRow:
        """The row in a line."""
        return self._rows[self._order[line]]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = column, order
        self.layoutAboutToBeChanged.emit()
        self._arrange()
        self.layoutChanged.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:  # a number's title leaves room for the sign that tells the order
            centre = Qt.AlignmentFlag.AlignCenter
            return int(centre) if COLUMNS[section] in NUMBERS else _side(COLUMNS[section])
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(name)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self.cell(index.row(), name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(text)}</p>"  # what looks like markup is data
        return " ".join(text[:SHOWN].split())

    def cell(self, line: int, name: str) -> str:
        """What stands in a cell."""
        row = self.row_at(line)
        match name:
            case "row":
                return f"{row.row + 1:,}"
            case "loss":
                return f"{row.loss:.4f}" if row.loss < 1e4 else f"{row.loss:.4g}"
            case "share":
                return f"{row.share:.1%}"
        return row.target if name == "target" else row.text

    def _arrange(self) -> None:
        column, order = self._sorted
        name, down = COLUMNS[column], order == Qt.SortOrder.DescendingOrder
        self._order = sorted(range(len(self._rows)), key=lambda place: getattr(self._rows[place], name), reverse=down)


def _side(column: str) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
