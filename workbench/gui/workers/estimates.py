"""Measures what the draft will cost, off the GUI thread, whenever it has come to rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.estimates import Estimate
from workbench.contracts.specs import Experiment
from workbench.engine.disk import free_bytes
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState, Phase
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

LANE = "estimate"
REST = 500
"""Milliseconds without a change before anything is measured."""


class Estimates(QObject):
    """Keeps an `EstimateState` true to a `Draft` while somebody looks and nothing trains.

    Args:
        draft: What is set up.
        state: What is known; this fills it.
        jobs: Where the answer is waited for, in the lane "estimate".
        engine: Where it is measured.
        parent: Owner.
        place: Where runs are kept: the room there is told, too.
    """

    def __init__(
        self, draft: Draft, state: EstimateState, jobs: Jobs, engine: EngineProcess, parent: QObject | None = None,
        *, place: Callable[[], Path] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draft, self._state, self._jobs, self._engine = draft, state, jobs, engine
        self._place = place
        self._told: Experiment | None = None
        self._about: tuple[object, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._measure)
        draft.changed.connect(self.refresh)
        state.wanted_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Look again at whether and what to measure."""
        experiment = self._wanted()
        if experiment is not None and experiment == self._told and self._state.phase in (Phase.MEASURING, Phase.KNOWN):
            return
        self._jobs.cancel(LANE)
        self._timer.stop()
        data = self._draft.settings()["data"]
        about = tuple(data.get(name) for name in ("table", "sheet", "task", "text", "target"))
        if about != self._about:
            self._about = about
            self._state.forget()
        self._told = None
        if experiment is not None:
            self._state.enter(Phase.WAITING)
            self._timer.start()

    def _wanted(self) -> Experiment | None:
        """The experiment to measure; else the state says why there is none."""
        state = self._state
        try:
            experiment = dataclasses.replace(self._draft.experiment(), name="")
        except SpecError:
            state.enter(Phase.WRONG)
            return None
        if experiment.data.table is None:
            state.enter(Phase.NO_DATA)
        elif state.training:
            state.enter(Phase.PAUSED)
        elif not state.wanted:
            if state.phase is not Phase.KNOWN or experiment != self._told:
                state.enter(Phase.WAITING)
                return None
            return experiment
        else:
            return experiment
        return None

    @Slot()
    def _measure(self) -> None:
        experiment = self._wanted()
        if experiment is None:
            return
        self._told = experiment
        self._state.enter(Phase.MEASURING)
        place = self._place() if self._place is not None else None

        def work(ticket: Ticket) -> Estimate:
            found = self._engine.ask("estimate", experiment, told=ticket.progress, cancelled=ticket.cancelled)
            assert isinstance(found, Estimate)
            return found if place is None else dataclasses.replace(found, free_disk_bytes=free_bytes(place))

        self._jobs.start(LANE, work, done=self._state.know, failed=self._failed, progress=self._state.tell)

    def _failed(self, error: WorkbenchError) -> None:
        self._told = None
        self._state.fail(error)
