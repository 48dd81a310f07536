"""Several labels, pairs and questions are recognised by names and content; tables that hold none of these are left alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.data.test_roles import roles_of, write
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.prepare import prepare
from workbench.data.recipe import encode_table
from workbench.resources import SAMPLE_DATA

WORDS = [
    "red",
    "green",
    "blue",
    "kite",
    "drum",
    "boat",
    "lamp",
    "chair",
    "tiny",
    "heavy",
    "old",
    "new",
    "runs",
    "sleeps",
    "sings",
    "falls",
]


def sentence(chance: random.Random, length: int = 7) -> str:
    return " ".join(chance.choices(WORDS, k=length))


@pytest.mark.parametrize(
    ("name", "task", "text", "pair", "target"),
    [
        ("messages.csv", "multi-label", "text", None, "topics"),
        ("likeness.csv", "pair-regression", "sentence1", "sentence2", "score"),
        ("follows.csv", "pair-classification", "premise", "hypothesis", "label"),
        ("questions.csv", "question-answering", "question", "context", "answer"),
    ],
)
def test_the_sample_tables_need_no_help(name: str, task: str, text: str, pair: str | None, target: str) -> None:
    roles = roles_of(SAMPLE_DATA / name)
    assert (roles.task, roles.text, roles.pair, roles.target) == (task, text, pair, target)
    assert (roles.separator.value if roles.separator else None) == ("semicolon" if task == "multi-label" else None)


def test_two_texts_that_share_words_row_by_row_are_a_pair_without_any_name(tmp_path: Path) -> None:
    chance = random.Random(0)
    texts = [sentence(chance) for _ in range(60)]
    rows = [(n % 5, text, " ".join(chance.sample(text.split(), 6))) for n, text in enumerate(texts)]
    roles = roles_of(write(tmp_path, rows), header=False)
    assert (roles.task, roles.text, roles.pair, roles.target) == ("pair-regression", "column2", "column3", "column1")
    assert "of their words in a row" in roles.reason["column3"]


def test_two_texts_that_share_nothing_are_no_pair(tmp_path: Path) -> None:
    chance = random.Random(0)
    rows = [("a", "b", "kind"), *((sentence(chance), "x" + sentence(chance), "uv"[n % 2]) for n in range(60))]
    roles = roles_of(write(tmp_path, rows))
    assert (roles.task, roles.pair) == ("text-classification", None)


@pytest.mark.parametrize(
    ("one", "other", "paired"),
    [
        ("sentence1", "sentence2", True), ("text_a", "text_b", True), ("句子1", "句子2", True),
        ("question 1", "question 2", True), ("column1", "column2", False), ("note11", "note12", False),
        ("schema", "schemb", False),
    ],
)  # fmt: skip
def test_names_that_differ_in_their_end_are_a_pair(one: str, other: str, paired: bool, tmp_path: Path) -> None:
    chance = random.Random(0)
    rows = [(one, other, "label"), *((sentence(chance), "x" + sentence(chance), "uv"[n % 2]) for n in range(60))]
    assert (roles_of(write(tmp_path, rows)).task == "pair-classification") == paired


def test_of_three_numbered_columns_no_two_are_a_pair(tmp_path: Path) -> None:
    chance = random.Random(0)
    header = ("note1", "note2", "note3", "label")
    rows = [header, *((*(sentence(chance) for _ in range(3)), "uv"[n % 2]) for n in range(60))]
    assert roles_of(write(tmp_path, rows)).task == "text-classification"


def test_a_named_pair_column_decides_the_task_and_a_missing_one_is_told(tmp_path: Path) -> None:
    chance = random.Random(0)
    rows = [("a", "b", "kind"), *((sentence(chance), "x" + sentence(chance), "uv"[n % 2]) for n in range(60))]
    table = write(tmp_path, rows)
    roles = roles_of(table, pair="b")
    assert (roles.task, roles.text, roles.target, roles.reason["b"]) == ("pair-classification", "a", "kind", "given")
    with pytest.raises(WorkbenchError, match="there is no column 'c'"):
        roles_of(table, pair="c")
    with pytest.raises(WorkbenchError, match="pair and target are both 'b'"):
        roles_of(table, pair="b", target="b")
    with pytest.raises(WorkbenchError) as caught:
        roles_of(table, task="question-answering")
    assert "data.pair" in caught.value.mend


def test_short_yes_and_no_answers_do_not_make_a_table_one_of_passages(tmp_path: Path) -> None:
    chance = random.Random(0)
    rows = [("question", "passage", "answer"), *((f"is it {n}?", sentence(chance, 30), ("yes", "no")[n % 2]) for n in range(60))]
    assert roles_of(write(tmp_path, rows)).task != "question-answering"


def test_scores_that_most_rows_lack_are_learned_from_those_that_have_one(real_data: Path) -> None:
    prepared = prepare(DataSpec(table=str(real_data / "E_G_sts2016" / "postediting.test.tsv")))
    counts = prepared.counts
    assert (prepared.task, prepared.data.pair, prepared.data.target) == ("pair-regression", "column3", "column1")
    assert (counts["read"], counts["empty target"], counts["unusable"]) == (3_287, 3_043, 3_043)
    assert counts["train"] + counts["validation"] == 244
    assert set(prepared.train.labels.tolist()) <= set(range(6))  # type: ignore[union-attr]


def test_rows_of_the_same_pair_turned_round_stay_on_one_side(tmp_path: Path) -> None:
    chance = random.Random(0)
    pairs = [(sentence(chance), "x" + sentence(chance)) for _ in range(60)]
    rows = [("sentence1", "sentence2", "label"), *((a, b, "u") for a, b in pairs), *((b, a, "v") for a, b in pairs)]
    prepared = prepare(DataSpec(table=str(write(tmp_path, rows)), validation=0.3))
    sides = [{int(row) % 60 for row in part.examples.rows} for part in prepared.parts.values()]
    assert not sides[0] & sides[1]


def test_every_label_is_learned_from_however_rare(tmp_path: Path) -> None:
    rows = [("text", "labels"), *((f"row {n} is here", "a; b" if n % 2 else "a") for n in range(80)), ("one more", "b; rare")]
    prepared = prepare(DataSpec(table=str(write(tmp_path, rows)), task="multi-label", validation=0.5))
    assert prepared.labels == ("a", "b", "rare")
    learned = {int(label) for row in prepared.train.targets for label in row}  # type: ignore[union-attr]
    assert learned == {0, 1, 2}
    for text, target in prepared.texts("train", range(5)):
        assert text
        assert target in ("a", "a; b", "b; rare")


def test_a_label_that_was_not_learned_is_named_with_its_line(tmp_path: Path) -> None:
    rows = [("text", "labels"), *((f"row {n} is here", "a; b" if n % 2 else "a") for n in range(40))]
    prepared = prepare(DataSpec(table=str(write(tmp_path, rows)), task="multi-label"))
    test = write(tmp_path, [("text", "labels"), ("x", "a; c")], "test.csv")
    with pytest.raises(WorkbenchError, match="'c' is none of the classes learned"):
        encode_table(prepared, str(test))


def test_a_list_that_is_none_and_an_empty_list_are_told_apart(tmp_path: Path) -> None:
    rows = [("text", "labels"), *((f"row {n} is here", '["a", "b"]' if n % 2 else '["a"]') for n in range(40))]
    rows += [("none holds", "[]"), ("no list", "a")]
    prepared = prepare(DataSpec(table=str(write(tmp_path, rows)), task="multi-label", label_separator="json"))
    assert prepared.counts["target is no list of labels"] == prepared.counts["unusable"] == 1
    lengths = [length for part in prepared.parts.values() for length in part.examples.targets.lengths]  # type: ignore[union-attr]
    assert sorted(set(lengths)) == [0, 1, 2]


def test_a_squad_file_is_a_row_for_each_question(tmp_path: Path) -> None:
    context = "The kite is red. The drum is blue."
    asked = [
        {"id": "1", "question": "What colour is the kite?", "answers": [{"text": "red", "answer_start": 12}]},
        {"id": "2", "question": "What is blue?",
         "answers": [{"text": "The drum", "answer_start": 17}, {"text": "drum", "answer_start": 21}]},
        {"id": "3", "question": "Who?", "answers": [], "is_impossible": True},
    ]  # fmt: skip
    data = [{"title": "t", "paragraphs": [{"context": context, "qas": asked}] * 8}]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"version": "1.1", "data": data}), encoding="utf-8")
    prepared = prepare(DataSpec(table=str(path), validation=0.3))
    assert prepared.task == "question-answering"
    assert (prepared.counts["read"], prepared.counts["empty target"]) == (24, 8)
    assert {target for _, target in prepared.texts("train", range(len(prepared.train)))} <= {"red", "The drum"}
