"""The preview of a table, with what is wrong with it above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QLabel, QPushButton, QTableView, QWidget

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.tables import TableFacts, WholeFacts
from workbench.gui.models.table_model import TableModel
from workbench.gui.theme import theme_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.guesses import Evidence
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.row_numbers import RowNumbers
from workbench.gui.widgets.trouble_box import TroubleBox
from workbench.gui.words import said

NARROWEST, WIDEST = 90, 420
"""Pixels of a column before a person changes it."""
ROW_NUMBERS = 110
"""Pixels that row numbers, margins and the scroll bar may take."""
CLOSE = 1.6
"""How many times the room columns may ask for and still be made to fit."""
SIZED = 200
"""Columns whose width is chosen by what is in them."""


class RoleHeader(QHeaderView):
    """Names of columns; those with a role stand in the accent colour, which a style sheet alone cannot say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        super().paintSection(painter, rect, logicalIndex)
        accent = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.ForegroundRole)
        if not isinstance(accent, QColor):
            return
        theme = theme_of(self)
        inside = rect.adjusted(0, 0, -1, -1)
        painter.fillRect(inside, QColor(theme.soft))
        painter.setPen(accent)
        name = str(self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.DisplayRole))
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, rect.width() - 16)
        painter.drawText(inside.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class TablePanel(Panel):
    """Rows of a table, however many; the columns with a role stand out. Chosen rows can be shown alone, which a bar then says."""

    all_shown = Signal()
    """Nothing is left out any more, be it because the person wants all rows back or because the table is another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TableModel(self)
        self.trouble = TroubleBox(self)
        self.view = QTableView(self)
        self.view.setHorizontalHeader(RoleHeader(self.view))
        self.view.setVerticalHeader(RowNumbers(self.view))
        self._only = QFrame(self)
        self._only.setObjectName("warning")
        self.only_note, self.all_button = Evidence(self._only), QPushButton(self._only)
        self.all_button.setObjectName("link")
        self.all_button.clicked.connect(self.show_all)
        only = QHBoxLayout(self._only)
        only.setContentsMargins(0, 0, 0, 0)
        only.addWidget(self.only_note, 1)
        only.addWidget(self.all_button)
        self._only.hide()
        self.use = CalmCombo(self)
        self.use.addItems(["", ""])
        self.use.currentIndexChanged.connect(lambda place: self.model.show_used(place == 0))
        self.use.hide()
        self.controls.addWidget(self.use)
        self._was_at = 0
        self._nothing = QLabel(self)
        self._nothing.setObjectName("muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._table: TableFacts | None = None
        self._whole: WholeFacts | None = None
        self._set_up_view()
        self.body.addWidget(self.trouble)
        self.body.addWidget(self._only)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._nothing, 1)
        self.react()

    def _set_up_view(self) -> None:
        view, columns = self.view, self.view.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.setMinimumSectionSize(48)
        view.setModel(self.model)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)

    def show_table(self, table: TableFacts | None) -> None:
        """Start with the first rows; None shows no table."""
        self._table, self._whole = table, None
        self.model.show_table(table.columns if table else (), table.head if table else ())
        if table is not None:
            self._size_columns(table)
            self.view.scrollToTop()
        self._lift()
        self.retranslate()

    def show_only(self, rows: Sequence[int], told: str, column: str | None = None) -> None:
        """Show these rows alone under a sentence that says so, and begin in a column."""
        if self.model.only is None:
            self._was_at = max(0, self.view.rowAt(0))
        self.model.show_only(rows)
        self.view.scrollToTop()
        self.only_note.say(told)
        self._only.show()
        if column is not None:
            self.show_column(column)

    def show_column(self, name: str) -> None:
        """Go to a column, in the row that is looked at."""
        if self._table is not None and name in self._table.columns:
            row = max(0, self.view.rowAt(0))
            self.view.setCurrentIndex(self.model.index(row, self._table.columns.index(name)))

    @Slot()
    def show_all(self) -> None:
        """Show all rows again, where one was before."""
        self.model.show_only(None)
        self.view.updateGeometries()  # else the scroll bar still ends where the few rows did
        place = self.model.index(self._was_at, max(0, self.view.columnAt(0)))
        self.view.scrollTo(place, QAbstractItemView.ScrollHint.PositionAtTop)
        self._lift()

    def _lift(self) -> None:
        if not self._only.isHidden():
            held = self.all_button.hasFocus()
            self._only.hide()
            if held:
                self.view.setFocus()
        self.all_shown.emit()

    def show_whole(self, whole: WholeFacts | None, trouble: WorkbenchError | None) -> None:
        """All rows are known, and what their columns are for; or what is wrong."""
        self._whole = whole if self._table is not None else None
        if self._whole is not None:
            self.model.grow(self._whole.row_count)
        self.trouble.show_trouble(trouble)
        self.retranslate()

    def show_mended(self, mended: bool) -> None:
        """What mends make of the rows is another, or nothing any more."""
        if mended or not self.use.isHidden():
            self.use.setVisible(mended)
            self.model.read_again()

    def retranslate(self) -> None:
        table, whole = self._table, self._whole
        self.view.setAccessibleName(self.tr("Preview of the table"))
        self.all_button.setText(self.tr("Show all"))
        self.use.setItemText(0, self.tr("As they are used"))
        self.use.setItemText(1, self.tr("As in the file"))
        self.use.setAccessibleName(self.tr("How mended rows are shown"))
        self.use.setToolTip(self.tr("Cells that mends change are coloured, rows that are left out are struck through."))
        self.all_button.setAccessibleName(self.tr("Show all rows"))
        notes = "; ".join(map(said, table.notes)) if table else ""
        self.entitle(self.tr("Table"), notes)
        self.view.setVisible(table is not None)
        self._nothing.setVisible(table is None)
        self._nothing.setText(
            self.tr("The rows appear here once the file can be read. Change a guess above, or open another table.")
        )
        roles = {
            "text": self.tr("text"), "pair": self.tr("second text"), "target": self.tr("target"),
            "start": self.tr("start of the answer"),
        }  # fmt: skip
        titles = {column.name: roles.get(column.role, "") for column in whole.columns} if whole else {}
        self.model.name_roles(titles)

    def recolour(self) -> None:
        theme = theme_of(self)
        self.model.recolour(theme.accent, theme.muted, theme.soft)

    def _size_columns(self, table: TableFacts) -> None:
        """As wide as the first cells ask for, within bounds; the widest also takes what the others leave."""
        metrics = self.view.fontMetrics()
        asked = []
        for place, name in enumerate(table.columns[:SIZED]):
            cells = [name + " · target", *(row[place] for row in table.head[:30])]
            asked.append(max(metrics.horizontalAdvance(cell[:200]) for cell in cells) + 24)
        widths = [max(NARROWEST, min(WIDEST, width)) for width in asked]
        if widths:
            widest = max(range(len(asked)), key=asked.__getitem__)
            room = self.width() - ROW_NUMBERS
            left = room - sum(widths) + widths[widest]
            widths[widest] = max(widths[widest], min(asked[widest], left))
            if room < sum(widths) <= room * CLOSE:  # a little less of each is better than a scroll bar
                widths = [max(NARROWEST, width * room // sum(widths)) for width in widths]
        for place, width in enumerate(widths):
            self.view.setColumnWidth(place, width)
