"""What is known about a table, stage by stage: at once after opening, after reading all of it, after making examples of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError

LONGEST_SHOWN = 2_000
"""Characters of a cell or line that are shown at most."""


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A decision about a table that a person can change."""

    value: str | bool | int | None
    evidence: str = ""
    """Why, as a sentence of the data layer."""
    sure: bool = True
    """False where another value is nearly as likely and a person should look."""
    others: tuple[str, ...] = ()
    """Other values that cannot be ruled out, the likelier first; for a sheet, all there are."""


ABOVE_TABLE, ABOVE_TEXT = "stands above the table", "stands above the text"
"""Reasons of lines that are listed and were never rows: titles and notes."""


def stands_above(reason: str) -> bool:
    """Whether a line is listed for a title or a note above the table, with which no row was lost."""
    return reason.startswith((ABOVE_TABLE, ABOVE_TEXT))  # a folder's says behind it in which file


@dataclass(frozen=True, kw_only=True)
class LostRow:
    """A stretch of the file that is not learned from."""

    line: int | None
    """Line of the file it begins on, from 1; None where that is not known."""
    text: str
    """How it stands in the file, at most `LONGEST_SHOWN` characters."""
    reason: str


class Stamp(NamedTuple):
    """What is another once a file was written anew."""

    size: int
    written: int
    """In nanoseconds, as the disk tells it."""
    number: int


@dataclass(frozen=True, kw_only=True)
class TableFacts:
    """What the beginning of a file tells."""

    path: str
    size: int
    """In bytes."""
    kind: str
    """table, text (a line in each row) or conll (a sentence in each row)."""
    columns: tuple[str, ...]
    head: tuple[tuple[str, ...], ...]
    """The first rows, as text."""
    complete: bool
    """The head is all of the table."""
    encoding: Guess
    delimiter: Guess
    """None where lines are not cut."""
    quote: Guess
    skip_lines: Guess
    """How many lines stand above the table."""
    header: Guess
    sheet: Guess
    """None where the file is no workbook."""
    notes: tuple[str, ...] = ()
    stamp: Mapping[Path, Stamp] = field(default_factory=dict)
    """How each of its files stood on the disk before it was looked at."""


@dataclass(frozen=True, kw_only=True)
class UsedRows:
    """What becomes of some rows of a table before they are learned from, where that is not what stands in the file."""

    cells: Mapping[tuple[int, int], str]
    """The cells that change, by their place among these rows and their column, as they are used."""
    left_out: frozenset[int]
    """The places of rows that are not used."""


@dataclass(frozen=True, kw_only=True)
class ColumnFacts:
    """What a column holds and what it is for."""

    name: str
    type: str
    """integer, number, date, text or empty."""
    empty: int
    distinct: int
    longest: int
    """In characters."""
    role: str = ""
    """text, pair, target, start, id or unused; empty where roles could not be found."""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class WholeFacts:
    """What reading all of a file tells."""

    row_count: int
    rejected: tuple[LostRow, ...]
    """Every stretch that could not be read as a row."""
    passed: Mapping[str, int]
    """Lines with nothing to read, by what they are."""
    columns: tuple[ColumnFacts, ...]
    task: Guess = field(default=Guess(value=None))
    text: Guess = field(default=Guess(value=None))
    target: Guess = field(default=Guess(value=None))
    decimal: Guess = field(default=Guess(value=None))
    """What stands before the fraction of the numbers to predict; None where no numbers are."""
    pair: Guess = field(default=Guess(value=None))
    """The column of the second text; None where one text is read."""
    answer_start: Guess = field(default=Guess(value=None))
    """The column that says where answers begin; None where there is none."""
    label_separator: Guess = field(default=Guess(value=None))
    """What stands between several labels of a cell; None where a row has one."""
    trouble: WorkbenchError | None = None
    """Why roles could not be found."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SplitFacts:
    """What making examples of a table tells."""

    task: str
    counts: Mapping[str, int]
    """Rows ``read`` = ``train`` + ``validation`` + ``test`` + ``unusable``; ``rejected`` by the reader before that."""
    labels: tuple[str, ...]
    """Classes or tags; empty where there are none."""
    class_counts: Mapping[str, tuple[int, ...]]
    """Of each part, how often each label stands in it."""
    lengths: NDArray[np.int64]
    """Tokens of each input before any is cut, ascending: (inputs,). Empty for a language model, which reads blocks."""
    limit: int
    """Longest input in tokens; what is longer is cut."""
    limit_given: bool
    """A person set the limit; otherwise it is the longest input."""
    tokenizer: str
    tokenizer_reason: str
    vocabulary: int
    """Entries of the vocabulary."""
    unusable: tuple[LostRow, ...]
    """The first rows that were read and cannot be learned from; ``counts["unusable"]`` says how many there are."""
    target_limit: int = 0
    """Longest target in tokens; 0 where the model writes none."""

    def cut_at(self, limit: int) -> int:
        """How many inputs are longer than so many tokens."""
        return len(self.lengths) - int(np.searchsorted(self.lengths, limit, side="right"))
