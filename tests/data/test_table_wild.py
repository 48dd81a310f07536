"""Tables nobody would write: each is read, with every character accounted for, or refused with a WorkbenchError."""

from __future__ import annotations

import bz2
import contextlib
import csv
import gzip
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.delimited import DelimitedSource, open_delimited
from workbench.data.doctor import examine
from workbench.data.encoding import Encoding
from workbench.data.reading import Passed, Rejected, Row
from workbench.data.records import Dialect, cut
from workbench.data.table import open_table

SUFFIXES = [
    ".csv",
    ".tsv",
    ".txt",
    "",
    ".jsonl",
    ".json",
    ".conll",
    ".parquet",
    ".xlsx",
    ".xls",
    ".csv.gz",
    ".bz2",
    ".zip",
    ".xz",
]
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "big5",
    "cp1252",
    "latin-1",
    "shift_jis",
]
SCRAPS = [
    ",",
    "\t",
    ";",
    "|",
    " ",
    '"',
    '""',
    "'",
    "\\",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\x00",
    "\ufeff",
    "\ufdd0",
    "\u2028",
    "\x1a",
]
SCRAPS += ["text", "label", "好评", "é", "𝄞", "1", "-2.5", "=1+1", "O", "B-PER", "x O\n", "-DOCSTART-\n", "[", "]", "{}"]
SCRAPS += ['{"a": 1}\n', '{"a": [1, "b c"]}\n']

wild_text = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=8)), max_size=60).map("".join)
orderly_text = st.lists(
    st.lists(st.text(alphabet="ab ,;\t\"'\n好é1", max_size=8), min_size=2, max_size=4), min_size=1, max_size=12
).map(lambda rows: _written(rows))
wild_bytes = st.one_of(
    st.binary(max_size=300),
    st.tuples(st.one_of(wild_text, orderly_text), st.sampled_from(ENCODINGS)).map(
        lambda pair: pair[0].encode(pair[1], "replace")
    ),
    st.tuples(orderly_text, st.binary(min_size=1, max_size=4), st.integers(0, 200)).map(
        lambda parts: parts[0].encode()[: parts[2]] + parts[1] + parts[0].encode()[parts[2] :]
    ),
)
packings = st.sampled_from(["", "", "", "gzip", "bz2", "zip", "cut"])
specs = st.builds(
    DataSpec,
    encoding=st.sampled_from([None, None, None, *ENCODINGS, "rot13", "no such thing", "idna", "hz", "utf-7"]),
    delimiter=st.sampled_from([None, None, None, ",", "\t", "_", "||", "好", "\n", '"', "none", "\\t", " "]),
    quote=st.sampled_from([None, None, None, '"', "'", "none", ",", "\n"]),
    header=st.sampled_from([None, None, True, False]),
    skip_lines=st.sampled_from([0, 0, 0, 1, 3, 1000]),
    sheet=st.sampled_from([None, None, "Sheet1"]),
    task=st.sampled_from(
        [None, None, "text-classification", "seq2seq", "regression", "causal-lm", "token-classification", "masked-lm"]
    ),
    text=st.sampled_from([None, None, None, "text", "column1"]),
    target=st.sampled_from([None, None, None, "label", "column2"]),
)


def _written(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _packed(content: bytes, how: str) -> bytes:
    if how == "gzip":
        return gzip.compress(content)
    if how == "bz2":
        return bz2.compress(content)
    if how == "cut":
        return gzip.compress(content)[:-9]
    if how == "zip":
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("../../outside.csv", content)
        return target.getvalue()
    return content


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=wild_bytes, suffix=st.sampled_from(SUFFIXES), packing=packings, spec=specs)
@example(content=b"", suffix=".csv", packing="", spec=DataSpec())
@example(content=b"\n\n", suffix=".txt", packing="gzip", spec=DataSpec())
@example(content=b'{"a": ' * 5_000, suffix=".json", packing="", spec=DataSpec())
@example(content=b'{"\\ud800": 1}\n', suffix=".jsonl", packing="", spec=DataSpec())
@example(content=b"PAR1PAR1", suffix=".parquet", packing="", spec=DataSpec())
@example(content=b"PK\x03\x04", suffix=".xlsx", packing="", spec=DataSpec())
@example(content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), suffix=".xls", packing="", spec=DataSpec())
def test_a_wild_table_is_read_whole_or_refused(tmp_path: Path, content: bytes, suffix: str, packing: str, spec: DataSpec) -> None:
    path = tmp_path / f"wild{suffix}"
    path.write_bytes(_packed(content, packing))
    with contextlib.suppress(WorkbenchError):
        with open_table(spec, path=str(path)) as table:
            first = table.page(0, 5)
            assert table.page(0, 5) == first[: table.row_count]
            assert sum(1 for _ in table.rows(table.columns)) == table.row_count
            assert [cells for _, cells in table.rows(table.columns)][:5] == first
            assert len(set(table.columns)) == len(table.columns) > 0
            assert all(isinstance(cell, str) for row in first for cell in row)
            assert len(table.profile()) == len(table.columns)
        report = examine(DataSpec(**{**vars(spec), "table": str(path)}))
        assert report["rows"]["in_file"] == report["rows"]["read"] + len(report["rows"]["rejected"])


def _everything_but(text: str, left_out: str) -> Counter[str]:
    return Counter(text.translate({ord(ch): None for ch in left_out}))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(wild_text, orderly_text), spec=st.builds(DataSpec, quote=st.sampled_from(['"', "none"]), header=st.booleans())
)
def test_every_character_is_in_a_cell_or_in_a_rejected_row(tmp_path: Path, text: str, spec: DataSpec) -> None:
    text = text.replace("\ufeff", "")
    path = tmp_path / "wild.csv"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    text = path.read_bytes().decode("utf-8")
    try:
        source = open_delimited(path, path.name, Encoding(name="utf-8", evidence="made so"), spec, where=str(path))
    except WorkbenchError:
        return
    assert isinstance(source, DelimitedSource)
    header = [
        record for record in cut(io.StringIO(text, newline=""), source.dialect, len(source.columns)) if isinstance(record, Row)
    ]
    records = list(source.records())
    kept = "".join(cell for record in records if isinstance(record, Row) for cell in record.cells)
    kept += "".join(record.text for record in records if isinstance(record, Rejected))
    if spec.header:
        skipped = [row for row in header if row.line > source.skip]
        kept += "".join(skipped[0].cells)
    # Shown as U+FFFD where it is rejected: a code point that is kept out of texts and used inside.
    shaping = '\n\r"\\ \ufdd0\ufffd' + (source.dialect.delimiter or "")
    assert _everything_but(kept, shaping) == _everything_but(text, shaping)
    lines = [record.line for record in records]
    assert lines == sorted(lines)
    assert len({(record.line, isinstance(record, Passed)) for record in records}) == len(records)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=5), max_size=12),
    delimiter=st.sampled_from([",", "\t", ";", "_", "好"]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_well_formed_text_is_cut_as_the_csv_module_cuts_it(rows: list[list[str]], delimiter: str, ends: str) -> None:
    text = io.StringIO(newline="")
    rows = [[cell.replace("\r", "\n") for cell in row] for row in rows]
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(rows)
    read = list(cut(io.StringIO(text.getvalue(), newline=""), Dialect(delimiter=delimiter, quote='"')))
    assert [list(record.cells) for record in read if isinstance(record, Row)] == rows
    assert not any(isinstance(record, Rejected) for record in read)


@pytest.mark.parametrize(
    ("text", "rows", "rejected"),
    [
        ('a,b\n"open,1\nc,2\nd,3\n', [("a", "b"), ("c", "2"), ("d", "3")], [(2, '"open,1')]),
        ('a,b\n"x"y,1\nc,2\n', [("a", "b"), ("c", "2")], [(2, '"x"y,1')]),
        ('a,b\n"p\nq",1\n"r\ns","t\n2,3\n', [("a", "b"), ("p\nq", "1"), ("2", "3")], [(4, '"r'), (5, 's","t')]),
        ("a,b\r1,2\r3\r", [("a", "b"), ("1", "2")], [(3, "3")]),
        ('a,b\n\n1,2\n"', [("a", "b"), ("1", "2")], [(4, '"')]),
    ],
)
def test_a_stray_quote_costs_its_line_and_no_more(
    text: str, rows: list[tuple[str, ...]], rejected: list[tuple[int, str]]
) -> None:
    records = list(cut(io.StringIO(text, newline=""), Dialect(delimiter=",", quote='"'), 2))
    assert [record.cells for record in records if isinstance(record, Row)] == rows
    assert [(record.line, record.text) for record in records if isinstance(record, Rejected)] == rejected


def test_ten_thousand_stray_quotes_take_no_longer_than_they_must() -> None:
    lines = ['"open,1\n'] * 10_000 + ["a,b\n"] * 10_000
    records = list(cut(lines, Dialect(delimiter=",", quote='"'), 2))
    assert sum(isinstance(record, Rejected) for record in records) >= 9_999
    assert sum(isinstance(record, Row) for record in records) == 10_000
