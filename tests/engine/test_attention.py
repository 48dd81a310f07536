"""The exact weights against a naive softmax in float64, and the output they make against SDPA."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from workbench.contracts.errors import WorkbenchError
from workbench.engine.attention import SWITCHBOARD, workbench_attention
from workbench.engine.exact import Call, attention_scores, attention_weights, exact_attention
from workbench.engine.interventions import Plan
from workbench.engine.sites import Site

SITE = Site(name="self_attn", call=0, kind="decoder", layer=0)
BATCH, HEADS, QUERIES, KEYS, WIDTH = 3, 4, 6, 6, 8
MASKS = ("none", "causal", "bool causal", "padding right", "padding left", "float", "per head")


def naive(call: Call) -> Tensor:
    """Weights of every query, one by one, in float64, straight from the definition."""
    weights = torch.zeros(BATCH, HEADS, QUERIES, KEYS, dtype=torch.float64)
    share = HEADS // call.key.shape[1]
    for b, h, i in itertools.product(range(BATCH), range(HEADS), range(QUERIES)):
        scores = []
        for j in range(KEYS):
            score = float(call.query[b, h, i].double() @ call.key[b, h // share, j].double()) * call.scaling
            if call.softcap is not None:
                score = call.softcap * float(torch.tanh(torch.tensor(score / call.softcap, dtype=torch.float64)))
            if call.position_bias is not None:
                score += float(call.position_bias[b % call.position_bias.shape[0], h, i, j])
            scores.append(score)
        allowed = [True] * KEYS
        if call.mask is None and call.causal:
            allowed = [j <= i for j in range(KEYS)]
        elif call.mask is not None:
            row = call.mask[b % call.mask.shape[0], h % call.mask.shape[1], i % call.mask.shape[2], :KEYS]
            allowed = [bool(x) if row.dtype == torch.bool else float(x) > -1e30 for x in row]
            if row.dtype != torch.bool:
                scores = [score + max(float(x), -1e30) for score, x in zip(scores, row, strict=True)]
        powers = [
            torch.tensor(s, dtype=torch.float64).exp() if ok else torch.tensor(0.0) for s, ok in zip(scores, allowed, strict=True)
        ]
        total = sum(powers) + (call.sinks[h].double().exp() if call.sinks is not None else 0.0)
        if float(total) > 0:
            weights[b, h, i] = torch.stack([p.double() for p in powers]) / total
    return weights


def make_call(
    seed: int, *, mask: str = "none", key_heads: int = HEADS, dtype: torch.dtype = torch.float32, **extra: object
) -> Call:
    generator = torch.Generator().manual_seed(seed)

    def random(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=generator).to(dtype)

    allowed = torch.ones(BATCH, 1, QUERIES, KEYS, dtype=torch.bool)
    if mask == "bool causal":
        allowed = allowed.tril()
    elif mask == "padding right":
        allowed[1, ..., 4:] = False
    elif mask == "padding left":
        allowed = allowed.tril()
        allowed[2, ..., :2] = False  # queries 0 and 1 of this text see nothing at all
    tensor: Tensor | None = None if mask in ("none", "causal") else allowed
    if mask == "float":
        tensor = torch.where(allowed.tril(), 0.0, torch.finfo(dtype).min).to(dtype) + 0.1 * random(BATCH, 1, QUERIES, KEYS)
    elif mask == "per head":
        tensor = (
            torch.rand(BATCH, HEADS, QUERIES, KEYS + 2, generator=generator) > 0.4
        )  # wider than the keys, as a static cache has it
    return Call(
        module=nn.Identity(), query=random(BATCH, HEADS, QUERIES, WIDTH), key=random(BATCH, key_heads, KEYS, WIDTH),
        value=random(BATCH, key_heads, KEYS, WIDTH), mask=tensor, causal=mask == "causal", scaling=WIDTH**-0.5, **extra,
    )  # fmt: skip


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("key_heads", [4, 2, 1])
@pytest.mark.parametrize("addition", ["none", "softcap", "position_bias", "sinks"])
def test_weights_are_the_naive_softmax_in_float64(mask: str, key_heads: int, addition: str) -> None:
    bias = torch.randn(1, HEADS, QUERIES, KEYS, generator=torch.Generator().manual_seed(5))
    extra = {"softcap": {"softcap": 0.7}, "position_bias": {"position_bias": bias}, "sinks": {"sinks": bias[0, :, 0, 0]}}
    call = make_call(3, mask=mask, key_heads=key_heads, **extra.get(addition, {}))
    weights = attention_weights(call, attention_scores(call))
    expected = naive(call)
    seeing = expected.sum(-1) > 0
    assert (weights.double() - expected)[seeing].abs().max() < 1e-6
    if addition != "sinks":
        torch.testing.assert_close(weights.sum(-1)[seeing], torch.ones(int(seeing.sum())))


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("key_heads", [4, 2])
@pytest.mark.parametrize("bias", [False, True])
def test_output_is_that_of_sdpa_also_where_a_query_sees_nothing(mask: str, key_heads: int, bias: bool) -> None:
    call = make_call(4, mask=mask, key_heads=key_heads)
    tensor = torch.randn(1, HEADS, QUERIES, KEYS, generator=torch.Generator().manual_seed(6)) if bias else None
    call = Call(**{**vars(call), "position_bias": tensor, "mask": None if call.mask is None else call.mask[..., :KEYS]})
    module = nn.Identity()
    module.num_key_value_groups = HEADS // key_heads
    expected, _ = sdpa_attention_forward(
        module, call.query, call.key, call.value, call.mask, scaling=call.scaling, is_causal=call.causal, position_bias=tensor
    )
    torch.testing.assert_close(exact_attention(call)[2], expected, atol=2e-6, rtol=0)


def test_a_query_that_sees_nothing_has_no_weights_and_a_finite_gradient() -> None:
    call = make_call(0, mask="padding left")
    call.query.requires_grad_(True)
    weights = attention_weights(call, attention_scores(call))
    assert weights[2, :, :2].abs().max() == 0.0
    weights.square().sum().backward()
    assert call.query.grad is not None
    assert torch.isfinite(call.query.grad).all()


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("key_heads", [4, 2])
def test_some_heads_rows_and_examples_are_the_same_as_a_part_of_all(mask: str, key_heads: int) -> None:
    bias = torch.randn(BATCH, HEADS, QUERIES, KEYS, generator=torch.Generator().manual_seed(7))
    call = make_call(9, mask=mask, key_heads=key_heads, position_bias=bias, sinks=torch.arange(4.0))
    whole = attention_weights(call, attention_scores(call))
    heads, rows, examples = [3, 0], [5, 2], [2, 0]
    part = call.at(examples)
    some = attention_weights(part, attention_scores(part, heads=heads, rows=rows), heads)
    assert (
        torch.equal(some, whole[examples][:, heads][:, :, rows])
        or (some - whole[examples][:, heads][:, :, rows]).abs().max() < 1e-7
    )


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_computed_in_float32(dtype: torch.dtype) -> None:
    call = make_call(1, mask="bool causal", dtype=dtype)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        weights = attention_weights(call, attention_scores(call))
    assert weights.dtype == torch.float32
    assert (weights.double() - naive(call)).abs().max() < 1e-6
    assert exact_attention(call)[2].dtype == dtype


def test_a_float64_model_is_computed_in_float64() -> None:
    call = make_call(1, mask="causal", dtype=torch.float64)
    assert (attention_weights(call, attention_scores(call)) - naive(call)).abs().max() < 1e-14


def test_without_interventions_a_plan_changes_nothing() -> None:
    call = make_call(2, mask="padding left")
    for plain, planned in zip(exact_attention(call), exact_attention(call, Plan((), HEADS, SITE)), strict=True):
        assert torch.equal(plain, planned)


def test_idle_attention_is_sdpa_to_the_bit() -> None:
    call = make_call(8, mask="padding right")
    assert not SWITCHBOARD.watchers
    ours = workbench_attention(nn.Identity(), call.query, call.key, call.value, call.mask, scaling=call.scaling, is_causal=False)
    sdpa = sdpa_attention_forward(
        nn.Identity(), call.query, call.key, call.value, call.mask, scaling=call.scaling, is_causal=False
    )
    assert torch.equal(ours[0], sdpa[0])


@pytest.mark.parametrize("extra", [{"softcap": 0.7}, {"s_aux": torch.tensor([0.0, 1.0, -1.0, 2.0])}])
def test_what_sdpa_cannot_do_is_not_left_out_when_idle(extra: dict) -> None:
    call = make_call(8, mask="bool causal", softcap=extra.get("softcap"), sinks=extra.get("s_aux"))
    ours, _ = workbench_attention(nn.Identity(), call.query, call.key, call.value, call.mask, scaling=call.scaling, **extra)
    expected = naive(call) @ call.value.double()
    assert (ours.transpose(1, 2).double() - expected).abs().max() < 1e-6


def test_an_unknown_argument_is_refused_and_a_harmless_one_is_not() -> None:
    make_call(0, extra={"sliding_window": 4, "position_ids": torch.arange(3), "later_invention": None}).refuse_unknown(SITE)
    with pytest.raises(WorkbenchError, match=r"block_indices.*not known") as error:
        make_call(0, extra={"block_indices": torch.arange(3), "sliding_window": 4}).refuse_unknown(SITE)
    assert "decoder layer 0 (self_attn)" in error.value.where


@pytest.mark.parametrize("width", [16, 64, 256])
def test_products_of_unit_normal_vectors_have_the_variance_d_and_scores_the_variance_one(width: int) -> None:
    """Why scores are divided by √d (Vaswani et al. 2017, section 3.2.1)."""
    generator = torch.Generator().manual_seed(0)
    query, key = (torch.randn(1, 4, 200, width, generator=generator) for _ in range(2))
    call = Call(module=nn.Identity(), query=query, key=key, value=key, mask=None, causal=False, scaling=1.0)
    assert attention_scores(call).var().item() == pytest.approx(width, rel=0.05)
    scaled = attention_scores(replace(call, scaling=width**-0.5))
    assert scaled.var().item() == pytest.approx(1.0, rel=0.05)
