"""What a person is told about a table, gathered from the reader, the guesses and the examples."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.examples import IGNORED, Examples
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import LONGEST_SHOWN, ColumnFacts, Guess, LostRow, SplitFacts, TableFacts, UsedRows, WholeFacts
from workbench.data.cells import Unusable
from workbench.data.prepare import Prepared
from workbench.data.reading import Found
from workbench.data.recipe import encode_cells
from workbench.data.roles import guess_roles
from workbench.data.table import Table

HEAD = 200
"""Rows that are shown before the whole file is read."""
MEMORY = "96MB"
"""What an open table may keep in memory once it was looked through."""
UNCUT = 65_536
"""Tokens above which no text is measured: the most that ``data.max_length`` may be."""
_SHEET = re.compile(r"sheet (?P<name>.+?) (?:was given|is the first with a table)(?:, of (?P<all>.+))?", re.DOTALL)


def table_facts(table: Table) -> TableFacts:
    """What the beginning of the file tells."""
    reading = table.reading
    head = table.page(0, HEAD + 1)
    return TableFacts(
        path=str(table.path),
        size=table.path.stat().st_size,
        kind=table.kind,
        columns=table.columns,
        head=tuple(head[:HEAD]),
        complete=len(head) <= HEAD,
        encoding=Guess(
            value=reading.encoding.name,
            evidence=reading.encoding.evidence,
            sure=not reading.encoding.candidates,
            others=tuple(dict.fromkeys(each.name for each in reading.encoding.candidates)),
        ),
        delimiter=_guess(reading.delimiter),
        quote=_guess(reading.quote),
        skip_lines=_guess(reading.skip),
        header=_guess(reading.header),
        sheet=_sheet(reading.kind.evidence),
        notes=reading.notes,
        stamp=table.stamp,
    )


def whole_facts(table: Table, spec: DataSpec, progress: Callable[[str, float], None]) -> WholeFacts:
    """What all of the file tells; columns that fit no task are no error here but the facts' ``trouble``.

    Raises:
        WorkbenchError: the file cannot be read to its end.
        Cancelled: `progress` said so.
    """
    progress("reading the table", 0.0)
    rows, rejected = table.row_count, table.rejected
    progress("looking at the columns", 0.5)
    columns = tuple(
        ColumnFacts(name=each.name, type=each.type, empty=each.empty, distinct=each.distinct, longest=each.longest)
        for each in table.profile()
    )
    progress("looking at the columns", 0.9)
    with suppress(WorkbenchError):  # from here on only pages are asked for, so its memory is given to making examples
        table.query(f"SET memory_limit = '{MEMORY}'")
    facts = WholeFacts(
        row_count=rows,
        rejected=tuple(LostRow(line=each.line, text=each.text[:LONGEST_SHOWN], reason=each.reason) for each in rejected),
        passed=table.passed,
        columns=columns,
    )
    try:
        roles = guess_roles(table, spec)
    except WorkbenchError as error:
        return dataclasses.replace(facts, trouble=error)
    told = [dataclasses.replace(each, role=roles.role[each.name], reason=roles.reason[each.name]) for each in columns]
    return dataclasses.replace(
        facts,
        columns=tuple(told),
        task=Guess(value=roles.task, evidence=roles.task_reason),
        text=Guess(value=roles.text, evidence=roles.reason.get(roles.text, "")),
        target=Guess(value=roles.target, evidence=roles.reason.get(roles.target or "", "")),
        decimal=_guess(roles.decimal) if roles.decimal is not None else Guess(value=None),
        pair=Guess(value=roles.pair, evidence=roles.reason.get(roles.pair or "", "")),
        answer_start=Guess(value=roles.answer_start, evidence=roles.reason.get(roles.answer_start or "", "")),
        label_separator=_guess(roles.separator) if roles.separator is not None else Guess(value=None),
    )


def split_facts(table: Table, prepared: Prepared, asked: DataSpec, lengths: NDArray[np.int64]) -> SplitFacts:
    """What the examples tell.

    Args:
        table: The table they were made of.
        prepared: The examples.
        asked: The settings they were made with.
        lengths: Of each input before any was cut: `uncut_lengths`.
    """
    return SplitFacts(
        task=prepared.task,
        counts=dict(prepared.counts),
        labels=prepared.labels,
        class_counts={name: _class_counts(part.examples, len(prepared.labels)) for name, part in prepared.parts.items()},
        lengths=lengths,
        limit=prepared.data.max_length or 0,
        limit_given=asked.max_length is not None,
        tokenizer=prepared.data.tokenizer or "",
        tokenizer_reason=prepared.reason,
        vocabulary=prepared.tokenizer.get_vocab_size(),
        unusable=tuple(_lost(table, prepared.unusable)),
        target_limit=prepared.data.max_target_length or 0,
    )


def uncut_lengths(prepared: Prepared, progress: Callable[[str, float], None]) -> NDArray[np.int64]:
    """Tokens of each input had none been cut, ascending; none for a language model, which reads blocks of a stream."""
    if prepared.task == "causal-lm":
        return np.empty(0, np.int64)
    parts = list(prepared.parts.values())
    if any(part.cut or len(part.examples) > len(np.unique(part.examples.rows)) for part in parts):  # cut, or read in windows
        recipe = dataclasses.replace(prepared, data=dataclasses.replace(prepared.data, max_length=UNCUT))
        tables = list({id(part.cells): part.cells for part in parts}.values())
        parts = [
            encode_cells(recipe, each, np.arange(len(each.rows)), progress=lambda share: progress("measuring texts", share))
            for each in tables
        ]
    return np.sort(np.concatenate([part.examples.inputs.lengths for part in parts]))


def used_rows(prepared: Prepared, columns: Sequence[str], numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> UsedRows:
    """What the examples made of rows of their table.

    Args:
        prepared: The examples.
        columns: Of the table.
        numbers: Of the rows in the table, from 0.
        rows: Their cells as they stand in the file; spaces around them are never read.
    """
    cells, data = prepared.parts["train"].cells, prepared.data  # all of the table, whichever part its rows are in
    sides = [
        (columns.index(name), texts)
        for name, texts in ((data.text, cells.inputs), (data.pair, cells.pairs), (data.target, cells.targets))
        if name in columns and texts is not None
    ]
    changed, left_out = {}, set()
    for place, (number, row) in enumerate(zip(numbers, rows, strict=False)):
        found = cells.place(number)
        if found == len(cells.rows) or cells.rows[found] != number:
            left_out.add(place)
            continue
        for column, texts in sides:
            if (text := texts[found]) != row[column].strip():
                changed[place, column] = text
    return UsedRows(cells=changed, left_out=frozenset(left_out))


def _class_counts(examples: Examples, labels: int) -> tuple[int, ...]:
    if not labels:
        return ()
    if examples.labels is not None:
        ids = examples.labels.astype(np.int64)
    elif examples.targets is not None:
        ids = examples.targets.values[examples.targets.values != IGNORED].astype(np.int64)
    else:
        return ()
    return tuple(np.bincount(ids, minlength=labels).tolist())


def _guess(found: Found[bool] | Found[str] | Found[str | None] | Found[int]) -> Guess:
    return Guess(value=found.value, evidence=found.evidence, sure=found.sure)


def _sheet(evidence: str) -> Guess:
    """The sheet and its siblings, which the reader tells in its evidence alone."""
    match = _SHEET.fullmatch(evidence)
    if match is None:
        return Guess(value=None)
    try:
        name = str(ast.literal_eval(match["name"]))
        others = tuple(ast.literal_eval(f"({match['all']},)")) if match["all"] else (name,)
    except (SyntaxError, ValueError):  # a name that reads like the sentence around it
        return Guess(value=None)
    return Guess(value=name, evidence=evidence, others=others)


def _lost(table: Table, unusable: tuple[Unusable, ...]) -> Iterator[LostRow]:
    for each in unusable:
        elsewhere = each.reason.endswith(")") and " (in " in each.reason  # a row of the separate test table
        cells = [] if elsewhere else table.page(each.row, 1)
        text = "  ·  ".join(cells[0])[:LONGEST_SHOWN] if cells else ""
        yield LostRow(line=each.line, text=text, reason=each.reason)
