"""A run as the window knows it: which of nine states it is in, what may be done, how far it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Event, Failed, Finished, Looked, Paused, Resumed, Started, Step
from workbench.gui.models.overhead import Overhead
from workbench.gui.models.step_block import StepBlock

MEANS_SOMETHING = 2.0
"""Seconds of training before a time left is told."""
SLICE = 5_000
"""Events of a run on disk that are shown at once: the window stays awake between two slices."""


class RunState(Enum):
    """Where a run is."""

    IDLE = "idle"
    PREPARING = "preparing"
    TRAINING = "training"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    WATCHED = "watched"
    """Another process trains it, and the window reads along."""
    DONE = "done"
    FAILED = "failed"


class Act(Enum):
    """What a person may do with a run."""

    TRAIN = "train"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    EDIT = "edit"
    """Change the training itself: a head, the learning rate, dropout."""
    BRANCH = "branch"
    """Begin another run that shares its past."""


POSSIBLE = {
    RunState.IDLE: {Act.TRAIN},
    RunState.PREPARING: {Act.STOP},
    RunState.TRAINING: {Act.PAUSE, Act.STOP, Act.EDIT, Act.BRANCH},
    RunState.PAUSING: {Act.RESUME, Act.STOP, Act.EDIT},
    RunState.PAUSED: {Act.RESUME, Act.STOP, Act.EDIT, Act.BRANCH},
    RunState.STOPPING: set(),
    RunState.WATCHED: {Act.TRAIN, Act.BRANCH},
    RunState.DONE: {Act.TRAIN, Act.BRANCH},
    RunState.FAILED: {Act.TRAIN, Act.BRANCH},
}
"""The acts that work in each state; every button is enabled by this table."""
LIVE = frozenset(POSSIBLE) - {RunState.IDLE, RunState.WATCHED, RunState.DONE, RunState.FAILED}
"""States in which a thread of this window is at work."""


@dataclass(frozen=True, kw_only=True)
class Advance:
    """How far a run is."""

    step: int = 0
    total: int = 0
    epoch: float = 0.0
    seconds: float = 0.0
    """Of training, evaluation not counted."""
    left: float | None = None
    """Seconds to go, scoring and saving with it; None until it means something."""
    at_least: bool = False
    """Scoring was not seen yet, so that what is left is more."""
    tokens_per_second: float = 0.0


class RunModel(QObject):
    """The state of the one run the window drives or shows. It learns from events; it commands nothing."""

    begun = Signal(bool)
    """A run begins; whether it is the one that is shown, which goes on. Otherwise what was shown of another one goes."""
    state_changed = Signal(object)
    """RunState"""
    prepared = Signal(str, float)
    """What is being prepared, and which share of it is done."""
    advanced = Signal(object)
    """Advance"""
    stepped = Signal(object)
    """A list of Step, in order, none left out."""
    read = Signal(object)
    """Steps of a run on disk, as a `StepBlock`, in order, none left out."""
    replayed = Signal()
    """All events of a run on disk were shown."""
    looked = Signal(object)
    """Looked, the newest, or a moment of the past that is shown in its place."""
    stands_at = Signal(object)
    """The step of the past that is shown, or None for now. It comes before the pictures of that step."""
    happened = Signal(object)
    """Any other Event."""
    pointed = Signal(str, int, int)
    """A head that a person should see: kind, layer and head, counted from 0."""
    failed = Signal(object)
    """WorkbenchError"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = RunState.IDLE
        self.advance = Advance()
        self.error: WorkbenchError | None = None
        self._rate: tuple[int, float] = (0, 0.0)
        self._tokens = 0
        self._overhead = Overhead()
        self._past: int | None = None
        self._newest: Looked | None = None
        self._replaying = False
        self._rest: Sequence[Event | StepBlock] = ()
        self._slices = QTimer(self)
        self._slices.setInterval(1)  # at 0 other timers would starve
        self._slices.timeout.connect(self._replay_slice)

    @property
    def state(self) -> RunState:
        return self._state

    @property
    def live(self) -> bool:
        """Whether a thread is at work on it."""
        return self._state in LIVE

    @property
    def past(self) -> int | None:
        """The step of the past that is shown; None while it is now."""
        return self._past

    def show_moment(self, looked: Looked) -> None:
        """Show a moment of the past as if it were now; new looks wait until `return_to_now`."""
        self._past = looked.step
        self.stands_at.emit(self._past)
        self.looked.emit(looked)

    def return_to_now(self) -> None:
        """Show the newest look again, and those that come."""
        if self._past is not None:
            self._past = None
            self.stands_at.emit(None)
            if self._newest is not None:
                self.looked.emit(self._newest)

    def may(self, act: Act) -> bool:
        """Whether this can be done now."""
        return act in POSSIBLE[self._state]

    def enter(self, state: RunState) -> None:
        """Be in another state."""
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def begin(self, *, goes_on: bool = False) -> None:
        """A run starts: it is being prepared, and nothing is known of it; or the one that is shown goes on."""
        self.advance, self.error = Advance(), None
        self._rate, self._tokens = (0, 0.0), 0
        self._replaying = False
        self._past = self._newest = None
        self.stands_at.emit(None)
        self.begun.emit(goes_on)
        self.advanced.emit(self.advance)
        self.enter(RunState.PREPARING)

    def fail(self, error: WorkbenchError) -> None:
        """The run ended with an error."""
        self.error = error
        self.enter(RunState.FAILED)
        self.failed.emit(error)

    @property
    def replaying(self) -> bool:
        """Whether events of a run on disk are still being shown."""
        return self._slices.isActive()

    def replay(self, events: Sequence[Event | StepBlock], *, watched: bool = False) -> None:
        """Show a run as its events tell it; a long one slice by slice, a block of steps at a time.

        Args:
            events: All it has said so far.
            watched: Another process trains it: it is not over.
        """
        self.begin()
        self._replaying, self._rest = True, events
        self.enter(RunState.WATCHED if watched else RunState.DONE)
        self._slices.start()

    def _replay_slice(self) -> None:
        end = next((place + 1 for place, item in enumerate(self._rest[:SLICE]) if isinstance(item, StepBlock)), SLICE)
        now, self._rest = self._rest[:end], self._rest[end:]
        if self._replaying:
            self.take(now)
        if not self._rest or not self._replaying:
            self._slices.stop()
            self._rest = ()
            if self._replaying:
                self.replayed.emit()
            if self._state is RunState.WATCHED:  # what comes from now on happens now
                self._replaying = False

    def take(self, events: Sequence[Event | StepBlock]) -> None:
        """Learn from events, in the order they happened."""
        steps: list[Step] = []
        for event in events:
            if isinstance(event, Step):
                steps.append(event)
                continue
            self._tell(steps)
            steps = []
            if isinstance(event, StepBlock):
                self._go_on(event)
                self.read.emit(event)
                self.advanced.emit(self.advance)
            else:
                self._learn(event)
        self._tell(steps)

    def _learn(self, event: Event) -> None:
        if isinstance(event, Looked):
            self._newest = event
            if self._past is None:
                self.looked.emit(event)
            return
        self._overhead.take(event)
        if isinstance(event, Started):
            self.advance = Advance(step=event.step, total=event.total_steps)
            self._rate = (event.step, 0.0)
            self._overhead = Overhead(event)
            self.advanced.emit(self.advance)
            self._enter_unless_stopping(RunState.TRAINING)
        elif isinstance(event, Paused):
            self._enter_unless_stopping(RunState.PAUSED)
        elif isinstance(event, Resumed):
            self._enter_unless_stopping(RunState.TRAINING)
        self.happened.emit(event)
        if self._replaying and (self._state is RunState.WATCHED or not isinstance(event, Failed)):
            return
        if isinstance(event, Finished):
            self.enter(RunState.DONE)
        elif isinstance(event, Failed):
            self.fail(WorkbenchError(event.what, where=event.where, mend=event.mend))

    def _enter_unless_stopping(self, state: RunState) -> None:
        if self._replaying or (self._state is RunState.PAUSING and state is RunState.TRAINING):
            return
        if self._state not in (RunState.STOPPING, RunState.WATCHED):
            self.enter(state)

    def _tell(self, steps: list[Step]) -> None:
        if steps:
            self._go_on(StepBlock.of(steps))
            self.stepped.emit(steps)
            self.advanced.emit(self.advance)

    def _go_on(self, block: StepBlock) -> None:
        """Be as far as the last of these steps."""
        if not len(block):
            return
        numbers, spent, tokens = (block.column(name) for name in ("step", "seconds", "tokens"))
        last, now = int(numbers[-1]), float(spent[-1])
        self._overhead.pass_by(float(block.column("time")[-1]))
        self._tokens += int(tokens.sum())
        if not self._rate[1]:  # the first step warms up and says nothing of the others
            self._rate = (int(numbers[0]), float(spent[0]))
            self._tokens = int(tokens[1:].sum())
        done, seconds = last - self._rate[0], now - self._rate[1]
        left = None
        if done > 0 and seconds >= MEANS_SOMETHING and self.advance.total:
            left = (self.advance.total - last) * seconds / done + self._overhead.due(last)
        self.advance = Advance(
            step=last, total=self.advance.total, epoch=float(block.column("epoch")[-1]), seconds=now, left=left,
            tokens_per_second=self._tokens / seconds if seconds > 0 else 0.0, at_least=not self._overhead.known,
        )  # fmt: skip


def clock(seconds: float) -> str:
    """A time as people write it: ``31 s``, ``2:05``, ``1:02:05``."""
    if not math.isfinite(seconds):
        return "–"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
