"""Text files as tables: delimited cells, or running text with a line in each row."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import ABOVE_TABLE, ABOVE_TEXT
from workbench.data.dialect import find_dialect
from workbench.data.encoding import LOST, Encoding, open_text
from workbench.data.header import column_names, find_header, lines_above
from workbench.data.reading import Found, Passed, Reading, Rejected, Row
from workbench.data.records import Dialect, cut

HEAD = 1_000_000
"""Characters of a file that are looked at to find its dialect."""
_RUNNING_TEXT = (".txt", ".md", ".text", "")


def read_head(path: Path, encoding: str) -> str:
    """The beginning of a file up to a line end, without a byte order mark."""
    with open_text(path, encoding) as file:
        return (file.read(HEAD) + file.readline()).removeprefix("\ufeff")


def numbered_lines(path: Path, encoding: str) -> Iterator[str]:
    """The lines of a file, line ends kept, without a byte order mark."""
    with open_text(path, encoding) as file:
        first = next(file, "").removeprefix("\ufeff")
        if first:
            yield first
            yield from file


@dataclasses.dataclass(frozen=True, kw_only=True)
class DelimitedSource:
    """A csv, tsv or any other file with a delimiter."""

    path: Path
    encoding: str
    dialect: Dialect
    skip: int
    """Physical lines above the table."""
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """The lines above the table as rejected, then everything below the header."""
        lines = numbered_lines(self.path, self.encoding)
        for number, line in enumerate(lines if self.skip else (), 1):
            text = line.rstrip("\r\n").replace(LOST, "\ufffd")
            yield Rejected(line=number, text=text, reason=ABOVE_TABLE) if text else Passed(line=number, what="blank line")
            if number == self.skip:
                break
        header = self.reading.header.value
        for record in cut(lines, self.dialect, len(self.columns), encoding=self.encoding, first_line=self.skip + 1):
            if header and isinstance(record, Row):
                header = False
            else:
                yield record


@dataclasses.dataclass(frozen=True, kw_only=True)
class TextSource:
    """Running text: one column, one row a line, empty lines included."""

    path: Path
    encoding: str
    skip: int
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """One row a line."""
        for number, line in enumerate(numbered_lines(self.path, self.encoding), 1):
            text = line.rstrip("\r\n")
            if number <= self.skip:
                yield Rejected(line=number, text=text.replace(LOST, "\ufffd"), reason=ABOVE_TEXT)
            elif LOST in text:
                yield Rejected(
                    line=number, text=text.replace(LOST, "\ufffd"), reason=f"holds bytes that are not valid {self.encoding}"
                )
            else:
                yield Row(line=number, cells=(text,))


def _running_text(path: Path, encoding: Encoding, spec: DataSpec, why: str) -> TextSource:
    none = Found[str | None](value=None, evidence="running text is not cut into cells")
    return TextSource(
        path=path,
        encoding=encoding.name,
        skip=spec.skip_lines or 0,
        columns=("text",),
        reading=Reading(
            kind=Found(value="text", evidence=f"running text, a line in each row: {why}"),
            encoding=encoding,
            delimiter=none,
            quote=none,
            header=Found(value=False, evidence="running text has no header"),
            skip=Found(
                value=spec.skip_lines or 0,
                evidence="given" if spec.skip_lines is not None else "running text begins with the first line",
            ),
        ),
    )


def open_delimited(path: Path, name: str, encoding: Encoding, spec: DataSpec, *, where: str) -> DelimitedSource | TextSource:
    """Decide by content between a table and running text, and how a table is cut.

    Raises:
        WorkbenchError: nothing but blank lines, or what the spec says about the dialect is impossible.
    """
    lines = list(io.StringIO(read_head(path, encoding.name), newline=""))
    passed_over = spec.skip_lines or 0
    body = "".join(lines[passed_over:])
    if not body.strip("\r\n"):
        mend = f"Skip fewer than {passed_over} lines." if passed_over else "Give a file with rows in it."
        raise WorkbenchError("there are no rows, only blank lines", where=where, mend=mend)
    suffix = PurePosixPath(name).suffix.lower()
    trial, delimiter, quote = find_dialect(body, spec, suffix=suffix, where=where)
    if delimiter.value is None and spec.header is None and suffix in _RUNNING_TEXT:
        return _running_text(path, encoding, spec, delimiter.evidence)
    if not trial.rows:
        raise WorkbenchError(
            f"no row could be read: all of the first {trial.total} records break the rules of quote {trial.dialect.quote}",
            where=where,
            mend="Set quote to none, or to the character that encloses the cells.",
        )
    fitting = [(row.line, row.cells) for row in trial.rows if len(row.cells) == trial.width]
    above = lines_above(fitting, trial.width, spec.skip_lines)
    rows = [cells for line, cells in fitting if spec.skip_lines is not None or line > above.value]
    header = (
        find_header(rows, otherwise=suffix not in _RUNNING_TEXT)
        if spec.header is None
        else Found(value=spec.header, evidence="given")
    )
    columns, notes = column_names(rows[0] if header.value else None, trial.width)
    if spec.skip_lines is None and above.value:
        notes = (f"the table begins on line {above.value + 1}", *notes)
    return DelimitedSource(
        path=path,
        encoding=encoding.name,
        dialect=trial.dialect,
        skip=above.value,
        columns=columns,
        reading=Reading(
            kind=Found(value="table", evidence=delimiter.evidence),
            encoding=encoding,
            delimiter=delimiter,
            quote=quote,
            header=header,
            skip=above,
            notes=notes,
        ),
    )
