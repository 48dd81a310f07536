"""What belongs to a head, found without names: against the slices that are known of four families, and against zeroed weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import torch
from torch import Tensor, nn

from tests.engine.tiny_architectures import tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.edits import Head
from workbench.contracts.errors import WorkbenchError
from workbench.engine.head_parts import Layer, Silence, find_layers, holdable, silenceable, take_out
from workbench.engine.interventions import HeadsOff
from workbench.engine.lens import Lens


def one(family: str) -> dict[str, Tensor]:
    return {name: value[:1] for name, value in tiny_batch(family, padding="none").items()}


def slices_of(layer: Layer, head: Head, names: dict[int, str]) -> dict[str, tuple[int, list[int]]]:
    return {
        names[id(each.parameter)].rpartition("layer")[2]: (each.axis, each.places.tolist())
        for each in layer.slices if head in each.users
    }  # fmt: skip


@contextmanager
def silenced(layer: Layer, *heads: int) -> Iterator[None]:
    silence = Silence(layer, heads)
    try:
        yield
    finally:
        silence.end()


def logits(model: nn.Module, inputs: dict[str, Tensor]) -> Tensor:
    with torch.no_grad():
        found: Tensor = model(**inputs)[0]
        return found


def test_the_slices_of_bert_are_rows_of_three_matrices_and_columns_of_the_fourth() -> None:
    model = tiny_model("bert")
    layer = find_layers(model, one("encoder"))["encoder", 1]
    names = {id(weight): name for name, weight in model.named_parameters()}
    rows = list(range(16, 24))
    assert slices_of(layer, Head("encoder", 1, 2), names) == {
        ".1.attention.self.query.weight": (0, rows), ".1.attention.self.query.bias": (0, rows),
        ".1.attention.self.key.weight": (0, rows), ".1.attention.self.key.bias": (0, rows),
        ".1.attention.self.value.weight": (0, rows), ".1.attention.self.value.bias": (0, rows),
        ".1.attention.output.dense.weight": (1, rows),
    }  # fmt: skip
    assert layer.divided


def test_the_slices_of_gpt2_lie_in_one_matrix_beside_each_other() -> None:
    model = tiny_model("gpt2")
    layer = find_layers(model, one("decoder"))["decoder", 0]
    weight = dict(model.named_parameters())["h.0.attn.c_attn.weight"]
    mine = sorted(
        place for each in layer.slices if each.parameter is weight and Head("decoder", 0, 3) in each.users
        for place in each.places.tolist()
    )  # fmt: skip
    assert mine == [*range(24, 32), *range(56, 64), *range(88, 96)]
    assert layer.divided


def test_query_heads_that_share_keys_share_their_slices() -> None:
    layer = find_layers(tiny_model("llama"), one("decoder"))["decoder", 0]
    assert {each.users for each in layer.slices if len(each.users) > 1} == {
        (Head("decoder", 0, 0), Head("decoder", 0, 1)), (Head("decoder", 0, 2), Head("decoder", 0, 3))
    }  # fmt: skip
    assert layer.divided


@pytest.mark.parametrize("name", ["bert", "gpt2", "t5", "llama", "bart", "distilbert", "vit"])
def test_a_silenced_head_is_one_that_a_lens_switches_off_and_one_whose_weights_are_zeroed(name: str) -> None:
    family = {"bert": "encoder", "distilbert": "encoder", "vit": "image", "t5": "encoder-decoder", "bart": "encoder-decoder"}.get(
        name, "decoder"
    )  # fmt: skip
    model, inputs = tiny_model(name), one(family)
    kind = {"encoder-decoder": "cross", "image": "encoder"}.get(family, family)
    head = Head(kind, 1, 2)
    plain = logits(model, inputs)
    layers = find_layers(model, inputs)
    with silenced(silenceable(layers, head), 2):
        off = logits(model, inputs)
    assert not torch.allclose(off, plain)
    with Lens(model) as lens, lens.intervene(HeadsOff(kind=kind, layer=1, heads=(2,))):
        torch.testing.assert_close(off, logits(model, inputs))
    assert torch.equal(logits(model, inputs), plain), "it is on again"
    before = {key: value.clone() for key, value in model.state_dict().items()}
    take_out(model, inputs, [head])
    torch.testing.assert_close(logits(model, inputs), off)
    assert sum(not torch.equal(value, before[key]) for key, value in model.state_dict().items()) == 1
    assert all(weight.requires_grad for weight in model.parameters())


def test_a_head_that_is_not_there_is_named_with_those_that_are() -> None:
    layers = find_layers(tiny_model("bert"), one("encoder"))
    for head in (Head("decoder", 0, 0), Head("encoder", 2, 0), Head("encoder", 0, 4)):
        with pytest.raises(WorkbenchError, match=r"encoder 0 \(0–3\)"):
            silenceable(layers, head)


@pytest.mark.parametrize("name", ["albert", "family"])
def test_layers_that_share_their_weights_have_no_heads_of_their_own(name: str) -> None:
    model = tiny_model(name) if name == "albert" else family_model("masked-lm", share_layers=True)
    batch = one("encoder") if name == "albert" else family_batch("masked-lm", padding="none")
    layers = find_layers(model, {key: value[:1] for key, value in batch.items()})
    with pytest.raises(WorkbenchError, match="several layers"):
        silenceable(layers, Head("encoder", 0, 0))


def test_a_head_that_shares_what_it_learns_cannot_be_frozen_alone() -> None:
    layers = find_layers(tiny_model("qwen3"), one("decoder"))  # one norm scales the queries of all its heads
    silenceable(layers, Head("decoder", 0, 0))
    with pytest.raises(WorkbenchError, match="shares learned weights"):
        holdable(layers, Head("decoder", 0, 0))
