"""What the Data page knows and wants: the draft's table, stage by stage, and what is asked of the worker when it changes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.fields import coerce, problems_of
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import SplitFacts, TableFacts, WholeFacts
from workbench.gui.models.draft import Draft

READING = ("table", "encoding", "delimiter", "quote", "header", "skip_lines", "sheet")
"""Settings that say how the file is read."""
ROLES = ("task", "text", "pair", "target", "answer_start", "decimal", "label_separator")
"""Settings that say what its columns mean."""
PATIENCE = 300
"""Milliseconds without a change after which examples are made anew."""


class Stage(Enum):
    """How far the table is."""

    NOTHING = "nothing"
    OPENING = "opening"
    READING = "reading"
    PREPARING = "preparing"
    READY = "ready"
    STOPPED = "stopped"
    TROUBLE = "trouble"


class DataState(QObject):
    """The table of an experiment. Slots take answers of the worker, which listens to the signals that ask."""

    changed = Signal()
    """The stage or some facts."""
    opened = Signal()
    """The table is another, or read in another way: whatever was shown of it is old."""
    progressed = Signal(str, float)
    """What is being done, and which share of it is done."""
    page_arrived = Signal(int, object, object)
    """Offset and rows of a page of the table, and the `UsedRows` that mends make of them, or None."""
    page_failed = Signal()
    """The page that was asked for will not come."""

    open_asked = Signal(object)
    """Open the table of this `DataSpec`."""
    understand_asked = Signal(object)
    """Read all of the table and find the roles of its columns under this `DataSpec`."""
    prepare_asked = Signal(object)
    """Make examples as this `DataSpec` says."""
    page_asked = Signal(int, int)
    """Rows from an offset, so many at most."""
    rows_asked = Signal(int, object)
    """An offset among chosen rows, and a tuple of these rows."""
    stop_asked = Signal()
    """Stop whatever is being done."""

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.stage = Stage.NOTHING
        self.trouble: WorkbenchError | None = None
        self.table: TableFacts | None = None
        self.whole: WholeFacts | None = None
        self.split: SplitFacts | None = None
        self._reading = self._given(READING)
        self._roles = self._given(ROLES)
        self._prepared: dict[str, Any] | None = None
        self._later = QTimer(self, interval=PATIENCE, singleShot=True)
        self._later.timeout.connect(self._ask_to_prepare)
        draft.changed.connect(self._draft_changed)

    # -- what a person does ---------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Start anew with another table; model and training settings stay."""
        self._reading = {}  # the same file again is read again
        given = {**self.draft.given, "data": {"table": path}}
        self.draft.replace(given, name=Path(path).stem, written=self.draft.written)

    def cancel(self) -> None:
        """Stop reading or preparing; what is known stays."""
        if self.busy:
            self._later.stop()
            self.stop_asked.emit()
            if self.stage is Stage.OPENING:
                self._forget()  # the table before it is closed already
            self._become(Stage.STOPPED)

    def resume(self) -> None:
        """Go on after `cancel`, or try again after trouble: from the file, which may be another by now."""
        if self.table is None or self.stage is Stage.TROUBLE:
            self.reopen()
        elif self.whole is None:
            self._ask_to_understand()
        else:
            self._ask_to_prepare()

    def reopen(self) -> None:
        """Read the file again from its beginning; all that is set stays."""
        self._ask_to_open()

    def want_page(self, offset: int, count: int) -> None:
        """Ask for rows of the table; `page_arrived` brings them."""
        self.page_asked.emit(offset, count)

    def want_rows(self, offset: int, rows: tuple[int, ...]) -> None:
        """Ask for rows of the table by their numbers; `page_arrived` brings them with this offset."""
        self.rows_asked.emit(offset, rows)

    @property
    def busy(self) -> bool:
        """Something is being done that can be stopped."""
        return self.stage in (Stage.OPENING, Stage.READING, Stage.PREPARING)

    @property
    def mended(self) -> bool:
        """The examples that are there were made of mended rows."""
        return self.split is not None and self._prepared is not None and bool(self._prepared.get("mends"))

    @property
    def path(self) -> str:
        """The table's path; empty when there is none."""
        return str(self.draft.given["data"].get("table") or "")

    # -- what the worker answers ----------------------------------------------------------------------------------

    @Slot(object)
    def take_table(self, facts: TableFacts) -> None:
        """The table was opened."""
        self.table, self.whole, self.split = facts, None, None
        self.opened.emit()
        self._ask_to_understand()

    @Slot(object)
    def take_whole(self, facts: WholeFacts) -> None:
        """All of it was read."""
        self.whole = facts
        if facts.trouble is not None:
            self.split = None
            self._become(Stage.TROUBLE, facts.trouble)
            return
        self._prepared = None
        more = {"pair": facts.pair, "answer_start": facts.answer_start, "label_separator": facts.label_separator}
        settled = {name: str(guess.value) for name, guess in more.items() if guess.value is not None}
        self.draft.know_roles(str(facts.task.value), str(facts.text.value), _name(facts.target.value), settled)
        self._ask_to_prepare()

    @Slot(object)
    def take_split(self, facts: SplitFacts) -> None:
        """Examples were made."""
        self.split = facts
        self._become(Stage.READY)

    @Slot(object)
    def take_trouble(self, error: WorkbenchError) -> None:
        """What was asked for last cannot be done."""
        if self.stage is Stage.OPENING:
            self.table = self.whole = self.split = None
            self.opened.emit()
        elif self.stage is Stage.READING:
            self.whole = self.split = None
        else:
            self.split = None
        self._become(Stage.TROUBLE, error)

    @Slot(int, object, object)
    def take_page(self, offset: int, rows: object, used: object) -> None:
        """Rows that were asked for, and what mends make of them."""
        self.page_arrived.emit(offset, rows, used)

    @Slot()
    def lose_page(self) -> None:
        """Rows that were asked for will not come."""
        self.page_failed.emit()

    @Slot(str, float)
    def take_progress(self, what: str, share: float) -> None:
        """How far it is."""
        self.progressed.emit(what, share)

    # -- what a change of the draft asks for ----------------------------------------------------------------------

    @Slot()
    def _draft_changed(self) -> None:
        reading, roles = self._given(READING), self._given(ROLES)
        if reading != self._reading:
            if reading["table"] != self._reading.get("table"):
                self._forget()
            self._reading, self._roles = reading, roles
            self._ask_to_open()
        elif roles != self._roles:
            self._roles = roles
            if self.table is not None:
                self._ask_to_understand()
        elif self._prepared is not None and self._settings() != self._prepared:
            self._prepared = self._settings()
            self.split = None if self.split is None or self.split.task != self.draft.task else self.split
            self._later.start()
            self._become(Stage.PREPARING)

    def _forget(self) -> None:
        self.table = self.whole = self.split = None
        self.opened.emit()

    def _ask_to_open(self) -> None:
        self._later.stop()
        self._prepared = None
        if not self._reading["table"]:
            self.stop_asked.emit()
            self._forget()
            self._become(Stage.NOTHING)
            return
        self._ask(Stage.OPENING, self.draft.given["data"])

    def _ask_to_understand(self) -> None:
        self._later.stop()
        self._prepared = None
        self._ask(Stage.READING, self.draft.given["data"])

    @Slot()
    def _ask_to_prepare(self) -> None:
        self._later.stop()
        self._prepared = self._settings()
        self._ask(Stage.PREPARING, self._prepared)

    def _ask(self, stage: Stage, settings: dict[str, Any]) -> None:
        """Hand the work on, unless the settings are impossible in themselves."""
        spec = DataSpec(**settings)
        coerce(spec)
        problems = problems_of(spec, "data")
        self._become(stage)
        if problems:
            self.stop_asked.emit()
            self.take_trouble(SpecError(problems))
            return
        asks = {Stage.OPENING: self.open_asked, Stage.READING: self.understand_asked, Stage.PREPARING: self.prepare_asked}
        asks[stage].emit(spec)

    def _settings(self) -> dict[str, Any]:  # Any: each setting has its own type
        return dict(self.draft.settings()["data"])

    def _given(self, names: tuple[str, ...]) -> dict[str, Any]:
        given = self.draft.given["data"]
        return {name: given.get(name) for name in names}

    def _become(self, stage: Stage, trouble: WorkbenchError | None = None) -> None:
        self.stage, self.trouble = stage, trouble
        self.changed.emit()


def _name(value: object) -> str | None:
    return value if isinstance(value, str) else None
