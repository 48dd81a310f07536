"""One cell of attention with every number that makes it, so that a person can follow it, and change it."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class AttentionCell:
    """How much one query looks at one key, step by step. Arrays are float64 and read-only; K is the number of keys.

    product = q ⊙ k → dot = Σ product → scaled = dot · scaling → capped → + added = score → softmax over the row = weight
    → weight · v, which the other keys' shares add up with to the head's output.
    """

    kind: str
    """encoder | decoder | cross"""
    layer: int
    head: int
    query: int
    """The query's place in its sequence, from 0."""
    key: int
    """The key's."""
    q: Array
    """(d,)"""
    keys: Array
    """(K, d)"""
    values: Array
    """(K, d_v)"""
    scaling: float
    """Usually 1/√d."""
    softcap: float | None
    """Where the model caps scores at c · tanh(s / c), this c."""
    added: Array
    """(K,) what positions and mask add to the score; -inf where the query may not see the key."""
    sink: float
    """exp(sink score - largest score) of models with attention sinks, whose share goes to no key; else 0."""
    scores: Array
    """(K,) what goes into the softmax."""
    weights: Array
    """(K,) what comes out."""
    output: Array
    """(d_v,) weights · values, computed here."""
    used: Array
    """(d_v,) what the model computed and used."""

    def __post_init__(self) -> None:
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, np.ndarray):
                copy = np.array(value, dtype=np.float64)
                copy.setflags(write=False)
                object.__setattr__(self, part.name, copy)

    @property
    def k(self) -> Array:
        """(d,) this cell's key."""
        return self._row(self.keys)

    @property
    def v(self) -> Array:
        """(d_v,) this cell's value."""
        return self._row(self.values)

    @property
    def product(self) -> Array:
        """(d,) elementwise."""
        return self.q * self.k

    @property
    def dot(self) -> float:
        """The sum of the products."""
        return float(self.product.sum())

    @property
    def scaled(self) -> float:
        """The sum times the scale."""
        return self.dot * self.scaling

    @property
    def score(self) -> float:
        """What goes into the softmax for this key."""
        return float(self.scores[self.key])

    @property
    def largest(self) -> float:
        """The largest score of the row, which is taken off every score before exponentials are formed."""
        return float(self.scores.max())

    @property
    def exponentials(self) -> Array:
        """(K,) exp(score - largest)."""
        return np.exp(self.scores - self.largest) if np.isfinite(self.largest) else np.zeros_like(self.scores)

    @property
    def total(self) -> float:
        """What each exponential is divided by: their sum, and the sink's where there is one."""
        return float(self.exponentials.sum()) + self.sink

    @property
    def weight(self) -> float:
        """This cell's weight."""
        return float(self.weights[self.key])

    @property
    def share(self) -> Array:
        """(d_v,) weight · v: what this key adds to the output."""
        return self.weight * self.v

    @property
    def gap(self) -> float:
        """The largest difference between the output computed here and what the model used."""
        return float(np.abs(self.output - self.used).max(initial=0.0))

    def _row(self, table: Array) -> Array:
        row: Array = table[self.key]
        return row
