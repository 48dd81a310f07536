from __future__ import annotations

import csv
import json
import re
import string
from collections.abc import Sequence
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.contracts.errors import WorkbenchError
from workbench.data.writing import LONGEST_CELL, Cell, check_form, check_size, neutralised, open_writer

HEADER = ["a", 'b "," c', "=d", "n"]
LETTERS = st.sampled_from(list(string.printable + "éß评\u2028\u00a0\ufeff\x00\x1f\x85😀'_x0041_"))
WILD = st.one_of(st.text(st.characters(blacklist_categories=("Cs",)), max_size=20), st.text(LETTERS, max_size=20))
ROWS = st.lists(st.tuples(WILD, WILD, WILD, st.none() | st.floats(0, 1).map(lambda x: round(x, 6))), max_size=8)


def write(path: Path, form: str, rows: Sequence[Sequence[Cell]], *, bom: bool = False) -> None:
    writer = open_writer(path, form, HEADER, numbers=[3], bom=bom)
    for row in rows:
        writer.write(row)
    writer.finish()


def unescaped(cell: object) -> object:
    """What Excel makes of the text of a cell."""
    if not isinstance(cell, str):
        return cell
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell)


def read(path: Path, form: str) -> list[list[object]]:
    if form in ("csv", "tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows: list[list[object]] = [list(row) for row in csv.reader(file, delimiter="," if form == "csv" else "\t")]
        for row in rows[1:]:
            row[3] = float(str(row[3])) if row[3] else None
        return rows
    if form == "jsonl":
        content = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        return [HEADER, *([row[name] for name in HEADER] for row in content)]
    if form == "xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        found = [[unescaped(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
        book.close()
        padded = [row + [None] * (len(HEADER) - len(row)) for row in found]  # a row of empty cells has none at all
        return [
            [*("" if cell is None else cell if isinstance(cell, str) else repr(cell) for cell in row[:3]), row[3]]
            for row in padded
        ]
    with duckdb.connect() as database:
        rows_found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [each[0] for each in rows_found.description or ()]
        return [names, *map(list, rows_found.fetchall())]


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "xlsx", "parquet"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_cell_comes_back_as_it_was(form: str, rows: list[tuple[str, str, str, float | None]], tmp_path: Path) -> None:
    path = tmp_path / f"x.{form}"
    write(path, form, rows)
    assert read(path, form) == [HEADER, *map(list, rows)]


def test_a_workbook_holds_text_where_it_looks_like_a_formula_a_code_or_an_error(tmp_path: Path) -> None:
    write(tmp_path / "x.xlsx", "xlsx", [["=1+1", "007", "#N/A", 0.5]])
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [cell.data_type for cell in book.active[2]] == ["s", "s", "s", "n"] or book.active[2][0].data_type == "inlineStr"
    assert [cell.value for cell in book.active[2]] == ["=1+1", "007", "#N/A", 0.5]


def test_a_number_that_is_written_exactly_so_is_one_in_a_workbook(tmp_path: Path) -> None:
    exact = ["1000", "-3.5", "0", "999999999999999"]
    others = ["007", "1.50", "-0", "1e5", "1,000", " 5", "1000000000000000", "0.00001", "٣", "NaN"]
    write(tmp_path / "x.xlsx", "xlsx", [[cell, "", "", None] for cell in exact + others])
    found = [row[0].value for row in openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows(min_row=2)]
    assert found == [1000, -3.5, 0, 999999999999999, *others]
    assert read(tmp_path / "x.xlsx", "xlsx")[1:] == [[cell, "", "", None] for cell in exact + others]


def test_a_byte_order_mark_is_there_when_asked_for_and_only_where_it_belongs(tmp_path: Path) -> None:
    for bom in (True, False):
        write(tmp_path / "x.csv", "csv", [["a", "b", "c", 0.25]], bom=bom)
        assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf") == bom
    check_form(Path("x.tsv"), bom=True)
    with pytest.raises(WorkbenchError, match="byte order mark"):
        check_form(Path("x.xlsx"), bom=True)
    with pytest.raises(WorkbenchError, match="not written as"):
        check_form(Path("x.docx"), bom=False)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "=", "+49 30 12"])
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert neutralised(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+3.25", "-1e-5", "-1,234.5", "-3 %", "a=b", "", " =1", "'=1", 0.5, None])
def test_numbers_and_words_are_left_alone(cell: Cell) -> None:
    assert neutralised(cell) is cell


def test_what_a_workbook_cannot_hold_is_refused_and_not_cut(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "x.xlsx", "xlsx", ["a"], numbers=[], bom=False)
    writer.write(["x" * LONGEST_CELL])
    with pytest.raises(WorkbenchError, match="row 2, column 'a'"):
        writer.write(["😀" * (LONGEST_CELL // 2 + 1)])
    writer.abandon()
    check_size(Path("x.xlsx"), 1_048_575, 5)
    check_size(Path("x.csv"), 2_000_000, 5)
    with pytest.raises(WorkbenchError, match="1,048,576 rows"):
        check_size(Path("x.xlsx"), 1_048_576, 5)
