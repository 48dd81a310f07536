"""What one head does, in numbers beside those of a head that looks everywhere evenly under the same mask.

The formulas are those of the engine's head scores, which the window may not import (it loads torch); a test holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.frames import AttentionFrame

LOOKS = ("previous", "own", "first", "mirrored")
"""Places a head may look at: the token before, the same position, the first key, the mirrored position."""
CLEAR = 0.15
"""How far above chance a share of the weight has to be before we say that a head looks there."""
MOST_CELLS = 1 << 21
"""Above this, entropy and distance are taken over evenly chosen queries: a picture must not wait for them."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A number and what even attention would have."""

    value: float
    chance: float

    @property
    def above(self) -> float:
        """How far above chance."""
        return self.value - self.chance


@dataclass(frozen=True, kw_only=True)
class HeadFacts:
    """What is known of one head of one text."""

    shares: Mapping[str, Fact]
    """Mean share of a query's weight, by where it goes: of `LOOKS` those that make sense for the kind."""
    entropy: Fact
    """In nats."""
    distance: Fact | None
    """In tokens; None between two texts."""
    exact: bool
    """False when entropy and distance were taken over a part of the queries."""

    @property
    def mostly(self) -> str | None:
        """Where the head looks most above chance; None when it is nowhere clear."""
        best = max(self.shares, key=lambda name: self.shares[name].above, default=None)
        if best is None or self.shares[best].above < CLEAR:
            return None
        return best


def facts_of(weights: NDArray[np.float32], kind: str) -> HeadFacts:
    """Measure one head.

    Args:
        weights: (query, key), each row summing to 1. For the mirrored position special tokens are cut off first, see `mirror_of`.
        kind: encoder | decoder | cross. A decoder's mask is causal; the others see every key.
    """
    queries, keys = weights.shape
    causal = kind == "decoder"
    offsets = {"previous": -1, "own": 0} if kind != "cross" else {"own": 0}
    shares = {name: Fact(value=_diagonal(weights, at), chance=_even_diagonal(queries, keys, at, causal))
              for name, at in offsets.items()}  # fmt: skip
    shares["first"] = Fact(
        value=float(weights[:, 0].mean(dtype=np.float64)), chance=float((1 / visible(queries, keys, causal)).mean())
    )
    if not causal:
        shares["mirrored"] = _mirrored(weights)
    every = max(1, -(-weights.size // MOST_CELLS))
    return HeadFacts(
        shares=shares, entropy=Fact(value=entropy(weights[::every]), chance=_even_entropy(queries, keys, causal)),
        distance=None if kind == "cross" else _distance(weights, every, causal), exact=every == 1,
    )  # fmt: skip


def facts_in(frame: AttentionFrame, layer: int, head: int) -> HeadFacts:
    """Measure a head of a frame, both counted from 0.

    In cross-attention the mirror is measured twice, on all of it and on the source's own words: the clearer one counts.
    """
    weights = frame.weights[layer, head]
    facts = facts_of(weights, frame.kind)
    if frame.kind == "cross":
        inner = _mirrored(mirror_of(weights, frame.queries, frame.keys))
        if inner.above > facts.shares["mirrored"].above:
            return replace(facts, shares={**facts.shares, "mirrored": inner})
    return facts


def mirror_of(weights: NDArray[np.float32], queries: Sequence[str], keys: Sequence[str]) -> NDArray[np.float32]:
    """The part of cross-attention in which a mirror would be a clean anti-diagonal.

    The source without the special tokens around it, and as many queries: the first one, which only says "begin", writes the
    first word. Where that leaves nothing to compare, all of it.
    """
    first = next((at for at, key in enumerate(keys) if not is_special(key)), 0)
    last = len(keys) - next((at for at, key in enumerate(reversed(keys)) if not is_special(key)), 0)
    size = last - first
    return weights[:size, first:last] if 1 < size <= len(queries) else weights


def is_special(token: str) -> bool:
    """Whether a token stands for no text: ``[CLS]``, ``<s>``, ``<|endoftext|>``."""
    return len(token) > 2 and token[0] + token[-1] in ("[]", "<>", "⟨⟩") and not token[1:-1].isspace()


def entropy(weights: NDArray[np.float32]) -> float:
    """Mean entropy of the queries' weights (query, key), in nats."""
    exact = weights.astype(np.float64)
    return float(-(exact * np.log(np.where(exact > 0, exact, 1.0))).sum() / max(1, len(exact)))


@lru_cache(maxsize=64)
def visible(queries: int, keys: int, causal: bool) -> NDArray[np.float64]:
    """How many keys each query sees (query,); in a causal mask the last query sees all."""
    seen = np.arange(queries) + (keys - queries) + 1 if causal else np.full(queries, keys)
    counts: NDArray[np.float64] = np.clip(seen, 1, keys).astype(np.float64)
    counts.setflags(write=False)
    return counts


def _mirrored(weights: NDArray[np.float32]) -> Fact:
    queries, keys = weights.shape
    return Fact(value=_diagonal(weights[:, ::-1], keys - queries), chance=1 / keys)


def _diagonal(weights: NDArray[np.float32], offset: int) -> float:
    return float(np.trace(weights, offset=offset, dtype=np.float64) / len(weights))


def _even_diagonal(queries: int, keys: int, offset: int, causal: bool) -> float:
    seen = visible(queries, keys, causal)
    at = np.arange(queries) + offset
    return float(((at >= 0) & (at < seen)).astype(np.float64) @ (1 / seen) / queries)


def _even_entropy(queries: int, keys: int, causal: bool) -> float:
    return float(np.log(visible(queries, keys, causal)).mean())


def _distance(weights: NDArray[np.float32], every: int, causal: bool) -> Fact:
    queries, keys = weights.shape
    at = np.arange(queries) + (keys - queries)
    apart = np.abs(at[::every, None] - np.arange(keys)).astype(np.float32)
    value = np.einsum("qk,qk->q", weights[::every], apart, dtype=np.float64).mean()
    seen = visible(queries, keys, causal)
    left = np.clip(np.minimum(at, seen - 1), 0, None)  # keys at or before the query, by their number
    right = np.clip(seen - 1 - at, 0, None)
    even = ((left + 1) * at - left * (left + 1) / 2 + right * (right + 1) / 2) / seen
    return Fact(value=float(value), chance=float(even.mean()))
