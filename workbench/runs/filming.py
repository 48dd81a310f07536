"""Recording a film between the steps of a training, within 3 % of its time.

A moment is taken when the film can pay for it: it saves while little changes, and spends while much does. How far apart moments
are follows from how much attention changed between the last two, from one step up to a hundredth of the run.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Event, Looked, Started, Step, Warned
from workbench.contracts.film import Moment
from workbench.contracts.frames import AttentionFrame
from workbench.data.recipe import Recipe
from workbench.engine.head_nulls import overlap
from workbench.engine.tasks import Task
from workbench.runs.film import FilmWriter
from workbench.runs.film_scores import FilmScores
from workbench.runs.watch import ARROW, Observer

SHARE = 0.03
"""Of the time of training, at most."""
AIM = 0.9
"""Of that share, what moments are planned with: costs vary."""
LOAN = 0.2
"""Share of the time still to come that may be spent on beforehand: most of what is learned is learned early."""
MUCH, LITTLE = 0.05, 0.02
"""Of attention that moved between two moments, in the head where most did: beyond, moments come closer; below, they part."""
PER_FOLD = 16
"""Moments, at most, while the number of steps grows e-fold: a run is seen as densely late as early."""
OF_ANSWERS = 0.15
"""Share of the time of filming in which answers are written anew; between, the last one stands."""
AT_LEAST = 160
"""Moments of a whole run, where there is time for them."""
OF_A_MOMENT = 1 / 128
"""Share of the budget of bytes that one picture may take, unpacked: the text is cut to fit."""


class Filming:
    """Records one run.

    Args:
        run: Its folder.
        model: Trains in the same thread.
        task: How to read its answers.
        recipe: How to encode a text.
        megabytes: What the film may take; above 0.
        text: Says what is looked at, before each moment; an example of the data where it is empty.
        step: Optimiser steps the model has made by now.
        clock: Seconds of training so far.
    """

    def __init__(
        self, run: Path, model: Any, task: Task, recipe: Recipe, *, megabytes: int, text: Callable[[], str],
        step: Callable[[], int], clock: Callable[[], float], share: float = SHARE,
    ) -> None:  # fmt: skip
        self._run, self._budget, self._share = run, megabytes * 1_000_000, share
        self._observer = Observer(model, task, recipe, patience=math.inf)
        self._scores = FilmScores(model, task.name, recipe.tokenizer, recipe.data.max_length)
        self._step, self._clock = step, clock
        self._model, self._asked = model, text
        self._text: tuple[str, str] | None = None  # as it was asked for, and as it is shown
        self._writer: FilmWriter | None = None
        self._frames: Mapping[str, AttentionFrame] = {}
        self._gap, self._total = 1.0, 0
        self._cost, self._answer_cost = 0.0, 0.0
        self._taken = 0
        self.spent, self._answers = 0.0, 0.0
        self._began, self._first = clock(), 0

    def beside(self, events: Generator[Event, None, Any]) -> Generator[Event, None, Any]:
        """The events of a training, with moments recorded between its steps; returns what the training returns."""
        try:
            while True:
                try:
                    event = next(events)
                except StopIteration as end:
                    return end.value
                yield event
                warning = self._hear(event)
                if warning is not None:
                    yield warning
        finally:
            self._close()

    def _hear(self, event: Event) -> Warned | None:
        try:
            if isinstance(event, Started):
                self._total = event.total_steps
                self._began, self._first = self._clock(), self._step()
                self._writer = FilmWriter(self._run, self._budget, after=event.step)
            if isinstance(event, (Started, Step)) and self._writer is not None and self._due(self._writer):
                self._take(self._writer)
        except (OSError, RuntimeError, ValueError, WorkbenchError) as error:  # a film is not worth a run
            self._close()
            return Warned(step=event.step, time=time.time(), message=f"The film of this run ends here: {error}")
        return None

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
        self._taken += 1
        answers = self._taken == 1 or (self._taken > 2 and self._answers + self._answer_cost <= OF_ANSWERS * self.spent)
        if answers:
            self._observer.answer_anew()
        looked = self._observer.look(self._shown(), self._step())
        self._settle_gap(looked)
        writer.add(Moment(looked=looked, scores=self._scores.of(looked.frames)))
        took = time.perf_counter() - began
        self.spent += took
        if self._taken == 1:  # it warms up and tells nothing of the others
            return
        if answers:
            self._answers += max(took - self._cost, 0.0)
            self._answer_cost = max(took - self._cost, 0.0)
        else:
            self._cost = took if not self._cost else 0.7 * self._cost + 0.3 * took

    def _settle_gap(self, looked: Looked) -> None:
        """Steps to the next moment, from how much changed since the last one."""
        changed = moved(self._frames, looked.frames)
        if changed > MUCH:
            self._gap /= 2
        elif changed < LITTLE:
            self._gap *= 1.5
        self._gap = max(1.0, min(max(self._gap, looked.step / PER_FOLD), self._total / AT_LEAST))
        self._frames = looked.frames

    def _close(self) -> None:
        if self._writer is not None:
            with suppress(OSError):
                self._writer.close()
        self._writer = None

    def _shown(self) -> str:
        """What the film shows now."""
        asked = self._asked()
        if self._text is None or self._text[0] != asked:
            self._text = asked, self._short_enough(asked)
        return self._text[1]

    def _short_enough(self, text: str) -> str:
        """The text, cut until one picture of all heads takes no more than its share of the budget."""
        text = text.strip() or self._observer.own
        config = self._model.config
        heads = int(getattr(config, "num_attention_heads", 0) or 1) * int(getattr(config, "num_hidden_layers", 0) or 1)
        most = max(8, int(math.sqrt(self._budget * OF_A_MOMENT / (2 * heads))))
        with suppress(WorkbenchError):  # a text that cannot be read is told in the look
            while len(text) > 1 and (length := self._observer.length(text)) > most:
                parts = [part.strip() for part in text.split(ARROW)]
                text = f" {ARROW} ".join(part[: max(1, min(len(part) - 1, len(part) * most // length))] for part in parts)
        return text


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
