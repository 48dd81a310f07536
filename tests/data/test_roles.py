"""Roles are guessed from names and content, each with its reason; what the spec names wins."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.roles import Roles, guess_roles
from workbench.data.table import open_table


def roles_of(path: Path, **spec: object) -> Roles:
    data = DataSpec(table=str(path), **spec)  # type: ignore[arg-type]
    with open_table(data) as table:
        roles = guess_roles(table, data)
        assert set(roles.role) == set(roles.reason) == set(table.columns)
        assert all(roles.reason.values())
        assert roles.task_reason
        return roles


def write(folder: Path, rows: list[tuple[object, ...]], name: str = "t.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


REAL = [
    ("A_banking77/train.csv", {}, "text-classification", "text", "category"),
    ("A_hwu64_kfold1/trainset_merged.csv", {}, "text-classification", "answer_from_anno", "intent"),
    ("B_zh_skewed/PCWeb_train.txt", {}, "text-classification", "column2", "column1"),
    ("B_zh_skewed/PCWeb_test.txt", {}, "text-classification", "column2", "column1"),
    ("B_zh_skewed/CnonC_train.txt", {}, "text-classification", "column2", "column1"),
    ("C_tatoeba_en_zh/cmn.txt", {}, "seq2seq", "column1", "column2"),
    ("C_seq2seq_addition_date/addition.txt", {"delimiter": "_"}, "seq2seq", "column1", "column2"),
    ("C_seq2seq_addition_date/date.txt", {"delimiter": "_"}, "seq2seq", "column1", "column2"),
    ("D_WNUT17/wnut17train.conll", {}, "token-classification", "tokens", "tags"),
    ("D_WNUT17/emerging.test.annotated", {}, "token-classification", "tokens", "tags"),
    ("D_wikigold/wikigold.conll.txt", {}, "token-classification", "tokens", "tags"),
    ("E_G_sts2016/postediting.test.tsv", {}, "pair-regression", "column2", "column1"),
    ("F_tinyshakespeare/input.txt", {}, "causal-lm", "text", None),
]


@pytest.mark.parametrize(("name", "spec", "task", "text", "target"), REAL, ids=[case[0].split("/")[-1] for case in REAL])
def test_real_tables_need_no_help(
    real_data: Path, name: str, spec: dict[str, str], task: str, text: str, target: str | None
) -> None:
    roles = roles_of(real_data / name, **spec)
    assert (roles.task, roles.text, roles.target) == (task, text, target)


SAMPLES = [
    ("reviews.csv", "text-classification", "text", "label"),
    ("评论.csv", "text-classification", "文本", "标签"),
    ("reverse.csv", "seq2seq", "source", "target"),
    ("translation.csv", "seq2seq", "english", "chinese"),
    ("tags.csv", "token-classification", "tokens", "tags"),
    ("stories.txt", "causal-lm", "text", None),
]


@pytest.mark.parametrize(("name", "task", "text", "target"), SAMPLES)
def test_the_bundled_tables_need_no_help(sample_data: Path, name: str, task: str, text: str, target: str | None) -> None:
    roles = roles_of(sample_data / name)
    assert (roles.task, roles.text, roles.target) == (task, text, target)


def test_poems_are_told_by_dynasty_and_within_one_dynasty_by_poet(real_data: Path, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = []
    for path in sorted((real_data / "B_zh_poetry_dynasty").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [tuple(row) for row in csv.reader(file)][bool(rows) :]
    merged = roles_of(write(tmp_path, rows))
    assert (merged.task, merged.text, merged.target) == ("text-classification", "内容", "朝代")
    assert "13 values" in merged.task_reason
    one = roles_of(real_data / "B_zh_poetry_dynasty" / "隋.csv")
    assert (one.text, one.target) == ("内容", "作者")
    assert one.reason["朝代"] == "every cell is '隋'"


SENTENCES = ["I was happy to see the sea", "rain fell on the old town", "nobody came to the party", "the soup was cold again"]


@pytest.mark.parametrize(
    ("header", "target", "task"),
    [
        (("review", "price"), [10.5, 3.25, 99.0, 7.75, 12.5, 1.25], "regression"),
        (("text", "score"), [0.1, 0.9, 0.5, 0.3, 0.2, 0.7], "regression"),
        (("text", "stars"), [1, 2, 3, 4, 5, 1], "text-classification"),
        (("sentence", "label"), [0, 1, 1, 0, 1, 0], "text-classification"),
        (("words", "kind"), ["x", "y", "x", "x", "y", "y"], "text-classification"),
        (("source", "target"), [f"{s} too" for s in [*SENTENCES, "a b", "c d"]], "seq2seq"),
    ],
)
def test_the_target_says_what_the_task_is(tmp_path: Path, header: tuple[str, str], target: list[object], task: str) -> None:
    rows = [(f"{SENTENCES[n % 4]} {n}", target[n % 6] if task != "seq2seq" else f"{target[n % 6]} {n}") for n in range(60)]
    if header[1] == "price":
        rows = [(text, round(n * 1.37, 2)) for n, (text, _) in enumerate(rows)]
    if header[1] == "score":
        rows = [(text, round(n / 60, 3)) for n, (text, _) in enumerate(rows)]
    roles = roles_of(write(tmp_path, [header, *rows]))
    assert (roles.task, roles.text, roles.target) == (task, *header)


def test_class_numbers_under_a_class_name_are_classes_however_many(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("text", "label"), *[(f"{SENTENCES[n % 4]} number {n}", n % 77) for n in range(400)]]
    assert roles_of(write(tmp_path, rows)).task == "text-classification"


def test_ids_notices_and_empty_columns_are_left_out_with_reasons(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("id", "text", "label", "source_of_it", "blank", "always")]
    rows += [(n, f"{SENTENCES[n % 4]} {n}", "ab"[n % 2], f"CC-BY 4.0 by author {n}", "", "x") for n in range(40)]
    roles = roles_of(write(tmp_path, rows))
    assert (roles.text, roles.target) == ("text", "label")
    assert roles.role == {
        "id": "id", "text": "text", "label": "target", "source_of_it": "unused", "blank": "unused", "always": "unused"
    }  # fmt: skip
    assert roles.reason["id"] == "every value stands once"
    assert "begins with 'CC-BY 4.0" in roles.reason["source_of_it"]
    assert roles.reason["blank"] == "it is empty"
    assert roles.reason["always"] == "every cell is 'x'"


def test_what_the_spec_names_wins(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("title", "text", "label", "score")]
    rows += [(f"title {n}", f"{SENTENCES[n % 4]} {n}", "ab"[n % 2], n * 0.5) for n in range(40)]
    path = write(tmp_path, rows)
    assert roles_of(path).target == "label"
    assert (roles_of(path, target="score").task, roles_of(path, target="score").text) == ("regression", "text")
    assert roles_of(path, text="title").text == "title"
    assert roles_of(path, target="title").task == "seq2seq"
    assert roles_of(path, task="regression").target == "score"
    assert roles_of(path, task="causal-lm").target is None
    assert roles_of(path, task="seq2seq", text="title", target="label").task == "seq2seq"
    assert roles_of(path, text="title").reason["title"] == "given"
    assert roles_of(path, task="masked-lm", text="title").text == "title"


def test_a_missing_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, [("sentence", "category"), *[(f"{SENTENCES[n % 4]} {n}", "ab"[n % 2]) for n in range(9)]])
    with pytest.raises(WorkbenchError, match=r"no column 'categroy' \(data.target\)") as caught:
        roles_of(path, target="categroy")
    assert "'sentence', 'category'" in caught.value.mend
    assert "Did you mean 'category'?" in caught.value.mend
    with pytest.raises(WorkbenchError, match="both 'sentence'"):
        roles_of(path, text="sentence", target="sentence")


def test_a_table_of_numbers_has_nothing_to_read(tmp_path: Path) -> None:
    path = write(tmp_path, [("a", "b"), *[(n, n * n) for n in range(20)]])
    with pytest.raises(WorkbenchError, match="no column holds text") as caught:
        roles_of(path)
    assert "a, b" in caught.value.mend


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="no rows, 1 were rejected"):
        roles_of(write(tmp_path, [("text", "label"), ("one", "two", "three")]))


def test_hundreds_of_columns_are_no_obstacle(tmp_path: Path) -> None:
    names = [f"feature{n}" for n in range(180)] + [f"note{n}" for n in range(120)]
    rows: list[tuple[object, ...]] = [("text", *names, "label")]
    for n in range(20):
        rows.append(
            (f"{SENTENCES[n % 4]} {n}", *(n * k for k in range(180)), *(f"word {n} {k}" for k in range(120)), "ab"[n % 2])
        )
    roles = roles_of(write(tmp_path, rows))
    assert (roles.task, roles.text, roles.target) == ("text-classification", "text", "label")


def test_words_and_tags_pair_up_only_where_they_do(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("words", "entity")]
    rows += [("Anna saw Paris today", "B-PER O B-LOC O"), ("it was fine", "O O O"), ("Bob left", "B-PER O")] * 5
    roles = roles_of(write(tmp_path, rows))
    assert (roles.task, roles.text, roles.target) == ("token-classification", "words", "entity")
    uneven = [(words, f"{tags} O" if n % 3 else tags) for n, (words, tags) in enumerate(rows)]
    assert roles_of(write(tmp_path, [rows[0], *uneven[1:]])).task != "token-classification"
