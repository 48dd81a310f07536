"""Heads of two models paired by what they look at."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from workbench.contracts.errors import WorkbenchError
from workbench.engine.matching import match_heads, similarity


def drawn(layers: int, heads: int, n: int = 6, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.full(n, 0.3), size=(layers, heads, n)).astype(np.float32)


def test_similarity_is_one_with_itself_and_agrees_with_a_loop() -> None:
    one, other = drawn(2, 3), drawn(3, 2, seed=1)
    alike = similarity(one, other)
    assert alike.shape == (2, 3, 3, 2)
    assert alike[1, 2, 0, 1] == pytest.approx(np.sqrt(one[1, 2] * other[0, 1]).sum(-1).mean(), rel=1e-5)
    np.testing.assert_allclose(similarity(one, one).reshape(6, 6).diagonal(), 1.0, atol=1e-6)
    assert (alike >= 0).all()
    assert (alike <= 1).all()


def test_shuffled_heads_are_found_again() -> None:
    one = drawn(2, 4)
    order = np.random.default_rng(5).permutation(8)
    other = one.reshape(8, 6, 6)[order].reshape(4, 2, 6, 6)
    for match in match_heads(similarity(one, other)):
        assert order[match.other[0] * 2 + match.other[1]] == match.one[0] * 4 + match.one[1]
        assert match.similarity == pytest.approx(1.0, abs=1e-6)


def test_the_pairing_is_the_best_of_all() -> None:
    one, other = drawn(1, 4), drawn(1, 4, seed=9)
    alike = similarity(one, other)[0, :, 0]
    best = max(sum(alike[head, order[head]] for head in range(4)) for order in permutations(range(4)))
    assert sum(match.similarity for match in match_heads(similarity(one, other))) == pytest.approx(best)


def test_two_moments_are_paired_layer_by_layer() -> None:
    one = drawn(3, 4)
    matches = match_heads(similarity(one, one[:, [2, 0, 3, 1]]), within_layers=True)
    assert [(match.one, match.other) for match in matches[:4]] == [
        ((0, 0), (0, 1)),
        ((0, 1), (0, 3)),
        ((0, 2), (0, 0)),
        ((0, 3), (0, 2)),
    ]
    assert all(match.one[0] == match.other[0] for match in matches)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="cannot be compared"):
        similarity(drawn(1, 1, 5), drawn(1, 1, 6))
    with pytest.raises(WorkbenchError, match="cannot be paired"):
        match_heads(similarity(drawn(1, 2), drawn(2, 2)), within_layers=True)
