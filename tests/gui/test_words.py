from __future__ import annotations

import dataclasses
import errno
import random
import re
import string
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from workbench.contracts.errors import Problem, SpecError, WorkbenchError
from workbench.contracts.specs import SECTIONS, Experiment
from workbench.data.header import find_header
from workbench.gui.i18n import Languages
from workbench.gui.words import parse, said, said_error, said_problem, said_whole, templates

HAN = re.compile("[\u4e00-\u9fff]")
ADVERSARIAL = [
    "",
    " ",
    "{0}",
    "{1} {0}",
    "{",
    "}}",
    "(.*)",
    "\\1\\g<0>",
    "$^[a-z]+",
    "a\nb",
    "\u2028",
    "'a; b'",
    "%s",
    "%n",
    "&",
    "名称",
    "🙂",
]


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[Languages]:
    languages = Languages(qapp)
    languages.speak("zh_CN")
    yield languages
    languages.speak("en")


def test_english_stays_as_it_is(qapp: QApplication) -> None:
    assert said("there is no column 'x'") == "there is no column 'x'"
    assert said_error(WorkbenchError("no table is named", where="data.table", mend="Give the path of a table.")) == (
        "no table is named", "data.table", "Give the path of a table."
    )  # fmt: skip


def test_a_sentence_is_said_in_chinese_with_its_values(chinese: Languages) -> None:
    assert said("there is no column 'x'") == "没有列 'x'"
    assert said("learning the vocabulary") == "正在学习词表"


def test_one_and_several_are_said_in_chinese_from_sentences_of_their_own(chinese: Languages) -> None:
    assert said("1 text is changed.") == "改变了 1 个文本。"
    assert said("2,300 texts are changed.") == "改变了 2,300 个文本。"
    assert said("1 label differs in one letter from a much commoner one: 'reed' → 'red'") == (
        "1 个标签与常见得多的标签只差一个字母：'reed' → 'red'"
    )
    assert said("1 row can be used, it is 'good': 'text' is empty in 39 of 40 rows").startswith("只有 1 行可用，属于 'good'：")


def test_what_fits_no_template_stays_as_it_is(chinese: Languages) -> None:
    for text in ("", "my own words", "名称", "{0}", "x" * 100_000):
        assert said(text) == text


def test_sentences_in_a_sentence_are_said_too_and_a_semicolon_in_a_value_is_kept(chinese: Languages) -> None:
    text = "the first row names the columns: 'text' is a usual name of a column; numbers stand below 'a; b'"
    assert said(text) == "第一行是列名：'text' 是常见的列名；'a; b' 下面都是数字"


def test_what_is_wrong_and_how_to_mend_it_may_stand_in_a_row(chinese: Languages) -> None:
    assert said("the text is empty Type a text with at least one word.") == "文本是空的。请输入至少含有一个词的文本。"
    assert said("Open it again. Make room on the disk, then resume.") == "重新打开它。腾出磁盘空间，然后继续训练。"
    assert said("the text is empty Nobody says This") == "the text is empty Nobody says This"


def test_a_sentence_is_not_swallowed_by_one_that_begins_with_a_value(chinese: Languages) -> None:
    assert said("the first is line 3: 1 cell where the table has 2") == "第一处在第 3 行：有 1 个单元格，而表有 2 列"


@pytest.mark.parametrize("value", ADVERSARIAL)
def test_no_value_is_lost_or_read_as_anything_but_itself(chinese: Languages, value: str) -> None:
    assert said(f"there is no column {value}") == f"没有列 {value}"
    assert said(f"there is no column {value} (data.text)") == f"没有列 {value}（data.text）"


def test_every_template_keeps_random_values(chinese: Languages) -> None:
    generator = random.Random(0)
    letters = string.ascii_uppercase + string.digits + "{}()[].*+?\\^$|&%<>\n\t"
    for template in templates():
        # where a lone bracket follows a value that holds the same bracket, nothing tells the two apart
        alphabet = "".join(letter for letter in letters if letter not in template.parts)
        marks = {number: f"\u00ab{''.join(generator.choices(alphabet, k=8))}\u00bb" for number in set(template.holes)}
        text = re.sub(r"\{(\d+)\}", lambda hole, marks=marks: marks[int(hole[1])], template.text)
        answer = said(text)
        for mark in marks.values():
            assert mark in answer, (template.text, answer)


def test_a_template_fits_where_a_regular_expression_would() -> None:
    generator = random.Random(1)
    for _ in range(3000):
        text = "".join(generator.choices("ab ", k=generator.randint(0, 8)))
        pieces = ["".join(generator.choices("ab ", k=generator.randint(0, 2))) for _ in range(generator.randint(2, 4))]
        made = parse("".join(f"{piece}{{{place}}}" for place, piece in enumerate(pieces[:-1])) + pieces[-1])
        naive = re.fullmatch("(.*?)".join(map(re.escape, pieces)), text, re.DOTALL)
        values = made.values(text)
        assert (values is None) == (naive is None)
        if values is not None:
            assert "".join(piece + values.get(place, "") for place, piece in enumerate(pieces)) == text


def test_all_explanations_of_settings_are_said_in_chinese(chinese: Languages) -> None:
    for cls in SECTIONS.values():
        for field in dataclasses.fields(cls):
            assert HAN.search(said(field.metadata["help"])), field.metadata["help"]


def test_the_problems_of_an_experiment_are_said_in_chinese(chinese: Languages) -> None:
    with pytest.raises(SpecError) as caught:
        Experiment.from_dict({"model": {"d_model": 100, "heads": 3}, "data": {"split_seed": -1}, "train": {"epochs": 0}, "x": 1})
    what, where, mend = said_error(caught.value)
    for problem in caught.value.problems:
        assert problem.field in what
        assert f"{problem.value!r}" in what
    assert "must" not in what
    assert "there is" not in what
    assert HAN.search(where)
    assert HAN.search(mend)


def test_a_problem_keeps_field_value_and_reason(chinese: Languages) -> None:
    problem = Problem(
        field="train.epochs", value="{1}", allowed="must be at least 1", why="passes over the training rows, at most"
    )
    assert said_problem(problem) == "train.epochs = '{1}'：必须至少是 1（最多遍历训练行多少遍）"


def test_what_the_reader_finds_is_said_in_chinese(chinese: Languages) -> None:
    rows = [("text", "label"), ("a good film, seen twice", "1"), ("a bad one all in all", "0")]
    evidence = find_header(rows, otherwise=False).evidence
    assert HAN.search(said(evidence))
    assert not re.search(r"[a-z]+ [a-z]+", said(evidence))


def test_what_the_system_says_is_said_in_chinese_by_its_number(chinese: Languages, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as gone:
        (tmp_path / "a; b.csv").read_bytes()
    told = said(f"the file cannot be read: {gone.value}")
    assert told == f"无法读取文件：没有这个文件或文件夹：'{tmp_path / 'a; b.csv'}'"
    assert said(f"the predictions could not be written: {OSError(errno.ENOSPC, 'x')}") == "预测无法写入：磁盘上没有剩余空间"
    assert said("the file cannot be read: [WinError 5] Access is denied: 'C:\\x'") == "无法读取文件：没有访问它的权限：'C:\\x'"
    assert said("the file cannot be read: [Errno 9999] Strange: 'x'") == "无法读取文件：[Errno 9999] Strange: 'x'"


def test_lists_are_written_as_chinese_is_and_their_items_are_whole(chinese: Languages) -> None:
    assert said("There are: 'a, b', \"it's, c\", 'd'.") == "现有：'a, b'、\"it's, c\"、'd'。"
    assert said("must be one of point, comma") == "必须是以下之一：point、comma"
    told = said("no delimiter gives rows of equal width (comma in 12% of the records, tab in 3% of the records)")
    assert "逗号见于 12% 的记录、制表符" in told
    told = said(
        "comma cuts 9 of the first 10 records into 2 cells; also possible: semicolon cuts 90% of them into 2 cells, "
        "tab cuts 80% of them into 3 cells"
    )
    assert not re.search("[a-z]", told)
    assert "个单元格、制表符" in told


def test_evidence_about_numbers_is_said_in_chinese_and_keeps_the_cells(chinese: Languages) -> None:
    told = said(
        "numbers with a decimal comma: so can 97 of 100 cells be read; '€' beside 3 of them is left out; "
        "no numbers: the text 'n/a; x, y' in row 3, the text \"it's\" in row 7"
    )
    assert told.startswith("数字以逗号作小数点：")
    assert told.endswith("不是数字的有：第 3 行的文本 'n/a; x, y'、第 7 行的文本 \"it's\"")
    assert not re.search("[a-z]{2}", told.replace("it's", ""))
    assert said("no row can be used (3 read; target is not a number: 2, empty text: 1)").endswith(
        "目标不是数字：2、文本为空：1）"
    )


def test_words_of_a_cell_are_not_taken_for_words_of_the_sentence(chinese: Languages) -> None:
    cell = "'The app crashes with error 8 and with sound'"
    assert said(f"5 texts stand with several targets; {cell} with 'Technical' and with 'Returns'") == (
        f"5 个文本对应多个目标；{cell} 既对应 'Technical'，又对应 'Returns'"
    )


def test_saying_is_quick_even_for_hostile_text(chinese: Languages) -> None:
    said("warm up")
    hostile = [
        " of the first " * 1400,
        "; " * 9000,
        "the first row is data: " + "; " * 9000,
        "a " * 9999,
        "{0}" * 6000,
        "5 texts stand with several targets; " + r"'\'" * 600,
    ]
    for text in hostile:
        begun = time.perf_counter()
        said(text)
        assert time.perf_counter() - begun < 0.02  # some 0.2 ms; room for a busy machine


def test_two_sentences_have_one_full_stop_between_them_in_chinese(chinese: Languages) -> None:
    error = WorkbenchError("this model gives no single answer whose reasons could be sought", where="x",
                           mend="Open a classifier or a language model.")  # fmt: skip
    assert said_whole(error) == "这个模型没有可以追问原因的单一回答。请打开分类模型或语言模型。"


def test_what_is_wrong_and_how_to_mend_it_are_two_sentences() -> None:
    error = WorkbenchError("the model has no unembedding", where="x", mend="Use a model that says tokens.")
    assert said_whole(error) == "the model has no unembedding. Use a model that says tokens."
    assert said_whole(WorkbenchError("is it full?", where="x", mend="Look.")) == "is it full? Look."
    assert said_whole(WorkbenchError("nothing to be done", where="x")) == "nothing to be done"
