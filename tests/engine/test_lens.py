"""Using a lens: choosing what to see, reading it, nesting, and taking it off again."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from tests.engine.tiny_architectures import tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.attention import NAME, SWITCHBOARD
from workbench.engine.interventions import HeadsOff
from workbench.engine.lens import Lens
from workbench.engine.recording import WHAT, Look, Seen


def look_at(look: Look | None = None, task: str = "seq2seq") -> Seen:
    model = family_model(task)
    with torch.no_grad(), Lens(model) as lens, lens.record(look) as seen:
        model(**family_batch(task))
    return seen


def test_a_choice_is_a_part_of_everything() -> None:
    everything = look_at(Look(what=WHAT))
    part = look_at(Look(kinds=("decoder", "cross"), layers=(1,), heads=(3, 1), rows=(-1, 0), examples=(2, 0), what=WHAT))
    assert [(record.site.kind, record.site.layer) for record in part.records] == [("decoder", 1), ("cross", 1)]
    for record in part.records:
        whole = everything.of(record.site.kind)[1]
        assert (record.examples, record.heads, record.rows) == ((2, 0), (3, 1), (5, 0))
        of_two = whole.weights[[2, 0]][:, [3, 1]].mean(1)  # of the heads that were chosen, and of all rows
        np.testing.assert_allclose(record.mean, of_two, atol=1e-6, rtol=1e-6)
        for name in set(WHAT) - {"mean"}:
            expected = getattr(whole, name)[[2, 0]][:, [3, 1]]
            if name in ("weights", "scores", "q", "output"):
                expected = expected[:, :, [5, 0]]
            np.testing.assert_allclose(getattr(record, name), expected, atol=1e-6, rtol=1e-6)


def test_attention_of_one_example_is_layer_head_query_key() -> None:
    seen = look_at(Look(examples=(2, 1)))
    cross = seen.attention("cross", example=1)
    assert cross.shape == (2, 4, 6, 9)
    assert cross.dtype == np.float32
    assert np.array_equal(cross[1], seen.of("cross")[1].weights[1])
    assert np.array_equal(seen.attention("cross"), seen.attention("cross", example=2))
    np.testing.assert_allclose(cross.sum(-1), 1.0, atol=1e-6)


@pytest.mark.parametrize(
    ("look", "message"),
    [
        (Look(heads=(4,)), "no head 4"),
        (Look(examples=(0, 3)), "no example 3"),
        (Look(kinds=("decoder",), rows=(6,)), "no query 6"),
        (Look(rows=(-10,), kinds=("encoder",)), "no query -10"),
    ],
)
def test_what_is_not_there_is_named(look: Look, message: str) -> None:
    with pytest.raises(WorkbenchError, match=message) as error:
        look_at(look)
    assert "layer 0" in error.value.where
    assert "counted from 0" in error.value.mend
    assert SWITCHBOARD.watchers == ()


@pytest.mark.parametrize(("settings", "field"), [({"kinds": ("self",)}, "Look.kinds"), ({"what": ("logits",)}, "Look.what")])
def test_a_look_at_nothing_there_is_cannot_be_made(settings: dict, field: str) -> None:
    with pytest.raises(WorkbenchError) as error:
        Look(**settings)
    assert error.value.where == field


def test_reading_what_was_not_recorded_says_what_was() -> None:
    seen = look_at(Look(kinds=("encoder",), what=("q",), examples=(1,)))
    with pytest.raises(WorkbenchError, match="weights were not recorded"):
        seen.attention("encoder")
    with pytest.raises(WorkbenchError, match=r"no cross attention.*encoder in pass 0"):
        seen.attention("cross")
    with pytest.raises(WorkbenchError, match="example 0 was not recorded"):
        look_at(Look(kinds=("encoder",), examples=(1,))).attention("encoder", example=0)


def test_records_are_nobody_elses_memory() -> None:
    model, inputs = family_model("masked-lm"), family_batch("masked-lm")
    made: list[Tensor] = []
    attention = model.model.encoder.layers[0].self_attn
    for name in ("q_proj", "k_proj", "v_proj"):
        getattr(attention, name).register_forward_hook(lambda module, args, output: made.append(output))
    attention.o_proj.register_forward_pre_hook(lambda module, args: made.append(args[0]))
    with torch.no_grad(), Lens(model) as lens, lens.record(Look(layers=(0,), what=WHAT)) as seen:
        model(**inputs)
    before = {name: getattr(seen.records[0], name).copy() for name in WHAT}
    for tensor in made:
        tensor.zero_()  # as an in-place operation, or the next step, would
    for name in WHAT:
        assert np.array_equal(getattr(seen.records[0], name), before[name])
        assert before[name].dtype == np.float32
        assert np.abs(before[name][np.isfinite(before[name])]).max() > 0


def test_looks_nest_and_each_sees_its_own() -> None:
    model, inputs = family_model("seq2seq"), family_batch("seq2seq")
    with torch.no_grad(), Lens(model) as lens, lens.record(Look(kinds=("cross",))) as outer:
        with lens.record(Look(kinds=("encoder",), heads=(0,))) as inner:
            model(**inputs)
        model(**inputs)
    assert [record.forward for record in outer.records] == [0, 0, 1, 1]
    assert [record.site.kind for record in inner.records] == ["encoder", "encoder"]


def test_two_lenses_on_one_model_come_off_in_any_order() -> None:
    model, inputs = family_model("masked-lm"), family_batch("masked-lm")
    first, second = Lens(model), Lens(model)
    with torch.no_grad(), first.record() as one, second.record() as two:
        model(**inputs)
    assert np.array_equal(one.attention("encoder"), two.attention("encoder"))
    first.close()
    assert model.config._attn_implementation == NAME
    with torch.no_grad(), second.record() as three:
        model(**inputs)
    assert np.array_equal(one.attention("encoder"), three.attention("encoder"))
    second.close()
    assert model.config._attn_implementation == "sdpa"


@pytest.mark.parametrize("fails", ["in the block", "in the model"])
def test_an_error_leaves_nothing_open(fails: str) -> None:
    model, inputs = family_model("masked-lm"), family_batch("masked-lm")
    hooks = sum(len(module._forward_hooks) + len(module._forward_pre_hooks) for module in model.modules())
    lens = Lens(model)
    with torch.no_grad():
        expected = model(**inputs).logits
        wrong = {"input_ids": torch.full((1, 3), 10**6)} if fails == "in the model" else inputs
        with pytest.raises((AttributeError, IndexError)), lens.record(), lens.intervene(HeadsOff(layer=9)):
            model(**wrong).logits.no_such_thing()
        assert SWITCHBOARD.watchers == ()
        assert hooks == sum(len(module._forward_hooks) + len(module._forward_pre_hooks) for module in model.modules())
        assert torch.equal(model(**inputs).logits, expected)
        with lens.record() as seen:
            model(**inputs)
    assert [(record.forward, record.site.layer) for record in seen.records] == [(0, 0), (0, 1)]
    lens.close()
    assert model.config._attn_implementation == "sdpa"


def test_a_pass_that_broke_off_does_not_shift_the_next() -> None:
    model, inputs = family_model("masked-lm"), family_batch("masked-lm")
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        handle = model.model.encoder.layers[1].register_forward_pre_hook(lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            model(**inputs)
        handle.remove()
        model(**inputs)
    assert [(record.forward, record.site.layer) for record in seen.records] == [(0, 0), (1, 0), (1, 1)]


def test_a_forgotten_lens_comes_off_by_itself() -> None:
    model = tiny_model("bert")
    Lens(model)
    gc.collect()
    assert model.config._attn_implementation == "sdpa"


def test_a_closed_lens_says_so() -> None:
    lens = Lens(tiny_model("bert"))
    lens.close()
    lens.close()
    with pytest.raises(WorkbenchError, match="closed"), lens.record():
        pass


def test_a_part_of_a_model_can_be_run_by_itself() -> None:
    model, inputs = tiny_model("bart"), tiny_batch("encoder-decoder")
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        for _ in range(2):
            model.encoder(inputs["input_ids"], attention_mask=inputs["attention_mask"])
    assert [(record.forward, record.site.layer) for record in seen.records] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_looking_changes_no_gradient_and_keeps_no_graph() -> None:
    def gradients(look: bool) -> list[Tensor]:
        model, inputs = family_model("causal-lm").train(), family_batch("causal-lm")
        inputs["labels"] = inputs["input_ids"]
        with Lens(model) as lens:
            if look:
                with lens.record(Look(what=WHAT)):
                    model(**inputs).loss.backward()
            else:
                model(**inputs).loss.backward()
        return [weight.grad for weight in model.parameters() if weight.grad is not None]

    for plain, looked in zip(gradients(False), gradients(True), strict=True):
        assert torch.equal(plain, looked)


class LargestTensor(TorchDispatchMode):
    """Notes the largest tensor that any operation makes."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        for tensor in result if isinstance(result, (tuple, list)) else (result,):
            if isinstance(tensor, Tensor):
                self.numbers = max(self.numbers, tensor.numel())
        return result


@pytest.mark.parametrize(
    ("look", "largest"),
    [
        (Look(rows=(0, -1)), 3 * 4 * 2 * 300),
        (Look(heads=(1,), rows=(5,)), 3 * 300),
        (Look(heads=(2,), examples=(1,)), 300 * 300),
        (Look(what=("q", "k", "v", "value_norms", "output")), 3 * 300 * 64),
    ],
)
def test_what_is_not_asked_for_is_never_made(look: Look, largest: int) -> None:
    model = family_model("causal-lm", positions="rotary")
    ids = torch.randint(5, 50, (3, 300), generator=torch.Generator().manual_seed(0))
    with torch.no_grad(), Lens(model) as lens:
        with LargestTensor() as plain:
            model(input_ids=ids)
        with LargestTensor() as looked, lens.record(look) as seen:
            model(input_ids=ids)
    assert len(seen.records) == 2
    assert plain.numbers < 3 * 4 * 300 * 300 / 4, "the model itself must not make all weights"
    assert looked.numbers <= max(plain.numbers, largest)
