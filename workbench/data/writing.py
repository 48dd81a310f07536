"""A table with predictions as a file: csv, tsv, jsonl, xlsx or parquet, whole or absent.

Every original cell is written as the text it is, down to its spaces and line ends; confidences (and predicted numbers, where the
form has numbers) are numbers. In a workbook a cell that is written exactly as a number is written is that number, so that a
spreadsheet can look it up and add it; 007 and 1.50 stay what they are.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TextIO

import duckdb
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.workbook.workbook import Workbook

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.predictions import FORMATS
from workbench.data.database import connect, literal_path

Cell = str | float | None
"""A cell to write; None is an empty one of a column of numbers, in which a text is the number it reads as."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 1_048_576, 16_384, 32_767
"""What a sheet of a workbook holds, its header included; a cell in UTF-16 units."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?\s?%?")
_EXACT, EXACT_DIGITS = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII), 15
"""A number without ornament, and how many digits of one a spreadsheet keeps."""
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML cannot hold or changes (a lone carriage return), and what would be read as an escape."""


class Writer(Protocol):
    """Takes row after row."""

    def write(self, cells: Sequence[Cell]) -> None:
        """One row."""
        ...

    def finish(self) -> None:
        """Write what is still to be written."""
        ...

    def abandon(self) -> None:
        """Let go of what is open; the file is of no use."""
        ...


def check_form(out: Path, *, bom: bool) -> None:
    """Refuse a form that is not written.

    Raises:
        WorkbenchError: unknown ending, or a byte order mark in a form that has none.
    """
    form = out.suffix.lower().lstrip(".")
    if form not in FORMATS:
        raise WorkbenchError(
            f"predictions are not written as {out.suffix or 'a file without ending'!r}", where=str(out),
            mend="Use one of: " + ", ".join(f".{each}" for each in FORMATS) + ".",
        )  # fmt: skip
    if bom and form not in ("csv", "tsv"):
        raise WorkbenchError(
            f"a byte order mark does not belong into {form}", where=str(out), mend="Leave it out, or write csv or tsv."
        )


def check_size(out: Path, rows: int, columns: int) -> None:
    """Refuse a table that is too large for its form before anything is computed."""
    if out.suffix.lower() == ".xlsx" and (rows + 1 > MOST_ROWS or columns > MOST_COLUMNS):
        raise WorkbenchError(
            f"a sheet of a workbook holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns; this table would have "
            f"{rows + 1:,} and {columns:,}",
            where=str(out), mend="Write csv or parquet.",
        )  # fmt: skip


def open_writer(path: Path, form: str, header: Sequence[str], *, numbers: Sequence[int], bom: bool) -> Writer:
    """A writer that has written the header.

    Args:
        path: The file, which need not end like its form.
        form: One of `FORMATS`.
        header: Names of the columns.
        numbers: Columns that hold numbers, counted from 0.
        bom: See `workbench.contracts.predictions.TableOrder`.
    """
    if form in ("csv", "tsv"):
        return _Delimited(path, "," if form == "csv" else "\t", header, "utf-8-sig" if bom else "utf-8")
    if form == "jsonl":
        return _JsonLines(path, header, frozenset(numbers))
    return (_Sheet if form == "xlsx" else _Parquet)(path, header, frozenset(numbers))


def neutralised(cell: Cell) -> Cell:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula; numbers are left alone."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


class _Delimited:
    """Python's own writer leaves a lone carriage return without quotes, which no reader takes for a part of its cell."""

    def __init__(self, path: Path, delimiter: str, header: Sequence[str], encoding: str) -> None:
        self._delimiter, self._special = delimiter, re.compile(f'["\r\n{delimiter}]')
        self._file = path.open("w", encoding=encoding, newline="")
        self.write(header)

    def write(self, cells: Sequence[Cell]) -> None:
        self._file.write(self._delimiter.join(map(self._quoted, cells)) + "\n")

    def finish(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        _let_go(self._file)

    def _quoted(self, cell: Cell) -> str:
        text = as_text(cell)
        return '"' + text.replace('"', '""') + '"' if self._special.search(text) else text


class _JsonLines:
    """One object a row."""

    def __init__(self, path: Path, header: Sequence[str], numbers: frozenset[int]) -> None:
        self._header, self._numbers = header, numbers
        self._file = path.open("w", encoding="utf-8", newline="")

    def write(self, cells: Sequence[Cell]) -> None:
        told = dict(zip(self._header, _as_numbers(cells, self._numbers), strict=True))
        self._file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        _let_go(self._file)


class _Sheet:
    """One sheet, written as it comes: openpyxl's write-only mode keeps no row in memory."""

    def __init__(self, path: Path, header: Sequence[str], numbers: frozenset[int]) -> None:
        self._path, self._header, self._numbers, self._row = path, header, frozenset[int](), 0
        self._book = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet("predictions")  # Any: openpyxl carries no types
        self._sheet.freeze_panes = "A2"
        self.write(header)
        self._numbers = numbers

    def write(self, cells: Sequence[Cell]) -> None:
        self._row += 1
        self._sheet.append([self._cell(cell, column) for column, cell in enumerate(_as_numbers(cells, self._numbers))])

    def finish(self) -> None:
        self._book.save(self._path)

    def abandon(self) -> None:
        self._sheet.close()
        self._sheet._writer.cleanup()  # what it wrote lies in the system's temporary folder

    def _cell(self, cell: Cell, column: int) -> object:
        if not isinstance(cell, str):
            return cell
        if len(cell.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_CELL:
            raise WorkbenchError(
                f"row {self._row - 1:,}, column {self._header[column]!r}: a cell of a workbook holds {LONGEST_CELL:,} letters, "
                f"this one has {len(cell):,}",
                where=str(self._path), mend="Write csv or parquet; what was predicted is kept.",
            )  # fmt: skip
        if self._row > 1 and (number := _plain_number(cell)) is not None:
            return number
        made = WriteOnlyCell(self._sheet)
        made._value, made.data_type = _escaped(cell), "s"  # set by name, "=1+1" would become a formula and "#N/A" an error
        return made


class _Parquet:
    """Rows go through a plain csv file, which DuckDB turns into Parquet."""

    def __init__(self, path: Path, header: Sequence[str], numbers: frozenset[int]) -> None:
        self._path, self._header, self._numbers, self._longest = path, header, numbers, 0
        self._aside = tempfile.TemporaryDirectory(prefix=f"{path.name}-", dir=path.parent, ignore_cleanup_errors=True)
        self._file = (Path(self._aside.name) / "rows.csv").open("w", encoding="utf-8", newline="")

    def write(self, cells: Sequence[Cell]) -> None:
        row = ",".join("" if cell is None else '"' + as_text(cell).replace('"', '""') + '"' for cell in cells) + "\n"
        self._longest = max(self._longest, len(row))
        self._file.write(row)

    def finish(self) -> None:
        self._file.close()
        kinds = ", ".join(f"'c{i}': '{'DOUBLE' if i in self._numbers else 'VARCHAR'}'" for i in range(len(self._header)))
        named = ", ".join(f'c{i} AS "{name.replace(chr(34), chr(34) * 2)}"' for i, name in enumerate(self._header))
        query = (
            f"COPY (SELECT {named} FROM read_csv(?, auto_detect=false, columns={{{kinds}}}, header=false, delim=',', "
            "quote='\"', escape='\"', new_line='\\n', allow_quoted_nulls=false, parallel=false, "
            f"max_line_size={max(1 << 21, 4 * self._longest + 64)})) TO '{str(self._path).replace(chr(39), chr(39) * 2)}' "
            "(FORMAT parquet)"
        )
        try:
            with connect() as database:
                database.execute(query, [literal_path(Path(self._file.name))])
        except duckdb.Error as error:  # whoever writes knows what to say of a full disk
            raise OSError(str(error).splitlines()[0]) from error
        finally:
            self._aside.cleanup()

    def abandon(self) -> None:
        _let_go(self._file)
        self._aside.cleanup()


def _let_go(file: TextIO) -> None:
    """Close a file that is of no use, whatever of it still finds no place on the disk."""
    with suppress(OSError):
        file.close()


def _as_numbers(cells: Sequence[Cell], numbers: frozenset[int]) -> list[Cell]:
    """The cells, with numbers where the column holds such."""
    return [float(cell) if place in numbers and cell is not None else cell for place, cell in enumerate(cells)]


def _plain_number(text: str) -> int | float | None:
    """The number that is written exactly so, so that a spreadsheet can reckon with it; None for 007, 1.50 or 1e5."""
    if not _EXACT.fullmatch(text) or sum(map(str.isdigit, text)) > EXACT_DIGITS:
        return None
    number = float(text) if "." in text else int(text)
    return number if repr(number) == text else None


def as_text(cell: Cell) -> str:
    """A cell where there are only letters: confidences with six places."""
    return "" if cell is None else cell if isinstance(cell, str) else f"{cell:.6f}"


def _escaped(text: str) -> str:
    """Text as a workbook holds it: ``_x000D_`` for what XML has no sign for (ECMA-376, 22.9.2.19)."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
