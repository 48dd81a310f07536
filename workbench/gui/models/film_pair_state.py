"""Two films in the window: what is known of both, how they are aligned, which moments, heads and texts are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.film import ChangePoint, Moment
from workbench.contracts.film_pair import FilmLine, FilmPair
from workbench.contracts.frames import KINDS, AttentionFrame
from workbench.gui.models.compared_runs import ThinCurve
from workbench.gui.models.film_state import FilmState

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True, eq=False)
class FilmSide:
    """One of the two runs."""

    path: Path
    name: str
    line: FilmLine
    changes: tuple[ChangePoint, ...] = ()
    loss: ThinCurve | None = None

    def loss_at(self, step: float) -> float | None:
        """The smoothed training loss at a step; None where nothing is known of it."""
        if self.loss is None or not len(self.loss.line):
            return None
        x = self.loss.x["step"]
        return float(self.loss.line[min(int(np.searchsorted(x, step)), len(x) - 1)])


class FilmPairState(QObject):
    """Learns from whoever reads the films; `wanted` asks for two moments, `show` answers."""

    changed = Signal()
    """Other films, another alignment, or a trouble."""
    wanted = Signal(int, int)
    """The moments that are to be read, counted from 0."""
    moved = Signal()
    """Other moments, heads or texts are to be seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sides: tuple[FilmSide, FilmSide] | None = None
        self.pair: FilmPair | None = None
        self.trouble: WorkbenchError | None = None
        self.moments: tuple[Moment, Moment] | None = None
        self.kind = ""
        self.text = 0
        """Of A's pinned texts, counted from 0."""
        self._heads: dict[str, list[Place | None]] = {}
        self.time = FilmState(self)
        """Which stop of both films is looked at: its steps are numbers of `FilmPair.stops`."""
        self.time.wanted.connect(self._ask)

    # -- what there is ------------------------------------------------------------------------------------------------

    def set_sides(self, one: FilmSide, other: FilmSide) -> None:
        """Show these two from their ends."""
        self.sides, self.trouble, self.moments, self._heads, self.text = (one, other), None, None, {}, 0
        self._align(FilmPair.natural(one.line, other.line), 1.0)

    def fail(self, error: WorkbenchError) -> None:
        """They cannot be shown."""
        self.sides = self.pair = self.moments = None
        self.trouble = error
        self.time.clear()
        self.changed.emit()

    def miss(self, error: WorkbenchError) -> None:
        """This moment cannot be read; those before and after it can."""
        self.trouble = error
        if self.time.step is not None:
            self.time.arrived(self.time.step)
        self.moved.emit()

    def align(self, by: str) -> None:
        """Lay both films along another scale; the first stays at its moment."""
        if self.pair is not None and by in self.pair.possible and by != self.pair.by:
            pair = FilmPair(lines=self.pair.lines, by=by)
            index, line = self.pair.moments(self.place)[0], pair.lines[0]
            place = float(line.place(float(line.steps[index]), by))
            self._align(pair, place / pair.end if pair.end else 1.0)

    @property
    def place(self) -> float:
        """Where both are looked at, on the scale they are aligned by."""
        stops = self.pair.stops if self.pair is not None else np.zeros(1)
        return float(stops[len(stops) - 1 if self.time.index is None else self.time.index])

    def seek(self, place: float) -> None:
        """Look at the stop next to a place."""
        if self.pair is not None:
            self.time.seek(int(np.abs(self.pair.stops - place).argmin()))

    def _align(self, pair: FilmPair, share: float) -> None:
        self.pair = pair
        self.time.clear()
        self.time.set_film(np.arange(len(pair.stops), dtype=np.int64))
        self.changed.emit()
        self.seek(share * pair.end)

    def _ask(self, stop: int | None) -> None:
        if self.pair is not None and stop is not None:
            self.wanted.emit(*self.pair.moments(self.place))

    def show(self, one: Moment, other: Moment) -> None:
        """Both moments were read."""
        self.moments, self.trouble = (one, other), None
        self.text = min(self.text, len(one.texts) - 1)
        if self.kind not in self.kinds:
            self.kind = "cross" if "cross" in self.kinds else next(iter(self.kinds), "")
        if self.time.step is not None:
            self.time.arrived(self.time.step)
        self.moved.emit()

    # -- what is looked at --------------------------------------------------------------------------------------------

    @property
    def looks(self) -> tuple[Mapping[str, AttentionFrame], Mapping[str, AttentionFrame]]:
        """The frames of both texts, by kind."""
        if self.moments is None:
            return {}, {}
        one, other = self.moments
        return one.look(self.text).frames, other.look(self._other_text).frames

    @property
    def texts(self) -> tuple[str, str]:
        """What both look at."""
        if self.moments is None:
            return "", ""
        one, other = self.moments
        return one.look(self.text).text, other.look(self._other_text).text

    @property
    def _other_text(self) -> int:
        """B's text: the same, else the one of the same number."""
        assert self.moments is not None
        one, other = self.moments
        wanted = one.look(self.text).text
        return other.texts.index(wanted) if wanted in other.texts else self.text

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of attention that either has."""
        one, other = self.looks
        return tuple(kind for kind in KINDS if kind in one or kind in other)

    @property
    def frames(self) -> tuple[AttentionFrame | None, AttentionFrame | None]:
        """All heads of the chosen kind, of both."""
        one, other = self.looks
        return one.get(self.kind), other.get(self.kind)

    def head(self, side: int) -> Place | None:
        """The chosen layer and head of A (0) or B (1), counted from 0; the first of the last layer at first."""
        frame = self.frames[side]
        if frame is None or 0 in frame.weights.shape[:2]:
            return None
        layers, heads = frame.weights.shape[:2]
        chosen = self._heads.get(self.kind, [None, None])[side]
        return chosen if chosen is not None and chosen[0] < layers and chosen[1] < heads else (layers - 1, 0)

    def choose_head(self, side: int, layer: int, head: int) -> None:
        """A head of A takes the head in the same place of B along, where there is one; a head of B is chosen alone."""
        chosen = self._heads.setdefault(self.kind, [None, None])
        for number in (0, 1) if side == 0 else (1,):
            chosen[number] = (layer, head)
        self.moved.emit()

    def choose_kind(self, kind: str) -> None:
        """Look at another kind of attention."""
        if kind != self.kind:
            self.kind = kind
            self.moved.emit()

    def choose_text(self, number: int) -> None:
        """Look at another of A's pinned texts."""
        if number != self.text and self.moments is not None and 0 <= number < len(self.moments[0].texts):
            self.text = number
            self.moved.emit()
