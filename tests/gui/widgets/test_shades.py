"""Shades against a naive reference, and what a person must be able to see."""

from __future__ import annotations

import math

import numpy as np
import pytest

from workbench.gui.colours import to_bytes
from workbench.gui.widgets.shades import SCALES, edges, log_bytes, shades


def naive(weights: np.ndarray, rows: int, columns: int, scale: str) -> np.ndarray:
    heads, queries, keys = weights.shape
    out = np.zeros((heads, rows, columns), np.uint8)
    high, wide = math.ceil(queries / rows), math.ceil(keys / columns)
    if max(high, wide) < 4:
        high = wide = 1
    down, across = math.ceil(queries / high), math.ceil(keys / wide)
    for head in range(heads):
        values = weights[head].astype(np.float32)
        if scale == "row":
            largest = values.max(1, keepdims=True)
            values = np.divide(values, largest, out=np.zeros_like(values), where=largest > 0)
        for row in range(rows):
            top = row * down // rows
            bottom = max(top + 1, (row + 1) * down // rows)
            for column in range(columns):
                left = column * across // columns
                right = max(left + 1, (column + 1) * across // columns)
                most = values[top * high : bottom * high, left * wide : right * wide].max()
                out[head, row, column] = log_bytes(most) if scale == "log" else to_bytes(most)
    return out


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("seed", range(12))
def test_fast_equals_naive_at_any_size(scale: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    heads, queries, keys = rng.integers(1, 4), *rng.integers(1, 150, 2)
    rows, columns = rng.integers(1, 60, 2)
    weights = rng.dirichlet(np.full(keys, 0.2), (heads, queries)).astype(np.float32)
    weights[0, 0] = 0
    fast, slow = shades(weights, rows, columns, scale), naive(weights, rows, columns, scale)
    assert np.abs(fast.astype(int) - slow).max() <= 1  # a product with the inverse rounds otherwise than a quotient


@pytest.mark.parametrize("pixels", [20, 37, 60, 57])
def test_an_anti_diagonal_of_512_tokens_is_seen_in_a_small_tile(pixels: int) -> None:
    weights = np.full((1, 512, 512), 0.1 / 511, np.float32)
    weights[0, np.arange(512), 511 - np.arange(512)] = 0.9
    tile = shades(weights, pixels, pixels)[0]
    line = tile[np.arange(pixels), pixels - 1 - np.arange(pixels)]
    assert line.min() >= 229
    assert np.count_nonzero(tile > 100) <= 4 * pixels


def test_even_attention_stays_pale() -> None:
    assert shades(np.full((2, 100, 100), 0.01, np.float32), 30, 30).max() <= 3


@pytest.mark.parametrize(("cells", "pixels"), [(64, 60), (512, 57), (512, 100), (700, 33), (130, 60)])
def test_no_single_weight_is_lost(cells: int, pixels: int) -> None:
    for query, key in [(0, 0), (cells - 1, cells - 1), (cells // 3, cells - 2), (cells - 1, 0)]:
        weights = np.zeros((1, cells, cells), np.float32)
        weights[0, query, key] = 1
        found = np.argwhere(shades(weights, pixels, pixels)[0] == 255)
        assert len(found) >= 1
        assert np.abs(found - np.array([query, key]) * pixels / cells).max() <= 2


def test_parts_of_an_axis_cover_every_cell_once() -> None:
    for cells, pixels in [(512, 60), (7, 7), (61, 60), (60, 61)]:
        at = edges(cells, pixels)
        assert at[0] == 0
        assert at[-1] == cells
        assert (np.diff(at) >= 0).all()


def test_an_unknown_scale_and_nothing_at_all_are_answered() -> None:
    with pytest.raises(ValueError, match="sqrt"):
        shades(np.zeros((1, 2, 2), np.float32), 4, 4, "sqrt")
    assert shades(np.zeros((0, 3, 3), np.float32), 4, 5).shape == (0, 4, 5)
    assert shades(np.zeros((2, 0, 3), np.float32), 4, 5).max() == 0


def test_no_numbers_are_drawn_as_zero() -> None:
    weights = np.full((1, 4, 4), np.nan, np.float32)
    for scale in SCALES:
        assert shades(weights, 8, 8, scale).max() == 0
