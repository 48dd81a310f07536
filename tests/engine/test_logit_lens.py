"""Layers that speak: the last one is the model itself, the others are what its own parts make of their states."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForSeq2SeqLM

from tests.engine.tiny_architectures import TINY, tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.engine.lens import Lens
from workbench.engine.logit_lens import logit_lens

AUTO = {"encoder": AutoModelForMaskedLM, "decoder": AutoModelForCausalLM, "encoder-decoder": AutoModelForSeq2SeqLM}
NAMES = (
    "bert",
    "albert",
    "distilbert",
    "modernbert",
    "gpt2",
    "opt",
    "llama",
    "gemma2",
    "bloom",
    "falcon",
    "t5",
    "bart",
    "deberta-v2",
)


def one(name: str) -> dict[str, torch.Tensor]:
    return {key: value[:1] for key, value in tiny_batch(TINY[name].family, padding="none").items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_last_layer_is_the_model(name: str) -> None:
    model = tiny_model(name, AUTO[TINY[name].family])
    with torch.no_grad():
        expected = model(**one(name)).logits[0].softmax(-1)
    before = [module.__dict__.get("forward") for module in model.modules()]
    readings = logit_lens(model, one(name), top=4)
    assert readings.ids.shape == (3, expected.shape[0], 4)  # two blocks
    best = expected.topk(4)
    np.testing.assert_array_equal(readings.probabilities[-1], best.values)
    np.testing.assert_array_equal(readings.ids[-1], best.indices)
    np.testing.assert_array_equal(readings.final[-1], best.values[:, 0])
    assert not np.array_equal(readings.probabilities[0], readings.probabilities[1])
    assert not np.array_equal(readings.probabilities[1], readings.probabilities[2])
    assert [module.__dict__.get("forward") for module in model.modules()] == before


@pytest.mark.parametrize("task", ["causal-lm", "masked-lm", "seq2seq"])
@pytest.mark.parametrize("spec", [{}, {"norm_placement": "post"}, {"share_layers": True}])
def test_our_own_family_is_read(task: str, spec: dict[str, Any]) -> None:
    model = family_model(task, **spec)
    inputs = {name: value[:1] for name, value in family_batch(task, padding="none").items()}
    with torch.no_grad():
        expected = model(**inputs).logits[0].softmax(-1)
    readings = logit_lens(model, inputs, top=3)
    assert len(readings.ids) == 3
    np.testing.assert_array_equal(readings.probabilities[-1], expected.topk(3).values)


def test_middle_layers_are_the_final_norm_and_the_unembedding_of_their_states() -> None:
    model = tiny_model("gpt2", AutoModelForCausalLM)
    with torch.no_grad():
        states = model(**one("gpt2"), output_hidden_states=True).hidden_states
        by_hand = [model.lm_head(model.transformer.ln_f(state))[0].softmax(-1) for state in states[:-1]]
    readings = logit_lens(model, one("gpt2"), top=99)
    for layer, expected in enumerate(by_hand):
        order = np.argsort(readings.ids[layer], axis=-1)
        np.testing.assert_allclose(np.take_along_axis(readings.probabilities[layer], order, -1), expected, atol=1e-6)


def test_masked_models_read_through_their_own_transform() -> None:
    model = tiny_model("bert", AutoModelForMaskedLM)
    with torch.no_grad():
        states = model(**one("bert"), output_hidden_states=True).hidden_states
        expected = model.cls(states[1])[0].softmax(-1).max(-1).values
    np.testing.assert_allclose(logit_lens(model, one("bert")).probabilities[1, :, 0], expected, rtol=1e-5)


def test_readings_carry_words_and_cross_processes() -> None:
    model = tiny_model("gpt2", AutoModelForCausalLM)
    with Lens(model) as lens:
        readings = logit_lens(model, one("gpt2"), top=2, lens=lens, text_of=lambda token: f"t{token}", provenance={"text": "x"})
    again = pickle.loads(pickle.dumps(readings))
    assert again.tokens[1][0][0] == f"t{readings.ids[1, 0, 0]}"
    assert again.provenance == {"model": "GPT2LMHeadModel", "text": "x"}
    assert readings.kind == "decoder"


def test_a_model_that_says_no_tokens_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="no unembedding"):
        logit_lens(tiny_model("bert"), one("bert"))
    with pytest.raises(WorkbenchError, match="no unembedding"):
        logit_lens(family_model("text-classification"), one("bert"))


def test_reading_can_be_stopped_and_leaves_the_model_whole() -> None:
    model = tiny_model("gpt2", AutoModelForCausalLM)
    with torch.no_grad():
        before = model(**one("gpt2")).logits
    with pytest.raises(Cancelled):
        logit_lens(model, one("gpt2"), cancelled=lambda: True)
    with torch.no_grad():
        assert torch.equal(model(**one("gpt2")).logits, before)
