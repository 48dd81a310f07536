"""Evaluates runs in the engine's process, from the answers they keep: the libraries that score never load in the window's."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.workers.jobs import Jobs
from workbench.runs.process import EngineProcess


class Evaluations(QObject):
    """Answers what an `EvaluationState` asks; of several questions only the newest is answered."""

    def __init__(self, state: EvaluationState, jobs: Jobs, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._jobs, self._engine = state, jobs, engine
        state.asked.connect(self._judge)
        state.column_asked.connect(self._group)

    def _judge(self) -> None:
        run, split, against = self._state.run, self._state.split, self._state.against
        assert run is not None
        self._jobs.cancel("evaluation-column")
        self._jobs.start(
            "evaluation", lambda ticket: self._engine.ask("judge", run, split, against, cancelled=ticket.cancelled),
            done=self._state.take, failed=self._state.take_trouble,
        )  # fmt: skip

    def _group(self, column: str) -> None:
        run, judged = self._state.run, self._state.judged
        assert run is not None
        assert judged is not None
        found = judged.analysis
        self._jobs.start(
            "evaluation-column",
            lambda ticket: self._engine.ask("group", run, found.answers, found.metric, column, cancelled=ticket.cancelled),
            done=self._state.take_groups, failed=self._state.take_column_trouble,
        )  # fmt: skip
