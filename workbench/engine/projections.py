"""What the output projection of each attention layer reads: there its heads lie side by side for the last time.

A head is off when its share of that is zero and the others' shares are what they were. Most models project what attention
gives; some put a normalization, a convolution or a difference of heads between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

_MATMUL = (torch.matmul, Tensor.matmul, Tensor.__matmul__)
_BEFORE = 3
"""Query, key and value are projected last before attention; a module that attends piece by piece does so again after it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Read:
    """What one output projection reads."""

    calls: tuple[int, ...]
    """The attention calls before it: several where a layer attends piece by piece."""
    value: Tensor
    """(…, head · d_v)"""


class Projections(TorchFunctionMode):
    """Finds the output projections of a pass.

    Args:
        calls: How many heads each attention call had, of those made so far.
    """

    def __init__(self, calls: Callable[[], list[int]]) -> None:
        super().__init__()
        self._calls = calls
        self._weights: list[int] = []
        self._before: dict[int, list[int]] = {}
        self.found: list[Read] = []

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:  # Any: any torch function
        found = _projected(func, args, kwargs or {})
        if found is not None:
            self._note(*found)
        return func(*args, **(kwargs or {}))

    def _note(self, value: Tensor, weight: Tensor) -> None:
        heads = self._calls()
        done = sum(len(read.calls) for read in self.found) + len(self._before)
        for call in range(done, len(heads)):
            self._before[call] = self._weights[-_BEFORE:]
        which, width = weight.data_ptr(), value.shape[-1]
        here = [call for call, before in self._before.items() if which not in before and width % heads[call] == 0]
        if here:
            self.found.append(Read(calls=tuple(here), value=value.detach().clone()))
            self._before = {call: before for call, before in self._before.items() if call not in here}
        self._weights.append(which)


def _projected(func: Any, args: Any, kwargs: Any) -> tuple[Tensor, Tensor] | None:  # Any: any torch function and its arguments
    """Of a projection: its input (…, features) and its weight; None for everything else."""
    if func in (F.linear, torch.conv1d):
        weight = args[1] if len(args) > 1 else kwargs["weight"]
        if weight.dim() < 3:
            return args[0], weight
        return (args[0].transpose(1, 2), weight) if weight.shape[2] == 1 else None
    if func is torch.addmm:
        return args[1], args[2]
    if func in _MATMUL and len(args) == 2 and args[1].dim() == 2:
        return args[0], args[1]
    if func is torch.einsum and len(args) == 3 and isinstance(args[2], nn.Parameter) and args[1].dim() == 4:
        return args[1].flatten(2), args[2]
    return None
