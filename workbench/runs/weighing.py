"""Attention weighed by what it brings: a large weight on a short value brings little (Kobayashi et al. 2020, norms of values)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.engine.recording import Look
from workbench.engine.tiles import pooled
from workbench.runs.changes import only
from workbench.runs.inspection import Inspection, Weights
from workbench.runs.inspector import Inspector

WORDS = "each weight by the length of the value it brings, as shares of the row"


def weigh(weights: NDArray[np.float32], norms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weights times the lengths of their values, as shares: rows sum to 1 again, or are zero where nothing is brought.

    Args:
        weights: (…, query, key)
        norms: (…, key)
    """
    brought = weights * norms[..., None, :]
    sums = brought.sum(-1, keepdims=True)
    return np.asarray(np.divide(brought, sums, out=np.zeros_like(brought), where=sums > 0), np.float32)


def weighed(inspector: Inspector, inspection: Inspection) -> Inspection:
    """What was seen, each weight by the length of its value; whatever an inspection can be written as holds for it.

    Args:
        inspector: Holds the model.
        inspection: Of a text or picture through it.

    Raises:
        WorkbenchError: the model's values are not seen, or memory does not hold all weights that were asked for.
    """
    if inspector.lens.way == "tapped":
        raise WorkbenchError(
            "the values of this model are not seen", where=inspector.facts.name, mend="Look at the weights as they are."
        )
    seen, layers, heads = inspection.seen, only(inspection.layer), only(inspection.head)

    @cache
    def every() -> dict[str, Weights]:
        found = {}
        for kind, plain in inspection.weights.items():
            look = Look(kinds=(kind,), layers=layers, heads=heads, what=("value_norms",))
            norms = [
                record.value_norms[0]
                for record in inspector.records(seen.query, look)
                if record.value_norms is not None and record.site.layer in plain.layers
            ]
            found[kind] = replace(plain, weights=weigh(plain.weights, np.stack(norms)))
        return found

    def whole(kind: str, layer: int, head: int) -> NDArray[np.float32]:
        found = every()[kind]
        return np.asarray(found.weights[found.layers.index(layer), found.heads.index(head)])

    walls = dict(seen.walls)
    for kind, found in every().items():
        tiles = walls[kind].tiles.copy()
        small = pooled(torch.tensor(found.weights), max(tiles.shape[2:])).numpy()
        tiles[np.ix_([walls[kind].layers.index(layer) for layer in found.layers], found.heads)] = small
        walls[kind] = replace(walls[kind], tiles=tiles)
    return replace(
        inspection, seen=replace(seen, walls=walls, provenance={**seen.provenance, "weighed": WORDS}), every=every,
        whole=lambda kind, layer, head: replace(inspection.whole(kind, layer, head), weights=whole(kind, layer, head)),
    )  # fmt: skip
