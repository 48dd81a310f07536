"""Comma-separated files that others open: cells no spreadsheet runs, and where the provenance lies."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""


def harmless(token: str) -> str:
    """A token as a cell that no spreadsheet runs: an apostrophe before it makes it text there."""
    return "'" + token if token.lstrip(" ").startswith(FORMULA) else token


def beside(path: Path) -> Path:
    """Where a table's provenance lies: where W3C's "CSV on the Web" looks for it."""
    return path.with_name(path.name + "-metadata.json")


def digits(value: float | np.floating[Any]) -> str:
    """A number from which float32 reads back to the bit."""
    return f"{value:.9g}"


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], provenance: Mapping[str, Any]) -> None:
    """A csv, and beside it what it is made from.

    Args:
        path: Of the csv.
        columns: Their names.
        rows: Cells as they are to stand there: text of others went through `harmless`. None is an empty cell.
        provenance: Plain values.

    Raises:
        OSError: the place cannot be written.
    """
    write_cells(path, columns, rows)
    write_source(beside(path), provenance)


def write_cells(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The csv of `write_rows` alone."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_source(path: Path, provenance: Mapping[str, Any]) -> None:
    """What `write_rows` puts beside its csv, alone."""
    path.write_text(json.dumps(dict(provenance), ensure_ascii=False, indent=1), encoding="utf-8")
