"""The logit lens: what the model would say at each position if it stopped after each layer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.contracts.readings import LayerReadings
from workbench.gui.models.readings_table import ReadingsTable
from workbench.gui.models.token_names import isolated
from workbench.gui.widgets.reading_cells import ReadingCells
from workbench.gui.widgets.study_view import StudyView, words_below

ROW = 26
NARROWEST, WIDEST = 48, 120
"""Width of a column, in pixels."""
MEASURED, LETTERS = 64, 40
"""Rows of a column, and letters of a token, that are measured for its width."""


class ReadingsView(StudyView):
    """Layers down, positions across. The mouse or the arrow keys tell a cell's five likeliest tokens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = QModelIndex()
        self.what = words_below(self)
        self.model = ReadingsTable(self)
        self.grid = QTableView(self)
        self._set_up_grid()
        self.cell_line = words_below(self, 2)
        self.settled_line = words_below(self)
        for widget in (self.what, self.grid, self.cell_line, self.settled_line):
            self.body.addWidget(widget, 1 if widget is self.grid else 0)
        self.react()

    def _set_up_grid(self) -> None:
        grid, across, down = self.grid, self.grid.horizontalHeader(), self.grid.verticalHeader()
        grid.setModel(self.model)
        grid.setItemDelegate(ReadingCells(grid))
        grid.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setShowGrid(False)
        grid.setWordWrap(False)
        grid.setTabKeyNavigation(False)
        grid.setMouseTracking(True)
        grid.viewport().installEventFilter(self)
        grid.entered.connect(self._hover)
        grid.selectionModel().currentChanged.connect(self._hover)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        across.setSectionsClickable(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        down.setHighlightSections(False)
        down.setSectionsClickable(False)

    # -- what is shown ----------------------------------------------------------------------------------------------

    def set_readings(self, readings: LayerReadings) -> None:
        """Show the readings of a text."""
        self._hovered = QModelIndex()
        self.model.set_readings(readings)
        if self.model.readings is None:
            self.show_nothing()
            return
        self.show_body()
        self._size_columns()
        self._tell()

    def show_nothing(self, text: str = "") -> None:
        self._hovered = QModelIndex()
        self.model.set_readings(None)
        super().show_nothing(text)

    def sizeHint(self) -> QSize:
        return QSize(720, 460)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and watched is self.grid.viewport():
            self._hover(self.grid.currentIndex())
        return super().eventFilter(watched, event)

    def _hover(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        self._hovered = index
        self._tell_cell()

    def _size_columns(self) -> None:
        """As wide as their tokens ask for, within bounds."""
        letters, rows = self.grid.fontMetrics(), min(self.model.rowCount(), MEASURED)
        for position in range(self.model.columnCount()):
            names = {str(self.model.index(row, position).data()) for row in range(rows)} | {self.model.position_name(position)}
            wide = max(letters.horizontalAdvance(name[:LETTERS]) for name in names)
            self.grid.setColumnWidth(position, min(WIDEST, max(NARROWEST, wide + 16)))

    def _tell(self) -> None:
        readings = self.model.readings
        if readings is None:
            return
        self.what.setText(self._decoder_words if readings.kind == "decoder" else self._encoder_words)
        settled, layers = self.model.settled, len(readings.ids) - 1
        self.settled_line.setText(
            self.tr("Framed: where the final answer first is the likeliest, on average after layer {0} of {1}.").format(
                f"{settled.mean():.1f}", layers
            )
        )
        self._tell_cell()

    def _tell_cell(self) -> None:
        if not self._hovered.isValid() or self.model.readings is None:
            self.cell_line.setText(self._hint if self.model.readings is not None else "")
            return
        reading = self.model.reading(self._hovered.row(), self._hovered.column())
        name = isolated(self.model.position_name(reading.position))
        where = (
            self.tr("Position {0} “{1}”, after layer {2}:").format(reading.position + 1, name, reading.row) if reading.row
            else self.tr("Position {0} “{1}”, before layer 1:").format(reading.position + 1, name)
        )  # fmt: skip
        best = " · ".join(
            self.tr("“{0}” {1}").format(isolated(token), _percent(chance))
            for token, chance in zip(reading.tokens, reading.probabilities, strict=True)
        )
        line = (
            self.tr("The final answer “{0}” has {1} here; it is first the likeliest after layer {2}.") if reading.settled
            else self.tr("The final answer “{0}” has {1} here; it is the likeliest before any layer.")
        )  # fmt: skip
        answer = line.format(isolated(reading.answer), _percent(reading.answer_probability), reading.settled)
        self.cell_line.setText(self.tr("{0} {1}. {2}").format(where, best, answer))

    # -- look and words ---------------------------------------------------------------------------------------------

    def recolour(self) -> None:
        self.grid.viewport().update()

    def default_words(self) -> str:
        return self.tr("What each layer would say appears here when a text was looked at.")

    def retranslate(self) -> None:
        super().retranslate()
        self._decoder_words = self.tr(
            "Logit lens: the token that would come next if the model stopped after this layer. The stronger the "
            "colour, the likelier the token."
        )
        self._encoder_words = self.tr(
            "Logit lens: the token the model would put at this position if it stopped after this layer. The stronger the "
            "colour, the likelier the token."
        )
        self._hint = self.tr("Move over the cells, or use the arrow keys, to read the five likeliest tokens.")
        self.model.set_words(self.tr("input"), self.tr("{0}, {1}"))
        self.grid.setAccessibleName(self.tr("What each layer would say: layers down, positions across"))
        self._tell()


def _percent(chance: float) -> str:
    return f"{chance:.1%}" if chance >= 0.001 else "<0.1%"
