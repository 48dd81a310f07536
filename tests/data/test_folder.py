"""A folder as one table: train and test files, a file for each class, parts of one table; rows are traced to file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.doctor import examine
from workbench.data.prepare import prepare
from workbench.data.recipe import encode_table
from workbench.data.table import open_table


def write(folder: Path, **files: str) -> DataSpec:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv")
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(content, encoding="utf-8")
    return DataSpec(table=str(folder))


def rows(word: str, count: int = 12) -> str:
    return "text\n" + "".join(f"{word} words number {number} here\n" for number in range(count))


def test_a_train_file_beside_a_test_file(tmp_path: Path) -> None:
    lines = "".join(f"some words number {n},{'ab'[n % 2]}\n" for n in range(40))
    spec = write(tmp_path, train_csv="text,label\n" + lines, test_csv="text,label\nmore words,a\nyet more,b\n", README_md="x")
    made = prepare(spec)
    assert (made.counts["read"], made.counts["test"]) == (42, 2)
    assert made.data.test == str(tmp_path / "test.csv")
    report = examine(spec)
    assert report["test"] == str(tmp_path / "test.csv")
    assert report["notes"][0] == "train.csv is learned from, test.csv is kept to score on"
    assert report["rows"]["in_file"] == 40


def test_findings_in_a_folder_name_file_and_line(tmp_path: Path) -> None:
    part = "text,label\n" + "".join(f"words of some length {n},{'ab'[n % 2]}\n" for n in range(9))
    report = examine(write(tmp_path, part1_csv=part, part2_csv="text,label\nnew words,a\n<p>old words</p>,b\n"))
    found = next(finding for finding in report["findings"] if finding["kind"] == "html")
    assert (found["rows"], found["places"]) == ([10], [{"file": "part2.csv", "line": 3}])


def test_a_file_for_each_class(tmp_path: Path) -> None:
    spec = write(tmp_path, train__good_csv=rows("fine"), train__bad_csv=rows("awful"), test__good_csv=rows("nice", 2))
    with open_table(spec) as table:
        assert table.columns == ("text", "class")
        assert table.page(0, 1) == [("awful words number 0 here", "bad")]
        assert (table.place_of(11), table.place_of(12)) == (("bad.csv", 13), ("good.csv", 2))
        assert table.line_of(12) == 2
    made = prepare(spec)
    assert made.labels == ("bad", "good")
    assert made.data.target == "class"
    assert made.counts["test"] == 2


def test_parts_with_the_same_columns_and_what_does_not_belong(tmp_path: Path) -> None:
    part = "text,label\n" + "".join(f"words {n},{'ab'[n % 2]}\n" for n in range(9))
    spec = write(tmp_path, part1_csv=part, part2_csv=part + "too,many,cells\n")
    with open_table(spec) as table:
        assert table.columns == ("text", "label")
        assert table.row_count == 18
        assert [(row.line, row.reason) for row in table.rejected] == [(11, "3 cells where the table has 2 (in part2.csv)")]
    write(tmp_path, part3_csv="other,columns\n1,2\n")
    with pytest.raises(WorkbenchError, match=r"part3\.csv has the columns other, columns"):
        open_table(spec)


def test_folders_that_are_no_table_are_named_so(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="no table in this folder"):
        open_table(DataSpec(table=str(tmp_path)))
    spec = write(tmp_path, one_train_csv=rows("a"), two_train_csv=rows("b"))
    with pytest.raises(WorkbenchError, match="several tables to learn from"):
        open_table(spec)


def test_real_folders(real_data: Path) -> None:
    with open_table(DataSpec(table=str(real_data / "A_hwu64_kfold1" / "trainset"))) as table:
        assert table.row_count == 9_960
        assert table.columns[-1] == "class"
    with open_table(DataSpec(table=str(real_data / "B_zh_poetry_dynasty"))) as table:
        assert (table.row_count, table.columns) == (17_318, ("题目", "朝代", "作者", "内容"))
        assert table.place_of(570) == ("南北朝.csv", 2)
    made = prepare(DataSpec(table=str(real_data / "A_hwu64_kfold1" / "trainset"), max_length=16))
    assert len(made.labels) == 64
    scored = encode_table(made, str(real_data / "A_hwu64_kfold1" / "testset"))
    assert len(scored.examples) == 1_076


def test_a_pointer_and_a_web_page_are_named_for_what_they_are(tmp_path: Path) -> None:
    pointer, page, poem = (tmp_path / name for name in ("a.csv", "b.csv", "c.txt"))
    pointer.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12345\n", encoding="utf-8")
    page.write_text("\n<!DOCTYPE html>\n<html><body>Sign in, please</body></html>\n", encoding="utf-8")
    poem.write_text("<html> is how a page begins,\nand this is a poem about it.\n", encoding="utf-8")
    with pytest.raises(WorkbenchError, match="only a pointer of Git LFS") as caught:
        examine(DataSpec(table=str(pointer)))
    assert "git lfs pull" in caught.value.mend
    with pytest.raises(WorkbenchError, match="a web page and not the table"):
        examine(DataSpec(table=str(page)))
    assert examine(DataSpec(table=str(poem)))["kind"] == "text"
