"""generate(): with kept keys and values it must write what it writes without them."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from transformers.cache_utils import DynamicCache, EncoderDecoderCache

from tests.engine.tiny_family import POSITIONS, family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.model import WorkbenchTaskModel

WAYS = {
    "greedy": {"do_sample": False},
    "beams": {"do_sample": False, "num_beams": 3},
    "sampling": {"do_sample": True, "temperature": 0.8, "top_k": 20},
}


def prompt(task: str) -> dict[str, Tensor]:
    """Texts of different lengths: padded on the left where they are continued, on the right where they are read."""
    inputs = family_batch(task, padding="left" if task == "causal-lm" else "right")
    return {name: value for name, value in inputs.items() if "decoder" not in name}


def write(model: WorkbenchTaskModel, inputs: dict[str, Tensor], *, use_cache: bool, way: str) -> Tensor:
    torch.manual_seed(0)
    out = model.generate(**inputs, max_new_tokens=7, min_new_tokens=7, use_cache=use_cache, **WAYS[way])  # type: ignore[operator]
    assert isinstance(out, Tensor)
    return out


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("share_layers", [False, True])
@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", ["causal-lm", "seq2seq"])
def test_a_cache_changes_nothing(task: str, positions: str, share_layers: bool, way: str) -> None:
    model = family_model(task, positions=positions, share_layers=share_layers)
    inputs = prompt(task)
    kept, fresh = (write(model, inputs, use_cache=use_cache, way=way) for use_cache in (True, False))
    assert torch.equal(kept, fresh)


@pytest.mark.parametrize("positions", POSITIONS)
def test_padding_on_the_left_changes_no_continuation(positions: str) -> None:
    model, inputs = family_model("causal-lm", positions=positions), prompt("causal-lm")
    together = write(model, inputs, use_cache=True, way="greedy")
    for row, mask in enumerate(inputs["attention_mask"].bool()):
        alone = {"input_ids": inputs["input_ids"][row][mask][None], "attention_mask": mask[mask][None].long()}
        assert torch.equal(write(model, alone, use_cache=True, way="greedy")[0, -7:], together[row, -7:])


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", ["causal-lm", "seq2seq"])
def test_token_by_token_gives_the_logits_of_the_whole(task: str, positions: str) -> None:
    model, inputs = family_model(task, positions=positions, share_layers=True), family_batch(task, padding="none")
    name = "decoder_input_ids" if task == "seq2seq" else "input_ids"
    rest = {key: value for key, value in inputs.items() if key not in (name, "decoder_attention_mask")}
    if task == "causal-lm":
        rest = {}
    with torch.no_grad():
        whole = model(**rest, **{name: inputs[name]}).logits
        cache, parts = None, []
        for token in inputs[name].split((2, 1, 3) if task == "seq2seq" else (4, 1, 4), dim=1):
            out = model(**rest, **{name: token}, past_key_values=cache, use_cache=True)
            cache = out.past_key_values
            parts.append(out.logits)
    torch.testing.assert_close(torch.cat(parts, 1), whole, atol=1e-5, rtol=1e-4)
    assert isinstance(cache, EncoderDecoderCache if task == "seq2seq" else DynamicCache)
    assert cache.get_seq_length() == inputs[name].shape[1]


def test_the_memory_is_projected_once() -> None:
    model, inputs = family_model("seq2seq"), prompt("seq2seq")
    calls = []
    model.model.decoder.layers[0].cross_attn.k_proj.register_forward_hook(lambda *_: calls.append(1))
    write(model, inputs, use_cache=True, way="greedy")
    assert len(calls) == 1


def test_nothing_is_kept_unless_asked_for() -> None:
    """Training would pay for it."""
    for task in ("causal-lm", "seq2seq"):
        assert family_model(task)(**family_batch(task)).past_key_values is None


@pytest.mark.parametrize("task", ["causal-lm", "seq2seq"])
def test_writing_ends_at_the_end_token_and_pads(task: str) -> None:
    model, inputs = family_model(task), prompt(task)
    with torch.no_grad():
        model.lm_head.bias[3] = (
            0.5 * model(**inputs, **({"decoder_input_ids": inputs["input_ids"][:, :1]} if task == "seq2seq" else {})).logits.max()
        )
    written = model.generate(**inputs, max_new_tokens=7, do_sample=True)  # type: ignore[operator]
    for row in written[:, 1 if task == "seq2seq" else inputs["input_ids"].shape[1] :].tolist():
        if 3 in row:
            assert set(row[row.index(3) + 1 :]) <= {0}


def test_writing_past_the_learned_positions_is_refused() -> None:
    model, inputs = family_model("causal-lm", positions="learned"), prompt("causal-lm")
    with pytest.raises(WorkbenchError, match="positions this model has learned"):
        model.generate(**inputs, max_new_tokens=20, min_new_tokens=20)  # type: ignore[operator]
