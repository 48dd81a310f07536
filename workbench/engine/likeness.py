"""Heads in an order in which those of like patterns are neighbours: the leaves of a hierarchical clustering."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from workbench.engine.matching import similarity

MOST_ARRANGED = 600
"""Heads up to which branches are also turned so that neighbours are as like as can be (Bar-Joseph et al. 2001); it is cubic."""


def likeness_order(tiles: NDArray[np.floating]) -> tuple[int, ...]:
    """Cluster by average linkage over Hellinger distances √(1 - Σ√(a b)), mean over queries.

    Args:
        tiles: (layer, head, query, key), weights or the largest of each block of cells; rows are divided by their sums.

    Returns:
        Each head once, as ``layer · heads + head``.
    """
    layers, heads = tiles.shape[:2]
    count = layers * heads
    if count < 3:
        return tuple(range(count))
    rows = np.nan_to_num(np.asarray(tiles, dtype=np.float64))
    sums = rows.sum(-1, keepdims=True)
    rows = np.divide(rows, sums, out=np.full_like(rows, 1 / rows.shape[-1]), where=sums > 0)
    alike = similarity(rows, rows).reshape(count, count)
    distance = np.sqrt(np.clip(1 - alike, 0, None))
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average", optimal_ordering=count <= MOST_ARRANGED)
    return tuple(int(head) for head in leaves_list(tree))
