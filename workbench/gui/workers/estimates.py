"""Measures what the draft will cost, off the GUI thread, whenever it has come to rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.estimates import Estimate
from workbench.contracts.specs import DataSpec, Experiment
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState, Phase
from workbench.gui.workers.jobs import Jobs, Ticket

LANE = "estimate"
REST = 500
"""Milliseconds without a change before anything is measured."""


class Estimates(QObject):
    """Keeps an `EstimateState` true to a `Draft` while somebody looks and nothing trains.

    Args:
        draft: What is set up.
        state: What is known; this fills it.
        jobs: Where the work is done, in the lane "estimate".
        prepared_for: Gives the table as it was already prepared for these settings, or None.
        parent: Owner.
    """

    def __init__(
        self, draft: Draft, state: EstimateState, jobs: Jobs, prepared_for: Callable[[DataSpec], object | None],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draft, self._state, self._jobs, self._prepared_for = draft, state, jobs, prepared_for
        self._told: Experiment | None = None
        self._cached: tuple[DataSpec, object] | None = None
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
            self._about, self._cached = about, None
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
        prepared = self._prepared_for(experiment.data)
        if prepared is None and self._cached is not None and self._cached[0] == experiment.data:
            prepared = self._cached[1]
        self._told = experiment
        self._state.enter(Phase.MEASURING)

        def work(ticket: Ticket) -> tuple[Estimate, object]:
            from workbench.data.prepare import Prepared, prepare
            from workbench.engine.pretrained import model_folder
            from workbench.runs.estimate import estimate

            whole = experiment
            if whole.model.model is not None and whole.data.tokenizer is None:  # a pretrained model brings its own, as in a run
                whole = whole.replace(data={"tokenizer": str(model_folder(whole.model.model))})
            fits = isinstance(prepared, Prepared) and whole is experiment
            ready = prepared if fits else prepare(whole.data, progress=ticket.progress, cancelled=ticket.cancelled)
            assert isinstance(ready, Prepared)
            return estimate(whole, ready, cancelled=ticket.cancelled, progress=ticket.progress), ready

        def done(found: tuple[Estimate, object]) -> None:
            if experiment.model.model is None:
                self._cached = (experiment.data, found[1])
            self._state.know(found[0])

        self._jobs.start(LANE, work, done=done, failed=self._failed, progress=self._state.tell)

    def _failed(self, error: WorkbenchError) -> None:
        self._told = None
        self._state.fail(error)
