from __future__ import annotations

import numpy as np
import pytest

from workbench.gui.models.position_maths import (
    LONGEST,
    bias_matrix,
    by_offset,
    colour_reach,
    mean_norm,
    reach,
    similarity,
    slopes,
)


def sinusoidal(count: int, width: int) -> np.ndarray:
    angles = np.arange(count)[:, None] * 10_000.0 ** (-np.arange(0, width, 2) / width)
    return np.stack((np.sin(angles), np.cos(angles)), axis=-1).reshape(count, width).astype(np.float32)


def test_products_of_sinusoidal_positions_by_offset_are_the_published_ones() -> None:
    means = by_offset(similarity(sinusoidal(32, 64)))
    for apart, product in ((0, 32.0), (1, 30.9168), (2, 28.3039), (10, 21.0516)):
        assert means[apart] == pytest.approx(product, abs=2e-3)


@pytest.mark.parametrize("count", [1, 2, 9])
def test_by_offset_is_the_mean_of_each_diagonal(count: int) -> None:
    square = np.random.default_rng(count).normal(size=(count, count)).astype(np.float32)
    assert np.allclose(by_offset(square), [np.diagonal(square, apart).mean() for apart in range(count)], atol=1e-6)


def test_cosines_lie_between_minus_one_and_one_and_a_zero_vector_is_like_nothing() -> None:
    values = np.random.default_rng(0).normal(size=(20, 6)).astype(np.float32)
    values[3] = 0
    cosines = similarity(values, cosine=True)
    assert np.allclose(np.delete(np.diagonal(cosines), 3), 1, atol=1e-6)
    assert not cosines[3].any()
    assert np.abs(cosines).max() <= 1 + 1e-6


def test_a_long_table_is_compared_at_its_beginning() -> None:
    assert similarity(np.ones((3 * LONGEST, 2), np.float32)).shape == (LONGEST, LONGEST)
    assert bias_matrix(np.zeros((6 * LONGEST - 1, 2), np.float32), 1).shape == (LONGEST, LONGEST)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_bias_matrix_holds_the_value_of_each_offset(count: int) -> None:
    values = np.random.default_rng(count).normal(size=(2 * count - 1, 3)).astype(np.float32)
    square = bias_matrix(values, 2)
    for query in range(count):
        for key in range(count):
            assert square[query, key] == values[key - query + count - 1, 2]


def test_alibi_slopes_are_read_back_from_its_biases() -> None:
    steep = 2.0 ** -np.arange(1, 9)
    offsets = np.abs(np.arange(-5, 6))
    assert np.allclose(slopes((-offsets[:, None] * steep).astype(np.float32)), steep)
    assert not slopes(np.zeros((1, 4), np.float32)).any()


def test_norms_and_reach() -> None:
    assert mean_norm(sinusoidal(40, 64)) == pytest.approx(np.sqrt(32), abs=1e-4)
    assert mean_norm(np.zeros((0, 4), np.float32)) == 0
    assert reach(np.array([[-3, 2]], np.float32)) == 3
    assert reach(np.array([[np.nan, -2, np.inf]], np.float32)) == 2
    assert reach(np.full((2, 2), np.nan, np.float32)) == reach(np.zeros((2, 2), np.float32)) == 1


def test_outliers_do_not_drown_the_rest_of_a_table() -> None:
    values = np.random.default_rng(0).normal(0, 0.02, (64, 384)).astype(np.float32)
    even = colour_reach(values)
    assert even == reach(values) or even > 0.02
    values[0, 3] = -2.4
    assert reach(values) == pytest.approx(2.4)
    assert 0.02 < colour_reach(values) < 0.1
    waves = np.sin(np.arange(64)[:, None] * np.arange(1, 33)).astype(np.float32)
    assert colour_reach(waves) == reach(waves)
