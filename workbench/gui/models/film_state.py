"""Which moment of a run's film a person looks at: the newest, which is live, or one of the past; and what changed when,
by itself and by edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from workbench.contracts.edits import Edit
from workbench.contracts.film import ChangePoint

TICK = 80
"""Milliseconds between two moments that are played."""
PLAYED = 250
"""Moments that are played of a long film, about: it is over in half a minute."""


@dataclass(frozen=True, kw_only=True)
class Rise:
    """Between which two evaluations a score rose the most: when a model understood its task."""

    metric: str
    before: int
    after: int
    """Steps of the two evaluations."""
    low: float
    high: float


class FilmState(QObject):
    """Learns from whoever reads the film; `wanted` asks for a moment, `arrived` answers."""

    changed = Signal()
    """There are other moments or changes."""
    wanted = Signal(object)
    """The step of the moment to be shown, or None for the newest look at the model."""
    moved = Signal()
    """Another moment is looked at, or one was reached that was waited for."""
    played = Signal(bool)
    change_chosen = Signal(object)
    """A person wants to see this `ChangePoint`: its moment is asked for, and its head should be in sight."""
    texts_changed = Signal()
    """There are other pinned texts, or another one of them is looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: NDArray[np.int64] = np.empty(0, np.int64)
        self.changes: tuple[ChangePoint, ...] = ()
        self.rise: Rise | None = None
        self.texts: tuple[str, ...] = ()
        """Pinned, as they were at the moment that was read last."""
        self.text = 0
        """Which of them is looked at, counted from 0."""
        self.edits: tuple[Edit, ...] = ()
        self._step: int | None = None
        self._waits = False
        self._visited: ChangePoint | Rise | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._play_on)

    @property
    def step(self) -> int | None:
        """The moment that is looked at; None while it is the newest."""
        return self._step

    @property
    def index(self) -> int | None:
        """Its place among all moments."""
        return None if self._step is None or not len(self.steps) else int(np.abs(self.steps - self._step).argmin())

    @property
    def playing(self) -> bool:
        """Whether moment follows moment by itself."""
        return self._timer.isActive()

    def set_film(self, steps: NDArray[np.int64], changes: Sequence[ChangePoint] | None = None) -> None:
        """What is recorded by now; changes stay as they were where nothing is said of them."""
        told = self.changes if changes is None else tuple(changes)
        if not np.array_equal(steps, self.steps) or told != self.changes:
            self.steps, self.changes = steps, told
            self.changed.emit()

    def set_rise(self, rise: Rise | None) -> None:
        """When the score rose the most."""
        if rise != self.rise:
            self.rise = rise
            self.changed.emit()

    def set_texts(self, texts: Sequence[str]) -> None:
        """The pinned texts of the moment that was read."""
        if tuple(texts) != self.texts:
            self.texts = tuple(texts)
            self.texts_changed.emit()

    def choose_text(self, number: int) -> None:
        """Look at another pinned text, at this moment or, from live, at the last one that was recorded."""
        if number == self.text or not 0 <= number < len(self.texts):
            return
        self.text = number
        self.texts_changed.emit()
        if self._step is None:
            self.seek(len(self.steps) - 1)
        else:
            self.wanted.emit(self._step)

    def set_edits(self, edits: Sequence[Edit]) -> None:
        """What a person changed in the training, in order."""
        if tuple(edits) != self.edits:
            self.edits = tuple(edits)
            self.changed.emit()

    def clear(self) -> None:
        """Another run is shown, of which nothing is known."""
        self.live()
        self.text = 0
        self.set_texts(())
        self.set_rise(None)
        self.set_edits(())
        self.set_film(np.empty(0, np.int64), ())

    def seek(self, index: int) -> None:
        """Look at a moment by its place; beyond either end it is the last one there."""
        if len(self.steps):
            step = int(self.steps[min(max(index, 0), len(self.steps) - 1)])
            if step != self._step:
                self._step, self._waits = step, True
                self.wanted.emit(step)
                self.moved.emit()

    def seek_step(self, step: float) -> None:
        """Look at the moment next to a step."""
        if len(self.steps):
            self.seek(int(np.abs(self.steps - step).argmin()))

    def visit(self, what: ChangePoint | Rise) -> None:
        """Look at the first moment past what happened; of a change, at the head that changed."""
        self.stop()
        self._visited = what
        if isinstance(what, ChangePoint):
            self.change_chosen.emit(what)
        self.seek_step(what.after)

    def newest_until(self, step: int) -> ChangePoint | Rise | None:
        """What had happened last by a step; of several at once, the one that was chosen."""
        happened = [each for each in (*self.changes, self.rise) if each is not None and each.after <= step]
        return max(happened, key=lambda each: (each.after, each is self._visited), default=None)

    def go(self, moments: int) -> None:
        """Look at an earlier (below 0) or later moment; live stands behind the last one."""
        self.stop()
        here = len(self.steps) if self.index is None else self.index
        self.seek(here + moments)

    def live(self) -> None:
        """Look at the newest again."""
        self.stop()
        if self._step is not None:
            self._step, self._waits = None, False
            self.wanted.emit(None)
            self.moved.emit()

    def arrived(self, step: int) -> None:
        """A moment is on the screen."""
        self._waits = self._waits and step != self._step
        self.moved.emit()

    def play(self) -> None:
        """Show moment after moment, from the beginning where the end is reached."""
        if not self.playing and len(self.steps):
            if self.index is None or self.index >= len(self.steps) - 1:
                self.seek(0)
            self._timer.start()
            self.played.emit(True)

    def stop(self) -> None:
        """Stay at this moment."""
        if self.playing:
            self._timer.stop()
            self.played.emit(False)

    def toggle(self) -> None:
        """Play or stay."""
        if self.playing:
            self.stop()
        else:
            self.play()

    def _play_on(self) -> None:
        index = self.index
        if self._waits or index is None:
            return
        if index >= len(self.steps) - 1:
            self.stop()
        else:
            self.seek(index + max(1, round(len(self.steps) / PLAYED)))
