"""Attention through all layers at once: rollout and flow (Abnar & Zuidema 2020, "Quantifying Attention Flow in Transformers").

Both see a transformer as a graph: a node for each position at each layer, an edge from a position to each one below it that it
looks at, and an edge straight down for the residual connection. Neither knows values, feed-forward layers or norms.

Read with care: rollout **collapses**. Products of averaging matrices forget where they began, so in deep models every row
comes to look alike; under a causal mask all of it ends on the first token, whatever the heads do. Eight positions of even causal
attention put 0.06 of the last token on the first after one layer, 0.53 after six, 0.99 after twenty-four. `collapse` measures it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from workbench.contracts.errors import WorkbenchError

Weights = NDArray[np.floating]
Array = NDArray[np.float64]

COLLAPSED = 0.5
"""Above this much mean weight on a single key a rollout says more about depth than about the text."""
_UNIT = 1 << 22
"""What a weight of 1 counts as a whole-number capacity: flows are exact to about 2e-7 per edge."""


def with_residual(weights: Weights, residual: float = 0.5) -> Array:
    """Each layer as one averaging matrix: the mean of its heads, mixed with what the residual connection passes on.

    Args:
        weights: (layer, head, position, position) of self-attention; rows sum to 1.
        residual: The share that stays where it is. One half is the paper's row-normalised A + I.

    Returns:
        (layer, position, position), rows sum to 1.

    Raises:
        WorkbenchError: queries and keys are not the same positions, or the share is outside 0 … 1.
    """
    if weights.ndim != 4 or weights.shape[2] != weights.shape[3]:
        raise WorkbenchError(
            f"weights of shape {weights.shape} are not self-attention",
            where="rollout",
            mend="Give all layers of an encoder's or a decoder's self-attention, with every query.",
        )
    if not 0 <= residual <= 1:
        raise WorkbenchError(f"a residual share of {residual} has no meaning", where="rollout", mend="Use a number from 0 to 1.")
    mean = np.asarray(weights, dtype=np.float64).mean(1)  # (L, T, T)
    sums = mean.sum(-1, keepdims=True)
    mean = np.divide(mean, sums, out=np.broadcast_to(np.eye(mean.shape[-1]), mean.shape).copy(), where=sums > 0)
    mixed: Array = (1 - residual) * mean + residual * np.eye(mean.shape[-1])
    return mixed


def attention_rollout(weights: Weights, residual: float = 0.5) -> Array:
    """How much of each input position reaches each position after each layer: R_l = Ã_l R_(l-1), R_0 = 1 (their eq. 1).

    Args:
        weights: (layer, head, position, position) of self-attention; rows sum to 1.
        residual: The share of the residual connection.

    Returns:
        (layer, position, input position); each row sums to 1. The last layer's is what is usually meant by "the" rollout.

    Raises:
        WorkbenchError: queries and keys are not the same positions, or the share is outside 0 … 1.
    """
    mixed = with_residual(weights, residual)
    rolled = np.empty_like(mixed)
    so_far = np.eye(mixed.shape[-1])
    for layer, step in enumerate(mixed):
        so_far = step @ so_far  # later layers stand on the left
        rolled[layer] = so_far
    return rolled


def collapse(rollout: Weights) -> Array:
    """The largest mean weight on one input position, for each layer: 1/T where nothing stands out, 1 when all has run together.

    Args:
        rollout: (…, position, input position), rows sum to 1.
    """
    largest: Array = np.asarray(rollout, dtype=np.float64).mean(-2).max(-1)
    return largest


def attention_flow(weights: Weights, query: int, residual: float = 0.5) -> Array:
    """The maximum flow from one position of the top layer down to each input position (their section 3.3).

    Weights are the capacities of the edges, so a path carries no more than its narrowest edge. Unlike rollout, a flow to one
    input says nothing of the others: the values do not sum to 1, and they should be compared by rank.

    Args:
        weights: (layer, head, position, position) of self-attention; rows sum to 1.
        query: The position of the top layer, from 0; negative ones count from the end.
        residual: The share of the residual connection.

    Returns:
        (input position,), each from 0 to 1. Costs one maximum-flow problem per input position, each with layers · positions²
        edges: a tenth of a second for 64 tokens, a second for 128 (12 layers).

    Raises:
        WorkbenchError: no such position, or weights that are not self-attention.
    """
    return next(attention_flows(weights, [query], residual))


def attention_flows(weights: Weights, queries: Iterable[int], residual: float = 0.5) -> Iterator[Array]:
    """`attention_flow` of several positions, one after the other: they share one graph, and whoever reads on decides how far.

    Args:
        weights: (layer, head, position, position) of self-attention; rows sum to 1.
        queries: Positions of the top layer, from 0; negative ones count from the end.
        residual: The share of the residual connection.

    Yields:
        (input position,) for each query, each number from 0 to 1.

    Raises:
        WorkbenchError: no such position, or weights that are not self-attention.
    """
    mixed = with_residual(weights, residual)
    layers, size = mixed.shape[:2]
    capacities = np.floor(mixed * _UNIT + 0.5).astype(np.int32)
    layer, upper, lower = np.nonzero(capacities)
    # Nodes: position p after layer l is l · size + p, and layer 0 is the input.
    edges = ((layer + 1) * size + upper, layer * size + lower)
    nodes = (layers + 1) * size
    graph = csr_array((capacities[layer, upper, lower], edges), shape=(nodes, nodes))
    for query in queries:
        if not -size <= query < size:
            raise WorkbenchError(
                f"there is no position {query}", where="attention flow", mend=f"There are {size}, counted from 0."
            )
        source = layers * size + query % size
        yield np.array([maximum_flow(graph, source, sink).flow_value for sink in range(size)]) / _UNIT
