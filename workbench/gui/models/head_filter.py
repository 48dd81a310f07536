"""The heads a person wants to see, in the order a person wants: rows are chosen and ordered as arrays, all at once.

Qt's own proxy calls Python for every comparison, which held the window for a tenth of a second at a thousand heads.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractProxyModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.gui.models.head_table_model import HeadTableModel

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class HeadFilter(QAbstractProxyModel):
    """Rows of a `HeadTableModel`; what was not measured stands last whichever way it is sorted."""

    def __init__(self, model: HeadTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: tuple[str, ...] = ()
        self._kind: str | None = None
        self._named = False
        self._by: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._rows: NDArray[np.intp] = np.zeros(0, np.intp)
        self._places: NDArray[np.intp] = np.zeros(0, np.intp)
        self.setSourceModel(model)
        self._arrange()
        model.modelAboutToBeReset.connect(self.beginResetModel)
        model.modelReset.connect(self._take_reset)
        model.dataChanged.connect(self._take_numbers)
        model.headerDataChanged.connect(self.headerDataChanged)

    def look_for(self, text: str, kind: str | None, named: bool) -> None:
        """Keep heads with all these words in kind, head or name; of one kind; only those that have a name."""
        wanted = (tuple(text.casefold().split()), kind, named)
        if wanted != (self._words, self._kind, self._named):
            self._words, self._kind, self._named = wanted
            self.beginResetModel()
            self._arrange()
            self.endResetModel()

    def _arrange(self) -> None:
        """Which rows are shown, in order, and where each row of the source is; -1 where it is not."""
        rows = np.flatnonzero(self._model.kept(self._words, self._kind, self._named))
        column, order = self._by
        if 0 <= column < len(self._model.columns):
            keys = self._model.sort_keys(column)[rows]
            known = ~np.isnan(keys)
            sign = 1 if order == Qt.SortOrder.AscendingOrder else -1
            first = rows[known][np.argsort(sign * keys[known], kind="stable")]
            rows = np.concatenate([first, rows[~known]])
        self._rows = rows
        self._places = np.full(self._model.rowCount(), -1, np.intp)
        self._places[rows] = np.arange(len(rows))

    def _take_reset(self) -> None:
        self._arrange()
        self.endResetModel()

    def _take_numbers(self) -> None:
        """Other numbers or words: the same rows may stand in another order, and others may be kept."""
        if np.array_equal(self._model.kept(self._words, self._kind, self._named), self._places >= 0):
            self._rearrange()
        else:
            self.beginResetModel()
            self._arrange()
            self.endResetModel()
        if len(self._rows):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def _rearrange(self) -> None:
        """The same rows in another order: what is chosen stays chosen."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        at = [(int(self._rows[index.row()]), index.column()) for index in before]
        self._arrange()
        self.changePersistentIndexList(before, [self.index(int(self._places[row]), column) for row, column in at])
        self.layoutChanged.emit()

    # -- Qt ---------------------------------------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by = (column, order)
        self._rearrange()

    def sortOrder(self) -> Qt.SortOrder:  # as Qt's own proxy calls it
        """Which way it is sorted."""
        return self._by[1]

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        inside = not parent.isValid() and 0 <= row < len(self._rows) and 0 <= column < self.columnCount()
        return self.createIndex(row, column) if inside else QModelIndex()

    def parent(self, child: Index = ROOT) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        return QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._model.columns)

    def mapToSource(self, proxyIndex: Index) -> QModelIndex:  # Qt's name
        if not proxyIndex.isValid() or proxyIndex.row() >= len(self._rows):
            return QModelIndex()
        return self._model.index(int(self._rows[proxyIndex.row()]), proxyIndex.column())

    def mapFromSource(self, sourceIndex: Index) -> QModelIndex:
        if not sourceIndex.isValid() or sourceIndex.row() >= len(self._places):
            return QModelIndex()
        return self.index(int(self._places[sourceIndex.row()]), sourceIndex.column())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._model.headerData(section, orientation, role)
