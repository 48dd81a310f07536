"""The attention of two texts set against each other: B − A where every token of one has its place in the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.contracts.frames import AttentionFrame


@dataclass(frozen=True)
class Sizes:
    """Why there is no difference: queries and keys of A and of B, of which one pair or both are not equal."""

    a: tuple[int, int]
    b: tuple[int, int]


def difference(a: AttentionFrame, b: AttentionFrame) -> AttentionFrame | Sizes:
    """B − A, weights between −1 and 1 and zero where both look alike; token by token, so both need as many.

    Where the tokens of one place differ, its name holds both: ``red → blue``.
    """
    if a.weights.shape != b.weights.shape:
        return Sizes((len(a.queries), len(a.keys)), (len(b.queries), len(b.keys)))
    return AttentionFrame(
        kind=b.kind, weights=b.weights - a.weights, queries=_both(a.queries, b.queries), keys=_both(a.keys, b.keys), step=b.step,
        provenance=b.provenance,
    )  # fmt: skip


def limit_of(frame: AttentionFrame) -> float:
    """The largest difference of any head, either way: where the colours end, the same for every head."""
    return float(np.abs(frame.weights).max(initial=0.0)) or 1.0


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a if a == b else f"{a} → {b}" for a, b in zip(one, other, strict=True))
