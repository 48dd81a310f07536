"""Attributions against differences, completeness and a model one can see through."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForSeq2SeqLM, AutoModelForSequenceClassification

from tests.engine.tiny_architectures import TINY, tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.attribution import gradient_times_attention, integrated_gradients, logit_of
from workbench.engine.head_importance import gradient_importance
from workbench.engine.interventions import Multiply
from workbench.engine.lens import Lens


def one(task: str) -> dict[str, Tensor]:
    return {name: value[:1] for name, value in family_batch(task, padding="none").items() if "mask" not in name}


@pytest.mark.parametrize("task", ["text-classification", "causal-lm", "seq2seq"])
def test_gradient_times_attention_is_what_a_small_change_of_a_weight_does(task: str) -> None:
    model, inputs = family_model(task).double(), one(task)
    target = logit_of(1) if task == "text-classification" else logit_of(7, -1)
    with Lens(model) as lens:
        found = gradient_times_attention(lens, inputs, target)
        generator, step = np.random.default_rng(0), 1e-6
        for kind, values in found.items():
            for _ in range(4):
                layer, head, query, key = (int(generator.integers(size)) for size in values.shape)
                answers = []
                for sign in (1, -1):
                    factor = torch.ones(values.shape[2:], dtype=torch.float64)
                    factor[query, key] += sign * step
                    with torch.no_grad(), lens.intervene(Multiply(kind=kind, layer=layer, heads=(head,), factor=factor)):
                        answers.append(float(target(model(**inputs).logits)))
                assert values[layer, head, query, key] == pytest.approx(
                    (answers[0] - answers[1]) / (2 * step), rel=1e-3, abs=1e-7
                )
    assert all(np.abs(values).max() > 1e-4 for values in found.values())
    if task != "text-classification":
        assert (found["decoder"][..., ~np.tri(found["decoder"].shape[-1], dtype=bool)] == 0).all()


def test_summed_over_a_head_it_is_the_gradient_of_its_gate() -> None:
    model, inputs = family_model("text-classification"), one("text-classification")
    with torch.no_grad():
        likeliest = int(model(**inputs).logits.argmax())

    def loss(logits: Tensor) -> Tensor:
        return -logits.log_softmax(-1)[:, likeliest]

    with Lens(model) as lens:
        by_weight = gradient_times_attention(lens, inputs, loss)["encoder"].sum((-2, -1))
        by_gate = gradient_importance(lens, inputs, {("encoder", 0): 4, ("encoder", 1): 4})
    np.testing.assert_allclose(np.abs(by_weight), [by_gate["encoder", 0], by_gate["encoder", 1]], rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("name", ["bert", "distilbert", "modernbert", "gpt2", "llama", "t5", "bart"])
def test_integrated_gradients_are_complete(name: str) -> None:
    family = TINY[name].family
    auto = {"encoder": AutoModelForMaskedLM, "decoder": AutoModelForCausalLM, "encoder-decoder": AutoModelForSeq2SeqLM}[family]
    inputs = {key: value[:1] for key, value in tiny_batch(family, padding="none").items()}
    model = tiny_model(name, auto)
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(0.5)  # so sharp a model bends too much for any number of steps
    result = integrated_gradients(model, inputs, logit_of(7, -1), nothing=3, steps=200)
    with torch.no_grad():
        assert result.answer == pytest.approx(float(model(**inputs).logits[0, -1, 7]), rel=1e-4, abs=1e-5)
        blank = {**inputs, "input_ids": torch.full_like(inputs["input_ids"], 3)}
        assert result.baseline == pytest.approx(float(model(**blank).logits[0, -1, 7]), rel=1e-4, abs=1e-5)
    assert result.values.shape == (10,)
    assert result.gap == pytest.approx(abs(result.values.sum() - result.answer + result.baseline))
    assert result.gap < 0.02 * max(abs(result.answer - result.baseline), float(np.abs(result.values).sum()))
    assert all(weight.grad is None for weight in model.parameters())


class Linear(nn.Module):
    """Adds up a row of each token's embedding: integrated gradients are then known."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(9, 4)
        self.row = nn.Linear(4, 2)

    def get_input_embeddings(self) -> nn.Module:
        return self.embedding

    def forward(self, input_ids: Tensor | None = None, inputs_embeds: Tensor | None = None) -> object:
        embedded = self.embedding(input_ids) if inputs_embeds is None else inputs_embeds
        return type("Output", (), {"logits": self.row(embedded).sum(1)})()


def test_on_a_linear_model_each_token_gets_its_own_difference() -> None:
    model, ids = Linear(), torch.tensor([[1, 5, 6, 2]])
    result = integrated_gradients(model, {"input_ids": ids}, logit_of(1), keep=frozenset({1, 2}), nothing=0, steps=2)
    with torch.no_grad():
        moved = (model.embedding(ids) - model.embedding(torch.zeros_like(ids))) @ model.row.weight[1]
    assert result.values == pytest.approx([0.0, float(moved[0, 1]), float(moved[0, 2]), 0.0], abs=1e-6)
    assert result.gap < 1e-6


def test_more_steps_make_the_gap_smaller() -> None:
    model = tiny_model("bert", AutoModelForSequenceClassification)
    inputs = {"input_ids": tiny_batch("encoder", padding="none")["input_ids"][:1]}
    gaps = [integrated_gradients(model, inputs, logit_of(0), steps=steps).gap for steps in (4, 300)]
    assert gaps[1] < gaps[0] / 5


def test_our_own_family_takes_embeddings() -> None:
    for task, target in (("text-classification", logit_of(2)), ("causal-lm", logit_of(3, 4)), ("seq2seq", logit_of(3, 0))):
        result = integrated_gradients(family_model(task, sharpness=1.0), one(task), target, steps=100)
        assert result.gap < 0.01 * float(np.abs(result.values).sum())


def test_questions_that_do_not_fit_are_refused() -> None:
    model, inputs = family_model("text-classification"), one("text-classification")
    with pytest.raises(WorkbenchError, match="do not fit the question"):
        integrated_gradients(model, inputs, logit_of(0, 3))
    with Lens(tiny_model("bert")) as lens, pytest.raises(WorkbenchError, match="no logits"):
        gradient_times_attention(lens, inputs, logit_of(0))


def test_a_model_that_answers_otherwise_to_embeddings_is_found_out() -> None:
    class Odd(Linear):
        def forward(self, input_ids: Tensor | None = None, inputs_embeds: Tensor | None = None) -> object:
            return super().forward(input_ids, None if inputs_embeds is None else inputs_embeds + 1)

    with pytest.raises(WorkbenchError, match="answers otherwise"):
        integrated_gradients(Odd(), {"input_ids": torch.tensor([[1, 5]])}, logit_of(0))
