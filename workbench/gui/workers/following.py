"""A run that another process trains, shown as it goes on: its events are read along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.contracts.events import Event
from workbench.contracts.history import Owner
from workbench.gui.models.run_state import RunModel, RunState
from workbench.gui.models.step_block import StepBlock
from workbench.gui.workers.event_file import EventTail
from workbench.gui.workers.history import RunView
from workbench.gui.workers.jobs import Jobs, Ticket

LANE = "follow"
ROUND = 300
"""Milliseconds between two readings."""


class Following(QObject):
    """Tells a `RunModel` what a run says elsewhere, until it ends there or another run is shown."""

    left = Signal()
    """The process that trained it is gone, and the run did not come to its end."""

    def __init__(self, run: RunModel, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run, self._jobs = run, jobs
        self._path: Path | None = None
        self._tail: EventTail | None = None
        self._timer = QTimer(self, interval=ROUND)
        self._timer.timeout.connect(self._read_on)
        run.begun.connect(self.end)

    def follow(self, view: RunView) -> None:
        """Read this run along from where the view ends; nothing where nobody trains it."""
        if view.owner is not None:
            self._path, self._tail = view.path, view.tail
            self._timer.start()

    def end(self) -> None:
        """Follow nothing."""
        self._timer.stop()
        self._jobs.cancel(LANE)

    def _read_on(self) -> None:
        path, tail = self._path, self._tail
        if path is None or tail is None or self._run.replaying or self._jobs.busy(LANE):
            return

        def read(ticket: Ticket) -> tuple[Owner | None, list[Event | StepBlock]]:
            from workbench.runs.ownership import owner_of

            owner = owner_of(path)  # first: what it said last is there once it is gone
            return owner, tail.read(growing=owner is not None)

        self._jobs.start(LANE, read, done=self._take)

    def _take(self, found: tuple[Owner | None, list[Event | StepBlock]]) -> None:
        owner, events = found
        self._run.take(events)
        if owner is None or self._run.state is not RunState.WATCHED:
            self.end()
            if self._run.state is RunState.WATCHED:
                self._run.enter(RunState.DONE)
                self.left.emit()
