"""A cell of attention made of random numbers, for tests of what shows its arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workbench.contracts.cells import AttentionCell, edited


def made_cell(
    keys: int = 5, size: int = 4, *, seed: int = 0, softcap: float | None = None, sink: float = 0.0, masked: bool = False
) -> AttentionCell:
    """Query 1 and key 2 of a head that sees `keys` keys; the last is hidden where it is masked."""
    chance = np.random.default_rng(seed)
    added = np.zeros(keys)
    if masked:
        added[-1] = -np.inf
    cell = AttentionCell(
        kind="encoder", layer=2, head=4, query=1, key=min(2, keys - 1), q=chance.standard_normal(size),
        keys=chance.standard_normal((keys, size)), values=chance.standard_normal((keys, size)), scaling=size**-0.5,
        softcap=softcap, added=added, sink=0.0, scores=np.zeros(keys), weights=np.zeros(keys), output=np.zeros(size),
        used=np.zeros(size),
    )  # fmt: skip
    first = edited(cell, q=cell.q, k=cell.k, v=cell.v)
    cell = edited(replace(first, sink=sink), q=cell.q, k=cell.k, v=cell.v)
    return replace(cell, used=cell.output)
