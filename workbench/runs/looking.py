"""Any model to look at: a run, a folder, a name on the hub; text or pictures, with or without a task head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.edits import state_after
from workbench.contracts.errors import NotYet, WorkbenchError
from workbench.data.recipe import Recipe
from workbench.data.tokenizers import load_tokenizer
from workbench.engine import checkpoints
from workbench.engine.head_parts import take_out
from workbench.engine.hub import Progress
from workbench.engine.images import ImageSettings, image_settings
from workbench.engine.lens import Lens
from workbench.engine.loading import class_of, load_model
from workbench.engine.looking import load_for_looking
from workbench.engine.pretrained import load_pretrained, model_folder
from workbench.engine.support import Support, small_batch
from workbench.engine.tuning import choose_learned, merge_lora, tuned_in_part
from workbench.runs.folder import RunFolder
from workbench.runs.opened import digest_of, max_length, task_of


@dataclass(frozen=True, kw_only=True)
class Looking:
    """A model ready to be looked at."""

    path: Path
    """The run, or the model's folder."""
    model: PreTrainedModel
    tokenizer: Tokenizer | None
    """None where the model reads pictures."""
    images: ImageSettings | None
    """None where the model reads text."""
    remarks: tuple[str, ...]
    """What a person should know about what was opened."""
    support: Support
    """How far its attention can be seen and changed."""
    recipe: Recipe | None = None
    """How a run of this program encodes; None for a model from elsewhere, whose tokenizer knows it all."""
    longest: int | None = None
    """Most tokens it reads; None where it does not say."""
    sha256: str = ""
    """Of its weights; nothing while they are still learned."""
    step: int | None = None
    """Of a run that is not over: which step these weights are from."""

    @property
    def heads(self) -> int:
        """How many heads a layer has at most: where stages differ, a config lists them; 0 where it does not say."""
        said = getattr(self.model.config.get_text_config(), "num_attention_heads", 0)
        return max([each for each in (said if isinstance(said, (list, tuple)) else [said]) if isinstance(each, int)], default=0)


def open_for_looking(
    path_or_name: str | Path, *, step: int | None = None, progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Looking:  # fmt: skip
    """Open a model, and find out what a lens can do with it.

    Args:
        path_or_name: A run, a folder with a model, or a name on the hub.
        step: Of a run: the step whose weights are looked at; its latest where it is left out.
        progress: Hears how many bytes of a download are there, of how many.
        cancelled: Whether to stop a download.

    Raises:
        Cancelled: the download was stopped.
        WorkbenchError: there is no such model, it leads outside its folder, is broken, or reads neither text nor pictures.
    """
    run = RunFolder(Path(path_or_name))
    if run.experiment_file.is_file():
        return _of_run(run, step)
    folder = model_folder(str(path_or_name), progress=progress, cancelled=cancelled)
    model, remarks = load_for_looking(folder)
    tokenizer, images = None, None
    reads = {model.main_input_name, *(["pixel_values"] if hasattr(model.config, "vision_config") else [])}
    if "input_ids" in reads:
        tokenizer = load_tokenizer(folder)
        _check_fits(tokenizer, model, folder)
    if "pixel_values" in reads:
        images, more = image_settings(folder, model)
        remarks = (*remarks, *more)
    if tokenizer is None and images is None:
        raise WorkbenchError(
            f"{type(model).__name__} reads neither text nor pictures", where=str(folder), mend="Open a model of text or pictures."
        )
    texts = small_batch(model) if tokenizer is not None else {}
    support = _support(model, texts if images is None else {**texts, "pixel_values": images.noise()})
    return Looking(
        path=folder, model=model, tokenizer=tokenizer, images=images, remarks=remarks, support=support,
        longest=max_length(folder, model) if tokenizer is not None else None, sha256=digest_of(folder),
    )  # fmt: skip


def _of_run(run: RunFolder, asked: int | None) -> Looking:
    """The model of a run of ours, at a step that is asked for; of one that is not over, else with its latest whole weights."""
    finished = (run.model / "config.json").is_file()
    model, step = (load_model(run.model), None) if finished and asked is None else _at(run, asked)
    tokenizer = load_tokenizer(run.model if finished else run.architecture)
    data = run.experiment().data
    recipe = Recipe(task=task_of(model, run.path), data=replace(data, test=None), tokenizer=tokenizer)
    return Looking(
        path=run.path, model=model, tokenizer=tokenizer, images=None, remarks=(), support=_support(model, small_batch(model)),
        recipe=recipe, longest=data.max_length, sha256=digest_of(run.path) if step is None else "", step=step,
    )  # fmt: skip


def _at(run: RunFolder, step: int | None) -> tuple[PreTrainedModel, int]:
    """The model with the weights of a step, or its latest."""
    found: tuple[dict[str, Tensor], int] | None = None
    if (run.architecture / "config.json").is_file() and step is not None:
        found = checkpoints.weights_at(run.checkpoints, step), step
    elif (run.architecture / "config.json").is_file():
        found = checkpoints.newest_weights(run.checkpoints)
    if found is None:
        raise NotYet(
            "this run has no weights yet", where=str(run.path), mend="Wait for its first checkpoint, or finish it with `resume`."
        )
    weights, at = found
    made: Any = class_of(run.architecture)  # Any: a class of models, made from its config
    config = made.config_class.from_pretrained(run.architecture)
    experiment = run.experiment()
    name = experiment.model.model
    if name is None or not tuned_in_part(experiment.model):
        model: PreTrainedModel = made(config)
    else:  # the checkpoint holds what is learned, the pretrained model the rest
        labels = tuple(config.id2label[number] for number in sorted(config.id2label or {}))
        model = load_pretrained(model_folder(name), experiment.data.task or "", labels)
        choose_learned(model, experiment.model)
    checkpoints.restore(model, weights)
    merge_lora(model)
    take_out(model.eval(), _one_text(model), state_after(experiment.edits, at).off)
    return model, at


def _one_text(model: PreTrainedModel) -> dict[str, Tensor]:
    """What a model's forward takes: one short text."""
    return {name: value[:1] for name, value in small_batch(model).items()}


def _support(model: PreTrainedModel, batch: Mapping[str, Tensor]) -> Support:
    with Lens(model) as lens:
        return lens.self_test(batch)


def _check_fits(tokenizer: Tokenizer, model: PreTrainedModel, folder: Path) -> None:
    words = getattr(model.config.get_text_config(), "vocab_size", None)
    if isinstance(words, int) and tokenizer.get_vocab_size() > words:
        raise WorkbenchError(
            f"the tokenizer has {tokenizer.get_vocab_size():,} tokens and the model knows {words:,}",
            where=str(folder / "tokenizer.json"),
            mend="Use the tokenizer that belongs to the model.",
        )
