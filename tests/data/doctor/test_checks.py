"""Each kind of finding in the smallest table that has it, and not in the nearest one that is sound."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest

from workbench.contracts.errors import Cancelled
from workbench.contracts.findings import Finding
from workbench.contracts.specs import DataSpec
from workbench.data.debris import is_formula, repair, strip_html, tidy
from workbench.data.doctor import find
from workbench.data.likeness import are_near, bare, distance, near_repeats
from workbench.data.spellings import merged_slips, merged_spellings
from workbench.data.table import open_table

WORDS = ("amber", "birch", "cedar", "dune", "quarry", "fjord", "grove", "heath", "inlet", "jetty")
SOUND = [f"{WORDS[n % 10]} {WORDS[n // 10]} stands by the {WORDS[(n * 7) % 10]} gate,{'yes' if n * 7 % 10 < 5 else 'no'}"
         for n in range(60)]  # fmt: skip


def kinds(folder: Path, *lines: str, header: str = "text,label", sound: bool = True, **spec: object) -> dict[str, Finding]:
    path = folder / "t.csv"
    path.write_text("\n".join([header, *(SOUND if sound else []), *lines]) + "\n", encoding="utf-8")
    asked = dataclasses.replace(DataSpec(table=str(path)), **spec)  # type: ignore[arg-type]
    with open_table(asked) as table:
        return {finding.kind: finding for finding in find(table, asked)}


def test_a_sound_table_has_no_finding(tmp_path: Path) -> None:
    assert kinds(tmp_path) == {}


@pytest.mark.parametrize(
    ("kind", "sick", "sound"),
    [
        ("html", "<b>bold</b> words,yes", "one < two and three > two & more,yes"),
        ("mojibake", "the caf\u00c3\u00a9 is shut,yes", "the CAF\u00c9\u201d is shut,yes"),
        ("mojibake", "\u00e4\u00bd\u00a0\u00e5\u00a5\u00bd there,yes", "\u4f60\u597d there,yes"),
        ("lost-characters", "the caf\ufffd is shut,yes", "is the gate shut? no,yes"),
        ("lost-characters", "the caf?s are shut,yes", "see a.org/x?amber=1 there,yes"),
        ("invisible-characters", "the gate\u200b is shut,yes", "the \U0001f468\u200d\U0001f469 gate is shut,yes"),
        ("line-breaks", '"the gate\nis shut",yes', '"the gate, is shut",yes'),
        ("formula-cells", "=SUM(A1:A2),yes", "=) what a gate,yes"),
        ("formula-cells", "@SUM(A1),yes", "@anna is at the gate,yes"),
        ("empty-text", " ,yes", ".,yes"),
        ("empty-target", "a gate of its own,", "a gate of its own,yes"),
        ("duplicate-text", SOUND[3], "a gate of its own,yes"),
        ("folded-duplicate", SOUND[3].upper().replace("NO", "no").replace("YES", "yes"), "a gate of its own,yes"),
        ("near-duplicate", SOUND[3].replace("stands", "stanks"), SOUND[3].replace("stands", "leans far")),
        ("same-text-different-labels", SOUND[3].rpartition(",")[0] + ",maybe", "a gate of its own,maybe"),
        ("label-spellings", "a gate of its own,Yes", "a gate of its own,maybe"),
        ("rare-classes", "a gate of its own,maybe", "a gate of its own,no"),
        ("rejected-rows", "too,many,cells", '"not, too many",yes'),
    ],
)
def test_a_defect_is_found_in_its_row_and_not_where_there_is_none(tmp_path: Path, kind: str, sick: str, sound: str) -> None:
    found = kinds(tmp_path, sick)[kind]
    assert found.mends
    assert found.rows[-1:] == ((60,) if kind not in ("rejected-rows",) else ())
    assert kind not in kinds(tmp_path, sound)


def test_slips_of_labels(tmp_path: Path) -> None:
    counts = {"positive": 50, "positve": 1, "Positive": 2, "negative": 50, "class 1": 50, "class 2": 1, "card": 9, "cards": 8}
    assert merged_spellings(counts) == {"Positive": "positive"}
    assert merged_slips(counts) == {"positve": "positive"}
    assert merged_spellings({"a b": 2, "a-b": 2, "A_B": 1}) == {"A_B": "a b", "a-b": "a b"}


def test_one_is_told_as_one(tmp_path: Path) -> None:
    once = kinds(tmp_path, " ,yes", SOUND[3], SOUND[4].replace("stands", "stanks"), "=A1,yes", "a gate of its own,Yes")
    assert once["empty-text"].evidence == "a cell of 'text' holds nothing"
    assert once["duplicate-text"].evidence.startswith("this row repeats a text of 'text'")
    assert once["duplicate-text"].evidence.endswith("its target is the same, too")
    assert once["near-duplicate"].evidence.startswith("this text differs in a letter")
    assert once["formula-cells"].evidence == "a cell of 'text' is a formula or an error of a spreadsheet, '=A1'"
    assert once["label-spellings"].evidence.startswith("1 label differs only in upper case")
    twice = kinds(tmp_path, " ,yes", ",no", SOUND[3], SOUND[4])
    assert twice["empty-text"].evidence == "cells of 'text' hold nothing"
    assert twice["duplicate-text"].evidence.endswith("character for character; 2 of them have the same target, too")


def test_sizes_and_order_of_classes(tmp_path: Path) -> None:
    lines = [f"{line.rpartition(',')[0]},{'a' if n < 54 else 'b'}" for n, line in enumerate(SOUND)]
    found = kinds(tmp_path, *lines, sound=False)
    assert [mend.settings for mend in found["imbalance"].mends[:2]] == [
        {"train": {"class_balance": "weights"}}, {"train": {"class_balance": "resample"}}
    ]  # fmt: skip
    assert "sorted-by-label" in found


def test_columns_that_tell_nothing_or_too_much(tmp_path: Path) -> None:
    lines = [f"{line},K{line[-2:]},same,T{n:04},{n // 6}" for n, line in enumerate(SOUND)]
    found = kinds(tmp_path, *lines, header="text,label,team,batch,ticket,size", sound=False)
    assert found["leaking-column"].column == "team"
    assert found["constant-column"].column == "batch"
    assert found["id-column"].column == "ticket"
    assert found["leaking-column"].mends[0].settings == {"data": {"text": "text", "target": "label"}}


def test_numbers_and_classes_and_several_labels(tmp_path: Path) -> None:
    text = [line.rpartition(",")[0] for line in SOUND]
    marks = kinds(tmp_path, *[f"{each},{n * 7 % 10}" for n, each in enumerate(text)], header="text,mark", sound=False)
    assert marks["numbers-as-classes"].mends[0].settings == {"data": {"task": "regression"}}
    both = [f"{each},{'red;blue' if n % 3 == 0 else 'red' if n % 2 else 'blue'}" for n, each in enumerate(text)]
    several = kinds(tmp_path, *both, sound=False)["several-labels"]
    assert several.mends[0].settings == {}  # it is guessed already
    assert several.mends[1].settings == {"data": {"task": "text-classification"}}
    assert several.count == 20


def test_texts_that_are_cut_and_the_limit_that_reads_them(tmp_path: Path) -> None:
    found = kinds(tmp_path, " ".join(WORDS * 20) + ",yes")["texts-cut"]
    assert found.rows == (60,)
    assert found.mends[0].settings["data"]["max_length"] >= 256
    assert "texts-cut" not in kinds(tmp_path, " ".join(WORDS * 20) + ",yes", max_length=512)


def test_looking_can_be_stopped(tmp_path: Path) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 4

    path = tmp_path / "t.csv"
    path.write_text("\n".join(["text,label", *SOUND]), encoding="utf-8")
    spec = DataSpec(table=str(path))
    with open_table(spec) as table, pytest.raises(Cancelled):
        find(table, spec, cancelled=cancelled)


def test_texts_are_made_plain() -> None:
    assert strip_html("a &amp;lt; b<br/>c <p class='x'>d</p><script>alert(1)</script>") == "a < b c d"
    assert repair("Donâ€™t, cafÃ©, ä½\u00a0å¥½") == "Don’t, café, 你好"
    assert repair("«OSÉ» naïve café") == "«OSÉ» naïve café"
    assert tidy(" a\u200b \n b\u00ad ") == "a b"
    assert not is_formula("-5 degrees")


def test_another_spelling_of_a_class_is_no_rare_class(tmp_path: Path) -> None:
    """Who left rare classes out first lost rows that one spelling for all would have kept."""
    found = kinds(tmp_path, "a gate of its own,YES")
    assert "label-spellings" in found
    assert "rare-classes" not in found
    assert "imbalance" not in found


def test_likeness_is_that_of_letters_and_numbers() -> None:
    assert bare("What's Ｕp?!") == bare("whats up")
    assert bare("16+75") != bare("167+5")
    assert bare("C++") != bare("C#")
    assert distance("positive", "positvie", 2) == 1
    assert not are_near("the gate of house 12 is open now", "the gate of house 13 is open now")
    texts = ["thegateisshutandnobodycomesbythere", "something", "thegateisshutandnobodycomesbyhere", "thegateisopen"]
    assert near_repeats(texts).tolist() == [-1, -1, 0, -1]
    assert near_repeats([*texts, texts[2], texts[0]]).tolist() == [-1, -1, 0, -1, 0, -1]  # a copy is as near as its first


def test_texts_of_one_pattern_are_told_apart_without_measuring_each_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """They share their buckets: measured pair by pair, 40,000 of them took minutes, in which nobody could stop the doctor."""
    measured: list[str] = []

    def watched(one: str, other: str, most: int) -> int:
        measured.append(one)
        return distance(one, other, most)

    monkeypatch.setattr("workbench.data.likeness.distance", watched)
    chance = random.Random(0)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(300)]
    texts = [f"dearcustomerservicemy{chance.choice(words)}hasbeen{chance.choice(words)}sinceorder{n}" for n in range(2_000)]
    letters = [text.rstrip("0123456789") for text in texts]
    planted = letters[7].replace("customer", "custemer")
    assert (near_repeats(texts) == -1).all()
    assert not measured
    japanese = ["名前と住所と電話番号を入力してくださいお願いします", "名前と住所と電話番号を入力してくださいお願いしまず"]
    found = near_repeats([*letters[:8], planted, *letters[8:], *japanese])
    assert found[8] == 7
    assert found[-2:].tolist() == [-1, 2_001]
    assert len(measured) < 1_000


def test_who_stops_near_repeats_waits_for_no_bucket() -> None:
    texts = ["thegateisshutandnobodycomesbythere" + "x" * (n % 2) for n in range(50)] + ["thegateisshutandnobodycomesbyhere"]
    assert (near_repeats(texts, cancelled=lambda: True) == -1).all()
