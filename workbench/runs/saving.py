"""A trained model as a folder that transformers opens."""

from __future__ import annotations

import copy
import os
import shutil
from pathlib import Path

from safetensors import SafetensorError
from transformers import PreTrainedModel

from workbench.contracts.errors import RunFailed
from workbench.data.recipe import Recipe
from workbench.data.tokenizers import save_tokenizer

UNWRITTEN = (OSError, SafetensorError)
"""What a full disk is told as: by Python, and by the library that writes the weights."""


def save_architecture(folder: Path, model: PreTrainedModel, recipe: Recipe) -> None:
    """Write config and tokenizer alone, so that a checkpoint of an unfinished run can be looked into.

    Raises:
        RunFailed: the disk is full or cannot be written.
    """
    config = copy.deepcopy(model.config)
    config.architectures = [type(model).__name__]
    try:
        config.save_pretrained(folder)
        save_tokenizer(recipe.tokenizer, folder, max_length=recipe.data.max_length)
    except UNWRITTEN as error:
        raise _failed(folder, error) from error


def save_model(folder: Path, model: PreTrainedModel, recipe: Recipe) -> None:
    """Write weights, config, tokenizer and label names; the folder is the old one or the new one, never half of either.

    Raises:
        RunFailed: the disk is full or cannot be written.
    """
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        model.save_pretrained(aside)
        save_tokenizer(recipe.tokenizer, aside, max_length=recipe.data.max_length)
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
    except UNWRITTEN as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise _failed(folder, error) from error


def _failed(folder: Path, error: Exception) -> RunFailed:
    return RunFailed(f"the model could not be written: {error}", where=str(folder), mend="Make room on the disk, then resume.")
