"""Mends change the rows before the split: what is left out is listed, what changes a text is done when predicting, too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.mends import MENDS, ROW_MENDS
from workbench.contracts.specs import DataSpec, Experiment
from workbench.data.mends import iob2
from workbench.data.prepare import Prepared, prepare
from workbench.data.recipe import encode_strings, encode_table

PLAIN = [f"plain words number {number} of a long list,{'good' if number % 2 else 'bad'}" for number in range(40)]


def prepared(folder: Path, *lines: str, mends: str, name: str = "t.csv", header: str = "text,label", **spec: object) -> Prepared:
    path = folder / name
    path.write_text("\n".join([header, *PLAIN, *lines]) + "\n", encoding="utf-8")
    return prepare(DataSpec(table=str(path), mends=mends, text="text", target="label", **spec))  # type: ignore[arg-type]


def everything(made: Prepared) -> list[tuple[str, str]]:
    """Text and label of all rows that are learned from or scored on, in the order of the table."""
    found = {}
    for name, part in made.parts.items():
        rows = part.examples.rows.tolist()
        found.update(zip(rows, made.texts(name, range(len(rows))), strict=True))
    return [found[row] for row in sorted(found)]


def accounted(made: Prepared) -> bool:
    counts = made.counts
    return counts["read"] == counts["train"] + counts["validation"] + counts["test"] + counts["unusable"]


def test_texts_are_mended_in_order_and_also_when_predicting(tmp_path: Path) -> None:
    mends = "repair-mojibake strip-html tidy-spaces"
    made = prepared(tmp_path, '"<p>Caf\u00c3\u00a9 &amp;amp; bar\u200b</p>",good', "<br/>,bad", mends=mends)
    assert everything(made)[40] == ("Café & bar", "good")
    assert made.counts["empty text"] == 1
    assert accounted(made)
    assert [said.partition(":")[0] for said in made.mended] == mends.split()
    given = encode_strings(made, ["<b>plain</b> words"]).examples.inputs[0].tolist()
    assert given == encode_strings(made, ["plain words"]).examples.inputs[0].tolist()
    other = tmp_path / "other.csv"
    other.write_text("text\n<i>plain</i> words\nplain words\n<br>\n", encoding="utf-8")
    read = encode_table(made, str(other), require_target=False)
    assert read.examples.rows.tolist() == [0, 1]
    assert read.examples.inputs[0].tolist() == read.examples.inputs[1].tolist()


def test_rows_that_are_left_out_are_listed_with_reason_and_line(tmp_path: Path) -> None:
    made = prepared(tmp_path, PLAIN[3], PLAIN[4].upper().replace("BAD", "bad"), mends="drop-duplicates")
    assert made.counts["duplicate text"] == made.counts["unusable"] == 1
    assert [(each.row, each.line, each.reason) for each in made.unusable] == [(40, 42, "duplicate text")]
    assert accounted(made)
    made = prepared(tmp_path, PLAIN[3], PLAIN[4].upper().replace("BAD", "bad"), mends="drop-folded-duplicates")
    assert [each.row for each in made.unusable] == [40, 41]


@pytest.mark.parametrize(
    ("mends", "lines", "gone"),
    [
        ("drop-near-duplicates", ["plain words number 7 of a lung list,good", "plain words number 77 of a long list,good"], [40]),
        ("keep-commonest-label", ["same,good", "same,bad", "Same!,good"], [41]),
        ("drop-contradictions", ["same,good", "same,bad", "other,good"], [40, 41]),
        ("keep-first-target", ["same,good", "same,bad"], [41]),
        ("drop-rare-classes", ["one,rare", "two,rare"], [40, 41]),
        ("drop-formulas", ["=SUM(A1:A2),good", "fine,good", "#REF!,bad"], [40, 42]),
        ("drop-lost-characters", ["a caf\ufffd here,good", "plain words?plain words,good"], [40]),
    ],
)
def test_each_row_mend_leaves_out_what_it_says(tmp_path: Path, mends: str, lines: list[str], gone: list[int]) -> None:
    made = prepared(tmp_path, *lines, mends=mends)
    assert [each.row for each in made.unusable] == gone
    assert accounted(made)


def test_labels_become_the_commonest_spelling_and_it_is_said(tmp_path: Path) -> None:
    lines = ["one,Good", "two,ｇｏｏｄ", "three,go od", *[f"more {n},positive" for n in range(12)], "four,positve"]
    made = prepared(tmp_path, *lines, mends="merge-labels merge-near-labels")
    assert made.labels == ("bad", "good", "positive")
    assert made.mended == (
        "merge-labels: 'Good' becomes 'good'; 'go od' becomes 'good'; 'ｇｏｏｄ' becomes 'good'.",
        "merge-near-labels: 'positve' becomes 'positive'.",
    )
    test = tmp_path / "test.csv"
    test.write_text("text,label\none,GOOD\ntwo,positivee\n", encoding="utf-8")
    labels = encode_table(made, str(test)).examples.labels
    assert labels is not None
    assert [made.labels[int(label)] for label in labels] == ["good", "positive"]


def test_rare_classes_become_one_and_texts_of_the_test_are_not_learned(tmp_path: Path) -> None:
    test = tmp_path / "test.csv"
    test.write_text("text,label\nPlain words number 5 of a long list!,good\nsomething else,bad\n", encoding="utf-8")
    lines = ["one,rare", "two,odd"]
    made = prepared(tmp_path, *lines, mends="merge-rare-classes drop-test-texts", test=str(test))
    assert made.labels == ("bad", "good", "other")
    assert [(each.row, each.reason) for each in made.unusable] == [(5, "text is in the test table")]
    assert made.counts["test_seen"] == 0


def test_rows_of_one_text_are_joined_with_all_their_labels(tmp_path: Path) -> None:
    made = prepared(tmp_path, *["same,good", "same,bad"] * 2, mends="join-labels")
    assert Counter(label for _, label in everything(made))["good;bad"] == 1


def test_tags_get_their_beginnings() -> None:
    assert iob2("I-PER I-PER O I-LOC I-ORG B-ORG O") == "B-PER I-PER O B-LOC B-ORG B-ORG O"


def test_what_is_no_mend_or_does_not_fit_is_an_error(tmp_path: Path, sample_data: Path) -> None:
    with pytest.raises(SpecError, match="there is no such mend; there are strip-html"):
        Experiment.from_dict({"data": {"mends": "drop-duplicates polish"}})
    with pytest.raises(SpecError, match="polish"):
        prepared(tmp_path, mends="polish")
    assert Experiment.from_dict({"data": {"mends": " ".join(MENDS)}}).data.mends == " ".join(MENDS)
    with pytest.raises(WorkbenchError, match="stand at places"):
        prepare(DataSpec(table=str(sample_data / "tags.csv"), mends="strip-html"))
    for name in ROW_MENDS:
        with pytest.raises(WorkbenchError, match="belong together"):
            prepare(DataSpec(table=str(sample_data / "stories.txt"), mends=name))


def test_a_mended_table_is_made_the_same_way_twice(tmp_path: Path) -> None:
    lines = ["same,good", "same,bad", "Same!,Good"]
    mends = "merge-labels drop-folded-duplicates keep-commonest-label drop-near-duplicates"
    first, second = (prepared(tmp_path, *lines, mends=mends) for _ in range(2))
    assert everything(first) == everything(second)
    assert first.mended == second.mended
