"""Interventions against ground truth: the same change made to the model itself, by hand or by a closed form."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.engine.tiny_architectures import tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine import heads
from workbench.engine.interventions import HeadsOff, Intervention, NoMask, NoScale, Replace, Temperature
from workbench.engine.lens import Lens
from workbench.engine.model import WorkbenchTaskModel
from workbench.engine.recording import Look, Seen


def run(model: WorkbenchTaskModel, inputs: dict[str, Tensor], *acts: Intervention) -> tuple[Tensor, Seen]:
    with (
        torch.no_grad(),
        Lens(model) as lens,
        lens.record(Look(what=("weights", "q", "k", "output"))) as seen,
        lens.intervene(*acts),
    ):
        return model(**inputs).logits, seen


def test_switched_back_the_output_is_the_same_to_the_bit() -> None:
    model, inputs = family_model("seq2seq", positions="alibi"), family_batch("seq2seq")
    acts = (
        HeadsOff(heads=(0,)),
        Temperature(value=3.0),
        Replace(kind="cross", pattern="uniform"),
        NoScale(layer=0),
        NoMask(layer=1),
    )
    with torch.no_grad(), Lens(model) as lens:
        before = model(**inputs).logits
        for act in acts:
            with lens.intervene(act):
                assert (model(**inputs).logits - before).abs().max() > 1e-3, act
            assert torch.equal(model(**inputs).logits, before)


def test_temperature_is_a_changed_scale() -> None:
    model, inputs = family_model("causal-lm"), family_batch("causal-lm")
    changed, _ = run(model, inputs, Temperature(layer=1, value=2.5))
    model.model.decoder.layers[1].self_attn.scaling /= 2.5
    assert (changed - model(**inputs).logits).abs().max() < 1e-5


def test_temperatures_of_single_heads_multiply() -> None:
    model, inputs = family_model("causal-lm"), family_batch("causal-lm")
    _, seen = run(model, inputs, Temperature(layer=0, heads=(1, 2), value=2.0), Temperature(layer=0, heads=(2,), value=0.25))
    _, plain = run(model, inputs)
    record, before = seen.records[0], plain.records[0]
    scores = np.where(before.weights > 0, np.log(np.maximum(before.weights, 1e-30)), -np.inf)
    for head, temperature in enumerate((1.0, 2.0, 0.5, 1.0)):
        powers = np.exp(scores[:, head] / temperature)
        np.testing.assert_allclose(record.weights[:, head], powers / powers.sum(-1, keepdims=True), atol=1e-5)


def test_without_scale_it_is_the_model_built_without_scale() -> None:
    model, inputs = family_model("masked-lm", sharpness=1.0), family_batch("masked-lm")
    unscaled = family_model("masked-lm", sharpness=1.0, scale=False)
    unscaled.load_state_dict(model.state_dict())
    changed, _ = run(model, inputs, NoScale())
    with torch.no_grad():
        assert (changed - unscaled(**inputs).logits).abs().max() < 1e-4
        assert (changed - model(**inputs).logits).abs().max() > 1e-2


@pytest.mark.parametrize("padding", ["right", "left"])
def test_without_mask_padding_is_seen_as_if_nobody_had_masked_it(padding: str) -> None:
    model, inputs = family_model("masked-lm"), family_batch("masked-lm", padding=padding)
    changed, _ = run(model, inputs, NoMask())
    with torch.no_grad():
        assert (changed - model(input_ids=inputs["input_ids"]).logits).abs().max() < 1e-5


@pytest.mark.parametrize("positions", ["learned", "alibi", "relative"])
def test_without_mask_some_heads_of_a_decoder_see_the_future(positions: str) -> None:
    model, inputs = family_model("causal-lm", positions=positions), family_batch("causal-lm", padding="none")
    _, seen = run(model, inputs, NoMask(layer=0, heads=(3,)))
    weights = seen.records[0].weights
    assert np.triu(weights[:, :3], 1).max() == 0.0
    assert np.triu(weights[:, 3], 1).max() > 0.1
    np.testing.assert_allclose(weights.sum(-1), 1.0, atol=1e-6)


def test_an_even_causal_head_scores_its_closed_forms() -> None:
    model, inputs = family_model("causal-lm"), family_batch("causal-lm", padding="none")
    _, seen = run(model, inputs, Replace(layer=0, heads=(2,), pattern="uniform"))
    weights, n = seen.records[0].weights[:, 2], 9
    np.testing.assert_allclose(heads.previous_token_score(weights), heads.previous_token_baseline(n), rtol=1e-5)
    np.testing.assert_allclose(heads.entropy(weights), heads.entropy_baseline(n), rtol=1e-5)
    np.testing.assert_allclose(heads.mean_distance(weights), heads.mean_distance_baseline(n), rtol=1e-5)


@pytest.mark.parametrize("task", ["masked-lm", "causal-lm"])
@pytest.mark.parametrize("padding", ["none", "right", "left"])
def test_named_patterns_stay_within_the_mask(task: str, padding: str) -> None:
    model, inputs = family_model(task), family_batch(task, padding=padding)
    real = inputs["attention_mask"].bool().numpy()
    for name, shift in (("uniform", None), ("diagonal", 0), ("previous", -1)):
        _, seen = run(model, inputs, Replace(layer=1, heads=(0, 3), pattern=name))
        weights = seen.records[1].weights[:, 3]
        for text, query in zip(*np.nonzero(real), strict=True):
            row = weights[text, query]
            seen_keys = real[text] & (np.arange(9) <= query if task == "causal-lm" else True)
            if shift is None:
                expected = seen_keys / seen_keys.sum()
            else:
                target = query + shift if query + shift >= 0 and seen_keys[query + shift] else query
                expected = np.eye(9)[target]
            np.testing.assert_allclose(row, expected, atol=1e-6)


def test_an_array_is_taken_as_it_is() -> None:
    model, inputs = family_model("seq2seq"), family_batch("seq2seq")
    generator = np.random.default_rng(0)
    pattern = generator.dirichlet(np.ones(9), size=(2, 6)).astype(np.float32)  # (chosen heads, query, key)
    _, seen = run(model, inputs, Replace(kind="cross", layer=0, heads=(3, 1), pattern=pattern))
    weights = seen.of("cross")[0].weights
    for text in range(3):
        assert np.array_equal(weights[text, [3, 1]], pattern)


def test_patterns_of_a_cached_pass_follow_the_position() -> None:
    model = family_model("causal-lm")
    inputs = {"input_ids": family_batch("causal-lm")["input_ids"][:1]}
    with Lens(model) as lens, lens.record() as seen, lens.intervene(Replace(pattern="previous")):
        model.generate(**inputs, max_new_tokens=3, min_new_tokens=3, do_sample=False)
    last = seen.attention("decoder")
    assert last.shape[2:] == (1, 11)
    assert last[..., 9].min() == 1.0


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: Temperature(value=0.0), "temperature of 0.0"),
        (lambda: Temperature(value=float("nan")), "temperature of nan"),
        (lambda: Replace(pattern="diagonnal"), "no pattern 'diagonnal'"),
        (lambda: Replace(pattern=np.full((2, 2), np.inf)), "not finite"),
        (lambda: HeadsOff(kind="self"), "no kind of attention"),
    ],
)
def test_what_has_no_meaning_cannot_be_made(act: object, message: str) -> None:
    with pytest.raises(WorkbenchError, match=message):
        act()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (HeadsOff(heads=(4,)), "no head 4"),
        (HeadsOff(heads=(-1,)), "no head -1"),
        (Replace(pattern=np.eye(5)), "shape .5, 5. does not fit"),
        (HeadsOff(kind="cross"), "met no attention"),
        (Temperature(layer=2, value=2.0), "met no attention"),
    ],
)
def test_what_does_not_fit_the_model_is_refused_not_ignored(act: Intervention, message: str) -> None:
    model, inputs = family_model("masked-lm"), family_batch("masked-lm")
    with pytest.raises(WorkbenchError, match=message) as error:
        run(model, inputs, act)
    assert type(act).__name__ in error.value.where


def test_an_intervention_without_a_pass_is_no_mistake() -> None:
    with Lens(family_model("masked-lm")) as lens, lens.intervene(HeadsOff(layer=7)):
        pass


def test_one_cached_query_of_another_sequence_has_no_position() -> None:
    model = family_model("seq2seq")
    inputs = {"input_ids": family_batch("seq2seq")["input_ids"][:1]}
    diagonal = Replace(kind="cross", pattern="diagonal")
    with Lens(model) as lens, pytest.raises(WorkbenchError, match="use_cache=False"), lens.intervene(diagonal):
        model.generate(**inputs, max_new_tokens=2, do_sample=False)


def test_a_model_can_be_trained_under_an_intervention() -> None:
    model, inputs = family_model("causal-lm").train(), family_batch("causal-lm", padding="none")
    inputs["labels"] = inputs["input_ids"]
    with Lens(model) as lens, lens.intervene(HeadsOff(layer=0, heads=(1,)), Temperature(layer=1, value=2.0)):
        model(**inputs).loss.backward()
    rows = model.model.decoder.layers[0].self_attn.v_proj.weight.grad.view(4, 8, 32)
    assert rows[1].abs().max() == 0.0
    assert rows[0].abs().max() > 0.0


def test_dropout_of_weights_stays_at_work_under_an_intervention() -> None:
    model, inputs = family_model("causal-lm", attention_dropout=0.5), family_batch("causal-lm", padding="none")
    same = Temperature(value=1.0)
    quiet, seen = run(model, inputs, same)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        noisy = torch.stack([run(model.train(), inputs, same)[0] for _ in range(2)])
        kept = run(model, inputs, same)[1]
    assert (noisy[0] - noisy[1]).abs().max() > 1e-2
    assert torch.equal(run(model.eval(), inputs, same)[0], quiet)
    assert np.array_equal(kept.records[0].weights, seen.records[0].weights)  # recorded before dropout


def test_a_written_out_attention_refuses_what_a_tap_cannot_change() -> None:
    model, inputs = tiny_model("gptj"), tiny_batch("decoder")
    with torch.no_grad(), Lens(model) as lens:
        for act in (NoScale(), NoMask()):
            with pytest.raises(WorkbenchError, match="writes its attention out"), lens.intervene(act):
                model(**inputs)
        with pytest.raises(WorkbenchError, match="q is not known"), lens.record(Look(what=("weights", "q"))):
            model(**inputs)
        with lens.intervene(Temperature(value=1e6)), lens.record(Look(what=("weights", "scores"))) as seen:
            model(**inputs)
    weights = seen.attention("decoder", example=0)
    np.testing.assert_allclose(heads.entropy(weights), heads.entropy_baseline(10), rtol=1e-3)
