"""How a table's rows become examples: four things that a run keeps, so that any other table can be encoded the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from workbench.contracts.errors import Cancelled, WorkbenchError, listed
from workbench.contracts.examples import TOGETHER, Examples, Passages
from workbench.contracts.specs import ONE_CLASS, ONE_NUMBER, PAIRED, DataSpec
from workbench.data.cells import WITH_TARGET, Cells, read_cells, words_of
from workbench.data.defaults import LONGEST_BLOCK, LONGEST_TEXT
from workbench.data.examples import encode_lines, encode_prompts, encode_rows, encode_stream, encode_tags, encode_texts
from workbench.data.labels import labels_of
from workbench.data.mends import mend_cells, mend_text
from workbench.data.numbers import number
from workbench.data.pairs import Question, encode_pairs, encode_questions
from workbench.data.sequences import Writer, collect_texts
from workbench.data.table import Table, open_table
from workbench.data.tokenizers import keeps_lines

Progress = Callable[[str, float], None]
"""Told what is being done, and which share of it is done."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Recipe:
    """All it takes to encode another table the same way."""

    task: str
    data: DataSpec
    """With every column and limit named."""
    tokenizer: Tokenizer
    labels: tuple[str, ...] = ()
    """Names of the classes or tags in the order of their ids; empty where there are none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Encoded:
    """Rows as examples."""

    examples: Examples
    cells: Cells
    """The whole table the examples come from, or more of it."""
    cut: int
    """Examples that were too long and lost their end."""
    blocks: Tokenizer | None = None
    """Decodes examples that are blocks of a stream rather than rows."""

    def texts(self, indices: Iterable[int]) -> list[tuple[str, str]]:
        """Input and target of examples as a person reads them; of a block of running text what it says."""
        return [self._text(int(index)) for index in indices]

    def sides(self) -> tuple[list[str], list[str] | None]:
        """The texts that are read, of examples that are rows; of pairs the first ones and the second ones."""
        places = np.searchsorted(self.cells.rows, self.examples.rows)
        first, second = self.cells.inputs, self.cells.pairs
        return [first[place] for place in places], None if second is None else [second[place] for place in places]

    def _text(self, index: int) -> tuple[str, str]:
        if self.blocks is not None:
            return self.blocks.decode(self.examples.inputs[index].tolist()), ""
        place = int(np.searchsorted(self.cells.rows, self.examples.rows[index]))
        text = self.cells.inputs[place]
        if self.cells.pairs is not None:
            text = f"{text} {TOGETHER} {self.cells.pairs[place]}"
        return text, self.cells.targets[place] if self.cells.targets is not None else ""


def encode_table(
    recipe: Recipe,
    path: str,
    *,
    require_target: bool = True,
    cache: Path | None = None,
    progress: Progress = lambda stage, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Encoded:
    """Encode every usable row of another table, with the columns, vocabulary and labels of the recipe.

    Args:
        recipe: Of a prepared table, or of a run.
        path: The table.
        require_target: The target column must be there, and its classes known; otherwise it is not looked at (to predict).
        cache: Folder for arrays too large for memory.
        progress: Told how far reading and encoding are.
        cancelled: Asked now and then whether to stop.

    Raises:
        WorkbenchError: the table cannot be read, lacks a column, or holds a class the model does not know.
        Cancelled: `cancelled` said so.
    """
    data, progress = recipe.data, stopping(progress, cancelled)
    with open_table(data, path=path, cancelled=cancelled) as table:
        if recipe.task in PAIRED and data.pair is None:
            data = replace(data, pair=_second_column(table, path))
        cells = read_cells(
            table,
            task=recipe.task,
            text=data.text or table.columns[0],
            target=data.target if require_target and recipe.task in WITH_TARGET else None,
            **reading_of(data, recipe.task),
            where=path,
            folder=cache,
            progress=progress,
        )
        cells = mend_cells(
            cells, data.mends, task=recipe.task, table=table, where=path, folder=cache, labels=recipe.labels, learning=False
        ).cells
        _check_labels(cells, recipe, table, path)
    everything = np.arange(len(cells.rows))
    return encode_cells(
        recipe, cells, everything, as_rows=not require_target, folder=cache, progress=lambda share: progress("encoding", share)
    )


def _second_column(table: Table, path: str) -> str:
    """Where a model from elsewhere, which names no columns, finds the second text."""
    if len(table.columns) < 2:
        raise WorkbenchError("there is one column, and two texts are read", where=path, mend="Give a table with both.")
    return table.columns[1]


def encode_strings(
    recipe: Recipe, texts: Sequence[str], pairs: Sequence[str] | None = None, *, rows: Sequence[int] | None = None,
    blank: bool = False,
) -> Encoded:  # fmt: skip
    """Encode texts that are only to be answered, each without a target.

    Args:
        recipe: How.
        texts: None of them empty. For tasks that read two, a text may hold both, with `TOGETHER` between them.
        pairs: The second texts of tasks that read two.
        rows: The rows of a table they come from, ascending; counted from 0 where there is none.
        blank: Whether a second text may be empty: its only word may have been taken out.
    """
    if recipe.task in PAIRED and pairs is None:
        both = [text.partition(TOGETHER) for text in texts]
        texts, pairs = [first for first, _, _ in both], [second for _, _, second in both]
    if pairs is not None and not blank and not all(text.strip() for text in pairs):
        mend = f"Give the second text too, or write it after the first one and {TOGETHER}."
        raise WorkbenchError(f"{recipe.task} reads two texts", where="pair", mend=mend)
    second = None if pairs is None else collect_texts([[mend_text(text.strip(), recipe.data.mends) for text in pairs]])
    inputs = collect_texts([[mend_text(text.strip(), recipe.data.mends) for text in texts]])
    numbers = np.arange(len(texts)) if rows is None else np.array(rows, np.int64)
    cells = Cells(rows=numbers, inputs=inputs, targets=None, pairs=second)
    return encode_cells(recipe, cells, np.arange(len(texts)), as_rows=True)


def encode_cells(
    recipe: Recipe,
    cells: Cells,
    positions: NDArray[np.int64],
    *,
    as_rows: bool = False,
    folder: Path | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Encoded:
    """Encode some of the rows that were read.

    Args:
        recipe: How.
        cells: The rows.
        positions: Which of them, ascending.
        as_rows: Each row is one example of its own, to be answered: language modelling cuts no blocks, and a special token
            such as ``[MASK]`` written in a text is one.
        folder: Where large arrays may go.
        progress: Told the share that is done.
    """
    tokenizer = recipe.tokenizer
    if as_rows and recipe.task == "masked-lm":
        tokenizer = Tokenizer.from_str(tokenizer.to_str())  # a copy that reads special tokens, as a new one does
    count = max(1, len(positions))
    rows = cells.rows[positions]
    limit = recipe.data.max_length or (LONGEST_BLOCK if recipe.task == "causal-lm" else LONGEST_TEXT)

    def inputs() -> Iterator[str]:
        for done, place in enumerate(positions):
            if done % 10_000 == 0:
                progress(done / count)
            yield cells.inputs[place]

    if recipe.task == "causal-lm" and as_rows:
        prompts, cut = encode_prompts(tokenizer, inputs(), max_length=limit)
        return Encoded(examples=Examples(inputs=prompts, rows=rows), cells=cells, cut=cut)
    if recipe.task == "causal-lm":
        lines = cells.running and keeps_lines(tokenizer)
        pieces = encode_lines(tokenizer, inputs(), len(positions)) if lines else encode_rows(tokenizer, inputs())
        blocks, origins = encode_stream(pieces, rows, max_length=limit, folder=folder)
        return Encoded(examples=Examples(inputs=blocks, rows=origins), cells=cells, cut=0, blocks=tokenizer)
    if recipe.task == "token-classification":
        number_of = {label: place for place, label in enumerate(recipe.labels)}
        sentences = ((words_of(text), _tags(cells, place, number_of)) for text, place in zip(inputs(), positions, strict=True))
        ids, tags, cut = encode_tags(tokenizer, sentences, max_length=limit, folder=folder)
        return Encoded(examples=Examples(inputs=ids, targets=tags, rows=rows), cells=cells, cut=cut)
    if recipe.task == "question-answering":
        return _questions(tokenizer, cells, positions, inputs(), max_length=limit, folder=folder)
    if recipe.task in PAIRED and cells.pairs is not None:
        seconds = (cells.pairs[place] for place in positions)
        ids, types, cut = encode_pairs(tokenizer, zip(inputs(), seconds, strict=True), max_length=limit, folder=folder)
        examples = Examples(inputs=ids, types=types, rows=rows)
    else:
        ids, cut = encode_texts(tokenizer, inputs(), max_length=limit, folder=folder)
        examples = Examples(inputs=ids, rows=rows)
    if cells.targets is not None:
        targets = [cells.targets[place] for place in positions]
        if recipe.task == "seq2seq":
            longest = recipe.data.max_target_length or LONGEST_TEXT
            written, cut_targets = encode_texts(tokenizer, targets, max_length=longest, folder=folder)
            examples, cut = replace(examples, targets=written), cut + cut_targets
        elif recipe.task in ONE_NUMBER:
            examples = replace(examples, labels=_as_numbers(targets, recipe.data.decimal or "point"))
        elif recipe.task == "multi-label":
            number_of = {label: place for place, label in enumerate(recipe.labels)}
            holding = Writer(folder=folder)
            holding.extend([sorted(number_of[label] for label in labels_in(target, recipe.data)) for target in targets])
            examples = replace(examples, targets=holding.finish())
        elif recipe.task in ONE_CLASS:
            number_of = {label: place for place, label in enumerate(recipe.labels)}
            examples = replace(examples, labels=np.array([number_of[target] for target in targets], np.int64))
    progress(1.0)
    return Encoded(examples=examples, cells=cells, cut=cut)


def reading_of(data: DataSpec, task: str) -> dict[str, Any]:  # Any: arguments of `read_cells`
    """What the settings say of the columns beside text and target."""
    return {
        "pair": data.pair if task in PAIRED else None,
        "answer_start": data.answer_start if task == "question-answering" else None,
        "decimal": data.decimal or "point",
        "separator": data.label_separator or "semicolon",
    }


def labels_in(target: str, data: DataSpec) -> tuple[str, ...]:
    """The classes, tags or labels that a usable target cell names."""
    if data.task == "multi-label":
        return labels_of(target, data.label_separator or "semicolon") or ()
    return tuple(words_of(target)) if data.task == "token-classification" else (target,)


def _questions(
    tokenizer: Tokenizer, cells: Cells, positions: NDArray[np.int64], questions: Iterable[str], *, max_length: int,
    folder: Path | None,
) -> Encoded:  # fmt: skip
    """Questions in windows of their passages."""
    passages, answers, starts = cells.pairs, cells.targets, cells.starts
    assert passages is not None

    def asked() -> Iterator[Question]:
        for question, place in zip(questions, positions, strict=True):
            if answers is None or starts is None:
                yield Question(question, passages[place])
            else:
                start = int(starts[place])
                yield Question(question, passages[place], start, start + len(answers[place]))

    windows = encode_questions(tokenizer, asked(), max_length=max_length, folder=folder)
    examples = Examples(
        inputs=windows.ids, types=windows.types, targets=windows.answers if answers is not None else None,
        rows=cells.rows[positions][windows.question],
        passages=Passages(texts=passages, answers=answers, question=positions[windows.question], places=windows.places),
    )  # fmt: skip
    return Encoded(examples=examples, cells=cells, cut=windows.cut)


def stopping(progress: Progress, cancelled: Callable[[], bool]) -> Progress:
    """Progress that is also the place to stop."""

    def told(stage: str, share: float) -> None:
        if cancelled():
            raise Cancelled(f"stopped while {stage}")
        progress(stage, share)

    return told


def _as_numbers(targets: Sequence[str], decimal: str) -> NDArray[np.float32]:
    """Usable cells as numbers: (rows,)."""
    return np.array([number(target, decimal) for target in targets], np.float32)


def _tags(cells: Cells, place: int, number_of: dict[str, int]) -> list[int]:
    """Tag ids of a sentence; where tags are not known yet, each word just has some tag, which marks where it begins."""
    if cells.targets is None:
        return [0] * len(words_of(cells.inputs[place]))
    return [number_of[tag] for tag in words_of(cells.targets[place])]


def _check_labels(cells: Cells, recipe: Recipe, table: Table, path: str) -> None:
    """Refuse a class or tag that the model has no output for."""
    if cells.targets is None or not recipe.labels:
        return
    known = set(recipe.labels)
    for place, target in enumerate(cells.targets):
        for label in labels_in(target, recipe.data):
            if label not in known:
                row = int(cells.rows[place])
                line = table.line_of(row)
                named = listed(recipe.labels[:20]) + (f" … ({len(recipe.labels)} in all)" if len(recipe.labels) > 20 else "")
                raise WorkbenchError(
                    f"{label!r} is none of the classes learned: {named}",
                    where=f"{path}, row {row + 1}"
                    + (f" (line {line})" if line is not None else "")
                    + f", column {recipe.data.target!r}",
                    mend="Correct the cell or leave the row out, or train on a table that has this class.",
                )
