"""One cell of attention with every number that makes it, so that a person can follow it, and change it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError

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


def edited(
    cell: AttentionCell,
    *,
    q: Array | None = None,
    k: Array | None = None,
    v: Array | None = None,
    visible: bool | None = None,
    scaling: float | None = None,
) -> AttentionCell:
    """The cell as it would be with other numbers: the whole row is computed again, nothing outside the row is.

    Args:
        cell: As it was.
        q: (d,) another query.
        k: (d,) another vector for this cell's key; the other keys stay.
        v: (d_v,) another vector for this cell's value.
        visible: Whether the query may see this cell's key. One that becomes visible gets nothing added to its score.
        scaling: Another scale.

    Returns:
        A cell whose scores, weights and output follow from these numbers; ``used`` is still what the model used, so ``gap`` is
        how far the edit moves the head's output.

    Raises:
        WorkbenchError: a vector of another length, or a number that is not finite.
    """
    for name, given, like in (("q", q, cell.q), ("k", k, cell.k), ("v", v, cell.v)):
        if given is not None and (np.shape(given) != like.shape or not np.isfinite(given).all()):
            raise WorkbenchError(
                f"{name} must be {len(like)} finite numbers", where=f"layer {cell.layer}, head {cell.head}", mend="Correct them."
            )
    query = cell.q if q is None else np.asarray(q, dtype=np.float64)
    keys, values, added = cell.keys.copy(), cell.values.copy(), cell.added.copy()
    if k is not None:
        keys[cell.key] = k
    if v is not None:
        values[cell.key] = v
    if visible is not None and visible != bool(np.isfinite(added[cell.key])):
        added[cell.key] = 0.0 if visible else -np.inf
    scale = cell.scaling if scaling is None else scaling
    scores = capped(keys @ query * scale, cell.softcap) + added
    largest = scores.max()
    if not np.isfinite(largest):  # it sees nothing, and SDPA gives zeros then
        weights, sink = np.zeros_like(scores), 0.0
    else:
        sink = cell.sink * float(np.exp(cell.largest - largest)) if cell.sink else 0.0  # the sink's own score stays
        exponentials = np.exp(scores - largest)
        weights = exponentials / (exponentials.sum() + sink)
    return replace(
        cell, q=query, keys=keys, values=values, added=added, scaling=scale, sink=sink, scores=scores, weights=weights,
        output=weights @ values,
    )  # fmt: skip


def capped(scores: Array, softcap: float | None) -> Array:
    """Scaled products as they are, or capped (Gemma 2, section 2)."""
    return scores if softcap is None else softcap * np.tanh(scores / softcap)
