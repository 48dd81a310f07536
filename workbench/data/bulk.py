"""Let DuckDB itself read a large csv file, and prove that nothing was lost on the way.

DuckDB is ten times faster than the reader in `workbench.data.records`, but drops some malformed rows without a word.
So its result only counts when the bytes add up: apart from quotes and line ends, every byte of the file must belong to a
cell, a delimiter, the header or a row rejected for its width, and no line may be missing but blank ones. Where that does
not hold, the caller reads the file with `workbench.data.records`, whose meaning is the definition.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import BinaryIO

import duckdb

from workbench.data.database import literal_path
from workbench.data.delimited import DelimitedSource, numbered_lines
from workbench.data.reading import Rejected, Row
from workbench.data.records import cut, wrong_width

WORTHWHILE = 4 << 20
"""Bytes above which DuckDB is asked at all."""
_CHUNK = 1 << 22
_MOST_REJECTED = 10_000
_SIGNS = ("chr(10)", "chr(13)", "?")
_NOT_IN_FILES = "\x01\x02"  # DuckDB wants a text that stands for nothing; a cell that is this very text is refused below


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """What DuckDB read, proven complete."""

    rows: int
    rejected: tuple[Rejected, ...]
    blank_lines: int


def read_in_bulk(source: DelimitedSource, path: Path, database: duckdb.DuckDBPyConnection) -> Bulk | None:
    """Fill the table ``data`` (text columns c0, c1, …) from a file; None when the result is not proven right.

    Args:
        source: What was found out about the file.
        path: The file as UTF-8: the source's own, or a copy in that encoding.
        database: Where ``data`` is made.
    """
    dialect = source.dialect
    first = next(cut(numbered_lines(path, "utf-8"), dialect), None)
    plain = len(dialect.delimiter or "") == 1 and str(dialect.delimiter).isascii() and not dialect.escape
    if not plain or dialect.space_before_quote or source.skip or not isinstance(first, Row):
        return None
    try:
        rejects = _copy(source, path, database)
        if rejects is None:
            return None
        return _prove(source, path, database, rejects)
    except duckdb.Error:
        return None
    finally:
        database.execute("DROP TABLE IF EXISTS turned_away; DROP TABLE IF EXISTS turned_away_scan")


def _copy(source: DelimitedSource, path: Path, database: duckdb.DuckDBPyConnection) -> list[tuple[int, str]] | None:
    """Copy the file; byte positions and texts of the rows that are too short or too long, None when others were rejected too."""
    columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(len(source.columns)))
    quote = source.dialect.quote or ""
    database.execute(
        f"CREATE OR REPLACE TABLE data AS SELECT * FROM read_csv(?, auto_detect=false, columns={{{columns}}}, "
        "delim=?, quote=?, escape=?, header=?, nullstr=?, allow_quoted_nulls=false, "
        f"store_rejects=true, rejects_table='turned_away', rejects_scan='turned_away_scan', rejects_limit={_MOST_REJECTED})",
        [literal_path(path), source.dialect.delimiter, quote, quote, source.reading.header.value, _NOT_IN_FILES],
    )
    errors = database.execute("SELECT DISTINCT line_byte_position, csv_line, error_type FROM turned_away ORDER BY 1").fetchall()
    kinds = {kind for _, _, kind in errors}
    if len(errors) >= _MOST_REJECTED or not kinds <= {"MISSING COLUMNS", "TOO MANY COLUMNS"}:
        return None
    return [(position - 1, text) for position, text, _ in errors]


def _prove(
    source: DelimitedSource, path: Path, database: duckdb.DuckDBPyConnection, rejects: list[tuple[int, str]]
) -> Bulk | None:
    """Account for every byte and every line of the file."""
    quote = source.dialect.quote or ""
    width = len(source.columns)
    # Of each column: cells that are there, bytes, and how many of them are line feeds, returns and quotes.
    sums = ", ".join(
        f"count(c{n}), sum(strlen(c{n}))" + "".join(f", sum(strlen(c{n}) - strlen(replace(c{n}, {sign}, '')))" for sign in _SIGNS)
        for n in range(width)
    )
    found = database.execute(f"SELECT count(*), {sums} FROM data", [quote or None] * width).fetchall()[0]
    rows, counts = found[0], [int(count or 0) for count in found[1:]]
    filled, lengths, feeds, returns, quotes = (sum(counts[part::5]) for part in range(5))
    if filled != rows * width:
        return None
    plain = lengths - feeds - returns - quotes + rows * (width - 1)
    lines = rows + feeds
    if source.reading.header.value:
        header = next(cut(numbered_lines(path, "utf-8"), source.dialect), None)
        if not isinstance(header, Row):
            return None
        plain += sum(_plain(cell, quote) for cell in header.cells) + len(header.cells) - 1
        lines += sum(cell.count("\n") for cell in header.cells) + 1
    rejected = _rejected(source, path, rejects)
    if rejected is None:
        return None
    plain += sum(_plain(row.text, quote) for row in rejected)
    lines += sum(row.text.count("\n") + 1 for row in rejected)
    shape = _Shape.of(path, quote)
    blank = shape.lines - lines
    if shape.lone_returns or plain != shape.plain or blank < 0 or (blank and blank > shape.empty_lines(path)):
        return None
    return Bulk(rows=rows, rejected=tuple(rejected), blank_lines=blank)


def _plain(text: str, quote: str) -> int:
    """Bytes of a text that are neither quotes nor line ends."""
    return len(text.translate({ord(ch): None for ch in "\r\n" + quote}).encode("utf-8"))


def _rejected(source: DelimitedSource, path: Path, rejects: list[tuple[int, str]]) -> list[Rejected] | None:
    """The rejected rows with their line and reason, once each has been found at its place in the file."""
    rejected = []
    line, counted = 1, 0
    with path.open("rb") as file:
        for position, reported in rejects:
            text = reported.strip("\r\n")
            place = position + len(reported) - len(reported.lstrip("\r\n"))
            line += sum(chunk.count(b"\n") for chunk in _chunks(file, counted, place))
            counted = place
            file.seek(place)
            again = list(cut(StringIO(text, newline=""), source.dialect))
            if file.read(len(text.encode("utf-8"))) != text.encode("utf-8") or len(again) != 1 or not isinstance(again[0], Row):
                return None
            rejected.append(Rejected(line=line, text=text, reason=wrong_width(len(again[0].cells), len(source.columns))))
    return rejected


def _chunks(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` to `stop`, some at a time."""
    file.seek(start)
    while start < stop and (chunk := file.read(min(_CHUNK, stop - start))):
        yield chunk
        start += len(chunk)


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """How many bytes of a file do what."""

    plain: int
    """Neither quotes nor line ends."""
    lines: int
    lone_returns: int
    """Carriage returns that no line feed follows: line ends to one reader and not to the other."""

    @classmethod
    def of(cls, path: Path, quote: str) -> _Shape:
        total = feeds = returns = pairs = quotes = 0
        last = b""
        with path.open("rb") as file:
            for chunk in _chunks(file, 0, path.stat().st_size):
                total += len(chunk)
                feeds += chunk.count(b"\n")
                if found := chunk.count(b"\r"):
                    returns += found
                    pairs += chunk.count(b"\r\n")
                pairs += last == b"\r" and chunk[:1] == b"\n"
                quotes += chunk.count(quote.encode()) if quote else 0
                last = chunk[-1:]
            file.seek(0)
            mark = len(codecs.BOM_UTF8) if file.read(3) == codecs.BOM_UTF8 else 0
        return cls(
            plain=total - feeds - returns - quotes * len(quote.encode()) - mark,
            lines=feeds + (last not in (b"", b"\n")),
            lone_returns=returns - pairs,
        )

    @staticmethod
    def empty_lines(path: Path) -> int:
        """Lines with nothing on them, those inside quotes included."""
        with path.open("rb") as file:
            return sum(line in (b"\n", b"\r\n") for line in file)
