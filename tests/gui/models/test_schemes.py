"""Schemes without torch are the engine's, and have the closed forms of their papers."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.frames import PositionFrame
from workbench.engine import positions
from workbench.gui.models.position_maths import by_offset, similarity
from workbench.gui.models.schemes import (
    BASE,
    SCHEMES,
    alibi_slopes,
    cut,
    decay,
    frame_of,
    mean_products,
    relative_buckets,
    rotary,
    sinusoidal,
    spread,
)


@pytest.mark.parametrize("width", [2, 8, 9, 64, 256])
def test_sinusoidal_tables_are_the_engines(width: int) -> None:
    engine = positions.sinusoidal(torch.arange(512), width).numpy()
    np.testing.assert_allclose(sinusoidal(512, width), engine, atol=5e-5)  # angles in float32 there
    assert BASE == positions.BASE


@pytest.mark.parametrize("width", [2, 8, 64, 128])
def test_rotary_angles_are_the_engines(width: int) -> None:
    cos, sin = (part[0, 0, :, : width // 2].numpy() for part in positions.rotary_angles(torch.arange(512)[None], width))
    np.testing.assert_allclose(rotary(512, width), np.concatenate([cos, sin], axis=1), atol=5e-5)


@pytest.mark.parametrize("heads", range(1, 33))
def test_slopes_are_the_engines(heads: int) -> None:
    assert alibi_slopes(heads) == positions.alibi_slopes(heads)


def test_eight_heads_have_the_published_slopes() -> None:
    assert alibi_slopes(8) == [1 / 2**power for power in range(1, 9)]


@pytest.mark.parametrize("bidirectional", [True, False])
@pytest.mark.parametrize(("buckets", "longest"), [(32, 128), (16, 64), (8, 20)])
def test_buckets_are_the_engines(bidirectional: bool, buckets: int, longest: int) -> None:
    offsets = np.arange(-600, 601)
    engine = positions.relative_buckets(
        torch.tensor(offsets), bidirectional=bidirectional, buckets=buckets, max_distance=longest
    ).numpy()
    ours = relative_buckets(offsets, bidirectional=bidirectional, buckets=buckets, longest=longest)
    np.testing.assert_array_equal(ours, engine)


@pytest.mark.parametrize(("offset", "product"), [(0, 32.0), (1, 30.9168), (2, 28.3039), (10, 21.0516)])
@pytest.mark.parametrize("scheme", ["sinusoidal", "rotary"])
def test_fixed_schemes_decay_as_the_sum_of_cosines(scheme: str, offset: int, product: float) -> None:
    seen = decay(frame_of(scheme, 200, 64, 8))
    assert seen.shape == (200, 1)
    assert seen[offset, 0] == pytest.approx(product, abs=1e-3)


@given(st.integers(8, 512), st.integers(1, 128), st.integers(100, 100_000), st.integers(0, 7))
def test_any_length_width_and_base_follow_the_closed_form(length: int, pairs: int, base: int, offset: int) -> None:
    exact = sum(math.cos(offset * base ** (-2 * pair / (2 * pairs))) for pair in range(pairs))
    for scheme in ("sinusoidal", "rotary"):
        assert decay(frame_of(scheme, length, 2 * pairs, 1, float(base)))[offset, 0] == pytest.approx(exact, abs=2e-3)


def test_alibi_falls_by_its_slope_and_relative_tells_its_bucket() -> None:
    seen = decay(frame_of("alibi", 20, 64, 8))
    np.testing.assert_allclose(seen, -np.arange(20)[:, None] * np.array(alibi_slopes(8))[None], atol=1e-6)
    np.testing.assert_array_equal(decay(frame_of("relative", 20, 64, 8))[:, 0], relative_buckets(-np.arange(20)))


@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 99))
def test_products_by_spectrum_are_the_means_of_diagonals(length: int, width: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(0, 1, (length, width)).astype(np.float32)
    np.testing.assert_allclose(mean_products(values), by_offset(similarity(values)), atol=1e-3)


def test_what_is_cut_is_the_beginning_of_a_table_and_the_middle_of_a_bias() -> None:
    for scheme in SCHEMES:
        long, short = frame_of(scheme, 40, 16, 4), frame_of(scheme, 9, 16, 4)
        made = cut(long, 9)
        assert (made.values.shape, made.first) == (short.values.shape, short.first)
        if scheme != "learned":
            np.testing.assert_allclose(made.values, short.values, atol=1e-6)
        assert cut(long, 400) is long


def test_curves_stand_for_all_columns_from_fast_to_slow() -> None:
    assert spread(frame_of("sinusoidal", 8, 64, 8)) == (0, 16, 32, 48)
    assert spread(frame_of("rotary", 8, 64, 8)) == (0, 8, 16, 24)  # cosines only
    assert spread(frame_of("alibi", 8, 64, 8)) == (0, 2, 4, 6)
    assert spread(frame_of("alibi", 8, 64, 3)) == (0, 1, 2)
    assert spread(frame_of("relative", 8, 64, 8)) == (0,)
    odd = PositionFrame(scheme="rotary", values=np.ones((3, 1), np.float32))
    assert spread(odd) == ()


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="not one of"):
        frame_of("spiral", 8, 8, 1)
