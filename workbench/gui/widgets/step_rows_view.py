"""The rows of a step, the largest loss first: Enter looks into the model with a row's text, Ctrl+C copies it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QPushButton, QTableView, QWidget

from workbench.contracts.steps import StepRow
from workbench.gui.models.step_rows import COLUMNS, StepRows
from workbench.gui.widgets.counts import rows_text
from workbench.gui.widgets.panel import Panel

ROW = 26
READ = 300
"""Letters of what the model read that are shown."""


class StepRowsView(Panel):
    """A table, and below it what the model read of the chosen row where that is not its text."""

    row_chosen = Signal(int)
    """The place of a row among the step's rows."""
    inspect_wanted = Signal(str)
    rows_wanted = Signal(object)
    """Rows of the table, counted from 0, to be shown on the Data page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = self._tabled = False
        self.model, self.table = StepRows(self), QTableView(self)
        self.read = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.read.setObjectName("facts")
        self.read.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy, self.in_table, self.inspect = (QPushButton(self) for _ in range(3))
        for button in (self.copy, self.in_table, self.inspect):
            button.setObjectName("link")
            self.controls.addWidget(button)
        self._set_up_table()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.read)
        self.copy.clicked.connect(self._copy)
        self.in_table.clicked.connect(self._find)
        self.inspect.clicked.connect(self._inspect)
        self.react()

    def show_rows(self, rows: tuple[StepRow, ...]) -> None:
        """Show the rows of another step; none is chosen."""
        self._filling = True
        self.model.set_rows(rows)
        self._filling = False
        self.table.setColumnHidden(COLUMNS.index("target"), not any(row.target for row in rows))
        self.entitle(self.tr("Rows of the step"), rows_text(len(rows)))
        self._tell()

    def choose(self, place: int) -> None:
        """Mark a row, without a signal."""
        self._filling = True
        self.table.selectRow(self.model.line_of(place))
        self._filling = False
        self._tell()

    def allow_table(self, there: bool) -> None:
        """Whether the Data page shows the table these rows are of."""
        self._tabled = there
        self._tell()

    @property
    def chosen(self) -> StepRow | None:
        """The chosen row."""
        line = self.table.currentIndex().row()
        return self.model.row_at(line) if 0 <= line < self.model.rowCount() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._inspect()
                return True
            if event.matches(QKeySequence.StandardKey.Copy):
                self._copy()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        self.model.set_titles((self.tr("Row"), self.tr("Loss"), self.tr("Share"), self.tr("Target"), self.tr("Text")))
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the chosen row: number, loss, target and text (Ctrl+C)"))
        self.in_table.setText(self.tr("In the table"))
        self.in_table.setToolTip(self.tr("Show the chosen row on the Data page, where that shows the table of this run"))
        self.inspect.setText(self.tr("Inspect"))
        self.inspect.setToolTip(
            self.tr("Look into the model with the text of the chosen row: Enter or a double click does it, too")
        )
        self.table.setAccessibleName(self.tr("Rows of the step: Enter looks into the model with the text of a row"))
        self.entitle(self.tr("Rows of the step"), self.facts.text())
        self._tell()

    def _set_up_table(self) -> None:
        table, across = self.table, self.table.horizontalHeader()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        across.setHighlightSections(False)
        across.setSortIndicator(COLUMNS.index("loss"), Qt.SortOrder.DescendingOrder)
        table.setSortingEnabled(True)
        for number, name in enumerate(COLUMNS):
            mode = QHeaderView.ResizeMode.Stretch if name == "text" else QHeaderView.ResizeMode.Interactive
            across.setSectionResizeMode(number, mode)
            table.setColumnWidth(number, {"row": 60, "loss": 88, "share": 68}.get(name, 84))
        table.setMinimumHeight(4 * ROW)
        table.installEventFilter(self)
        table.doubleClicked.connect(lambda _: self._inspect())
        table.selectionModel().currentRowChanged.connect(lambda now, before: self._take(now.row()))

    def _take(self, line: int) -> None:
        if not self._filling and 0 <= line < self.model.rowCount():
            self._tell()
            self.row_chosen.emit(self.model.place_of(line))

    def _tell(self) -> None:
        row = self.chosen
        for button in (self.copy, self.inspect):
            button.setEnabled(row is not None)
        self.in_table.setEnabled(row is not None and self._tabled)
        read = row.read if row is not None else ""
        read = read if len(read) <= READ else read[: READ - 1] + "…"
        self.read.setText(self.tr("Read as: {0}").format(read) if read else "")
        self.read.setVisible(bool(read))

    def _copy(self) -> None:
        row = self.chosen
        if row is not None:
            QGuiApplication.clipboard().setText("\t".join((f"{row.row + 1}", f"{row.loss:.6g}", row.target, row.text)))

    def _find(self) -> None:
        row = self.chosen
        if row is not None:
            self.rows_wanted.emit((row.row,))

    def _inspect(self) -> None:
        row = self.chosen
        if row is not None:
            self.inspect_wanted.emit(row.text)
