"""A trained model with all it takes to use it: from a run folder, or from a model folder alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import TASKS, DataSpec
from workbench.data.prepare import NAMED
from workbench.data.recipe import Recipe
from workbench.data.tokenizers import load_tokenizer, special_ids
from workbench.engine.loading import load_model
from workbench.engine.pretrained import reads_types
from workbench.engine.tasks import Task, build_task
from workbench.runs.folder import RunFolder
from workbench.runs.seals import check_seal

OF_PAIRS = {"text-classification": "pair-classification", "regression": "pair-regression"}
"""What a model that read one text does where it reads two."""
TASK_OF_PROBLEM = {"regression": "regression", "multi_label_classification": "multi-label"}
TASK_OF_HEAD = {
    "ForSequenceClassification": "text-classification",
    "ForTokenClassification": "token-classification",
    "ForQuestionAnswering": "question-answering",
    "ForMaskedLM": "masked-lm",
    "ForCausalLM": "causal-lm",
    "LMHeadModel": "causal-lm",
    "ForConditionalGeneration": "seq2seq",
}

WRITTEN_AGAIN = "Go on with the run: `resume` writes it again from its checkpoints."
"""How a damaged model of a run is mended."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A model ready to read."""

    path: Path
    folder: Path
    """Where its weights, config and tokenizer lie."""
    model: PreTrainedModel
    task: Task
    recipe: Recipe


def open_trained(path: Path, *, paired: bool = False) -> Opened:
    """Open a run, or a folder with a model and its tokenizer.

    Args:
        path: Of the run or the folder.
        paired: It is to read two texts, where a folder from elsewhere does not say whether its model reads one or two.

    Raises:
        WorkbenchError: there is no model, or it cannot be used.
    """
    run, folder = RunFolder(path), model_folder(path)
    is_run = folder != path
    if not (folder / "config.json").is_file():
        what = "this run has no model yet" if is_run else "there is no run and no model in this folder"
        raise WorkbenchError(
            what, where=str(path), mend="Finish it with `resume`." if is_run else "Give a folder that `train` made."
        )
    check_seal(folder, mend=WRITTEN_AGAIN if is_run else "")
    model = load_model(folder)
    model.eval()
    name = task_of(model, folder)
    if paired and not is_run and told_task(model) is None:
        name = OF_PAIRS.get(name, name)
    names = {int(i): str(label) for i, label in (model.config.id2label or {}).items()}
    labels = tuple(names[i] for i in sorted(names)) if name in NAMED else ()
    data = run.experiment().data if is_run else DataSpec(task=name, max_length=max_length(folder, model))
    tokenizer = load_tokenizer(folder)
    recipe = Recipe(task=name, data=replace(data, test=None), tokenizer=tokenizer, labels=labels)
    task = build_task(name, special_ids(tokenizer), labels, types=reads_types(model))
    return Opened(path=path, folder=folder, model=model, task=task, recipe=recipe)


def told_task(model: PreTrainedModel) -> str | None:
    """The task a model of this program was trained for, as its config says."""
    told = getattr(model.config, "workbench_task", None)
    return told if told in TASKS else None


def model_folder(path: Path) -> Path:
    """Where the model of a run lies; a path that is no run is such a folder itself."""
    run = RunFolder(path)
    return run.model if run.experiment_file.is_file() else path


def task_of(model: PreTrainedModel, folder: Path) -> str:
    """What a model answers.

    Raises:
        WorkbenchError: nothing that is known.
    """
    told = told_task(model) or TASK_OF_PROBLEM.get(getattr(model.config, "problem_type", None) or "")
    if told is not None:
        return told
    for ending, name in TASK_OF_HEAD.items():
        if type(model).__name__.endswith(ending):
            return name
    raise WorkbenchError(
        f"{type(model).__name__} answers no question this program knows", where=str(folder), mend="Use a model with a task head."
    )


def max_length(folder: Path, model: PreTrainedModel) -> int:
    """What the tokenizer's settings say, else what the model has positions for."""
    try:
        stated = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))["model_max_length"]
        if isinstance(stated, int) and 2 <= stated <= 65_536:
            return stated
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return int(getattr(model.config, "max_position_embeddings", 512))


def digest_of(path: Path) -> str:
    """SHA-256 of a model's weights, of a run or a folder; nothing where there are none."""
    weights = next((p for p in (path / "model" / "model.safetensors", path / "model.safetensors") if p.is_file()), None)
    if weights is None:
        return ""
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
