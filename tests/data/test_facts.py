"""What a person is told about a table is what the reader, the guesses and the examples say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tests.tables import PAIRED, TASKS, write_table
from workbench.contracts.errors import Cancelled
from workbench.contracts.specs import DataSpec
from workbench.data.facts import split_facts, table_facts, uncut_lengths, whole_facts
from workbench.data.prepare import prepare
from workbench.data.table import open_table


def silent(what: str, share: float) -> None:
    """Progress that nobody hears."""


@pytest.mark.parametrize("names", [["one"], ["it's", 'say "x"', "第一页, 二"], ["x was given", "was given, of 'x', 'y'"]])
def test_sheets_are_read_from_what_the_reader_says_whatever_they_are_called(names: list[str], tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for place, name in enumerate(names):
        sheet = book.active if place == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in (["text", "label"], ["a b", "x"], ["c d", "y"]):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    for given in (None, names[-1]):
        with open_table(DataSpec(table=str(tmp_path / "a.xlsx"), sheet=given)) as table:
            facts = table_facts(table)
        assert facts.sheet.value == (given or names[0])
        assert facts.sheet.others == tuple(names)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("limit", [None, 3])
def test_rows_add_up_and_lengths_are_those_of_whole_texts(task: str, limit: int | None, tmp_path: Path) -> None:
    limit = 8 if limit and task in PAIRED else limit
    spec = DataSpec(table=str(write_table(tmp_path, task)), task=task, text="source", max_length=limit,
                    pair="other" if task in PAIRED else None, target=None if task.endswith("-lm") else "goal")  # fmt: skip
    whole = prepare(spec if limit is None else DataSpec(**{**vars(spec), "max_length": None}))
    prepared = prepare(spec)
    with open_table(spec) as table:
        facts = split_facts(table, prepared, spec, uncut_lengths(prepared, silent))
    counts = facts.counts
    assert counts["read"] == 80
    assert counts["read"] == counts["train"] + counts["validation"] + counts["test"] + counts["unusable"]
    assert facts.limit_given == (limit is not None)
    if task == "causal-lm":
        assert len(facts.lengths) == 0
        return
    naive = np.sort(np.concatenate([part.examples.inputs.lengths for part in whole.parts.values()]))
    assert (facts.lengths == naive).all()
    assert facts.cut_at(facts.limit) == sum(int(length) > facts.limit for length in naive)
    if task == "text-classification":
        goals = [line.rsplit(",", 1)[1] for line in Path(spec.table or "").read_text().splitlines()[1:]]
        totals = [sum(each) for each in zip(*facts.class_counts.values(), strict=True)]
        assert dict(zip(facts.labels, totals, strict=True)) == {label: goals.count(label) for label in set(goals)}


def test_columns_that_fit_no_task_are_trouble_beside_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 30, encoding="utf-8")
    spec = DataSpec(table=str(path), target="gone")
    with open_table(spec) as table:
        facts = whole_facts(table, spec, silent)
    assert facts.row_count == 30
    assert facts.trouble is not None
    assert "gone" in str(facts.trouble)
    assert [column.name for column in facts.columns] == ["a", "b"]


def test_reading_stops_when_it_is_not_wanted(tmp_path: Path) -> None:
    def stop(what: str, share: float) -> None:
        raise Cancelled("enough")

    spec = DataSpec(table=str(write_table(tmp_path, "regression")))
    with open_table(spec) as table, pytest.raises(Cancelled):
        whole_facts(table, spec, stop)
