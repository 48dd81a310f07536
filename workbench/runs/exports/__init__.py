"""Attention as files: arrays (npz), a table (csv), pictures (png, svg) and a page that shows it all (html)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from workbench.contracts.comparing import Compared
from workbench.contracts.delimited import beside
from workbench.contracts.errors import WorkbenchError
from workbench.runs.exports.arrays import write_arrays
from workbench.runs.exports.compared import WRITERS as COMPARED_WRITERS
from workbench.runs.exports.over_picture import write_over
from workbench.runs.exports.page import write_page
from workbench.runs.exports.pictures import write_picture
from workbench.runs.exports.sheets import write_sheet
from workbench.runs.exports.studied import Study, sheet_of
from workbench.runs.exports.table import write_table
from workbench.runs.inspection import Inspection


def _write_picture(inspection: Inspection, path: Path) -> None:
    """Over the picture that was looked at, where there is one."""
    (write_picture if inspection.seen.picture is None else write_over)(inspection, path)


WRITERS: dict[str, Callable[[Inspection, Path], None]] = {
    ".html": write_page, ".png": _write_picture, ".svg": _write_picture, ".csv": write_table, ".npz": write_arrays
}  # fmt: skip
FLAT = (".png", ".svg", ".csv", ".npz")
"""What pictures of positions are written as."""


def check(out: Path, endings: Collection[str] = tuple(WRITERS)) -> None:
    """Whether a file of this name can be written, before a model is opened for it.

    Raises:
        WorkbenchError: another ending, or no such folder.
    """
    if out.suffix.lower() not in endings:
        raise WorkbenchError(
            f"attention is not written as {out.suffix or 'a file without ending'!r}", where=str(out),
            mend="Use one of: " + ", ".join(endings) + ".",
        )  # fmt: skip
    if not out.parent.is_dir():
        raise WorkbenchError("there is no such folder", where=str(out.parent), mend="Make it first, or choose another place.")


def write(inspection: Inspection, out: Path) -> str:
    """Write what was seen, in the form that the file's ending says; complete or not at all.

    Returns:
        What a person should know about the file, or nothing.

    Raises:
        WorkbenchError: another ending, a place that cannot be written, or more weights than memory holds.
    """
    check(out)
    return _write(out, lambda aside: WRITERS[out.suffix.lower()](inspection, aside))


def write_compared(found: Compared, out: Path) -> str:
    """Write two heads that were compared and their difference: .npz, .csv, .png or .svg; complete or not at all.

    Returns:
        What a person should know about the file, or nothing.

    Raises:
        WorkbenchError: another ending, a place that cannot be written, or a .csv of sides with different tokens.
    """
    check(out, COMPARED_WRITERS)
    return _write(out, lambda aside: COMPARED_WRITERS[out.suffix.lower()](found, aside))


def write_study(study: Study, provenance: Mapping[str, Any], out: Path) -> str:
    """Write what was worked out about a text: .png, .svg, .csv, .npz, .html; complete or not at all.

    Args:
        study: What each layer would say, what an answer hangs on, a rollout, a flow, or pictures of positions.
        provenance: Of the text and its model.
        out: The file.

    Returns:
        What a person should know about the file, or nothing.

    Raises:
        WorkbenchError: another ending, or a place that cannot be written.
    """
    check(out, FLAT if isinstance(study, tuple) else tuple(WRITERS))
    return _write(out, lambda aside: write_sheet(sheet_of(study, provenance), aside))


def _write(out: Path, write: Callable[[Path], None]) -> str:
    """Write aside, then put in place."""
    aside = out.with_name(f".{out.stem}.partial{out.suffix}")
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            write(aside)
        aside.replace(out)
        if beside(aside).exists():
            beside(aside).replace(beside(out))
    except OSError as error:
        raise WorkbenchError(f"the file cannot be written: {error}", where=str(out), mend="Choose another place.") from error
    finally:
        aside.unlink(missing_ok=True)
        beside(aside).unlink(missing_ok=True)
    if out.suffix.lower() == ".png" and any("missing from font" in str(each.message) for each in told):
        return "Some tokens are drawn as boxes: no font here has their characters. Install one, such as Noto Sans CJK."
    return ""
