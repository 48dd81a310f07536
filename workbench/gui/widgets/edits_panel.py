"""The training itself, changed while it runs: learning rate, dropout, the film's text, and the list of what was edited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from workbench.contracts.edits import Edit, Value
from workbench.contracts.errors import SpecError
from workbench.gui.models.edits_table import COLUMNS, FATE, EditsTable
from workbench.gui.models.run_edits import Fate, RunEdits
from workbench.gui.models.setting_words import all_settings
from workbench.gui.theme import theme_of
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.setting_editor import NumberBox
from workbench.gui.words import said

FIELDS = {"learning_rate": "train.learning_rate", "dropout": "model.dropout", "film_text": "train.film_text"}
"""What is edited here, and the setting it stands for."""
ROW = 24


class _Muted(QStyledItemDelegate):
    """An edit that is not simply in force stands in the muted colour; the last column says why."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.data(FATE):
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, QColor(theme_of(option.widget).muted))


class EditsPanel(Panel):
    """Shows a `RunEdits` and asks it for more."""

    branch_wanted = Signal()
    """Another run is to begin with what is shown."""

    def __init__(self, edits: RunEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits, self._words = edits, EditWords(self)
        self._typed: set[str] = set()
        self._of = edits.experiment
        self.undo_button, self.branch_button, self.apply_button = QPushButton(self), QPushButton(self), QPushButton(self)
        settings = all_settings()
        self.rate, self.dropout = (NumberBox(float, settings[FIELDS[what]].bounds, self) for what in ("learning_rate", "dropout"))
        self.text = QLineEdit(self)
        self.labels = {what: QLabel(self) for what in FIELDS}
        self.wrong = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.model = EditsTable(self._words, self)
        self.view, self.nothing = QTableView(self), QLabel(self, wordWrap=True)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._wire()
        self.react()

    def set_branch(self, possible: bool, tip: str) -> None:
        """Whether another run can begin here, and what comes of it."""
        self.branch_button.setEnabled(possible)
        self.branch_button.setToolTip(tip)

    def apply(self) -> None:
        """Ask for what was typed; say what cannot be."""
        wanted, problems = [], []
        for what in sorted(self._typed):
            try:
                wanted.append(Edit(what=what, value=self._value(what)))
            except SpecError as error:
                problems += [f"{self.labels[what].text()}: {said(problem.allowed)}" for problem in error.problems]
        self._say_wrong("\n".join(problems))
        if problems:
            return
        self._typed.clear()
        for edit in wanted:
            self._edits.ask(edit)
        self._show()

    def retranslate(self) -> None:
        words = self._words
        for what, label in self.labels.items():
            label.setText(words.what(Edit(what=what)))
        tips = {
            "learning_rate": self.tr("The schedule goes on with this as its highest learning rate; empty is as set"),
            "dropout": self.tr("Everything the model drops at random, from the next step on; empty is as set"),
            "film_text": self.tr("What the film shows from here on; empty is as set"),
        }  # fmt: skip
        for what, field in self._fields().items():
            field.setAccessibleName(self.labels[what].text())
            for widget in (field, self.labels[what]):
                widget.setToolTip(tips[what])
        self.apply_button.setText(self.tr("Apply"))
        self.apply_button.setToolTip(self.tr("Takes effect with the next step, also while the training is paused"))
        self.undo_button.setText(self.tr("Undo"))
        self.undo_button.setToolTip(
            self.tr("Undo the chosen edit, or the last one (Ctrl+Z): another edit, which is kept with the run as well")
        )
        self.branch_button.setText(self.tr("Branch here"))
        self.view.setAccessibleName(self.tr("Edits of this run"))
        self.nothing.setText(
            self.tr("Edits take effect between two steps, while the run trains or is paused. Heads are edited on their wall. "
                    "Each edit is kept with the run, marked on its curves, and repeated where the run is repeated.")
        )  # fmt: skip
        self.model.say_again()
        self._show()

    def recolour(self) -> None:
        self.view.viewport().update()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        edits = self._edits
        entries, experiment = edits.entries(), edits.experiment
        if experiment is not self._of:  # what was typed was meant for another run
            self._of = experiment
            self._typed.clear()
            self._say_wrong("")
        chosen = self._chosen()
        if self.model.set_entries(entries, experiment) and chosen is not None:
            row = next((row for row, entry in enumerate(self.model.entries) if entry.edit == chosen), None)
            if row is not None:
                self.view.selectRow(row)
        self._stack.setCurrentIndex(1 if entries else 0)
        made = sum(entry.fate not in (Fate.ASKED, Fate.PLANNED) for entry in entries)
        self.entitle(self.tr("Edits"), self.tr("{0} made").format(f"{made:,}") if made else "")
        held = edits.now
        for what, field in self._fields().items():
            field.setEnabled(edits.possible)
            if what not in self._typed:
                self._show_value(what, getattr(held, what))
        self._allow()

    def _show_value(self, what: str, value: Value) -> None:
        as_set = self._words.value(what, None, self._edits.experiment)
        field = self._fields()[what]
        if isinstance(field, NumberBox):
            field.show_value(value, as_set)
        elif field.text() != (value or ""):
            field.setText(str(value or ""))
        if isinstance(field, QLineEdit):
            field.setPlaceholderText(as_set)

    def _value(self, what: str) -> Value:
        field = self._fields()[what]
        typed: Value = field.value() if isinstance(field, NumberBox) else field.text().strip() or None
        return typed

    def _fields(self) -> dict[str, NumberBox | QLineEdit]:
        return {"learning_rate": self.rate, "dropout": self.dropout, "film_text": self.text}

    def _chosen(self) -> Edit | None:
        rows = self.view.selectionModel().selectedRows()
        return self.model.entries[rows[0].row()].edit if rows and rows[0].row() < len(self.model.entries) else None

    def _allow(self) -> None:
        chosen = self._chosen()
        able = [entry.edit for entry in self.model.entries if entry.undoable]
        self.undo_button.setEnabled(bool(able) if chosen is None else chosen in able)
        self.apply_button.setEnabled(self._edits.possible and bool(self._typed))

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    # -- what a person does -------------------------------------------------------------------------------------------

    def _type(self, what: str) -> None:
        self._typed.add(what)
        self._say_wrong("")
        self._allow()

    def _undo(self) -> None:
        chosen = self._chosen()
        self.view.clearSelection()
        self._edits.undo(chosen)

    # -- building -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for button in (self.undo_button, self.branch_button):
            self.controls.addWidget(button)
        numbers, text = QHBoxLayout(), QHBoxLayout()
        for what, box in (("learning_rate", self.rate), ("dropout", self.dropout)):
            box.setMinimumWidth(80)
            numbers.addWidget(self.labels[what])
            numbers.addWidget(box, 1)
        text.addWidget(self.labels["film_text"])
        text.addWidget(self.text, 1)
        text.addWidget(self.apply_button)
        for row in (numbers, text):
            row.setSpacing(8)
            self.body.addLayout(row)
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.nothing.setObjectName("muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(_Muted(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW)
        header = view.horizontalHeader()
        header.hide()  # each cell says what it is
        for column, name in enumerate(COLUMNS):
            stretched = QHeaderView.ResizeMode.Stretch if name == "change" else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, stretched)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(view)
        self.body.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self._edits.changed.connect(self._show)
        self.apply_button.clicked.connect(self.apply)
        self.undo_button.clicked.connect(self._undo)
        self.branch_button.clicked.connect(self.branch_wanted)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        for what, field in self._fields().items():
            line = field.lineEdit() if isinstance(field, NumberBox) else field
            line.returnPressed.connect(self.apply)
            edited = field.edited if isinstance(field, NumberBox) else field.textEdited
            edited.connect(lambda *_, what=what: self._type(what))
