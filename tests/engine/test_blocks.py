from __future__ import annotations

from pathlib import Path

import pytest
from transformers import AlbertConfig, AlbertModel, AutoModel, PreTrainedModel

from tests.engine.tiny_family import family_model
from tests.pretrained import KINDS, LAYERS, pretrained
from workbench.engine.blocks import depths, embeddings, stacks
from workbench.engine.pretrained import load_pretrained

TASK_OF = {"bert": "text-classification", "gpt2": "causal-lm", "t5": "seq2seq", "workbench": "masked-lm"}


def model_of(tmp_path: Path, kind: str) -> PreTrainedModel:
    return load_pretrained(pretrained(tmp_path, kind), TASK_OF[kind], ("a", "b") if kind == "bert" else ())


@pytest.mark.parametrize("kind", KINDS)
def test_each_stack_is_found_whole_and_in_order(kind: str, tmp_path: Path) -> None:
    found = stacks(model_of(tmp_path, kind))
    assert [len(blocks) for blocks in found] == [LAYERS] * (2 if kind == "t5" else 1)
    for blocks in found:
        assert [name.rpartition(".")[2] for name in blocks] == ["0", "1", "2"]


@pytest.mark.parametrize("kind", KINDS)
def test_depth_counts_the_layers_above(kind: str, tmp_path: Path) -> None:
    model = model_of(tmp_path, kind)
    depth = depths(model)
    for blocks in stacks(model):
        for number, (name, block) in enumerate(blocks.items()):
            assert {depth[f"{name}.{each}"] for each, _ in block.named_parameters()} == {LAYERS - number}
    tables = embeddings(model)
    assert {depth[name] for name in tables} == {LAYERS + 1}
    words = model.get_input_embeddings().weight
    assert any(parameter is words for name, parameter in model.named_parameters() if name in tables)
    rest = set(depth) - tables
    assert {depth[name] for name in rest} >= {1, 2, 3}


def test_what_stands_beside_the_tables_of_bert_belongs_to_them(tmp_path: Path) -> None:
    model = model_of(tmp_path, "bert")
    assert {name.split(".")[1] for name in embeddings(model)} == {"embeddings"}
    assert "bert.embeddings.LayerNorm.weight" in embeddings(model)
    assert depths(model)["classifier.weight"] == depths(model)["bert.pooler.dense.weight"] == 0


def test_the_norm_after_the_last_block_is_no_embedding(tmp_path: Path) -> None:
    model = model_of(tmp_path, "gpt2")
    assert embeddings(model) == {"transformer.wte.weight", "transformer.wpe.weight"}
    assert depths(model)["transformer.ln_f.weight"] == 0


def test_layers_that_share_their_weights_are_one() -> None:
    assert [len(blocks) for blocks in stacks(family_model("seq2seq", share_layers=True))] == [1, 1]
    albert = AlbertModel(AlbertConfig(hidden_size=16, num_attention_heads=2, intermediate_size=16, vocab_size=20))
    assert [len(blocks) for blocks in stacks(albert)] == [1]


def test_a_model_that_is_no_list_of_blocks_has_no_stack(tmp_path: Path) -> None:
    model = AutoModel.from_pretrained(pretrained(tmp_path, "bert"))
    assert stacks(model.embeddings) == []
    assert set(depths(model.pooler).values()) == {0}
