"""Pretrained models behind the same door: a folder, or a hub name that becomes one."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

import transformers
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import ONE_NUMBER
from workbench.engine.config import PROBLEM_OF_TASK
from workbench.engine.hub import Progress, fetch

AUTO_OF_TASK = {
    "text-classification": "AutoModelForSequenceClassification",
    "multi-label": "AutoModelForSequenceClassification",
    "regression": "AutoModelForSequenceClassification",
    "pair-classification": "AutoModelForSequenceClassification",
    "pair-regression": "AutoModelForSequenceClassification",
    "question-answering": "AutoModelForQuestionAnswering",
    "token-classification": "AutoModelForTokenClassification",
    "masked-lm": "AutoModelForMaskedLM",
    "causal-lm": "AutoModelForCausalLM",
    "seq2seq": "AutoModelForSeq2SeqLM",
}


def model_folder(name: str, *, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False) -> Path:
    """The folder of a model: the one named, or the hub's, fetched into the hub's own cache.

    Args:
        name: A folder, or a name on the hub.
        progress: Hears how many bytes are there, of how many.
        cancelled: Whether to stop fetching.

    Raises:
        Cancelled: it was stopped.
        WorkbenchError: there is no such folder, and no such model can be fetched.
    """
    return Path(name).resolve() if Path(name).is_dir() else fetch(name, progress=progress, cancelled=cancelled)


def reads_types(model: PreTrainedModel) -> bool:
    """Whether a model is told which tokens are of the second of two texts."""
    sizes = getattr(model.config.get_text_config(), "type_vocab_size", 0)
    return isinstance(sizes, int) and sizes > 1 and "token_type_ids" in signature(model.forward).parameters


def load_pretrained(folder: Path, task: str, labels: tuple[str, ...]) -> PreTrainedModel:
    """A pretrained model with a head for a task; the head is new where the folder's model has none for it.

    Raises:
        WorkbenchError: the architecture has no such head, or the folder cannot be used.
    """
    settings: dict[str, Any] = {}  # Any: what transformers calls a config's settings
    if labels:
        settings = {"id2label": dict(enumerate(labels)), "label2id": {label: i for i, label in enumerate(labels)}}
    if task in ONE_NUMBER:
        settings = {"num_labels": 1}
    if task in PROBLEM_OF_TASK:
        settings["problem_type"] = PROBLEM_OF_TASK[task]
    try:
        model: PreTrainedModel = getattr(transformers, AUTO_OF_TASK[task]).from_pretrained(
            folder, use_safetensors=True, local_files_only=True, trust_remote_code=False, ignore_mismatched_sizes=True, **settings
        )
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise WorkbenchError(
            f"this model cannot be opened for {task}: {first[:200]}",
            where=str(folder),
            mend="Use a folder with config.json and model.safetensors of an architecture that has a head for this task.",
        ) from error
    return model
