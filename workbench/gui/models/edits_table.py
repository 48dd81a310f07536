"""The edits of a run as rows of a view: at which step, what, from what to what, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.contracts.specs import Experiment
from workbench.gui.models.run_edits import Entry, Fate

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
COLUMNS = ("step", "what", "change", "fate")
FATE = int(_Role.UserRole) + 1
"""What became of the row's edit, for its colour."""


class Words(Protocol):
    """How an edit is written, in the language of the window."""

    def title(self, column: str) -> str: ...

    def cell(self, entry: Entry, column: str, experiment: Experiment | None) -> str: ...

    def line(self, entry: Entry, experiment: Experiment | None) -> str: ...


class EditsTable(QAbstractTableModel):
    """The newest stands first."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._experiment: Experiment | None = None
        self.entries: tuple[Entry, ...] = ()

    def set_entries(self, entries: Sequence[Entry], experiment: Experiment | None) -> bool:
        """Show these, given in order; whether they are others than before."""
        wanted = tuple(reversed(entries))
        if (wanted, experiment) == (self.entries, self._experiment):
            return False
        self.beginResetModel()
        self.entries, self._experiment = wanted, experiment
        self.endResetModel()
        return True

    def say_again(self) -> None:
        """The language changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self.entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, len(COLUMNS) - 1))

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        entry, column = self.entries[index.row()], COLUMNS[index.column()]
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return self._words.cell(entry, column, self._experiment)
        if role == _Role.ToolTipRole:
            return self._words.line(entry, self._experiment)
        if role == _Role.TextAlignmentRole and column == "step":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return (entry.fate is not Fate.MADE) if role == FATE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical or role != _Role.DisplayRole:
            return None
        return self._words.title(COLUMNS[section])
