from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import nn

from tests.engine.tiny_architectures import tiny_model
from tests.engine.tiny_family import POSITIONS, family_model
from workbench.engine.position_frames import position_frame
from workbench.engine.positions import alibi_bias, relative_buckets, rotary_angles, rotate


def test_sinusoidal_products_are_the_published_ones() -> None:
    frame = position_frame(family_model("text-classification", positions="sinusoidal", d_model=64), 40)
    assert frame is not None
    assert frame.scheme == "sinusoidal"
    assert (frame.rows, frame.columns, frame.first) == ("position", "dimension", 0)
    products = frame.values @ frame.values.T
    for start in (0, 7, 29):
        for apart, product in ((0, 32.0), (1, 30.9168), (2, 28.3039), (10, 21.0516)):
            assert products[start, start + apart] == pytest.approx(product, abs=2e-3)
    assert np.allclose(np.linalg.norm(frame.values, axis=1), math.sqrt(64 / 2), atol=1e-4)


def test_a_learned_table_is_the_weights_of_the_moment_and_a_copy() -> None:
    model = family_model("causal-lm", positions="learned")
    frame = position_frame(model, 5, step=3)
    assert frame is not None
    assert frame.step == 3
    assert frame.values.shape == (5, 32)
    before = frame.values.copy()
    with torch.no_grad():
        model.model.decoder.embed_positions.weight.add_(1.0)
    assert np.array_equal(frame.values, before)
    after = position_frame(model, 5)
    assert after is not None
    assert np.allclose(after.values, before + 1)


def test_there_are_no_more_learned_positions_than_were_learned() -> None:
    model = family_model("text-classification", positions="learned")
    frame = position_frame(model, 10_000)
    assert frame is not None
    assert len(frame.values) == model.config.max_position_embeddings


def test_rotary_rows_have_the_product_that_turned_vectors_have() -> None:
    frame = position_frame(family_model("text-classification", positions="rotary"), 12)
    assert frame is not None
    assert frame.values.shape == (12, 8)
    products = frame.values @ frame.values.T
    pairs = torch.zeros(8)
    pairs[:4] = 1  # the first of each pair (i, i + 4)
    cos, sin = rotary_angles(torch.arange(12)[None], 8)
    turned = rotate(pairs.expand(1, 1, 12, 8), cos, sin)[0, 0].numpy()
    assert np.allclose(products, turned @ turned.T, atol=1e-5)


def test_alibi_slopes_of_eight_heads_are_a_half_to_a_256th() -> None:
    frame = position_frame(family_model("text-classification", positions="alibi", heads=8), 6)
    assert frame is not None
    assert (frame.rows, frame.columns, frame.first) == ("offset", "head", -5)
    assert np.allclose(frame.values[6], [-(2.0**-power) for power in range(1, 9)])
    assert np.allclose(frame.values, frame.values[::-1])
    bias = alibi_bias(torch.arange(6), torch.arange(6), 8)[0].numpy()
    for query in range(6):
        for key in range(6):
            assert np.allclose(frame.values[key - query + 5], bias[:, query, key])


@pytest.mark.parametrize("task", ["text-classification", "causal-lm"])
def test_relative_biases_are_those_of_their_buckets(task: str) -> None:
    model = family_model(task, positions="relative")
    frame = position_frame(model, 20)
    assert frame is not None
    assert frame.values.shape == (39, 4)
    stack = model.model.encoder if task == "text-classification" else model.model.decoder
    for offset in range(-19, 20):
        bucket = relative_buckets(torch.tensor(offset), bidirectional=task == "text-classification")
        assert np.allclose(frame.values[offset + 19], stack.relative_bias.weight[bucket].detach().numpy())


def test_without_positions_there_is_nothing_to_draw() -> None:
    assert position_frame(family_model("text-classification", positions="none"), 9) is None
    assert position_frame(nn.Linear(2, 2), 9) is None


@pytest.mark.parametrize("positions", [scheme for scheme in POSITIONS if scheme != "none"])
@pytest.mark.parametrize("length", [1, 0])
def test_a_single_position_is_drawn(positions: str, length: int) -> None:
    frame = position_frame(family_model("seq2seq", positions=positions), length)
    assert frame is not None
    assert frame.values.shape[0] == 1
    assert np.isfinite(frame.values).all()


@pytest.mark.parametrize(("name", "part", "first"), [
    ("bert", "embeddings.position_embeddings", 0),
    ("roberta", "embeddings.position_embeddings", None),
    ("gpt2", "wpe", 0),
    ("bart", "encoder.embed_positions", 2),
])  # fmt: skip
def test_a_pretrained_table_begins_at_its_first_position(name: str, part: str, first: int | None) -> None:
    model = tiny_model(name)
    frame = position_frame(model, 6)
    assert frame is not None
    assert frame.scheme == "learned"
    if first is None:  # RoBERTa counts from its padding on
        first = model.config.pad_token_id + 1
    weight = model.get_submodule(part).weight.detach().numpy()
    assert np.array_equal(frame.values, weight[first : first + 6])


def test_t5_biases_are_those_its_attention_computes() -> None:
    model = tiny_model("t5")
    frame = position_frame(model, 9)
    assert frame is not None
    assert frame.scheme == "relative"
    attention = model.encoder.block[0].layer[0].SelfAttention
    bias = attention.compute_bias(9, 9)[0].detach().numpy()  # (H, Q, K)
    for query in range(9):
        for key in range(9):
            assert np.allclose(frame.values[key - query + 8], bias[:, query, key])


def test_a_llama_has_rotary_positions() -> None:
    model = tiny_model("llama")
    frame = position_frame(model, 7)
    assert frame is not None
    assert frame.scheme == "rotary"
    half = frame.values.shape[1] // 2
    assert np.allclose(frame.values[:, :half] ** 2 + frame.values[:, half:] ** 2, 1, atol=1e-6)
