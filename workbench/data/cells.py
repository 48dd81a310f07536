"""The cells a task needs, read once from a table: trimmed, checked, and set aside with a reason where they cannot be used.

White space around a cell is padding, not content (the fixed-width addition table has nothing else), so it is trimmed; only
running text keeps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.data.numbers import NAMED, no_numbers, number
from workbench.data.sequences import Texts, Writer
from workbench.data.table import Table

LISTED = 100
"""Unusable rows that are listed one by one; all of them are counted."""

WITH_TARGET = frozenset({"text-classification", "regression", "token-classification", "seq2seq"})
"""Tasks that learn from a second column."""
NO_NUMBER = "target is not a number"
"""Why a row cannot be used to learn to predict a number."""


class Unusable(NamedTuple):
    """A row that was read and cannot be used."""

    row: int
    """Number of the row in the table, from 0."""
    line: int | None
    """Line of the file it begins on, where that is known."""
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """The usable rows of a table."""

    running: bool = False
    """The rows are the lines of one text."""
    rows: NDArray[np.int64]
    """Row numbers in the table, ascending: (usable,)."""
    inputs: Texts
    targets: Texts | None
    """None where the task has no target, or the table was read without one."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """``read``, ``rejected``, ``unusable``, and each reason with its count."""
    unusable: tuple[Unusable, ...] = ()

    def place(self, row: int) -> int:
        """Position of a table row among the usable ones."""
        return int(np.searchsorted(self.rows, row))


def is_running_text(table: Table, task: str) -> bool:
    """Whether lines are one text in order rather than rows of their own."""
    return task == "causal-lm" and table.kind == "text"


def words_of(cell: str) -> list[str]:
    """The words (or tags) of a cell, which stand apart by plain spaces."""
    return [word for word in cell.split(" ") if word]


def read_cells(
    table: Table,
    *,
    task: str,
    text: str,
    target: str | None,
    decimal: str = "point",
    where: str = "",
    folder: Path | None = None,
    progress: Callable[[str, float], None] = lambda stage, share: None,
) -> Cells:
    """Read the text and target columns.

    Args:
        table: The open table.
        task: What the rows are for.
        text: Column to read.
        target: Column to predict; None reads the table without its targets.
        decimal: What stands before the fraction of a number to predict: point or comma.
        where: The file's name, for messages.
        folder: Where large tables may be kept while they are used.
        progress: Told the share of the rows read.

    Raises:
        WorkbenchError: the table has no such column, or no row can be used.
    """
    for setting, name in (("text", text), ("target", target)):
        if name is not None and name not in table.columns:
            raise WorkbenchError(
                f"there is no column {name!r}",
                where=where,
                mend=f"Set data.{setting} to one of its columns: {', '.join(map(repr, table.columns))}.",
            )
    texts, targets = Writer(dtype=np.uint8, folder=folder), Writer(dtype=np.uint8, folder=folder)
    running = is_running_text(table, task)
    usable: list[int] = []
    reasons: Counter[str] = Counter()
    listed: list[tuple[int, str]] = []
    in_the_way: list[tuple[int, str]] = []
    read = 0
    for batch in _batches(table, [text] if target is None else [text, target]):
        kept_texts, kept_targets = [], []
        for row, cells in batch:
            content = cells[0] if running else cells[0].strip()
            wanted = None if target is None else cells[1].strip()
            reason = "" if running else _complaint(content, wanted, task, decimal)
            if reason:
                reasons[reason] += 1
                if len(listed) < LISTED:
                    listed.append((row, reason))
                if reason == NO_NUMBER and len(in_the_way) < NAMED:
                    in_the_way.append((row, wanted or ""))
                continue
            usable.append(row)
            kept_texts.append(content.encode(errors="replace"))
            if wanted is not None:
                kept_targets.append(wanted.encode(errors="replace"))
        read += len(batch)
        texts.extend(kept_texts)
        if target is not None:
            targets.extend(kept_targets)
        progress("reading", min(1.0, read / max(1, table.row_count)))
    unusable = sum(reasons.values())
    if not usable:
        why = ", ".join(f"{reason}: {count}" for reason, count in reasons.most_common())
        what = f"no row can be used ({read} read; {why})" if why else f"no row can be used ({read} read)"
        told = no_numbers(in_the_way)
        raise WorkbenchError(
            f"{what}; {told}" if in_the_way else what,
            where=where,
            mend=f"Check that {text!r} is the text" + (f" and {target!r} the target of {task}." if target is not None else "."),
        )
    return Cells(
        running=running,
        rows=np.array(usable, np.int64),
        inputs=Texts(texts.finish()),
        targets=None if target is None else Texts(targets.finish()),
        counts={"read": read, "rejected": len(table.rejected), "unusable": unusable, **reasons},
        unusable=tuple(Unusable(row, table.line_of(row), reason) for row, reason in listed),
    )


def _complaint(text: str, target: str | None, task: str, decimal: str) -> str:
    """Why a row cannot be used, or nothing."""
    if not text:
        return "empty text"
    if target is None:
        return ""
    if not target:
        return "empty target"
    if task == "regression" and number(target, decimal) is None:
        return NO_NUMBER
    if task == "token-classification" and len(words_of(text)) != len(words_of(target)):
        return "words and tags differ in number"
    return ""


def _batches(table: Table, columns: list[str], size: int = 10_000) -> Iterator[list[tuple[int, tuple[str, ...]]]]:
    batch: list[tuple[int, tuple[str, ...]]] = []
    for item in table.rows(columns, batch=size):
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
