"""From what a person asked for to a model that fits the data, with its weights from the seed alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import ONE_NUMBER, Experiment
from workbench.data.prepare import Prepared
from workbench.data.tokenizers import special_ids
from workbench.engine.config import config_from_spec
from workbench.engine.model import build_model
from workbench.engine.pretrained import load_pretrained, model_folder, reads_types
from workbench.engine.tasks import Task, build_task
from workbench.engine.tuning import choose_learned

WRITTEN = 64
"""Tokens a language model adds to a text."""


def build(experiment: Experiment, prepared: Prepared) -> PreTrainedModel:
    """A fresh model of the shape asked for, its weights from the seed alone; or a pretrained one."""
    special, data = special_ids(prepared.tokenizer), experiment.data
    torch.manual_seed(experiment.train.seed)
    if experiment.model.model is not None:
        model = load_pretrained(model_folder(experiment.model.model), prepared.task, prepared.labels)
        _check_fits(model, prepared)
        choose_learned(model, experiment.model)
        return _for_use(model, prepared)
    config = config_from_spec(
        experiment.model, task=prepared.task, vocab_size=prepared.tokenizer.get_vocab_size(), labels=prepared.labels,
        max_length=data.max_length or 0, max_target_length=data.max_target_length,
    )  # fmt: skip
    config.pad_token_id, config.bos_token_id, config.eos_token_id = special.pad, special.cls, special.sep
    config.decoder_start_token_id = special.pad if special.cls is None else special.cls
    config.mask_token_id = special.mask
    return _for_use(build_model(prepared.task, config), prepared)


def _for_use(model: PreTrainedModel, prepared: Prepared) -> PreTrainedModel:
    """Let a model that writes write as much as the targets are long, and its config say what it learns."""
    model.config.workbench_task = prepared.task
    if model.can_generate() and model.generation_config is not None:
        model.generation_config.max_new_tokens = prepared.data.max_target_length or WRITTEN
    return model


def _check_fits(model: PreTrainedModel, prepared: Prepared) -> None:
    """A pretrained model must know every token and have a place for the longest text."""
    config, data = model.config.get_text_config(), prepared.data
    if prepared.tokenizer.get_vocab_size() > config.vocab_size:
        raise WorkbenchError(
            f"the tokenizer has {prepared.tokenizer.get_vocab_size():,} tokens and the model knows {config.vocab_size:,}",
            where="data.tokenizer", mend="Use the tokenizer that belongs to the model: leave data.tokenizer out.",
        )  # fmt: skip
    places = getattr(config, "max_position_embeddings", None)
    if isinstance(places, int) and (data.max_length or 0) > places:
        raise WorkbenchError(
            f"texts of {data.max_length} tokens are longer than the model's {places}",
            where="data.max_length",
            mend=f"Set max_length to {places} or less.",
        )


def settled(prepared: Prepared) -> Mapping[str, Any]:
    """The data settings as they were used, with the tables' full paths: a run can be repeated from anywhere."""
    spec = prepared.data
    return {
        **{name: getattr(spec, name) for name in spec.__dataclass_fields__},
        **{name: str(Path(path).resolve()) for name in ("table", "test") if (path := getattr(spec, name))},
    }


def task_for(model: PreTrainedModel, prepared: Prepared) -> Task:
    """The task as this model learns it."""
    special, scale = special_ids(prepared.tokenizer), scale_of(prepared)
    return build_task(prepared.task, special, prepared.labels, scale=scale, types=reads_types(model))


def scale_of(prepared: Prepared) -> tuple[float, float]:
    """Mean and standard deviation of a regression's target over the training rows."""
    if prepared.task not in ONE_NUMBER or prepared.train.labels is None:
        return 0.0, 1.0
    values = prepared.train.labels.astype(np.float64)
    return float(values.mean()), float(values.std()) or 1.0
