"""The fast reader equals the definition, or declines."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.contracts.specs import DataSpec
from workbench.data import loading
from workbench.data.bulk import read_in_bulk
from workbench.data.delimited import DelimitedSource, open_delimited
from workbench.data.encoding import Encoding
from workbench.data.reading import Passed, Rejected, Row
from workbench.data.table import open_table

UTF8 = Encoding(name="utf-8", evidence="made so")
PIECES = [
    "a",
    "é",
    "字",
    "𝄞",
    "\x00",
    " ",
    ",",
    ",",
    '"',
    '""',
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n,",
    '"\n',
    ',"',
    '",',
    "\ufeff",
    "x,y\n",
    "'",
]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def slowly(source: DelimitedSource) -> tuple[list[tuple[str, ...]], list[Rejected], int]:
    records = list(source.records())
    rows = [record.cells for record in records if isinstance(record, Row)]
    rejected = [record for record in records if isinstance(record, Rejected)]
    return rows, rejected, sum(isinstance(record, Passed) for record in records)


def agree(path: Path, database: duckdb.DuckDBPyConnection, spec: DataSpec) -> bool:
    """Whether the fast reader took the file; it must then have read what the slow one reads."""
    source = open_delimited(path, path.name, UTF8, spec, where=str(path))
    assert isinstance(source, DelimitedSource)
    bulk = read_in_bulk(source, path, database)
    if bulk is None:
        return False
    rows, rejected, blank = slowly(source)
    assert database.execute("SELECT * FROM data ORDER BY rowid").fetchall() == rows
    assert bulk.rows == len(rows)
    assert list(bulk.rejected) == rejected
    assert bulk.blank_lines == blank
    return True


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40), header=st.booleans(), quote=st.sampled_from(['"', "none", "'"]))
def test_whatever_the_fast_reader_accepts_equals_the_definition(
    tmp_path: Path, database: duckdb.DuckDBPyConnection, pieces: list[str], header: bool, quote: str
) -> None:
    path = tmp_path / "wild.csv"
    path.write_text("n,m\n1,2\n" + "".join(pieces), encoding="utf-8", newline="")
    agree(path, database, DataSpec(delimiter=",", quote=quote, header=header))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(st.text(alphabet="ab,\"\n é字'", max_size=6), min_size=3, max_size=3), min_size=1, max_size=12),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_well_formed_files_are_taken_by_the_fast_reader(
    tmp_path: Path, database: duckdb.DuckDBPyConnection, rows: list[list[str]], ends: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows([["x", "y", "z"], *rows])
    path = tmp_path / "good.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    assert agree(path, database, DataSpec(delimiter=",", quote='"', header=True))


def test_ragged_rows_behind_quoted_line_breaks_keep_their_lines(tmp_path: Path, database: duckdb.DuckDBPyConnection) -> None:
    chance = random.Random(3)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["x", "y"])
    for _ in range(3_000):
        writer.writerow(["line\nbreak " * chance.randint(0, 2), 'a "b"'][: 1 if chance.random() < 0.01 else 2])
        if chance.random() < 0.01:
            text.write("\r\n")
    path = tmp_path / "ragged.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    source = open_delimited(path, path.name, UTF8, DataSpec(header=True), where="")
    assert isinstance(source, DelimitedSource)
    bulk = read_in_bulk(source, path, database)
    rows, rejected, blank = slowly(source)
    if bulk is not None:  # quoted line feeds among CRLF ends: DuckDB may decline
        assert (bulk.rows, list(bulk.rejected), bulk.blank_lines) == (len(rows), rejected, blank)
    assert len(rows) + len(rejected) == 3_000
    assert rejected
    assert blank


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16-le"])
def test_a_large_table_is_read_fast_in_any_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.setattr(loading, "WORTHWHILE", 0)
    monkeypatch.setattr(loading, "_load_records", None)  # would fail if it were called
    path = tmp_path / "表.csv"
    path.write_text("文本,标签\n" + '"很好,喜欢",好评\n不好,差评\n' * 50, encoding=encoding, newline="")
    with open_table(DataSpec(table=str(path), encoding=encoding)) as table:
        assert table.row_count == 100
        assert table.page(98, 9) == [("很好,喜欢", "好评"), ("不好", "差评")]
        assert table.columns == ("文本", "标签")


def test_a_large_table_with_a_stray_quote_falls_back_and_loses_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "WORTHWHILE", 0)
    path = tmp_path / "stray.csv"
    path.write_text('text,label\n"never closed,a\n' + "fine,b\n" * 50 + '1,"2', encoding="utf-8")
    with open_table(DataSpec(table=str(path), quote='"')) as table:
        assert table.row_count == 50
        assert [(row.line, row.text) for row in table.rejected] == [(2, '"never closed,a'), (53, '1,"2')]
