"""On our own family: every weight of every task, position scheme and mask against a softmax written out in float64."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from tests.engine.tiny_family import HEADS, PADDINGS, POSITIONS, TASKS, family_batch, family_model
from workbench.contracts.specs import LAYOUT_OF_TASK
from workbench.engine.interventions import HeadsOff
from workbench.engine.lens import Lens
from workbench.engine.model import WorkbenchTaskModel
from workbench.engine.positions import relative_buckets
from workbench.engine.recording import Look, Record

KINDS = {"encoder": ("encoder",), "decoder": ("decoder",), "encoder-decoder": ("encoder", "decoder", "cross")}
EVERYTHING = Look(what=("weights", "scores", "q", "k", "v", "value_norms", "output"))


def bias_by_hand(model: WorkbenchTaskModel, kind: str, queries: int, keys: int) -> NDArray[np.float64]:
    """What positions add to the scores, (head, query, key), from the published formulas."""
    offset = np.arange(keys) - np.arange(queries)[:, None]
    if kind == "cross":
        return np.zeros((HEADS, queries, keys))
    if model.config.positions == "alibi":
        return -np.abs(offset) * 2.0 ** (-8.0 * np.arange(1, HEADS + 1) / HEADS)[:, None, None]
    if model.config.positions == "relative":
        stack = getattr(model.model, kind)
        buckets = relative_buckets(torch.from_numpy(offset), bidirectional=kind == "encoder")
        return stack.relative_bias.weight.detach().double().numpy()[buckets.numpy()].transpose(2, 0, 1)
    return np.zeros((HEADS, queries, keys))


def allowed_by_hand(inputs: dict[str, Tensor], task: str, kind: str, queries: int) -> NDArray[np.bool_]:
    """Which keys each query may see: (example, query, key)."""
    own = kind == "decoder" and LAYOUT_OF_TASK[task] == "encoder-decoder"
    keys = inputs["decoder_attention_mask" if own else "attention_mask"].bool().numpy()
    allowed = np.repeat(keys[:, None], queries, axis=1)
    return allowed & np.tri(queries, dtype=bool) if kind == "decoder" else allowed


def softmax_by_hand(
    record: Record, bias: NDArray[np.float64], allowed: NDArray[np.bool_], scaling: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores and weights in float64; a query that sees nothing has weights of 0."""
    assert record.q is not None
    assert record.k is not None
    scores = np.einsum("ehqd,ehkd->ehqk", record.q.astype(np.float64), record.k.astype(np.float64)) * scaling + bias
    scores = np.where(allowed[:, None], scores, -np.inf)
    top = scores.max(-1, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(top), top, 0.0))
    total = powers.sum(-1, keepdims=True)
    return scores, powers / np.where(total > 0, total, 1.0)


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", TASKS)
def test_every_weight_is_the_softmax_in_float64(task: str, positions: str, padding: str) -> None:
    model, inputs = family_model(task, positions=positions), family_batch(task, padding=padding)
    with torch.no_grad(), Lens(model) as lens, lens.record(EVERYTHING) as seen:
        model(**inputs)
    assert seen.kinds == KINDS[LAYOUT_OF_TASK[task]]
    assert len(seen.records) == 2 * len(seen.kinds)
    for record in seen.records:
        queries, keys = record.weights.shape[2:]
        bias = bias_by_hand(model, record.site.kind, queries, keys)
        allowed = allowed_by_hand(inputs, task, record.site.kind, queries)
        scores, weights = softmax_by_hand(record, bias, allowed, 8**-0.5)
        seeing = allowed.any(-1)[:, None].repeat(HEADS, axis=1)  # a padded query may see nothing
        assert np.abs(record.weights - weights)[seeing].max() < 1e-5
        assert np.abs(record.weights.sum(-1) - 1)[seeing].max() < 1e-5
        assert weights[seeing].max() > 0.5, "the attention is too even to tell a right answer from a wrong one"
        finite = np.isfinite(scores) & np.isfinite(record.scores)
        assert np.abs(record.scores[finite] - scores[finite]).max() < 1e-4
        assert np.abs(record.weights @ record.v - record.output).max() < 1e-5
        assert np.abs(np.linalg.norm(record.v, axis=-1) - record.value_norms).max() < 1e-5


@pytest.mark.parametrize("task", ["masked-lm", "causal-lm", "seq2seq"])
@pytest.mark.parametrize("positions", POSITIONS)
def test_weights_are_those_of_the_eager_model_in_float64(task: str, positions: str) -> None:
    model, inputs = family_model(task, positions=positions), family_batch(task, padding="right")
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        model(**inputs)
    model.double().set_attn_implementation("eager")
    with torch.no_grad():
        out = model(**inputs, output_attentions=True)
    groups = {"encoder": "encoder_attentions", "decoder": "decoder_attentions", "cross": "cross_attentions"}
    for kind in seen.kinds:
        expected = out[groups[kind]] if task == "seq2seq" else out["attentions"]
        for record, layer in zip(seen.of(kind), expected, strict=True):
            assert np.abs(record.weights - layer.numpy()).max() < 1e-5


def test_the_scale_that_was_left_out_is_left_out_of_the_weights() -> None:
    model, inputs = family_model("causal-lm", scale=False, sharpness=1.0), family_batch("causal-lm")
    with torch.no_grad(), Lens(model) as lens, lens.record(EVERYTHING) as seen:
        model(**inputs)
    for record in seen.records:
        allowed = allowed_by_hand(inputs, "causal-lm", "decoder", 9)
        assert np.abs(record.weights - softmax_by_hand(record, np.zeros(()), allowed, 1.0)[1]).max() < 1e-5


def test_queries_and_keys_are_what_the_projections_gave() -> None:
    model, inputs = family_model("masked-lm"), family_batch("masked-lm")
    given: dict[str, Tensor] = {}
    for name in ("q_proj", "k_proj", "v_proj"):
        projection = getattr(model.model.encoder.layers[1].self_attn, name)
        projection.register_forward_hook(lambda module, args, output, name=name: given.update({name: output}))
    with torch.no_grad(), Lens(model) as lens, lens.record(EVERYTHING) as seen:
        model(**inputs)
    record = seen.of("encoder")[1]
    for name, recorded in (("q_proj", record.q), ("k_proj", record.k), ("v_proj", record.v)):
        assert np.array_equal(given[name].view(3, 9, HEADS, 8).transpose(1, 2).numpy(), recorded)


def test_shared_layers_are_told_apart_by_call() -> None:
    model, inputs = family_model("seq2seq", share_layers=True, layers=3), family_batch("seq2seq")
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        model(**inputs)
    for kind in ("encoder", "decoder", "cross"):
        assert [(record.site.layer, record.site.call) for record in seen.of(kind)] == [(0, 0), (1, 1), (2, 2)]
        assert len({record.site.name for record in seen.of(kind)}) == 1
        layers = seen.attention(kind)
        assert np.abs(layers[0] - layers[2]).max() > 1e-3


@pytest.mark.parametrize(("task", "kind"), [("text-classification", "encoder"), ("causal-lm", "decoder"), ("seq2seq", "cross")])
def test_a_head_that_is_off_is_a_model_without_that_head(task: str, kind: str) -> None:
    model, inputs = family_model(task), family_batch(task)
    stack = model.model.encoder if kind == "encoder" else model.model.decoder
    attention = stack.layers[1].cross_attn if kind == "cross" else stack.layers[1].self_attn
    with torch.no_grad(), Lens(model) as lens:
        before = model(**inputs).logits
        with lens.intervene(HeadsOff(kind=kind, layer=1, heads=(2,))):
            without = model(**inputs).logits
        after = model(**inputs).logits
        attention.o_proj.weight[:, 16:24] = 0.0  # what head 2 writes
        by_hand = model(**inputs).logits
    assert torch.equal(before, after)
    assert (before - without).abs().max() > 1e-2
    assert (without - by_hand).abs().max() < 1e-5


@pytest.mark.parametrize("task", ["causal-lm", "seq2seq"])
def test_generation_is_seen_step_by_step_and_is_not_disturbed(task: str) -> None:
    model, inputs = family_model(task, positions="rotary"), family_batch(task, padding="left" if task == "causal-lm" else "right")
    inputs = {name: inputs[name] for name in ("input_ids", "attention_mask")}
    settings = {"max_new_tokens": 4, "min_new_tokens": 4, "do_sample": False}
    plain = model.generate(**inputs, **settings)
    with Lens(model) as lens, lens.record() as seen:
        looked = model.generate(**inputs, **settings)
    assert torch.equal(plain, looked)
    model.set_attn_implementation("eager")
    eager = model.generate(**inputs, **settings, output_attentions=True, return_dict_in_generate=True)
    steps = eager.decoder_attentions if task == "seq2seq" else eager.attentions
    passes = sorted({record.forward for record in seen.records if record.site.kind == "decoder"})
    assert len(passes) == len(steps) == 4
    seeing = inputs["attention_mask"].bool().numpy()
    for number, step in zip(passes, steps, strict=True):
        for record, layer in zip(seen.of("decoder", number), step, strict=True):
            difference = np.abs(record.weights - layer.numpy()).max(axis=(1, 3))  # (example, query)
            if task == "causal-lm" and number == passes[0]:
                difference = difference * seeing
            assert difference.max() < 1e-5
    if task == "seq2seq":
        assert [record.forward for record in seen.records if record.site.kind == "encoder"] == [0, 0]
        for number, step in zip(passes, eager.cross_attentions, strict=True):
            for record, layer in zip(seen.of("cross", number), step, strict=True):
                assert np.abs(record.weights - layer.numpy()).max() < 1e-5
