"""Tables of heads for a view: a row for each head of every kind, its numbers beside their baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.contracts.frames import KINDS
from workbench.contracts.head_tables import UNITS, HeadTable

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
SCORE = int(_Role.UserRole) + 1
"""A `Score` for its bars; None in columns of words."""
FIXED = ("kind", "head", "names")
"""Columns of words, before the numbers."""
UNBOUNDED = ("nats", "tokens", "norm", "ratio")
"""Units whose bars reach as far as the largest of the column; shares of weight and overlaps reach to 1."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """A number of a head beside what heads without a pattern have."""

    value: float
    uniform: float
    """What even attention under the same mask has; NaN where it has none."""
    shuffled: float
    """What the head's own weights have, dealt out at random; NaN where it has none."""
    band: float
    """Half of the interval around `shuffled` in which 95 % of random deals lie."""
    moved: float
    """What stays at the same places with the words in another order."""
    least: float
    """Where the bar begins and ends: zero, or the smallest of the column; 1, or the largest of the column."""
    most: float
    share: bool
    """Whether it is a share, which means more the larger it is; entropies and distances can be telling either way."""

    @property
    def chance(self) -> float:
        """What it stands beside: of a share the larger baseline, else even attention; NaN where there is none."""
        if self.share or np.isnan(self.uniform):
            return float(np.fmax(self.uniform, self.shuffled))
        return self.uniform

    @property
    def clear(self) -> bool:
        """Whether a share is beyond both baselines and the luck of the draw."""
        if not self.share or np.isnan(self.chance):
            return True
        beyond = np.fmax(self.uniform, self.shuffled + (self.band if np.isfinite(self.band) else 0.0))
        return bool(self.value > beyond)


@dataclass(frozen=True, kw_only=True)
class HeadWords:
    """What stands in headers and cells, in the language of the window; every mapping is by the contract's own names."""

    titles: Mapping[str, str]
    """Of columns, `FIXED` and `UNITS`."""
    explained: Mapping[str, str]
    """What a column measures, for its tool tip."""
    kinds: Mapping[str, str]
    names: Mapping[str, str]
    """What a head is called."""
    beside: str
    """``{0} (chance {1})``"""
    baselines: str
    """A score's tool tip: even attention {0}, random deals {1} ± {2}."""


class HeadTableModel(QAbstractTableModel):
    """Heads of all kinds, one under the other; layers and heads are counted from 1 on screen and from 0 here."""

    def __init__(self, words: HeadWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tables: dict[str, HeadTable] = {}
        self._rows: list[tuple[str, int, int]] = []
        self._columns: tuple[str, ...] = FIXED
        self._bounds: dict[tuple[str, str], tuple[float, float]] = {}
        self._sorted_by: dict[int, NDArray[np.float64]] = {}
        self._found_by: list[str] | None = None

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[str, ...]:
        """`FIXED`, then those of `UNITS` that any table has."""
        return self._columns

    @property
    def tables(self) -> dict[str, HeadTable]:
        return dict(self._tables)

    def set_tables(self, tables: Mapping[str, HeadTable]) -> None:
        """Show these tables, by kind. While rows and columns are the same, only numbers change and the view keeps its place."""
        ordered = {kind: tables[kind] for kind in KINDS if kind in tables}
        rows = [(kind, layer, head) for kind, table in ordered.items() for layer, head in np.ndindex(table.shape)]
        columns = FIXED + tuple(name for name in UNITS if any(name in table.values for table in ordered.values()))
        same = (rows, columns) == (self._rows, self._columns)
        if not same:
            self.beginResetModel()
        self._tables, self._rows, self._columns = ordered, rows, columns
        self._sorted_by.clear()
        self._found_by = None
        self._bounds = {(kind, name): _bounds(table, name) for kind, table in ordered.items() for name in table.values}
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))

    def set_words(self, words: HeadWords) -> None:
        """Say everything in another language."""
        self._words = words
        self._sorted_by.clear()
        self._found_by = None
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))

    def head_of(self, row: int) -> tuple[str, int, int]:
        """Kind, layer and head of a row."""
        return self._rows[row]

    def row_of(self, kind: str, layer: int, head: int) -> int | None:
        """The row of a head; None where the tables do not have it."""
        wanted = (kind, layer, head)
        return self._rows.index(wanted) if wanted in self._rows else None

    def names_of(self, row: int) -> tuple[str, ...]:
        """What a head is called, in the contract's words."""
        kind, layer, head = self._rows[row]
        names = self._tables[kind].names
        return names[layer][head] if names else ()

    def score(self, row: int, column: str) -> Score | None:
        """A number of a head with all that it is compared to; None where it was not measured."""
        kind, layer, head = self._rows[row]
        table = self._tables[kind]
        if column not in table.values or np.isnan(table.values[column][layer, head]):
            return None

        def of(part: str) -> float:
            columns = getattr(table, part)
            return float(columns[column][layer, head]) if column in columns else float("nan")

        least, most = self._bounds[kind, column]
        return Score(
            value=of("values"), uniform=of("uniform"), shuffled=of("shuffled"), band=of("band"), moved=of("moved"), least=least,
            most=most, share=UNITS[column] not in UNBOUNDED,
        )  # fmt: skip

    def sort_keys(self, column: int) -> NDArray[np.float64]:
        """What the rows of a column are sorted by, worked out once; NaN where there is nothing."""
        if column not in self._sorted_by:
            self._sorted_by[column] = self._sort_keys(self._columns[column])
        return self._sorted_by[column]

    def _sort_keys(self, name: str) -> NDArray[np.float64]:
        if name == "names":
            said = [" · ".join(self._said_names(row)) for row in range(len(self._rows))]
            ranks = {text: float(rank) for rank, text in enumerate(sorted({text for text in said if text}))}
            return np.array([ranks.get(text, np.nan) for text in said])
        if name in FIXED:
            place = np.array([KINDS.index(kind) for kind, _, _ in self._rows], np.float64)
            number = np.array([layer * 10_000 + head for _, layer, head in self._rows], np.float64)
            return place * 1e9 + number if name == "kind" else number * 10 + place
        nothing = {kind: np.full(table.shape, np.nan) for kind, table in self._tables.items()}
        return np.concatenate([np.ravel(table.values.get(name, nothing[kind])) for kind, table in self._tables.items()])

    def kept(self, words: Sequence[str], kind: str | None, named: bool) -> NDArray[np.bool_]:
        """Which rows have all these words (in lower case) in kind, head or name, are of a kind, and have a name.

        Args:
            words: Every one must be there.
            kind: None keeps all kinds.
            named: Whether heads without a name are left out.
        """
        if self._found_by is None:
            cells = [[str(self._word(row, name, _Role.DisplayRole)) for name in FIXED] for row in range(len(self._rows))]
            self._found_by = [" ".join(row).casefold() for row in cells]
        return np.array([
            kind in (None, self._rows[row][0]) and (not named or bool(self.names_of(row))) and all(word in text for word in words)
            for row, text in enumerate(self._found_by)
        ], np.bool_)  # fmt: skip

    # -- Qt ---------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        name = self._columns[index.column()]
        if name in FIXED:
            return self._word(index.row(), name, role)
        score = self.score(index.row(), name)
        if role == SCORE:
            return score
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return self._say(score)
        if role == _Role.ToolTipRole and score is not None and np.isfinite(score.chance):
            return self._words.baselines.format(*(digits(each) for each in (score.uniform, score.shuffled, score.band)))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return None
        name = self._columns[section]
        if role == _Role.DisplayRole:
            return self._words.titles.get(name, name)
        if role == _Role.ToolTipRole:
            return self._words.explained.get(name, "")
        if role == _Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _word(self, row: int, name: str, role: int) -> object:
        kind, layer, head = self._rows[row]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            said = {"kind": self._words.kinds.get(kind, kind), "head": f"{layer + 1}·{head + 1}"}
            return said.get(name) or " · ".join(self._said_names(row))
        return None

    def _said_names(self, row: int) -> list[str]:
        return [self._words.names.get(name, name) for name in self.names_of(row)]

    def _say(self, score: Score | None) -> str:
        if score is None:
            return "–"
        if not np.isfinite(score.chance):
            return digits(score.value)
        return self._words.beside.format(digits(score.value), digits(score.chance))


def digits(value: float) -> str:
    """A score in two digits after the point, more where it is small, fewer where it is large."""
    if not np.isfinite(value):
        return "–"
    size = abs(value)
    text = f"{size:.2f}" if 0.095 <= size < 100 or size == 0 else f"{size:.3f}" if 0.0005 <= size < 1 else f"{size:.3g}"
    return "−" + text if value < 0 else text


def _bounds(table: HeadTable, name: str) -> tuple[float, float]:
    """Where bars of a column begin and end."""
    parts: Sequence[object] = [part[name] for part in (table.values, table.uniform, table.shuffled) if name in part]
    numbers = np.concatenate([np.ravel(np.asarray(part, np.float64)) for part in parts])
    numbers = numbers[np.isfinite(numbers)]
    least, most = float(numbers.min(initial=0.0)), float(numbers.max(initial=0.0))
    return (least, most) if UNITS[name] in UNBOUNDED else (min(0.0, least), max(1.0, most))
