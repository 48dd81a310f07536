"""Paging, counting, closing, threads; how dialects and headers are found, and overruled."""

from __future__ import annotations

import gzip
import os
import tempfile
import threading
from pathlib import Path

import pytest

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.table import Table, open_table


def write(folder: Path, content: str | bytes, name: str = "t.csv") -> str:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return str(path)


def numbers(folder: Path, rows: int) -> str:
    return write(folder, "n,text\n" + "".join(f"{n},row {n}\n" for n in range(rows)))


def temporary_folders() -> set[str]:
    return {name for name in os.listdir(tempfile.gettempdir()) if name.startswith("attention-workbench-")}  # noqa: PTH208


def test_pages_are_the_same_before_and_after_the_whole_file_was_read(tmp_path: Path) -> None:
    with open_table(DataSpec(table=numbers(tmp_path, 5_000))) as table:
        places = [(0, 10), (7, 3), (1_990, 10), (1_995, 10), (4_995, 10), (5_000, 10), (9_999, 1), (0, 0), (-5, 2)]
        before = {place: table.page(*place) for place in places[:3]}
        assert table.row_count == 5_000
        assert all(table.page(*place) == rows for place, rows in before.items())
        for offset, limit in places:
            start = max(0, offset)
            assert table.page(offset, limit) == [(str(n), f"row {n}") for n in range(start, min(5_000, start + limit))]


def test_rows_stream_the_asked_columns_in_order(tmp_path: Path) -> None:
    with open_table(DataSpec(table=numbers(tmp_path, 1_234))) as table:
        assert list(table.rows(["text", "n"], batch=100)) == [(n, (f"row {n}", str(n))) for n in range(1_234)]
        assert list(table.rows([], batch=1_000)) == [(n, ()) for n in range(1_234)]
        with pytest.raises(WorkbenchError, match="no column 'nope'"):
            list(table.rows(["nope"]))


def test_the_first_page_does_not_wait_for_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = numbers(tmp_path, 3_000)
    monkeypatch.setattr(Table, "_load", None)  # would fail if it were called
    table = open_table(DataSpec(table=path))
    assert table.page(0, 2) == [("0", "row 0"), ("1", "row 1")]


def test_a_file_whose_name_is_a_pattern_is_read_and_not_what_it_matches(tmp_path: Path) -> None:
    write(tmp_path, "text,label\nwrong,file\n", "t1.csv")
    write(tmp_path, "text,label\n" + f"right{'!' * 400},file\n" * 12_000, "t[1].csv")  # large enough for the fast reader
    write(tmp_path, "text,label\nright,file\n", "t?.csv.gz")
    with open_table(DataSpec(table=str(tmp_path / "t[1].csv"))) as table:
        assert table.page(11_999, 1) == [("right" + "!" * 400, "file")]
        assert table.row_count == 12_000
    with pytest.raises(WorkbenchError, match="no such file"):
        open_table(DataSpec(table=str(tmp_path / "t*.csv")))


@pytest.mark.parametrize("folder", ["a[1]b", "o'clock", 'quo"te', "时间 表", "semi;colon", "percent%20"])
def test_odd_folders_are_no_obstacle(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    path = write(tmp_path / folder, "text,label\n" + f"{'a' * 400},b\n" * 12_000)  # large enough for the fast reader
    with open_table(DataSpec(table=path)) as table:
        assert table.row_count == 12_000


def test_what_was_unpacked_is_told(tmp_path: Path) -> None:
    with open_table(DataSpec(table=write(tmp_path, gzip.compress(b"text,label\na,b\n"), "t.csv.gz"))) as table:
        assert table.reading.notes == ("t.csv.gz was unpacked to 15 bytes",)


def test_closing_removes_what_was_unpacked_and_copied(tmp_path: Path) -> None:
    before = temporary_folders()
    path = write(tmp_path, gzip.compress(b"text,label\na,b\n"), "t.csv.gz")
    table = open_table(DataSpec(table=path))
    assert table.row_count == 1
    assert len(temporary_folders() - before) == 1
    table.close()
    table.close()
    assert temporary_folders() == before
    for use in (lambda: table.page(0, 1), lambda: table.page(9_000, 1), lambda: table.line_of(0), lambda: table.profile()):
        with pytest.raises(WorkbenchError, match="was closed"):
            use()
    with pytest.raises(WorkbenchError):
        open_table(DataSpec(table=write(tmp_path, gzip.compress(b"\n"), "blank.gz")))
    assert temporary_folders() == before


def test_a_forgotten_table_cleans_up_after_itself(tmp_path: Path) -> None:
    before = temporary_folders()
    table = open_table(DataSpec(table=numbers(tmp_path, 10)))
    assert table.row_count == 10
    del table
    assert temporary_folders() == before


def test_several_threads_may_page_at_once(tmp_path: Path) -> None:
    wrong: list[object] = []

    def work(seed: int) -> None:
        for turn in range(30):
            offset = (seed * 997 + turn * 131) % 4_900
            if table.page(offset, 5) != [(str(n), f"row {n}") for n in range(offset, offset + 5)] or table.row_count != 5_000:
                wrong.append((seed, turn))

    with open_table(DataSpec(table=numbers(tmp_path, 5_000))) as table:
        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_long_read_can_be_stopped(tmp_path: Path) -> None:
    asked = iter([False, True, True])
    table = open_table(DataSpec(table=numbers(tmp_path, 20_000)), cancelled=lambda: next(asked))
    with table, pytest.raises(Cancelled):
        _ = table.row_count


def test_a_file_that_vanishes_is_an_error_a_person_understands(tmp_path: Path) -> None:
    path = numbers(tmp_path, 10)
    with open_table(DataSpec(table=path)) as table:
        Path(path).unlink()
        with pytest.raises(WorkbenchError) as caught:
            table.page(0, 5)
        assert caught.value.where == path


def test_another_file_is_opened_in_the_same_way(tmp_path: Path) -> None:
    spec = DataSpec(table=write(tmp_path, "a_b\n"), delimiter="_", header=False)
    with open_table(spec, path=write(tmp_path, "1_2\n3_4\n", "test.csv")) as table:
        assert table.page(0, 9) == [("1", "2"), ("3", "4")]


DIALECTS = {
    "commas": ("text,label\nx,1\ny,2\n", ",", '"'),
    "semicolons with decimal commas": ("name;price\n" + "".join(f"thing {n};{n},50\n" for n in range(100)), ";", '"'),
    "tabs under a csv name": ("text\tlabel\n" + "well, well, yes\tgood\nno, never\tbad\n" * 9, "\t", '"'),
    "bars": ("text|label\na, b|c\nd|e, f\n", "|", '"'),
    "commas inside quotes only": ('text,label\n"a, b, c",x\n"d, e",y\n', ",", '"'),
    "single quotes": ("text,label\n'a, b, c','x'\n'd, e','y'\n'it','z'\n", ",", "'"),
    "quotes that are letters": ('a\t"Yes," he said.\nb\t"No," she said.\nc\t5" disk\n', "\t", None),
    "spaces before quotes": ('text, label\n"a, b", "x, y"\n"c, d", "z"\n', ",", '"'),
    "escaped quotes": ('text,label\n"he said \\"a, b\\" twice",x\n"\\"c\\"",y\n', ",", '"'),
    "one column": ("text\nhello, world\nnothing here\na, b, c, d\n", None, '"'),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_the_dialect_is_found_with_evidence(tmp_path: Path, name: str) -> None:
    content, delimiter, quote = DIALECTS[name]
    with open_table(DataSpec(table=write(tmp_path, content))) as table:
        assert (table.reading.delimiter.value, table.reading.quote.value) == (delimiter, quote)
        assert table.reading.delimiter.evidence
        assert table.reading.quote.evidence
        assert table.rejected == ()
        assert table.row_count == content.count("\n") - table.reading.header.value


def test_cells_of_each_dialect_come_out_clean(tmp_path: Path) -> None:
    def first(name: str) -> tuple[str, ...]:
        with open_table(DataSpec(table=write(tmp_path, DIALECTS[name][0]))) as table:
            return table.page(0, 1)[0]

    assert first("spaces before quotes") == ("a, b", "x, y")
    assert first("escaped quotes") == ('he said "a, b" twice', "x")
    assert first("single quotes") == ("a, b, c", "x")
    assert first("quotes that are letters") == ("a", '"Yes," he said.')


def test_quotes_that_are_letters_are_noticed_far_down(tmp_path: Path) -> None:
    lines = [f"plain words number {n}\tanswer {n}\n" for n in range(12_000)] + ['"Yes," he said.\tanswer\n', '"No\tanswer\n'] * 5
    with open_table(DataSpec(table=write(tmp_path, "".join(lines), "t.tsv"), header=False)) as table:
        assert table.reading.quote.value is None
        assert table.row_count == len(lines)
        assert table.page(12_000, 2) == [('"Yes," he said.', "answer"), ('"No', "answer")]


def test_two_likely_delimiters_are_a_doubt_that_is_told(tmp_path: Path) -> None:
    with open_table(DataSpec(table=write(tmp_path, "a;1,2\nb;3,4\nc;5,6\n"))) as table:
        assert not table.reading.delimiter.sure
        assert "also possible" in table.reading.delimiter.evidence


@pytest.mark.parametrize("delimiter", [";", "||", "分", "\\t", "_"])
def test_a_given_delimiter_is_used_as_it_is(tmp_path: Path, delimiter: str) -> None:
    plain = "\t" if delimiter == "\\t" else delimiter
    path = write(tmp_path, f'text{plain}label\n"a{plain}, b"{plain}x\nc{plain}y\n')
    with open_table(DataSpec(table=path, delimiter=delimiter)) as table:
        assert table.columns == ("text", "label")
        assert table.page(0, 9) == [(f"a{plain}, b", "x"), ("c", "y")]
        assert table.reading.delimiter.value == plain


@pytest.mark.parametrize(("delimiter", "quote"), [("\n", None), ('"', '"'), (",", ",")])
def test_an_impossible_dialect_is_refused(tmp_path: Path, delimiter: str, quote: str | None) -> None:
    with pytest.raises(WorkbenchError):
        open_table(DataSpec(table=write(tmp_path, "a,b\n1,2\n"), delimiter=delimiter, quote=quote))


HEADERS = {
    "usual names": ("text,label\ngood food,yes\nbad food,no\n", True),
    "numbers below": ("alpha,beta\n1,2\n3,4\n", True),
    "all numbers": ("1,2\n3,4\n5,6\n", False),
    "class again below": (
        "spam,buy now cheap\nham,see you at noon\nspam,win a prize today\nham,lunch?\nspam,free money\nspam,click\n",
        False,
    ),
    "sentences": ("I like it a lot.,This is fine.\nNo it is not.,I do not think so.\n", False),
    "dates": ("2024-01-05,rain all day\n2024-01-06,sun all day\n2024-01-07,snow all day\n", False),
    "Chinese names": ("文本,标签\n很好吃的餐厅,好评\n很难吃,差评\n", True),
    "short above long": (
        "utterance_raw,z\n" + "can you please play some music for me,q\nwhat is the weather like today,r\n" * 3,
        True,
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_the_header_is_found_with_evidence_and_can_be_flipped(tmp_path: Path, name: str) -> None:
    content, header = HEADERS[name]
    path = write(tmp_path, content)
    with open_table(DataSpec(table=path)) as table:
        assert table.reading.header.value is header, table.reading.header.evidence
        assert ":" in table.reading.header.evidence
        found = table.row_count
    with open_table(DataSpec(table=path, header=not header)) as table:
        assert table.row_count == found + (1 if header else -1)
        assert table.reading.header.evidence == "given"
        assert table.columns == tuple(f"column{n}" for n in (1, 2)) if header else table.columns[0] != "column1"


def test_doubled_and_missing_names_become_distinct_and_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, "text,text,,A,a,text_2\n1,2,3,4,5,6\n")
    with open_table(DataSpec(table=path)) as table:
        assert table.columns == ("text", "text_2", "column3", "A", "a", "text_2_2")
        assert table.page(0, 1) == [("1", "2", "3", "4", "5", "6")]
        assert len(table.reading.notes) == 3
        assert table.row_count == 1


def test_titles_above_the_table_are_found_listed_and_can_be_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "Report of 2024,,\n\n,,\ntext,label,score\n" + "x y z,a,1\n" * 9)
    with open_table(DataSpec(table=path)) as table:
        assert table.columns == ("text", "label", "score")
        assert [(row.line, row.text, row.reason) for row in table.rejected] == [
            (1, "Report of 2024,,", "stands above the table"),
            (3, ",,", "stands above the table"),
        ]
        assert table.row_count == 9
        assert table.line_of(0) == 5
    with open_table(DataSpec(table=path, skip_lines=3)) as table:
        assert table.columns == ("text", "label", "score")
        assert table.row_count == 9
    with pytest.raises(WorkbenchError, match="only blank lines"):
        open_table(DataSpec(table=path, skip_lines=100))


def test_how_many_lines_stand_above_is_found_with_its_evidence_and_can_be_overruled(tmp_path: Path) -> None:
    path = write(tmp_path, "Report of 2024,,\n\n,,\ntext,label,score\n" + "x y z,a,1\n" * 9)
    with open_table(DataSpec(table=path)) as table:
        assert table.reading.skip.value == 3
        assert "line 4 is the first whose 3 cells are all filled" in table.reading.skip.evidence
    with open_table(DataSpec(table=path, skip_lines=0)) as table:
        assert [row[0] for row in table.page(0, 3)] == ["Report of 2024", "", "text"]
        assert (table.reading.skip.value, table.reading.skip.evidence) == (0, "given")
        assert table.row_count == 12
    plain = write(tmp_path, "text,label\nx y z,a\n" * 9, "plain.csv")
    with open_table(DataSpec(table=plain)) as table:
        assert (table.reading.skip.value, table.reading.skip.evidence) == (0, "the first line has the cells of the table")


def test_prose_is_running_text_with_its_empty_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "Once upon a time, there was a cat.\n\nIt sat, and sat.\r\n\n\nThe end", "story.txt")
    with open_table(DataSpec(table=path)) as table:
        assert table.kind == "text"
        assert table.columns == ("text",)
        assert [row[0] for row in table.page(0, 9)] == [
            "Once upon a time, there was a cat.",
            "",
            "It sat, and sat.",
            "",
            "",
            "The end",
        ]
        assert table.row_count == 6
        assert table.line_of(5) == 6
        assert "running text" in table.reading.kind.evidence


def test_the_profile_tells_types_and_emptiness(tmp_path: Path) -> None:
    rows = ["a word,1,0.5,2024-01-02,007,", " ,2,-1e3,2024-02-03,x,", "两个 字,-3,4,1999-12-31,,"]
    with open_table(DataSpec(table=write(tmp_path, "t,i,n,d,z,e\n" + "\n".join(rows)), header=True)) as table:
        profile = {column.name: column for column in table.profile()}
    assert {name: column.type for name, column in profile.items()} == {
        "t": "text", "i": "integer", "n": "number", "d": "date", "z": "text", "e": "empty"
    }  # fmt: skip
    assert (profile["t"].empty, profile["t"].distinct, profile["t"].shortest, profile["t"].longest) == (1, 2, 4, 6)
    assert profile["i"].top == (("-3", 1), ("1", 1), ("2", 1))
    assert profile["e"].empty == 3


def test_picked_rows_are_those_of_the_table_in_the_order_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["text,label", *(f"text {n},{n % 7}" for n in range(3_000))]), encoding="utf-8")
    with open_table(DataSpec(table=str(path))) as table:
        rows = [2_999, 0, 17, 5_000, 17]
        assert table.pick(rows) == [("text 2999", "3"), ("text 0", "0"), ("text 17", "3"), ("", ""), ("text 17", "3")]
        assert table.pick([]) == []
        assert table.pick(range(100, 110)) == table.page(100, 10)
