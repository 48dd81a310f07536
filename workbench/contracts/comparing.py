"""Two sides of a comparison of attention: what the other side is, and one head of each over units they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import frozen
from workbench.contracts.inspection import Query

SIDES = ("text", "model", "moment")
"""What the other side can be: see `Other`."""
Place = tuple[int, int]
"""Layer and head, counted from 0."""


@dataclass(frozen=True, kw_only=True)
class Other:
    """The side B: another text in the same model, the same text in another model, or in the same run at another step."""

    kind: str
    """One of `SIDES`."""
    text: str = ""
    """Of a text."""
    source: str = ""
    """Of a model: a run, a folder or a name on the hub."""
    step: int | None = None
    """Of a moment; None is the end of the run."""

    def __post_init__(self) -> None:
        if self.kind not in SIDES:
            raise WorkbenchError(f"there is no {self.kind!r}", where="Other.kind", mend=f"Use {', '.join(SIDES)}.")


@dataclass(frozen=True, kw_only=True)
class HeadPair:
    """A head of A and the head of B that it is paired with."""

    one: Place
    other: Place
    similarity: float
    """From 0 to 1, as `workbench.engine.matching.similarity` defines it; NaN where the texts are of other lengths."""
    shared: bool = False
    """Whether B's head has another partner: A has more heads than B."""
    runner_up: Place | None = None
    """The head of B that is most like A's but for the partner; None where heads are not matched."""
    runner_up_similarity: float = float("nan")


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """A head of A beside a head of B, and which heads belong together."""

    query: Query
    other: Other
    name: str
    """What B is: its text, or the path of its model."""
    step: int | None
    """Of B's model: which step of its run these weights are from, where it is not over."""
    kind: str
    """encoder, decoder or cross, of A."""
    other_kind: str
    """Of B: self-attention of an encoder may stand beside that of a decoder."""
    place: Place
    other_place: Place
    a: NDArray[np.float32]
    """(query, key), between the units of A; the last column is what falls outside the units where there is a `rest`."""
    b: NDArray[np.float32]
    """(query, key), between the units of B."""
    queries: tuple[str, ...]
    keys: tuple[str, ...]
    """Of A; one less than there are columns where there is a `rest`."""
    other_queries: tuple[str, ...]
    other_keys: tuple[str, ...]
    rest: bool
    """Whether the tokens differ, so that both are shown between the smallest stretches of text that both have whole."""
    pairs: tuple[HeadPair, ...]
    """One for each head of A, by layer and head."""
    remarks: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "a", frozen(self.a))
        object.__setattr__(self, "b", frozen(self.b))

    @property
    def difference(self) -> NDArray[np.float32] | None:
        """B - A; None where they are not of one shape."""
        return self.b - self.a if self.a.shape == self.b.shape else None

    @property
    def pair(self) -> HeadPair:
        """That of the head of A."""
        return next(pair for pair in self.pairs if pair.one == self.place)
