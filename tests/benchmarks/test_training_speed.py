"""Real tokens a second beside the Hugging Face Trainer: same table, shape, batch size and epochs, in one process.

python -m pytest -m benchmark tests/benchmarks/test_training_speed.py -s
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.utils.data import Dataset
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, Trainer, TrainingArguments
from transformers.data import DataCollatorWithPadding

from workbench.contracts.events import Step
from workbench.data.prepare import Prepared, prepare
from workbench.data.tokenizers import special_ids
from workbench.engine.config import config_from_spec
from workbench.engine.model import build_model
from workbench.engine.tasks import build_task
from workbench.engine.training import Training
from workbench.runs.resolve import resolve

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200), pytest.mark.filterwarnings("ignore")]

EPOCHS, ROUNDS = 1, 3


class Rows(Dataset[dict[str, Any]]):
    """The examples as the Trainer wants them."""

    def __init__(self, prepared: Prepared) -> None:
        labels = prepared.train.labels
        assert labels is not None
        self.rows = [{"input_ids": ids.tolist(), "labels": int(labels[i])} for i, ids in enumerate(prepared.train.inputs)]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self.rows[index]


def ours(prepared: Prepared, experiment: Any, folder: Path) -> float:
    """Tokens a second of our loop, padding not counted."""
    task = build_task(prepared.task, special_ids(prepared.tokenizer), prepared.labels)
    config = config_from_spec(
        experiment.model, task=task.name, vocab_size=prepared.tokenizer.get_vocab_size(), max_length=128, labels=prepared.labels
    )
    torch.manual_seed(0)
    training = Training(build_model(task.name, config), task, prepared, experiment.train, folder)
    steps = [event for event in training.events() if isinstance(event, Step)]
    return sum(step.tokens for step in steps) / steps[-1].seconds


def theirs(prepared: Prepared, experiment: Any, folder: Path, sampling: str) -> float:
    """Tokens a second of the Trainer over a BERT of the same shape."""
    shape = experiment.model
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=prepared.tokenizer.get_vocab_size(),
        hidden_size=shape.d_model,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=4 * shape.d_model,
        num_labels=len(prepared.labels),
        max_position_embeddings=128,
        pad_token_id=0,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=shape.dropout,
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=prepared.tokenizer, pad_token="[PAD]")
    arguments = TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=experiment.train.batch_size,
        num_train_epochs=EPOCHS,
        learning_rate=experiment.train.learning_rate,
        max_grad_norm=1.0,
        train_sampling_strategy=sampling,
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        use_cpu=True,
    )
    model = BertForSequenceClassification(config)
    rows = Rows(prepared)
    trainer = Trainer(model=model, args=arguments, train_dataset=rows, data_collator=DataCollatorWithPadding(tokenizer))
    torch.set_num_threads(1)
    began = time.perf_counter()
    trainer.train()
    return EPOCHS * int(prepared.train.inputs.lengths.sum()) / (time.perf_counter() - began)


def test_tokens_a_second_beside_the_trainer(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {
        "data": {"table": str(real_data / "A_banking77" / "train.csv")},
        "train": {"epochs": EPOCHS, "evaluations": 1, "checkpoints": 1, "threads": 1, "device": "cpu", "token_dropout": 0.0},
    }
    experiment = resolve(given, preset="small")
    prepared = prepare(experiment.data)
    results: dict[str, list[float]] = {"ours": [], "random": [], "group_by_length": []}
    for number in range(ROUNDS):
        results["ours"].append(ours(prepared, experiment, tmp_path / f"ours{number}"))
        for sampling in ("random", "group_by_length"):
            results[sampling].append(theirs(prepared, experiment, tmp_path / f"{sampling}{number}", sampling))
    medians = {name: sorted(speeds)[ROUNDS // 2] for name, speeds in results.items()}
    with capsys.disabled():
        print(f"\ntokens/s, median of {ROUNDS} rounds in turn, one thread: " + str({k: round(v) for k, v in medians.items()}))
        print(f"ratios: {medians['ours'] / medians['random']:.2f}, {medians['ours'] / medians['group_by_length']:.2f}")
    assert medians["ours"] >= 3 * medians["random"]
    assert medians["ours"] >= 1.15 * medians["group_by_length"]
