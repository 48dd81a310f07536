"""The one way from a table to examples: read, set unusable rows aside, split, learn a vocabulary, encode."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from workbench.contracts.counting import counted
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.examples import Examples
from workbench.contracts.specs import ONE_CLASS, DataSpec
from workbench.data.cells import WITH_TARGET, Cells, Unusable, read_cells
from workbench.data.defaults import LONGEST_BLOCK, choose_tokenizer
from workbench.data.examples import FRAME_OF_TASK
from workbench.data.folder import with_test
from workbench.data.mends import Mended, check_mends, mend_cells, whole
from workbench.data.numbers import number
from workbench.data.recipe import (
    Encoded,
    Progress,
    Recipe,
    encode_cells,
    encode_strings,
    encode_table,
    labels_in,
    reading_of,
    stopping,
)
from workbench.data.roles import guess_roles
from workbench.data.split import fold, split, split_running
from workbench.data.table import Table, open_table
from workbench.data.tokenizers import KINDS, load_tokenizer, special_ids, train_tokenizer

__all__ = ["Encoded", "Prepared", "Recipe", "encode_strings", "encode_table", "prepare"]

LEARNED_FROM = 20_000_000
"""Characters a vocabulary is learned from, about; of longer tables every n-th row."""

NAMED = frozenset({*ONE_CLASS, "multi-label", "token-classification"})
"""Tasks whose outputs have names that stand in the table."""
SAMPLE = 5_000
"""Rows looked at to choose a tokenizer."""

COUNTED = ("read", "rejected", "unusable", "train", "validation", "test", "test_seen", "cut")


@dataclass(frozen=True, kw_only=True, eq=False)
class Prepared(Recipe):
    """A table ready to learn from."""

    parts: Mapping[str, Encoded]
    """``train``, ``validation`` and, where there is one, ``test``."""
    counts: Mapping[str, int]
    """Rows ``read`` = ``train`` + ``validation`` + ``test`` + ``unusable``, and each reason for unusable ones; ``rejected`` by
    the reader before that; ``cut``: examples that were too long; ``test_seen``: rows of a separate test table whose text is
    also learned from. Of running text the rows are lines."""
    unusable: tuple[Unusable, ...]
    """The first unusable rows."""
    reason: str = ""
    """Why this tokenizer."""
    mended: tuple[str, ...] = ()
    """What each mend did to the rows."""

    @property
    def train(self) -> Examples:
        return self.parts["train"].examples

    @property
    def validation(self) -> Examples:
        return self.parts["validation"].examples

    @property
    def test(self) -> Examples | None:
        return self.parts["test"].examples if "test" in self.parts else None

    def texts(self, part: str, indices: Iterable[int]) -> list[tuple[str, str]]:
        """Input and target of some examples of ``train``, ``validation`` or ``test``, as a person reads them."""
        return self.parts[part].texts(indices)


def prepare(
    data: DataSpec,
    *,
    cache: Path | None = None,
    progress: Progress = lambda stage, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Prepared:
    """Read a table and make examples of it. The same table and settings give the same examples.

    Args:
        data: What to read and how; what is left open is decided here and stands in the result's ``data``.
        cache: Folder for arrays too large for memory; the system's temporary folder when empty. They go with the result.
        progress: Told how far reading, learning the vocabulary and encoding are.
        cancelled: Asked now and then whether to stop.

    Raises:
        WorkbenchError: the table cannot be read or does not fit the task, or the mends do not fit it.
        Cancelled: `cancelled` said so.
    """
    check_mends(data.mends)
    data = with_test(data)
    if data.test is not None and data.test_share > 0:
        raise WorkbenchError(
            "there are two sources of test rows: a table of their own and a share of this one",
            where="data.test_share",
            mend="Leave out data.test or set data.test_share to 0.",
        )
    progress = stopping(progress, cancelled)
    with open_table(data, cancelled=cancelled) as table:
        roles = guess_roles(table, data)
        target = roles.target if roles.task in WITH_TARGET else None
        if target is None and roles.task in WITH_TARGET:
            raise WorkbenchError(
                f"{roles.task} needs a column to predict",
                where=data.table or "",
                mend=f"Set data.target to one of {', '.join(map(repr, table.columns))}.",
            )
        data = roles.settle(data, target)
        cells, mended = mended_cells(table, data, folder=cache, progress=progress, cancelled=cancelled)
    labels = _labels(cells, data)
    positions = _split(cells, data)
    data, tokenizer, reason = _tokenizer(cells, positions["train"], data, progress)

    recipe = Recipe(task=roles.task, data=data, tokenizer=tokenizer, labels=labels)
    parts = {}
    for name, chosen in positions.items():
        parts[name] = encode_cells(recipe, cells, chosen, folder=cache, progress=partial(progress, f"encoding {name}"))
    counts = Counter(cells.counts) + Counter({name: len(chosen) for name, chosen in positions.items()})
    unusable = cells.unusable
    if data.test is not None:
        test = parts["test"] = encode_table(recipe, data.test, cache=cache, progress=progress, cancelled=cancelled)
        counts += Counter(test.cells.counts) + Counter(test=len(test.cells.rows))
        unusable += tuple(each._replace(reason=f"{each.reason} (in {data.test})") for each in test.cells.unusable)
        keys = list(map(fold, cells.texts_of_copies()))
        learned = {keys[place] for place in positions["train"]}
        counts["test_seen"] = sum(fold(key) in learned for key in test.cells.texts_of_copies())
    counts["cut"] = sum(part.cut for part in parts.values())
    return Prepared(
        task=roles.task,
        data=_with_lengths(data, parts),
        tokenizer=tokenizer,
        labels=labels,
        parts=parts,
        counts=dict.fromkeys(COUNTED, 0) | counts,
        unusable=unusable,
        reason=reason,
        mended=mended,
    )


def mended_cells(
    table: Table, data: DataSpec, *, folder: Path | None = None, progress: Progress = lambda stage, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Mended:  # fmt: skip
    """The rows that are learned from, before they are split.

    Args:
        table: The open table.
        data: What its columns mean, all of it settled, and the mends.
        folder: Where large tables may be kept.
        progress: Told the share of the rows read.
        cancelled: Asked while a separate test table is read.

    Raises:
        WorkbenchError: no row can be used, or a mend does not fit.
    """
    task, where = data.task or "", data.table or ""
    cells = read_cells(
        table, task=task, text=data.text or "", target=data.target if task in WITH_TARGET else None,
        **reading_of(data, task), where=where, folder=folder, progress=progress,
    )  # fmt: skip
    test = None if data.test is None else partial(_test_texts, data, cancelled)
    return mend_cells(cells, data.mends, task=task, table=table, where=where, folder=folder, test=test)


def _test_texts(data: DataSpec, cancelled: Callable[[], bool]) -> Sequence[str]:
    """What the separate test table asks about, mended as it will be then."""
    with open_table(data, path=data.test, cancelled=cancelled) as table:
        task, text = data.task or "", data.text or table.columns[0]
        cells = read_cells(table, task=task, text=text, target=None, **reading_of(data, task), where=data.test or "")
        return whole(mend_cells(cells, data.mends, task=task, table=table, learning=False).cells)


def _labels(cells: Cells, data: DataSpec) -> tuple[str, ...]:
    """Names of the classes or tags, numbers by size, others by code point."""
    if data.task not in NAMED or cells.targets is None:
        return ()
    found = {label for target in cells.targets for label in labels_in(target, data)}
    if not found:
        raise WorkbenchError(
            "no row has a label", where=f"{data.table}, column {data.target!r}", mend="Name the column of labels."
        )
    if len(found) < 2:
        raise _one_class(cells, data, found.pop())
    values = {label: number(label) for label in found}
    if None in values.values():
        return tuple(sorted(found))
    return tuple(sorted(found, key=lambda label: (values[label], label)))


def _one_class(cells: Cells, data: DataSpec, label: str) -> WorkbenchError:
    """Why a single class is left: the rows with another may have nothing in one of the columns."""
    where = f"{data.table}, column {data.target!r}"
    read = cells.counts["read"]
    empty = [
        f"{name!r} is empty in {cells.counts[reason]:,} of {read:,} rows"
        for name, reason in ((data.text, "empty text"), (data.target, "empty target"))
        if cells.counts.get(reason)
    ]
    if empty:
        usable = counted(len(cells.rows), "row can be used, it is", "rows can be used, all of them")
        return WorkbenchError(
            f"{usable} {label!r}: {'; '.join(empty)}",
            where=where,
            mend="Name another column with data.text or data.target, or fill the empty cells.",
        )
    kind = "tag" if data.task == "token-classification" else "class"
    return WorkbenchError(
        f"there is only one {kind}: {label}",
        where=where,
        mend="Name the column that tells the classes apart with data.target, or choose another task.",
    )


def _split(cells: Cells, data: DataSpec) -> dict[str, NDArray[np.int64]]:
    """Positions among the usable rows for each part."""
    shares = {"validation": data.validation} | ({"test": data.test_share} if data.test_share > 0 else {})
    if cells.running:
        positions = split_running([len(line) for line in cells.inputs], shares)
    else:
        positions = split(cells.texts_of_copies(), _strata(cells, data), shares, data.split_seed)
    empty = [name for name, chosen in positions.items() if not len(chosen)]
    if empty:
        raise _too_few(cells, data, empty)
    return positions


def _strata(cells: Cells, data: DataSpec) -> Sequence[str] | None:
    """The class of each row, where rows have one; of several labels the rarest, so that each is learned from."""
    if cells.targets is None or data.task not in (*ONE_CLASS, "multi-label"):
        return None
    if data.task in ONE_CLASS:
        return cells.targets
    labels = [labels_in(target, data) for target in cells.targets]
    times = Counter(label for row in labels for label in row)
    return [min(row, key=lambda label: (times[label], label), default="") for row in labels]


def _too_few(cells: Cells, data: DataSpec, empty: list[str]) -> WorkbenchError:
    """Why parts stay empty: so few rows, so many classes, or so many rows that are left out."""
    usable, lost = len(cells.rows), cells.counts["rejected"] + cells.counts["unusable"]
    part = "validation and the test" if len(empty) > 1 else "the test" if empty == ["test"] else "validation"
    kept = "the first line stays" if cells.running else "copies of a text stay together, and one row of each class stays"
    classes = len(set(cells.targets)) if cells.targets is not None and data.task in ONE_CLASS else 0
    mend = "Add rows."
    if classes > 2 and classes * 2 > usable:
        mend = "Add rows. Check that the target column holds classes and not a different value in every row."
    elif lost >= usable:
        mend = f"Mend the {lost:,} rows that are left out, which are listed, or add rows."
        mend = "Mend the row that is left out, which is listed, or add rows." if lost == 1 else mend
    return WorkbenchError(
        f"too few of the {usable:,} usable rows may leave training: none is left for {part} ({kept})",
        where=data.table or "",
        mend=mend,
    )


def _tokenizer(cells: Cells, train: NDArray[np.int64], data: DataSpec, progress: Progress) -> tuple[DataSpec, Tokenizer, str]:
    """Load or learn the vocabulary, from training rows alone; the settings with what was decided, and why."""
    task = data.task or ""
    if data.tokenizer is not None and data.tokenizer not in KINDS:
        for field in ("vocab_size", "lowercase"):
            if getattr(data, field) is not None:
                raise WorkbenchError(
                    "a loaded tokenizer has settled this itself", where=f"data.{field}", mend=f"Leave out data.{field}."
                )
        tokenizer = load_tokenizer(data.tokenizer)
        if task == "masked-lm" and special_ids(tokenizer).mask is None:
            raise WorkbenchError(
                "this tokenizer has no token that hides others ([MASK])",
                where="data.tokenizer",
                mend="Choose a tokenizer of a masked language model, or train one: bpe, wordpiece, word, character.",
            )
        return data, tokenizer, "loaded"
    progress("learning the vocabulary", 0.0)
    second = cells.targets if task == "seq2seq" else cells.pairs
    sides = [cells.inputs] if second is None else [cells.inputs, second]
    looked_at = [[side[place] for place in _every_nth(train, SAMPLE)] for side in sides]
    choice = choose_tokenizer(task, *looked_at, running=cells.running, kind=data.tokenizer)
    data = dataclasses.replace(
        data,
        tokenizer=choice.kind,
        vocab_size=data.vocab_size or choice.vocab_size,
        lowercase=choice.lowercase if data.lowercase is None else data.lowercase,
    )
    characters = sum(map(len, chain.from_iterable(looked_at))) / max(1, len(looked_at[0]))
    learned_from = _every_nth(train, max(1, int(LEARNED_FROM / max(1, characters))))
    ending = "\n" if cells.running else ""
    tokenizer = train_tokenizer(
        (side[place] + ending for place in learned_from for side in sides),
        kind=choice.kind,
        vocab_size=data.vocab_size,
        lowercase=bool(data.lowercase),
        frame=FRAME_OF_TASK[task],
    )
    progress("learning the vocabulary", 1.0)
    return data, tokenizer, choice.reason


def _with_lengths(data: DataSpec, parts: Mapping[str, Encoded]) -> DataSpec:
    """The settings with the lengths that were needed, where none were asked for."""
    if data.task == "causal-lm":
        return dataclasses.replace(data, max_length=data.max_length or LONGEST_BLOCK)
    examples = [part.examples for part in parts.values()]
    longest = max(int(each.inputs.lengths.max(initial=2)) for each in examples)
    data = dataclasses.replace(data, max_length=data.max_length or longest)
    if data.task == "seq2seq":
        longest = max(int(each.targets.lengths.max(initial=2)) for each in examples if each.targets is not None)
        data = dataclasses.replace(data, max_target_length=data.max_target_length or longest)
    return data


def _every_nth(positions: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """At most so many of the positions, evenly."""
    return positions[:: -(-len(positions) // most) or 1]
