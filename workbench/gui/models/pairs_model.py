"""Heads of two sides that belong together, as rows of a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.contracts.comparing import HeadPair, Place

COLUMNS = ("one", "other", "similarity", "runner_up", "runner_up_similarity")
SORTED_BY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class PairsModel(QAbstractTableModel):
    """A row for each head of A."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pairs: tuple[HeadPair, ...] = ()
        self._titles: tuple[str, ...] = ("",) * len(COLUMNS)
        self._shared = "{0}"

    def set_words(self, titles: Sequence[str], shared: str) -> None:
        """The columns' titles, and how a partner is written that another head has already: with ``{0}`` for its name."""
        self.beginResetModel()
        self._titles, self._shared = tuple(titles), shared
        self.endResetModel()

    def set_pairs(self, pairs: tuple[HeadPair, ...]) -> None:
        """Show these; nothing is done where they are shown already."""
        if pairs != self._pairs:
            self.beginResetModel()
            self._pairs = pairs
            self.endResetModel()

    def head_of(self, row: int) -> Place:
        """Layer and head of A."""
        return self._pairs[row].one

    def row_of(self, place: Place) -> int | None:
        """Where a head of A stands."""
        return next((row for row, pair in enumerate(self._pairs) if pair.one == place), None)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._pairs)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: as Qt asks
        name = COLUMNS[index.column()]
        pair = self._pairs[index.row()]
        value = getattr(pair, name)
        number = isinstance(value, float)
        if role == SORTED_BY:
            if number:
                return -1.0 if math.isnan(value) else value
            return float("inf") if value is None else 1_000_000.0 * value[0] + value[1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if number:
            return "" if math.isnan(value) else f"{value:.3f}"
        text = name_of(value)
        return self._shared.format(text) if name == "other" and pair.shared else text


def name_of(place: Place | None) -> str:
    """A head as walls name it: layer and head, counted from 1."""
    return "" if place is None else f"{place[0] + 1}·{place[1] + 1}"
