"""Looking into models off the window's thread, in a process of its own: a training at work goes on beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.models.stepwise import Stepwise
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

TURN = 0.005
"""Seconds between two steps of a survey or a flow: whoever waits for the engine gets it."""

PATIENCE = 2.0
"""Seconds that the opening of a model has to stop in: a library that reads a large file hears nothing meanwhile."""


class Inspecting(QObject):
    """Answers what an `InspectState` asks. The process is started with the first question.

    Of several questions of one sort only the newest is answered; the model is opened again where its process was lost.
    """

    _found = Signal(object, object, object)
    """A `Stepwise`, its question, and what was found so far."""

    def __init__(self, state: InspectState, jobs: Jobs, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._jobs, self._engine = state, jobs, engine
        state.open_asked.connect(self._open)
        state.open_stopped.connect(lambda: jobs.cancel("inspect-open"))
        state.look_asked.connect(self._look)
        state.head_asked.connect(self._fetch)
        state.cell_asked.connect(self._take_apart)
        state.study_asked.connect(self._study)
        state.mean_asked.connect(self._mean)
        state.compare.asked.connect(self._compare)
        state.compare.moments_asked.connect(self._list_moments)
        for what, steps in (("survey", state.survey), ("flow", state.flow)):
            steps.asked.connect(partial(self._work_out, what, steps))
            steps.stop_asked.connect(partial(jobs.cancel, f"inspect-{what}"))
        self._found.connect(lambda steps, question, found: steps.take(question, found))

    def try_again(self) -> None:
        """Whether the model that is waited for has come."""
        if self._state.waits and not self._jobs.busy("inspect-open"):
            self._open(self._state.source)

    def _open(self, source: str) -> None:
        self._let_fall()

        def work(ticket: Ticket) -> Any:  # Any: what the order is answered with
            self._engine.load(ticket.progress)
            return self._engine.ask("open", source, told=ticket.progress, cancelled=ticket.cancelled, patience=PATIENCE)

        self._jobs.start(
            "inspect-open", work, done=self._state.take_model, failed=self._state.take_trouble,
            progress=self._state.tell,
        )  # fmt: skip

    def _look(self) -> None:
        self._let_fall()
        self._ask("inspect", "inspect", "look", self._state.query, done=self._state.take)

    def _fetch(self) -> None:
        self._ask("inspect-head", "inspect", "head", *self._state.place, self._state.query, done=self._state.take_head)

    def _take_apart(self) -> None:
        state = self._state
        if state.cell_place is not None:
            self._ask(
                "inspect-cell", "study", "cell", state.query, *state.place, *state.cell_place, done=state.take_cell,
                failed=lambda error: state.take_study("cell", state.query, error),
            )  # fmt: skip

    def _study(self, study: str) -> None:
        state, query = self._state, self._state.query
        self._ask(
            "inspect-study", "study", study, query, done=lambda found: state.take_study(study, query, found),
            failed=lambda error: state.take_study(study, query, error),
        )  # fmt: skip

    def _mean(self, of: tuple[str, int | None]) -> None:
        state, query = self._state, self._state.query
        self._ask("inspect-mean", "study", "mean_heads", query, *of, done=lambda found: state.take_mean(query, of, found))

    def save(self, path: Path, done: Callable[[str], None], failed: Callable[[WorkbenchError], None]) -> None:
        """Write all heads of the text that is shown; `done` is told what a person should know about the file."""
        self._ask("inspect-save", "study", "save", self._state.query, str(path), done=done, failed=failed)

    def save_compared(self, path: Path, done: Callable[[str], None], failed: Callable[[WorkbenchError], None]) -> None:
        """Write both sides of the comparison that is shown, and their difference."""
        facts, question = self._state.facts, self._state.compare.question
        if facts is not None and question is not None:
            self._jobs.start(
                "inspect-save",
                lambda ticket: self._engine.ask(
                    "save_compared", facts.path, question, str(path), cancelled=ticket.cancelled
                ),
                done=done, failed=failed,
            )  # fmt: skip

    def save_study(
        self, study: object, provenance: Mapping[str, str], path: Path, done: Callable[[str], None],
        failed: Callable[[WorkbenchError], None],
    ) -> None:  # fmt: skip
        """Write what was worked out about a text, as it is shown; of positions, without a model too."""

        def work(ticket: Ticket) -> Any:  # Any: what the order is answered with
            self._engine.load(ticket.progress)
            return self._engine.ask("write_study", study, dict(provenance), str(path), cancelled=ticket.cancelled)

        self._jobs.start("inspect-save", work, done=done, failed=failed)

    def _compare(self) -> None:
        facts, compare = self._state.facts, self._state.compare
        question = compare.question
        if facts is not None and question is not None:
            self._jobs.start(
                "inspect-compare",
                lambda ticket: self._engine.ask(
                    "compare", facts.path, *question, told=ticket.progress, cancelled=ticket.cancelled
                ),
                done=lambda found: compare.take(question, found), failed=lambda error: compare.take_trouble(question, error),
                progress=lambda what, share: compare.tell(what),
            )  # fmt: skip

    def _list_moments(self) -> None:
        facts, compare = self._state.facts, self._state.compare
        if facts is not None:
            self._jobs.start(
                "inspect-moments", lambda ticket: self._engine.ask("moments", facts.path, cancelled=ticket.cancelled),
                done=compare.take_moments,
            )  # fmt: skip

    def _work_out(self, what: str, state: Stepwise[Any, Any]) -> None:  # Any: of each its own question and answer
        """Step after step, so that what else is asked meanwhile comes between."""
        facts, question = self._state.facts, state.question
        if facts is None or question is None:
            return

        def work(ticket: Ticket) -> None:
            fresh = True
            while (
                found := self._engine.ask("next", facts.path, what, question, fresh, cancelled=ticket.cancelled)
            ) is not None:  # fmt: skip
                fresh = False
                self._found.emit(state, question, found)
                time.sleep(TURN)

        self._jobs.start(
            f"inspect-{what}", work, done=lambda _: state.end(question), failed=lambda error: state.fail(question, error)
        )

    def _let_fall(self) -> None:
        """What was asked of another text or model is wanted no more."""
        for lane in ("inspect", "inspect-head", "inspect-cell", "inspect-study", "inspect-compare", "inspect-mean"):
            self._jobs.cancel(lane)

    def _ask(
        self, lane: str, order: str, what: str, *values: Any, done: Any, failed: Any = None
    ) -> None:  # Any: of each question its own
        facts = self._state.facts
        if facts is None:
            return
        self._jobs.start(
            lane, lambda ticket: self._engine.ask(order, facts.path, what, *values, cancelled=ticket.cancelled),
            done=done, failed=failed or self._state.take_trouble,
        )  # fmt: skip
