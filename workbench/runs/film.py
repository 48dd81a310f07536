"""The film of a run: the folder ``film/`` read back and written, also while the other one is at it.

``moments.film`` holds the pictures, ``scores.film`` what every head scored at each moment. Both are appended; when a film is
too large it is thinned evenly in the logarithm of time, written aside and renamed. Scores are small and thinned last, so a
change keeps its place when the pictures around it are gone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.film import ChangePoint, HeadScores, Moment, ScoreSeries
from workbench.runs import film_records as records
from workbench.runs.appending import Appending
from workbench.runs.change_points import change_points
from workbench.runs.film_moments import looks_of, pack_looks, pack_scores, scores_of
from workbench.runs.film_records import MAGIC, Content, Place

FOLDER, MOMENTS, SCORES = "film", "moments.film", "scores.film"
FULL_AGAIN = 0.75
"""To which share of its budget a film is thinned."""
OF_SCORES = 0.25
"""Share of the budget that scores may take."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Film:
    """What is recorded of a run by now; opening it again shows what came since. Safe to use from any one thread."""

    folder: Path
    places: tuple[Place, ...]
    score_places: tuple[Place, ...]

    @classmethod
    def open(cls, run: Path) -> Self:
        """The film of a run folder; an empty one where nothing was recorded."""
        folder = run / FOLDER
        return cls(
            folder=folder, places=tuple(records.places(folder / MOMENTS)), score_places=tuple(records.places(folder / SCORES))
        )

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def steps(self) -> NDArray[np.int64]:
        """(moment,): optimiser steps done at each, rising."""
        return np.array([place.step for place in self.places], np.int64)

    @property
    def bytes(self) -> int:
        """What it takes on the disk."""
        return sum(path.stat().st_size for path in (self.folder / MOMENTS, self.folder / SCORES) if path.exists())

    def nearest(self, step: float) -> int:
        """The moment next to a step.

        Raises:
            WorkbenchError: there is none at all.
        """
        if not self.places:
            raise WorkbenchError(
                "nothing was recorded of this run", where=str(self.folder), mend="Train with film_megabytes > 0."
            )
        return int(np.abs(self.steps - step).argmin())

    def moment(self, index: int) -> Moment:
        """One moment, with its scores where they are sound.

        Raises:
            WorkbenchError: it is damaged, or the film was thinned since it was opened.
        """
        place = self.places[index]
        (content,) = records.read(self.folder / MOMENTS, [place])
        try:
            if content is not None:
                looked, *others = looks_of(*content)
                return Moment(looked=looked, others=tuple(others), scores=self._scores_at(place.step))
        except ValueError:
            pass
        raise WorkbenchError(f"the moment at step {place.step} is damaged", where=str(self.folder), mend="Choose another moment.")

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The pinned texts as they were at the newest moment that can be read."""
        for index in reversed(range(len(self))):
            try:
                return self.moment(index).texts
            except WorkbenchError:
                continue
        return ()

    @cached_property
    def series(self) -> dict[str, ScoreSeries]:
        """What every head scored over the run, by kind of attention."""
        found: dict[str, list[tuple[int, HeadScores]]] = {}
        for place, content in zip(self.score_places, records.read(self.folder / SCORES, self.score_places), strict=True):
            for kind, each in _scores(content).items():
                found.setdefault(kind, []).append((place.step, each))
        return {kind: _series(kind, all_scores) for kind, all_scores in found.items()}

    @cached_property
    def changes(self) -> tuple[ChangePoint, ...]:
        """Where heads became what they are, in order."""
        return change_points(self.series.values())

    def _scores_at(self, step: int) -> dict[str, HeadScores]:
        places = [place for place in self.score_places if place.step == step]
        return {kind: each for content in records.read(self.folder / SCORES, places) for kind, each in _scores(content).items()}


def _scores(content: Content | None) -> dict[str, HeadScores]:
    """Nothing where they are damaged."""
    try:
        return {} if content is None else scores_of(*content)
    except ValueError:
        return {}


class FilmWriter:
    """Appends moments to a run's film and keeps it within a budget.

    Args:
        run: The run folder.
        budget: Bytes at most.
        after: Moments past this step are dropped: the run goes on from there.

    Raises:
        OSError: the folder cannot be written.
    """

    def __init__(self, run: Path, budget: int, *, after: int = 0) -> None:
        self.folder, self.budget = run / FOLDER, budget
        self.folder.mkdir(parents=True, exist_ok=True)
        self._files = {name: _open_at(self.folder / name, after) for name in (MOMENTS, SCORES)}
        self.last = max((place.step for place in records.places(self.folder / MOMENTS)), default=-1)
        """Step of the newest moment; -1 before the first."""

    def add(self, moment: Moment) -> None:
        """Record a moment; after an error it waits for `flush`.

        Raises:
            OSError: the disk is full.
        """
        looked = moment.looked
        self.last = looked.step
        for name, payload in ((SCORES, pack_scores(moment.scores)), (MOMENTS, pack_looks(looked, moment.others))):
            self._files[name].add(records.record(looked.step, looked.time, payload))
        self.flush()

    def flush(self) -> None:
        """Write what waits, and keep within the budget.

        Raises:
            OSError: the disk is full; what waits is kept for the next time.
        """
        for file in self._files.values():
            file.flush()
        sizes = {name: len(file) for name, file in self._files.items()}
        if sum(sizes.values()) > self.budget:
            scores = min(sizes[SCORES], int(self.budget * OF_SCORES))
            if scores < sizes[SCORES]:
                self._thin(SCORES, int(scores * FULL_AGAIN))
            self._thin(MOMENTS, int((self.budget - scores) * FULL_AGAIN))

    def close(self) -> None:
        """Nothing more is recorded."""
        for file in self._files.values():
            file.close()

    def _thin(self, name: str, size: int) -> None:
        """Copy what stays into a file aside, and put it in the place of the one that was."""
        path = self.folder / name
        self._files[name].close()
        aside = path.with_name(f".{name}.{os.getpid()}.partial")
        try:
            with path.open("rb") as old, aside.open("wb") as new:
                new.write(MAGIC)
                for place in thinned(records.places(path), size - len(MAGIC)):
                    old.seek(place.offset)
                    new.write(old.read(place.end - place.offset))
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
            self._files[name] = Appending(path)


def thinned(all_places: Sequence[Place], size: int) -> list[Place]:
    """Which moments stay so that they take no more than so many bytes: the first, the last, and evenly in log-time between."""
    stay = list(all_places)
    if len(stay) < 3:
        return stay
    times = list(np.log1p([place.step - stay[0].step for place in stay]))
    used = sum(place.end - place.offset for place in stay)
    while used > size and len(stay) > 2:
        gaps = np.subtract(times[2:], times[:-2])
        least = 1 + int(gaps.argmin())
        used -= stay[least].end - stay[least].offset
        del stay[least], times[least]
    return stay


def _series(kind: str, found: list[tuple[int, HeadScores]]) -> ScoreSeries:
    """The newest shape decides; what does not fit it is of another model and left out."""
    names, shape = found[-1][1].names, found[-1][1].values.shape
    same = [(step, each) for step, each in found if each.names == names and each.values.shape == shape]
    return ScoreSeries(
        kind=kind, names=names, steps=np.array([step for step, _ in same], np.int64),
        values=np.stack([each.values for _, each in same]), nulls=np.stack([each.nulls for _, each in same]),
    )  # fmt: skip


def _open_at(path: Path, after: int) -> Appending:
    """A file to append to, cut behind its last whole record up to a step."""
    good = [place for place in records.places(path) if place.step <= after]
    with path.open("r+b" if path.exists() else "w+b") as whole:
        if whole.read(len(MAGIC)) != MAGIC:
            whole.seek(0)
            whole.write(MAGIC)
        whole.truncate(good[-1].end if good else len(MAGIC))
    return Appending(path)
