"""Which weights become lines: all that reach the threshold, or the strongest, and how much of the weight they hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gui.models.line_choice import FAINTEST, choose_lines


def weights(seed: int, heads: int = 3, queries: int = 6, keys: int = 5) -> np.ndarray:
    return np.asarray(np.random.default_rng(seed).dirichlet(np.full(keys, 0.3), (heads, queries)).astype(np.float32))


@given(st.integers(0, 99), st.floats(0, 1), st.integers(1, 120))
def test_the_strongest_are_drawn_weakest_first(seed: int, threshold: float, most: int) -> None:
    each = weights(seed)
    lines = choose_lines(each, threshold, most=most)
    reach = np.sort(each[each >= max(np.float32(threshold), FAINTEST)])
    assert lines.reached == len(reach)
    np.testing.assert_array_equal(lines.weight, reach[-most:])
    np.testing.assert_array_equal(each[lines.head, lines.query, lines.key], lines.weight)
    assert len(set(zip(lines.head, lines.query, lines.key, strict=True))) == len(lines.weight)
    assert lines.share == pytest.approx(float(lines.weight.sum()) / each.sum(), rel=1e-5)


@given(st.integers(0, 99), st.integers(0, 4))
def test_one_token_shows_only_its_lines(seed: int, place: int) -> None:
    each = weights(seed)
    by_query, by_key = choose_lines(each, 0.0, query=place), choose_lines(each, 0.0, key=place)
    assert set(by_query.query) == {place}
    assert set(by_key.key) <= {place}
    np.testing.assert_array_equal(each[by_query.head, by_query.query, by_query.key], by_query.weight)
    np.testing.assert_array_equal(each[by_key.head, by_key.query, by_key.key], by_key.weight)
    assert by_query.share == pytest.approx(1, abs=0.02)


def test_nothing_and_no_numbers_are_no_lines() -> None:
    for nothing in (np.zeros((1, 2, 2), np.float32), np.full((1, 2, 2), np.nan, np.float32), np.zeros((0, 0, 0), np.float32)):
        lines = choose_lines(nothing, 0.0)
        assert (len(lines.weight), lines.weakest, lines.share) == (0, 0.0, 0.0)
