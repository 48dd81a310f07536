"""Two films in step: which moments of both belong together, by steps, by share of the training, or by tokens read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALIGNMENTS = ("step", "share", "tokens")
"""What may be the same of two moments that are shown together."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class FilmLine:
    """One film along its run."""

    steps: NDArray[np.int64]
    """(moment,), rising."""
    total: int
    """Steps of the run so far; above 0."""
    tokens: tuple[Floats, Floats] | None = None
    """Steps, rising, and the tokens read by then, (n,) both; None where nobody counted."""

    def place(self, steps: NDArray[np.int64] | Floats | float, by: str) -> Floats:
        """Where steps lie on one of the scales of `ALIGNMENTS`: in steps, from 0 to 1, or in tokens."""
        known = np.asarray(steps, np.float64)
        if by == "share":
            return known / self.total
        if by == "tokens" and self.tokens is not None:
            counted, tokens = self.tokens
            return np.asarray(np.interp(known, np.append(0.0, counted), np.append(0.0, tokens)), np.float64)
        return known

    def step_at(self, place: float, by: str) -> float:
        """The way back: which step of this run lies at a place."""
        if by == "share":
            return place * self.total
        if by == "tokens" and self.tokens is not None:
            counted, tokens = self.tokens
            return float(np.interp(place, np.append(0.0, tokens), np.append(0.0, counted)))
        return place


@dataclass(frozen=True, kw_only=True, eq=False)
class FilmPair:
    """Two films, each with a moment at least."""

    lines: tuple[FilmLine, FilmLine]
    by: str
    """One of `ALIGNMENTS`."""

    @classmethod
    def natural(cls, one: FilmLine, other: FilmLine) -> FilmPair:
        """By step where both runs are as long as each other, else by share: the ends then stand side by side."""
        return cls(lines=(one, other), by="step" if one.total == other.total else "share")

    @property
    def possible(self) -> tuple[str, ...]:
        """The scales that both films can be laid along."""
        counted = all(line.tokens is not None for line in self.lines)
        return ALIGNMENTS if counted else ALIGNMENTS[:2]

    @property
    def stops(self) -> Floats:
        """(stop,): every place at which either film has a moment, rising."""
        return np.unique(np.concatenate([line.place(line.steps, self.by) for line in self.lines]))

    @property
    def end(self) -> float:
        """Where the longer one ends."""
        return max(float(line.place(float(line.total), self.by)) for line in self.lines)

    def moments(self, place: float) -> tuple[int, int]:
        """Of each film the moment next to a place, counted from 0; past its end, the last."""
        one, other = (int(np.abs(line.place(line.steps, self.by) - place).argmin()) for line in self.lines)
        return one, other
