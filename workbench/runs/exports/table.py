"""Attention as a table: one row a weight."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np

from workbench.runs.inspection import Inspection

COLUMNS = ("kind", "layer", "head", "query_index", "query", "key_index", "key", "weight")
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""


def write_table(inspection: Inspection, path: Path) -> None:
    """A csv, and beside it what it is made from, where W3C's "CSV on the Web" looks for it.

    Tokens are other people's text: one that a spreadsheet would run as a formula gets an apostrophe before it, which makes it
    text there. The index columns say which token it is.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for kind, found in inspection.weights.items():
            queries, keys = ([harmless(token) for token in axis] for axis in (found.queries, found.keys))
            for (layer, head, query, key), weight in np.ndenumerate(found.weights):
                place = (found.layers[layer], found.heads[head], query, queries[query], key, keys[key])
                writer.writerow((kind, *place, f"{weight:.9g}"))
    beside(path).write_text(json.dumps(inspection.provenance, ensure_ascii=False, indent=1), encoding="utf-8")


def beside(path: Path) -> Path:
    """Where a table's provenance lies."""
    return path.with_name(path.name + "-metadata.json")


def harmless(token: str) -> str:
    """A token as a cell that no spreadsheet runs."""
    return "'" + token if token.lstrip(" ").startswith(FORMULA) else token
