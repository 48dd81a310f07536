"""Checkpoints: complete or absent, never pickle.

A checkpoint is a folder that is written under another name, synced, and renamed. The file ``state`` inside holds a checksum
of itself and of every other file, then the plain numbers as JSON; a folder that does not match its checksums is not a
checkpoint.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.optim import Optimizer

from workbench.contracts.errors import WorkbenchError
from workbench.engine.disk import SPARE, check_room, failure_of, sync

PREFIX = "step-"


def name_of(step: int) -> str:
    """Folder name of a step; names sort as steps do."""
    return f"{PREFIX}{step:09d}"


def step_of(path: Path) -> int:
    """The step of a checkpoint folder."""
    return int(path.name.rpartition("-")[2])


def write(folder: Path, tensors: Mapping[str, Mapping[str, Tensor]], state: Mapping[str, Any]) -> None:
    """Write a folder of safetensors files and their state as a whole.

    Args:
        folder: Must not exist, or is replaced once the new one is complete.
        tensors: File name (without ending) to tensors by name.
        state: Plain numbers and strings.

    Raises:
        DiskFull: there is no room.
        RunFailed: it cannot be written. Nothing half-written is left, be it this or that.
    """
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        check_room(folder, SPARE + sum(tensor.nbytes for content in tensors.values() for tensor in content.values()))
        aside.mkdir(parents=True)
        sums = {}
        for name, content in tensors.items():
            path = aside / f"{name}.safetensors"
            save_file({k: v.detach().cpu().contiguous().clone() for k, v in content.items()}, path)
            sums[path.name] = digest(path)
            sync(path)
        text = aside / "state"
        plain = json.dumps({"files": sums, **state})
        text.write_text(hashlib.sha256(plain.encode()).hexdigest() + "\n" + plain, encoding="utf-8")
        sync(text)
        sync(aside)
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
        sync(folder.parent)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise failure_of(error)(
            f"the checkpoint could not be written: {error}", where=str(folder), mend="Make room on the disk, then resume."
        ) from error


def read(folder: Path, *, only: str | None = None) -> tuple[dict[str, dict[str, Tensor]], dict[str, Any]]:
    """Read what `write` wrote, refusing anything that changed since.

    Args:
        folder: A checkpoint.
        only: The one file to read, without its ending; all if left out.

    Raises:
        WorkbenchError: a file is missing, damaged, or not one of ours.
    """
    try:
        told, _, content = (folder / "state").read_text(encoding="utf-8").partition("\n")
        if hashlib.sha256(content.encode()).hexdigest() != told:
            raise ValueError("state is damaged")
        state = json.loads(content)
        tensors = {}
        for name, kept in state.pop("files").items():
            path = folder / Path(name).name
            if only not in (None, path.stem):
                continue
            if digest(path) != kept:
                raise ValueError(f"{name} is damaged")
            tensors[path.stem] = load_file(path)
        return tensors, state
    except (OSError, ValueError, KeyError, AttributeError, SafetensorError) as error:
        raise WorkbenchError(
            f"this checkpoint cannot be used: {error}", where=str(folder), mend="Delete it; an earlier one is used instead."
        ) from error


def newest_weights(folder: Path) -> tuple[dict[str, Tensor], int] | None:
    """The latest weights that are whole, of any kind of checkpoint, and their step; None when there are none."""
    for path in reversed(_complete(folder)):
        try:
            return read(path, only="model")[0]["model"], step_of(path)
        except WorkbenchError:  # being replaced at this moment, or damaged: the one before will do
            continue
    return None


def moments(folder: Path) -> tuple[int, ...]:
    """The steps whose weights are kept, of any kind of checkpoint, the earliest first."""
    return tuple(sorted({step_of(path) for path in _complete(folder)}))


def weights_at(folder: Path, step: int) -> dict[str, Tensor]:
    """The weights of a step, of any kind of checkpoint.

    Raises:
        WorkbenchError: they are not kept, or damaged.
    """
    for path in _complete(folder):
        if step_of(path) == step:
            return read(path, only="model")[0]["model"]
    raise WorkbenchError(f"the weights of step {step} are not kept", where=str(folder), mend="Choose another moment of this run.")


def _complete(folder: Path) -> list[Path]:
    """Checkpoints of any kind, the earliest first; not what is being written aside."""
    kept = [path for path in folder.glob("*-*") if re.fullmatch(r"[a-z]+-\d+", path.name) and path.is_dir()]
    return sorted(kept, key=step_of)


Found = tuple[Path, dict[str, dict[str, Tensor]], dict[str, Any]]
"""A checkpoint: its folder, its tensors by file, its plain numbers."""


def newest(folder: Path) -> tuple[Found | None, list[WorkbenchError]]:
    """The newest checkpoint from which a run comes to its end, and what was wrong with newer ones.

    The best weights so far are a folder of their own. A run that has lost them cannot end with them: it goes on from before
    they were found, and finds them again.
    """
    damaged: list[WorkbenchError] = []
    for path in reversed(steps(folder)):
        try:
            tensors, state = read(path)
            best = int(state.get("progress", {}).get("best_step") or 0)
            if best and best != step_of(path):
                read(best_of(folder, best))
        except WorkbenchError as error:
            damaged.append(error)
        else:
            return (path, tensors, state), damaged
    return None, damaged


def best_of(folder: Path, step: int) -> Path:
    """Where the weights of a step are kept that scored best."""
    return folder / f"best-{step:09d}"


def steps(folder: Path) -> list[Path]:
    """The checkpoint folders, oldest first."""
    return sorted(path for path in folder.glob(PREFIX + "*") if path.is_dir())


def needed(folder: Path) -> list[Path]:
    """The two newest checkpoints, each with the weights that had scored best by then: without those it is of no use."""
    kept = steps(folder)[-2:]
    for path in list(kept):
        with suppress(OSError, ValueError, KeyError):  # a damaged one is passed over when a run goes on
            _, _, content = (path / "state").read_text(encoding="utf-8").partition("\n")
            kept.append(best_of(folder, int(json.loads(content)["progress"]["best_step"])))
    return kept


def drop_after(folder: Path, step: int) -> None:
    """Remove what is of later steps than the one a run goes on from: it comes again, and what is damaged takes no place."""
    for path in _complete(folder):
        if step_of(path) > step:
            shutil.rmtree(path, ignore_errors=True)


def prune(folder: Path, keep: Iterable[Path]) -> None:
    """Remove checkpoints and leftovers of interrupted writes, except the ones to keep."""
    kept = {path.name for path in keep}
    for path in folder.iterdir():
        if path.name not in kept and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def pack_optimizer(optimizer: Optimizer) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """An optimiser's state as named tensors and plain numbers."""
    content = optimizer.state_dict()
    tensors, plain = {}, {}
    for index, values in content["state"].items():
        for name, value in values.items():
            if isinstance(value, Tensor):
                tensors[f"{index}.{name}"] = value
            else:
                plain[f"{index}.{name}"] = value
    return tensors, {"groups": content["param_groups"], "plain": plain}


def unpack_optimizer(optimizer: Optimizer, tensors: Mapping[str, Tensor], plain: Mapping[str, Any]) -> None:
    """Put `pack_optimizer` back."""
    state: dict[int, dict[str, Any]] = {}
    for key, value in [*tensors.items(), *plain["plain"].items()]:
        index, name = key.split(".", 1)
        state.setdefault(int(index), {})[name] = value
    groups = [
        {k: tuple(v) if isinstance(v, list) and k != "params" else v for k, v in group.items()} for group in plain["groups"]
    ]
    optimizer.load_state_dict({"state": state, "param_groups": groups})


def unique_tensors(model: torch.nn.Module) -> dict[str, Tensor]:
    """A model's state without second names for tied weights (safetensors stores each memory once), and without frozen ones,
    which are where they came from."""
    frozen = {parameter.data_ptr() for parameter in model.parameters() if not parameter.requires_grad}
    seen: set[tuple[int, int]] = set()
    unique = {}
    for name, tensor in model.state_dict().items():
        key = (tensor.data_ptr(), tensor.numel())
        if tensor.numel() == 0 or (key not in seen and tensor.data_ptr() not in frozen):
            unique[name] = tensor
            seen.add(key)
    return unique


def restore(model: torch.nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Put `unique_tensors` back; every weight must be there."""
    own = unique_tensors(model)
    if {name: tensor.shape for name, tensor in own.items()} != {name: tensor.shape for name, tensor in tensors.items()}:
        raise WorkbenchError("the checkpoint belongs to another model", where="checkpoint", mend="Resume the run it came from.")
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(tensors[name])


def digest(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
