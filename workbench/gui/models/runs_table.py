"""Runs as rows of a view: sorted, searched, the best of each task marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from workbench.contracts.history import RunRow

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
COLUMNS = ("name", "state", "task", "data", "model", "score", "baseline", "seconds", "steps", "made", "size")
NUMBERS = frozenset({"score", "baseline", "seconds", "steps", "size"})
STATE = int(_Role.UserRole) + 1
"""The state of the row's run, for its colour."""


class Words(Protocol):
    """How a run is written, in the language of the window."""

    def title(self, column: str) -> str: ...

    def text(self, row: RunRow, column: str, size: int | None) -> str: ...

    def key(self, row: RunRow, column: str, size: int | None) -> float | str | None:
        """What a column is sorted by; None stands last."""

    def tip(self, row: RunRow) -> str: ...

    def best_of(self, rows: Sequence[RunRow]) -> frozenset[Path]:
        """The best run on each task and table."""


class RunsTable(QAbstractTableModel):
    """All runs, of which those that a person looks for are shown, in the order a person wants."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._all: tuple[RunRow, ...] = ()
        self._shown: list[RunRow] = []
        self._best: frozenset[Path] = frozenset()
        self._sizes: dict[Path, int] = {}
        self._search: tuple[str, ...] = ()
        self._by, self._order = COLUMNS.index("made"), Qt.SortOrder.DescendingOrder
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def runs(self) -> tuple[RunRow, ...]:
        """All runs, also those that are not looked for."""
        return self._all

    @property
    def shown(self) -> tuple[RunRow, ...]:
        """The runs in the rows of the view."""
        return tuple(self._shown)

    @property
    def best(self) -> frozenset[Path]:
        """The runs that are marked."""
        return self._best

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs; where only what they say changes, the view keeps its place."""
        if tuple(rows) != self._all:
            self._all, self._best = tuple(rows), self._words.best_of(rows)
            self._arrange()

    def set_sizes(self, sizes: Mapping[Path, int]) -> None:
        """Bytes on disk, which take a while to count."""
        self._sizes |= sizes
        self._arrange()

    def unmeasured(self) -> list[Path]:
        """Runs whose size is not known yet."""
        return [row.path for row in self._all if row.path not in self._sizes]

    def look_for(self, text: str) -> None:
        """Show the runs that have all these words somewhere in their row."""
        self._search = tuple(text.casefold().split())
        self._arrange()

    def say_again(self) -> None:
        """The language changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._arrange()

    def row_of(self, path: Path) -> int | None:
        """Where a run stands; None where it is not shown."""
        return next((place for place, row in enumerate(self._shown) if row.path == path), None)

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        row, column = self._shown[index.row()], COLUMNS[index.column()]
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            text = self._words.text(row, column, self._sizes.get(row.path))
            return f"★ {text}" if column == "score" and row.path in self._best else text
        if role == _Role.ToolTipRole:
            return self._words.tip(row)
        if role == _Role.TextAlignmentRole and column in NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _Role.FontRole and column == "score" and row.path in self._best:
            return self._bold
        return row.state if role == STATE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == _Role.TextAlignmentRole:
            right = COLUMNS[section] in NUMBERS
            return int((Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)
        return self._words.title(COLUMNS[section]) if role == _Role.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by, self._order = column, order
        self._arrange()

    def _arrange(self) -> None:
        """Choose and order the rows anew; the view is told no more than it must be."""
        column = COLUMNS[self._by]
        rows = [row for row in self._all if self._is_wanted(row)]
        keyed = [(self._words.key(row, column, self._sizes.get(row.path)), row) for row in rows]
        down = self._order == Qt.SortOrder.DescendingOrder
        numbers = sorted(((key, row) for key, row in keyed if isinstance(key, float)), key=itemgetter(0), reverse=down)
        texts = sorted(((key, row) for key, row in keyed if isinstance(key, str)), key=itemgetter(0), reverse=down)
        rows = [row for _, row in numbers] + [row for _, row in texts] + [row for key, row in keyed if key is None]
        same = [row.path for row in rows] == [row.path for row in self._shown]
        if not same:
            self.beginResetModel()
        self._shown = rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def _is_wanted(self, row: RunRow) -> bool:
        if not self._search:
            return True
        said = " ".join(self._words.text(row, column, None) for column in COLUMNS[:6]) + " " + row.path.name
        return all(word in said.casefold() for word in self._search)
