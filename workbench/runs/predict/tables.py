"""A table in, the same table with predictions out: part after part, so that memory is bounded and nothing done is lost."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.predictions import Advance, TableDone, TableOrder, TablePreview
from workbench.contracts.specs import ONE_NUMBER
from workbench.data.recipe import encode_strings
from workbench.data.table import Table, open_table
from workbench.data.writing import Cell, as_text, check_form, check_size, neutralised, open_writer
from workbench.engine.tasks import Prediction
from workbench.engine.tasks.base import Reader
from workbench.runs.opened import Opened, open_trained
from workbench.runs.predict.orders import check_free, columns_read, model_identity, part_rows, whole_table
from workbench.runs.predict.parts import Part, Parts, cannot_write

PREVIEWED = 50
"""Rows of a preview."""
TOLD = 5_000
"""Rows written between two looks at whether to stop."""
HELD = 1_000
"""Rows with all their cells in memory at a time."""

Stop = Callable[[], bool]
Progress = Callable[[str, float], None]


def predict_rows(
    model: Path | Opened, order: TableOrder, *, cancelled: Stop = lambda: False,
    progress: Progress = lambda what, share: None,
) -> Generator[Advance | TableDone, None, None]:  # fmt: skip
    """Predict for every row of a table and write the table with its predictions.

    Every original column comes first, in order and as text; then ``prediction``, ``confidence`` and, for classes, ``second``
    and ``second_confidence``. A row whose text is empty keeps its place with empty ones. Parts that are done are kept beside
    `order.out` until it is written: the same order, given again after an interruption, goes on from there and ends in the
    same file.

    Args:
        model: A run folder or a model folder, or one that is open.
        order: The table, the file, and how it is written.
        cancelled: Asked now and then whether to stop.
        progress: Told the stage that is at work and the share of it that is done.

    Yields:
        How far it is after each part; last the outcome, when the file is there.

    Raises:
        WorkbenchError: unusable input, a column that is not there, or `out` exists.
        RunFailed: the disk is full; what is done is kept.
        Cancelled: `cancelled` said so; what is done is kept.
    """
    out = Path(order.out)
    check_form(out, bom=order.bom)
    check_free(order)
    opened = model if isinstance(model, Opened) else open_trained(model)
    progress("reading the table", 0.0)
    with whole_table(opened, order.table, cancelled) as (table, checksum):
        columns, size, total = columns_read(opened, order, table), part_rows(opened), table.row_count
        check_size(out, total, len(table.columns) + len(_added(opened)))
        parts = Parts(out, {"model": model_identity(opened), "table": checksum, "column": ", ".join(columns), "rows": size})
        kept = predicted = cut = 0
        began, computed = time.monotonic(), 0
        for number, start in enumerate(range(0, total, size)):
            stop = min(start + size, total)
            part = parts.read(number)
            if part is None:
                if cancelled():
                    raise _interrupted(order, start, total)
                try:
                    part = _predict(opened, table, columns, start, stop, cancelled, lambda n: progress("predicting", n / total))
                except Cancelled:
                    raise _interrupted(order, start, total) from None
                parts.write(number, part)
                computed += stop - start
            else:
                kept += stop - start
            predicted, cut = predicted + len(part.rows), cut + part.cut
            left = (time.monotonic() - began) / computed * (total - stop) if computed else None
            yield Advance(what="predicting", done=stop, total=total, kept=kept, seconds_left=left)
        if not predicted:
            raise WorkbenchError(
                f"no row can be used ({total} read): the column {columns[0]!r} is empty in all of them", where=order.table,
                mend="Choose the column to read (--text-column).",
            )  # fmt: skip
        changed = yield from _write(order, table, opened, parts, size, cancelled, progress)
        rejected = tuple({"line": r.line, "text": r.text, "reason": r.reason} for r in table.rejected)
    parts.remove()
    yield TableDone(
        out=order.out, rows=total, predicted=predicted, cut=cut, kept=kept, neutralised=changed, rejected=rejected
    )  # fmt: skip


def predict_table(
    model: Path | Opened, order: TableOrder, *, cancelled: Stop = lambda: False,
    progress: Progress = lambda what, share: None,
) -> TableDone:  # fmt: skip
    """`predict_rows` to its end."""
    *_, last = predict_rows(model, order, cancelled=cancelled, progress=progress)
    assert isinstance(last, TableDone)
    return last


def preview(
    opened: Opened, path: str, column: str = "", pair: str = "", *, cancelled: Stop = lambda: False
) -> TablePreview:  # fmt: skip
    """The first rows of a table with their predictions; nothing is written.

    Raises:
        WorkbenchError: the table cannot be read, or lacks the column.
    """
    with open_table(opened.recipe.data, path=path, cancelled=cancelled) as table:
        names = columns_read(opened, TableOrder(table=path, out="", text_column=column, pair_column=pair), table)
        places, rows = [table.columns.index(name) for name in names], table.page(0, PREVIEWED)
        part = _answer(opened, [(row, tuple(cells[place] for place in places)) for row, cells in enumerate(rows)], cancelled)
    answers = dict(zip(part.rows, part.answers, strict=True))
    added = _added(opened)
    return TablePreview(
        table=path, columns=table.columns, text_column=names[0], pair_column=names[1] if len(names) > 1 else "",
        added=_free_names(added, table.columns),
        rows=tuple((*cells, *map(as_text, _cells(answers.get(row), added))) for row, cells in enumerate(rows)),
    )  # fmt: skip


def _added(opened: Opened) -> tuple[str, ...]:
    """What the answers of a task fill."""
    match opened.task.name:
        case "text-classification" | "pair-classification" | "multi-label":
            return ("prediction", "confidence", "second", "second_confidence")
        case "regression" | "pair-regression":
            return ("prediction",)
    return ("prediction", "confidence")


def _free_names(names: Sequence[str], taken: Sequence[str]) -> tuple[str, ...]:
    """Column names the table does not have yet."""
    return tuple(_free(name, taken) for name in names)


def _free(name: str, taken: Sequence[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


# -- what is answered -------------------------------------------------------------------------------------------------


def _predict(
    opened: Opened, table: Table, columns: Sequence[str], start: int, stop: int, cancelled: Stop, progress: Callable[[int], None]
) -> Part:  # fmt: skip
    """The answers to rows `start` to `stop`."""
    return _answer(opened, list(table.rows(columns, start=start, stop=stop)), cancelled, lambda done: progress(start + done))


def _answer(
    opened: Opened, rows: Sequence[tuple[int, tuple[str, ...]]], cancelled: Stop,
    progress: Callable[[int], None] = lambda done: None,
) -> Part:  # fmt: skip
    """The answers to rows whose texts are all there; of windows of a long passage the best one."""
    usable = [(row, cells) for row, cells in rows if all(cell.strip() for cell in cells)]
    if not usable:
        return Part(rows=(), answers=())
    numbers, columns = [row for row, _ in usable], list(zip(*(cells for _, cells in usable), strict=True))
    encoded = encode_strings(opened.recipe, columns[0], columns[1] if len(columns) > 1 else None, rows=numbers)
    reader = Reader(opened.model, opened.recipe.tokenizer, cancelled=cancelled, progress=progress)
    answered = reader.within_memory(lambda: opened.task.predict(reader, encoded.examples))
    answers = dict(zip(encoded.examples.rows.tolist(), answered, strict=True))
    return Part(rows=tuple(answers), answers=tuple(answers.values()), cut=encoded.cut)


def _interrupted(order: TableOrder, done: int, total: int) -> Cancelled:
    return Cancelled(
        f"stopped; the predictions of {done:,} of {total:,} rows are kept", where=order.out,
        mend="The same again goes on from there.",
    )  # fmt: skip


# -- what is written --------------------------------------------------------------------------------------------------


def _cells(answer: Prediction | None, added: Sequence[str]) -> list[Cell]:
    """An answer as cells: texts, and numbers or None."""
    found: dict[str, Cell] = {"prediction": None if added == ("prediction",) else "", "second": ""}
    if answer is not None:
        found = {
            "prediction": answer.text, "confidence": answer.confidence,
            "second": answer.second or "", "second_confidence": answer.second_confidence,
        }  # fmt: skip
    return [round(cell, 6) if isinstance(cell := found.get(name), float) else cell for name in added]


def _rows(table: Table, opened: Opened, parts: Parts, size: int) -> Iterator[list[Cell]]:
    """Every row with its answer."""
    added = _added(opened)
    for number, start in enumerate(range(0, table.row_count, size)):
        part = parts.read(number)
        if part is None:
            raise OSError(f"the parts in {parts.folder} were changed from outside")
        answers = dict(zip(part.rows, part.answers, strict=True))
        for row, cells in table.rows(table.columns, HELD, start=start, stop=start + size):
            yield [*cells, *_cells(answers.get(row), added)]


def _write(
    order: TableOrder, table: Table, opened: Opened, parts: Parts, size: int, cancelled: Stop, progress: Progress
) -> Generator[Advance, None, int]:  # fmt: skip
    """Write aside, then rename: the file is whole or absent. Returns how many cells were neutralised."""
    out, total, changed = Path(order.out), table.row_count, 0
    aside = out.with_name(f".{out.name}.{os.getpid()}.partial")
    header: list[Cell] = [*table.columns, *_free_names(_added(opened), table.columns)]
    if order.neutralise:
        header, changed = _neutralised(header)
    numeric = ("prediction",) if opened.task.name in ONE_NUMBER else ("confidence", "second_confidence")
    numbers = [len(table.columns) + place for place, name in enumerate(_added(opened)) if name in numeric]
    try:
        writer = open_writer(aside, out.suffix.lower()[1:], list(map(as_text, header)), numbers=numbers, bom=order.bom)
        try:
            for done, row in enumerate(_rows(table, opened, parts, size)):
                if done % TOLD == 0:
                    if cancelled():
                        raise _interrupted(order, total, total)
                    progress("writing", done / total)
                    yield Advance(what="writing", done=done, total=total)
                cells, count = _neutralised(row) if order.neutralise else (row, 0)
                changed += count
                writer.write(cells)
        except BaseException:
            writer.abandon()
            raise
        writer.finish()
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        check_free(order)  # somebody may have put a file there meanwhile
        aside.replace(out)
    except OSError as error:
        raise cannot_write(error, out) from error
    finally:
        aside.unlink(missing_ok=True)
    return changed


def _neutralised(cells: Sequence[Cell]) -> tuple[list[Cell], int]:
    """The cells made harmless, and how many were not."""
    made = [neutralised(cell) for cell in cells]
    return made, sum(one is not other for one, other in zip(made, cells, strict=True))
