"""What the export of a film shows, shot after shot: the moments of one run, or of two runs in step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.events import Looked, Step
from workbench.contracts.film import ChangePoint, Moment
from workbench.contracts.film_pair import ALIGNMENTS, FilmLine, FilmPair, Floats
from workbench.runs.film import Film
from workbench.runs.folder import RunFolder


@dataclass(frozen=True, kw_only=True, eq=False)
class Shot:
    """What is seen at once."""

    place: float
    """Where it is on the scale of the reel."""
    looks: tuple[Looked, ...]
    """Of each run, at the same text where both look at it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Strip:
    """One of the runs of a reel."""

    name: str
    film: Film
    line: FilmLine

    @property
    def changes(self) -> tuple[ChangePoint, ...]:
        """When its heads became what they are."""
        return self.film.changes


@dataclass(frozen=True, kw_only=True, eq=False)
class Reel:
    """One film, or two that are laid along the same scale."""

    strips: tuple[Strip, ...]
    pair: FilmPair | None = None

    @classmethod
    def open(cls, run: Path, beside: Path | None = None, by: str = "") -> Self:
        """The films as they are by now.

        Args:
            run: A run folder.
            beside: Another one.
            by: One of `ALIGNMENTS`; when left out by step where both runs are as long as each other, else by share.

        Raises:
            WorkbenchError: there is no film, or no such scale.
        """
        if beside is None:
            folder, film = RunFolder.open(run), _recorded(run)
            steps = film.steps
            line = FilmLine(steps=steps, total=max(1, int(steps[-1])))
            return cls(strips=(Strip(name=folder.experiment().name, film=film, line=line),))
        one, other = _strip(run), _strip(beside)
        if one.name == other.name:  # then their folders tell them apart
            one, other = (Strip(name=path.name, film=each.film, line=each.line)
                          for path, each in ((run, one), (beside, other)))  # fmt: skip
        pair = FilmPair.natural(one.line, other.line)
        if by and by not in pair.possible:
            why = "both runs have to tell how many tokens they read" if by in ALIGNMENTS else "there is no such scale"
            raise WorkbenchError(
                f"these films cannot be aligned by {by!r}: {why}", where=f"{run} · {beside}",
                mend=f"Choose one of: {', '.join(pair.possible)}.",
            )  # fmt: skip
        return cls(strips=(one, other), pair=FilmPair(lines=pair.lines, by=by or pair.by))

    @property
    def by(self) -> str:
        """The scale: one of `ALIGNMENTS`."""
        return "step" if self.pair is None else self.pair.by

    @property
    def stops(self) -> Floats:
        """(stop,): every place with a moment, rising."""
        return self.strips[0].film.steps.astype(np.float64) if self.pair is None else self.pair.stops

    @property
    def end(self) -> float:
        """Where the scale ends; it begins at 0."""
        return float(self.strips[0].line.total) if self.pair is None else self.pair.end

    def place(self, side: int, step: float) -> float:
        """Where a step of one of the runs lies on the scale."""
        return float(self.strips[side].line.place(step, self.by))

    def shots(
        self, stops: Sequence[int], told: Callable[[str, float], None], cancelled: Callable[[], bool]
    ) -> Iterator[Shot]:  # fmt: skip
        """Those of some stops, in order; one with a damaged moment is left out.

        Raises:
            Cancelled: `cancelled` said so.
        """
        places, read = self.stops, _Reading(tuple(strip.film for strip in self.strips))
        for done, stop in enumerate(stops):
            if cancelled():
                raise Cancelled("stopped while a film was written")
            told("drawing the film", done / len(stops))
            place = float(places[stop])
            try:
                moments = read((stop,) if self.pair is None else self.pair.moments(place))
            except WorkbenchError:
                continue
            yield Shot(place=place, looks=_looks(moments))


class _Reading:
    """Moments of some films; of each the last one is kept, as the other may have several to it."""

    def __init__(self, films: tuple[Film, ...]) -> None:
        self._films = films
        self._last: dict[int, tuple[int, Moment]] = {}

    def __call__(self, indices: tuple[int, ...]) -> tuple[Moment, ...]:
        for side, index in enumerate(indices):
            if self._last.get(side, (-1, None))[0] != index:
                self._last[side] = index, self._films[side].moment(index)
        return tuple(self._last[side][1] for side in range(len(indices)))


def _looks(moments: tuple[Moment, ...]) -> tuple[Looked, ...]:
    """Of one run its first text; of two the first text of A that B looks at, too, else the first of each."""
    if len(moments) == 1:
        return (moments[0].looked,)
    one, other = moments
    shared = next((text for text in one.texts if text in other.texts), None)
    if shared is None:
        return one.looked, other.looked
    return one.look(one.texts.index(shared)), other.look(other.texts.index(shared))


def _recorded(run: Path) -> Film:
    """A film with a moment that can be read.

    Raises:
        WorkbenchError: there is none.
    """
    film = Film.open(run)
    film.nearest(0)  # there is at least one moment
    if not film.texts:  # not even the newest moments can be read
        raise WorkbenchError("no moment of this film can be read", where=str(film.folder), mend="Choose another run.")
    return film


def _strip(path: Path) -> Strip:
    """A film with how long its run is and how many tokens it had read when."""
    folder, film = RunFolder.open(path), _recorded(path)
    steps: list[int] = []
    tokens: list[int] = []
    for event in folder.events():
        if isinstance(event, Step):
            while steps and steps[-1] >= event.step:  # a resumed run said them again
                steps.pop()
                tokens.pop()
            steps.append(event.step)
            tokens.append(event.tokens)
    counted = (np.array(steps, np.float64), np.cumsum(tokens, dtype=np.float64)) if steps else None
    total = max(int(film.steps[-1]), steps[-1] if steps else 0, 1)
    name = folder.experiment().name or folder.path.name
    return Strip(name=name, film=film, line=FilmLine(steps=film.steps, total=total, tokens=counted))
