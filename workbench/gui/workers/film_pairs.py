"""Two runs' films read beside a window: what there is of both, and two moments at a time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.contracts.film import Moment
from workbench.contracts.film_pair import FilmLine
from workbench.gui.models.film_pair_state import FilmPairState, FilmSide
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.gui.workers.run_list import compare_runs
from workbench.runs.film import Film

KEPT = 64
"""Moments that were read and may be asked for again."""
Sides = tuple[tuple[Film, FilmSide], tuple[Film, FilmSide]]


class FilmPairs(QObject):
    """Fills a `FilmPairState`."""

    def __init__(self, state: FilmPairState, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._jobs = state, jobs
        self._films: tuple[Film, Film] | None = None
        self._read: OrderedDict[tuple[int, int], Moment] = OrderedDict()
        state.wanted.connect(self._fetch)

    def open(self, one: Path, other: Path) -> None:
        """Lay the films of two runs side by side, as they are by now."""
        self._jobs.cancel("films-moment")

        def read(ticket: Ticket) -> Sides:
            return _side(one, ticket), _side(other, ticket)

        self._jobs.start("films", read, done=self._show, failed=self._state.fail)

    def _show(self, sides: Sides) -> None:
        (film, one), (other_film, other) = sides
        if one.name == other.name:  # then their folders tell them apart
            one, other = (replace(side, name=side.path.name) for side in (one, other))
        self._films = film, other_film
        self._read.clear()
        self._state.set_sides(one, other)

    def _fetch(self, one: int, other: int) -> None:
        films, wanted = self._films, ((0, one), (1, other))
        if films is None:
            return
        known = [self._read.get(key) for key in wanted]
        if known[0] is not None and known[1] is not None:
            self._jobs.cancel("films-moment")
            self._state.show(known[0], known[1])
            return

        def read(ticket: Ticket) -> tuple[Moment, Moment]:
            found = [moment or films[side].moment(index) for moment, (side, index) in zip(known, wanted, strict=True)]
            return found[0], found[1]

        def keep(moments: tuple[Moment, Moment]) -> None:
            self._read.update(zip(wanted, moments, strict=True))
            while len(self._read) > KEPT:
                self._read.popitem(last=False)
            self._state.show(*moments)

        self._jobs.start("films-moment", read, done=keep, failed=self._state.miss)


def _side(path: Path, ticket: Ticket) -> tuple[Film, FilmSide]:
    """A film with what its run says of the training.

    Raises:
        WorkbenchError: nothing was recorded of it.
    """
    film = Film.open(path)
    film.nearest(0)  # there is at least one moment
    (run,) = compare_runs([path], ticket)
    loss = run.curves.get("loss")
    steps = film.steps
    total = max(int(steps[-1]), 0 if loss is None else int(loss.x["step"][-1]), 1)
    tokens = None if loss is None else (loss.x["step"], loss.x["tokens"])
    line = FilmLine(steps=steps, total=total, tokens=tokens)
    return film, FilmSide(path=path, name=run.name, line=line, changes=film.changes, loss=loss)
