"""Rollout and flow against closed forms, a naive product and another library's maximum flow."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.errors import WorkbenchError
from workbench.engine.rollout import COLLAPSED, attention_flow, attention_rollout, collapse, with_residual


def even_causal(layers: int, n: int, heads: int = 3) -> np.ndarray:
    return np.broadcast_to(np.tri(n) / np.arange(1, n + 1)[:, None], (layers, heads, n, n))


def drawn(layers: int, heads: int, n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.full(n, 0.5), size=(layers, heads, n))


@pytest.mark.parametrize(("layers", "expected"), [(1, 0.0625), (6, 0.529), (12, 0.867), (24, 0.994)])
def test_even_causal_attention_collapses_onto_the_first_token(layers: int, expected: float) -> None:
    rolled = attention_rollout(even_causal(layers, 8))
    assert rolled[-1, -1, 0] == pytest.approx(expected, abs=5e-4)
    np.testing.assert_allclose(rolled.sum(-1), 1.0, rtol=1e-12)


def test_collapse_is_measured() -> None:
    measured = collapse(attention_rollout(even_causal(24, 8)))
    assert measured[0] < COLLAPSED < measured[-1]
    assert (np.diff(measured) > 0).all()
    assert collapse(np.eye(5)) == pytest.approx(0.2)


@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 7), st.floats(0, 1))
def test_rollout_is_the_product_with_later_layers_on_the_left(layers: int, heads: int, n: int, residual: float) -> None:
    weights = drawn(layers, heads, n)
    naive = np.eye(n)
    for layer in range(layers):
        mixed = (1 - residual) * sum(weights[layer]) / heads + residual * np.eye(n)
        naive = mixed @ naive
    rolled = attention_rollout(weights, residual)
    np.testing.assert_allclose(rolled[-1], naive, atol=1e-12)
    np.testing.assert_allclose(rolled.sum(-1), 1.0, atol=1e-12)


def test_one_half_is_the_row_normalised_sum_with_the_identity() -> None:
    weights = drawn(2, 3, 5)
    raw = weights.mean(1) + np.eye(5)
    np.testing.assert_allclose(with_residual(weights), raw / raw.sum(-1, keepdims=True), atol=1e-12)


def test_flow_of_one_layer_is_the_layer() -> None:
    weights = drawn(1, 2, 6)
    for query in (0, 3, -1):
        np.testing.assert_allclose(attention_flow(weights, query), with_residual(weights)[0, query], atol=1e-6)


def test_flow_agrees_with_another_maximum_flow() -> None:
    weights = drawn(3, 2, 5, seed=4)
    mixed = with_residual(weights)
    graph = networkx.DiGraph()
    for layer, upper, lower in np.ndindex(3, 5, 5):
        graph.add_edge((layer + 1, upper), (layer, lower), capacity=float(mixed[layer, upper, lower]))
    expected = [networkx.maximum_flow_value(graph, (3, 4), (0, key)) for key in range(5)]
    np.testing.assert_allclose(attention_flow(weights, 4), expected, atol=5e-6)


def test_flow_never_passes_a_mask_and_never_exceeds_one() -> None:
    flow = attention_flow(even_causal(3, 6), 2)
    assert (flow[3:] == 0).all()
    assert (flow[:3] > 0).all()
    assert flow.max() <= 1.0


def test_what_is_no_self_attention_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="not self-attention"):
        attention_rollout(np.ones((1, 1, 2, 3)) / 3)
    with pytest.raises(WorkbenchError, match="no meaning"):
        attention_rollout(drawn(1, 1, 2), residual=1.5)
    with pytest.raises(WorkbenchError, match="no position 6"):
        attention_flow(drawn(1, 1, 6), 6)
