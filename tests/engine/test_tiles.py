from __future__ import annotations

import itertools

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from tests.engine.tiny_family import family_batch, family_model
from workbench.engine import tiles
from workbench.engine.lens import Lens
from workbench.engine.recording import Look


def naive(weights: Tensor, tile: int) -> Tensor:
    """Every block by itself."""
    down, across = (list(itertools.pairwise(tiles.edges(size, tile))) for size in weights.shape[-2:])
    rows = [torch.stack([weights[..., a:b, c:d].amax((-2, -1)) for c, d in across], -1) for a, b in down]
    return torch.stack(rows, -2)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 17), st.integers(1, 400))
def test_bands_pool_to_what_each_block_by_itself_gives(queries: int, keys: int, tile: int, cells: int) -> None:
    generator = torch.Generator().manual_seed(queries * 41 + keys)
    weights = torch.rand(2, 3, queries, keys, generator=generator).softmax(-1)
    value = torch.randn(2, 3, keys, 4, generator=generator)
    before = tiles.CELLS
    tiles.CELLS = cells
    try:
        blocks = list(tiles.blocks_of(weights, tile))
    finally:
        tiles.CELLS = before
    assert [first for first, _, _ in blocks] == [0, *(end for _, end, _ in blocks)][:-1]
    assert blocks[-1][1] == queries
    pooled, gap = tiles.summarise(iter(blocks), tile, value, weights @ value)
    assert torch.equal(pooled, naive(weights, tile))
    assert torch.equal(tiles.pooled(weights, tile), pooled)
    assert float(gap.max()) < 1e-5
    torch.testing.assert_close(tiles.mean_of_heads(iter(blocks), (2, queries, keys)), weights.mean(1))


@pytest.mark.parametrize("padding", ["none", "right", "left"])
@pytest.mark.parametrize("task", ["text-classification", "causal-lm", "seq2seq"])
def test_tiles_recorded_by_a_lens_are_its_weights_pooled(task: str, padding: str) -> None:
    model, batch = family_model(task), family_batch(task, padding=padding)
    with Lens(model) as lens, torch.no_grad(), lens.record(Look(what=("weights", "tiles", "trust"), tile=3)) as seen:
        model(**batch)
    assert seen.records
    for record in seen.records:
        assert record.weights is not None
        assert record.tiles is not None
        assert record.trust is not None
        assert record.tiles.shape[2:] <= (3, 3)
        expected = naive(torch.from_numpy(record.weights), 3)
        torch.testing.assert_close(torch.from_numpy(record.tiles), expected, atol=1e-6, rtol=0)
        assert record.trust.max() < 1e-5


def test_trust_tells_of_an_output_the_weights_do_not_explain() -> None:
    weights, value = torch.eye(4)[None, None], torch.randn(1, 1, 4, 2)
    output = value.clone()
    output[0, 0, 2, 1] += 0.25
    _, gap = tiles.summarise(tiles.blocks_of(weights, 8), 8, value, output)
    assert float(gap) == pytest.approx(0.25)
