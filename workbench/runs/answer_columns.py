"""The other columns of the table that kept answers come from: read again, and only the rows that were answered."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.evaluations import Answers, Group
from workbench.contracts.specs import DataSpec
from workbench.data.mends import mend_text
from workbench.data.table import open_table
from workbench.engine.analyses import by_value
from workbench.runs.folder import RunFolder
from workbench.runs.kept_answers import CHARACTERS

LONGEST = 200
"""Characters of a cell that tell one group from another."""


def other_columns(run: Path, split: str) -> tuple[str, ...]:
    """The columns that are neither read nor predicted; reads no more than the table's beginning.

    Raises:
        WorkbenchError: the table is gone or cannot be read.
    """
    data = _data(run, split)
    with open_table(data) as table:
        return tuple(name for name in table.columns if name not in (data.text, data.pair, data.target, data.answer_start))


def groups_by_column(
    run: Path, answers: Answers, metric: str, column: str, *, cancelled: Callable[[], bool] = lambda: False
) -> tuple[Group, ...]:
    """The score by what a column says.

    Raises:
        WorkbenchError: the table is gone, lacks the column, or is not the one that was answered.
        Cancelled: `cancelled` said so.
    """
    data = _data(run, answers.split)
    place_of = {row: place for place, row in enumerate(answers.rows.tolist())}
    values = [""] * len(answers)
    same = 0
    with open_table(data, cancelled=cancelled) as table:
        text = data.text if data.text in table.columns else column
        for row, (value, read) in table.rows((column, text)):
            place = place_of.get(row)
            if place is not None:
                values[place] = value[:LONGEST]
                text_now = mend_text(read.strip(), data.mends).encode(errors="replace").decode()
                same += answers.texts[place].startswith(text_now[:CHARACTERS])
    if same < len(answers):  # one row that was put in or taken out moves all below it
        raise WorkbenchError(
            "the table is not the one whose rows were answered: its texts are others", where=str(data.table),
            mend="Put the table back as it was, or train again.",
        )  # fmt: skip
    return by_value(answers, metric, values)


def _data(run: Path, split: str) -> DataSpec:
    """How the table of a split is read."""
    data = RunFolder.open(run).experiment().data
    return dataclasses.replace(data, table=data.test, test=None) if split == "test" and data.test else data
