"""Predictions off the window's thread, in the process that also looks into models: a training at work goes on beside it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.predictions import TableDone, TableOrder
from workbench.contracts.specs import DataSpec
from workbench.data.table import open_table
from workbench.gui.models.predict_state import PredictState
from workbench.gui.workers.inspecting import TURN
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

MOST_RUNS = 20
"""Runs that are offered."""


class Predicting(QObject):
    """Answers what a `PredictState` asks. Of several questions of one sort only the newest is answered."""

    _advanced = Signal(object, object)

    def __init__(self, state: PredictState, jobs: Jobs, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._jobs, self._engine = state, jobs, engine
        state.open_asked.connect(self._open)
        state.text_asked.connect(self._answer)
        state.table.preview_asked.connect(self._preview)
        state.table.table_asked.connect(self._predict)
        state.table.stop_asked.connect(lambda: jobs.cancel("predict-table"))
        self._advanced.connect(state.table.take_advance)

    def _open(self, source: str) -> None:
        for lane in ("predict-text", "predict-preview", "predict-table"):
            self._jobs.cancel(lane)

        def work(ticket: Ticket) -> Any:  # Any: what the order is answered with
            self._engine.load(ticket.progress)
            return self._engine.ask("predict", source, "open", told=ticket.progress, cancelled=ticket.cancelled)

        self._jobs.start(
            "predict-open", work, done=self._state.take_model, failed=self._state.take_trouble,
            progress=lambda what, share: self._state.tell(what),
        )  # fmt: skip

    def _answer(self) -> None:
        facts, text, method = self._state.facts, self._state.text, self._state.method
        pair = self._state.pair if self._state.paired else ""
        if facts is not None:
            self._jobs.start(
                "predict-text",
                lambda ticket: self._engine.ask("predict", facts.path, "text", text, pair, method, cancelled=ticket.cancelled),
                done=self._state.take, failed=self._state.take_text_trouble,
            )  # fmt: skip

    def _preview(self) -> None:
        table = self._state.table
        model, asked = table.model, (table.path, table.column, table.pair)

        def work(ticket: Ticket) -> Any:  # Any: what the order is answered with
            return self._engine.ask("predict", model, "preview", *asked, told=ticket.progress, cancelled=ticket.cancelled)

        self._jobs.start("predict-preview", work, done=table.take_preview, failed=self._fail)

    def _fail(self, error: WorkbenchError) -> None:
        """Tell it, and which columns there are by now: the one that is wanted may be missing."""
        table, path = self._state.table, self._state.table.path
        table.take_trouble(error)
        self._jobs.start("predict-columns", lambda ticket: _columns(path, ticket), done=table.take_columns)

    def _predict(self) -> None:
        """Part after part, so that a text which is typed meanwhile does not wait for the table to end."""
        table = self._state.table
        model, order = table.model, table.order
        if order is None:
            return

        def work(ticket: Ticket) -> TableDone:
            fresh = True
            while not isinstance(step := self._step(model, order, fresh, ticket), TableDone):
                fresh = False
                self._advanced.emit(order, step)
                time.sleep(TURN)
            return step

        self._jobs.start(
            "predict-table", work, done=lambda done: table.take_done(order, done), failed=self._fail,
            progress=lambda what, share: table.tell(what),
        )  # fmt: skip

    def _step(self, model: str, order: TableOrder, fresh: bool, ticket: Ticket) -> Any:  # Any: an Advance or a TableDone
        return self._engine.ask("predict", model, "table", order, fresh, told=ticket.progress, cancelled=ticket.cancelled)


def runs_in(place: Path) -> list[str]:
    """Runs with a model, the newest first."""
    try:
        found = [path for path in place.iterdir() if (path / "model" / "config.json").is_file()]
        found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [str(path) for path in found[:MOST_RUNS]]


def _columns(path: str, ticket: Ticket) -> tuple[str, ...]:
    """What a table could be read by; nothing where it cannot be read at all."""
    with open_table(DataSpec(), path=path, cancelled=ticket.cancelled) as table:
        return table.columns
