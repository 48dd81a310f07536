"""A model folder of unknown origin: what in it would lead elsewhere, or run something, before anything is opened.

transformers follows what a config says: to an adapter's base model, to a backbone, to shards by their file names, to kernels.
None of these may leave the folder, and nothing in it is a program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.contracts.errors import WorkbenchError

_MEND = "Copy the folder again from where it was trained."
_READ = (".json", ".safetensors", ".txt", ".model", ".jinja")
_ELSEWHERE = re.compile(r"^(?:[/\\~]|[A-Za-z]:[/\\]|\.\.[/\\]|[a-z]+://)|[/\\]\.\.(?:[/\\]|$)")
_UNREAD = ("_name_or_path", "transformers_version", "name_or_path")
"""Fields that say where a model came from; nobody follows them."""
_LARGEST_JSON = 64 * 2**20


def read_json(path: Path) -> dict[str, Any]:  # Any: whatever stands in the file
    """A JSON object.

    Raises:
        WorkbenchError: the file is missing, is no JSON, or holds something else.
    """
    try:
        if path.stat().st_size > _LARGEST_JSON:
            raise WorkbenchError("this file is far too large for settings", where=str(path), mend=_MEND)
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorkbenchError(
            f"this file cannot be read: {error.strerror or type(error).__name__}", where=str(path), mend=_MEND
        ) from error
    except (ValueError, RecursionError) as error:
        content = error
    if isinstance(content, dict):
        return content
    cause = content if isinstance(content, Exception) else None
    if path.name == "config.json":
        raise WorkbenchError("this is not a model's config", where=str(path), mend=_MEND) from cause
    raise WorkbenchError("this is not a JSON object", where=str(path), mend=_MEND) from cause


def check_folder(folder: Path) -> tuple[str, ...]:
    """Refuse a folder that leads out of itself.

    Args:
        folder: Holds config.json.

    Returns:
        Remarks for the person.

    Raises:
        WorkbenchError: a link or a name in it leads elsewhere, it is an adapter, or a part is missing.
    """
    _check_links(folder)
    config = read_json(folder / "config.json")
    for name, value in _texts(config):
        field = name.rsplit(".", 1)[-1]
        if field not in _UNREAD and _ELSEWHERE.search(value):
            raise WorkbenchError(
                f"{name} points outside this folder", where=str(folder / "config.json"), mend="Put what it names into the folder."
            )
        if field.endswith(("attn_implementation", "experts_implementation")) and "/" in value:
            raise WorkbenchError(
                f"{name} names a program to be fetched",
                where=str(folder / "config.json"),
                mend=f"Take {name} out of config.json.",
            )
    outside = sorted(name for name, value in _fields(config) if name.rsplit(".", 1)[-1] in _FETCHED and value)
    if outside:
        raise WorkbenchError(
            f"{outside[0]} asks for another model", where=str(folder / "config.json"), mend="Save the whole model in one folder."
        )
    if (folder / "adapter_config.json").is_file():
        raise WorkbenchError(
            "this folder holds an adapter, which changes another model",
            where=str(folder / "adapter_config.json"),
            mend="Merge it into its model (peft: merge_and_unload), save that, and open it.",
        )
    _check_shards(folder)
    if any(name.rsplit(".", 1)[-1] == "auto_map" for name, _ in _fields(config)) or any(folder.glob("*.py")):
        return ("The folder brings a program of its own; it is not run: transformers' own model of that name is used.",)
    return ()


_FETCHED = ("use_pretrained_backbone",)


def _check_links(folder: Path) -> None:
    root = folder.resolve()
    if root.parent.name == "snapshots":  # the hub's cache: a snapshot is links to files beside it
        root = root.parent.parent
    for path in sorted(folder.iterdir()):
        if path.suffix in _READ and not path.resolve().is_relative_to(root):
            raise WorkbenchError(
                "this is a link to a file outside its folder", where=str(path), mend="Put the file itself into the folder."
            )


def _check_shards(folder: Path) -> None:
    """Weights in several files: each is named in an index."""
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return
    names = read_json(index).get("weight_map")
    files = {*names.values()} if isinstance(names, dict) else set()
    if not files or not all(isinstance(file, str) for file in files):
        raise WorkbenchError("the index of the weights names no files", where=str(index), mend=_MEND)
    for file in sorted(files):
        if Path(file).name != file or "\\" in file:
            raise WorkbenchError(
                f"it points outside this folder: {file}", where=str(index), mend="Put all parts into the folder."
            )
        if not (folder / file).is_file():
            raise WorkbenchError("this part of the weights is missing", where=str(folder / file), mend=_MEND)


def _fields(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # Any: whatever stands in the file
    """Every field, those of parts included, with its dotted name."""
    if isinstance(value, dict):
        for name, part in value.items():
            here = f"{path}.{name}" if path else str(name)
            yield here, part
            yield from _fields(part, here)
    elif isinstance(value, list):
        for part in value:
            yield from _fields(part, path)


def _texts(value: Any) -> Iterator[tuple[str, str]]:  # Any: as above
    for name, part in _fields(value):
        found = [part] if isinstance(part, str) else part if isinstance(part, list) else []
        yield from ((name, text) for text in found if isinstance(text, str) and not name.startswith(_LABELS))


_LABELS = ("id2label", "label2id", "task_specific_params")
"""Words for people."""
