"""Telling a person how far a model can be seen."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import Tensor, nn
from transformers import (
    FNetConfig,
    FNetModel,
    LongT5Config,
    LongT5Model,
)
from transformers.models.gemma2 import modeling_gemma2

from tests.engine.tiny_architectures import tiny_batch, tiny_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.attention import _eager_named_in
from workbench.engine.exact import Call, exact_attention
from workbench.engine.interventions import Plan
from workbench.engine.lens import Lens

# 13: telling the person


@pytest.mark.parametrize(
    ("name", "family", "level"),
    [("bert", "encoder", "full"), ("t5", "encoder-decoder", "full"), ("gemma2", "decoder", "full"), ("falcon", "decoder", "full"),
     ("gptj", "decoder", "tapped"), ("deberta", "encoder", "tapped"), ("vit", "image", "full")],
)  # fmt: skip
def test_13_the_self_test_says_how_far_a_model_can_be_seen(name: str, family: str, level: str) -> None:
    model = tiny_model(name)
    with Lens(model) as lens:
        support = lens.self_test(tiny_batch("image") if family == "image" else None)
    assert support.level == level, support.message
    assert len(support.sites) == (6 if family == "encoder-decoder" else 2)


def test_13_a_model_whose_attention_is_partly_elsewhere_is_partial_and_says_where() -> None:
    torch.manual_seed(0)
    config = LongT5Config(
        vocab_size=99, d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4, local_radius=4, decoder_start_token_id=0
    )
    with Lens(LongT5Model(config)) as lens:
        support = lens.self_test()
    assert support.level == "partial"
    assert "2 decoder, 2 cross" in support.message
    assert "encoder.block.0.layer.0.LocalSelfAttention" in support.message


def test_13_a_model_without_visible_attention_is_none_and_says_so() -> None:
    with Lens(
        FNetModel(FNetConfig(vocab_size=99, hidden_size=32, num_hidden_layers=2, intermediate_size=64)),
    ) as lens:
        inputs = {"input_ids": torch.randint(5, 99, (2, 6))}
        assert lens.self_test(inputs).level == "none"
        with torch.no_grad(), lens.record() as seen:
            lens.model(**inputs)
        with pytest.raises(WorkbenchError, match="no encoder attention was recorded"):
            seen.attention("encoder")


def test_13_a_model_that_cannot_run_the_batch_says_so() -> None:
    with Lens(tiny_model("bert")) as lens, pytest.raises(WorkbenchError, match="cannot run the small batch") as error:
        lens.self_test({"pixel_values": torch.zeros(1, 3, 8, 8)})
    assert error.value.where == "BertModel"
    with Lens(tiny_model("vit")) as lens, pytest.raises(WorkbenchError, match="no small batch") as error:
        lens.self_test()
    assert "Give a batch" in error.value.mend


def test_13_weights_that_do_not_explain_the_output_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(
        module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor, **kwargs: object
    ) -> tuple[Tensor, Tensor]:
        output, weights = original(module, query, key, value, mask, **kwargs)
        return output, weights.roll(1, -1)

    original = modeling_gemma2.eager_attention_forward
    monkeypatch.setattr(modeling_gemma2, "eager_attention_forward", other)
    _eager_named_in.cache_clear()
    try:
        with Lens(tiny_model("gemma2")) as lens:
            support = lens.self_test()
    finally:
        _eager_named_in.cache_clear()
    assert support.level == "partial"
    assert "does not explain its output" in support.message
    assert "decoder layer 0 (layers.0.self_attn)" in support.message


def test_13_interventions_that_cannot_be_trusted_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def unscaled(call: Call, plan: Plan | None = None) -> tuple[Tensor, Tensor, Tensor]:
        return exact_attention(dataclasses.replace(call, scaling=1.0), plan)

    monkeypatch.setattr("workbench.engine.attention.exact_attention", unscaled)
    with Lens(tiny_model("llama")) as lens:
        support = lens.self_test()
    assert support.level == "partial"
    assert "Interventions cannot be trusted" in support.message
