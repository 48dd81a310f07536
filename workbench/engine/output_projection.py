"""Which module turns what the heads of a layer give into what the layer adds to the residual stream.

Its name differs from model to model, so it is found by what it is handed: the first linear module with weights whose input is,
value for value, the heads' output.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from workbench.contracts.errors import WorkbenchError
from workbench.engine.lens import Lens
from workbench.engine.recording import Look, Record, Seen, to_array

Place = tuple[str, int]
"""Kind and layer."""


@torch.no_grad()
def find_projections(lens: Lens, inputs: Mapping[str, Tensor]) -> dict[Place, nn.Module]:
    """The output projection of each layer that has one, found in one pass.

    Args:
        lens: On the model.
        inputs: What its forward takes, a batch of one.

    Returns:
        By kind and layer; a layer is missing where something stands between the heads and the projection, such as a norm or a
        gate, or where the heads' output is not seen.
    """
    found: dict[Place, nn.Module] = {}
    seen: Seen
    testing = False

    def handed(module: nn.Module, args: tuple[Any, ...]) -> None:  # Any: whatever a module takes
        nonlocal testing
        if testing or not seen.records or len(args) != 1 or not isinstance(args[0], Tensor):
            return
        last = seen.records[-1]
        place = last.site.kind, last.site.layer
        if place in found or not _is_output(args[0], last):
            return
        testing = True
        if _is_linear(module, args[0]):
            found[place] = module
        testing = False

    hooks = [
        module.register_forward_pre_hook(handed)
        for module in lens.model.modules()
        if next(module.parameters(), None) is not None and module is not lens.model
    ]
    try:
        with suppress(WorkbenchError), lens.record(Look(what=("output",))) as seen:
            lens.model(**inputs)
    finally:
        for hook in hooks:
            hook.remove()
    return found


@torch.no_grad()
def transformed_norms(record: Record, projection: nn.Module) -> NDArray[np.float64]:
    """‖f(x)‖ with f(x) = (x W_V + b_V) W_O, what a head would add to the residual stream of a query that looked at one key alone.

    Kobayashi et al. 2020, "Attention is Not Only a Weight", eq. 4.

    Args:
        record: One example's values (example, head, key, d_v).
        projection: The layer's output projection.

    Returns:
        (head, key), Euclidean.
    """
    assert record.v is not None
    weight = next(projection.parameters())
    heads, keys, width = record.v.shape[1:]
    nothing = projection(weight.new_zeros(1, 1, heads * width))
    norms = np.empty((heads, keys))
    for head in range(heads):
        alone = weight.new_zeros(1, keys, heads * width)
        alone[0, :, head * width : (head + 1) * width] = torch.from_numpy(record.v[0, head]).to(weight)
        norms[head] = to_array((projection(alone) - nothing).float().norm(dim=-1)[0])
    return norms


def _is_output(given: Tensor, record: Record) -> bool:
    """Whether a module is handed exactly what the heads gave: (example, head, query, d_v) with the heads side by side."""
    if record.output is None or given.numel() != record.output.size:
        return False
    heads, width = record.output.shape[1], record.output.shape[3]
    side_by_side = record.output.transpose(0, 2, 1, 3).reshape(-1, heads * width)
    return given.shape[-1] == heads * width and np.array_equal(to_array(given).reshape(side_by_side.shape), side_by_side)


def _is_linear(module: nn.Module, given: Tensor) -> bool:
    """Whether doubling what goes in doubles what comes out, but for a constant."""
    given = given.to(next(module.parameters()).dtype)
    with torch.autocast(given.device.type, enabled=False):  # half precision is not linear to within a thousandth
        nothing, once, twice = (module(given * factor) for factor in (0.0, 1.0, 2.0))
    if not isinstance(once, Tensor):
        return False
    scale = float((once - nothing).abs().max())
    return bool((twice - nothing - 2 * (once - nothing)).abs().max() <= 1e-3 * scale)
