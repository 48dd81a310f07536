"""The rows of a file that are not learned from, each with its line, its text and the reason."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from workbench.contracts.tables import LostRow
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_Flag = QItemSelectionModel.SelectionFlag
_LINE, _REASON, _TEXT = range(3)
_SHOWN = 300


class _Model(QAbstractTableModel):
    """Lost rows as they are: a hundred thousand of them are no more work than ten."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[LostRow] = ()

    def show(self, rows: Sequence[LostRow]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def places(self, lines: Container[int]) -> list[int]:
        """Where in the list the rows stand that begin on these lines."""
        return [place for place, row in enumerate(self._rows) if row.line is not None and row.line in lines]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        if role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        row = self._rows[index.row()]
        if index.column() == _LINE:
            return "—" if row.line is None else f"{row.line:,}"
        text = said(row.reason) if index.column() == _REASON else row.text
        return text if role == _Role.ToolTipRole else " ".join(text[:_SHOWN].split())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (self.tr("line"), self.tr("reason"), self.tr("text"))[section]
        if orientation == Qt.Orientation.Horizontal and role == _Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)


class RejectedRows(Reactive):
    """A list of lost rows, or one line that says there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self._note = QLabel(self)
        self._note.setObjectName("muted")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._list = QTableView(self)
        self._list.setModel(self._model)
        self._list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setShowGrid(False)
        self._list.setWordWrap(False)
        self._list.setTabKeyNavigation(False)
        self._list.verticalHeader().hide()
        self._list.verticalHeader().setDefaultSectionSize(24)
        header = self._list.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_LINE, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_LINE, 54)
        for column in (_REASON, _TEXT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFixedHeight(132)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._note)
        layout.addWidget(self._list)
        self._list.hide()
        self.react()

    def show_rows(self, rows: Sequence[LostRow], note: str) -> None:
        """Show lost rows under a sentence about them."""
        self._model.show(rows)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._list.setVisible(bool(rows))

    def holds(self, lines: Sequence[int]) -> bool:
        """Whether rows that begin on these lines of the file are listed."""
        return bool(self._model.places(frozenset(lines)))

    def show_lines(self, lines: Sequence[int]) -> None:
        """Bring the list into sight, and mark the rows that begin on these lines of the file."""
        places = self._model.places(frozenset(lines))
        if not places:
            return
        chosen = QItemSelection()
        for place in places:
            chosen.select(self._model.index(place, 0), self._model.index(place, 2))
        self._list.selectionModel().setCurrentIndex(self._model.index(places[0], 0), _Flag.NoUpdate)
        self._list.selectionModel().select(chosen, _Flag.ClearAndSelect)
        self._list.scrollTo(self._model.index(places[0], 0))
        self._list.setFocus()

    @property
    def note(self) -> str:
        """The sentence above the list."""
        return self._note.text()

    @property
    def count(self) -> int:
        """Rows in the list."""
        return self._model.rowCount()

    def retranslate(self) -> None:
        self._list.setAccessibleName(self.tr("Rows that are not learned from"))
        self._model.retranslate()
