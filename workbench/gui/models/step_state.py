"""The step a person looks into: which steps stand out, which one is chosen, and what is known of it once it was made again."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.spikes import Spike
from workbench.contracts.steps import StepAttention, StepDetails

MOST = 200
"""Spikes that are kept, the most unusual ones: where there are thousands, none stands out."""
MEANS_SOMETHING = 1.0
"""Seconds of repeating before a time left is told."""


class Phase(Enum):
    """How far the look into a step is."""

    NOTHING = "nothing"
    WORKING = "working"
    SHOWN = "shown"
    TROUBLE = "trouble"


class StepState(QObject):
    """Asks for a step and its rows; whoever repeats the training answers."""

    spikes_changed = Signal()
    """Other steps stand out, or another one is chosen."""
    changed = Signal()
    """Another step is looked into, or there is more to see of it."""
    row_changed = Signal()
    """Another row is chosen, or its attention is known."""
    progressed = Signal(str, float, object)
    """What is being done, which share of it is done, and the seconds it still takes, or None while nobody knows."""
    asked = Signal(int)
    row_asked = Signal(int)
    """The place of a row whose attention is wanted."""
    left = Signal()
    """Nobody looks at the step any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spikes: tuple[Spike, ...] = ()
        self.crowded = False
        """Whether there are more."""
        self.chosen: int | None = None
        """The step that a person points at."""
        self.phase = Phase.NOTHING
        self.step = 0
        """The step that is looked into."""
        self.details: StepDetails | None = None
        self.row: int | None = None
        """The chosen row, a place in `StepDetails.rows`."""
        self.attention: StepAttention | None = None
        """Of that row."""
        self.trouble: WorkbenchError | None = None
        self._since: tuple[float, float] | None = None
        self._what = ""

    # -- which steps stand out ----------------------------------------------------------------------------------------

    def set_spikes(self, spikes: Sequence[Spike]) -> None:
        """The steps that stand out, or those of them that do the most."""
        self.crowded = len(spikes) > MOST or (self.crowded and len(spikes) == MOST)
        strongest = sorted(spikes, key=lambda spike: -spike.deviations)[:MOST]
        known = tuple(sorted(strongest, key=lambda spike: (spike.step, -spike.deviations)))
        if known != self.spikes:
            self.spikes = known
            self.spikes_changed.emit()

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps of the spikes, each once, in order."""
        return tuple(dict.fromkeys(spike.step for spike in self.spikes))

    def spike_at(self, step: int) -> Spike | None:
        """Why a step stands out, by what is most unusual of it."""
        return next((spike for spike in self.spikes if spike.step == step), None)

    def choose(self, step: int | None) -> None:
        """Point at a step."""
        if step != self.chosen:
            self.chosen = step
            self.spikes_changed.emit()

    def choose_next(self, way: int) -> None:
        """Point at the next spike (1) or the one before (-1); from nowhere at the first or last; it stays at either end."""
        steps = self.steps
        if not steps:
            return
        if self.chosen is None:
            self.choose(steps[0 if way > 0 else -1])
            return
        place = bisect_right(steps, self.chosen) if way > 0 else bisect_left(steps, self.chosen) - 1
        if 0 <= place < len(steps):
            self.choose(steps[place])

    # -- looking into one ---------------------------------------------------------------------------------------------

    def look_into(self, step: int) -> None:
        """Let a step be made again; one that is shown already is shown again."""
        self.choose(step)
        if not (self.phase in (Phase.SHOWN, Phase.WORKING) and self.step == step):
            self.step, self.phase = step, Phase.WORKING
            self.details = self.row = self.attention = self.trouble = self._since = None
            self.asked.emit(step)
        self.changed.emit()

    def tell(self, what: str, share: float) -> None:
        """How far the repetition is."""
        now = time.monotonic()
        if self._since is None or share < self._since[1] or what != self._what:
            self._since, self._what = (now, share), what
        began, first = self._since
        seconds = None
        if now - began > MEANS_SOMETHING and share > first:
            seconds = (now - began) * (1 - share) / (share - first)
        self.progressed.emit(what, share, seconds)

    def take(self, details: StepDetails) -> None:
        """The step was made again: the row with the largest loss is looked at first."""
        self.details, self.phase = details, Phase.SHOWN
        self.changed.emit()
        self.choose_row(details.largest)

    def fail(self, error: WorkbenchError) -> None:
        """It could not be made again."""
        self.trouble, self.phase = error, Phase.TROUBLE
        self.changed.emit()

    def choose_row(self, place: int) -> None:
        """Look at the attention on another row."""
        if self.details is not None and place != self.row:
            self.row, self.attention = place, None
            self.row_asked.emit(place)
            self.row_changed.emit()

    def take_attention(self, seen: StepAttention) -> None:
        """Attention on a row; an answer about another one is passed over."""
        if seen.place == self.row and self.details is not None:
            self.attention = seen
            self.row_changed.emit()

    def leave(self) -> None:
        """Look into no step any more."""
        if self.phase is not Phase.NOTHING:
            self.phase, self.step = Phase.NOTHING, 0
            self.details = self.row = self.attention = self.trouble = self._since = None
            self.left.emit()
            self.changed.emit()

    def clear(self) -> None:
        """Another run is shown."""
        self.leave()
        self.choose(None)
        self.set_spikes(())
