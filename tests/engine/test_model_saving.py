"""Folders of the family: what is saved is what is opened, by the Auto classes and by `load_model`, or an error says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModel, AutoTokenizer, PreTrainedTokenizerFast

from tests.engine.tiny_family import POSITIONS, TASKS, VOCABULARY, family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.config import WorkbenchConfig
from workbench.engine.loading import load_model
from workbench.engine.model import WorkbenchModel

AUTO = {
    "text-classification": transformers.AutoModelForSequenceClassification,
    "regression": transformers.AutoModelForSequenceClassification,
    "token-classification": transformers.AutoModelForTokenClassification,
    "masked-lm": transformers.AutoModelForMaskedLM,
    "causal-lm": transformers.AutoModelForCausalLM,
    "seq2seq": transformers.AutoModelForSeq2SeqLM,
}


@pytest.mark.parametrize("share_layers", [True, False])
@pytest.mark.parametrize("tie_embeddings", [True, False])
@pytest.mark.parametrize("task", TASKS)
def test_a_saved_model_opens_as_it_was(task: str, tie_embeddings: bool, share_layers: bool, tmp_path: Path) -> None:
    model, inputs = family_model(task, tie_embeddings=tie_embeddings, share_layers=share_layers), family_batch(task)
    model.save_pretrained(tmp_path)
    with torch.no_grad():
        logits = model(**inputs).logits
        for opened in (AUTO[task].from_pretrained(tmp_path), load_model(tmp_path)):
            assert type(opened) is type(model)
            assert not opened.training
            state = opened.state_dict()
            assert all(torch.equal(value, state[name]) for name, value in model.state_dict().items())
            assert opened.num_parameters() == model.num_parameters(), "tied weights are counted once"
            torch.testing.assert_close(opened(**inputs).logits, logits)
        assert torch.equal(opened(**inputs).logits, logits), "load_model gives the same to the last bit"
    base = AutoModel.from_pretrained(tmp_path)
    assert type(base) is WorkbenchModel


@pytest.mark.parametrize("positions", POSITIONS)
def test_every_position_scheme_is_saved_whole(positions: str, tmp_path: Path) -> None:
    model, inputs = family_model("seq2seq", positions=positions), family_batch("seq2seq")
    model.save_pretrained(tmp_path)
    with torch.no_grad():
        assert torch.equal(load_model(tmp_path)(**inputs).logits, model(**inputs).logits)


@pytest.mark.parametrize("task", ["masked-lm", "causal-lm", "seq2seq"])
def test_tied_weights_are_one_matrix_and_stay_so(task: str, tmp_path: Path) -> None:
    family_model(task).save_pretrained(tmp_path)
    opened = load_model(tmp_path)
    matrix = opened.get_input_embeddings().weight
    assert opened.lm_head.weight is matrix
    if task == "seq2seq":
        assert opened.model.decoder.embed_tokens.weight is matrix
    untied = family_model(task, tie_embeddings=False)
    assert untied.lm_head.weight is not untied.get_input_embeddings().weight
    opened.resize_token_embeddings(VOCABULARY + 3)
    assert opened.lm_head.weight is opened.get_input_embeddings().weight
    assert opened(**family_batch(task)).logits.shape[-1] == VOCABULARY + 3


def test_the_config_keeps_what_it_was_given(tmp_path: Path) -> None:
    config = family_model("text-classification", positions="alibi", norm="rmsnorm", pooling="max").config
    config.save_pretrained(tmp_path)
    opened = AutoConfig.from_pretrained(tmp_path)
    assert type(opened) is WorkbenchConfig
    assert opened.id2label == {0: "a", 1: "b", 2: "c"}
    for name in ("layout", "positions", "norm", "pooling", "hidden_size", "residual", "scale", "problem_type", "mask_token_id"):
        assert getattr(opened, name) == getattr(config, name)


def test_a_tokenizer_beside_the_model_opens(tmp_path: Path) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = {"[PAD]": 0, "[UNK]": 1, "[BOS]": 2, "[EOS]": 3, "[MASK]": 4, "good": 5, "bad": 6}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    family_model("text-classification").save_pretrained(tmp_path)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(tmp_path)
    opened = AutoTokenizer.from_pretrained(tmp_path)
    assert opened("good ugly bad")["input_ids"] == [5, 1, 6]
    batch = opened(["good", "bad good"], padding=True, return_tensors="pt")
    assert load_model(tmp_path)(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits.shape == (2, 3)


def edit_weights(change: Callable[[dict[str, torch.Tensor]], object]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        weights = load_file(folder / "model.safetensors")
        change(weights)
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})

    return edit


def edit_config(**changes: object) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        content = json.loads((folder / "config.json").read_text("utf-8")) | changes
        (folder / "config.json").write_text(json.dumps({k: v for k, v in content.items() if v is not None}), "utf-8")

    return edit


def cut(name: str, keep: float) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: int(len(content) * keep)])

    return edit


def pickle_instead(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")


def nest(folder: Path) -> None:
    (folder / "config.json").write_text("[" * 100_000, "utf-8")


NORM = "model.encoder.norm.weight"


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (edit_weights(lambda w: w.pop(NORM)), f"missing {NORM}"),
        (edit_weights(lambda w: w.pop("classifier.weight")), "missing classifier.weight"),
        (edit_weights(lambda w: w.update(extra=torch.ones(2))), "left over extra"),
        (edit_weights(lambda w: w.update({NORM: torch.ones(7)})), f"of another shape {NORM}"),
        (edit_weights(lambda w: w.clear()), "missing .* more"),
        (edit_config(num_hidden_layers=3), "missing model.encoder.layers.2"),
        (edit_config(num_hidden_layers=1), "left over model.encoder.layers.1"),
        (edit_config(hidden_size=64), "of another shape"),
        (edit_config(positions="rotary"), "left over model.encoder.embed_positions"),
        (edit_config(hidden_size="wide"), "cannot be opened"),
        (edit_config(hidden_size=33), "multiple of"),
        (edit_config(layout="decoder"), "needs the layout encoder"),
        (edit_config(positions="gps"), "must be one of"),
        (edit_config(architectures=["WorkbenchForSecrets"]), "not known"),
        (edit_config(architectures=["torch"]), "not known"),
        (edit_config(architectures=None), "names no architecture"),
        (edit_config(architectures=[3]), "names no architecture"),
        (edit_config(model_type="no-such-type"), "not known"),
        (edit_config(model_type=None), "not known"),
        (cut("model.safetensors", 0.5), "cannot be opened"),
        (cut("model.safetensors", 0.0), "cannot be opened"),
        (cut("config.json", 0.5), "not a model's config"),
        (nest, "not a model's config"),
        (lambda folder: (folder / "config.json").write_bytes(b"\xff\xfe\x00"), "not a model's config"),
        (lambda folder: (folder / "config.json").unlink(), "no model here"),
        (lambda folder: (folder / "model.safetensors").unlink(), "no weights"),
        (pickle_instead, "pickled"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_folder_is_refused(damage: Callable[[Path], None], says: str, tmp_path: Path) -> None:
    family_model("text-classification").save_pretrained(tmp_path)
    load_model(tmp_path)
    damage(tmp_path)
    with pytest.raises(WorkbenchError, match=says) as caught:
        load_model(tmp_path)
    assert str(tmp_path) in caught.value.where
    assert caught.value.mend


def test_code_in_a_folder_is_not_run(tmp_path: Path) -> None:
    family_model("text-classification").save_pretrained(tmp_path)
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Evil: pass\n", "utf-8")
    edit_config(auto_map={"AutoConfig": "evil.Evil", "AutoModelForSequenceClassification": "evil.Evil"})(tmp_path)
    assert type(load_model(tmp_path)).__name__ == "WorkbenchForSequenceClassification"
    edit_config(model_type="evil", architectures=["Evil"])(tmp_path)
    with pytest.raises(WorkbenchError, match="not known"):
        load_model(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_a_model_of_transformers_own_opens_the_same_way(tmp_path: Path) -> None:
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32, "vocab_size": 30}
    model = transformers.BertForSequenceClassification(transformers.BertConfig(**shape)).eval()
    model.save_pretrained(tmp_path)
    ids = torch.tensor([[1, 2, 3]])
    with torch.no_grad():
        assert torch.equal(load_model(tmp_path)(ids).logits, model(ids).logits)
    edit_weights(lambda w: w.pop("classifier.weight"))(tmp_path)
    with pytest.raises(WorkbenchError, match=r"missing classifier\.weight"):
        load_model(tmp_path)
