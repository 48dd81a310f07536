"""The logit lens as a table: layers down, positions across, and where the final answer first becomes the likeliest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.contracts.readings import LayerReadings
from workbench.gui.models.token_names import shown

READING = Qt.ItemDataRole.UserRole + 1
"""The role that gives a `Reading`."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the model would say at one position if it stopped after one layer."""

    row: int
    """0 is what enters the first layer, l what leaves layer l."""
    position: int
    """Counted from 0."""
    tokens: tuple[str, ...]
    """The likeliest ones, the likeliest first, as they can be read."""
    probabilities: tuple[float, ...]
    answer: str
    """What the model says in the end."""
    answer_probability: float
    """That answer's probability here."""
    settled: int
    """The first row in which that answer is the likeliest."""


def settled_rows(readings: LayerReadings) -> NDArray[np.int64]:
    """The first row in which the final answer is the likeliest, for each position: (position,)."""
    best = readings.ids[:, :, 0]
    return np.asarray((best == best[-1]).argmax(0), np.int64)


class ReadingsTable(QAbstractTableModel):
    """Rows are the input and the layers, columns are positions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.readings: LayerReadings | None = None
        self.settled: NDArray[np.int64] = np.zeros(0, np.int64)
        self._input, self._cell = "", "{0} {1}"

    def set_readings(self, readings: LayerReadings | None) -> None:
        """Show these; None shows nothing."""
        self.beginResetModel()
        drawn = readings is not None and readings.ids.size > 0
        self.readings = readings if drawn else None
        self.settled = settled_rows(readings) if readings is not None and drawn else np.zeros(0, np.int64)
        self.endResetModel()

    def set_words(self, first: str, cell: str) -> None:
        """How the first row is called, and a cell as it is read aloud: ``{0}`` is its token, ``{1}`` its probability."""
        self._input, self._cell = first, cell
        if self.readings is not None:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.readings is None or (parent is not None and parent.isValid()) else self.readings.ids.shape[0]

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if self.readings is None or (parent is not None and parent.isValid()) else self.readings.ids.shape[1]

    def reading(self, row: int, position: int) -> Reading:
        """All that is known of a cell."""
        readings = self.readings
        assert readings is not None
        ranks = range(readings.ids.shape[2])
        return Reading(
            row=row, position=position, tokens=tuple(self._name(row, position, rank) for rank in ranks),
            probabilities=tuple(float(value) for value in readings.probabilities[row, position]),
            answer=self._name(len(readings.ids) - 1, position, 0), answer_probability=float(readings.final[row, position]),
            settled=int(self.settled[position]),
        )  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        readings = self.readings
        if readings is None or not index.isValid():
            return None
        row, position = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(row, position, 0)
        if role == READING:
            return self.reading(row, position)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._cell.format(self._name(row, position, 0), f"{float(readings.probabilities[row, position, 0]):.0%}")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        readings = self.readings
        if readings is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section) if section else self._input
        return self.position_name(section)

    def position_name(self, position: int) -> str:
        """The token at a position as it can be read; its number where the tokens are not known."""
        names = self.readings.positions if self.readings is not None else ()
        return shown(names[position]) if position < len(names) else str(position + 1)

    def _name(self, row: int, position: int, rank: int) -> str:
        assert self.readings is not None
        names = self.readings.tokens
        return shown(names[row][position][rank]) if names else str(int(self.readings.ids[row, position, rank]))
