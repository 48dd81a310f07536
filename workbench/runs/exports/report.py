"""The report of a run as a file: see `workbench.runs.exports.report_page`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from workbench.contracts.errors import WorkbenchError
from workbench.runs.exports import check
from workbench.runs.exports.report_page import page
from workbench.runs.folder import RunFolder


def write_report(path: Path, out: Path, *, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Write the report of a run, complete or not at all.

    Args:
        path: The run folder; it may still be training.
        out: ``x.html``.
        cancelled: Asked before the model is opened: without it the page has no heads.

    Raises:
        WorkbenchError: no run, another ending, or a place that cannot be written.
    """
    run = RunFolder.open(path)
    check(out, (".html",))
    text = page(run, cancelled)
    aside = out.with_name(f".{out.stem}.{os.getpid()}.partial")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(out)
    except OSError as error:
        raise WorkbenchError(f"the report cannot be written: {error}", where=str(out), mend="Choose another place.") from error
