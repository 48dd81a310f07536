"""What a prediction for a table is made of, checked before anything is computed: the file to write, the table, the column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.predictions import TableOrder
from workbench.contracts.specs import PAIRED
from workbench.data.table import Table, open_table
from workbench.runs.opened import Opened
from workbench.runs.predict.parts import digest_of_files

SMALLEST, LARGEST = 256, 4_096
"""Rows of a part. What is at work when a process is killed is lost, so a slow model has smaller ones."""
WORK = 20_000_000_000
"""Rows × parameters of a part, about."""


def check_free(order: TableOrder) -> None:
    """Refuse to write where there is no folder, over the table itself, or over any file without being told to."""
    out = Path(order.out)
    if not out.parent.is_dir():
        raise WorkbenchError("there is no such folder", where=str(out.parent), mend="Make the folder, or choose another.")
    if out.is_dir():
        raise WorkbenchError("this is a folder", where=str(out), mend="Name a file.")
    if out.exists() and Path(order.table).exists() and out.samefile(order.table):
        raise WorkbenchError("this is the table itself", where=str(out), mend="Choose another name for the predictions.")
    if out.exists() and not order.overwrite:
        raise WorkbenchError(
            "this file exists already", where=str(out), mend="Choose another name, or allow it with --overwrite."
        )


def text_column(opened: Opened, order: TableOrder, table: Table) -> str:
    """The column that is read.

    Raises:
        WorkbenchError: it is not there; the error names those that are.
    """
    name = order.text_column or opened.recipe.data.text or table.columns[0]
    if name in table.columns:
        return name
    what = f"there is no column {name!r}"
    if not order.text_column:
        what = f"the column {name!r} that the model was trained on is not in this table"
    there = ", ".join(map(repr, table.columns))
    raise WorkbenchError(what, where=order.table, mend=f"Choose the column to read (--text-column). There are: {there}.")


def columns_read(opened: Opened, order: TableOrder, table: Table) -> tuple[str, ...]:
    """The columns that are read: the text, and the second one where the model reads two.

    Raises:
        WorkbenchError: one is not there; the error names those that are.
    """
    first = text_column(opened, order, table)
    if opened.task.name not in PAIRED:
        if order.pair_column:
            raise WorkbenchError(f"{opened.task.name} reads one text", where="--pair-column", mend="Leave the second column out.")
        return (first,)
    others = [name for name in table.columns if name != first]
    second = order.pair_column or opened.recipe.data.pair or (others[0] if others else "")
    there = ", ".join(map(repr, table.columns))
    if second not in table.columns:
        what = "two texts are read, and there is one column"
        if second:
            what = f"the column {second!r} with the second text is not in this table"
        mend = f"Choose the column of the second text (--pair-column). There are: {there}."
        raise WorkbenchError(what, where=order.table, mend=mend)
    if first == second:
        what = f"both texts would be read from the column {first!r}"
        raise WorkbenchError(what, where=order.table, mend=f"Choose another column for one of them. There are: {there}.")
    return (first, second)


def part_rows(opened: Opened) -> int:
    """Rows of a part: the same for a model each time, or parts would not fit together."""
    return max(SMALLEST, min(LARGEST, WORK // max(1, opened.model.num_parameters())))


def model_identity(opened: Opened) -> dict[str, Any]:  # Any: JSON values
    """Everything of a model that its answers depend on.

    Raises:
        WorkbenchError: its files are gone.
    """
    try:
        files = digest_of_files([path for path in opened.folder.iterdir() if path.is_file()])
    except OSError as error:
        raise WorkbenchError(
            f"the model can no longer be read: {error}", where=str(opened.folder), mend="Open it again."
        ) from None
    data = {name: value for name, value in asdict(opened.recipe.data).items() if name != "table"}
    return {"files": files, "task": opened.task.name, "data": data}


@contextmanager
def whole_table(opened: Opened, path: str, cancelled: Callable[[], bool]) -> Iterator[tuple[Table, str]]:
    """The table with all its rows read, and the checksum of its file.

    What follows works on a copy of the rows: a file that changes or vanishes later makes no difference. One that changes
    while it is being copied is refused.

    Raises:
        WorkbenchError: the table cannot be read, or changed meanwhile.
    """
    with open_table(opened.recipe.data, path=path, cancelled=cancelled) as table:
        try:
            digest = digest_of_files(list(table.stamp))
        except OSError as error:
            raise WorkbenchError(f"the file can no longer be read: {error}", where=path, mend="Open it again.") from None
        _ = table.row_count  # reads them all
        yield table, digest
