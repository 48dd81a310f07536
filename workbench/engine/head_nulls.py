"""How a head scores on a target, beside even attention and beside its own weights dealt out at random.

Dealing the weights of a row anew among the keys it sees is a permutation, so the mean and the variance of what comes out are
known exactly (Wald & Wolfowitz 1944, Hoeffding 1951: E = Σa · m̄, Var = Σ(a - ā)² Σ(m - m̄)² / (n - 1)); rows are dealt
independently, so a mean over many is nearly normal. Nothing is drawn and nothing depends on a seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.engine.head_targets import Target

Weights = NDArray[np.floating]
Visible = NDArray[np.bool_]
Array = NDArray[np.float64]

NORMAL_95 = 1.959963984540054
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""
SPARSE = 8
"""A target that wants fewer than one in so many cells is looked up cell by cell."""
DEALT_ROWS = 64
"""Rows that are dealt out, at most: they tell the variance of a row, and the mean needs no dealing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Score:
    """A number for each head, (layer, head), and what it is to be compared with."""

    value: Array
    uniform: Array
    shuffled: Array
    variance: Array
    """Of what random deals score."""
    moved: Array | None = None
    """The value at the same places with the words in another order."""

    @property
    def chance(self) -> Array:
        """The larger of even attention and the upper end of what 95 % of random deals score."""
        larger: Array = np.fmax(self.uniform, self.shuffled + NORMAL_95 * np.sqrt(self.variance))
        return larger


@dataclass(frozen=True, kw_only=True, eq=False)
class Pattern:
    """The attention of one text."""

    weights: Weights
    """(layer, head, query, key), zero where a query may not see a key"""
    visible: Visible
    """Broadcasts to the weights: where a query may see a key."""

    @cached_property
    def sums(self) -> Array:
        """(layer, head, query): 1, or less where a sink takes a share."""
        summed: Array = self.weights.sum(-1, dtype=np.float64)
        return summed

    @cached_property
    def squares(self) -> Array:
        """(layer, head, query): the sum of each row's squared weights."""
        return _along_keys(self.weights, self.weights)

    @cached_property
    def counts(self) -> Array:
        """How many keys each query sees, at least 1; broadcasts to (layer, head, query)."""
        counted: Array = np.maximum(self.visible.sum(-1), 1).astype(np.float64)
        return counted


def target_value(weights: Weights, target: Target) -> Array:
    """Mean over the counted queries of Σ weight · wanted: (layer, head, query, key) → (layer, head)."""
    value: Array = _along_keys(weights, target.wanted)[..., target.counted].mean(-1)
    return value


def target_score(pattern: Pattern, target: Target) -> Score:
    """The score of each head on a target, with its baselines."""
    counted, shape = target.counted, pattern.weights.shape[:2]
    keys, sums = pattern.counts, pattern.sums
    even = _along_keys(pattern.visible, target.wanted) / keys  # what an even row scores
    scatter = _along_keys(pattern.visible, target.wanted**2) - keys * even**2
    spread = pattern.squares - sums**2 / keys
    variance = np.maximum(spread * scatter, 0.0) / np.maximum(keys - 1, 1.0)  # (L, H, Q)
    return Score(
        value=target_value(pattern.weights, target),
        uniform=np.broadcast_to(even[..., counted].mean(-1), shape),
        shuffled=(sums * even)[..., counted].mean(-1),
        variance=variance[..., counted].sum(-1) / counted.sum() ** 2,
    )


def entropy_score(value: Array, pattern: Pattern) -> Score:
    """Entropy beside that of even attention, ln of the number of visible keys; dealing weights out anew leaves it alone.

    Args:
        value: (layer, head) in nats, as `workbench.engine.heads.entropy` gives it.
        pattern: What it was measured on.
    """
    even = np.log(pattern.counts).mean(-1)
    return Score(value=value, uniform=np.broadcast_to(even, value.shape), shuffled=value, variance=np.zeros_like(value))


def overlap(one: Weights, other: Weights) -> Array:
    """1 minus the total variation distance of two patterns, mean over queries: Σ min(a, b), (…, query, key) → (…)."""
    shared: Array = np.minimum(one, other).sum(-1, dtype=np.float64).mean(-1)
    return shared


def dealt_overlap(pattern: Pattern, generator: np.random.Generator, deals: int = 20) -> tuple[Array, Array]:
    """The overlap of each head's rows with themselves dealt out anew: exact mean, and variance from some deals.

    Pairing every visible key with every other, the mean is (1/n) Σ_ij min(a_i, a_j), which sorting a row gives at once.

    Args:
        pattern: What is dealt out.
        generator: For the deals.
        deals: How many.

    Returns:
        Mean and variance, each (layer, head).
    """
    queries, keys = pattern.weights.shape[-2:]
    rising = np.sort(pattern.weights, axis=-1)
    # The r-th largest is the smaller one in 2 r + 1 of the ordered pairs (r from 0); hidden keys are zero and add nothing.
    mean = _along_keys(rising, np.arange(2 * keys - 1, 0, -2.0)) / pattern.counts
    some = np.unique(np.linspace(0, queries - 1, min(queries, DEALT_ROWS)).round().astype(int))
    rows, visible = np.asarray(pattern.weights[:, :, some], dtype=np.float64), pattern.visible[:, :, some]
    shape = rows.shape
    total, squares = np.zeros(rows.shape[:3]), np.zeros(rows.shape[:3])
    place = np.broadcast_to(np.argsort(~visible, axis=-1, kind="stable"), shape)  # the visible keys, then the others
    for _ in range(deals):
        # Every head is dealt alike; hidden keys are ordered behind the visible ones, so the deal stays among those.
        order = np.argsort(generator.random((len(some), keys)) + ~visible, axis=-1)  # (L or 1, H or 1, Q, K)
        dealt = np.empty_like(rows)
        np.put_along_axis(dealt, place, np.take_along_axis(rows, np.broadcast_to(order, shape), -1), axis=-1)
        shared = np.minimum(rows, dealt).sum(-1)
        total += shared
        squares += shared**2
    variance = np.maximum(squares / deals - (total / deals) ** 2, 0.0) * deals / max(deals - 1, 1)
    return mean.mean(-1), variance.mean(-1) / queries


def _along_keys(one: NDArray[Any], other: NDArray[Any]) -> Array:  # Any: weights or truth values
    """Σ over keys of the product: (…, query, key) → (…, query), touching only what `other` wants where that is little."""
    summed: Array = np.zeros(one.shape[:-1])
    if other.ndim != 2 or np.count_nonzero(other) * SPARSE >= other.size:
        like = one.dtype if np.issubdtype(one.dtype, np.floating) else np.dtype(np.float64)
        summed = np.einsum("...k,...k->...", one, other.astype(like, copy=False)).astype(np.float64)
    elif other.any():
        rows, keys = np.nonzero(other)
        products = one[..., rows, keys] * other[rows, keys]  # (…, wanted)
        having, starts = np.unique(rows, return_index=True)
        summed[..., having] = np.add.reduceat(products, starts, axis=-1)
    return summed
