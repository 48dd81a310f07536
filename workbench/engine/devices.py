"""Where to compute, with how many threads, in which number format."""

from __future__ import annotations

import ctypes
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import torch
from torch import Tensor

from workbench.contracts.errors import WorkbenchError

log = logging.getLogger(__name__)

_MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD of malloc.h."""


def choose_device(wanted: str = "auto") -> torch.device:
    """CUDA, else MPS, else CPU for ``auto``; otherwise what was asked for, if this machine has it.

    Raises:
        WorkbenchError: the machine has no such device.
    """
    if wanted == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
        return torch.device(name)
    device = torch.device(wanted)
    missing = (device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count()) or (
        device.type == "mps" and not torch.backends.mps.is_available()
    )
    if missing:
        raise WorkbenchError(
            f"this machine has no device {wanted!r}",
            where="train.device",
            mend="Use auto or cpu, or one of: " + ", ".join(devices()),
        )
    return device


def devices() -> tuple[str, ...]:
    """Every device of this machine by the name a spec takes."""
    cuda = tuple(f"cuda:{index}" for index in range(torch.cuda.device_count()))
    return ("cpu", *cuda, *(("mps",) if torch.backends.mps.is_available() else ()))


def free_memory(device: torch.device) -> int:
    """Bytes a device has left; 0 where it does not say."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    ask: Callable[[], Any] = psutil.virtual_memory  # Any: psutil has no types
    return int(ask().available)


def choose_threads(wanted: int | None = None, processes: int = 1) -> int:
    """CPU threads for arithmetic: one core stays free for a window, the rest is shared by the processes of a run.

    Two threads on two cores of which one is busy are many times slower than one thread: OpenMP spins at its barriers.
    """
    return wanted or max(1, (available_cores() - 1) // processes)


def available_cores() -> int:
    """Cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else (os.cpu_count() or 1)


def choose_precision(wanted: str, device: torch.device) -> str:
    """``no``, ``bf16`` or ``fp16``, as accelerate names them.

    Raises:
        WorkbenchError: the device cannot compute in the format asked for.
    """
    bf16 = device.type == "cpu" or (device.type == "cuda" and torch.cuda.is_bf16_supported())
    if wanted == "auto":
        return "bf16" if device.type == "cuda" and bf16 else "no"
    if (wanted == "fp16" and device.type == "cpu") or (wanted == "bf16" and not bf16):
        raise WorkbenchError(
            f"{wanted} is not available on {device.type}", where="train.precision", mend="Use auto or float32 on this device."
        )
    return {"float32": "no", "bf16": "bf16", "fp16": "fp16"}[wanted]


def random_states(device: torch.device) -> dict[str, Tensor]:
    """The random states training draws from, as byte tensors."""
    states = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    return states


def restore_random_states(states: dict[str, Tensor], device: torch.device) -> None:
    """Put `random_states` back."""
    torch.set_rng_state(states["cpu"])
    if "cuda" in states and device.type == "cuda":
        torch.cuda.set_rng_state(states["cuda"], device)


@contextmanager
def undisturbed(device: torch.device) -> Iterator[None]:
    """Leave torch's random states and number of threads as they were."""
    states, threads = random_states(device), torch.get_num_threads()
    try:
        yield
    finally:
        restore_random_states(states, device)
        torch.set_num_threads(threads)


def give_memory_back() -> None:
    """From now on large blocks that are let go return to the system at once, where the C library is GNU's.

    Left to itself it keeps them for what comes next, in a heap that scattered small blocks hold open: looking at 4,096 tokens
    then takes a third more memory than the model (measured). For processes that look; training asks for the same sizes again.
    """
    try:
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 1 << 20)
    except (AttributeError, OSError):  # another C library
        log.debug("no mallopt here")
