"""Small tables that every task can learn something from in a second."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import torch
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertForQuestionAnswering, BertForSequenceClassification

from workbench.contracts.specs import Experiment
from workbench.data.prepare import prepare
from workbench.data.tokenizers import save_tokenizer
from workbench.runs.resolve import resolve

TASKS = (
    "text-classification", "multi-label", "regression", "pair-classification", "pair-regression", "token-classification",
    "question-answering", "seq2seq", "causal-lm", "masked-lm",
)  # fmt: skip
PAIRED = ("pair-classification", "pair-regression", "question-answering")


def write_table(folder: Path, task: str, *, rows: int = 80, seed: int = 0) -> Path:
    """A table for a task: colours and fruit, labelled by simple rules."""
    chance = random.Random(seed)
    words = ["red", "green", "blue", "apple", "pear", "plum", "big", "small"]
    path = folder / f"{task}.csv"

    def colours(some: list[str]) -> int:
        return sum(word in words[:3] for word in some)

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "goal", *(["other"] if task in PAIRED else [])])
        for _ in range(rows):
            picked = [chance.choice(words) for _ in range(chance.randint(2, 6))]
            text = " ".join(picked)
            others = [chance.choice(words) for _ in range(chance.randint(2, 4))] if task in PAIRED else []
            goal = {
                "text-classification": "fruit" if picked[0] in words[3:6] else "other",
                "multi-label": "; ".join(sorted({("colour", "fruit", "size")[words.index(word) // 3] for word in picked})),
                "pair-classification": "more" if colours(picked) > colours(others) else "no more",
                "pair-regression": f"{100 + 10 * (colours(picked) + colours(others))}",
                "question-answering": picked[-1],
                "regression": f"{100 + 10 * colours(picked)}",
                "token-classification": " ".join("B-COL" if word in words[:3] else "O" for word in picked),
                "seq2seq": " ".join(reversed(picked)),
            }.get(task, "")
            if task == "question-answering":
                writer.writerow(["which is last ?", goal, text])
            else:
                writer.writerow([text, goal, " ".join(others)] if task in PAIRED else [text, goal])
    return path


def bert_for(task: str, table: Path, folder: Path) -> Path:
    """A folder with a tiny random BERT that knows the words of a table, in BERT's own frame."""
    tokenizer = prepare(tiny(table, task).data).tokenizer
    ids = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ids
    )  # fmt: skip
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=32,
    )  # fmt: skip
    torch.manual_seed(0)
    kind = BertForQuestionAnswering if task == "question-answering" else BertForSequenceClassification
    kind(config).save_pretrained(folder / "bert")
    save_tokenizer(tokenizer, folder / "bert")
    return folder / "bert"


def tiny(table: Path, task: str, *, model: dict[str, object] | None = None, **train: object) -> Experiment:
    """A complete experiment of the smallest useful size."""
    target = None if task.endswith("-lm") else "goal"
    pair = {"pair": "other"} if task in PAIRED else {}
    data = {"table": str(table), "task": task, **pair, "text": "source", "validation": 0.2, "vocab_size": 60, "tokenizer": "word"}
    return resolve(
        {
            "data": data | ({"target": target} if target else {}) | ({"max_length": 12} if task == "causal-lm" else {}),
            "model": {"layers": 1, "heads": 2, "d_model": 16, "dropout": 0.1, **(model or {})},
            "train": {"epochs": 3, "batch_size": 8, "evaluations": 3, "threads": 1, "device": "cpu", **train},
        },
        preset="tiny",
    )
