"""Answers as rows of a table: what was read, what was wanted, what came."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.contracts.evaluations import Answers

COLUMNS = ("row", "text", "target", "prediction", "confidence", "baseline")
SHOWN = 300
"""Characters of a cell that are drawn; the tool tip has more."""
TIP = 2_000
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class AnswersTable(QAbstractTableModel):
    """Some of the answers, in a given order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: Answers | None = None
        self._places: NDArray[np.int64] = np.zeros(0, np.int64)
        self._titles: Sequence[str] = ("",) * len(COLUMNS)

    def set_answers(self, answers: Answers | None, places: NDArray[np.int64]) -> None:
        """Show the answers at these places."""
        self.beginResetModel()
        self._answers, self._places = answers, places if answers is not None else np.zeros(0, np.int64)
        self.endResetModel()

    def set_titles(self, titles: Sequence[str]) -> None:
        """The columns' names, as many as `COLUMNS`."""
        self._titles = titles
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def text_at(self, row: int) -> str:
        """What was read."""
        assert self._answers is not None
        text: str = self._answers.texts[int(self._places[row])]
        return text

    def holds(self, column: str) -> bool:
        """Whether there is anything in a column."""
        answers = self._answers
        if answers is None:
            return False
        return answers.baseline is not None if column == "baseline" else (
            column != "confidence" or bool(np.isfinite(answers.confidence).any())
        )  # fmt: skip

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(COLUMNS[section])
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(name)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._cell(int(self._places[index.row()]), name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(text[:TIP])}</p>"  # what looks like markup is data
        return " ".join(text[:SHOWN].split())

    def _cell(self, place: int, name: str) -> str:
        answers = self._answers
        assert answers is not None
        match name:
            case "row":
                return f"{int(answers.rows[place]) + 1:,}"
            case "text":
                return answers.texts[place]
            case "target":
                return answers.targets[place]
            case "prediction":
                return answers.predictions[place] or "–"
            case "confidence":
                sure = float(answers.confidence[place])
                return "" if math.isnan(sure) else f"{100 * sure:.1f} %"
        return "" if answers.baseline is None else answers.baseline[place]


def _side(column: str) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in ("row", "confidence") else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
