"""All heads as a table: what each one does, every score beside its chance level; sorted, filtered, one head chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workbench.contracts.frames import KINDS
from workbench.contracts.head_tables import HeadTable
from workbench.gui.models.head_filter import HeadFilter
from workbench.gui.models.head_table_model import FIXED, HeadTableModel
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.head_table_words import HeadTableWords
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.score_cells import ScoreCells

ROW = 38
NARROWEST, WIDEST = 64, 240


class HeadTableView(Reactive):
    """A row for each head. A click or an arrow key chooses one; a click on a column's name sorts by it."""

    head_chosen = Signal(str, int, int)
    """Kind, layer and head that a person chose, counted from 0."""
    csv_wanted = Signal(object)
    """The tables as a tuple of `HeadTable`; whoever hears it asks for a file name and writes off the window's thread."""
    stop_wanted = Signal()
    """A person has seen enough texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: tuple[str, int, int] | None = None
        self._choosing = False
        self._empty = ""
        self._progress: tuple[int, int] | None = None
        self._words = HeadTableWords(self)
        self.model = HeadTableModel(self._words.say(), self)
        self.rows = HeadFilter(self.model, self)
        self.view = QTableView(self)
        self._set_up_view()
        controls = self._build_controls()
        self._nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setObjectName("muted")
        self._sorted = 0
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(controls)
        whole.addWidget(self._stack, 1)
        whole.addLayout(self._build_progress())
        self.react()
        self._show_progress()

    def _build_controls(self) -> QHBoxLayout:
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.kind = CalmCombo(self)
        for kind in (None, *KINDS):
            self.kind.addItem("", kind)
        self.kind.currentIndexChanged.connect(self._filter)
        self.named = QPushButton(self)
        self.named.setCheckable(True)
        self.named.toggled.connect(self._filter)
        self.csv_button = QPushButton(self)
        self.csv_button.clicked.connect(self._ask_for_csv)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for widget in (self.kind, self.named, self.csv_button):
            row.addWidget(widget)
        return row

    def _build_progress(self) -> QHBoxLayout:
        self.facts = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.facts.setObjectName("facts")
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setMaximumWidth(240)
        self.stop_button = QPushButton(self)
        self.stop_button.clicked.connect(self.stop_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.facts, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop_button)
        return row

    def _set_up_view(self) -> None:
        view, across, down = self.view, self.view.horizontalHeader(), self.view.verticalHeader()
        view.setModel(self.rows)
        view.setItemDelegate(ScoreCells(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSortingEnabled(True)
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        across.sectionClicked.connect(self._largest_first)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(NARROWEST)
        view.selectionModel().currentRowChanged.connect(self._take_row)

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[str, int, int] | None:
        """Kind, layer and head, counted from 0."""
        return self._chosen

    def set_tables(self, tables: Mapping[str, HeadTable]) -> None:
        """Show these tables, by kind; order, filter and the chosen head stay."""
        before = self.model.columns
        self._choosing = True
        self.model.set_tables(tables)
        self._choosing = False
        self._stack.setCurrentIndex(1 if tables else 0)
        self.csv_button.setEnabled(bool(tables))
        offered = self.kind.view()
        assert isinstance(offered, QListView)
        for number, kind in enumerate(KINDS, start=1):
            offered.setRowHidden(number, kind not in tables)
        self.kind.setVisible(len(tables) > 1)
        if self.model.columns != before or not before[len(FIXED) :]:
            self._size_columns()
        if self._chosen is not None:
            self.choose(*self._chosen)
        self._show_progress()

    def show_nothing(self, text: str) -> None:
        """Explain in a line why there is no table."""
        self._empty = text
        self._nothing.setText(text or self._default_words)
        self.set_tables({})

    def set_progress(self, done: int, total: int) -> None:
        """So many texts of a data set are measured; the table below may grow better meanwhile."""
        self._progress = (done, total)
        self._show_progress()

    def end_progress(self) -> None:
        """Nothing is being measured any more."""
        self._progress = None
        self._show_progress()

    def choose(self, kind: str, layer: int, head: int) -> None:
        """Mark a head and bring it into sight, without a signal; one that is filtered away is marked when it comes back."""
        self._chosen = (kind, layer, head)
        row = self.model.row_of(kind, layer, head)
        index = self.rows.mapFromSource(self.model.index(row, 0)) if row is not None else QModelIndex()
        self._choosing = True
        if index.isValid():
            self.view.selectRow(index.row())
            self.view.scrollTo(index)
        else:
            self.view.clearSelection()
        self._choosing = False

    def sizeHint(self) -> QSize:
        return QSize(720, 360)

    def _show_progress(self) -> None:
        """How many texts the numbers are over, and whether more are coming."""
        busy = self._progress is not None
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        texts = max((table.texts for table in self.model.tables.values()), default=0)
        parts = []
        if self._progress is not None:
            done, total = self._progress
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            parts.append(self.tr("Measuring: text {0} of {1}.").format(f"{min(done + 1, total):,}", f"{total:,}"))
        elif texts:
            shown, rows = self.rows.rowCount(), self.model.rowCount()
            parts.append(self.tr("{0} of {1} heads.").format(f"{shown:,}", f"{rows:,}"))
        if texts:
            over = self.tr("Over one text.") if texts == 1 else self.tr("Means over {0} texts.").format(f"{texts:,}")
            parts.append(over)
            if drawn := max(table.drawn for table in self.model.tables.values()):
                parts.append(self.tr("Too long for all: {0} queries drawn from it.").format(f"{drawn:,}"))
            parts.append(self._reading)
        self.facts.setText(" ".join(parts))

    # -- what a person does -----------------------------------------------------------------------------------------

    def _take_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._choosing or not current.isValid():
            return
        self._chosen = self.model.head_of(self.rows.mapToSource(current).row())
        self.head_chosen.emit(*self._chosen)

    def _filter(self) -> None:
        self._choosing = True
        self.rows.look_for(self.search.text(), self.kind.currentData(), self.named.isChecked())
        self._choosing = False
        if self._chosen is not None:
            self.choose(*self._chosen)
        self._show_progress()

    def _ask_for_csv(self) -> None:
        self.csv_wanted.emit(tuple(self.model.tables.values()))

    # -- look and words ---------------------------------------------------------------------------------------------

    def _largest_first(self, column: int) -> None:
        """Whoever clicks a number for the first time asks for the heads that have the most of it."""
        if column != self._sorted and self.model.columns[column] not in FIXED:
            self.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        self._sorted = column

    def _size_columns(self) -> None:
        """As wide as names and numbers ask for, within bounds."""
        letters = self.view.fontMetrics()
        for column, name in enumerate(self.model.columns):
            title = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            number = "" if name in FIXED else self._words.say().beside.format("0.000", "0.000")
            room = 200 if name == "names" else 0
            wide = max(letters.horizontalAdvance(title) + 40, letters.horizontalAdvance(number) + 24, room)
            self.view.setColumnWidth(column, min(WIDEST, max(NARROWEST, wide)))

    def retranslate(self) -> None:
        self.model.set_words(self._words.say())
        self.view.setAccessibleName(self.tr("Table of heads"))
        self.search.setPlaceholderText(self.tr("Find: induction, 3·5, …"))
        self.search.setAccessibleName(self.tr("Find heads"))
        said = (self.tr("All kinds"), self.tr("Encoder"), self.tr("Decoder"), self.tr("Cross"))
        for number, text in enumerate(said):
            self.kind.setItemText(number, text)
        self.kind.setAccessibleName(self.tr("Kind of attention"))
        self.named.setText(self.tr("Only named heads"))
        self.csv_button.setText(self.tr("Save as CSV…"))
        self.stop_button.setText(self.tr("Stop"))
        self._default_words = self.tr("The table appears here when a text was looked at.")
        self._reading = self.tr("The mark on a bar is chance; what is not clear of it is grey.")
        self._nothing.setText(self._empty or self._default_words)
        self._size_columns()
        self._show_progress()
