"""A trained model as a folder that transformers opens."""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from safetensors import SafetensorError
from transformers import PreTrainedModel

from workbench.data.recipe import Recipe
from workbench.data.tokenizers import save_tokenizer
from workbench.engine.checkpoints import unique_tensors
from workbench.engine.disk import SPARE, check_room, failure_of, sync, sync_all
from workbench.runs.seals import seal

UNWRITTEN = (OSError, SafetensorError)
"""What a full disk is told as: by Python, and by the library that writes the weights."""


def save_architecture(folder: Path, model: PreTrainedModel, recipe: Recipe) -> None:
    """Write config and tokenizer alone, so that a checkpoint of an unfinished run can be looked into.

    Raises:
        DiskFull: there is no room.
        RunFailed: it cannot be written.
    """
    config = copy.deepcopy(model.config)
    config.architectures = [type(model).__name__]
    _save(folder, lambda aside: config.save_pretrained(aside), recipe)


def save_model(folder: Path, model: PreTrainedModel, recipe: Recipe) -> None:
    """Write weights, config, tokenizer and label names; the folder is the old one or the new one, never half of either.

    Raises:
        DiskFull: there is no room.
        RunFailed: it cannot be written.
    """
    size = sum(tensor.nbytes for tensor in unique_tensors(model).values())
    _save(folder, lambda aside: model.save_pretrained(aside), recipe, size=size)


def _save(folder: Path, write: Callable[[Path], object], recipe: Recipe, *, size: int = 0) -> None:
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        check_room(folder, size + SPARE)
        write(aside)
        save_tokenizer(recipe.tokenizer, aside, max_length=recipe.data.max_length)
        seal(aside)
        sync_all(aside)
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
        sync(folder.parent)
    except UNWRITTEN as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise failure_of(error)(
            f"the model could not be written: {error}", where=str(folder), mend="Make room on the disk, then resume."
        ) from error
