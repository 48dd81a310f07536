"""A trained model with all it takes to use it: from a run folder, or from a model folder alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.recipe import Recipe
from workbench.data.tokenizers import load_tokenizer, special_ids
from workbench.engine import checkpoints
from workbench.engine.loading import class_of, load_model
from workbench.engine.tasks import Task, build_task
from workbench.runs.folder import RunFolder

TASK_OF_HEAD = {
    "ForSequenceClassification": "text-classification",
    "ForTokenClassification": "token-classification",
    "ForMaskedLM": "masked-lm",
    "ForCausalLM": "causal-lm",
    "ForConditionalGeneration": "seq2seq",
}


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A model ready to read."""

    path: Path
    model: PreTrainedModel
    task: Task
    recipe: Recipe


def open_trained(path: Path) -> Opened:
    """Open a run, or a folder with a model and its tokenizer.

    Raises:
        WorkbenchError: there is no model, or it cannot be used.
    """
    run = RunFolder(path)
    is_run = run.experiment_file.is_file()
    folder = run.model if is_run else path
    if not (folder / "config.json").is_file():
        what = "this run has no model yet" if is_run else "there is no run and no model in this folder"
        raise WorkbenchError(
            what, where=str(path), mend="Finish it with `resume`." if is_run else "Give a folder that `train` made."
        )
    model = load_model(folder)
    model.eval()
    name = _task_of(model, folder)
    names = {int(i): str(label) for i, label in (model.config.id2label or {}).items()}
    labels = tuple(names[i] for i in sorted(names)) if name.endswith("-classification") else ()
    data = run.experiment().data if is_run else DataSpec(task=name, max_length=_max_length(folder, model))
    tokenizer = load_tokenizer(folder)
    recipe = Recipe(task=name, data=replace(data, test=None), tokenizer=tokenizer, labels=labels)
    return Opened(path=path, model=model, task=build_task(name, special_ids(tokenizer), labels), recipe=recipe)


def _task_of(model: PreTrainedModel, folder: Path) -> str:
    if getattr(model.config, "problem_type", None) == "regression":
        return "regression"
    for ending, name in TASK_OF_HEAD.items():
        if type(model).__name__.endswith(ending):
            return name
    raise WorkbenchError(
        f"{type(model).__name__} answers no question this program knows", where=str(folder), mend="Use a model with a task head."
    )


def _max_length(folder: Path, model: PreTrainedModel) -> int:
    """What the tokenizer's settings say, else what the model has positions for."""
    try:
        stated = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))["model_max_length"]
        if isinstance(stated, int) and 2 <= stated <= 65_536:
            return stated
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return int(getattr(model.config, "max_position_embeddings", 512))


@dataclass(frozen=True, kw_only=True)
class Looking:
    """A model ready to be looked into, with a task or without."""

    path: Path
    model: PreTrainedModel
    tokenizer: Tokenizer
    recipe: Recipe | None = None
    """How a run of this program encodes; None for a model from elsewhere, whose tokenizer knows it all."""
    longest: int | None = None
    """Most tokens it reads; None where it does not say."""
    remarks: tuple[str, ...] = ()
    """What a person should know of how it was opened."""
    sha256: str = ""
    """Of its weights; nothing while they are still learned."""
    step: int | None = None
    """Of a run that is not over: which step these weights are from."""


def open_for_looking(path: Path) -> Looking:
    """A run, or any folder with a model and its tokenizer.

    Raises:
        WorkbenchError: there is no model, or it cannot be used.
    """
    run = RunFolder(path)
    if run.experiment_file.is_file():
        model, step = (load_model(run.model), None) if (run.model / "config.json").is_file() else _unfinished(run)
        tokenizer = load_tokenizer(run.model if step is None else run.architecture)
        data = run.experiment().data
        recipe = Recipe(task=_task_of(model, path), data=replace(data, test=None), tokenizer=tokenizer)
        return Looking(
            path=path, model=model, tokenizer=tokenizer, recipe=recipe, longest=data.max_length, sha256=digest_of(path), step=step
        )
    model = load_model(path)
    return Looking(
        path=path, model=model, tokenizer=load_tokenizer(path), longest=_max_length(path, model), sha256=digest_of(path)
    )


def _unfinished(run: RunFolder) -> tuple[PreTrainedModel, int]:
    """The model of a run that is not over, with its latest whole weights, and their step."""
    found = checkpoints.newest_weights(run.checkpoints) if (run.architecture / "config.json").is_file() else None
    if found is None:
        raise WorkbenchError(
            "this run has no weights yet", where=str(run.path), mend="Wait for its first checkpoint, or finish it with `resume`."
        )
    weights, step = found
    made: Any = class_of(run.architecture)  # Any: a class of models, made from its config
    model: PreTrainedModel = made(made.config_class.from_pretrained(run.architecture))
    checkpoints.restore(model, weights)
    return model.eval(), step


def digest_of(path: Path) -> str:
    """SHA-256 of a model's weights, of a run or a folder; nothing where there are none."""
    weights = next((p for p in (path / "model" / "model.safetensors", path / "model.safetensors") if p.is_file()), None)
    if weights is None:
        return ""
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
