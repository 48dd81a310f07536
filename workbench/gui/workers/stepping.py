"""Steps made again in a process beside the window, and spikes looked for in the curves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.spikes import AROUND, AT_ONCE, Spike, find_spikes
from workbench.contracts.steps import StepAttention, StepDetails
from workbench.gui.models.curves import Curves
from workbench.gui.models.step_state import StepState
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

OF = ("loss", "gradient_norm")


class Stepping(QObject):
    """Answers what a `StepState` asks.

    Args:
        state: What is asked.
        jobs: Where answers are waited for.
        engine: The process that repeats; a training at work goes on beside it.
        path: The run that is shown.
    """

    def __init__(
        self, state: StepState, jobs: Jobs, engine: EngineProcess, path: Callable[[], Path | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._jobs, self._engine, self._path = state, jobs, engine, path
        self._judging, self._judged = False, 0
        state.asked.connect(self._repeat)
        state.row_asked.connect(self._look)
        state.left.connect(self._forget)

    def judge(self, curves: Curves) -> None:
        """Look for spikes in the steps that came since the last look, so many at once, until all are known."""
        if self._judging:  # it goes on by itself
            return
        series = curves.series(OF[0])
        if len(series) < self._judged:  # the run went back to a checkpoint
            self._judged = 0
        size = min(len(series), self._judged + AT_ONCE)
        if size == self._judged:
            return
        first = max(0, self._judged - AROUND)
        begin = max(0, first - AROUND)
        steps = series.steps[begin:size].copy()
        values = {name: curves.series(name).values[begin:size].copy() for name in OF}
        kept = [spike for spike in self._state.spikes if first and spike.step < steps[first - begin]]

        def look(ticket: Ticket) -> list[Spike]:
            return [spike for name in OF for spike in find_spikes(steps, values[name], name, first=first - begin)]

        def take(found: list[Spike]) -> None:
            self._judging, self._judged = False, size
            self._state.set_spikes([*kept, *found])
            self.judge(curves)

        self._judging = True
        self._jobs.start("spikes", look, done=take)

    def start_over(self) -> None:
        """Another run is shown: nothing of the one before is waited for."""
        self.judge_anew()
        for lane in ("step", "step-row"):
            self._jobs.cancel(lane)

    def judge_anew(self) -> None:
        """The steps that come are others than those that were judged: a run goes on from a checkpoint."""
        self._judging, self._judged = False, 0
        self._jobs.cancel("spikes")

    def _repeat(self, step: int) -> None:
        path = self._path()
        if path is None:
            return
        self._jobs.cancel("step-row")

        def work(ticket: Ticket) -> StepDetails:
            self._engine.load(ticket.progress)
            made: StepDetails = self._engine.ask("step", path, step, told=ticket.progress, cancelled=ticket.cancelled)
            return made

        self._jobs.start("step", work, done=self._state.take, failed=self._state.fail, progress=self._state.tell)

    def _look(self, place: int) -> None:
        path, step = self._path(), self._state.step
        if path is None:
            return

        def work(ticket: Ticket) -> StepAttention:
            seen: StepAttention = self._engine.ask(
                "step_attention", path, step, place, told=ticket.progress, cancelled=ticket.cancelled
            )
            return seen

        def fail(error: WorkbenchError) -> None:
            self._state.take_attention(StepAttention(place=place, trouble=f"{error.what} {error.mend}".strip()))

        self._jobs.start("step-row", work, done=self._state.take_attention, failed=fail)

    def _forget(self) -> None:
        self._jobs.cancel("step-row")
        self._jobs.start("step", lambda ticket: self._engine.ask("forget_step", cancelled=ticket.cancelled), done=lambda _: None)
