from __future__ import annotations

from pathlib import Path

import pytest
import torch
from peft.tuners.lora import LoraLayer
from transformers import AutoModelForSequenceClassification, PreTrainedModel

from tests.pretrained import KINDS, pretrained
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import ModelSpec
from workbench.engine.blocks import embeddings, stacks
from workbench.engine.checkpoints import unique_tensors
from workbench.engine.pretrained import load_pretrained
from workbench.engine.tuning import choose_learned, frozen_digest, merge_lora

TASK_OF = {"bert": "text-classification", "gpt2": "causal-lm", "t5": "seq2seq", "workbench": "masked-lm"}


def model_of(tmp_path: Path, kind: str) -> PreTrainedModel:
    return load_pretrained(pretrained(tmp_path, kind), TASK_OF[kind], ("a", "b") if kind == "bert" else ())


def batch(model: PreTrainedModel) -> dict[str, torch.Tensor]:
    ids = torch.tensor([[5, 6, 7, 8], [8, 9, 5, 6]])
    return {"input_ids": ids, "decoder_input_ids": ids} if model.config.is_encoder_decoder else {"input_ids": ids}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("below", [0, 2, 3])
def test_frozen_below_a_layer_learns_that_layer_and_all_above(kind: str, below: int, tmp_path: Path) -> None:
    model = model_of(tmp_path, kind)
    choose_learned(model, ModelSpec(model="x", freeze_below=below))
    model(**batch(model)).logits.square().sum().backward()
    learned = {name for name, p in model.named_parameters() if p.grad is not None}
    for blocks in stacks(model):
        for number, (name, block) in enumerate(blocks.items()):
            own = {f"{name}.{each}" for each, _ in block.named_parameters()}
            assert own <= learned if number >= below else own.isdisjoint(learned)
    assert embeddings(model).isdisjoint(learned)
    assert unique_tensors(model).keys() & learned


@pytest.mark.parametrize("kind", KINDS)
def test_lora_starts_as_the_model_it_changes_and_merges_into_it(kind: str, tmp_path: Path) -> None:
    model = model_of(tmp_path, kind)
    names, inputs = set(model.state_dict()), batch(model)
    before = model(**inputs).logits
    choose_learned(model, ModelSpec(model="x", lora_rank=2))
    torch.testing.assert_close(model(**inputs).logits, before)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=0.05)
    for _ in range(3):
        optimizer.zero_grad()
        model(**inputs).logits.square().mean().backward()
        optimizer.step()
    after = model(**inputs).logits
    assert not torch.allclose(after, before, atol=1e-3)
    merge_lora(model)
    torch.testing.assert_close(model(**inputs).logits, after, atol=1e-5, rtol=1e-4)
    assert set(model.state_dict()) == names
    model.save_pretrained(tmp_path / "saved")
    assert not (tmp_path / "saved" / "adapter_config.json").exists()
    torch.testing.assert_close(type(model).from_pretrained(tmp_path / "saved")(**inputs).logits, after, atol=1e-5, rtol=1e-4)


def test_lora_stands_beside_every_linear_layer_of_the_blocks_and_the_head_learns(tmp_path: Path) -> None:
    model = model_of(tmp_path, "bert")
    choose_learned(model, ModelSpec(model="x", lora_rank=2, freeze_below=1))
    learned = {name for name, p in model.named_parameters() if p.requires_grad}
    lora = {name for name in learned if "lora_" in name}
    assert learned - lora == {"bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight", "classifier.bias"}
    assert len(lora) == 2 * 2 * 6  # two layers that learn, A and B, and query, key, value, output and two of the feed-forward
    assert not any("layer.0." in name for name in lora)
    whole = sum(p.numel() for p in model.parameters())
    assert sum(tensor.numel() for name, tensor in unique_tensors(model).items() if name in learned) < whole / 2


def test_alpha_is_the_size_of_the_change(tmp_path: Path) -> None:
    model = model_of(tmp_path, "bert")
    choose_learned(model, ModelSpec(model="x", lora_rank=4, lora_alpha=2))
    assert {module.scaling["default"] for module in model.modules() if isinstance(module, LoraLayer)} == {0.5}


def test_a_layer_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="has 3 layers"):
        choose_learned(model_of(tmp_path, "bert"), ModelSpec(model="x", freeze_below=4))


def test_lora_needs_a_layer_that_learns(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="no layer is left"):
        choose_learned(model_of(tmp_path, "bert"), ModelSpec(model="x", freeze_below=3, lora_rank=2))


def test_the_checksum_tells_another_pretrained_model(tmp_path: Path) -> None:
    folder = pretrained(tmp_path, "bert")
    found = []
    for change in (0.0, 0.0, 1.0):
        model = AutoModelForSequenceClassification.from_pretrained(folder)
        model.bert.encoder.layer[0].output.dense.weight.data[0, 0] += change
        assert frozen_digest(model) == ""
        choose_learned(model, ModelSpec(model="x", freeze_below=2))
        found.append(frozen_digest(model))
    assert found[0] == found[1] != found[2]
