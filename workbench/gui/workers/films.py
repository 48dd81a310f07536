"""A run's film read beside a window: what there is of it, also while it is being recorded, and one moment at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.film import ChangePoint, Moment
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.film import Film

ROUND = 1_000
"""Milliseconds between two looks at a film that grows."""
GROWN = 1.1
"""By how much a film must have grown before its changes are looked for again."""
KEPT = 1 << 26
"""Bytes of weights of moments that were read and may be asked for again."""
AHEAD = 2
"""Moments on either side that are read before anyone asks."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """A film as it was found."""

    film: Film
    changes: tuple[ChangePoint, ...] | None
    """None where they were not looked for."""
    texts: tuple[str, ...]


class Films(QObject):
    """One film at a time."""

    known = Signal(object)
    """`Known`: the film as it is now."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._path: Path | None = None
        self._film: Film | None = None
        self._read: OrderedDict[int, Moment] = OrderedDict()
        self._judged = 0
        self._newest = -1  # step of the newest moment that was handed out as such
        self._timer = QTimer(self)
        self._timer.setInterval(ROUND)
        self._timer.timeout.connect(self._look_again)

    def set_run(self, path: Path | None, *, grows: bool) -> None:
        """Read the film of this run; one that grows is read again and again."""
        for lane in ("film", "film-ahead", "film-index", "film-newest"):
            self._jobs.cancel(lane)
        self._path, self._film, self._judged, self._newest = path, None, 0, -1
        self._read.clear()
        self.set_grows(grows)

    def set_grows(self, grows: bool) -> None:
        """Whether the film is being recorded; when it is no longer, it is read once more as a whole."""
        if grows:
            self._timer.start()
        else:
            self._timer.stop()
            self._refresh(whole=True)

    def moment(self, step: int, done: Callable[[Moment], None], failed: Callable[[WorkbenchError], None]) -> None:
        """Read the moment at a step, or next to it where it is gone; at once where it is known, and the newest asked for wins."""
        self._jobs.cancel("film")
        if step in self._read:
            self._read.move_to_end(step)
            done(self._read[step])
            self._read_ahead(step)
            return
        path, film = self._path, self._film
        if path is None:
            return

        def keep(moment: Moment) -> None:
            self._keep([moment])
            done(moment)
            self._read_ahead(moment.step)

        self._jobs.start("film", lambda ticket: _moment(path, film, step), done=keep, failed=failed)

    def newest(self, done: Callable[[Moment], None]) -> None:
        """Read the newest moment there is, each one once; one that cannot be read is passed over for the next that comes."""
        film = self._film
        if film is None or not len(film) or int(film.steps[-1]) == self._newest or self._jobs.busy("film-newest"):
            return

        def keep(moment: Moment) -> None:
            self._newest = moment.step
            self._keep([moment])
            done(moment)

        self._jobs.start("film-newest", lambda ticket: film.moment(len(film) - 1), done=keep)

    def _look_again(self) -> None:
        if not self._jobs.busy("film-index"):
            self._refresh(whole=False)

    def _refresh(self, *, whole: bool) -> None:
        path, judged = self._path, self._judged
        if path is None:
            return

        def look(ticket: Ticket) -> Known:
            film = Film.open(path)
            changes = film.changes if whole or len(film) > GROWN * judged else None
            return Known(film=film, changes=changes, texts=film.texts)

        self._jobs.start("film-index", look, done=self._know)

    def _know(self, known: Known) -> None:
        self._film = known.film
        self._judged = len(known.film) if known.changes is not None else self._judged
        self.known.emit(known)

    def _read_ahead(self, step: int) -> None:
        film = self._film
        if film is None or not len(film):
            return
        here = film.nearest(step)
        around = [place for place in range(here - AHEAD, here + AHEAD + 1) if 0 <= place < len(film)]
        missing = [place for place in around if int(film.steps[place]) not in self._read]
        if not missing:
            return

        def read(ticket: Ticket) -> list[Moment]:
            return [film.moment(place) for place in missing if not ticket.cancelled()]

        self._jobs.start("film-ahead", read, done=self._keep)

    def _keep(self, found: Sequence[Moment]) -> None:
        for moment in found:
            self._read[moment.step] = moment
            looks = (moment.looked, *moment.others)
            weight = max(1, sum(frame.weights.nbytes for look in looks for frame in look.frames.values()))
            while len(self._read) > max(2 * AHEAD + 1, KEPT // weight):
                self._read.popitem(last=False)


def _moment(path: Path, film: Film | None, step: int) -> Moment:
    """From the film as it was known, or as it is now where it was thinned meanwhile."""
    if film is not None and len(film):
        try:
            return film.moment(film.nearest(step))
        except WorkbenchError:
            pass
    film = Film.open(path)
    return film.moment(film.nearest(step))
