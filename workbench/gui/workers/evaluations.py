"""Evaluates runs off the window's thread, from the answers they keep."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.contracts.evaluations import Group, Judged
from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.workers.jobs import Jobs, Ticket


class Evaluations(QObject):
    """Answers what an `EvaluationState` asks; of several questions only the newest is answered."""

    def __init__(self, state: EvaluationState, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._jobs = state, jobs
        state.asked.connect(self._judge)
        state.column_asked.connect(self._group)

    def _judge(self) -> None:
        run, split, against = self._state.run, self._state.split, self._state.against
        assert run is not None
        self._jobs.cancel("evaluation-column")

        def work(ticket: Ticket) -> Judged:
            from workbench.runs.evaluating import judge_run

            return judge_run(run, split, against)

        self._jobs.start("evaluation", work, done=self._state.take, failed=self._state.take_trouble)

    def _group(self, column: str) -> None:
        run, judged = self._state.run, self._state.judged
        assert run is not None
        assert judged is not None
        found = judged.analysis

        def work(ticket: Ticket) -> tuple[Group, ...]:
            from workbench.runs.answer_columns import groups_by_column

            return groups_by_column(run, found.answers, found.metric, column, cancelled=ticket.cancelled)

        self._jobs.start(
            "evaluation-column", work, done=self._state.take_groups, failed=self._state.take_column_trouble
        )  # fmt: skip
