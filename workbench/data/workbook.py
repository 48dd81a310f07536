"""Workbooks (xlsx, xlsm, xlsb, xls, ods): the first sheet with a table, its cells as the text a person would type."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import ABOVE_TABLE
from workbench.data.encoding import Encoding
from workbench.data.header import column_names, find_header, lines_above
from workbench.data.reading import Found, Passed, Reading, Rejected, Row

_LOOKED_AT = 500
_SAVE = "Open it in its program and save it again as xlsx, or save the sheet as csv."


@dataclass(frozen=True, kw_only=True)
class WorkbookSource:
    """One sheet, already turned into csv; `Row.line` is the row of the sheet."""

    path: Path
    skip: int
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """Rows below the header; a row without any filled cell is passed over, as a blank line is in a text file."""
        header = self.reading.header.value
        expected = 1
        for number, cells in _numbered_rows(self.path):
            for blank in range(expected, number):
                yield Passed(line=blank, what="blank line")
            expected = number + 1
            if number <= self.skip:
                yield Rejected(line=number, text="\t".join(cells).rstrip("\t"), reason=ABOVE_TABLE)
            elif header:
                header = False
            else:
                yield Row(line=number, cells=cells)


def open_workbook(path: Path, folder: Path, spec: DataSpec, *, where: str, cancelled: Callable[[], bool]) -> WorkbookSource:
    """The sheet the spec names, or the first with a table.

    Args:
        path: The workbook.
        folder: Where the sheet is put as csv.
        spec: Says which sheet, and what is known about its header.
        where: The file as the person named it.
        cancelled: Asked while the workbook is parsed.

    Raises:
        WorkbenchError: broken or locked workbook, no such sheet, nothing in it.
        Cancelled: `cancelled` said so.
    """
    target = folder / "sheet.csv"
    sheet, names = _convert(path, target, spec.sheet or "", where, cancelled)
    passed_over = spec.skip_lines or 0
    rows = [row for row in islice(_numbered_rows(target), passed_over + _LOOKED_AT) if row[0] > passed_over]
    if not rows:
        raise WorkbenchError(
            f"sheet {sheet!r} holds no rows", where=where, mend="Fill it, name another sheet or skip fewer lines."
        )
    width = len(rows[0][1])
    above = lines_above(rows, width, spec.skip_lines)
    start = max(above.value + 1, rows[0][0])
    table = [cells for number, cells in rows if number >= start]
    header = find_header(table, otherwise=True) if spec.header is None else Found(value=spec.header, evidence="given")
    columns, notes = column_names(table[0] if header.value else None, width)
    why = f"sheet {sheet!r} " + ("was given" if spec.sheet else "is the first with a table")
    why += f", of {', '.join(map(repr, names))}" if len(names) > 1 else ""
    none = Found[str | None](value=None, evidence="a workbook has cells of its own")
    return WorkbookSource(
        path=target,
        skip=above.value,
        columns=columns,
        reading=Reading(
            kind=Found(value="table", evidence=why, others=tuple(name for name in names if name != sheet)),
            encoding=Encoding(name="utf-8", evidence="a workbook holds Unicode"),
            delimiter=none,
            quote=none,
            header=header,
            skip=above,
            notes=(why, *((f"the table begins on row {start}",) if start > 1 else ()), *notes),
        ),
    )


def _convert(path: Path, target: Path, wanted: str, where: str, cancelled: Callable[[], bool]) -> tuple[str, list[str]]:
    """Have another process write the sheet to `target`; the sheet's name and those of all sheets."""
    command = [sys.executable, "-m", "workbench.data.workbook_reader", str(path), str(target), wanted]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        while True:
            try:
                output, _ = process.communicate(timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                if cancelled():
                    process.kill()
                    raise Cancelled("reading was stopped", where=where) from None
    broken = {"error": "its parser broke down over it, so it is damaged or far too large"}
    answer: dict[str, Any] = json.loads(output) if output else broken  # Any: nested JSON values
    if "error" in answer:
        raise WorkbenchError(f"the workbook cannot be read: {answer['error']}", where=where, mend=_SAVE)
    names: list[str] = answer["sheets"]
    listed = ", ".join(map(repr, names))
    if answer["sheet"] is not None:
        return answer["sheet"], names
    if wanted and wanted not in names:
        near = get_close_matches(wanted, names, n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        raise WorkbenchError(f"there is no sheet {wanted!r}", where=where, mend=f"There are: {listed}.{guess}")
    raise WorkbenchError(f"all sheets are empty ({listed})", where=where, mend="Give a workbook with rows in it.")


def _numbered_rows(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Filled rows with their number in the sheet, as the other process wrote them."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, *cells in csv.reader(file):
            yield int(number), tuple(cells)
