"""Every torture file of the real data is read or refused by name, with as many rows as an independent reader counts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import DATA
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.table import open_table

FILES = sorted(str(path.relative_to(DATA)) for path in DATA.glob("H_*/**/*") if path.is_file())
REFUSED = {
    "H_csvkit/empty.csv": "blank lines",
    "H_csvkit/test.sql": "commands for a database",
    "H_csvkit/test_latin1.sql": "commands for a database",
    "H_csvkit/test_query.sql": "commands for a database",
    "H_csvkit/test_geojson.json": "not at the top",
    "H_csvkit/testdbf.dbf": "dBASE",
}
NO_HEADER = {"H_csvkit/no_header_row.csv", "H_csvkit/no_header_row2.csv", "H_csvkit/no_header_row3.csv"}
ENCODING = {
    "H_csvkit/test_latin1.csv": "latin-1",
    "H_csvkit/test_utf16_big.csv": "utf-16",
    "H_csvkit/test_utf16_little.csv": "utf-16",
    "H_encodings_derived/sui.gb18030.crlf.csv": "gb18030",
    "H_encodings_derived/sui.utf16le_bom.tab.csv": "utf-16",
}
DELIMITER = {"H_csvkit/sniff_limit.csv": ";", "H_encodings_derived/sui.utf16le_bom.tab.csv": "\t", "H_csvkit/dummy.tsv": "\t"}
RUNNING_TEXT = {"H_blns/blns.txt", "H_csvkit/testfixed", "H_csvkit/testfixed_skip_lines"}
XLS_ROWS = {"dummy.xls": 1, "sheets.xls": 5, "test.xls": 5, "test_skip_lines.xls": 5}
PACKED = {"H_csvkit/dummy.csv.gz": 1, "H_csvkit/dummy.csv.bz2": 1}


def rows_by_another_reader(name: str) -> int:
    """Rows below the header (with titles above it), counted by the standard library or openpyxl."""
    path = DATA / name
    if name in PACKED:
        return PACKED[name]
    if path.suffix == ".xls":
        return XLS_ROWS[path.name]
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        sheet = book["data"] if "data" in book.sheetnames else book.active
        assert sheet is not None
        return sum(any(cell is not None for cell in row) for row in sheet.iter_rows(values_only=True)) - 1
    text = path.read_bytes().decode(ENCODING.get(name, "utf-8-sig"))
    if path.suffix == ".json":
        try:
            content = json.loads(text)
            return len(content) if isinstance(content, list) else 1
        except ValueError:
            return len(text.splitlines())
    if name in RUNNING_TEXT:
        return len(list(io.StringIO(text, newline="")))
    records = [record for record in csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITER.get(name, ",")) if record]
    return len(records) - (name not in NO_HEADER)


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl, the second reader, says so
@pytest.mark.skipif(not FILES, reason=f"no real data at {DATA}; set WORKBENCH_DATA to its folder")
@pytest.mark.parametrize("name", FILES or ["none"])
def test_every_file_is_read_whole_or_refused_by_name(name: str) -> None:
    path = DATA / name
    if name in REFUSED:
        with pytest.raises(WorkbenchError, match=REFUSED[name]) as caught:
            open_table(DataSpec(table=str(path)))
        assert caught.value.where == str(path)
        assert caught.value.mend
        return
    with open_table(DataSpec(table=str(path))) as table:
        assert table.row_count + len(table.rejected) == rows_by_another_reader(name)
        assert len(table.page(0, table.row_count + 1)) == table.row_count
        assert all(len(row) == len(table.columns) for row in table.page(0, 100))
        assert table.kind == ("text" if name in RUNNING_TEXT else "table")


SPECTRUM = sorted(DATA.glob("H_csv-spectrum/csvs/*.csv"))


@pytest.mark.skipif(not SPECTRUM, reason=f"no real data at {DATA}")
@pytest.mark.parametrize("path", SPECTRUM or [Path()], ids=lambda path: path.stem)
def test_csv_spectrum_is_read_to_the_letter(path: Path, tmp_path: Path) -> None:
    expected = json.loads((path.parent.parent / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
    content = path.read_bytes()
    if path.stem.endswith("_crlf") and b"\r" not in content:  # a copy of the set may have lost what the name promises
        content = content.replace(b"\n", b"\r\n")
    if path.stem == "location_coordinates":  # the set's csv and json give different telephone numbers
        content = content.replace(b"2095257564", b"1234567890")
    copy = tmp_path / path.name
    copy.write_bytes(content)
    with open_table(DataSpec(table=str(copy))) as table:
        read = [dict(zip(table.columns, cells, strict=True)) for cells in table.page(0, 1_000)]
    assert read == (expected if isinstance(expected, list) else [expected])


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("sui.gb18030.crlf.csv", "gb18030", ","),
        ("sui.utf16le_bom.tab.csv", "utf-16-le", "\t"),
        ("sui.utf8bom.crlf.csv", "utf-8-sig", ","),
    ],
)
def test_re_encoded_poems_equal_the_original_cell_by_cell(real_data: Path, name: str, encoding: str, delimiter: str) -> None:
    with (
        open_table(DataSpec(table=str(real_data / "B_zh_poetry_dynasty" / "隋.csv"))) as original,
        open_table(DataSpec(table=str(real_data / "H_encodings_derived" / name))) as other,
    ):
        assert other.reading.encoding.name == encoding
        assert other.reading.encoding.candidates == ()
        assert other.reading.delimiter.value == delimiter
        assert other.columns == original.columns
        assert list(other.rows(other.columns)) == list(original.rows(original.columns))
        assert original.row_count == 1170


def test_rejected_rows_are_listed_with_line_text_and_reason(real_data: Path) -> None:
    with open_table(DataSpec(table=str(real_data / "H_csvkit" / "bad_skip_lines.csv"))) as table:
        listed = [(row.line, row.text, row.reason) for row in table.rejected]
        assert table.page(0, 10) == [("0", "mixed types.... uh oh", "17")]
        assert table.line_of(0) == 7
    assert listed == [
        (5, '1,27,,"I\'m too long!"', "4 cells where the table has 3"),
        (6, ',"I\'m too short!"', "2 cells where the table has 3"),
    ]


def test_the_sheet_with_the_table_is_found_behind_a_decoy(real_data: Path) -> None:
    path = real_data / "H_csvkit" / "sheets.xlsx"
    with open_table(DataSpec(table=str(path))) as table:
        assert "'data'" in table.reading.kind.evidence
        assert table.columns[:3] == ("text", "date", "integer")
        assert table.page(0, 1)[0][:5] == ("Chicago Reader", "1971-01-01", "40", "True", "1")
    with open_table(DataSpec(table=str(path), sheet="ʤ")) as table:
        assert table.page(0, 9) == [("1", "2", "3")]
    with pytest.raises(WorkbenchError, match="'not this one', 'data', 'ʤ'") as caught:
        open_table(DataSpec(table=str(path), sheet="dat"))
    assert "Did you mean 'data'?" in caught.value.mend


@pytest.mark.parametrize(
    ("name", "kind", "rows", "columns"),
    [
        ("A_banking77/train.csv", "table", 10_003, ("text", "category")),
        ("A_banking77/test.csv", "table", 3_080, ("text", "category")),
        ("B_zh_skewed/PCWeb_train.txt", "table", 1_190, ("column1", "column2")),
        ("C_tatoeba_en_zh/cmn.txt", "table", 22_075, ("column1", "column2", "column3")),
        ("E_G_sts2016/postediting.test.tsv", "table", 3_287, ("column1", "column2", "column3")),
        ("F_tinyshakespeare/input.txt", "text", 40_000, ("text",)),
        ("C_seq2seq_addition_date/addition.txt", "text", 50_000, ("text",)),
        ("D_WNUT17/wnut17train.conll", "conll", 3_394, ("tokens", "tags")),
        ("D_WNUT17/emerging.test.annotated", "conll", 1_287, ("tokens", "tags")),
        ("D_wikigold/wikigold.conll.txt", "conll", 1_696, ("tokens", "tags")),
        ("I_glove_sample/glove.6B.100d.sample.txt.gz", "table", 100, tuple(f"column{n}" for n in range(1, 102))),
    ],
)
def test_real_tables_are_understood_unaided(real_data: Path, name: str, kind: str, rows: int, columns: tuple[str, ...]) -> None:
    with open_table(DataSpec(table=str(real_data / name))) as table:
        assert (table.kind, table.row_count, table.columns) == (kind, rows, columns)
        assert table.rejected == ()


def test_running_text_becomes_a_table_where_the_spec_says_so(real_data: Path) -> None:
    path = str(real_data / "C_seq2seq_addition_date" / "addition.txt")
    with open_table(DataSpec(table=path, delimiter="_")) as table:
        assert table.page(0, 2) == [("16+75  ", "91  "), ("52+607 ", "659 ")]  # padding is kept: it is in the file
        assert table.row_count == 50_000
    with open_table(DataSpec(table=str(real_data / "B_zh_skewed" / "CnonC_test.txt"), delimiter="none")) as table:
        assert table.kind == "text"
        assert table.row_count == 100


def test_sentences_keep_every_token_and_documents_are_counted(real_data: Path) -> None:
    path = real_data / "D_wikigold" / "wikigold.conll.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    tokens = [line.split(" ")[0] for line in lines if line.strip() and not line.startswith("-DOCSTART-")]
    with open_table(DataSpec(table=str(path))) as table:
        rows = [cells for _, cells in table.rows(("tokens", "tags"))]
        assert [token for words, _ in rows for token in words.split(" ")] == tokens
        assert all(len(words.split(" ")) == len(tags.split(" ")) for words, tags in rows)
        assert table.passed == {"-DOCSTART- line": sum(line.startswith("-DOCSTART-") for line in lines)}
        line = table.line_of(5)
        assert line is not None
        assert lines[line - 1].split(" ")[0] == rows[5][0].split(" ")[0]
