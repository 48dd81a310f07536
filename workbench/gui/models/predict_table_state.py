"""What the Predict page shows of a table: its first rows with predictions, how far it is, and what came of it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.predictions import Advance, TableDone, TableOrder, TablePreview


class Stage(Enum):
    """How far a table is."""

    EMPTY = "empty"
    """No table, or one that cannot be read as it is."""
    READING = "reading"
    SHOWN = "shown"
    """The first rows are here; nothing is written."""
    WORKING = "working"
    STOPPED = "stopped"
    """Stopped or failed; what is done is kept, and can be gone on with."""
    DONE = "done"


class PredictTableState(QObject):
    """What is asked is a signal; whoever hears it answers with a ``take_…``."""

    preview_asked = Signal()
    """The first rows of `path` are to be shown with their predictions."""
    table_asked = Signal()
    """`order` is to be carried out."""
    stop_asked = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = ""
        self.path = ""
        self.column = ""
        """That is read; empty for the one the model was trained on."""
        self.pair = ""
        """That the second text is read from, likewise; empty also where the model reads one."""
        self.paired = False
        """Whether the model reads two texts."""
        self.stage = Stage.EMPTY
        self.preview: TablePreview | None = None
        self.columns: tuple[str, ...] = ()
        """Of the table, also where it lacks the one that is wanted."""
        self.trouble: WorkbenchError | None = None
        self.order: TableOrder | None = None
        self.advance: Advance | None = None
        self.done: TableDone | None = None
        self.at_work = ""

    # -- what a person does -------------------------------------------------------------------------------------------

    def set_model(self, path: str, *, paired: bool = False) -> None:
        """The model that is asked; empty while there is none. Which columns it reads is its own affair."""
        self.stop()
        self.model, self.paired, self.pair = path, paired, self.pair if paired else ""
        self._preview()

    def open(self, path: str) -> None:
        """Another table."""
        self.stop()
        self.path, self.column, self.pair = path, "", ""
        self._preview()

    def choose_column(self, column: str) -> None:
        """Read another column."""
        if column != self.column:
            self.stop()
            self.column = column
            self._preview()

    def choose_pair(self, column: str) -> None:
        """Read the second text from another column."""
        if column != self.pair:
            self.stop()
            self.pair = column
            self._preview()

    def predict(self, order: TableOrder) -> None:
        """Write the table with its predictions."""
        self.order, self.advance, self.done, self.trouble = order, None, None, None
        self.stage, self.at_work = Stage.WORKING, "reading the table"
        self.changed.emit()
        self.table_asked.emit()

    def go_on(self) -> None:
        """The same again, from what is done already."""
        if self.order is not None:
            self.predict(self.order)

    def stop(self) -> None:
        """End what is at work; what is done is kept."""
        if self.stage is Stage.WORKING:
            self.stage, self.at_work = Stage.STOPPED, ""
            self.stop_asked.emit()
            self.changed.emit()

    # -- what is answered ---------------------------------------------------------------------------------------------

    def take_preview(self, preview: TablePreview) -> None:
        """The first rows have come."""
        if preview.table == self.path and self.stage is Stage.READING:
            self.preview, self.columns = preview, preview.columns
            self.column, self.pair = preview.text_column, preview.pair_column
            self.stage, self.at_work = Stage.SHOWN, ""
            self.changed.emit()

    def take_columns(self, columns: tuple[str, ...]) -> None:
        """The table lacks the column; these are there to choose from."""
        self.columns = columns
        self.changed.emit()

    def take_advance(self, order: TableOrder, advance: Advance) -> None:
        """So far."""
        if order == self.order and self.stage is Stage.WORKING:
            self.advance, self.at_work = advance, ""
            self.changed.emit()

    def take_done(self, order: TableOrder, done: TableDone) -> None:
        """It is written."""
        if order == self.order:
            self.done, self.stage, self.at_work = done, Stage.DONE, ""
            self.changed.emit()

    def take_trouble(self, error: WorkbenchError) -> None:
        """It could not be read, or not be finished."""
        self.stage, self.at_work = Stage.EMPTY if self.order is None else Stage.STOPPED, ""
        self.trouble = None if isinstance(error, Cancelled) else error
        self.changed.emit()

    def tell(self, what: str) -> None:
        """What is being done."""
        if self.advance is None and what != self.at_work:
            self.at_work = what
            self.changed.emit()

    def _preview(self) -> None:
        self.preview = self.trouble = self.advance = self.done = self.order = None
        self.columns = ()
        self.stage = Stage.READING if self.path and self.model else Stage.EMPTY
        self.at_work = "reading the table" if self.stage is Stage.READING else ""
        self.changed.emit()
        if self.stage is Stage.READING:
            self.preview_asked.emit()
