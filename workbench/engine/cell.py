"""The arithmetic of one cell of attention: taken from a model, and done again with numbers a person has changed.

Scaled dot-product attention (Vaswani et al. 2017, eq. 1), for one query and all its keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from workbench.contracts.cells import AttentionCell
from workbench.contracts.errors import WorkbenchError
from workbench.engine.lens import Lens
from workbench.engine.recording import Look
from workbench.engine.support import evaluating, placed

Array = NDArray[np.float64]
PARTS = ("weights", "scores", "q", "k", "v", "output")


@torch.no_grad()
def see_cell(
    lens: Lens, inputs: Mapping[str, Tensor], *, kind: str, layer: int, head: int, query: int, key: int
) -> AttentionCell:
    """Run one text and take one cell apart; only its own query and head are recorded.

    Args:
        lens: On the model, whose mode is kept.
        inputs: What its forward takes, a batch of one.
        kind: encoder, decoder or cross.
        layer: From 0 within its kind.
        head: From 0.
        query: Its place, from 0; negative ones count from the end.
        key: The same for the key.

    Raises:
        WorkbenchError: there is no such place, or the model writes its attention out, so that queries, keys and values are not
            seen.
    """
    with (
        evaluating(lens.model),
        lens.record(Look(kinds=(kind,), layers=(layer,), heads=(head,), rows=(query,), what=PARTS)) as seen,
    ):
        lens.model(**placed(lens.model, inputs))
    record = seen.of(kind)[0]
    arrays = [getattr(record, part)[0, 0] for part in PARTS]
    weights, scores, q, keys, values, used = (np.asarray(array, dtype=np.float64) for array in arrays)
    if not -len(keys) <= key < len(keys):
        raise WorkbenchError(f"there is no key {key}", where=str(record.site), mend=f"There are {len(keys)}, counted from 0.")
    assert record.scaling is not None
    row = scores[0]  # (K,)
    visible = np.isfinite(row)
    added = np.where(visible, row - _capped(keys @ q[0] * record.scaling, record.softcap), -np.inf)
    total = float(np.exp(row - row.max()).sum()) if visible.any() else 0.0
    share = float(weights[0].sum())
    # A sink's share goes to no key; below this it is rounding.
    sink = total * (1 / share - 1) if 0 < share < 1 - 1e-4 else 0.0
    return AttentionCell(
        kind=kind, layer=layer, head=head, query=record.rows[0], key=key % len(keys), q=q[0], keys=keys, values=values,
        scaling=record.scaling, softcap=record.softcap, added=added, sink=sink, scores=row, weights=weights[0],
        output=weights[0] @ values, used=used[0],
    )  # fmt: skip


def edited(
    cell: AttentionCell,
    *,
    q: Array | None = None,
    k: Array | None = None,
    v: Array | None = None,
    visible: bool | None = None,
    scaling: float | None = None,
) -> AttentionCell:
    """The cell as it would be with other numbers: the whole row is computed again, nothing outside the row is.

    Args:
        cell: As it was.
        q: (d,) another query.
        k: (d,) another vector for this cell's key; the other keys stay.
        v: (d_v,) another vector for this cell's value.
        visible: Whether the query may see this cell's key. One that becomes visible gets nothing added to its score.
        scaling: Another scale.

    Returns:
        A cell whose scores, weights and output follow from these numbers; ``used`` is still what the model used, so ``gap`` is
        how far the edit moves the head's output.

    Raises:
        WorkbenchError: a vector of another length, or a number that is not finite.
    """
    for name, given, like in (("q", q, cell.q), ("k", k, cell.k), ("v", v, cell.v)):
        if given is not None and (np.shape(given) != like.shape or not np.isfinite(given).all()):
            raise WorkbenchError(
                f"{name} must be {len(like)} finite numbers", where=f"layer {cell.layer}, head {cell.head}", mend="Correct them."
            )
    query = cell.q if q is None else np.asarray(q, dtype=np.float64)
    keys, values, added = cell.keys.copy(), cell.values.copy(), cell.added.copy()
    if k is not None:
        keys[cell.key] = k
    if v is not None:
        values[cell.key] = v
    if visible is not None and visible != bool(np.isfinite(added[cell.key])):
        added[cell.key] = 0.0 if visible else -np.inf
    scale = cell.scaling if scaling is None else scaling
    scores = _capped(keys @ query * scale, cell.softcap) + added
    largest = scores.max()
    if not np.isfinite(largest):  # it sees nothing, and SDPA gives zeros then
        weights, sink = np.zeros_like(scores), 0.0
    else:
        sink = cell.sink * float(np.exp(cell.largest - largest)) if cell.sink else 0.0  # the sink's own score stays
        exponentials = np.exp(scores - largest)
        weights = exponentials / (exponentials.sum() + sink)
    return replace(
        cell, q=query, keys=keys, values=values, added=added, scaling=scale, sink=sink, scores=scores, weights=weights,
        output=weights @ values,
    )  # fmt: skip


def _capped(scores: Array, softcap: float | None) -> Array:
    """Scaled products as they are, or capped (Gemma 2, section 2)."""
    return scores if softcap is None else softcap * np.tanh(scores / softcap)
