"""Attention as a table: one row a weight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from workbench.contracts.delimited import digits, harmless, write_rows
from workbench.runs.inspection import Inspection

COLUMNS = ("kind", "layer", "head", "query_index", "query", "key_index", "key", "weight")


def write_table(inspection: Inspection, path: Path) -> None:
    """A csv, and beside it what it is made from. The index columns say which token it is."""
    write_rows(path, COLUMNS, _rows(inspection), inspection.provenance)


def _rows(inspection: Inspection) -> Iterator[tuple[object, ...]]:
    for kind, found in inspection.weights.items():
        queries, keys = ([harmless(token) for token in axis] for axis in (found.queries, found.keys))
        for (layer, head, query, key), weight in np.ndenumerate(found.weights):
            place = (found.layers[layer], found.heads[head], query, queries[query], key, keys[key])
            yield (kind, *place, digits(weight))
