"""Facts of a head against the engine's scores, and chance levels against heads that look everywhere evenly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from workbench.contracts.frames import AttentionFrame
from workbench.engine import heads
from workbench.gui.models.head_facts import MOST_CELLS, facts_in, facts_of, is_special, mirror_of


def random_head(rng: np.random.Generator, queries: int, keys: int, kind: str) -> np.ndarray:
    weights = rng.dirichlet(np.full(keys, 0.3), queries)
    if kind == "decoder":
        weights = (weights + 1e-6) * np.tri(queries, keys, keys - queries)
        weights /= weights.sum(1, keepdims=True)
    return weights.astype(np.float32)


def even_head(queries: int, keys: int, kind: str) -> np.ndarray:
    allowed = np.tri(queries, keys, keys - queries) if kind == "decoder" else np.ones((queries, keys))
    return (allowed / allowed.sum(1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("kind", ["encoder", "decoder", "cross"])
@pytest.mark.parametrize("seed", range(6))
def test_they_agree_with_the_engine(kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    queries = int(rng.integers(1, 40))
    keys = int(rng.integers(1, 40)) if kind == "cross" else queries
    weights = random_head(rng, queries, keys, kind)
    facts = facts_of(weights, kind)
    scores = {"previous": heads.previous_token_score, "own": heads.own_token_score, "first": heads.first_token_score,
              "mirrored": heads.mirrored_score}  # fmt: skip
    for name, fact in facts.shares.items():
        assert fact.value == pytest.approx(float(scores[name](weights)), abs=1e-6)
    assert facts.entropy.value == pytest.approx(float(heads.entropy(weights)), abs=1e-6)
    if facts.distance is not None:
        assert facts.distance.value == pytest.approx(float(heads.mean_distance(weights)), abs=1e-5)


@pytest.mark.parametrize("kind", ["encoder", "decoder", "cross"])
@pytest.mark.parametrize(("queries", "keys"), [(1, 1), (2, 2), (7, 7), (32, 32), (5, 9)])
def test_chance_is_what_even_attention_scores(kind: str, queries: int, keys: int) -> None:
    facts = facts_of(even_head(queries, keys, kind), kind)
    for name, fact in facts.shares.items():
        if name != "mirrored" or queries == keys:
            assert fact.value == pytest.approx(fact.chance, abs=1e-6), name
    assert facts.entropy.value == pytest.approx(facts.entropy.chance, abs=1e-5)
    assert facts.distance is None or facts.distance.value == pytest.approx(facts.distance.chance, abs=1e-4)
    assert facts.mostly is None


def test_chance_under_a_causal_mask_is_the_closed_form() -> None:
    facts = facts_of(even_head(32, 32, "decoder"), "decoder")
    assert facts.shares["previous"].chance == pytest.approx(0.0956, abs=1e-4)
    assert facts.entropy.chance == pytest.approx(2.5487, abs=1e-4)
    assert facts.distance is not None
    assert facts.distance.chance == pytest.approx(31 / 4)


@pytest.mark.parametrize(("name", "target"), [("previous", -1), ("own", 0)])
def test_a_clear_pattern_is_named(name: str, target: int) -> None:
    weights = np.eye(12, k=target, dtype=np.float32) * 0.8 + 0.2 / 12
    assert facts_of(weights, "encoder").mostly == name


def test_a_mirror_is_found_among_special_tokens() -> None:
    keys = ["<s>", *"72941053", "</s>"]
    queries = ["<s>", *"35014927"]
    weights = np.zeros((9, 10), np.float32)
    weights[np.arange(9), 8 - np.arange(9)] = 1  # the first query looks at the last word
    inner = mirror_of(weights, queries, keys)
    assert inner.shape == (8, 8)
    frame = AttentionFrame(kind="cross", weights=weights[None, None], queries=tuple(queries), keys=tuple(keys))
    facts = facts_in(frame, 0, 0)
    assert facts.mostly == "mirrored"
    assert facts.shares["mirrored"].value == pytest.approx(1.0)
    assert facts.shares["mirrored"].chance in (1 / 8, 1 / 10)


def test_the_mirror_of_texts_without_words_is_all_there_is() -> None:
    weights = np.full((2, 2), 0.5, np.float32)
    assert mirror_of(weights, ["<s>", "</s>"], ["<s>", "</s>"]).shape == (2, 2)


def test_a_very_long_text_is_measured_on_a_part_and_says_so() -> None:
    size = 1700
    assert size * size > MOST_CELLS
    facts = facts_of(np.full((size, size), 1 / size, np.float32), "encoder")
    assert not facts.exact
    assert facts.entropy.value == pytest.approx(math.log(size), rel=1e-4)


def test_special_tokens_are_told_from_words() -> None:
    assert all(map(is_special, ["[CLS]", "<s>", "</s>", "<|endoftext|>", "⟨1⟩"]))
    assert not any(map(is_special, ["", "<", "[]", "a", "<a", "[ ]", "自然"]))
