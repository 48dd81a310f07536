"""The same table in every format and packing, and what each format has of its own."""

from __future__ import annotations

import bz2
import contextlib
import csv
import datetime
import gzip
import io
import json
import lzma
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data import files
from workbench.data.table import open_table

COLUMNS = ("text", "label")
ROWS = [("a fine day", "good"), ("a, bad\nday\twith 'all'", "bad"), ("", "good"), ('he said "no"', "bad"), ("好", "good")]


def delimited(delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([COLUMNS, *ROWS])
    return text.getvalue().encode("utf-8")


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def objects() -> list[str]:
    return [json.dumps({"text": text, "label": label}) for text, label in ROWS]


def workbook(sheets: dict[str, list[tuple[object, ...]]]) -> bytes:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parquet(folder: Path, select: str) -> bytes:
    path = folder / "made.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path.read_bytes()


def quoted(cell: str) -> str:
    return "'" + cell.replace("'", "''") + "'"


MAKERS: dict[str, Callable[[Path], bytes]] = {
    "t.csv": lambda folder: delimited(),
    "t.tsv": lambda folder: delimited("\t"),
    "t.txt": lambda folder: delimited("\t"),
    "semicolons.csv": lambda folder: delimited(";"),
    "bars.csv": lambda folder: delimited("|"),
    "t.csv.gz": lambda folder: gzip.compress(delimited()),
    "t.csv.bz2": lambda folder: bz2.compress(delimited()),
    "t.csv.xz": lambda folder: lzma.compress(delimited()),
    "no_suffix": lambda folder: gzip.compress(delimited("\t")),
    "t.zip": lambda folder: zipped(
        {"folder/": b"", "folder/t.csv": delimited(), "__MACOSX/folder/._t.csv": b"x", "folder/.DS_Store": b"x"}
    ),
    "packed_twice.zip": lambda folder: zipped({"t.csv.gz": gzip.compress(delimited())}),
    "t.jsonl": lambda folder: "\n".join(objects()).encode(),
    "t.ndjson": lambda folder: ("\r\n\r\n".join(objects()) + "\r\n").encode("utf-8-sig"),
    "t.json": lambda folder: f"[{','.join(objects())}]".encode(),
    "lines.json": lambda folder: "\n".join(objects()).encode(),
    "t.xlsx": lambda folder: workbook({"notes": [("made by hand",)], "data": [COLUMNS, *ROWS]}),
    "t.parquet": lambda folder: parquet(
        folder, "FROM (VALUES " + ", ".join(f"({quoted(text)}, {quoted(label)})" for text, label in ROWS) + ") AS t(text, label)"
    ),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_table_is_the_same_in_every_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MAKERS[name](tmp_path))
    with open_table(DataSpec(table=str(path))) as table:
        assert table.columns == COLUMNS
        before = table.page(1, 3)
        assert [cells for _, cells in table.rows(COLUMNS)] == ROWS
        assert table.page(1, 3) == before == ROWS[1:4]
        assert table.rejected == ()
        assert [profile.empty for profile in table.profile()] == [1, 0]


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.jsonl"])
def test_a_row_knows_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MAKERS[name](tmp_path))
    with open_table(DataSpec(table=str(path))) as table:
        lines = [table.line_of(row) for row in (4, 0, 1, 2, 3)]
        assert table.line_of(5) is None
        assert table.line_of(-1) is None
    first = {"t.csv": [2, 3, 5, 6, 7], "t.xlsx": [2, 3, 4, 5, 6], "t.jsonl": [1, 2, 3, 4, 5]}[name]
    assert lines == [first[4], *first[:4]]


def test_parquet_lists_become_words_and_numbers_text(tmp_path: Path) -> None:
    path = tmp_path / "nested.parquet"
    select = (
        "SELECT ['New York', 'is', 'big'] AS tokens, [1, 2, 0] AS tags, {'a': 1} AS more, 7 AS label, 0.5 AS score, NULL AS none"
    )
    path.write_bytes(parquet(tmp_path, select))
    with open_table(DataSpec(table=str(path))) as table:
        assert table.page(0, 9) == [("New\u00a0York is big", "1 2 0", '{"a":1}', "7", "0.5", "")]
        assert table.row_count == 1
        assert table.line_of(0) is None


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_parquet_file_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(
        parquet(tmp_path, "SELECT i, 'text ' || i AS text, [i, 1] AS many, {'a': i} AS deep FROM range(50) AS t(i)")
    )
    for _ in range(chance.randint(1, 5)):
        content[chance.randrange(4, len(content) - 8)] = chance.randrange(256)
    path = tmp_path / "damaged.parquet"
    path.write_bytes(content)
    with contextlib.suppress(WorkbenchError), open_table(DataSpec(table=str(path))) as table:
        table.page(0, 10)
        assert len(table.profile()) == len(table.columns)


def test_json_values_become_text_and_odd_lines_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    lines = [
        '{"text": "a", "score": 1.50, "ok": true, "words": ["New York", 1, null], "more": {"x": [1]}}',
        "[1, 2]",
        '{"text": "b"',
        '{"text": "c", "text": "d"}',
        '{"text": "\\ud83d"}',
        "",
        '{"text": "e", "score": 12345678901234567890}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    with open_table(DataSpec(table=str(path))) as table:
        assert table.columns == ("text", "score", "ok", "words", "more")
        assert table.page(0, 9) == [
            ("a", "1.50", "true", "New\u00a0York 1 ", '{"x": [1]}'),
            ("e", "12345678901234567890", "", "", ""),
        ]
        assert [(row.line, row.reason.split(":")[0]) for row in table.rejected] == [
            (2, "is no JSON object"),
            (3, "is not valid JSON"),
            (4, "is not valid JSON"),
            (5, "holds half of a surrogate pair, which is no character"),
        ]
        assert table.passed == {"blank line": 1}


def test_a_field_that_turns_up_late_costs_its_row_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "late.jsonl"
    path.write_text('{"text": "a"}\n' * 10_001 + '{"text": "b", "extra": 1}\n', encoding="utf-8")
    with open_table(DataSpec(table=str(path))) as table:
        assert table.row_count == 10_001
        assert [row.line for row in table.rejected] == [10_002]
        assert "'extra'" in table.rejected[0].reason


def test_workbook_cells_read_as_a_person_sees_them(tmp_path: Path) -> None:
    path = tmp_path / "cells.xlsx"
    rows: list[tuple[object, ...]] = [
        ("A title across",),
        ("text", "count", "price", "day", "yes", "text"),
        ("one", 12, 1.5, datetime.date(2024, 2, 29), True, "x"),
        (None, None, None, None, None, None),
        ("two", 1e15, -0.25, datetime.datetime(2024, 2, 29, 12, 30), False, None),
    ]
    path.write_bytes(workbook({"only": rows}))
    with open_table(DataSpec(table=str(path))) as table:
        assert table.columns == ("text", "count", "price", "day", "yes", "text_2")
        assert table.page(0, 9) == [
            ("one", "12", "1.5", "2024-02-29", "True", "x"),
            ("two", "1000000000000000", "-0.25", "2024-02-29T12:30:00", "False", ""),
        ]
        assert [(row.line, row.text) for row in table.rejected] == [(1, "A title across")]
        assert table.passed == {"blank line": 1}
        assert table.line_of(1) == 5
        assert "the table begins on row 2" in table.reading.notes


REFUSED = {
    "empty.csv": (b"", "the file is empty"),
    "blank.csv": (b"\n\r\n\n", "only blank lines"),
    "empty.csv.gz": (gzip.compress(b""), "the file is empty"),
    "cut.csv.gz": (gzip.compress(delimited() * 50)[:-20], "cannot be read"),
    "damaged.zip": (zipped({"t.csv": delimited() * 50})[:-30], "cannot be read"),
    "two.zip": (zipped({"a.csv": delimited(), "b.csv": delimited()}), "holds 2 files"),
    "none.zip": (zipped({"folder/": b""}), "holds 0 files"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    "paper.pdf": (b"%PDF-1.7 ...", "a PDF document"),
    "random.csv": (bytes(range(256)) * 40, "not a text file"),
    "broken.parquet": (b"PAR1" + bytes(50) + b"PAR1", "Parquet file is broken"),
    "broken.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook cannot be read"),
    "empty.xlsx": (workbook({"a": [], "b": []}), "all sheets are empty"),
    "paper.docx": (zipped({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "a document, not a workbook"),
    "deep.json": (b'{"data": [{"text": "a"}]}', "not at the top"),
    "broken.json": (b'[{"text": "a"}', "not valid JSON"),
    "none.json": (b"[]", "no rows"),
    "prose.jsonl": (b"hello\nworld\n", "no line holds a JSON object"),
    "page.html": (b"<html></html>", "a web page"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_with_file_reason_and_mend(tmp_path: Path, name: str) -> None:
    content, reason = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(WorkbenchError, match=reason) as caught:
        open_table(DataSpec(table=str(path)))
    assert caught.value.where == str(path)
    assert caught.value.mend


@pytest.mark.parametrize("bad", ["", "no/such/file.csv", ".", "nul\x00byte.csv", "x" * 5_000, "/dev/null"])
def test_a_path_that_is_no_file_is_refused(bad: str) -> None:
    with pytest.raises(WorkbenchError):
        open_table(DataSpec(), path=bad)


def test_an_archive_cannot_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_FREE_OF_SUSPICION", 1 << 20)
    bomb = b"a,b\n" * (2 << 20)
    for name, content in (("bomb.csv.gz", gzip.compress(bomb)), ("bomb.zip", zipped({"t.csv": bomb}))):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(WorkbenchError, match="packed bytes unpack to more than"):
            open_table(DataSpec(table=str(path)))


def test_a_workbook_that_unpacks_without_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_FREE_OF_SUSPICION", 1 << 20)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (8 << 20)}))
    with pytest.raises(WorkbenchError, match="packed bytes unpack"):
        open_table(DataSpec(table=str(path)))


def test_a_stray_cell_in_the_last_corner_ends_no_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["XFD1048576"] = "text", "label", "stray"
    book.save(tmp_path / "corner.xlsx")
    with pytest.raises(WorkbenchError, match="damaged or far too large"):
        open_table(DataSpec(table=str(tmp_path / "corner.xlsx")))


def test_an_archive_is_never_unpacked_under_its_own_names(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = inside / "t.zip"
    path.write_bytes(zipped({"../../escaped.csv": delimited()}))
    with open_table(DataSpec(table=str(path))) as table:
        assert table.row_count == len(ROWS)
    assert sorted(found.name for found in tmp_path.rglob("*")) == ["inside", "t.zip"]


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    content = bytearray(zipped({"t.csv": delimited()}))
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag that says encrypted
    path = tmp_path / "locked.zip"
    path.write_bytes(bytes(content))
    with pytest.raises(WorkbenchError, match="locked with a password"):
        open_table(DataSpec(table=str(path)))


def test_unpacking_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(delimited()))
    with pytest.raises(Cancelled):
        open_table(DataSpec(table=str(path)), cancelled=lambda: True)


def test_token_per_line_files_are_known_by_content_and_reject_broken_sentences_whole(tmp_path: Path) -> None:
    path = tmp_path / "tagged.txt"
    path.write_text(
        "-DOCSTART- O\n\nNew\u00a0York\tB-LOC\nis\tO\n\n\nbig\tO\nlonely\nword\tO\n\nThe\tO\nEnd\tB-X", encoding="utf-8"
    )
    with open_table(DataSpec(table=str(path))) as table:
        assert table.kind == "conll"
        assert table.page(0, 9) == [("New\u00a0York is", "B-LOC O"), ("The End", "O B-X")]
        assert [(row.line, row.text, row.reason) for row in table.rejected] == [
            (7, "big\tO\nlonely\nword\tO", "line 8 has a token without a tag")
        ]
        assert table.passed == {"-DOCSTART- line": 1}
        assert [table.line_of(0), table.line_of(1)] == [3, 11]
