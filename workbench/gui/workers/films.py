"""A run's film read beside a window: what there is of it, also while it is being recorded, and one moment at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Looked
from workbench.contracts.film import ChangePoint
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

Known = tuple[Film, tuple[ChangePoint, ...] | None]


class Films(QObject):
    """One film at a time."""

    known = Signal(object, object)
    """The film as it is now, and its changes, or None where they were not looked for."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._path: Path | None = None
        self._film: Film | None = None
        self._read: OrderedDict[int, Looked] = OrderedDict()
        self._judged = 0
        self._timer = QTimer(self)
        self._timer.setInterval(ROUND)
        self._timer.timeout.connect(self._look_again)

    def set_run(self, path: Path | None, *, grows: bool) -> None:
        """Read the film of this run; one that grows is read again and again."""
        for lane in ("film", "film-ahead", "film-index"):
            self._jobs.cancel(lane)
        self._path, self._film, self._judged = path, None, 0
        self._read.clear()
        self.set_grows(grows)

    def set_grows(self, grows: bool) -> None:
        """Whether the film is being recorded; when it is no longer, it is read once more as a whole."""
        if grows:
            self._timer.start()
        else:
            self._timer.stop()
            self._refresh(whole=True)

    def moment(self, step: int, done: Callable[[Looked], None], failed: Callable[[WorkbenchError], None]) -> None:
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

        def keep(looked: Looked) -> None:
            self._keep([looked])
            done(looked)
            self._read_ahead(looked.step)

        self._jobs.start("film", lambda ticket: _moment(path, film, step), done=keep, failed=failed)

    def _look_again(self) -> None:
        if not self._jobs.busy("film-index"):
            self._refresh(whole=False)

    def _refresh(self, *, whole: bool) -> None:
        path, judged = self._path, self._judged
        if path is None:
            return

        def look(ticket: Ticket) -> Known:
            film = Film.open(path)
            return film, film.changes if whole or len(film) > GROWN * judged else None

        self._jobs.start("film-index", look, done=self._know)

    def _know(self, known: Known) -> None:
        film, changes = known
        self._film = film
        self._judged = len(film) if changes is not None else self._judged
        self.known.emit(film, changes)

    def _read_ahead(self, step: int) -> None:
        film = self._film
        if film is None or not len(film):
            return
        here = film.nearest(step)
        around = [place for place in range(here - AHEAD, here + AHEAD + 1) if 0 <= place < len(film)]
        missing = [place for place in around if int(film.steps[place]) not in self._read]
        if not missing:
            return

        def read(ticket: Ticket) -> list[Looked]:
            return [film.moment(place).looked for place in missing if not ticket.cancelled()]

        self._jobs.start("film-ahead", read, done=self._keep)

    def _keep(self, found: Sequence[Looked]) -> None:
        for looked in found:
            self._read[looked.step] = looked
            weight = max(1, sum(frame.weights.nbytes for frame in looked.frames.values()))
            while len(self._read) > max(2 * AHEAD + 1, KEPT // weight):
                self._read.popitem(last=False)


def _moment(path: Path, film: Film | None, step: int) -> Looked:
    """From the film as it was known, or as it is now where it was thinned meanwhile."""
    if film is not None and len(film):
        try:
            return film.moment(film.nearest(step)).looked
        except WorkbenchError:
            pass
    film = Film.open(path)
    return film.moment(film.nearest(step)).looked
