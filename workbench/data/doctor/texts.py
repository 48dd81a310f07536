"""Rows beside each other: texts that stand twice, nearly twice, with other targets, or in the test table too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.counting import counted
from workbench.contracts.findings import LISTED, Finding, Mend
from workbench.data.doctor.look import CLASSES, Look, advice, data_mend, row_mend, shown
from workbench.data.likeness import CHARACTERS, bare, near_repeats, repeats
from workbench.data.spellings import spelling_key
from workbench.data.table import open_table

_HABIT = 0.3
"""Share of the rows whose text has several labels, from which that is meant."""
_NO_TEXT = 0
_LETTERS_COUNT = ("seq2seq", "token-classification")
"""Tasks in which one letter makes another example."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Codes:
    """The rows as numbers that are equal where the cells are: each (rows,), `_NO_TEXT` for an empty text."""

    text: NDArray[np.int64]
    bare: NDArray[np.int64]
    target: NDArray[np.int64]
    near_to: NDArray[np.int64]
    """Row of an earlier text that differs in a letter or two, or -1: (first rows,)."""


def texts(look: Look) -> Iterator[Finding]:
    """All that is wrong between rows."""
    if look.text is None or look.table.kind == "text":
        return
    codes = _codes(look, look.target)
    yield from _copies(look, look.text, codes)
    yield from _other_targets(look, look.text, codes)
    yield from _in_test(look, look.text, codes)


def _codes(look: Look, target: str | None) -> Codes:
    read = look.read
    parts: list[list[NDArray[np.int64]]] = [[], [], []]
    key: Callable[[str], str] = spelling_key if look.task in CLASSES else str.strip
    known: dict[str, int] = {}  # labels are few, and their keys take time
    characters = 0
    kept: list[str] = []
    for batch in look.batches(*read, *([target] if target else [])):
        contents = [_content(cells[: len(read)]) for cells in batch]
        plain = [bare(content) for content in contents]
        if target:
            wanted = [cells[-1] for cells in batch]
            if len(known) < LISTED:
                known |= {cell: hash(key(cell.strip())) for cell in set(wanted)}
            codes = [known[cell] if cell in known else hash(key(cell.strip())) for cell in wanted]
        else:
            codes = [_NO_TEXT] * len(batch)
        for part, values in zip(parts, (map(hash, contents), map(hash, plain), codes), strict=True):
            part.append(np.fromiter(values, np.int64, len(batch)))  # the hash of an empty text is 0
        if characters < CHARACTERS:
            kept += plain
            characters += sum(map(len, plain))
    found = [np.concatenate([np.empty(0, np.int64), *part]) for part in parts]
    near = near_repeats(kept, look.cancelled) if look.task not in _LETTERS_COUNT else np.full(0, -1, np.int64)
    look.pause()
    return Codes(text=found[0], bare=found[1], target=found[2], near_to=near)


def _content(cells: Sequence[str]) -> str:
    """All that is read of a row; empty where one of its texts is."""
    texts = [cell.strip() for cell in cells]
    return "\n".join(texts) if all(texts) else ""


def _copies(look: Look, name: str, codes: Codes) -> Iterator[Finding]:
    filled, rows = codes.text != _NO_TEXT, np.arange(len(codes.text))
    first, first_bare = repeats(codes.text), repeats(codes.bare)
    exact = filled & (first != rows)
    same = int((codes.target[exact] == codes.target[first[exact]]).sum())
    if exact.any():
        repeat = "this row repeats" if int(exact.sum()) == 1 else "these rows repeat"
        told = f"{repeat} a text of {name!r} that stands further up, character for character"
        if look.target is not None:
            only = same == int(exact.sum()) == 1
            told += (
                "; its target is the same, too"
                if only
                else f"; {counted(same, 'of them has', 'of them have')} the same target, too"
            )
        useful = row_mend("drop-duplicates") if same or look.target is None else row_mend("keep-first-target")
        yield _finding("duplicate-text", name, exact, told, useful)
    folded = filled & ~exact & (first_bare != rows)
    if folded.any():
        at = int(np.flatnonzero(folded)[0])
        differ = "this text differs" if int(folded.sum()) == 1 else "these texts differ"
        evidence = (
            f"{differ} only in case, punctuation or spaces from one further up; {_cell(look, name, at)} stands in "
            f"row {at + 1:,}, and {_cell(look, name, int(first_bare[at]))} in row {int(first_bare[at]) + 1:,}"
        )
        yield _finding("folded-duplicate", name, folded, evidence, row_mend("drop-folded-duplicates"))
    looked_at = len(codes.near_to)
    near = np.zeros(len(rows), bool)
    near[:looked_at] = codes.near_to >= 0
    near &= ~exact & ~folded
    if near.any():
        at = int(np.flatnonzero(near)[0])
        other = int(codes.near_to[at])
        differ = "this text differs" if int(near.sum()) == 1 else "these texts differ"
        evidence = (
            f"{differ} in a letter or two from one further up; {_cell(look, name, at)} stands in "
            f"row {at + 1:,}, and {_cell(look, name, other)} in row {other + 1:,}"
        )
        if looked_at < len(rows):
            evidence += f"; only the first {looked_at:,} rows were compared"
        keep = advice("keep-rows", "Copies of a text that differ are kept; some of them may be in training and in validation.")
        yield _finding("near-duplicate", name, near, evidence, row_mend("drop-near-duplicates"), keep)


def _other_targets(look: Look, name: str, codes: Codes) -> Iterator[Finding]:
    """Rows whose text stands with another target, too."""
    if look.target is None:
        return
    usable = np.flatnonzero((codes.bare != _NO_TEXT) & (codes.target != _NO_TEXT))
    if not len(usable):
        return
    key = (codes.text if look.task == "seq2seq" else codes.bare)[usable]
    first = repeats(key)
    differs = codes.target[usable] != codes.target[usable[first]]
    groups = np.unique(first[differs])
    rows = np.zeros(len(codes.text), bool)
    rows[usable[np.isin(first, groups)]] = True
    count = int(rows.sum())
    if not count:
        return
    at = int(usable[np.flatnonzero(differs)[0]])
    before = int(usable[first[np.flatnonzero(differs)[0]]])
    ours, theirs = _cell(look, look.target, at), _cell(look, look.target, before)
    texts = counted(len(groups), "text stands", "texts stand")
    evidence = f"{texts} with several targets; {_cell(look, name, at)} with {theirs} and with {ours}"
    keep = advice("keep-rows", "The rows are kept: each is one of several right answers, of which the model learns one.")
    if look.task == "seq2seq":
        yield _finding("several-targets", name, rows, evidence, keep, row_mend("keep-first-target"))
        yield from _other_sources(look, look.target, codes)
        return
    if look.task not in ("text-classification", "multi-label"):
        yield _finding("same-text-different-labels", name, rows, evidence, keep, row_mend("drop-contradictions"))
        return
    joined = row_mend("join-labels", task="multi-label")
    mends = [row_mend("keep-commonest-label"), row_mend("drop-contradictions"), joined]
    if count >= _HABIT * len(rows):
        mends = [joined, *mends[:2]]
    yield _finding("same-text-different-labels", name, rows, evidence, *mends)


def _other_sources(look: Look, name: str, codes: Codes) -> Iterator[Finding]:
    """Targets that are written from several texts: no fault, but a sign that texts mean the same."""
    usable = np.flatnonzero((codes.text != _NO_TEXT) & (codes.target != _NO_TEXT))
    first = repeats(codes.target[usable])
    differs = codes.text[usable] != codes.text[usable[first]]
    rows = np.zeros(len(codes.text), bool)
    rows[usable[np.isin(first, np.unique(first[differs]))]] = True
    if rows.any():
        targets = len(np.unique(first[differs]))
        evidence = counted(targets, f"target of {name!r} stands", f"targets of {name!r} stand") + " with several texts"
        keep = advice("keep-rows", "The rows are kept: several texts may well mean the same.")
        yield _finding("several-sources", name, rows, evidence, keep)


def _in_test(look: Look, name: str, codes: Codes) -> Iterator[Finding]:
    """Rows whose text is asked about in the separate test table."""
    if look.spec.test is None:
        return
    with open_table(look.spec, path=look.spec.test, cancelled=look.cancelled) as test:
        if not set(look.read) <= set(test.columns):
            mend = data_mend("no-test", f"Scores on rows of this table instead of {look.spec.test}.", test=None, test_share=0.1)
            evidence = f"the test table {look.spec.test} has no column {name!r}"
            yield Finding(kind="test-columns", count=1, column=name, evidence=evidence, mends=(mend,))
            return
        asked = {hash(bare(content)) for _, cells in test.rows(look.read) if (content := _content(cells))}
        total = test.row_count
    learned = np.isin(codes.bare, np.fromiter(asked, np.int64, len(asked)))
    if learned.any():
        found = len(np.unique(codes.bare[learned]))
        evidence = (
            f"{counted(found, 'text of these rows also stands', 'texts of these rows also stand')} among the {total:,} rows of "
            f"{look.spec.test}, but for case or punctuation"
        )
        yield _finding("test-text-in-training", name, learned, evidence, row_mend("drop-test-texts"))


def _finding(kind: str, name: str, rows: NDArray[np.bool_], evidence: str, *mends: Mend) -> Finding:
    listed = tuple(np.flatnonzero(rows)[:LISTED].tolist())
    return Finding(kind=kind, count=int(rows.sum()), column=name, evidence=evidence, rows=listed, mends=mends)


def _cell(look: Look, name: str, row: int) -> str:
    return shown(next(chain.from_iterable(look.ask(f"SELECT {look.sql(name)} FROM data WHERE rowid = {row}"))))
