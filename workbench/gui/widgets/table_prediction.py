"""A table that is to be predicted for: its first rows with predictions, where they go, how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QTableView, QWidget

from workbench.contracts.predictions import TableOrder
from workbench.gui.models.predict_table_state import PredictTableState, Stage
from workbench.gui.models.table_model import TableModel
from workbench.gui.theme import theme_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.prediction_form import PredictionForm
from workbench.gui.widgets.prediction_outcome import PredictionOutcome
from workbench.gui.widgets.row_numbers import RowNumbers
from workbench.gui.widgets.table_panel import RoleHeader
from workbench.gui.widgets.trouble_box import TroubleBox
from workbench.gui.words import said

NARROW, WIDE = 80, 230
"""Pixels of a column before a person changes it."""


class TablePrediction(Panel):
    """Shows a `PredictTableState` and tells it what a person does."""

    table_wanted = Signal()
    """A table is to be chosen."""
    place_wanted = Signal(str, str)
    """Where the predictions go is to be chosen: the form, and a name to begin with; `write_to` takes the answer."""
    folder_wanted = Signal(str)
    """The folder of this file is to be shown."""

    def __init__(self, state: PredictTableState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._filling = self._opening = False
        self._shown: object = None
        self.open = QPushButton(self)
        self.open.clicked.connect(self.table_wanted)
        self.column_name, self.column = QLabel(self), CalmCombo(self)
        self.column.currentTextChanged.connect(self._choose_column)
        self.pair = CalmCombo(self)
        self.pair.currentTextChanged.connect(self._choose_pair)
        for chooser in (self.column_name, self.column, self.pair):
            self.controls.addWidget(chooser)
        self.controls.addWidget(self.open)
        self.trouble = TroubleBox(self)
        self.hint = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.hint.setObjectName("muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.model, self.view = TableModel(self), QTableView(self)
        self._set_up_view()
        self.form, self.outcome = PredictionForm(self), PredictionOutcome(state, self)
        self.form.write_wanted.connect(self._ask_place)
        self.outcome.folder_wanted.connect(self.folder_wanted)
        self.body.addWidget(self.trouble, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.hint, 1)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.form)
        self.body.addWidget(self.outcome)
        state.changed.connect(self._show)
        self.react()

    def expect_model(self, opening: bool) -> None:
        """Whether a model is being opened: until it is there, no table can be taken."""
        if opening is not self._opening:
            self._opening = opening
            self._show()

    def write_to(self, path: Path) -> None:
        """Write there; the box that asked has asked about a file that is there, too."""
        delimited = path.suffix.lower() in (".csv", ".tsv")
        self._state.predict(
            TableOrder(
                table=self._state.path, out=str(path), text_column=self._state.column,
                pair_column=self._state.pair, overwrite=path.exists(), bom=self.form.bom.isChecked() and delimited,
                neutralise=self.form.neutralise.isChecked(),
            )
        )  # fmt: skip

    def _set_up_view(self) -> None:
        view = self.view
        view.setHorizontalHeader(RoleHeader(view))
        view.setVerticalHeader(RowNumbers(view))
        view.setModel(self.model)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        columns = view.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(48)
        columns.setStretchLastSection(True)

    def _show(self) -> None:
        state = self._state
        self.trouble.show_trouble(state.trouble)
        preview = state.preview
        if preview is not self._shown:
            self._shown = preview
            columns = () if preview is None else (*preview.columns, *preview.added)
            self.model.show_table(columns, () if preview is None else preview.rows)
            self._size_columns()
            self.form.suggest(Path(state.path).suffix.lower().lstrip("."))
            QTimer.singleShot(0, self.view, self._show_added)
        self._name_roles()
        self.view.setVisible(preview is not None)
        self.hint.setVisible(preview is None and state.trouble is None)
        self.hint.setText(said(state.at_work) if state.at_work else self._hint())
        self.tell(self._facts())
        self._show_columns()
        self.form.setVisible(state.stage is Stage.SHOWN or (preview is not None and state.stage in (Stage.DONE, Stage.STOPPED)))
        self.open.setEnabled(bool(state.model) and state.stage is not Stage.WORKING)

    def _show_added(self) -> None:
        """What was asked for stands behind all columns of the table: where these are many, what was read moves beside it."""
        preview, header, scroll = self._state.preview, self.view.horizontalHeader(), self.view.scrollTo
        if preview is None:
            return
        answer = len(preview.columns)
        for place in range(header.count()):
            header.moveSection(header.visualIndex(place), place)
        read = [preview.columns.index(name) for name in (preview.text_column, preview.pair_column) if name]
        begin, end = min(map(header.sectionPosition, read)), header.sectionPosition(answer) + header.sectionSize(answer)
        if end - begin > self.view.viewport().width():
            for place in read:
                header.moveSection(header.visualIndex(place), answer - 1)
        for place in (header.count() - 1, *reversed(read), answer):  # the answer itself before all
            scroll(self.model.index(0, place))

    def _show_columns(self) -> None:
        state = self._state
        self._filling = True
        for chooser, chosen in ((self.column, state.column), (self.pair, state.pair)):
            if [chooser.itemText(place) for place in range(chooser.count())] != list(state.columns):
                chooser.clear()
                chooser.addItems(state.columns)
            chooser.setCurrentText(chosen) if chosen in state.columns else chooser.setCurrentIndex(-1)
            chooser.setEnabled(state.stage is not Stage.WORKING)
        self._filling = False
        for widget in (self.column_name, self.column):
            widget.setVisible(bool(state.columns))
        self.pair.setVisible(bool(state.columns) and state.paired)
        self.column_name.setText(self.tr("Columns to read") if state.paired else self.tr("Column to read"))

    def _choose_column(self, name: str) -> None:
        if not self._filling and name:
            self._state.choose_column(name)

    def _choose_pair(self, name: str) -> None:
        if not self._filling and name:
            self._state.choose_pair(name)

    def _ask_place(self) -> None:
        form = self.form.chosen
        self.place_wanted.emit(form, f"{Path(self._state.path).stem}-predicted.{form}")

    def _facts(self) -> str:
        state, name = self._state, Path(self._state.path).name if self._state.path else ""
        if state.preview is None or state.stage is not Stage.SHOWN:
            return name
        return self.tr("{0} · preview of {1} rows").format(name, len(state.preview.rows))

    def _hint(self) -> str:
        if not self._state.model and self._opening:
            return self.tr("The model is being loaded; then drop a table here.")
        if not self._state.model:
            return self.tr("Choose a model above; then drop a table here.")
        return self.tr("Drop a table here, or choose one: it comes back with the same rows and columns, and the predictions.")

    def _name_roles(self) -> None:
        preview = self._state.preview
        if preview is not None:
            roles = {preview.pair_column: self.tr("second text")} if preview.pair_column else {}
            roles |= {preview.text_column: self.tr("text")} | {name: self.tr("added") for name in preview.added}
            self.model.name_roles(roles)

    def _size_columns(self) -> None:
        preview = self._state.preview
        if preview is None:
            return
        letters = self.view.fontMetrics()
        for place, name in enumerate((*preview.columns, *preview.added)):
            role = self.tr("second text") if name == preview.pair_column else self.tr("added")
            cells = [f"{name} · {role}", *(row[place][:200] for row in preview.rows[:20])]
            self.view.setColumnWidth(place, min(WIDE, max(NARROW, max(map(letters.horizontalAdvance, cells)) + 24)))

    def retranslate(self) -> None:
        self.entitle(self.tr("A table"))
        self.open.setText(self.tr("Choose a table…"))
        self.column.setAccessibleName(self.tr("Column to read"))
        self.pair.setAccessibleName(self.tr("Column of the second text"))
        self.view.setAccessibleName(self.tr("First rows with their predictions"))
        self._show()

    def recolour(self) -> None:
        theme = theme_of(self)
        self.model.recolour(theme.accent, theme.muted, theme.soft)
