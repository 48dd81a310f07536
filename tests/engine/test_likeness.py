from __future__ import annotations

import numpy as np

from workbench.engine.likeness import likeness_order


def test_heads_of_like_patterns_are_neighbours_whatever_their_layer() -> None:
    chance = np.random.default_rng(0)
    tokens = 12
    patterns = [
        np.eye(tokens),
        np.eye(tokens, k=-1) + np.eye(tokens)[:1].T * np.eye(tokens)[:1],
        np.full((tokens, tokens), 1 / tokens),
    ]
    of = chance.permutation(np.repeat(np.arange(3), 8))
    noisy = np.stack([patterns[number] + 0.05 * chance.random((tokens, tokens)) for number in of])
    tiles = (noisy / noisy.sum(-1, keepdims=True)).reshape(6, 4, tokens, tokens)
    order = likeness_order(tiles)
    assert sorted(order) == list(range(24))
    sorts = of[list(order)]
    assert (np.diff(sorts) != 0).sum() == 2  # each sort in one piece
    assert likeness_order(3.0 * tiles) == order  # largest weights of blocks do not sum to 1


def test_few_heads_and_empty_rows_have_an_order() -> None:
    assert likeness_order(np.ones((1, 2, 3, 3))) == (0, 1)
    assert sorted(likeness_order(np.full((2, 2, 3, 3), np.nan))) == [0, 1, 2, 3]
    assert sorted(likeness_order(np.zeros((2, 3, 3, 3)))) == list(range(6))
