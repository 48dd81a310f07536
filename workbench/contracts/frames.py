"""Pictures as plain arrays: what a lens saw, with its axes, tokens and provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

KINDS = ("encoder", "decoder", "cross")


def frozen(array: NDArray[np.float32]) -> NDArray[np.float32]:
    """A read-only copy that nothing else writes to."""
    copy = np.array(array, dtype=np.float32, order="C")
    copy.setflags(write=False)
    return copy


@dataclass(frozen=True, kw_only=True, eq=False)
class AttentionFrame:
    """Attention of one text at one moment.

    ``weights`` has shape (layer, head, query, key); ``weights[l, h, q]`` sums to 1 over the keys.
    """

    kind: str
    """encoder | decoder | cross"""
    weights: NDArray[np.float32]
    queries: tuple[str, ...]
    """Tokens along the query axis."""
    keys: tuple[str, ...]
    """Tokens along the key axis."""
    step: int = 0
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} is not one of {KINDS}")
        if self.weights.ndim != 4 or self.weights.shape[2:] != (len(self.queries), len(self.keys)):
            raise ValueError(f"weights {self.weights.shape} do not fit {len(self.queries)} queries and {len(self.keys)} keys")
        object.__setattr__(self, "weights", frozen(self.weights))


@dataclass(frozen=True, kw_only=True, eq=False)
class PositionFrame:
    """A position encoding as a table: ``values`` has shape (position, dimension), or (offset, head) where it is a bias."""

    scheme: str
    values: NDArray[np.float32]
    step: int = 0
    rows: str = "position"
    """What is counted down: position, or offset (key minus query)."""
    columns: str = "dimension"
    """What is counted across: dimension, or head."""
    first: int = 0
    """The position or offset of the first row."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values))


@dataclass(frozen=True, kw_only=True, eq=False)
class PositionPicture:
    """One picture of a position encoding, as it is drawn: a map, or curves where `view` is ``decay`` or ``curves``."""

    scheme: str
    view: str
    """table | similarity | decay | curves"""
    values: NDArray[np.float32]
    """(row, column); of curves (point, curve)."""
    rows: str
    """What is counted down, or along a curve."""
    columns: str
    """What is counted across, or tells curves apart."""
    first: int = 0
    """What the first row is called."""
    names: tuple[int, ...] = ()
    """What the columns are called; counted from `first_column` where nothing is said."""
    first_column: int = 0
    own: bool = False
    """Whether it is a model's, not a formula's."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values))
        width = self.values.shape[1]
        object.__setattr__(self, "names", self.names or tuple(range(self.first_column, self.first_column + width)))
