"""Cut delimited text into records: the one definition of what a row is.

Python's `csv` module reads each record in its strict mode. Where it fails, only the first line is rejected and reading
goes on with the next, so that one stray quote costs one line and not the rest of the file.
"""

from __future__ import annotations

import csv
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.data.encoding import LOST
from workbench.data.reading import Passed, Rejected, Row

# The module's own limit is 131,072 characters a cell; a whole document in a cell is more.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_STAND_IN = "\ufdd0"
"""Stands for a delimiter that is absent or longer than a character; Unicode keeps this code point out of texts."""
_LONGEST = 10_000  # lines in one record, before the quote that opened it is called stray
_SHORTEST = 20


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a line is cut into cells."""

    delimiter: str | None
    """None: one column."""
    quote: str | None
    """None: quotes are letters like any other."""
    escape: str | None = None
    """What stands before a quote that belongs to the cell; None: the quote is doubled."""
    space_before_quote: bool = False
    """Whether spaces after a delimiter are left out."""


class _Lines:
    """Lines with a memory of the record being read, so that they can be given back."""

    def __init__(self, lines: Iterable[str], first_line: int) -> None:
        self._source = iter(lines)
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.longest = _LONGEST
        self.number = first_line - 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.record) >= self.longest:
            raise csv.Error("quote never closed")
        line = self._again.popleft() if self._again else next(self._source)
        self.record.append(line)
        self.number += 1
        return line

    def give_back(self) -> None:
        """All but the first line of the record are to be read again."""
        self._again.extendleft(reversed(self.record[1:]))
        self.number -= len(self.record) - 1
        del self.record[1:]


def cut(
    lines: Iterable[str], dialect: Dialect, width: int | None = None, *, encoding: str = "utf-8", first_line: int = 1
) -> Iterator[Row | Rejected | Passed]:
    """Rows of `width` cells (of any number when None); everything else is rejected with its line, its text and the reason."""
    delimiter = dialect.delimiter
    replaced = delimiter if delimiter is not None and len(delimiter) > 1 else ""
    if delimiter is None or replaced:
        delimiter, lines = _STAND_IN, _with_stand_in(lines, replaced)
    feed = _Lines(lines, first_line)
    reader = csv.reader(
        feed,
        delimiter=delimiter,
        quotechar=dialect.quote,
        quoting=csv.QUOTE_NONE if dialect.quote is None else csv.QUOTE_MINIMAL,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
        skipinitialspace=dialect.space_before_quote,
        strict=True,
    )
    while True:
        feed.record.clear()
        reason = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = []
            reason = _reason(str(error), dialect)
            if "never closed" in reason:
                feed.longest = max(_SHORTEST, feed.longest // 2)
            feed.give_back()
        line = feed.number - len(feed.record) + 1
        if not reason and not cells:
            yield Passed(line=line, what="blank line")
            continue
        if any(LOST in part for part in feed.record):
            reason = f"holds bytes that are not valid {encoding}"
        elif not reason and width is not None and len(cells) != width:
            reason = wrong_width(len(cells), width)
        if reason:
            text = "".join(feed.record).rstrip("\r\n").replace(LOST, "\ufffd")
            yield Rejected(line=line, text=text.replace(_STAND_IN, replaced), reason=reason)
            continue
        if replaced:
            cells = [cell.replace(_STAND_IN, replaced) for cell in cells]
        yield Row(line=line, cells=tuple(cells))


def _with_stand_in(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    """Lines with the stand-in for the delimiter; where it is in the file already it is no valid text, and rejected as such."""
    for line in lines:
        text = line.replace(_STAND_IN, LOST)
        yield text.replace(delimiter, _STAND_IN) if delimiter else text


def wrong_width(cells: int, width: int) -> str:
    """Why a row of so many cells is rejected."""
    return f"{cells} {'cell' if cells == 1 else 'cells'} where the table has {width}"


def _reason(error: str, dialect: Dialect) -> str:
    if "never closed" in error or "unexpected end" in error:
        return f"a {dialect.quote} opens a cell here and never closes it"
    if "expected after" in error:
        return f"text follows a closing {dialect.quote}"
    return error
