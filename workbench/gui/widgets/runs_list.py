"""The list of runs: searched, sorted, one or several chosen, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from workbench.contracts.history import RunRow
from workbench.gui.models.runs_table import COLUMNS, STATE, RunsTable
from workbench.gui.theme import theme_of
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.run_words import RunWords

WIDTHS = (128, 74, 90, 90, 184, 146, 74, 60, 70, 128, 60)
ACTS = ("show", "films", "resume", "branch", "duplicate", "rename", "export", "report", "folder", "trash")
COLOURS = {"training": "accent", "finished": "good", "failed": "bad", "broken": "bad"}


class _StateColour(QStyledItemDelegate):
    """The state of a run in its colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        widget = option.widget
        colour = QColor(getattr(theme_of(widget), COLOURS.get(str(index.data(STATE)), "attention")))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)


class RunsList(Panel):
    """Shows rows and says what a person wants with them."""

    chosen = Signal(object)
    """The chosen runs, a list of RunRow."""
    wanted = Signal(str, object)
    """One of `ACTS`, and the chosen runs."""
    place_wanted = Signal()
    """Another folder of runs."""
    take_back_wanted = Signal()
    """What was thrown away last is wanted after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = RunWords(self)
        self._taking = False
        self.model = RunsTable(self._words, self)
        self.search = QLineEdit(self, clearButtonEnabled=True)
        self.search.setMaximumWidth(280)
        self.search.textChanged.connect(self._look_for)
        self.place = QPushButton(self)
        self.place.setObjectName("link")
        self.place.clicked.connect(self.place_wanted)
        self.undo = QPushButton(self)
        self.undo.setObjectName("link")
        self.undo.clicked.connect(self.take_back_wanted)
        self.undo.hide()
        for widget in (self.undo, self.place, self.search):
            self.controls.addWidget(widget)
        self.view = QTableView(self)
        self._set_up_view()
        self.nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setObjectName("muted")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.view)
        self.body.addWidget(self._stack, 1)
        self.buttons = {name: QPushButton(self) for name in ACTS}
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self._want(name))
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.react()
        self._allow()

    @property
    def selected(self) -> list[RunRow]:
        """The chosen runs, from top to bottom."""
        shown = self.model.shown
        return [shown[index.row()] for index in sorted(self.view.selectionModel().selectedRows())]

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """List these; what was chosen stays chosen."""
        before = [row.path for row in self.selected]
        self._taking = True
        self.model.set_rows(rows)
        self.choose(before)
        self._taking = False
        self._say()
        self._allow()

    def choose(self, paths: Sequence[Path]) -> None:
        """Choose these runs, as far as they are shown."""
        places = [place for path in paths if (place := self.model.row_of(path)) is not None]
        flag = QItemSelectionModel.SelectionFlag
        selection = self.view.selectionModel()
        if places != sorted(index.row() for index in selection.selectedRows()):
            selection.clearSelection()
            for place in places:
                selection.select(self.model.index(place, 0), flag.Select | flag.Rows)

    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search runs"))
        self.place.setText(self.tr("Add a folder…"))
        self.place.setToolTip(self.tr("List the runs of another folder, too; a folder can also be dropped here"))
        self.undo.setText(self.tr("Take back from the trash"))
        self.view.setAccessibleName(self.tr("Runs"))
        words = {
            "show": self.tr("Show"), "resume": self.tr("Resume"), "branch": self.tr("Branch"), "duplicate": self.tr("Duplicate"),
            "rename": self.tr("Rename…"), "trash": self.tr("Move to trash"), "folder": self.tr("Open folder"),
            "export": self.tr("Export model…"), "report": self.tr("Report…"), "films": self.tr("Films side by side"),
        }  # fmt: skip
        tips = {
            "show": self.tr("Show the run on the Train page; one that is being trained elsewhere is watched"),
            "resume": self.tr("Go on where it ended"),
            "branch": self.tr("Begin another run that shares this one's past up to its newest checkpoint"),
            "duplicate": self.tr("Set up a new run with the same settings"),
            "films": self.tr("Choose two runs: their films stand side by side, and one scrubber moves both"),
            "report": self.tr("One HTML file: settings, scores, curves and heads; it needs no network"),
        }  # fmt: skip
        for name, button in self.buttons.items():
            button.setText(words[name])
            button.setToolTip(tips.get(name, ""))
        self.model.say_again()
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.buttons["trash"].isEnabled():
            self._want("trash")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.buttons["show"].isEnabled():
            self._want("show")
        else:
            super().keyPressEvent(event)

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setItemDelegateForColumn(COLUMNS.index("state"), _StateColour(view))
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(28)
        view.setSortingEnabled(True)
        view.sortByColumn(COLUMNS.index("made"), Qt.SortOrder.DescendingOrder)
        view.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(WIDTHS):
            view.setColumnWidth(column, width)
        view.selectionModel().selectionChanged.connect(self._on_selected)
        view.doubleClicked.connect(lambda _: self._want("show"))

    def _look_for(self, text: str) -> None:
        self.model.look_for(text)
        self._say()
        self._on_selected()

    def _on_selected(self, *_: object) -> None:
        self._allow()
        if not self._taking:
            self.chosen.emit(self.selected)

    def _allow(self) -> None:
        rows = self.selected
        one = len(rows) == 1
        free = bool(rows) and all(row.owner is None for row in rows)
        whole = one and rows[0].state != "broken"
        possible = {
            "films": len(rows) == 2 and all(row.state != "broken" for row in rows),
            "show": whole, "duplicate": whole, "folder": one, "rename": whole and free, "trash": free,
            "resume": whole and free and rows[0].continues and rows[0].state != "finished",
            "export": whole and free and rows[0].has_model, "report": whole,
            "branch": whole and rows[0].continues and rows[0].state != "finished",
        }  # fmt: skip
        for name, button in self.buttons.items():
            button.setEnabled(possible[name])

    def _want(self, act: str) -> None:
        if self.buttons[act].isEnabled():
            self.wanted.emit(act, self.selected)

    def _say(self) -> None:
        known, shown = len(self.model.runs), len(self.model.shown)
        part = self.tr("{0} of {1}").format(f"{shown:,}", f"{known:,}")
        self.entitle(self.tr("Runs"), f"{known:,}" if shown == known else part)
        nothing = self.tr(
            "No runs yet. Open a table on the Data page and press Train: each training is listed here. "
            "A run folder can also be dropped here."
        )
        self.nothing.setText(self.tr("No run has these words.") if known else nothing)
        self._stack.setCurrentIndex(1 if shown else 0)
