"""Open a model folder and trust nothing in it: no pickle, no code, no weight that is missing or left over."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import transformers
from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError
from transformers import PreTrainedModel
from transformers.models.auto.modeling_auto import MODEL_MAPPING_NAMES

from workbench.contracts.errors import WorkbenchError
from workbench.engine import model as family
from workbench.engine.config import WorkbenchConfig
from workbench.engine.folders import read_json

MEND = "Copy the folder again from where it was trained, or train again."
_BROKEN = (
    OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, ImportError,
    SafetensorError, StrictDataclassError,
)  # fmt: skip
"""What transformers raises when a file is not what it says; each becomes a `WorkbenchError`."""


def load_model(folder: Path) -> PreTrainedModel:
    """The model in a folder, in evaluation mode, exactly as it was saved.

    transformers only warns when weights are missing and makes new random ones; here that is an error.

    Args:
        folder: Holds config.json and model.safetensors; of this family or any that transformers knows.

    Raises:
        WorkbenchError: no such model, a broken file, pickled weights, or weights that do not fit the config.
    """
    model, info = open_weights(folder, class_of(folder))
    trouble = [
        f"{word} {some(info[kind])}"
        for kind, word in (("missing_keys", "missing"), ("unexpected_keys", "left over"), ("mismatched_keys", "of another shape"))
        if info[kind]
    ]
    if trouble:
        raise WorkbenchError(f"the weights do not fit config.json: {'; '.join(trouble)}", where=str(folder), mend=MEND)
    return model


def open_weights(folder: Path, model_class: type[PreTrainedModel]) -> tuple[PreTrainedModel, dict[str, Collection[Any]]]:
    """A model with the weights of a folder, in evaluation mode, and what did not fit.

    Returns:
        The model, and transformers' lists: missing_keys, unexpected_keys, mismatched_keys.

    Raises:
        WorkbenchError: no weights, pickled weights, or a broken file.
    """
    if not any(folder.glob("*.safetensors")):
        pickled = sorted(path.name for pattern in ("*.bin", "*.pt", "*.pth") for path in folder.glob(pattern))
        if pickled:
            raise WorkbenchError(
                f"the weights are pickled ({', '.join(pickled)}), and opening such a file can run any program in it",
                where=str(folder),
                mend="Convert them to model.safetensors where they come from.",
            )
        raise WorkbenchError("there are no weights (model.safetensors)", where=str(folder), mend=MEND)
    try:
        loaded: Any = model_class.from_pretrained(  # Any: transformers' types leave out the second of the pair
            folder,
            output_loading_info=True,
            ignore_mismatched_sizes=True,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
        )
        model, info = loaded
    except WorkbenchError as error:
        raise WorkbenchError(error.what, where=str(folder / "config.json"), mend=error.mend) from error
    except _BROKEN as error:
        raise WorkbenchError(f"the model cannot be opened: {_short(error)}", where=str(folder), mend=MEND) from error
    assert isinstance(model, PreTrainedModel)
    for weight in (*model.parameters(), *model.buffers()):
        # out of the mapped file: it may be replaced while the model lives, and its alignment changes the last bits of sums
        weight.data = weight.data.clone()
    return model.eval(), info


def class_of(folder: Path, *, guess: bool = False) -> type[PreTrainedModel]:
    """The class that config.json names.

    Args:
        folder: Holds config.json.
        guess: Where it names none, take the one without a task head of its model type.

    Raises:
        WorkbenchError: there is no config.json, or no class for it.
    """
    path = folder / "config.json"
    if not path.is_file():
        raise WorkbenchError("there is no model here", where=str(path), mend="Give a folder with a saved model.")
    content = read_json(path)
    kind, names = content.get("model_type"), content.get("architectures")
    name = names[0] if isinstance(names, list) and names else None
    if name is None and guess:
        name = MODEL_MAPPING_NAMES.get(str(kind))
    if not isinstance(name, str):
        raise WorkbenchError("config.json names no architecture", where=str(path), mend=MEND)
    source = family if kind == WorkbenchConfig.model_type else transformers
    found = getattr(source, name, None)
    if not isinstance(found, type) or not issubclass(found, PreTrainedModel):
        own = " (it would need a program of its own, which is never run)" if "auto_map" in content else ""
        raise WorkbenchError(
            f"the architecture {name!r} is not known{own}",
            where=str(path), mend="Use a model that the installed transformers knows.",
        )  # fmt: skip
    return found


def some(keys: Collection[str | tuple[object, ...]]) -> str:
    """The first few names of weights."""
    names = sorted(str(key if isinstance(key, str) else key[0]) for key in keys)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _short(error: BaseException) -> str:
    """The first line of an error, cut where it grows long."""
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0][:200]}" if text else type(error).__name__
