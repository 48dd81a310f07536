"""How order enters a transformer: six schemes as pure functions of positions.

A transformer without positions sees a bag of tokens. The schemes differ in *where* they add order:

=============  ==================================  =========================================================
scheme         enters at                           source
=============  ==================================  =========================================================
``none``       nowhere (a causal mask still leaks)  Haviv et al. 2022, arXiv:2203.16634
``sinusoidal`` the embeddings, a fixed table        Vaswani et al. 2017, section 3.5, arXiv:1706.03762
``learned``    the embeddings, a trained table      Gehring et al. 2017, arXiv:1705.03122
``rotary``     query and key, turned by angles      Su et al. 2021, arXiv:2104.09864
``alibi``      the scores, a fixed slope per head   Press et al. 2022, arXiv:2108.12409
``relative``   the scores, a trained bias           Raffel et al. 2020, section 2.1, arXiv:1910.10683
=============  ==================================  =========================================================

Everything is computed from the positions at hand, in float32: there is no table to run out of, to save or to reload.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

BASE = 10_000.0
"""Longest wavelength divided by 2π, for sinusoidal and rotary positions alike."""


def frequencies(width: int, *, device: torch.device | None = None) -> Tensor:
    """Angular frequencies ω_i = 10000^(-2i / width), one per pair of dimensions, in radians per position.

    Returns:
        (ceil(width / 2),), from 1 downwards.
    """
    exponent = torch.arange(0, width, 2, device=device, dtype=torch.float32) / width
    return torch.pow(BASE, -exponent)


def sinusoidal(positions: Tensor, width: int) -> Tensor:
    """Sinusoidal position vectors: PE(t)[2i] = sin(ω_i t), PE(t)[2i + 1] = cos(ω_i t).

    For an even width PE(t)·PE(t + k) = Σ_i cos(ω_i k): it depends on the offset k alone, and every vector has the norm
    √(width / 2).

    Args:
        positions: (..., T), whole numbers.
        width: Size of a vector; the last cosine is left out when it is odd.

    Returns:
        (..., T, width), float32.
    """
    angles = positions[..., None].float() * frequencies(width, device=positions.device)  # (..., T, ceil(width / 2))
    return torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(-2)[..., :width]  # (..., T, width)


def rotary_angles(positions: Tensor, head_dim: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines that `rotate` turns queries and keys by.

    Args:
        positions: (B or 1, T), whole numbers.
        head_dim: Width of a head, even.

    Returns:
        Two arrays (B or 1, 1, T, head_dim), float32; the axis of size one spans the heads.
    """
    angles = positions[..., None].float() * frequencies(head_dim, device=positions.device)  # (B, T, head_dim / 2)
    angles = torch.cat((angles, angles), dim=-1)[:, None]  # (B, 1, T, head_dim)
    return angles.cos(), angles.sin()


def rotate(vectors: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn each pair of dimensions (i, i + head_dim / 2) of queries or keys by its angle.

    Rotations keep lengths, and rotate(q, m)·rotate(k, n) depends on the offset m - n alone.

    Args:
        vectors: (B, H, T, head_dim).
        cos: From `rotary_angles`.
        sin: Likewise.
    """
    cos, sin = cos.to(vectors.dtype), sin.to(vectors.dtype)
    first, second = vectors.chunk(2, dim=-1)
    return vectors * cos + torch.cat((-second, first), dim=-1) * sin  # (B, H, T, head_dim)


def alibi_slopes(heads: int) -> list[float]:
    """How fast each head forgets distance: 2^(-8/n), 2^(-16/n), … for a power of two n (8 heads: 1/2 … 1/256).

    For other head counts: the slopes of the power of two below, then every other slope of the power of two above, so that
    the missing heads fall between the first ones (the authors' own rule).
    """

    def geometric(count: int) -> list[float]:
        return [2.0 ** (-8.0 * (head + 1) / count) for head in range(count)]

    below = 2 ** int(math.log2(heads))
    return geometric(below) + geometric(2 * below)[::2][: heads - below]


def alibi_bias(query_positions: Tensor, key_positions: Tensor, heads: int) -> Tensor:
    """Linear penalty -slope·|i - j| added to the scores; the same on both sides, so that it serves encoders too.

    Args:
        query_positions: (Q,) places in the sequence.
        key_positions: (K,) places in the sequence.
        heads: Number of heads.

    Returns:
        (1, H, Q, K), float32.
    """
    distance = (key_positions[None, :] - query_positions[:, None]).abs().float()  # (Q, K)
    slopes = torch.tensor(alibi_slopes(heads), device=distance.device)  # (H,)
    return -(slopes[:, None, None] * distance)[None]  # (1, H, Q, K)


def relative_buckets(offsets: Tensor, *, bidirectional: bool, buckets: int = 32, max_distance: int = 128) -> Tensor:
    """Number the offsets key - query: one bucket each when near, logarithmically wider ones up to `max_distance`.

    Half of the buckets of a side are exact. An encoder gives half of all buckets to each side; a causal decoder, which never
    looks ahead, gives all of them to the past.

    Args:
        offsets: Whole numbers, key position minus query position.
        bidirectional: Whether keys on both sides are told apart.
        buckets: How many there are.
        max_distance: From here on all distances share the last bucket.

    Returns:
        Whole numbers in [0, buckets), of the offsets' shape.
    """
    if bidirectional:
        buckets //= 2
        side = (offsets > 0).long() * buckets
        distance = offsets.abs()
    else:
        side = torch.zeros_like(offsets)
        distance = (-offsets).clamp(min=0)
    exact = buckets // 2
    growth = torch.log(distance.clamp(min=1).float() / exact) / math.log(max_distance / exact)
    far = (exact + (growth * (buckets - exact)).long()).clamp(max=buckets - 1)
    return side + torch.where(distance < exact, distance, far)
