"""Scores and their baselines against closed forms, loops and drawn permutations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine import heads
from workbench.engine.head_nulls import NORMAL_95, Pattern, dealt_overlap, entropy_score, overlap, target_score, target_value
from workbench.engine.head_targets import Target, targets


def drawn(n: int, *, causal: bool, layers: int = 2, count: int = 3, seed: int = 0, sharpness: float = 0.4) -> Pattern:
    generator = np.random.default_rng(seed)
    visible = np.tri(n, dtype=bool) if causal else np.ones((n, n), dtype=bool)
    weights = generator.gamma(sharpness, size=(layers, count, n, n)) * visible + 1e-12 * visible
    return Pattern(weights=weights / weights.sum(-1, keepdims=True), visible=visible[None, None])


def deal(pattern: Pattern, generator: np.random.Generator) -> np.ndarray:
    """Every row's weights in another order among the keys it sees."""
    dealt = np.zeros_like(pattern.weights)
    layers, count, queries, _ = dealt.shape
    for layer, head, query in np.ndindex(layers, count, queries):
        keys = np.flatnonzero(pattern.visible[0, 0, query])
        dealt[layer, head, query, keys] = pattern.weights[layer, head, query, generator.permutation(keys)]
    return dealt


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("n", [7, 32])
def test_uniform_baselines_are_the_closed_forms(n: int, causal: bool) -> None:
    found = targets("decoder" if causal else "encoder", n, n, ids=[place % 5 for place in range(n)])
    pattern = drawn(n, causal=causal)
    forms = {
        "previous_token": heads.previous_token_baseline(n, causal=causal),
        "own_token": heads.own_token_baseline(n, causal=causal),
        "first_token": heads.first_token_baseline(n, causal=causal),
        "mean_distance": heads.mean_distance_baseline(n, causal=causal),
    }
    if causal:
        forms["induction"] = heads.induction_baseline([place % 5 for place in range(n)])
    else:
        forms |= {"mirrored": heads.mirrored_baseline(n), "next_token": heads.previous_token_baseline(n, causal=False)}
    for name, expected in forms.items():
        np.testing.assert_allclose(target_score(pattern, found[name]).uniform, expected, rtol=1e-12, err_msg=name)
    score = entropy_score(heads.entropy(pattern.weights), pattern)
    np.testing.assert_allclose(score.uniform, heads.entropy_baseline(n, causal=causal))
    assert np.array_equal(score.shuffled, score.value)


def test_values_are_those_of_the_scores_by_name() -> None:
    ids = [3, 1, 4, 1, 5, 3, 1, 4, 9]
    pattern = drawn(9, causal=True)
    found = targets("decoder", 9, 9, ids=ids)
    for name, score in {
        "previous_token": heads.previous_token_score, "own_token": heads.own_token_score,
        "first_token": heads.first_token_score, "mean_distance": heads.mean_distance,
        "induction": lambda weights: heads.induction_score(weights, ids),
    }.items():  # fmt: skip
        np.testing.assert_allclose(target_value(pattern.weights, found[name]), score(pattern.weights), rtol=1e-12)
    both = targets("encoder", 9, 9, ids=ids)
    np.testing.assert_allclose(target_value(pattern.weights, both["mirrored"]), heads.mirrored_score(pattern.weights))


def test_published_values_of_an_even_causal_head() -> None:
    score = target_score(drawn(32, causal=True), targets("decoder", 32, 32)["previous_token"])
    assert score.uniform[0, 0] == pytest.approx(0.0956, abs=5e-5)
    assert entropy_score(np.zeros((1, 1)), drawn(32, causal=True)).uniform[0, 0] == pytest.approx(2.5487, abs=5e-5)


@given(st.integers(2, 12), st.booleans(), st.integers(0, 5), st.sampled_from(["previous_token", "mean_distance", "first_token"]))
def test_a_deal_of_even_weights_changes_nothing(n: int, causal: bool, seed: int, name: str) -> None:
    visible = np.tri(n, dtype=bool) if causal else np.ones((n, n), dtype=bool)
    even = Pattern(weights=(visible / visible.sum(-1, keepdims=True))[None, None], visible=visible[None, None])
    score = target_score(even, targets("decoder" if causal else "encoder", n, n)[name])
    assert score.value == pytest.approx(score.uniform, abs=1e-12)
    assert score.shuffled == pytest.approx(score.uniform, abs=1e-12)
    assert score.variance == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("causal", [True, False])
def test_random_deals_have_the_mean_the_variance_and_the_band_that_are_claimed(causal: bool) -> None:
    pattern, generator = drawn(24, causal=causal, layers=1, count=2), np.random.default_rng(1)
    found = targets("decoder" if causal else "encoder", 24, 24, ids=[place % 7 for place in range(24)])
    dealt = [deal(pattern, generator) for _ in range(2000)]
    for name, target in found.items():
        score = target_score(pattern, target)
        drawn_values = np.array([target_value(weights, target) for weights in dealt])  # (deal, layer, head)
        deviation = np.sqrt(score.variance)
        assert np.abs(drawn_values.mean(0) - score.shuffled).max() < 5 * deviation.max() / np.sqrt(2000) + 1e-12, name
        np.testing.assert_allclose(drawn_values.std(0), deviation, rtol=0.1, atol=1e-12, err_msg=name)
        within = np.abs(drawn_values - score.shuffled) <= NORMAL_95 * deviation + 1e-12
        assert 0.92 < within.mean() <= 1.0, name


@pytest.mark.parametrize("causal", [True, False])
def test_overlap_with_dealt_weights_is_what_drawing_gives(causal: bool) -> None:
    pattern, generator = drawn(16, causal=causal, layers=1, count=2), np.random.default_rng(2)
    mean, variance = dealt_overlap(pattern, np.random.default_rng(3), deals=400)
    shared = np.array([overlap(pattern.weights, deal(pattern, generator)) for _ in range(1000)])
    np.testing.assert_allclose(mean, shared.mean(0), rtol=0.02)
    np.testing.assert_allclose(np.sqrt(variance), shared.std(0), rtol=0.15)


def test_overlap_is_one_minus_total_variation() -> None:
    one, other = drawn(8, causal=False).weights, drawn(8, causal=False, seed=1).weights
    np.testing.assert_allclose(overlap(one, other), (1 - np.abs(one - other).sum(-1) / 2).mean(-1))
    np.testing.assert_allclose(overlap(one, one), 1.0)


def test_a_sink_lowers_what_is_expected_of_random_deals() -> None:
    whole = drawn(10, causal=True)
    half = Pattern(weights=whole.weights / 2, visible=whole.visible)
    target = targets("decoder", 10, 10)["previous_token"]
    np.testing.assert_allclose(target_score(half, target).shuffled, target_score(whole, target).shuffled / 2)
    np.testing.assert_allclose(target_score(half, target).uniform, target_score(whole, target).uniform)


def test_a_target_for_each_head_is_averaged_for_each_head() -> None:
    pattern = drawn(6, causal=False)
    wanted = np.random.default_rng(0).random((2, 3, 1, 6))
    score = target_score(pattern, Target(wanted=wanted, counted=np.ones(6, dtype=bool)))
    assert score.value[1, 2] == pytest.approx(sum(pattern.weights[1, 2, q] @ wanted[1, 2, 0] for q in range(6)) / 6)
    assert score.uniform[1, 2] == pytest.approx(wanted[1, 2].mean())


def test_a_target_that_wants_little_is_summed_as_one_that_wants_much() -> None:
    pattern, generator = drawn(20, causal=True), np.random.default_rng(5)
    wanted = generator.random((20, 20)) * (generator.random((20, 20)) < 0.03)
    wanted[4] = 0
    target = Target(wanted=wanted, counted=np.ones(20, dtype=bool))
    np.testing.assert_allclose(target_value(pattern.weights, target), (pattern.weights * wanted).sum(-1).mean(-1), rtol=1e-12)
    assert (target_value(pattern.weights, Target(wanted=wanted * 0, counted=target.counted)) == 0).all()


def test_the_variance_of_a_long_text_comes_from_some_of_its_rows() -> None:
    pattern = drawn(150, causal=True, layers=1, count=2)
    generator = np.random.default_rng(2)
    shared = np.array([overlap(pattern.weights, deal(pattern, generator)) for _ in range(300)])
    mean, variance = dealt_overlap(pattern, np.random.default_rng(3))
    np.testing.assert_allclose(mean, shared.mean(0), rtol=0.01)
    np.testing.assert_allclose(np.sqrt(variance), shared.std(0), rtol=0.3)
