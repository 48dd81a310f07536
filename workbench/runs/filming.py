"""Recording a film between the steps of a training, within 3 % of its time.

A moment is taken when the film can pay for it: it saves while little changes, and spends while much does. How far apart moments
are follows from how much attention changed between the last two: an 80th to a 40th of the steps so far and a hundred.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench.contracts.errors import DiskFull, RunFailed, WorkbenchError
from workbench.contracts.events import Event, Looked, Started, Step, Warned
from workbench.contracts.film import Moment
from workbench.contracts.frames import AttentionFrame
from workbench.data.recipe import Recipe
from workbench.engine.control import Control
from workbench.engine.disk import failure_of, when_there_is_room
from workbench.engine.head_nulls import overlap
from workbench.engine.lens import Lens
from workbench.engine.support import evaluating
from workbench.engine.tasks import Task
from workbench.runs.film import FilmWriter
from workbench.runs.film_scores import FilmScores
from workbench.runs.watch import ARROW, Observer

SHARE = 0.03
"""Of the time of training, at most."""
AIM = 0.88
"""Of that share, what moments are planned with: costs vary."""
LOAN = 0.7
"""Share of the time still to come that may be spent on beforehand: most of what is learned is learned early."""
MUCH, LITTLE = 0.05, 0.02
"""Of attention that moved between two moments, in the head where most did: beyond, moments come closer; below, they part."""
PER_FOLD, LEAST_PER_FOLD = 80, 40
"""Moments, at most and at least, while the number of steps grows e-fold: a run is seen as densely late as early."""
EARLY = 100
"""Steps that are added to those so far before a share is taken of them: at first not every step needs a moment."""
AT_LEAST = 48
"""Moments of a whole run, where there is time for them: none are further apart than this share of it."""
MOST_TEXTS = 4
"""Pinned texts of one film: they share its bytes and its time."""
OF_ANSWERS = 0.15
"""Share of the time of filming in which answers are written anew; between, the last one stands."""
OF_A_MOMENT = 1 / 128
"""Share of the budget of bytes that the pictures of one moment may take, unpacked: texts are cut to fit."""


class Filming:
    """Records one run.

    Args:
        run: Its folder.
        model: Trains in the same thread.
        task: How to read its answers.
        recipe: How to encode a text.
        megabytes: What the film may take; above 0.
        text: Says what is looked at as `pinned_texts` reads it, before each moment; those before keep what they are of.
        step: Optimiser steps the model has made by now.
        clock: Seconds of training so far.
        share: Of the time of training, at most.
        control: Is paused where the disk is full.
    """

    def __init__(
        self, run: Path, model: Any, task: Task, recipe: Recipe, *, megabytes: int, text: Callable[[], str],
        step: Callable[[], int], clock: Callable[[], float], share: float = SHARE,
        control: Control | None = None,
    ) -> None:  # fmt: skip
        self._run, self._budget, self._share = run, megabytes * 1_000_000, share
        self._model, self._task, self._recipe = model, task, recipe
        self._scores = FilmScores(model, task.name, recipe.tokenizer, recipe.data.max_length)
        self._step, self._clock, self._control = step, clock, control or Control()
        self._pinned: list[tuple[Observer, str]] = []  # an observer keeps what it knows of its own text
        self._asked = text
        self._text: str | None = None  # as it was asked for last
        self._writer: FilmWriter | None = None
        self._frames: list[Mapping[str, AttentionFrame]] = []
        self._gap, self._total = 1.0, 0
        self._cost, self._answer_cost = 0.0, 0.0
        self._taken = 0
        self.spent, self._answers = 0.0, 0.0
        self._began, self._first = clock(), 0

    def _pin(self) -> None:
        """Look at what is asked for now."""
        self._text = self._asked()
        texts = pinned_texts(self._text)
        known = [observer for observer, _ in self._pinned[: len(texts)]]
        observers = known + [Observer(self._model, self._task, self._recipe, patience=math.inf) for _ in texts[len(known) :]]
        self._pinned = [
            (observer, self._short_enough(observer, each, len(texts))) for observer, each in zip(observers, texts, strict=True)
        ]

    def beside(self, events: Generator[Event, None, Any]) -> Generator[Event, None, Any]:
        """The events of a training, with moments recorded between its steps; returns what the training returns."""
        try:
            while True:
                try:
                    event = next(events)
                except StopIteration as end:
                    return end.value
                yield event
                yield from self._with_room(self._hear(event))
        finally:
            self._close()

    def _hear(self, event: Event) -> Warned | FilmWriter | None:
        """Record what is due. Returns the writer where the disk took no more, and a warning where the film ends."""
        try:
            if isinstance(event, Started):
                self._total = event.total_steps
                self._began, self._first = self._clock(), self._step()
                self._writer = FilmWriter(self._run, self._budget, after=event.step)
            if isinstance(event, (Started, Step)) and self._writer is not None and self._due(self._writer):
                self._take(self._writer)
        except (OSError, RuntimeError, ValueError, WorkbenchError) as error:  # a film is not worth a run
            if self._writer is not None and failure_of(error) is DiskFull:
                return self._writer
            return self._ended(error)
        return None

    def _with_room(self, heard: Warned | FilmWriter | None) -> Iterator[Event]:
        """What was heard; where the disk is full, wait until it takes what the film's writer holds."""
        if isinstance(heard, Warned):
            yield heard
        elif heard is not None:
            try:
                yield from when_there_is_room(lambda: self._write(heard), self._control, self._step)
            except RunFailed as error:
                yield self._ended(error)

    def _write(self, writer: FilmWriter) -> None:
        try:
            writer.flush()
        except OSError as error:
            raise failure_of(error)(f"the film could not be written: {error}", where=str(self._run)) from error

    def _ended(self, error: Exception) -> Warned:
        self._close()
        return Warned(step=self._step(), time=time.time(), message=f"The film of this run ends here: {error}")

    def _due(self, writer: FilmWriter) -> bool:
        """Whether to take a moment now: the first, the last, and those between that are wanted and paid for."""
        step = self._step()
        if step <= writer.last:
            return False
        if writer.last < 0 or step >= self._total:
            return True
        return step >= writer.last + self._gap and self.spent + self._cost <= AIM * self._share * self._paid_time(step)

    def _paid_time(self, step: int) -> float:
        """Seconds of training that pay for moments: those so far, and a loan on those to come, which the end has paid back."""
        trained, done = self._clock() - self._began, step - self._first
        return trained * (1 + LOAN * (self._total - step) / done) if done > 0 else trained

    def _take(self, writer: FilmWriter) -> None:
        began = time.perf_counter()
        if self._text != self._asked():
            self._pin()
        self._taken += 1
        answers = self._taken == 1 or (self._taken > 2 and self._answers + self._answer_cost <= OF_ANSWERS * self.spent)
        if answers:
            for observer, _ in self._pinned:
                observer.answer_anew()
        with Lens(self._model) as lens, evaluating(self._model):
            looks = [observer.look(text, self._step(), lens) for observer, text in self._pinned]
            scores = self._scores.of(looks[0].frames, lens)
        self._settle_gap(looks)
        writer.add(Moment(looked=looks[0], others=tuple(looks[1:]), scores=scores))
        took = time.perf_counter() - began
        self.spent += took
        if self._taken == 1:  # it warms up and tells nothing of the others
            return
        if answers:
            self._answers += max(took - self._cost, 0.0)
            self._answer_cost = max(took - self._cost, 0.0)
        else:
            self._cost = took if not self._cost else 0.7 * self._cost + 0.3 * took

    def _settle_gap(self, looks: Sequence[Looked]) -> None:
        """Steps to the next moment, from how much changed since the last one in the text where most did."""
        frames = [look.frames for look in looks]
        changed = 1.0
        if len(frames) == len(self._frames):
            changed = max(moved(before, now) for before, now in zip(self._frames, frames, strict=True))
        if changed > MUCH:
            self._gap /= 2
        elif changed < LITTLE:
            self._gap *= 1.5
        far = looks[0].step + EARLY
        furthest = min(far / LEAST_PER_FOLD, self._total / AT_LEAST)
        self._gap = max(1.0, min(max(self._gap, far / PER_FOLD), furthest))
        self._frames = frames

    def _close(self) -> None:
        if self._writer is not None:
            with suppress(OSError):
                self._writer.close()
        self._writer = None

    def _short_enough(self, observer: Observer, text: str, texts: int) -> str:
        """A text, cut until one picture of all heads takes no more than its share of the budget."""
        text, config = text or observer.own, self._model.config
        heads = int(getattr(config, "num_attention_heads", 0) or 1) * int(getattr(config, "num_hidden_layers", 0) or 1)
        most = max(8, int(math.sqrt(self._budget * OF_A_MOMENT / (2 * heads * texts))))
        with suppress(WorkbenchError):  # a text that cannot be read is told in the look
            while len(text) > 1 and (length := observer.length(text)) > most:
                parts = [part.strip() for part in text.split(ARROW)]
                text = f" {ARROW} ".join(part[: max(1, min(len(part) - 1, len(part) * most // length))] for part in parts)
        return text


def pinned_texts(written: str) -> list[str]:
    """The texts of a film as the setting ``film_text`` has them: with ``||`` between them or in lines of their own.

    Returns:
        1 to `MOST_TEXTS` texts; an empty one stands for an example of the validation rows.
    """
    return [part.strip() for part in re.split(r"\|\||\r?\n", written.strip())][:MOST_TEXTS]


def moved(before: Mapping[str, AttentionFrame], now: Mapping[str, AttentionFrame]) -> float:
    """Which share of its attention the head that changed most has moved, mean over queries; 1 where the texts differ."""
    if before.keys() != now.keys():
        return 1.0
    shares = [0.0]
    for kind, frame in now.items():
        if frame.weights.shape != before[kind].weights.shape:
            return 1.0
        shares.append(float((1 - overlap(before[kind].weights, frame.weights)).max()))
    return max(0.0, *shares)
