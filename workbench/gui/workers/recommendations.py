"""Keeps what is recommended for the draft's table and pretrained model true to both."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workbench.contracts.recommendations import Recommendation
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

LANE = "recommend"
REST = 200
"""Milliseconds without a change before the table is looked at."""
DECIDED_HERE = ("max_length", "validation", "test_share", "split_seed")
"""Settings of the data that no recommendation follows from."""


class Recommendations(QObject):
    """Asks again whenever the table, what its columns mean, the model or the device are others.

    Args:
        draft: What is set up; it is told what is recommended.
        state: Whether a training runs: the engine then has no time for questions.
        jobs: Where the answer is waited for, in the lane "recommend".
        engine: Where the table is looked at.
        parent: Owner.
    """

    changed = Signal()
    """Something is being found out, or no longer."""

    def __init__(
        self, draft: Draft, state: EstimateState, jobs: Jobs, engine: EngineProcess, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._draft, self._state, self._jobs, self._engine = draft, state, jobs, engine
        self._about: dict[str, dict[str, Any]] = {}  # Any: each setting has its own type
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._ask)
        draft.changed.connect(self.refresh)
        state.wanted_changed.connect(self.refresh)

    @property
    def busy(self) -> bool:
        """Whether what is recommended is still being found out: the draft is not yet what will be trained."""
        return self._timer.isActive() or self._jobs.busy(LANE)

    @Slot()
    def refresh(self) -> None:
        """Look again at whether anything has to be asked."""
        given = self._draft.given
        about: dict[str, dict[str, Any]] = {
            "data": {name: value for name, value in given["data"].items() if name not in DECIDED_HERE},
            "model": {name: given["model"][name] for name in ("model", "lora_rank") if name in given["model"]},
            "train": {name: given["train"][name] for name in ("device",) if name in given["train"]},
        }
        if about == self._about or self._state.training:
            return
        self._about = about
        self._jobs.cancel(LANE)
        self._timer.stop()
        self._draft.know_recommended(())
        if about["data"].get("table") and about["model"].get("model"):
            self._timer.start()
        self.changed.emit()

    @Slot()
    def _ask(self) -> None:
        about = self._about

        def work(ticket: Ticket) -> tuple[Recommendation, ...]:
            found: tuple[Recommendation, ...] = self._engine.ask("recommend", about, cancelled=ticket.cancelled)
            return found

        self._jobs.start(LANE, work, done=self._take, failed=lambda _: self.changed.emit())  # told where it is measured

    def _take(self, recommended: tuple[Recommendation, ...]) -> None:
        self._draft.know_recommended(recommended)
        self.changed.emit()
