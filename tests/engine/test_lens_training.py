"""Looking at models that train: dropout, half precision, checkpoints, threads, compilation, adapters. Each once went wrong."""

from __future__ import annotations

import threading

import numpy as np
import peft
import pytest
import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSeq2SeqLM,
    AutoModelForSequenceClassification,
)

from tests.engine.tiny_architectures import look_at, tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.interventions import HeadsOff, Temperature
from workbench.engine.lens import Lens
from workbench.engine.recording import Look


def gradients(model: nn.Module) -> Tensor:
    found = torch.cat([weight.grad.flatten() for weight in model.parameters() if weight.grad is not None])
    model.zero_grad()
    return found


# 8: before dropout, and in float32


@pytest.mark.parametrize(("name", "family"), [("bert", "encoder"), ("gemma2", "decoder"), ("deberta", "encoder")])
def test_08_weights_are_those_before_dropout(name: str, family: str) -> None:
    model, inputs = tiny_model(name), tiny_batch(family, padding="none")
    first = Look(layers=(0,))
    expected = look_at(model, inputs, first).attention(family)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        for module in model.modules():
            if type(module).__name__ in ("BertSelfAttention", "Gemma2Attention", "DisentangledSelfAttention"):
                module.train()
                if isinstance(getattr(module, "dropout", None), nn.Dropout):
                    module.dropout.p = 0.5
                else:
                    module.attention_dropout = 0.5
        with torch.no_grad():
            assert not torch.equal(model(**inputs)[0], model(**inputs)[0]), "dropout must be at work"
        seen = look_at(model, inputs, first)
    assert np.array_equal(seen.attention(family), expected)


@pytest.mark.parametrize(("name", "family"), [("bert", "encoder"), ("gemma2", "decoder"), ("gptj", "decoder")])
@pytest.mark.parametrize("autocast", [True, False])
def test_08_weights_of_a_half_precision_model_are_computed_in_float32(name: str, family: str, autocast: bool) -> None:
    model, inputs = tiny_model(name), tiny_batch(family, padding="none")
    if not autocast:
        model.to(torch.bfloat16)
    with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
        seen = look_at(model, inputs)
    weights = seen.attention(family)
    assert np.abs(weights.sum(-1) - 1).max() < 1e-6  # rounded to bfloat16, rows miss 1 by up to a percent
    assert np.abs(weights - torch.from_numpy(weights).bfloat16().float().numpy()).max() > 0


# 9: gradient checkpoints


@pytest.mark.parametrize("reentrant", [True, False])
@pytest.mark.parametrize(
    ("name", "auto"),
    [("llama", AutoModelForCausalLM), ("bart", AutoModelForSeq2SeqLM), ("bert", AutoModelForSequenceClassification)],
)
def test_09_recomputation_is_not_recorded_twice_and_repeats_interventions(name: str, auto: type, reentrant: bool) -> None:
    model = tiny_model(name, auto).train()
    inputs = tiny_batch("encoder-decoder" if name == "bart" else "decoder")
    inputs["labels"] = torch.tensor([0, 1]) if name == "bert" else inputs.get("decoder_input_ids", inputs["input_ids"])
    inputs |= {} if name == "bert" else {"use_cache": False}
    off = HeadsOff(layer=0, heads=(1,))
    with Lens(model) as lens:

        def train(*, checkpointed: bool, close_first: bool = False) -> tuple[Tensor, int]:
            model.activation_checkpointing_disable()
            if checkpointed:
                model.activation_checkpointing_enable({"use_reentrant": reentrant})
            with lens.record() as seen:
                with lens.intervene(off, Temperature(layer=1, value=2.0)):
                    loss = model(**inputs).loss
                    if not close_first:
                        loss.backward()
                if close_first:
                    loss.backward()
            return gradients(model), len(seen.records)

        plain, sites = train(checkpointed=False)
        model.activation_checkpointing_disable()
        model(**inputs).loss.backward()
        assert (gradients(model) - plain).abs().max() > 1e-3, "the intervention must matter to the gradient"
        for close_first in (False, True):
            again, recorded = train(checkpointed=True, close_first=close_first)
            assert recorded == sites
            torch.testing.assert_close(again, plain, rtol=1e-5, atol=1e-5 * float(plain.abs().max()))


def test_09_layers_that_share_a_module_are_recomputed_as_themselves() -> None:
    model, inputs = family_model("seq2seq", share_layers=True, layers=3).train(), family_batch("seq2seq")
    result = []
    for checkpointed in (False, True):
        if checkpointed:
            model.activation_checkpointing_enable({"use_reentrant": False})
        with Lens(model) as lens:
            with lens.intervene(*(Temperature(kind=kind, layer=1, value=5.0) for kind in ("encoder", "decoder", "cross"))):
                loss = model(**inputs).logits.square().sum()
            loss.backward()
        result.append(gradients(model))
    torch.testing.assert_close(result[1], result[0], rtol=1e-5, atol=1e-5 * float(result[0].abs().max()))


def test_09_closing_the_lens_before_the_backward_pass_is_refused_not_wrong() -> None:
    model, inputs = tiny_model("llama").train(), tiny_batch("decoder")
    model.activation_checkpointing_enable({"use_reentrant": False})
    lens = Lens(model)
    with lens.intervene(HeadsOff(layer=0)):
        loss = model(**inputs, use_cache=False)[0].square().sum()
    lens.close()
    with pytest.raises(WorkbenchError, match="closed between the forward and the backward"):
        loss.backward()


def test_09_a_checkpoint_that_cannot_repeat_an_intervention_is_refused() -> None:
    model, inputs = tiny_model("llama").train(), tiny_batch("decoder", padding="none")
    forward = model.layers[0].forward
    model.layers[0].forward = lambda hidden, **kwargs: checkpoint(lambda x: forward(x, **kwargs), hidden, use_reentrant=False)
    with Lens(model) as lens:
        with lens.intervene(HeadsOff(layer=0)):
            loss = model(**inputs, use_cache=False)[0].square().sum()
            with pytest.raises(WorkbenchError, match="checkpoint of its own"):
                loss.backward()
        with lens.record() as seen:
            model(**inputs, use_cache=False)[0].square().sum().backward()
    assert len(seen.records) == 2


def test_09_a_tapped_model_refuses_to_be_changed_under_checkpoints() -> None:
    model, inputs = tiny_model("gptj").train(), tiny_batch("decoder")
    model.activation_checkpointing_enable()
    with Lens(model) as lens, lens.intervene(HeadsOff()), pytest.raises(WorkbenchError, match="cannot repeat"):
        model(**inputs, use_cache=False)


def test_09_the_checkpoint_function_is_given_back() -> None:
    model = tiny_model("llama").train()
    model.activation_checkpointing_enable()
    before = [layer._gradient_checkpointing_func for layer in model.layers]
    with Lens(model) as lens:
        with lens.intervene(HeadsOff()), lens.intervene(HeadsOff()):
            assert model.layers[0]._gradient_checkpointing_func is not before[0]
        assert [layer._gradient_checkpointing_func for layer in model.layers] == before


# 10: two threads


def test_10_one_thread_looks_while_another_trains() -> None:
    model = tiny_model("bert", AutoModelForSequenceClassification)
    inputs = tiny_batch("encoder")
    lens = Lens(model)
    with torch.no_grad(), lens.record() as seen:
        model(**inputs)
    expected = seen.attention("encoder")
    stop, steps, wrong = threading.Event(), [0], 0

    def train() -> None:
        ids = torch.randint(5, 99, (4, 16), generator=torch.Generator().manual_seed(0))
        while not stop.is_set():
            with lens.intervene(HeadsOff(heads=(1,))):
                model(input_ids=ids, labels=torch.zeros(4, dtype=torch.long)).loss.backward()
            steps[0] += 1

    thread = threading.Thread(target=train)
    thread.start()
    try:
        while steps[0] < 3:
            stop.wait(0.001)
        for _ in range(60):
            with torch.no_grad(), lens.record() as seen:
                model(**inputs)
            wrong += len(seen.records) != 2 or not np.allclose(seen.attention("encoder"), expected, atol=1e-7)
    finally:
        stop.set()
        thread.join()
        lens.close()
    assert wrong == 0
    assert steps[0] >= 3


# 11: torch.compile


def test_11_an_idle_lens_leaves_a_compiled_model_whole_and_looking_goes_around_it() -> None:
    model, inputs = tiny_model("bert"), tiny_batch("encoder")
    torch.compiler.reset()
    with torch.no_grad(), Lens(model) as lens:
        expected = model(**inputs)[0]
        compiled = torch.compile(model, backend="eager", fullgraph=True)
        torch.testing.assert_close(compiled(**inputs)[0], expected, rtol=1e-5, atol=1e-5)
        with torch.compiler.set_stance("force_eager"), lens.record() as seen:
            torch.testing.assert_close(compiled(**inputs)[0], expected, rtol=1e-5, atol=1e-5)
        assert len(seen.records) == 2
        torch.testing.assert_close(compiled(**inputs)[0], expected, rtol=1e-5, atol=1e-5)
    torch.compiler.reset()


# 12: parameter-efficient tuning

PROJECTIONS = {"target_modules": ["q_proj", "v_proj"]}
TUNING = {
    "lora": lambda task: peft.LoraConfig(task_type=task, r=4, **PROJECTIONS, init_lora_weights=False),
    "adalora": lambda task: peft.AdaLoraConfig(task_type=task, init_r=4, target_r=2, total_step=20, **PROJECTIONS),
    "ia3": lambda task: peft.IA3Config(task_type=task, target_modules=["k_proj", "v_proj"], feedforward_modules=[]),
    "prefix": lambda task: peft.PrefixTuningConfig(task_type=task, num_virtual_tokens=5),
    "prompt": lambda task: peft.PromptTuningConfig(task_type=task, num_virtual_tokens=5),
    "p-tuning": lambda task: peft.PromptEncoderConfig(task_type=task, num_virtual_tokens=5, encoder_hidden_size=16),
}


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::FutureWarning")  # peft's own, about its own defaults
@pytest.mark.parametrize("tuning", TUNING)
def test_12_tuned_models_are_seen_and_train_the_same(tuning: str) -> None:
    inputs = tiny_batch("decoder")
    inputs["labels"] = inputs["input_ids"]
    result = []
    for looked in (False, True):
        torch.manual_seed(1)
        model = peft.get_peft_model(tiny_model("llama", AutoModelForCausalLM), TUNING[tuning]("CAUSAL_LM")).train()
        if looked:
            with Lens(model) as lens, lens.record() as seen:
                loss = model(**inputs).loss
                loss.backward()
        else:
            loss = model(**inputs).loss
            loss.backward()
        result.append((loss.item(), gradients(model)))
    assert result[0][0] == result[1][0]
    assert torch.equal(result[0][1], result[1][1])
    added = {"prefix": (0, 5), "prompt": (5, 5), "p-tuning": (5, 5)}.get(tuning, (0, 0))
    assert [record.weights.shape[2:] for record in seen.records] == [(10 + added[0], 10 + added[1])] * 2
    weights = seen.attention("decoder", example=0)
    assert np.abs(weights.sum(-1) - 1).max() < 1e-6
    assert np.abs(np.triu(weights, 1 + added[1] - added[0])).max() == 0.0
