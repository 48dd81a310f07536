"""What was worked out about a text as files: each study is brought into one form, and the form is written.

write_study(readings, provenance, Path("layers.png"))     # or .svg, .csv, .npz, .html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from workbench.contracts.delimited import write_rows
from workbench.contracts.errors import WorkbenchError
from workbench.runs.exports.pictures import save_figure
from workbench.runs.exports.sheet_page import sheet_page

CELLS = 60_000
"""Cells that a page of paths holds: of all layers where they fit, else of the last one."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """A study in every form that a file can have."""

    title: str
    about: str
    """What the numbers are, for a reader of the page."""
    arrays: Mapping[str, NDArray[Any]]  # Any: numbers and text
    columns: tuple[str, ...]
    """Of the csv."""
    rows: Callable[[], Iterable[tuple[object, ...]]]
    """Of the csv, harmless."""
    draw: Callable[[], Figure]
    body: Callable[[], str]
    """Of the page: markup without script or style of its own."""
    provenance: Mapping[str, Any]  # Any: plain values
    cells: int = 0
    """That a page must hold at least."""


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write it in the form that the ending says.

    Raises:
        OSError: the place cannot be written.
        WorkbenchError: a page would be too large to be read.
    """
    ending = path.suffix.lower()
    if ending == ".npz":
        about = np.array(json.dumps(dict(sheet.provenance), ensure_ascii=False))
        arrays: dict[str, Any] = {"provenance": about, **sheet.arrays}  # Any: as above
        np.savez_compressed(path, **arrays)
    elif ending == ".csv":
        write_rows(path, sheet.columns, sheet.rows(), sheet.provenance)
    elif ending == ".html":
        if sheet.cells > CELLS:
            raise WorkbenchError(
                f"a page does not hold {sheet.cells:,} cells", where=path.name,
                mend="Write .npz, .csv or .png, or take a shorter text.",
            )  # fmt: skip
        path.write_text(sheet_page(sheet.title, sheet.about, sheet.body(), sheet.provenance), encoding="utf-8")
    else:
        save_figure(sheet.draw, path, sheet.provenance)
