"""The doctor's object holds what scripts rely on, and its findings are true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.findings import WEIGHTS
from workbench.contracts.specs import DataSpec
from workbench.data.doctor import examine


def report_of(folder: Path, content: str | bytes, name: str = "t.csv", **spec: object) -> dict[str, Any]:  # Any: JSON
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    report = examine(DataSpec(table=str(path), **spec))  # type: ignore[arg-type]
    assert json.loads(json.dumps(report)) == report
    return report


def findings(report: dict[str, Any]) -> dict[str, dict[str, Any]]:  # Any: JSON
    return {finding["kind"]: finding for finding in report["findings"]}


def test_all_advised_mends_of_rows_are_named_in_the_order_they_work_in(tmp_path: Path) -> None:
    rows = [f"<b>food</b> {number} was fine,{'Good' if number % 3 else 'good '}\n" for number in range(12)]
    rows += [f"food {number} was bad,Bad\n" for number in range(9)]
    report = report_of(tmp_path, "text,label\n" + "".join([*rows, *rows[:3]]))
    assert report["mends"].split()[:2] == ["strip-html", "merge-labels"]
    assert "drop-duplicates" in report["mends"].split()[2:]
    assert findings(report).keys() >= {"html", "label-spellings", "duplicate-text"}


def test_the_object_has_every_key_that_scripts_rely_on(tmp_path: Path) -> None:
    report = report_of(tmp_path, "text,label\n" + "fine food,good\nbad food,bad\n" * 3 + "too,many,cells\n")
    assert report["encoding"].keys() >= {"name", "evidence", "candidates"}
    assert (report["encoding"]["name"], report["delimiter"], report["quote"], report["header"]) == ("utf-8", ",", '"', True)
    assert [column["name"] for column in report["columns"]] == ["text", "label"]
    assert [column["role"] for column in report["columns"]] == ["text", "target"]
    for column in report["columns"]:
        assert column.keys() >= {"name", "role", "reason", "type", "empty", "distinct"}
        assert column["reason"]
    assert report["rows"]["in_file"] == 7
    assert report["rows"]["read"] == 6
    assert report["rows"]["rejected"] == [{"line": 8, "text": "too,many,cells", "reason": "3 cells where the table has 2"}]
    weights = [WEIGHTS.index(finding["weight"]) for finding in report["findings"]]
    assert weights == sorted(weights)
    for finding in report["findings"]:
        assert finding.keys() >= {"kind", "count", "rows", "evidence", "mend"}
    assert report["task"] == "text-classification"


def test_a_clean_table_has_no_findings(sample_data: Path) -> None:
    report = examine(DataSpec(table=str(sample_data / "reverse.csv")))
    assert report["findings"] == []
    assert report["rows"]["rejected"] == []


def test_repeated_texts_empty_cells_and_rejected_rows_are_found_at_their_rows(tmp_path: Path) -> None:
    rows = [
        "the first,a",
        "the second,b",
        "the first,b",
        ",a",
        "  ,b",
        "the third,",
        "The first,a",
        "the second,b",
        "the first,a",
        "x",
    ]
    found = findings(report_of(tmp_path, "text,label\n" + "\n".join(rows) + "\n"))
    assert (found["duplicate-text"]["count"], found["duplicate-text"]["rows"]) == (3, [2, 7, 8])
    assert (found["empty-text"]["count"], found["empty-text"]["rows"]) == (2, [3, 4])
    assert found["empty-target"]["rows"] == [5]
    assert (found["rejected-rows"]["count"], found["rejected-rows"]["lines"]) == (1, [11])
    assert "line 11" in found["rejected-rows"]["evidence"]


def test_long_lists_are_cut_and_counts_are_not(tmp_path: Path) -> None:
    found = findings(report_of(tmp_path, "text,label\n" + "same words,a\nsame words,b\n" * 1_500))
    assert found["duplicate-text"]["count"] == 2_999
    assert len(found["duplicate-text"]["rows"]) == 1_000


def test_doubts_about_the_reading_are_findings(tmp_path: Path) -> None:
    found = findings(report_of(tmp_path, b"a,b,c\n1,2,3\n4,5,\xa9"))
    assert found["encoding-doubt"]["mend"] == "set-encoding"
    assert found["encoding-doubt"]["count"] == len(report_of(tmp_path, b"a,b,c\n1,2,3\n4,5,\xa9")["encoding"]["candidates"]) > 0
    assert "header-doubt" in findings(report_of(tmp_path, "ab,cd\nef,gh\nij,kl\n"))
    assert "delimiter-doubt" in findings(report_of(tmp_path, "a;1,2\nb;3,4\nc;5,6\n"))


def test_a_table_without_text_is_reported_and_no_error(tmp_path: Path) -> None:
    report = report_of(tmp_path, "a,b\n1,2\n3,4\n5,6\n")
    assert findings(report)["no-text"]["mend"] == "set-text"
    assert report["task"] is None
    assert {column["role"] for column in report["columns"]} == {"unused"}


def test_running_text_and_sentences_are_examined_too(tmp_path: Path) -> None:
    story = report_of(tmp_path, "Once upon a time\n\n\nOnce upon a time\n", "story.txt")
    assert (story["kind"], story["delimiter"], story["quote"], story["header"], story["findings"]) == (
        "text",
        None,
        None,
        False,
        [],
    )
    tagged = report_of(tmp_path, "Anna\tB-PER\nwaits\tO\n\nBob\tB-PER\n\nBob\tB-PER\n", "t.conll")
    assert tagged["task"] == "token-classification"
    assert findings(tagged)["duplicate-text"]["rows"] == [2]


def test_errors_are_errors_and_work_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="no column 'nope'"):
        report_of(tmp_path, "text,label\na b c,x\n", text="nope")
    with pytest.raises(WorkbenchError, match="no such file"):
        examine(DataSpec(table=str(tmp_path / "absent.csv")))
    with pytest.raises(Cancelled):
        examine(DataSpec(table=str(tmp_path / "t.csv")), cancelled=lambda: True)
