"""What a device says when it can do no more, in words a person can act on."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import torch

from workbench.contracts.errors import DeviceLost, RunFailed
from workbench.contracts.specs import TrainSpec
from workbench.engine.devices import give_memory_back


def out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out: a GPU's has a type of its own, the CPU's and Apple's only words."""
    return isinstance(error, (MemoryError, torch.OutOfMemoryError)) or any(words in str(error) for words in _WORDS)


_WORDS = (
    "DefaultCPUAllocator", "std::bad_alloc", "could not create a memory object", "could not create a primitive",
    "MPS backend out of memory",
)  # fmt: skip
"""Of torch's allocator, the C++ library, oneDNN (its code, too, needs room), and torch on Apple's chips."""


def give_back(device: torch.device) -> None:
    """Let go of what a computation that did not fit has left, to the system too: other libraries must find room there.

    From now on large blocks return at once: a heap that scattered small blocks hold open leaves no room for oneDNN's code.
    """
    gc.collect()
    give_memory_back()
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a C library without it, such as musl
            ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def explained(spec: TrainSpec, where: Callable[[], str]) -> Iterator[None]:
    """Let the errors of a device leave this block as a `RunFailed`; all others pass as they are.

    Args:
        spec: Its batch size is what a person can make smaller.
        where: Asked when something happens.

    Raises:
        RunFailed: memory ran out.
        DeviceLost: the device failed; nothing can be computed on it in this process any more.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if out_of_memory(error):
            raise RunFailed(
                "the device ran out of memory", where=where(),
                mend=f"Halve batch_size ({spec.batch_size}) and double accumulation, or shorten max_length.",
            ) from error  # fmt: skip
        if isinstance(error, torch.AcceleratorError):
            raise DeviceLost(
                f"the device failed: {str(error).partition(chr(10))[0]}", where=where(),
                mend="Resume the run; if it happens again, train on another device, or look at the driver's messages.",
            ) from error  # fmt: skip
        raise
