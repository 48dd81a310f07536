"""Weights of any length as small tiles, some rows at a time, so that no head's n² weights are ever held for all heads at once.

A tile keeps the **largest** weight of each block of cells, as every picture here does: a mean would fade a diagonal of
thousands of tokens to nothing. While the rows pass by, they are also held against what the model used.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from workbench.engine.exact import Call, attention_scores, attention_weights

CELLS = 1 << 21
"""Weights that are worked on at a time: 8 MB."""


def edges(cells: int, tile: int) -> list[int]:
    """Where each of at most `tile` parts of an axis begins, and the end."""
    parts = min(cells, tile)
    return [part * cells // parts for part in range(parts + 1)] if parts else [0]


def blocks_of(weights: Tensor, tile: int) -> Iterator[tuple[int, int, Tensor]]:
    """Weights (example, head, query, key) that are there already, in bands of whole tile rows: first row, end, weights."""
    for first, end in _bands(weights.shape, tile):
        yield first, end, weights[:, :, first:end]


def exact_blocks(call: Call, heads: Sequence[int] | None, tile: int) -> Iterator[tuple[int, int, Tensor]]:
    """The same, computed from queries and keys band by band.

    Args:
        call: What the model passed.
        heads: Which heads; None is all.
        tile: As in `pooled`.
    """
    shape = (call.batch, call.heads if heads is None else len(heads), call.query.shape[2], call.key.shape[2])
    for first, end in _bands(shape, tile):
        scores = attention_scores(call, heads=heads, rows=range(first, end))
        yield first, end, attention_weights(call, scores, heads)


def summarise(blocks: Iterator[tuple[int, int, Tensor]], tile: int, value: Tensor, output: Tensor) -> tuple[Tensor, Tensor]:
    """Pool bands of weights, and hold them against the output.

    Args:
        blocks: First row, end and weights (example, head, rows, key) of each band.
        tile: Most rows and columns.
        value: (example, head, key, d_v)
        output: (example, head, query, d_v), what the model went on with.

    Returns:
        Tiles (example, head, ≤ tile, ≤ tile) and max |weights · value - output| (example, head).
    """
    examples, heads, queries, _ = output.shape
    starts = edges(queries, tile)
    # Filled in place: small results that stay, made between large ones that go, would keep the heap from being used again.
    tiles = torch.empty(examples, heads, len(starts) - 1, min(value.shape[2], tile), device=output.device)
    gaps = torch.zeros(examples, heads, device=output.device)
    for first, end, weights in blocks:
        wide = _columns(weights, tile)
        for row, (start, stop) in enumerate(itertools.pairwise(starts)):
            if first <= start < end:
                torch.amax(wide[:, :, start - first : stop - first], 2, out=tiles[:, :, row])
        with torch.autocast(weights.device.type, enabled=False):
            gap = weights @ value.to(weights) - output[:, :, first:end].to(weights)
        torch.maximum(gaps, gap.abs().amax((2, 3)), out=gaps)
    return tiles, gaps


def mean_of_heads(blocks: Iterator[tuple[int, int, Tensor]], shape: tuple[int, int, int]) -> Tensor:
    """The mean over the heads of weights that come in bands.

    Args:
        blocks: First row, end and weights (example, head, rows, key) of each band.
        shape: Examples, queries and keys.

    Returns:
        (example, query, key), float32, on the CPU; beside it no more than one band is held.
    """
    mean = torch.empty(shape)
    for first, end, weights in blocks:
        mean[:, first:end] = weights.float().mean(1)
    return mean


def pooled(weights: Tensor, tile: int) -> Tensor:
    """Weights (…, query, key) with the largest of each block: (…, ≤ tile, ≤ tile)."""
    wide = _columns(weights, tile)
    parts = itertools.pairwise(edges(weights.shape[-2], tile))
    return torch.stack([wide[..., start:end, :].amax(-2) for start, end in parts], dim=-2)


def _columns(weights: Tensor, tile: int) -> Tensor:
    keys = weights.shape[-1]
    if keys <= tile:
        return weights
    parts = list(itertools.pairwise(edges(keys, tile)))
    longest = max(end - start for start, end in parts)
    # Every block as wide as the widest; where one is narrower its last key counts twice, which a maximum does not mind.
    places = torch.tensor([[start + min(step, end - start - 1) for step in range(longest)] for start, end in parts])
    return weights[..., places.to(weights.device)].amax(-1)


def _bands(shape: Sequence[int], tile: int) -> Iterator[tuple[int, int]]:
    """Bands of whole tile rows with at most `CELLS` weights each, where a tile row has that few."""
    examples, heads, queries, keys = shape
    room = max(1, CELLS // max(1, examples * heads * keys))
    first = 0
    for start, end in itertools.pairwise(edges(queries, tile)):
        if end - first > room and start > first:
            yield first, start
            first = start
    if queries:
        yield first, queries
