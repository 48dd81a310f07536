"""Other patterns with the same output: how many there are, and one of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.identifiability import another_row, hidden_dimensions, hidden_directions


def test_the_published_case() -> None:
    value = np.random.default_rng(0).standard_normal((24, 8))
    assert len(hidden_directions(value)) == hidden_dimensions(24, 8) == 15


@given(st.integers(1, 30), st.integers(1, 12), st.integers(0, 9))
def test_directions_are_as_many_as_said_and_change_nothing(keys: int, value_dim: int, seed: int) -> None:
    value = np.random.default_rng(seed).standard_normal((keys, value_dim)).astype(np.float32)
    directions = hidden_directions(value)
    assert directions.shape == (hidden_dimensions(keys, value_dim), keys)
    np.testing.assert_allclose(directions @ value, 0.0, atol=1e-5)
    np.testing.assert_allclose(directions.sum(-1), 0.0, atol=1e-5)
    np.testing.assert_allclose(directions @ directions.T, np.eye(len(directions)), atol=1e-6)


def test_values_that_depend_on_each_other_hide_more() -> None:
    value = np.random.default_rng(0).standard_normal((10, 2)) @ np.ones((2, 6))
    assert len(hidden_directions(value)) == 10 - 1 - 1


def test_another_row_of_attention_gives_the_same_output() -> None:
    generator = np.random.default_rng(3)
    row, value = generator.dirichlet(np.ones(24)), generator.standard_normal((24, 8))
    other = another_row(row, value)
    assert other is not None
    assert other.min() >= 0
    assert other.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(other @ value, row @ value, atol=1e-12)
    assert np.abs(other - row).sum() / 2 > 0.05


def test_a_short_text_has_no_other_row() -> None:
    generator = np.random.default_rng(0)
    assert another_row(generator.dirichlet(np.ones(8)), generator.standard_normal((8, 8))) is None
