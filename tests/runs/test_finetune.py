"""Fine-tuning in part, by layers and in balance: resumed bit for bit, saved as plain models, estimated and looked into."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoModelForSequenceClassification

from tests.pretrained import pretrained
from tests.runs.test_execute import drain, same, stopped_at, weights
from tests.tables import write_table
from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.events import Evaluated, Step
from workbench.contracts.specs import Experiment
from workbench.engine.checkpoints import steps
from workbench.runs.estimate import estimate
from workbench.runs.execute import resume, start
from workbench.runs.looking import open_for_looking
from workbench.runs.predict import predict_text
from workbench.runs.resolve import resolve

AUTO = {
    "text-classification": AutoModelForSequenceClassification, "causal-lm": AutoModelForCausalLM, "seq2seq": AutoModelForSeq2SeqLM
}  # fmt: skip
CASES = [
    ("bert", "text-classification", {"lora_rank": 2, "lora_dropout": 0.1}, {}),
    ("bert", "text-classification", {"freeze_below": 2}, {"class_balance": "resample"}),
    ("bert", "token-classification", {}, {"class_balance": "weights", "layer_decay": 0.8}),
    ("gpt2", "causal-lm", {"lora_rank": 2, "freeze_below": 1}, {"gradient_checkpointing": True}),
    ("t5", "seq2seq", {"lora_rank": 2}, {"accumulation": 2}),
    ("t5", "seq2seq", {"freeze_below": 1}, {"layer_decay": 0.9}),
    ("workbench", "text-classification", {"freeze_below": 0}, {"class_balance": "weights", "layer_decay": 0.7}),
    ("workbench", "text-classification", {"lora_rank": 1}, {"label_smoothing": 0.1, "patience": 2, "evaluations": 9}),
]


def experiment_of(folder: Path, kind: str, task: str, model: dict[str, Any], train: dict[str, Any]) -> Experiment:
    path = pretrained(folder, kind)
    data = {"table": str(write_table(folder, task)), "task": task, "text": "source", "validation": 0.2}
    return resolve(
        {
            "data": data | ({} if task.endswith("-lm") else {"target": "goal"}) | ({"max_length": 12} if "lm" in task else {}),
            "model": {"model": str(path), **model},
            "train": {"epochs": 3, "batch_size": 8, "evaluations": 3, "learning_rate": 3e-3, "device": "cpu", "threads": 1}
            | train,
        }
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "task", "model", "train"), CASES)
def test_a_stopped_run_resumes_to_the_same_weights_and_the_model_is_a_plain_one(
    kind: str, task: str, model: dict[str, Any], train: dict[str, Any], tmp_path: Path
) -> None:
    experiment = experiment_of(tmp_path, kind, task, model, train)
    _, whole = drain(start(experiment, tmp_path / "whole"))
    assert stopped_at(experiment, tmp_path / "parts", 4)["stopped"] == "asked"
    _, report = drain(resume(tmp_path / "parts"))
    assert report["metrics"] == whole["metrics"]
    assert same(tmp_path / "whole", tmp_path / "parts")
    assert predict_text(tmp_path / "whole", "red apple").confidence is not None
    if task in AUTO:
        _, info = AUTO[task].from_pretrained(tmp_path / "whole" / "model", output_loading_info=True)
        assert not info["missing_keys"] and not info["unexpected_keys"]  # noqa: PT018


def test_what_is_scored_is_what_is_saved(tmp_path: Path) -> None:
    experiment = experiment_of(tmp_path, "bert", "text-classification", {"lora_rank": 2}, {})
    said, report = drain(start(experiment, tmp_path / "run"))
    best = max(event.metrics["accuracy"] for event in said if isinstance(event, Evaluated))
    assert report["metrics"]["validation"]["accuracy"] == best


@pytest.mark.parametrize("model", [{"lora_rank": 2}, {"freeze_below": 2}])
def test_a_checkpoint_holds_what_is_learned_and_can_be_looked_into(model: dict[str, Any], tmp_path: Path) -> None:
    experiment = experiment_of(tmp_path, "bert", "text-classification", model, {})
    stopped_at(experiment, tmp_path / "run", 4)
    shutil.rmtree(tmp_path / "run" / "model")  # as if it were not over
    newest = steps(tmp_path / "run" / "checkpoints")[-1]
    with safe_open(newest / "model.safetensors", framework="pt") as file:
        names = set(file.keys())
    assert "classifier.weight" in names
    assert not any("embeddings.word" in name for name in names)
    assert open_for_looking(tmp_path / "run").step == 4


def test_another_pretrained_model_is_not_taken_for_the_one_a_run_began_with(tmp_path: Path) -> None:
    experiment = experiment_of(tmp_path, "bert", "text-classification", {"lora_rank": 2}, {})
    stopped_at(experiment, tmp_path / "run", 4)
    changed = load_file(tmp_path / "bert" / "model.safetensors")
    changed["bert.encoder.layer.1.output.dense.weight"][0, 0] += 1
    save_file(changed, tmp_path / "bert" / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(WorkbenchError, match="not the one this run began with"):
        drain(resume(tmp_path / "run"))


@pytest.mark.parametrize(("kind", "task", "model", "train"), [CASES[0], CASES[1], CASES[4]])
def test_its_cost_is_measured_before(
    kind: str, task: str, model: dict[str, Any], train: dict[str, Any], tmp_path: Path
) -> None:  # fmt: skip
    experiment = experiment_of(tmp_path, kind, task, model, train)
    found = estimate(experiment)
    said, _ = drain(start(experiment, tmp_path / "run"))
    assert found.steps == sum(isinstance(event, Step) for event in said)
    assert 0 < found.weight_bytes < found.training_bytes


def test_lower_layers_move_less_where_their_rate_is_a_share(tmp_path: Path) -> None:
    experiment = experiment_of(tmp_path, "bert", "text-classification", {}, {"layer_decay": 0.1, "weight_decay": 0.0})
    drain(start(experiment, tmp_path / "run"))
    moved = []
    before, after = load_file(tmp_path / "bert" / "model.safetensors"), weights(tmp_path / "run")
    for layer in range(3):
        name = f"bert.encoder.layer.{layer}.output.dense.weight"
        moved.append(float((before[name] - after[name]).abs().mean()))
    assert moved[0] < moved[1] / 5 < moved[2] / 25


@pytest.mark.parametrize("balance", ["weights", "resample"])
def test_a_rare_class_is_found_where_it_is_balanced(balance: str, tmp_path: Path) -> None:
    table = tmp_path / "rare.csv"
    rows = [f"red apple {i},often" for i in range(380)] + [f"red pear {i},{'often' if i % 4 else 'rare'}" for i in range(40)]
    table.write_text("text,label\n" + "\n".join(rows) + "\n")
    recalls = {}
    for choice in ("none", balance):
        given = {
            "data": {"table": str(table), "validation": 0.4, "tokenizer": "word", "vocab_size": 8},  # the numbers are unknown
            "train": {"class_balance": choice, "epochs": 20, "device": "cpu", "threads": 1},
        }
        _, report = drain(start(resolve(given, preset="tiny"), tmp_path / choice))
        recalls[choice] = report["metrics"]["validation"]["per_class"]["rare"]["recall"]
    assert recalls["none"] == 0
    assert recalls[balance] == 1


def test_settings_that_cannot_be_are_named() -> None:
    with pytest.raises(SpecError, match=r"model.lora_rank = 4: needs a pretrained model"):
        Experiment.from_dict({"model": {"lora_rank": 4}})
    with pytest.raises(SpecError, match=r"class_balance = 'resample': must be none for the task seq2seq"):
        Experiment.from_dict({"data": {"task": "seq2seq"}, "train": {"class_balance": "resample"}})


def test_every_seed_gives_lora_its_own_beginning(tmp_path: Path) -> None:
    found = Counter()
    for seed in (0, 0, 1):
        experiment = experiment_of(tmp_path, "bert", "text-classification", {"lora_rank": 2}, {"seed": seed, "max_steps": 1})
        said, _ = drain(start(experiment, tmp_path / f"run{sum(found.values())}"))
        found[next(event.gradient_norm for event in said if isinstance(event, Step))] += 1
    assert sorted(found.values()) == [1, 2]
