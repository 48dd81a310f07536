"""What reading a file yields, whatever its format: rows, rows that could not be read, and how the file was understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from workbench.data.encoding import Encoding

T = TypeVar("T")
Kind = Literal["table", "text", "conll"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row, its cells as text, and the line of the file (or row of the sheet) it begins on, counted from 1."""

    line: int
    cells: tuple[str, ...]
    file: str = ""
    """Of a folder of files, the one it stands in."""


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A stretch of the file that is not a row of the table."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A line that holds nothing to read: blank, or a separator of its format."""

    line: int
    what: str


@dataclass(frozen=True, kw_only=True)
class Found(Generic[T]):
    """A decision about how to read the file, and why."""

    value: T
    evidence: str
    sure: bool = True
    """False where another reading is nearly as likely and a person should look."""
    others: tuple[str, ...] = ()
    """Other values a person may choose instead, where they are known: delimiters that fit as well, the other sheets."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a file was understood; every part can be overruled in the data spec."""

    kind: Found[Kind]
    encoding: Encoding
    delimiter: Found[str | None]
    quote: Found[str | None]
    header: Found[bool]
    skip: Found[int] = Found(value=0, evidence="this kind of file has nothing above its table")
    """Lines (or rows of a sheet) above the table."""
    notes: tuple[str, ...] = ()
    """What else a person should know: the archive member or sheet chosen, lines above the header, renamed columns."""
    by_file: str = ""
    """Of a folder with a file for each class, the column that tells it."""


class Source(Protocol):
    """A file opened in its format."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, each once."""
        ...

    @property
    def reading(self) -> Reading:
        """How the file was understood."""
        ...

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """Everything below the header (and what stands above it, as rejected), in file order, from the start at each call."""
        ...
