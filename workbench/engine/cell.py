"""The arithmetic of one cell of attention: taken from a model, and done again with numbers a person has changed.

Scaled dot-product attention (Vaswani et al. 2017, eq. 1), for one query and all its keys.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from workbench.contracts.cells import AttentionCell, capped
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
    added = np.where(visible, row - capped(keys @ q[0] * record.scaling, record.softcap), -np.inf)
    total = float(np.exp(row - row.max()).sum()) if visible.any() else 0.0
    share = float(weights[0].sum())
    # A sink's share goes to no key; below this it is rounding.
    sink = total * (1 / share - 1) if 0 < share < 1 - 1e-4 else 0.0
    return AttentionCell(
        kind=kind, layer=layer, head=head, query=record.rows[0], key=key % len(keys), q=q[0], keys=keys, values=values,
        scaling=record.scaling, softcap=record.softcap, added=added, sink=sink, scores=row, weights=weights[0],
        output=weights[0] @ values, used=used[0],
    )  # fmt: skip
