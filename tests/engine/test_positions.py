"""Closed forms of the position schemes."""

from __future__ import annotations

import math

import pytest
import torch

from workbench.engine.positions import alibi_bias, alibi_slopes, frequencies, relative_buckets, rotary_angles, rotate, sinusoidal


@pytest.mark.parametrize(("offset", "product"), [(0, 32.0), (1, 30.9168), (2, 28.3039), (10, 21.0516)])
def test_sinusoidal_products_depend_on_the_offset_alone(offset: int, product: float) -> None:
    table = sinusoidal(torch.arange(200), 64).double()
    products = (table[: 200 - offset] * table[offset:]).sum(-1)
    torch.testing.assert_close(products, torch.full_like(products, product), atol=2e-4, rtol=0)
    exact = sum(math.cos(offset * 10_000 ** (-2 * i / 64)) for i in range(32))
    assert products.mean().item() == pytest.approx(exact, abs=1e-4)


def test_sinusoidal_follows_the_paper_dimension_by_dimension() -> None:
    width, place = 10, 7
    expected = [
        math.sin(place / 10_000 ** (d / width)) if d % 2 == 0 else math.cos(place / 10_000 ** ((d - 1) / width))
        for d in range(width)
    ]
    torch.testing.assert_close(sinusoidal(torch.tensor([place]), width)[0], torch.tensor(expected), atol=1e-6, rtol=0)


def test_sinusoidal_vectors_have_the_norm_root_of_half_the_width() -> None:
    norms = sinusoidal(torch.arange(1000), 128).norm(dim=-1)
    torch.testing.assert_close(norms, torch.full_like(norms, 8.0))


def test_a_sinusoidal_shift_is_one_rotation_for_all_places() -> None:
    width, shift = 16, 5
    angles = shift * frequencies(width)
    table = sinusoidal(torch.arange(50), width)
    sine, cosine = table[:, 0::2], table[:, 1::2]
    turned = torch.stack((sine * angles.cos() + cosine * angles.sin(), cosine * angles.cos() - sine * angles.sin()), -1).flatten(
        1
    )
    torch.testing.assert_close(turned, sinusoidal(torch.arange(50) + shift, width), atol=1e-5, rtol=0)


@pytest.mark.parametrize("width", [1, 3, 7, 64])
def test_sinusoidal_serves_every_width(width: int) -> None:
    assert sinusoidal(torch.arange(4)[None], width).shape == (1, 4, width)


def test_rotation_equals_multiplication_by_a_complex_phase() -> None:
    vectors = torch.randn(2, 3, 6, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    places = torch.tensor([[0, 1, 2, 3, 4, 5], [9, 3, 0, 100, 7, 2]])
    turned = rotate(vectors, *rotary_angles(places, 8))
    phase = torch.polar(torch.ones(2, 6, 4), places[..., None] * frequencies(8))[:, None]
    expected = torch.complex(vectors[..., :4], vectors[..., 4:]) * phase
    torch.testing.assert_close(turned, torch.cat((expected.real, expected.imag), -1), atol=1e-5, rtol=0)


def test_rotated_products_depend_on_the_offset_alone_and_lengths_stay() -> None:
    generator = torch.Generator().manual_seed(0)
    query, key = torch.randn(2, 1, 1, 1, 16, generator=generator)

    def product(m: int, n: int) -> float:
        turned = [rotate(v, *rotary_angles(torch.tensor([[place]]), 16)) for v, place in ((query, m), (key, n))]
        assert turned[0].norm().item() == pytest.approx(query.norm().item(), rel=1e-5)
        return (turned[0] * turned[1]).sum().item()

    for offset in (0, 1, 7, -3):
        values = [product(start + offset, start) for start in (3, 10, 50, 200)]
        assert values == pytest.approx([values[0]] * 4, abs=1e-3)
    assert product(5, 5) == pytest.approx((query * key).sum().item(), abs=1e-4)


def test_alibi_slopes_of_eight_heads_halve_from_one_half() -> None:
    assert alibi_slopes(8) == [2.0**-i for i in range(1, 9)]
    assert alibi_slopes(16)[0] == pytest.approx(2**-0.5)
    assert alibi_slopes(1) == [2.0**-8]


def test_alibi_slopes_of_twelve_heads_fill_in_between() -> None:
    assert alibi_slopes(12) == pytest.approx([2.0**-i for i in range(1, 9)] + [2**-0.5, 2**-1.5, 2**-2.5, 2**-3.5])


@pytest.mark.parametrize("heads", range(1, 40))
def test_alibi_slopes_serve_every_head_count(heads: int) -> None:
    slopes = alibi_slopes(heads)
    assert len(slopes) == len(set(slopes)) == heads
    assert all(0 < slope < 1 for slope in slopes)


def test_alibi_bias_is_the_slope_times_the_distance_on_both_sides() -> None:
    bias = alibi_bias(torch.arange(2, 5), torch.arange(5), 8)
    assert bias.shape == (1, 8, 3, 5)
    for head in range(8):
        for row, query in enumerate(range(2, 5)):
            for key in range(5):
                assert bias[0, head, row, key].item() == -(2.0 ** -(head + 1)) * abs(query - key)


def bucket_by_hand(offset: int, *, bidirectional: bool, buckets: int, max_distance: int) -> int:
    """The paper's rule, one offset at a time."""
    start = 0
    if bidirectional:
        buckets //= 2
        start = buckets if offset > 0 else 0
        distance = abs(offset)
    else:
        distance = max(-offset, 0)
    exact = buckets // 2
    if distance < exact:
        return start + distance
    return start + min(buckets - 1, exact + int(math.log(distance / exact) / math.log(max_distance / exact) * (buckets - exact)))


@pytest.mark.parametrize("bidirectional", [True, False])
def test_relative_buckets_follow_the_rule(bidirectional: bool) -> None:
    offsets = torch.arange(-300, 301)
    found = relative_buckets(offsets, bidirectional=bidirectional).tolist()
    by_hand = [bucket_by_hand(o, bidirectional=bidirectional, buckets=32, max_distance=128) for o in offsets.tolist()]
    # exactly on a border float32 and float64 may round to either side
    differ = [o for o, a, b in zip(offsets.tolist(), found, by_hand, strict=True) if a != b]
    assert len(differ) <= 4, differ
    assert min(found) >= 0
    assert max(found) == 31


def test_relative_buckets_tell_near_offsets_apart_and_sides_when_both_are_seen() -> None:
    near = relative_buckets(torch.arange(-7, 8), bidirectional=True)
    assert len(set(near.tolist())) == 15
    past_only = relative_buckets(torch.arange(-15, 6), bidirectional=False)
    assert past_only.tolist() == [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0]


def test_relative_buckets_agree_with_t5() -> None:
    from transformers.models.t5.modeling_t5 import T5Attention

    offsets = torch.randint(-400, 400, (20, 30), generator=torch.Generator().manual_seed(1))
    for bidirectional in (True, False):
        theirs = T5Attention._relative_position_bucket(offsets, bidirectional=bidirectional, num_buckets=32, max_distance=128)
        assert torch.equal(relative_buckets(offsets, bidirectional=bidirectional), theirs)
