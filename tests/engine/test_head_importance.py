"""What heads are worth: switching off against the ground truth, gradients against differences, norms against the model's own."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoModelForMaskedLM

from tests.engine.tiny_architectures import tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.head_importance import answer, gradient_importance, without_each_head
from workbench.engine.interventions import HeadsOff, Multiply
from workbench.engine.lens import Lens
from workbench.engine.output_projection import find_projections, transformed_norms
from workbench.engine.recording import Look


def one(task: str) -> dict[str, torch.Tensor]:
    return {name: value[:1] for name, value in family_batch(task, padding="none").items() if "mask" not in name}


def test_a_factor_of_nothing_is_a_head_that_is_off_and_a_factor_of_one_changes_nothing() -> None:
    model, inputs = family_model("seq2seq"), one("seq2seq")
    with torch.no_grad(), Lens(model) as lens:
        plain = model(**inputs).logits
        with lens.intervene(HeadsOff(kind="cross", layer=1, heads=(2,))):
            off = model(**inputs).logits
        with lens.intervene(Multiply(kind="cross", layer=1, heads=(2,), factor=torch.zeros(1, 1, 1))):
            nothing = model(**inputs).logits
        with lens.intervene(Multiply(factor=torch.ones(4, 1, 1))):
            same = model(**inputs).logits
    torch.testing.assert_close(nothing, off)
    torch.testing.assert_close(same, plain)
    assert float((off - plain).abs().max()) > 1e-3


def test_a_factor_that_does_not_fit_is_refused() -> None:
    with Lens(family_model("masked-lm")) as lens, pytest.raises(WorkbenchError, match="does not fit"), lens.intervene(
        Multiply(factor=torch.ones(3, 1, 1))
    ):  # fmt: skip
        lens.model(**one("masked-lm"))


@pytest.mark.parametrize("task", ["causal-lm", "masked-lm", "text-classification", "seq2seq"])
def test_the_gradient_is_what_a_small_change_of_the_gate_does(task: str) -> None:
    model, inputs = family_model(task).double(), one(task)
    layers = {("decoder" if task == "causal-lm" else "encoder", 1): 4}
    if task == "seq2seq":
        layers = {("cross", 0): 4, ("encoder", 1): 4}
    with Lens(model) as lens:
        gradients = gradient_importance(lens, inputs, layers)
        step = 1e-5
        for (kind, layer), heads in layers.items():
            for head in range(heads):
                losses = []
                for sign in (1, -1):
                    gate = torch.tensor(1 + sign * step, dtype=torch.float64)
                    with torch.no_grad(), lens.intervene(Multiply(kind=kind, layer=layer, heads=(head,), factor=gate)):
                        losses.append(answer(model, inputs).loss)
                difference = abs(float(losses[0] - losses[1])) / (2 * step)
                assert gradients[kind, layer][head] == pytest.approx(difference, rel=1e-5, abs=1e-8)
    assert all((value > 0).any() for value in gradients.values())
    assert all(weight.grad is None for weight in model.parameters())


@pytest.mark.parametrize(("name", "cls"), [("bert", AutoModelForMaskedLM), ("gpt2", AutoModelForCausalLM)])
def test_a_head_that_is_off_is_its_slice_of_the_projection_at_zero(name: str, cls: type) -> None:
    model = tiny_model(name, cls)
    inputs = {"input_ids": tiny_batch("encoder", padding="none")["input_ids"][:1]}
    kind = "encoder" if name == "bert" else "decoder"
    with Lens(model) as lens:
        projection = find_projections(lens, inputs)[kind, 1]
        changes = without_each_head(lens, inputs, {(kind, 0): 4, (kind, 1): 4})
    with torch.no_grad():
        plain = model(**inputs).logits

        def silence(module: torch.nn.Module, args: tuple[torch.Tensor]) -> tuple[torch.Tensor]:
            handed = args[0].clone()
            handed[..., 16:24] = 0  # head 2 of width 8
            return (handed,)

        hook = projection.register_forward_pre_hook(silence)
        truth = model(**inputs).logits
        hook.remove()
    expected = float((truth - plain).norm() / plain.norm())
    assert changes["output_change"][kind, 1][2] == pytest.approx(expected, rel=1e-4)
    assert expected > 1e-3
    assert np.isfinite(changes["loss_change"][kind, 0]).all()


@pytest.mark.parametrize("name", ["bert", "gpt2", "llama", "t5", "distilbert", "albert", "opt", "qwen3", "vit"])
def test_the_projection_and_the_norms_explain_what_attention_adds(name: str) -> None:
    """Summed over heads and keys, weight times transformed value is the projection's own output, without its constant."""
    model = tiny_model(name)
    family = {"t5": "encoder-decoder", "vit": "image", "bert": "encoder"}.get(name, "decoder")
    inputs = {key: value[:1] for key, value in tiny_batch(family, padding="none").items()}
    with torch.no_grad(), Lens(model) as lens:
        projections = find_projections(lens, inputs)
        with lens.record(Look(what=("weights", "v", "output"))) as seen:
            model(**inputs)
        assert set(projections) == {(record.site.kind, record.site.layer) for record in seen.records}
        for record in seen.records:
            projection = projections[record.site.kind, record.site.layer]
            heads, keys, width = record.v.shape[1:]
            norms = transformed_norms(record, projection)
            assert norms.shape == (heads, keys)
            side_by_side = torch.zeros(1, 1, heads * width)
            side_by_side[0, 0, width : 2 * width] = torch.from_numpy(record.v[0, 1, 3])
            alone = projection(side_by_side) - projection(torch.zeros(1, 1, heads * width))
            assert norms[1, 3] == pytest.approx(float(alone.norm()), rel=1e-4)


def test_hidden_states_have_no_loss_and_so_no_gradient() -> None:
    model = tiny_model("bert")
    inputs = {"input_ids": tiny_batch("encoder", padding="none")["input_ids"][:1]}
    with Lens(model) as lens:
        assert answer(model, inputs).loss is None
        assert np.isnan(gradient_importance(lens, inputs, {("encoder", 0): 4})["encoder", 0]).all()
        changes = without_each_head(lens, inputs, {("encoder", 0): 4})
    assert (changes["output_change"]["encoder", 0] > 0).all()
    assert np.isnan(changes["loss_change"]["encoder", 0]).all()


def test_losses_are_those_of_the_model_where_it_has_some() -> None:
    model, inputs = family_model("causal-lm"), one("causal-lm")
    own = model(**inputs, labels=inputs["input_ids"]).loss
    torch.testing.assert_close(answer(model, inputs).loss, own)
    torch.testing.assert_close(answer(model, {**inputs, "labels": inputs["input_ids"]}).loss, own)
    classes = family_model("text-classification")
    logits = classes(**one("text-classification")).logits
    torch.testing.assert_close(answer(classes, one("text-classification")).loss, -logits.log_softmax(-1).max())
