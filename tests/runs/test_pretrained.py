from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForMaskedLM

from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.data.prepare import prepare
from workbench.data.tokenizers import save_tokenizer
from workbench.engine.pretrained import model_folder
from workbench.runs.execute import start
from workbench.runs.predict import predict_text
from workbench.runs.resolve import resolve


def test_a_run_of_the_family_goes_on_as_another_task(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    drain(start(tiny(table, "masked-lm"), tmp_path / "lm"))
    given = {
        "data": {"table": str(table)},
        "model": {"model": str(tmp_path / "lm" / "model")},
        "train": {"epochs": 2, "device": "cpu", "threads": 1},
    }
    experiment = resolve(given)
    assert experiment.train.learning_rate == 1e-3  # recommended for a tiny model
    _, report = drain(start(experiment, tmp_path / "run"))
    assert report["task"] == "text-classification"
    before, after = ((tmp_path / run / "model" / "tokenizer.json").read_text(encoding="utf-8") for run in ("lm", "run"))
    assert json.loads(before)["model"] == json.loads(after)["model"]
    assert predict_text(tmp_path / "run", "apple red").text in ("fruit", "other")


@pytest.fixture
def bert(tmp_path: Path) -> Path:
    """A BERT of the smallest size, with a tokenizer, as a folder."""
    prepared = prepare(tiny(write_table(tmp_path, "masked-lm"), "masked-lm").data)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=prepared.tokenizer.get_vocab_size(), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=32,
    )  # fmt: skip
    BertForMaskedLM(config).save_pretrained(tmp_path / "bert")
    save_tokenizer(prepared.tokenizer, tmp_path / "bert")
    return tmp_path / "bert"


@pytest.mark.parametrize("task", ["text-classification", "regression", "token-classification", "masked-lm"])
def test_a_bert_folder_is_fine_tuned_and_predicts(bert: Path, task: str, tmp_path: Path) -> None:
    table = write_table(tmp_path, task)
    data = {"table": str(table), "task": task, "text": "source"} | ({} if task == "masked-lm" else {"target": "goal"})
    given = {"data": data, "model": {"model": str(bert)}, "train": {"epochs": 1, "device": "cpu", "threads": 1}}
    _, report = drain(start(resolve(given), tmp_path / "run"))
    assert report["task"] == task
    assert predict_text(tmp_path / "run", "red apple").text


def test_a_text_longer_than_the_model_is_refused_before_training(bert: Path, tmp_path: Path) -> None:
    table = tmp_path / "long.csv"
    table.write_text("text,label\n" + "".join(f"{'red ' * 40}{i},{'ab'[i % 2]}\n" for i in range(40)))
    with pytest.raises(WorkbenchError, match="longer than the model's 32"):
        drain(start(resolve({"data": {"table": str(table), "max_length": 64}, "model": {"model": str(bert)}}), tmp_path / "run"))


def test_a_name_that_is_nowhere_is_a_clear_error_without_a_network() -> None:
    with pytest.raises(WorkbenchError, match="no such folder"):
        model_folder("nobody/nothing")
    with pytest.raises(WorkbenchError, match="no such folder"):
        model_folder("not a name ??")
