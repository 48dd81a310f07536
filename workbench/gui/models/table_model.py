"""The rows of a table for a view, a page at a time: of a million rows only those that were looked at are here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QModelRoleData,
    QModelRoleDataSpan,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont

from workbench.contracts.tables import UsedRows

PAGE = 200
"""Rows that are fetched at once."""
PAGES = 200
"""Pages that are kept."""
CELL = 300
"""Characters of a cell that are drawn at most."""
TIP = 2_000
"""Characters of a cell that its tool tip holds at most."""

Index = QModelIndex | QPersistentModelIndex
Rows = Sequence[tuple[str, ...]]
_Role = Qt.ItemDataRole


class TableModel(QAbstractTableModel):
    """Text cells. Pages that are not here are asked for, one at a time, the one looked at last first."""

    page_wanted = Signal(int, int)
    """Offset and number of rows; `take_page` or `lose_page` is the answer."""
    rows_wanted = Signal(int, object)
    """Where only some rows are shown: offset among these, and a tuple of the rows; the answers are the same."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._titles: tuple[str, ...] = ()
        self._roles: tuple[str, ...] = ()
        self._rows = self._all = 0
        self._only: Sequence[int] | None = None
        self._pages: OrderedDict[int, Rows] = OrderedDict()
        self._used: dict[int, UsedRows] = {}
        self._as_used = True
        self._wanted: list[int] = []
        self._asked: int | None = None
        self._accent, self._muted, self._soft = QColor(), QColor(), QColor()
        self._struck = QFont()
        self._struck.setStrikeOut(True)
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_table(self, columns: Sequence[str], head: Rows) -> None:
        """Start with the first rows of a table."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._titles, self._roles = self._columns, ("",) * len(self._columns)
        self._rows, self._only = len(head), None
        self._all = self._rows
        self._pages = OrderedDict([(0, head)] if head else [])
        self._used = {}
        self._wanted, self._asked = [], None
        self.endResetModel()

    def show_only(self, rows: Sequence[int] | None) -> None:
        """Show these rows of the table alone, in this order, counted from 0; None shows all of it again."""
        if rows is None and self._only is None:
            return
        self.beginResetModel()
        self._only = rows
        self._rows = self._all if rows is None else len(rows)
        self._forget()
        self.endResetModel()

    def read_again(self) -> None:
        """The rows stay, and what mends make of them is another: each page is asked for when it is looked at."""
        self._forget()
        self._redraw()

    def show_used(self, as_used: bool) -> None:
        """Whether cells that mends change are shown as they are used, or as in the file; they are marked either way."""
        if as_used != self._as_used:
            self._as_used = as_used
            self._redraw()

    def _forget(self) -> None:
        self._pages, self._used = OrderedDict(), {}
        self._wanted, self._asked = [], None

    def _redraw(self) -> None:
        if self._rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self._columns) - 1))

    @property
    def only(self) -> Sequence[int] | None:
        """The rows that alone are shown; None where all are."""
        return self._only

    def grow(self, rows: int) -> None:
        """The table has so many rows in all; the head that is here stays."""
        self._all = rows
        if rows == self._rows or self._only is not None:
            return
        if rows > self._rows:
            if len(self._pages.get(0, ())) < min(PAGE, rows):
                self._pages.pop(0, None)
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()
            return
        self.beginRemoveRows(QModelIndex(), rows, self._rows - 1)
        self._rows = rows
        self.endRemoveRows()

    def name_roles(self, titles: Mapping[str, str]) -> None:
        """What columns are for, in words: ``{"review": "text"}``; they are marked."""
        self._roles = tuple(titles.get(column, "") for column in self._columns)
        self._titles = tuple(
            f"{column} · {role}" if role else column for column, role in zip(self._columns, self._roles, strict=True)
        )
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def recolour(self, accent: str, muted: str, soft: str) -> None:
        """Colours of the marked columns' names, of cells on their way or not used, and behind cells that mends change."""
        self._accent, self._muted, self._soft = QColor(accent), QColor(muted), QColor(soft)
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def take_page(self, offset: int, rows: Rows, used: UsedRows | None = None) -> None:
        """Rows that were asked for, and what mends make of them."""
        if self._asked is None or offset != self._asked * PAGE:
            return
        self._pages[self._asked] = rows
        self._pages.move_to_end(self._asked)
        if used is not None:
            self._used[self._asked] = used
        while len(self._pages) > PAGES:
            self._used.pop(self._pages.popitem(last=False)[0], None)
        self._asked = None
        if self._columns and rows:
            last = min(offset + len(rows), self._rows) - 1
            self.dataChanged.emit(self.index(offset, 0), self.index(last, len(self._columns) - 1))
        self._ask()

    def lose_page(self) -> None:
        """The page that was asked for will not come; it is asked for again when it is looked at again."""
        self._asked = None
        self._wanted.clear()

    @property
    def kept(self) -> int:
        """Pages that are here."""
        return len(self._pages)

    # -- Qt -------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A cell; an ellipsis in the muted colour while its page is on its way."""
        cell = self.cell(index.row(), index.column())
        if cell is None:
            return "…" if role == _Role.DisplayRole else self._muted if role == _Role.ForegroundRole else None
        used, left_out = self._use(index.row(), index.column())
        if role == _Role.DisplayRole:
            return _one_line(cell if used is None or not self._as_used else used)
        if role == _Role.ToolTipRole:
            return self._tip(cell, used, left_out)
        if role == _Role.BackgroundRole and used is not None:
            return self._soft
        if left_out and role in (_Role.ForegroundRole, _Role.FontRole):
            return self._muted if role == _Role.ForegroundRole else self._struck
        return None

    def _use(self, row: int, column: int) -> tuple[str | None, bool]:
        """A cell as mends leave it, where they change it; and whether its row is left out."""
        number, place = divmod(row, PAGE)
        used = self._used.get(number)
        return (None, False) if used is None else (used.cells.get((place, column)), place in used.left_out)

    def _tip(self, cell: str, used: str | None, left_out: bool) -> str:
        """The whole cell, and the other form of one that mends change."""
        if left_out:
            return self.tr("This row is not used: {0}").format(_shortened(cell))
        if used is None:
            return _shortened(cell)
        return self.tr("as used: {0}\nin the file: {1}").format(_shortened(used), _shortened(cell))

    def multiData(self, index: Index, roles: QModelRoleDataSpan | QModelRoleData) -> None:
        """All that is drawn of a cell at once: a call into Python may have to wait for a thread that works."""
        span: Any = roles  # Any: it can be indexed, which its stub does not know
        for place in range(len(span)):
            each = span[place]
            value = self.data(index, each.role())
            if value is None:
                each.clearData()
            else:
                each.setData(value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            row = section if self._only is None or not 0 <= section < self._rows else self._only[section]
            return f"{row + 1:,}" if role == _Role.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._titles[section]
        if role == _Role.ForegroundRole and self._roles[section]:
            return self._accent
        if role == _Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def cell(self, row: int, column: int) -> str | None:
        """The whole cell, or None while its page is on its way."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        if number != next(reversed(self._pages)):
            self._pages.move_to_end(number)
        return page[place][column] if place < len(page) else ""

    def _want(self, number: int) -> None:
        if number == self._asked or (self._wanted and self._wanted[-1] == number):
            return
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted = [*self._wanted[-2:], number]  # whoever scrolls on does not wait for what was passed
        if self._asked is None and not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        while self._asked is None and self._wanted:
            number = self._wanted.pop()
            if number not in self._pages and number * PAGE < self._rows:
                self._asked = number
                start = number * PAGE
                if self._only is None:
                    self.page_wanted.emit(start, PAGE)
                else:
                    self.rows_wanted.emit(start, tuple(self._only[start : start + PAGE]))


def _shortened(cell: str) -> str:
    """A cell as a tool tip holds it."""
    return cell if len(cell) <= TIP else cell[:TIP] + "…"


def _one_line(cell: str) -> str:
    """A cell as it fits a row: short, on one line, never taken for markup (a view draws plain text)."""
    short = cell if len(cell) <= CELL else cell[:CELL] + "…"
    return short.replace("\r", "").replace("\n", " ⏎ ") if "\n" in short or "\r" in short else short
