"""A folder of unknown origin: what may be opened to look at, and what is refused in which words."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertForMaskedLM, BertModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine.looking import load_for_looking

WIDTHS = {"vocab_size": 40, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A BERT without a task head."""
    torch.manual_seed(0)
    BertModel(BertConfig(**WIDTHS)).save_pretrained(tmp_path / "bert")
    return tmp_path / "bert"


def change_config(folder: Path, **fields: Any) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **fields}), encoding="utf-8")


def change_weights(folder: Path, change: Any) -> None:
    weights = load_file(folder / "model.safetensors")
    change(weights)
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def test_a_base_model_is_opened_as_it_was_saved(folder: Path) -> None:
    model, remarks = load_for_looking(folder)
    assert type(model) is BertModel
    assert not model.training
    assert remarks == ()
    torch.testing.assert_close(model.state_dict(), load_file(folder / "model.safetensors"), rtol=0, atol=0)


def test_a_config_without_an_architecture_opens_without_a_head(folder: Path) -> None:
    change_config(folder, architectures=None)
    assert type(load_for_looking(folder)[0]) is BertModel


def test_a_missing_pooler_and_a_head_left_over_are_forgiven_and_said(folder: Path) -> None:
    def change(weights: dict[str, torch.Tensor]) -> None:
        del weights["pooler.dense.weight"]
        weights["cls.predictions.bias"] = torch.zeros(40)
        weights["embeddings.position_ids"] = torch.arange(512)[None]

    change_weights(folder, change)
    _, (new, left) = load_for_looking(folder)
    assert "pooler.dense.weight" in new
    assert "random" in new
    assert "cls.predictions.bias" in left
    assert "position_ids" not in left  # older versions saved them, nobody misses them


def test_a_missing_task_head_is_forgiven_and_said(folder: Path) -> None:
    change_config(folder, architectures=["BertForMaskedLM"])
    model, remarks = load_for_looking(folder)
    assert type(model) is BertForMaskedLM
    assert "no weights for" in remarks[0]
    assert "cls.predictions" in remarks[0]


@pytest.mark.parametrize("prefix", ["", "bert."])
def test_weights_that_attention_needs_are_never_forgiven(folder: Path, prefix: str) -> None:
    if prefix:
        torch.manual_seed(0)
        BertForMaskedLM(BertConfig(**WIDTHS)).save_pretrained(folder)
    change_weights(folder, lambda weights: weights.pop(f"{prefix}encoder.layer.1.attention.self.query.weight"))
    with pytest.raises(WorkbenchError, match=r"weights are missing: .*encoder\.layer\.1\.attention\.self\.query\.weight"):
        load_for_looking(folder)


def test_a_layer_too_many_is_never_forgiven(folder: Path) -> None:
    change_config(folder, num_hidden_layers=1)
    with pytest.raises(WorkbenchError, match=r"left over that config\.json has no place for: .*encoder\.layer\.1"):
        load_for_looking(folder)


def test_a_weight_of_another_shape_is_named_with_both_shapes(folder: Path) -> None:
    change_weights(folder, lambda weights: weights.update({"embeddings.word_embeddings.weight": torch.zeros(7, 16)}))
    with pytest.raises(WorkbenchError, match=r"word_embeddings\.weight has another shape: \(7, 16\) in the file, \(40, 16\) by"):
        load_for_looking(folder)


def test_missing_files_are_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="there is no model here"):
        load_for_looking(tmp_path)
    (folder / "model.safetensors").unlink()
    with pytest.raises(WorkbenchError, match="there are no weights"):
        load_for_looking(folder)


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("exploded"),)


def test_a_pickle_is_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(WorkbenchError, match=r"pickled \(pytorch_model\.bin\)"):
        load_for_looking(folder)
    assert not (tmp_path / "exploded").exists()


def test_a_program_in_the_folder_is_not_run(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (folder / "modeling_own.py").write_text("from pathlib import Path\nPath('exploded').touch()\n", encoding="utf-8")
    change_config(folder, auto_map={"AutoModel": "modeling_own.Own"})
    model, remarks = load_for_looking(folder)
    assert type(model) is BertModel
    assert "not run" in remarks[0]
    change_config(folder, architectures=["Own"], model_type="own")
    with pytest.raises(WorkbenchError, match=r"'Own' is not known.*never run"):
        load_for_looking(folder)
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json", "generation_config.json"])
def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    path, outside = folder / name, tmp_path / "outside"
    outside.write_bytes(path.read_bytes() if path.exists() else b"{}")
    path.unlink(missing_ok=True)
    path.symlink_to(outside)
    with pytest.raises(WorkbenchError, match="a link to a file outside") as error:
        load_for_looking(folder)
    assert error.value.where == str(path)


def test_the_links_of_the_hubs_cache_are_followed(folder: Path, tmp_path: Path) -> None:
    snapshot, blobs = tmp_path / "models--a--b" / "snapshots" / "0", tmp_path / "models--a--b" / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    for path in folder.iterdir():
        path.rename(blobs / path.name)
        (snapshot / path.name).symlink_to(blobs / path.name)
    assert load_for_looking(snapshot)[1] == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("backbone", "/etc/model"), ("backbone", "../other"), ("encoder", {"weights": "C:\\models\\other"}),
        ("vision", ["a", "https://example.org/model"]), ("text", "~/model"), ("text", "a/../../b"),
    ],
)  # fmt: skip
def test_a_config_that_points_outside_is_refused(folder: Path, field: str, value: Any) -> None:
    change_config(folder, **{field: value})
    with pytest.raises(WorkbenchError, match=f"{field}.* points outside this folder"):
        load_for_looking(folder)


def test_where_a_model_came_from_is_not_followed_and_not_refused(folder: Path) -> None:
    change_config(folder, _name_or_path="/home/someone/model", id2label={"0": "../up", "1": "/"})
    assert load_for_looking(folder)[1] == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"use_pretrained_backbone": True}, "asks for another model"),
        ({"attn_implementation": "kernels-community/attention"}, "names a program to be fetched"),
    ],
)
def test_what_a_config_would_fetch_is_refused(folder: Path, fields: dict[str, Any], words: str) -> None:
    change_config(folder, **fields)
    with pytest.raises(WorkbenchError, match=words):
        load_for_looking(folder)


def test_an_adapter_is_refused(folder: Path) -> None:
    (folder / "adapter_config.json").write_text('{"base_model_name_or_path": "/elsewhere"}', encoding="utf-8")
    with pytest.raises(WorkbenchError, match="holds an adapter") as error:
        load_for_looking(folder)
    assert "merge_and_unload" in error.value.mend


def test_parts_of_the_weights_stay_in_the_folder(folder: Path) -> None:
    BertModel(BertConfig(**WIDTHS)).save_pretrained(folder, max_shard_size="4KB")
    (folder / "model.safetensors").unlink(missing_ok=True)
    assert load_for_looking(folder)[1] == ()
    index = folder / "model.safetensors.index.json"
    said = json.loads(index.read_text(encoding="utf-8"))
    part = sorted(folder.glob("model-*.safetensors"))[0]
    part.rename(folder.parent / part.name)
    with pytest.raises(WorkbenchError, match="this part of the weights is missing") as error:
        load_for_looking(folder)
    assert error.value.where == str(part)
    said["weight_map"] = dict.fromkeys(said["weight_map"], f"../{part.name}")
    index.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(WorkbenchError, match="points outside this folder"):
        load_for_looking(folder)


@pytest.mark.parametrize(
    "content",
    ["{", "[]", "[" * 100_000, '{"a": "\udcff"', ""],
)
def test_a_broken_config_is_named(folder: Path, content: str) -> None:
    (folder / "config.json").write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(WorkbenchError, match="this is not a model's config") as error:
        load_for_looking(folder)
    assert error.value.where == str(folder / "config.json")
