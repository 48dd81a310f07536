"""Turn one sheet of a workbook into csv, in a process of its own: ``python -m workbench.data.workbook_reader BOOK OUT SHEET``.

A damaged workbook, or one with a stray cell in its last corner, ends the process that parses it: the parser reserves room
for the whole rectangle and gives up where there is none. Here that costs nobody anything; `workbench.data.workbook` waits
outside. An empty SHEET asks for the first with a table. The answer is one JSON object on standard output.
"""

from __future__ import annotations

import contextlib
import csv
import datetime
import json
import sys
from collections.abc import Iterator

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

_MOST_MEMORY = 8 << 30


def main(book: str, out: str, wanted: str) -> dict[str, object]:
    """Write ``row number, cells…`` to `out`; the sheets there are, and the one that was taken."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on Windows, or a lower one already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    workbook = CalamineWorkbook.from_path(book)
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)  # hidden ones come last
    names = [sheet.name for sheet in sheets]
    chosen = _choose(workbook, [wanted] if wanted in names else [] if wanted else names)
    if chosen is not None:
        with open(out, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - pathlib is not needed for this alone
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(_rows(chosen))
    return {"sheets": names, "sheet": chosen.name if chosen is not None else None}


def _choose(workbook: CalamineWorkbook, names: list[str]) -> CalamineSheet | None:
    """The first with a table, which has two rows and two columns; else the first with anything in it."""
    filled = None
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height >= 2 and sheet.width >= 2:
            return sheet
        filled = filled or (sheet if sheet.height else None)
    return filled


def _rows(sheet: CalamineSheet) -> Iterator[tuple[object, ...]]:
    """Filled rows with their number in the sheet."""
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = tuple(map(as_text, cells))
        if any(texts):
            yield (number, *texts)


def as_text(cell: object) -> str:
    """A cell as a person would type it: ``164.0`` is 164, dates are ISO 8601."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, (datetime.datetime, datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    try:
        answer = main(*sys.argv[1:])
    except Exception as error:  # the border of the process: the one outside says it to a person
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())
