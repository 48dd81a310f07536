"""Scores of heads that are asked for again and again on the same texts: what masks and targets decide is reckoned once.

What `workbench.engine.head_nulls.target_score` finds text by text and target by target comes out of three products here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.engine.head_nulls import Score, Weights
from workbench.engine.head_targets import Target


class HeadScorer:
    """Scores some texts on some targets.

    Args:
        visible: (text, head, query, key) where a query may see a key; the heads of all layers stand in one row.
        targets: By name, one for each text, (query, key).
    """

    def __init__(self, visible: NDArray[np.bool_], targets: Mapping[str, Sequence[Target]]) -> None:
        self.names = tuple(targets)
        """Of the scores, as they come."""
        wanted = np.stack([[each.wanted for each in texts] for texts in targets.values()], axis=-1)  # (T, Q, K, N)
        counted = np.stack([[each.counted for each in texts] for texts in targets.values()], axis=-1)  # (T, Q, N)
        share = (counted / counted.sum(1, keepdims=True))[:, None]  # of each query in the mean, (T, 1, Q, N)
        self._keys = np.maximum(visible.sum(-1), 1)  # (T, H, Q)
        keys = self._keys[..., None]
        even = np.einsum("thqk,tqkn->thqn", visible, wanted) / keys  # what an even row scores
        scatter = np.einsum("thqk,tqkn,tqkn->thqn", visible, wanted, wanted) - keys * even**2
        self._uniform = (even * share).sum(2).mean(0).T  # (N, H)
        self._even = even * share
        self._scatter = np.maximum(scatter, 0.0) / np.maximum(keys - 1, 1) * share**2
        flat = (wanted * share[:, 0, :, None]).reshape(len(wanted), -1, len(self.names))
        self._wanted = flat.astype(np.float32)  # (T, Q K, N)

    def of(self, weights: Weights) -> Score:
        """The mean over the texts, each number (name, head).

        Args:
            weights: (text, head, query, key), zero where a query may not see a key.
        """
        texts, heads = weights.shape[:2]
        sums = weights.sum(-1, dtype=np.float64)  # (T, H, Q)
        squares = np.einsum("thqk,thqk->thq", weights, weights)
        spread = np.maximum(squares - sums**2 / self._keys, 0.0)
        return Score(
            value=(weights.reshape(texts, heads, -1) @ self._wanted).mean(0, dtype=np.float64).T,
            uniform=self._uniform,
            shuffled=_along_queries(sums, self._even).mean(0).T,
            variance=_along_queries(spread, self._scatter).sum(0).T / texts**2,
        )


def _along_queries(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """(text, head, query) and (text, head, query, name) → (text, head, name)."""
    summed: NDArray[np.float64] = (one[:, :, None] @ other)[:, :, 0]
    return summed
