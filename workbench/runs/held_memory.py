"""Memory that steps of a training hold: what the backward pass keeps, counted, and the most a process takes, watched."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import psutil
import torch
from torch import Tensor, nn

WATCHED = 0.002
"""Seconds between two looks at the process."""


class Held:
    """Counts what the backward pass keeps: each storage once, weights not."""

    def __init__(self, model: nn.Module) -> None:
        self.bytes = 0
        self._known = {p.untyped_storage().data_ptr() for p in model.parameters()}
        self._alive: list[Tensor] = []  # a freed storage's address would be taken for a known one

    def take(self, tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in self._known:
            self._known.add(storage.data_ptr())
            self._alive.append(tensor.detach())
            self.bytes += storage.nbytes()
        return tensor

    def give(self, tensor: Tensor) -> Tensor:
        return tensor


def in_use(device: torch.device) -> int:
    """Bytes a process has taken of a device's memory; of the machine's, without what is only mapped from files."""
    if device.type == "cuda":
        return int(torch.cuda.memory_allocated(device))
    ask: Callable[[], Any] = psutil.Process().memory_info  # Any: psutil has no types
    info = ask()
    return int(info.rss) - int(getattr(info, "shared", 0))


class Peak:
    """The most memory in use while this is entered: as the device counts it, or looked at again and again from a thread."""

    def __init__(self, device: torch.device) -> None:
        self.bytes = 0
        self._device = device
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory", daemon=True)

    def __enter__(self) -> Self:
        if self._device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(self._device)
        else:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._device.type == "cuda":
            self.bytes = int(torch.cuda.max_memory_allocated(self._device))
        else:
            self._over.set()
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self.bytes = max(self.bytes, in_use(self._device))
            self._over.wait(WATCHED)
