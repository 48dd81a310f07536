"""Head scores against patterns one can see through, and their baselines against the closed forms and against even heads."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from workbench.engine import heads


def even(n: int, *, causal: bool) -> np.ndarray:
    allowed = np.tri(n) if causal else np.ones((n, n))
    return allowed / allowed.sum(-1, keepdims=True)


def pattern(n: int, target: Callable[[int], int]) -> np.ndarray:
    weights = np.zeros((n, n))
    for query in range(n):
        if 0 <= target(query) < n:
            weights[query, target(query)] = 1.0
    return weights


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("n", [2, 7, 32, 50])
@pytest.mark.parametrize(
    ("score", "baseline"),
    [
        (heads.previous_token_score, heads.previous_token_baseline),
        (heads.own_token_score, heads.own_token_baseline),
        (heads.first_token_score, heads.first_token_baseline),
        (heads.entropy, heads.entropy_baseline),
        (heads.mean_distance, heads.mean_distance_baseline),
    ],
)
def test_an_even_head_scores_its_closed_form(score: Callable, baseline: Callable, n: int, causal: bool) -> None:
    assert score(even(n, causal=causal)) == pytest.approx(baseline(n, causal=causal), rel=1e-12)


def test_published_values_of_an_even_causal_head() -> None:
    assert heads.previous_token_baseline(32) == pytest.approx(0.0956, abs=5e-5)
    assert heads.previous_token_baseline(50) == pytest.approx(0.0700, abs=5e-5)
    assert heads.entropy_baseline(32) == pytest.approx(2.5487, abs=5e-5)
    assert heads.mean_distance_baseline(33) == 8.0
    assert heads.entropy_baseline(5) == pytest.approx(math.log(120) / 5)


@pytest.mark.parametrize(("n", "period"), [(12, 7), (32, 16), (9, 8)])
def test_an_even_head_scores_the_induction_baseline(n: int, period: int) -> None:
    tokens = [place % period for place in range(n)]
    closed_form = (heads.harmonic(n) - heads.harmonic(period)) / (n - period)
    assert heads.induction_baseline(tokens) == pytest.approx(closed_form)
    assert heads.induction_score(even(n, causal=True), tokens) == pytest.approx(closed_form)


def test_induction_counts_every_earlier_occurrence_and_only_repeated_tokens() -> None:
    weights = np.random.default_rng(0).dirichlet(np.ones(7), size=(2, 7))
    tokens = "abacaba"
    expected = np.zeros(2)
    for query, keys in {2: [1], 4: [1, 3], 5: [2], 6: [1, 3, 5]}.items():
        expected += weights[:, query, keys].sum(-1) / 4
    np.testing.assert_allclose(heads.induction_score(weights, tokens), expected)
    assert heads.induction_baseline(tokens) == pytest.approx((1 / 3 + 2 / 5 + 1 / 6 + 3 / 7) / 4)
    assert heads.induction_baseline("abc") == 0.0
    assert np.array_equal(heads.induction_score(weights, "abcdefg"), [0.0, 0.0])


@pytest.mark.parametrize("n", [3, 8])
def test_an_even_head_scores_the_mirrored_baseline(n: int) -> None:
    assert heads.mirrored_score(even(n, causal=False)) == pytest.approx(heads.mirrored_baseline(n))


def test_each_pattern_is_recognised_by_its_own_score_alone() -> None:
    n, period = 12, 5
    previous, own, first = pattern(n, lambda i: i - 1), pattern(n, lambda i: i), pattern(n, lambda i: 0)
    mirrored, induction = pattern(n, lambda i: n - 1 - i), pattern(n, lambda i: i - period + 1)
    assert heads.previous_token_score(previous) == pytest.approx((n - 1) / n)
    assert heads.own_token_score(own) == heads.first_token_score(first) == heads.mirrored_score(mirrored) == 1.0
    tokens = [place % period for place in range(n)]
    assert heads.induction_score(induction, tokens) == 1.0
    assert heads.entropy(own) == heads.mean_distance(own) == heads.previous_token_score(own) == 0.0
    assert heads.induction_score(own, tokens) == heads.induction_score(previous, tokens) == 0.0
    assert heads.mean_distance(previous[1:]) == 1.0


def test_scores_keep_the_leading_axes_and_agree_with_loops() -> None:
    generator = np.random.default_rng(0)
    weights = generator.dirichlet(np.ones(9), size=(2, 3, 9)).astype(np.float32)
    loops = {
        heads.previous_token_score: lambda w: sum(w[i, i - 1] for i in range(1, 9)) / 9,
        heads.mean_distance: lambda w: sum(w[i, j] * abs(i - j) for i in range(9) for j in range(9)) / 9,
        heads.entropy: lambda w: -sum(x * math.log(x) for x in w.ravel()) / 9,
        heads.mirrored_score: lambda w: sum(w[i, 8 - i] for i in range(9)) / 9,
    }
    for score, loop in loops.items():
        assert score(weights).shape == (2, 3)
        for layer, head in np.ndindex(2, 3):
            assert score(weights)[layer, head] == pytest.approx(loop(weights[layer, head].astype(float)), rel=1e-6)
