"""What a head does, as numbers, each beside what a head that looks everywhere evenly would score.

Every function takes weights of shape (…, query, key), such as the (layer, head, query, key) of a frame, and gives one number
for each leading index. A score means something only next to its baseline: short texts and causal masks raise all of them.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.floating]
Scores = NDArray[np.float64]


def harmonic(n: int) -> float:
    """H_n = 1 + 1/2 + … + 1/n."""
    return math.fsum(1.0 / k for k in range(1, n + 1))


def previous_token_score(weights: Weights) -> Scores:
    """Mean weight on the token before; the first query, which has none, counts as 0."""
    return _mean_of_diagonal(weights, -1)


def previous_token_baseline(n: int, *, causal: bool = True) -> float:
    """(H_n - 1) / n under a causal mask, (n - 1) / n² without."""
    return (harmonic(n) - 1) / n if causal else (n - 1) / n**2


def own_token_score(weights: Weights) -> Scores:
    """Mean weight of each query on its own position."""
    return _mean_of_diagonal(weights, 0)


def own_token_baseline(n: int, *, causal: bool = True) -> float:
    """H_n / n under a causal mask, 1 / n without."""
    return harmonic(n) / n if causal else 1 / n


def first_token_score(weights: Weights) -> Scores:
    """Mean weight on the first key, where heads rest that have nothing to say."""
    return _scores(weights[..., 0].mean(-1, dtype=np.float64))


def first_token_baseline(n: int, *, causal: bool = True) -> float:
    """H_n / n under a causal mask, 1 / n without."""
    return harmonic(n) / n if causal else 1 / n


def entropy(weights: Weights) -> Scores:
    """Mean entropy of the queries' weights, in nats: 0 looks at one key, ln n at all alike."""
    exact = np.asarray(weights, dtype=np.float64)
    return _scores(-(exact * np.log(np.where(exact > 0, exact, 1.0))).sum(-1).mean(-1))


def entropy_baseline(n: int, *, causal: bool = True) -> float:
    """ln(n!) / n under a causal mask, ln n without."""
    return math.lgamma(n + 1) / n if causal else math.log(n)


def mean_distance(weights: Weights) -> Scores:
    """Mean distance, in tokens, between a query and what it looks at, within one sequence."""
    queries, keys = weights.shape[-2:]
    distance = np.abs(np.arange(queries)[:, None] + (keys - queries) - np.arange(keys))
    return _scores((np.asarray(weights, dtype=np.float64) * distance).sum(-1).mean(-1))


def mean_distance_baseline(n: int, *, causal: bool = True) -> float:
    """(n - 1) / 4 under a causal mask, (n² - 1) / 3n without."""
    return (n - 1) / 4 if causal else (n * n - 1) / (3 * n)


def mirrored_score(weights: Weights) -> Scores:
    """Mean weight on the mirrored position (query i on key n - 1 - i), as reversing a sequence needs it.

    Cut special tokens off first, so that the first query stands across from the last key.
    """
    return _mean_of_diagonal(np.asarray(weights)[..., ::-1], weights.shape[-1] - weights.shape[-2])


def mirrored_baseline(n: int) -> float:
    """1 / n over n keys, all visible."""
    return 1 / n


def induction_score(weights: Weights, tokens: Sequence[Hashable]) -> Scores:
    """Mean weight on the tokens that followed the current token when it occurred before (Olsson et al. 2022).

    Args:
        weights: (…, query, key) within one text.
        tokens: The text's tokens; queries whose token is new are left out.
    """
    targets, known = followers(tokens)
    on_target = np.asarray(weights, dtype=np.float64) * targets
    return _scores(on_target.sum(-1)[..., known].mean(-1) if known.any() else np.zeros(weights.shape[:-2]))


def induction_baseline(tokens: Sequence[Hashable]) -> float:
    """The score of even attention under a causal mask; (H_n - H_p) / (n - p) where p different tokens are repeated once."""
    targets, known = followers(tokens)
    share = targets.sum(-1) / np.arange(1, len(tokens) + 1)
    return float(share[known].mean()) if known.any() else 0.0


def followers(tokens: Sequence[Hashable]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which keys followed an earlier occurrence of each query's token (query, key), and which queries have any (query,)."""
    number = {token: place for place, token in enumerate(dict.fromkeys(tokens))}
    ids = np.array([number[token] for token in tokens], dtype=np.int64)
    same = np.tril(ids[:, None] == ids[None, :], -1)  # (query, earlier key)
    followers = np.zeros_like(same)
    followers[:, 1:] = same[:, :-1]
    return followers, followers.any(-1)


def _mean_of_diagonal(weights: Weights, offset: int) -> Scores:
    """The sum along a diagonal over the number of queries."""
    return _scores(np.trace(weights, offset=offset, axis1=-2, axis2=-1, dtype=np.float64) / weights.shape[-2])


def _scores(values: object) -> Scores:
    return np.asarray(values, dtype=np.float64)
