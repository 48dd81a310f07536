"""Workbooks (xlsx, xlsm, xlsb, xls, ods): the first sheet with a table, its cells as the text a person would type."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.encoding import Encoding
from workbench.data.header import column_names, find_header, first_row
from workbench.data.reading import Found, Passed, Reading, Rejected, Row

_LOOKED_AT = 500
_BROKEN = (CalamineError, PasswordError, ValueError, OSError)


@dataclass(frozen=True, kw_only=True)
class WorkbookSource:
    """One sheet; `Row.line` is the row of the sheet."""

    sheet: CalamineSheet
    skip: int
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """Rows below the header; a row without any filled cell is passed over, as a blank line is in a text file."""
        header = self.reading.header.value
        for number, cells in numbered_rows(self.sheet):
            if not any(cells):
                yield Passed(line=number, what="blank line")
            elif number <= self.skip:
                yield Rejected(line=number, text="\t".join(cells).rstrip("\t"), reason="stands above the table")
            elif header:
                header = False
            else:
                yield Row(line=number, cells=cells)


def numbered_rows(sheet: CalamineSheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows of the used area with their number in the sheet, cells as text."""
    first = (sheet.start or (0, 0))[0] + 1
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), first):
        yield number, tuple(map(as_text, cells))


def as_text(cell: object) -> str:
    """A cell as a person would type it: ``164.0`` is 164, dates are ISO 8601."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, (datetime.datetime, datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)


def open_workbook(path: Path, spec: DataSpec, *, where: str) -> WorkbookSource:
    """The sheet the spec names, or the first with a table.

    Raises:
        WorkbenchError: broken or locked workbook, no such sheet, nothing in it.
    """
    try:
        book = CalamineWorkbook.from_path(path)
        sheet, note = _choose(book, spec, where)
        rows = [(number, cells) for number, cells in islice(numbered_rows(sheet), spec.skip_lines + _LOOKED_AT) if any(cells)]
    except _BROKEN as error:
        reason = "it is locked with a password" if isinstance(error, PasswordError) else str(error)
        raise WorkbenchError(
            f"the workbook cannot be read: {reason}", where=where, mend="Open it and save it again as xlsx."
        ) from None
    rows = [(number, cells) for number, cells in rows if number > spec.skip_lines]
    if not rows:
        raise WorkbenchError(f"{note} and holds no rows", where=where, mend="Fill it, name another sheet or skip fewer lines.")
    width = len(rows[0][1])
    start = rows[0][0] if spec.skip_lines else first_row(rows, width)
    table = [cells for number, cells in rows if number >= start]
    header = find_header(table, otherwise=True) if spec.header is None else Found(value=spec.header, evidence="given")
    columns, notes = column_names(table[0] if header.value else None, width)
    above = (f"the table begins on row {start}",) if start > 1 else ()
    none = Found[str | None](value=None, evidence="a workbook has cells of its own")
    return WorkbookSource(
        sheet=sheet,
        skip=start - 1,
        columns=columns,
        reading=Reading(
            kind=Found(value="table", evidence=note),
            encoding=Encoding(name="utf-8", evidence="a workbook holds Unicode"),
            delimiter=none,
            quote=none,
            header=header,
            notes=(note, *above, *notes),
        ),
    )


def _choose(book: CalamineWorkbook, spec: DataSpec, where: str) -> tuple[CalamineSheet, str]:
    """The sheet to read and why it; sheets of charts are none, hidden sheets come last, and a table has two rows and columns."""
    metadata = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    metadata.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    names = [sheet.name for sheet in metadata]
    listed = ", ".join(map(repr, names))
    if spec.sheet is not None:
        if spec.sheet not in names:
            near = get_close_matches(spec.sheet, names, n=1)
            guess = f" Did you mean {near[0]!r}?" if near else ""
            raise WorkbenchError(f"there is no sheet {spec.sheet!r}", where=where, mend=f"There are: {listed}.{guess}")
        return book.get_sheet_by_name(spec.sheet), f"sheet {spec.sheet!r} was given"
    sheets = [book.get_sheet_by_name(name) for name in names]
    tables = [sheet for sheet in sheets if sheet.height >= 2 and sheet.width >= 2]
    chosen = next(iter(tables or [sheet for sheet in sheets if sheet.height]), None)
    if chosen is None:
        raise WorkbenchError(f"all sheets are empty ({listed})", where=where, mend="Give a workbook with rows in it.")
    others = f" of {len(names)} ({listed})" if len(names) > 1 else ""
    return chosen, f"sheet {chosen.name!r} is the first with a table{others}"
