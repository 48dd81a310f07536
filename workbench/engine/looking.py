"""Any model folder, opened to look at its attention: more is forgiven than for training, and what was forgiven is said."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine.folders import check_folder
from workbench.engine.loading import MEND, class_of, open_weights, some

_BUFFERS = ("position_ids", "token_type_ids", "inv_freq", "masked_bias", ".attn.bias", "relative_position_index")
"""How the names of numbers end that older versions saved and newer ones compute."""


def load_for_looking(folder: Path) -> tuple[PreTrainedModel, tuple[str, ...]]:
    """The model in a folder, in evaluation mode, with or without a task head.

    Weights that attention does not depend on (a task head, a pooler) may be missing or left over.

    Args:
        folder: Holds config.json and safetensors of an architecture that transformers knows.

    Returns:
        The model, and remarks for the person: what is new and random, and what was left out.

    Raises:
        WorkbenchError: it leads outside, is broken, pickled, unknown, or lacks weights that attention depends on.
    """
    if not (folder / "config.json").is_file():
        raise WorkbenchError(
            "there is no model here", where=str(folder / "config.json"), mend="Give a folder with a saved model."
        )
    remarks = [*check_folder(folder)]
    model, info = open_weights(folder, class_of(folder, guess=True))
    if info["mismatched_keys"]:
        key, *shapes = next(iter(info["mismatched_keys"]))
        said = f": {tuple(shapes[0])} in the file, {tuple(shapes[1])} by config.json" if len(shapes) == 2 else ""
        raise WorkbenchError(f"the weight {key} has another shape{said}", where=str(folder), mend=MEND)
    missing = [key for key in info["missing_keys"] if not _beside_attention(model, key)]
    if missing:
        raise WorkbenchError(f"weights are missing: {some(missing)}", where=str(folder), mend=MEND)
    left = [key for key in info["unexpected_keys"] if not _beside_attention(model, key)]
    if left:
        raise WorkbenchError(
            f"weights are left over that config.json has no place for: {some(left)}", where=str(folder), mend=MEND
        )
    if info["missing_keys"]:
        remarks.append(
            f"The folder has no weights for {some(info['missing_keys'])}; they are random here. Attention does not depend on "
            "them, but what comes out of them means nothing."
        )
    unused = _worth_saying(info["unexpected_keys"])
    if unused:
        remarks.append(f"Weights that this model has no place for were left out: {some(unused)}.")
    return model, tuple(remarks)


def _worth_saying(keys: Collection[str]) -> list[str]:
    return [key for key in keys if not key.endswith(_BUFFERS)]


def _beside_attention(model: PreTrainedModel, key: str) -> bool:
    """Whether a weight lies in a task head or a pooler: nothing that attends reads it."""
    if key.endswith(_BUFFERS) or "pooler" in key:
        return True
    first = key.removeprefix(f"{model.base_model_prefix}.").split(".", 1)[0]
    return first not in {name.split(".", 1)[0] for name, _ in model.base_model.named_parameters()}
