"""Runs on disk: read one back as it was, and look through its model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Event, Failed, Finished, Looked
from workbench.contracts.history import Owner
from workbench.contracts.specs import Experiment
from workbench.gui.models.run_state import RunModel
from workbench.gui.models.step_block import StepBlock
from workbench.gui.workers.event_file import EventTail
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.history import can_go_on
from workbench.runs.process import EngineProcess


@dataclass(frozen=True, kw_only=True)
class RunView:
    """A run as its folder tells it."""

    path: Path
    experiment: Experiment
    events: tuple[Event | StepBlock, ...]
    report: Mapping[str, Any]  # Any: the JSON report
    has_model: bool
    continues: bool
    """Whether it ended early and can be gone on with."""
    owner: Owner | None
    """The process that trains it now."""
    tail: EventTail
    """Reads what it says from here on."""


def read_run(path: Path, ticket: Ticket) -> RunView:
    """Read a run folder; a job for a lane.

    Raises:
        WorkbenchError: it is none.
    """
    from workbench.runs.folder import RunFolder
    from workbench.runs.ownership import owner_of

    run = RunFolder.open(path)
    owner, tail = owner_of(path), EventTail(run.events_file)
    events = tail.read(ticket.cancelled, growing=owner is not None)
    ended = next((event for event in reversed(events) if isinstance(event, (Finished, Failed))), None)
    finished = isinstance(ended, Finished) and ended.stopped != "asked"
    return RunView(
        path=path, experiment=run.experiment(), events=tuple(events), report=run.report(),
        has_model=(run.model / "config.json").is_file(), owner=owner, tail=tail,
        continues=owner is None and not finished and can_go_on(path),
    )  # fmt: skip


class Looking(QObject):
    """Answers for a run that is not training: a text in, the heads of its saved model out."""

    def __init__(self, run: RunModel, jobs: Jobs, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run, self._jobs, self._engine = run, jobs, engine
        self._path: Path | None = None
        self._other = ""

    def set_run(self, path: Path | None) -> None:
        """Look through the model of this run from now on; None looks through nothing."""
        self._jobs.cancel("look")
        self._path = path

    def compare_with(self, text: str) -> None:
        """Look at this text, too, from the next look on; at none when it is empty."""
        self._other = text

    def look_at(self, text: str, step: int) -> None:
        """Look at a text; the answer goes to the run's model."""
        path, other = self._path, self._other
        if path is None or not text.strip():
            return

        def look(ticket: Ticket) -> Looked:
            looked = self._engine.ask("look", path, text, step, other, cancelled=ticket.cancelled)
            assert isinstance(looked, Looked)
            return looked

        self._jobs.start("look", look, done=self._show, failed=self._fail)

    def _show(self, looked: Looked) -> None:
        if not self._run.live:
            self._run.take([looked])

    def _fail(self, error: WorkbenchError) -> None:
        self._show(Looked(step=0, time=0.0, text="", frames={}, trouble=str(error)))
