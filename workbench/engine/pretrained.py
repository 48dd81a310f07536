"""Pretrained models behind the same door: a folder, or a hub name that becomes one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import transformers
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError

AUTO_OF_TASK = {
    "text-classification": "AutoModelForSequenceClassification",
    "regression": "AutoModelForSequenceClassification",
    "token-classification": "AutoModelForTokenClassification",
    "masked-lm": "AutoModelForMaskedLM",
    "causal-lm": "AutoModelForCausalLM",
    "seq2seq": "AutoModelForSeq2SeqLM",
}
PARTS = ("*.json", "*.safetensors", "*.txt", "*.model")
"""What is fetched: config, tokenizer and weights; never code, never pickle."""


def model_folder(name: str) -> Path:
    """The folder of a model: the one named, or the hub's, fetched into the hub's own cache.

    Raises:
        WorkbenchError: there is no such folder, and no such model can be fetched.
    """
    if Path(name).is_dir():
        return Path(name).resolve()
    try:
        return Path(snapshot_download(name, allow_patterns=list(PARTS)))
    except (HFValidationError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise WorkbenchError(
            f"there is no such folder, and the hub gave no such model ({type(error).__name__})",
            where=f"model = {name}",
            mend="Give the path of a folder with config.json, model.safetensors and tokenizer.json, or try again when online.",
        ) from error


def load_pretrained(folder: Path, task: str, labels: tuple[str, ...]) -> PreTrainedModel:
    """A pretrained model with a head for a task; the head is new where the folder's model has none for it.

    Raises:
        WorkbenchError: the architecture has no such head, or the folder cannot be used.
    """
    settings: dict[str, Any] = {}  # Any: what transformers calls a config's settings
    if labels:
        settings = {"id2label": dict(enumerate(labels)), "label2id": {label: i for i, label in enumerate(labels)}}
    if task == "regression":
        settings = {"num_labels": 1, "problem_type": "regression"}
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
