"""Scores asked for again and again, beside those found text by text and target by target."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.engine.head_nulls import Pattern, target_score
from workbench.engine.head_scorer import HeadScorer
from workbench.engine.head_targets import Target, targets
from workbench.engine.heads import previous_token_baseline


def weights_under(visible: NDArray[np.bool_], generator: np.random.Generator) -> NDArray[np.float32]:
    """Rows that sum to one over what is visible; some sharp, some even."""
    scores = np.where(visible, generator.normal(0, generator.choice([0.1, 3.0]), visible.shape), -np.inf)
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return (raised / raised.sum(-1, keepdims=True)).astype(np.float32)


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(["encoder", "decoder", "cross"]), texts=st.integers(1, 4), heads=st.integers(1, 3),
    queries=st.integers(2, 12), keys=st.integers(2, 12), seed=st.integers(0, 2**31),
)  # fmt: skip
def test_it_says_what_is_found_text_by_text(kind: str, texts: int, heads: int, queries: int, keys: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    keys = keys if kind == "cross" else queries
    mask = np.tri(queries, keys, dtype=bool) if kind == "decoder" else np.ones((queries, keys), bool)
    mask = mask & (generator.random((queries, keys)) < 0.9) | np.eye(queries, keys, dtype=bool)
    mask[:, 0] |= ~mask.any(-1)
    visible = np.broadcast_to(mask, (texts, heads, queries, keys))
    weights = weights_under(visible, generator)
    ids = [generator.integers(0, max(2, keys // 2), keys).tolist() for _ in range(texts)]
    each = [targets(kind, queries, keys, ids=text) for text in ids]
    names = [name for name in each[0] if all(name in found for found in each)]
    score = HeadScorer(visible, {name: [found[name] for found in each] for name in names}).of(weights)
    for place, name in enumerate(names):
        patterns = [Pattern(weights=weights[text][None], visible=visible[text][None]) for text in range(texts)]
        naive = [target_score(pattern, found[name]) for pattern, found in zip(patterns, each, strict=True)]
        size = max(1, keys) if name == "mean_distance" else 1
        for field in ("value", "uniform", "shuffled"):
            wanted = np.mean([getattr(one, field)[0] for one in naive], axis=0)
            np.testing.assert_allclose(getattr(score, field)[place], wanted, atol=1e-5 * size)
        variance = np.sum([one.variance[0] for one in naive], axis=0) / texts**2
        np.testing.assert_allclose(score.variance[place], variance, atol=1e-6 * size**2)


def test_even_attention_scores_what_its_closed_form_says() -> None:
    length = 9
    visible = np.tri(length, dtype=bool)[None, None]
    even = (visible / visible.sum(-1, keepdims=True)).astype(np.float32)
    score = HeadScorer(visible, {"previous_token": [targets("decoder", length, length)["previous_token"]]}).of(even)
    assert score.value[0, 0] == pytest.approx(previous_token_baseline(length), abs=1e-6)
    assert score.chance[0, 0] == pytest.approx(previous_token_baseline(length), abs=1e-4)


def test_a_row_that_sees_nothing_scores_nothing() -> None:
    visible = np.array([[[[False, False], [True, True]]]])
    target = Target(wanted=np.ones((2, 2)), counted=np.ones(2, np.bool_))
    score = HeadScorer(visible, {"any": [target]}).of(np.array([[[[0, 0], [0.5, 0.5]]]], np.float32))
    assert score.value[0, 0] == pytest.approx(0.5)
    assert score.uniform[0, 0] == pytest.approx(0.5)
    assert score.variance[0, 0] == pytest.approx(0.0, abs=1e-12)
