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
from workbench.contracts.specs import ONE_NUMBER, TASKS
from workbench.data.answers import answer_of, place_of
from workbench.data.labels import labels_of
from workbench.data.numbers import NAMED, no_numbers, number
from workbench.data.sequences import Texts, Writer
from workbench.data.table import Table

LISTED = 100
"""Unusable rows that are listed one by one; all of them are counted."""

WITH_TARGET = frozenset(TASKS) - {"causal-lm", "masked-lm"}
"""Tasks that learn from a column to predict."""
NO_ANSWER = "the answer is not in the passage"
"""Why a row cannot be used to learn to answer."""
NO_NUMBER = "target is not a number"
"""Why a row cannot be used to learn to predict a number."""
FEW_PASSAGES = 20
"""Passages below which questions about the same one may be divided between training and validation."""


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
    pairs: Texts | None = None
    """The second texts, where the task reads two."""
    starts: NDArray[np.int64] | None = None
    """The character of its passage at which each answer begins (question-answering): (usable,)."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """``read``, ``rejected``, ``unusable``, and each reason with its count."""
    unusable: tuple[Unusable, ...] = ()

    def place(self, row: int) -> int:
        """Position of a table row among the usable ones."""
        return int(np.searchsorted(self.rows, row))

    def texts_of_copies(self) -> Iterator[str]:
        """What makes two rows copies of each other: their text; of a pair both, in either order; of an answer its passage."""
        if self.pairs is None:
            yield from self.inputs
        elif self.starts is not None and len(set(self.pairs)) >= FEW_PASSAGES:
            yield from self.pairs
        else:
            for pair in zip(self.inputs, self.pairs, strict=True):
                yield "\n".join(sorted(pair))


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
    pair: str | None = None,
    answer_start: str | None = None,
    decimal: str = "point",
    separator: str = "semicolon",
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
        pair: Column of the second text, where the task reads two.
        answer_start: Column that says where an answer begins.
        decimal: What stands before the fraction of a number to predict: point or comma.
        separator: What stands between the labels of a cell (multi-label).
        where: The file's name, for messages.
        folder: Where large tables may be kept while they are used.
        progress: Told the share of the rows read.

    Raises:
        WorkbenchError: the table has no such column, or no row can be used.
    """
    named = {"text": text, "target": target, "pair": pair, "answer_start": answer_start if target is not None else None}
    for setting, name in named.items():
        if name is not None and name not in table.columns:
            raise WorkbenchError(
                f"there is no column {name!r}",
                where=where,
                mend=f"Set data.{setting} to one of its columns: {', '.join(map(repr, table.columns))}.",
            )
    texts, targets, pairs = (Writer(dtype=np.uint8, folder=folder) for _ in range(3))
    columns = {setting: name for setting, name in named.items() if name is not None}
    starts: list[int] = []
    running = is_running_text(table, task)
    usable: list[int] = []
    reasons: Counter[str] = Counter()
    listed: list[tuple[int, str]] = []
    in_the_way: list[tuple[int, str]] = []
    read = 0
    for batch in _batches(table, list(columns.values())):
        kept_texts, kept_targets, kept_pairs = [], [], []
        for row, cells in batch:
            given = dict(zip(columns, cells, strict=True))
            content = given["text"] if running else given["text"].strip()
            wanted = given["target"].strip() if target is not None else None
            second = given["pair"].strip() if pair is not None else None
            reason = "" if running else _complaint(content, wanted, second, task, decimal, separator)
            if not reason and wanted is not None and second is not None and task == "question-answering":
                wanted, start = _found(wanted, given)
                reason = NO_ANSWER if start is None else ""
                starts += [] if start is None else [start]
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
            if second is not None:
                kept_pairs.append(second.encode(errors="replace"))
        read += len(batch)
        texts.extend(kept_texts)
        if target is not None:
            targets.extend(kept_targets)
        if pair is not None:
            pairs.extend(kept_pairs)
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
        pairs=None if pair is None else Texts(pairs.finish()),
        starts=np.array(starts, np.int64) if task == "question-answering" and target is not None else None,
        counts={"read": read, "rejected": len(table.rejected), "unusable": unusable, **reasons},
        unusable=tuple(Unusable(row, table.line_of(row), reason) for row, reason in listed),
    )


def _found(cell: str, given: Mapping[str, str]) -> tuple[str, int | None]:
    """An answer as it stands in its passage (without the white space around that), and where; None where it does not."""
    passage, answer = given["pair"], answer_of(cell)
    said = given.get("answer_start", "").strip()
    padding = len(passage) - len(passage.lstrip())
    start = int(said) if said.isdecimal() and said.isascii() else answer.start
    passage = passage.strip()
    place = place_of(answer.text, passage, None if start is None else start - padding)
    return (answer.text, None) if place is None else (passage[place : place + len(answer.text)], place)


def _complaint(text: str, target: str | None, pair: str | None, task: str, decimal: str, separator: str) -> str:
    """Why a row cannot be used, or nothing."""
    if not text:
        return "empty text"
    if pair is not None and not pair:
        return "empty second text"
    if target is None:
        return ""
    if not target:
        return "empty target"
    if task == "question-answering" and not answer_of(target).text:
        return "empty target"
    if task == "multi-label":
        labels = labels_of(target, separator)
        if labels is None:
            return "target is no list of labels"
        return "" if labels or separator == "json" else "empty target"  # an empty list says that no label holds
    if task in ONE_NUMBER and number(target, decimal) is None:
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
