"""Any model to look at: a run, a folder, a name on the hub; text or pictures, with or without a task head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.data.tokenizers import load_tokenizer
from workbench.engine.hub import Progress
from workbench.engine.images import ImageSettings, image_settings
from workbench.engine.lens import Lens
from workbench.engine.looking import load_for_looking
from workbench.engine.pretrained import model_folder
from workbench.engine.support import Support, small_batch
from workbench.runs.folder import RunFolder


@dataclass(frozen=True, kw_only=True)
class Looking:
    """A model ready to be looked at."""

    path: Path
    """Its folder."""
    model: PreTrainedModel
    tokenizer: Tokenizer | None
    """None where the model reads pictures."""
    images: ImageSettings | None
    """None where the model reads text."""
    remarks: tuple[str, ...]
    """What a person should know about what was opened."""
    support: Support
    """How far its attention can be seen and changed."""


def open_for_looking(
    path_or_name: str | Path, *, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Looking:
    """Open a model, and find out what a lens can do with it.

    Args:
        path_or_name: A run, a folder with a model, or a name on the hub.
        progress: Hears how many bytes of a download are there, of how many.
        cancelled: Whether to stop a download.

    Raises:
        Cancelled: the download was stopped.
        WorkbenchError: there is no such model, it leads outside its folder, is broken, or reads neither text nor pictures.
    """
    run = RunFolder(Path(path_or_name))
    if run.experiment_file.is_file():
        folder = run.model
        if not (folder / "config.json").is_file():
            raise WorkbenchError("this run has no model yet", where=str(path_or_name), mend="Finish it with `resume`.")
    else:
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
    with Lens(model) as lens:
        texts = small_batch(model) if tokenizer is not None else {}
        support = lens.self_test(texts if images is None else {**texts, "pixel_values": images.noise()})
    return Looking(path=folder, model=model, tokenizer=tokenizer, images=images, remarks=remarks, support=support)


def _check_fits(tokenizer: Tokenizer, model: PreTrainedModel, folder: Path) -> None:
    words = getattr(model.config.get_text_config(), "vocab_size", None)
    if isinstance(words, int) and tokenizer.get_vocab_size() > words:
        raise WorkbenchError(
            f"the tokenizer has {tokenizer.get_vocab_size():,} tokens and the model knows {words:,}",
            where=str(folder / "tokenizer.json"),
            mend="Use the tokenizer that belongs to the model.",
        )
