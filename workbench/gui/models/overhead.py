"""What a run does beside its steps: scoring and saving, as long as it was seen to take, as often as it is still due."""

from __future__ import annotations

from statistics import fmean

from workbench.contracts.events import Checkpointed, Evaluated, Event, Started


class Overhead:
    """Learns from the moments of a run's events what scoring and saving cost."""

    def __init__(self, started: Started | None = None) -> None:
        rows = started.rows if started else {}
        self._total = started.total_steps if started else 0
        self._evaluations, self._checkpoints = (started.evaluations, started.checkpoints) if started else (0, 0)
        self._rows = rows.get("validation", 0)
        self._test = rows.get("test", 0) / max(1, self._rows)  # scored once at the end
        self._moment = started.time if started else 0.0
        self._scoring: list[float] = []
        self._saving: list[float] = []
        self._whole = 1.0  # how many times as long all rows take, where scoring on the way writes answers to a part

    @property
    def known(self) -> bool:
        """Whether scoring was seen, or is not due at all."""
        return not self._evaluations or bool(self._scoring)

    def pass_by(self, moment: float) -> None:
        """A step ended at this moment, in seconds: what comes next began then."""
        self._moment = moment

    def take(self, event: Event) -> None:
        """Learn from an event that is no step."""
        took = max(0.0, event.time - self._moment)
        if isinstance(event, Evaluated) and event.split == "validation":
            self._scoring.append(took)
            written = event.metrics.get("written")
            if isinstance(written, int) and 0 < written < self._rows:
                self._whole = self._rows / written
        elif isinstance(event, Checkpointed):
            self._saving.append(took)
        self._moment = event.time

    def due(self, step: int) -> float:
        """Seconds that scoring and saving will still take after this step; what was never seen counts nothing."""
        if not self._total:
            return 0.0
        seconds = 0.0
        if self._scoring:
            on_the_way = max(0, self._evaluations - self._evaluations * step // self._total - 1)
            last = int(step < self._total)
            seconds += fmean(self._scoring) * (on_the_way + self._whole * (last + 1 + self._test))  # at the end everything
        if self._saving:
            seconds += fmean(self._saving) * (self._checkpoints - self._checkpoints * step // self._total)
        return seconds
