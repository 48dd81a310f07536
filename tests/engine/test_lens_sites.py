"""Telling sites apart, and what models add to their scores. Each was once seen to go wrong quietly."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import (
    EncoderDecoderModel,
    VisionEncoderDecoderModel,
)

from tests.engine.tiny_architectures import decoder_with_cross_attention, look_at, tiny_batch, tiny_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.interventions import HeadsOff, Temperature
from workbench.engine.lens import Lens
from workbench.engine.recording import Look

# 6: telling sites apart


def test_06_albert_runs_one_module_for_all_layers() -> None:
    seen = look_at(tiny_model("albert"), tiny_batch("encoder"))
    assert len({record.site.name for record in seen.records}) == 1
    assert [(record.site.layer, record.site.call) for record in seen.records] == [(0, 0), (1, 1)]


def test_06_a_layer_is_counted_where_the_module_does_not_number_itself_sensibly() -> None:
    model = tiny_model("llama")
    for layer in model.layers:
        layer.self_attn.layer_idx = -1  # as in zamba2
    inputs = {**tiny_batch("decoder"), "use_cache": False}
    assert [record.site.layer for record in look_at(model, inputs).records] == [0, 1]


def test_06_counting_begins_anew_with_each_pass() -> None:
    model, inputs = tiny_model("albert"), tiny_batch("encoder")
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        model(**inputs)
        model(**inputs)
    assert [(record.forward, record.site.layer) for record in seen.records] == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("decoder", ["bert", "gpt2"])
def test_06_cross_attention_is_told_in_composed_models(decoder: str) -> None:
    torch.manual_seed(0)
    model = EncoderDecoderModel(encoder=tiny_model("bert"), decoder=decoder_with_cross_attention(decoder)).eval()
    inputs = tiny_batch("encoder-decoder")
    seen = look_at(model, inputs)
    assert {record.site.kind: record.weights.shape[2:] for record in seen.records} == {
        "encoder": (10, 10), "decoder": (6, 6), "cross": (6, 10)}  # fmt: skip
    assert [len(seen.of(kind)) for kind in seen.kinds] == [2, 2, 2]


def test_06_cross_attention_is_told_when_an_image_is_read() -> None:
    torch.manual_seed(0)
    model = VisionEncoderDecoderModel(encoder=tiny_model("vit"), decoder=decoder_with_cross_attention("gpt2")).eval()
    inputs = {**tiny_batch("image"), "decoder_input_ids": torch.randint(5, 99, (2, 6))}
    seen = look_at(model, inputs)
    assert {record.site.kind: record.weights.shape[2:] for record in seen.records} == {
        "encoder": (17, 17), "decoder": (6, 6), "cross": (6, 17)}  # fmt: skip


# 7: what models add to attention


@pytest.mark.parametrize(
    ("name", "has"), [("gemma2", "softcap"), ("gpt_oss", "s_aux"), ("t5", "position_bias"), ("llama", "groups")]
)
def test_07_additions_to_the_scores_are_in_the_exact_weights_too(name: str, has: str) -> None:
    family = "encoder-decoder" if name == "t5" else "decoder"
    model, inputs = tiny_model(name), tiny_batch(family, padding="none")
    seen = look_at(model, inputs)
    with torch.no_grad(), Lens(model) as lens, lens.intervene(Temperature(value=1.0)), lens.record() as again:
        model(**inputs)  # an intervention writes attention out, with all that belongs to it
    for record, same in zip(seen.records, again.records, strict=True):
        assert np.abs(record.weights - same.weights).max() < 3e-6
    if has == "s_aux":
        assert seen.attention("decoder").sum(-1).max() < 1.0


def test_07_an_argument_nobody_knows_is_refused_by_name() -> None:
    model, inputs = tiny_model("llama"), tiny_batch("decoder", padding="none")
    with torch.no_grad(), Lens(model) as lens:
        with lens.record(), pytest.raises(WorkbenchError, match=r"block_indices.*not known"):
            model(**inputs, block_indices=torch.arange(3))
        with lens.intervene(Temperature(value=2.0)), pytest.raises(WorkbenchError, match=r"block_indices.*not known"):
            model(**inputs, block_indices=torch.arange(3))
        with lens.record(Look(what=("q", "k", "v", "output"))) as seen, lens.intervene(HeadsOff(heads=(0,))):
            model(**inputs, block_indices=torch.arange(3))  # these are known whatever it does
    assert len(seen.records) == 2
