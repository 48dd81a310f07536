"""Opens, reads and prepares the table of the Data page, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, SignalInstance, Slot

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import SplitFacts, TableFacts, UsedRows, WholeFacts
from workbench.data.facts import split_facts, table_facts, uncut_lengths, used_rows, whole_facts
from workbench.data.prepare import Prepared, prepare
from workbench.data.table import Table, open_table
from workbench.gui.workers.jobs import Jobs, Ticket

Answer = TypeVar("Answer")

OPEN, WHOLE, PAGES, PREPARE = "table", "whole", "pages", "prepare"
"""The lanes. Pages have one of their own, so that scrolling waits for nothing but the database."""


class Asking(Protocol):
    """Who asks for a table and takes the answers: `workbench.gui.models.data_state.DataState`."""

    @property
    def open_asked(self) -> SignalInstance: ...
    @property
    def understand_asked(self) -> SignalInstance: ...
    @property
    def prepare_asked(self) -> SignalInstance: ...
    @property
    def page_asked(self) -> SignalInstance: ...
    @property
    def rows_asked(self) -> SignalInstance: ...
    @property
    def stop_asked(self) -> SignalInstance: ...
    def take_table(self, facts: TableFacts, /) -> None: ...
    def take_whole(self, facts: WholeFacts, /) -> None: ...
    def take_split(self, facts: SplitFacts, /) -> None: ...
    def take_trouble(self, error: WorkbenchError, /) -> None: ...
    def take_page(self, offset: int, rows: object, used: object, /) -> None: ...
    def lose_page(self) -> None: ...
    def take_progress(self, what: str, share: float, /) -> None: ...


class _Held:
    """An open table and whether reading it is still wanted: the table asks through all its life, the jobs change."""

    def __init__(self, spec: DataSpec, ticket: Ticket) -> None:
        self.ticket = ticket
        self.table: Table = open_table(spec, cancelled=lambda: self.ticket.cancelled())


class Tables(QObject):
    """Does what a `DataState` asks for. Methods are for the GUI thread; call `close` after the jobs were shut down."""

    def __init__(self, state: Asking, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._jobs = state, jobs
        self._held: _Held | None = None
        self._open: list[_Held] = []
        self._tickets: dict[str, Ticket] = {}
        self._prepared: Prepared | None = None
        state.open_asked.connect(self.open)
        state.understand_asked.connect(self.understand)
        state.prepare_asked.connect(self.prepare)
        state.page_asked.connect(self.page)
        state.rows_asked.connect(self.rows)
        state.stop_asked.connect(self.stop)

    @property
    def prepared(self) -> Prepared | None:
        """The examples that were made last; None once others are asked for."""
        return self._prepared

    def close(self) -> None:
        """Let go of all tables."""
        self._held = self._prepared = None
        while self._open:
            self._open.pop().table.close()

    @Slot(object)
    def open(self, spec: DataSpec) -> None:
        """Open a table; the one before it is closed."""
        self.stop()
        self._cancel(PAGES)
        self._held = self._prepared = None

        def work(ticket: Ticket) -> tuple[_Held, TableFacts]:
            ticket.progress("opening the table", 0.0)
            held = _Held(spec, ticket)
            self._open.append(held)  # this lane alone opens and closes, so nothing is closed twice or forgotten
            facts = table_facts(held.table)
            ticket.progress("opening the table", 0.5)
            return held, facts

        def done(answer: tuple[_Held, TableFacts]) -> None:
            self._held, facts = answer
            self._state.take_table(facts)

        self._start(OPEN, _closing(work, self._open), done)

    @Slot(object)
    def understand(self, spec: DataSpec) -> None:
        """Read all of the open table and guess what its columns mean."""
        held = self._held
        if held is None:
            return
        self._cancel(PREPARE)

        def work(ticket: Ticket) -> WholeFacts:
            held.ticket = ticket
            return whole_facts(held.table, spec, ticket.progress)

        self._start(WHOLE, work, self._state.take_whole)

    @Slot(object)
    def prepare(self, spec: DataSpec) -> None:
        """Make examples of the table."""
        held, self._prepared = self._held, None
        if held is None:
            return

        def work(ticket: Ticket) -> tuple[Prepared, SplitFacts]:
            held.ticket = ticket
            held.table.check_unchanged()  # or what is shown would not be what is made into examples
            prepared = prepare(spec, progress=ticket.progress, cancelled=ticket.cancelled)
            held.table.check_unchanged()
            lengths = uncut_lengths(prepared, ticket.progress)
            return prepared, split_facts(held.table, prepared, spec, lengths)

        def done(answer: tuple[Prepared, SplitFacts]) -> None:
            self._prepared, facts = answer
            self._state.take_split(facts)

        self._start(PREPARE, work, done)

    @Slot(int, int)
    def page(self, offset: int, count: int) -> None:
        """Rows of the open table."""
        self._show(offset, range(offset, offset + count), lambda table: table.page(offset, count))

    @Slot(int, object)
    def rows(self, offset: int, rows: tuple[int, ...]) -> None:
        """Chosen rows of the open table, which stand from an offset on among all that were chosen."""
        self._show(offset, rows, lambda table: table.pick(rows))

    def _show(self, offset: int, numbers: Sequence[int], read: Callable[[Table], list[tuple[str, ...]]]) -> None:
        """Read rows; with what mends make of them, where that is known."""
        held, prepared = self._held, self._prepared
        if held is None:
            return

        def work(ticket: Ticket) -> tuple[list[tuple[str, ...]], UsedRows | None]:
            rows = read(held.table)
            if prepared is None or not prepared.data.mends:
                return rows, None
            return rows, used_rows(prepared, held.table.columns, numbers, rows)

        self._tickets[PAGES] = self._jobs.start(
            PAGES,
            work,
            done=lambda answer: self._state.take_page(offset, *answer),
            failed=lambda error: self._state.lose_page(),
        )

    @Slot()
    def stop(self) -> None:
        """Stop everything but the page on its way, which whoever looks at the table waits for."""
        for lane in (OPEN, WHOLE, PREPARE):
            self._cancel(lane)

    def _start(self, lane: str, work: Callable[[Ticket], Answer], done: Callable[[Answer], None]) -> None:
        self._tickets[lane] = self._jobs.start(  # which ends whatever the lane was doing
            lane, work, done=done, failed=self._state.take_trouble, progress=self._state.take_progress
        )

    def _cancel(self, lane: str) -> None:
        """Nothing more is heard of a lane, nor of an answer that was ready and is still on its way here."""
        if lane in self._tickets:
            self._tickets.pop(lane).cancel()
        self._jobs.cancel(lane)


def _closing(work: Callable[[Ticket], Answer], tables: list[_Held]) -> Callable[[Ticket], Answer]:
    """The work, and after it all tables but the newest are closed, which is no work for the GUI thread."""

    def worked(ticket: Ticket) -> Answer:
        before = list(tables)
        try:
            return work(ticket)
        finally:
            for held in before:
                tables.remove(held)
                held.table.close()

    return worked
