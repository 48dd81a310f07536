"""A run as a film: moments between its steps, what every head scored at each, and the points at which a head changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.events import Looked
from workbench.contracts.head_tables import LABELS

FILM_LABELS = {**LABELS, "diagonal": "diagonal"}
"""What a head may be called in a film, by score; ``diagonal`` is query i on word i of the other text."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class HeadScores:
    """What the heads of one kind of attention score at one moment, each beside what chance would score."""

    names: tuple[str, ...]
    """Of the scores, keys of `FILM_LABELS`."""
    values: Floats
    """(score, layer, head): mean weight on what the score looks for."""
    nulls: Floats
    """(score, layer, head): the larger of even attention and the upper end of what 95 % of random deals score."""

    def __post_init__(self) -> None:
        if self.values.ndim != 3 or len(self.values) != len(self.names) or self.nulls.shape != self.values.shape:
            raise ValueError(f"{len(self.names)} scores do not fit values {self.values.shape} and nulls {self.nulls.shape}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Moment:
    """One picture of a film: the same `Looked` that a live training sends, and the scores of its heads.

    Each look says which text it is of: pinned texts may be changed while a run goes on.
    """

    looked: Looked
    """Of the first pinned text."""
    others: tuple[Looked, ...] = ()
    """Of the further pinned texts, in the same moment."""
    scores: Mapping[str, HeadScores] = field(default_factory=dict)
    """By kind: encoder, decoder, cross; of the first text."""

    @property
    def step(self) -> int:
        """Optimiser steps done."""
        return self.looked.step

    @property
    def texts(self) -> tuple[str, ...]:
        """The pinned texts at this moment."""
        return tuple(look.text for look in (self.looked, *self.others))

    def look(self, text: int) -> Looked:
        """The look at a pinned text, counted from 0; the first where there are not so many."""
        return self.others[text - 1] if 1 <= text <= len(self.others) else self.looked


@dataclass(frozen=True, kw_only=True, eq=False)
class ScoreSeries:
    """What every head of one kind scored over a whole run."""

    kind: str
    names: tuple[str, ...]
    steps: NDArray[np.int64]
    """(moment,), rising."""
    values: Floats
    """(moment, score, layer, head)"""
    nulls: Floats
    """(moment, score, layer, head)"""


@dataclass(frozen=True, kw_only=True)
class ChangePoint:
    """A head began to be something, or ceased to: between two neighbouring moments its score crossed a threshold for good."""

    kind: str
    layer: int
    head: int
    """Both counted from 0 within their kind."""
    name: str
    """Of the score, a key of `FILM_LABELS`."""
    before: int
    """Step of the last moment before the crossing."""
    after: int
    """Step of the first moment past it."""
    at: float
    """Where a straight line between the two moments crosses, in steps."""
    became: bool = True
    """Whether it became so, or ceased to be."""

    @property
    def sentence(self) -> str:
        """In words, counted from 0 as a terminal counts."""
        label = FILM_LABELS[self.name]
        act = "became" if self.became else "ceased to be"
        article = "an" if label[0] in "aeiou" else "a"
        where = f"{self.kind} layer {self.layer} head {self.head}"
        return f"{where} {act} {article} {label} head between steps {self.before} and {self.after}"
