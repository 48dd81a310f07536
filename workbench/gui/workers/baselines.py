"""The simple baseline, computed beside the preview: it is there when the first score of the model comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.data.prepare import Prepared
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

LIGHT, FEW = 2_000_000, 4
"""Characters times classes (or so many, where there are fewer) whose words are counted in a few milliseconds."""
MOST_ROWS = 50_000
"""Of larger tables the baseline is computed once, at the end of the run."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """What counting words scores on a table's validation rows."""

    table: str | None
    scores: Mapping[str, Any] | None  # Any: numbers, and nested tables of numbers
    note: str


class Baselines(QObject):
    """Keeps the baseline of the newest prepared table."""

    known = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._of: Prepared | None = None
        self.found: Baseline | None = None

    def compare(self, prepared: Prepared | None) -> None:
        """Compute the baseline of these examples, unless that is done or under way."""
        if prepared is None or prepared is self._of or len(prepared.train) > MOST_ROWS:
            return
        self._of, self.found = prepared, None

        def work(ticket: Ticket) -> Baseline:
            scores = self._scores(prepared, ticket)
            return Baseline(table=prepared.data.table, scores=scores["validation"], note=str(scores.get("note", "")))

        self._jobs.start("baseline", work, done=self._know, failed=self._forget)

    def _scores(self, prepared: Prepared, ticket: Ticket) -> Mapping[str, Any]:  # Any: see Baseline
        """A large fit holds the interpreter for a tenth of a second at a time and cannot be stopped: it gets its own process."""
        from workbench.runs.baseline import COUNTED, baseline_scores

        sides = prepared.parts["train"].sides() if prepared.task in COUNTED else ()
        if sum(len(text) for side in sides for text in side or ()) * max(FEW, len(prepared.labels)) <= LIGHT:
            return baseline_scores(prepared)
        process = EngineProcess()
        try:
            scores: Mapping[str, Any] = process.ask("count", prepared.data, cancelled=ticket.cancelled, patience=0.0)
            return scores
        finally:
            process.close()

    def _know(self, found: Baseline) -> None:
        self.found = found
        self.known.emit()

    def _forget(self, error: WorkbenchError) -> None:
        self._of = None
