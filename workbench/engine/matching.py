"""Which head of one model, or moment, does what which head of another does: the pairing that is most alike as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from workbench.contracts.errors import WorkbenchError

Weights = NDArray[np.floating]
Head = tuple[int, int]
"""Layer and head, from 0."""


@dataclass(frozen=True, kw_only=True)
class HeadMatch:
    """A head and its partner."""

    one: Head
    other: Head
    similarity: float
    """From 0 (never look at the same keys) to 1 (the same pattern)."""


def similarity(one: Weights, other: Weights) -> NDArray[np.float64]:
    """How alike the patterns of any two heads are: the mean over queries of Σ √(a b), the Bhattacharyya coefficient (1943).

    Args:
        one: (layer, head, query, key)
        other: (layer, head, query, key) over the same queries and keys; layers and heads may be fewer or more.

    Returns:
        (layer, head, other layer, other head), from 0 to 1. Even attention is somewhat like everything, so compare with what
        other pairs have.

    Raises:
        WorkbenchError: different queries or keys.
    """
    if one.shape[2:] != other.shape[2:]:
        raise WorkbenchError(
            f"patterns over {one.shape[2:]} and {other.shape[2:]} queries and keys cannot be compared",
            where="heads of two models",
            mend="Use the same text, and bring both to the same words first.",
        )
    first = np.sqrt(np.asarray(one, dtype=np.float64)).reshape(-1, one.shape[2] * one.shape[3])
    second = np.sqrt(np.asarray(other, dtype=np.float64)).reshape(-1, other.shape[2] * other.shape[3])
    alike: NDArray[np.float64] = (first @ second.T / one.shape[2]).reshape(*one.shape[:2], *other.shape[:2])
    return alike


def match_heads(alike: NDArray[np.float64], *, within_layers: bool = False) -> tuple[HeadMatch, ...]:
    """Pair heads one to one so that the sum of their similarities is as large as can be (Kuhn 1955, Munkres 1957).

    Args:
        alike: (layer, head, other layer, other head), as `similarity` gives it.
        within_layers: Pair only heads of the same layer, as for two moments of one training.

    Returns:
        As many pairs as the smaller of the two has heads, in the order of the first one's heads.

    Raises:
        WorkbenchError: different numbers of layers to pair within.
    """
    layers, heads, other_layers, other_heads = alike.shape
    if within_layers and layers != other_layers:
        raise WorkbenchError(
            f"{layers} layers cannot be paired with {other_layers}",
            where="heads of two models",
            mend="Pair heads across layers instead.",
        )
    if within_layers:
        tables = [(layer, alike[layer, :, layer]) for layer in range(layers)]
        pairs = [
            HeadMatch(one=(layer, int(i)), other=(layer, int(j)), similarity=float(table[i, j]))
            for layer, table in tables
            for i, j in zip(*linear_sum_assignment(table, maximize=True), strict=True)
        ]
        return tuple(pairs)
    table = alike.reshape(layers * heads, other_layers * other_heads)
    return tuple(
        HeadMatch(one=divmod(int(i), heads), other=divmod(int(j), other_heads), similarity=float(table[i, j]))
        for i, j in zip(*linear_sum_assignment(table, maximize=True), strict=True)
    )
