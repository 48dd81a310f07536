"""Guesses with their evidence, and what a person makes of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.specs import TASKS
from workbench.contracts.tables import Guess, TableFacts, WholeFacts
from workbench.gui.widgets.guesses import Guesses

FACTS = TableFacts(
    path="a.csv", size=10, kind="table", columns=("text", "label"), head=(), complete=True,
    encoding=Guess(value="big5", evidence="it reads best", sure=False, others=("gb18030", "shift_jis")),
    delimiter=Guess(value="\t", evidence="tab cuts all"), quote=Guess(value="\""),
    skip_lines=Guess(value=0), header=Guess(value=True, evidence="named"),
    sheet=Guess(value=None),
)  # fmt: skip


def entries(guesses: Guesses, name: str) -> list[str]:
    """What a control offers."""
    choice = guesses.controls[name].choice
    return [choice.itemText(place) for place in range(choice.count())]


def test_likely_values_come_first_each_once_and_doubt_is_marked(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    guesses.show_facts(FACTS, None, {"table": "a.csv"})
    offered = entries(guesses, "encoding")
    assert offered[:4] == ["big5 (found)", "big5", "gb18030", "shift_jis"]
    assert len(set(offered)) == len(offered)
    control = guesses.controls["encoding"]
    assert control.mark.text() == "please check"
    assert control.evidence.whole == "it reads best"
    assert guesses.controls["delimiter"].mark.text() == "looks sure"
    assert entries(guesses, "text")[1:] == ["text", "label"]


def test_a_given_value_is_marked_even_when_it_is_none_of_those_offered(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    guesses.show_facts(FACTS, None, {"table": "a.csv", "delimiter": "§", "target": "gone"})
    for name, title in (("delimiter", "§"), ("target", "gone")):
        assert guesses.controls[name].choice.currentText() == title
        assert guesses.controls[name].mark.text() == "set by you"


def test_choosing_and_leaving_tell_the_setting(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    guesses.show_facts(FACTS, None, {"table": "a.csv"})
    choice = guesses.controls["header"].choice
    with qtbot.waitSignal(guesses.chosen) as chosen:
        choice.activated.emit(2)
    assert chosen.args == ["header", False]
    with qtbot.waitSignal(guesses.left) as left:
        choice.activated.emit(0)
    assert left.args == ["header"]


def test_the_wheel_changes_no_closed_choice(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    guesses.show_facts(FACTS, None, {"table": "a.csv"})
    choice = guesses.controls["encoding"].choice
    no_button, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), no_button, none,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    with qtbot.assertNotEmitted(guesses.chosen):
        QApplication.sendEvent(choice, wheel)
    assert choice.currentIndex() == 0


def test_quotes_skipped_lines_and_the_decimal_sign_are_offered_like_the_other_guesses(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    skip = Guess(value=3, evidence="line 4 is the first")
    facts = FACTS.__class__(**{**vars(FACTS), "skip_lines": skip})
    guesses.show_facts(facts, None, {"table": "a.csv", "quote": "none"})
    assert entries(guesses, "skip_lines")[:3] == ["3 lines (found)", "none", "1 line"]
    assert guesses.controls["skip_lines"].evidence.whole == "line 4 is the first"
    assert guesses.controls["quote"].choice.currentText() == "none: all are letters"
    assert not guesses.controls["decimal"].isVisibleTo(guesses)
    doubt = Guess(value="point", evidence="so read", sure=False)
    guesses.show_facts(facts, WholeFacts(row_count=9, rejected=(), passed={}, columns=(), decimal=doubt), {"table": "a.csv"})
    assert guesses.controls["decimal"].isVisibleTo(guesses)
    assert entries(guesses, "decimal") == ["point: 1.5 (found)", "point: 1.5", "comma: 1,5"]
    assert guesses.controls["decimal"].mark.text() == "please check"
    with qtbot.waitSignal(guesses.chosen) as chosen:
        guesses.controls["skip_lines"].choice.activated.emit(1)
    assert chosen.args == ["skip_lines", 0]


def test_a_workbook_shows_its_sheets_in_place_of_the_delimiter(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    sheet = Guess(value="May", evidence="first", others=("May", "June"))
    guesses.show_facts(FACTS.__class__(**{**vars(FACTS), "sheet": sheet}), None, {"table": "a.xlsx"})
    assert guesses.controls["sheet"].isVisibleTo(guesses)
    assert not guesses.controls["delimiter"].isVisibleTo(guesses)
    assert entries(guesses, "sheet") == ["May (found)", "May", "June"]


def whole(task: str, **guesses: Guess) -> WholeFacts:
    return WholeFacts(row_count=3, rejected=(), passed={}, columns=(), task=Guess(value=task), **guesses)


def test_the_second_text_column_is_there_for_tasks_that_read_two(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    guesses.show_facts(FACTS, whole("text-classification"), {"table": "a.csv"})
    pair = guesses.controls["pair"]
    assert pair.isHidden()
    guesses.show_facts(
        FACTS, whole("pair-classification", pair=Guess(value="label", evidence="they are alike")), {"table": "a.csv"}
    )
    assert not pair.isHidden()
    assert (pair.name.text(), pair.choice.currentText(), pair.evidence.whole) == (
        "Second text column", "label (found)", "they are alike",
    )  # fmt: skip
    guesses.show_facts(FACTS, None, {"table": "a.csv", "task": "question-answering"})  # asked for, and nothing found yet
    assert not pair.isHidden()
    assert pair.name.text() == "Passage column"
    with qtbot.waitSignal(guesses.chosen) as chosen:
        pair.choice.activated.emit(1)
    assert chosen.args == ["pair", "text"]


def test_what_stands_between_labels_is_there_where_cells_hold_several(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    guesses.show_facts(FACTS, whole("regression"), {"table": "a.csv"})
    assert guesses.controls["label_separator"].isHidden()
    found = Guess(value="bar", evidence="5 of 9 cells hold several", sure=False)
    guesses.show_facts(FACTS, whole("multi-label", label_separator=found), {"table": "a.csv"})
    control = guesses.controls["label_separator"]
    assert not control.isHidden()
    assert (control.choice.currentText(), control.mark.text()) == ("vertical bar (found)", "please check")
    assert len(entries(guesses, "label_separator")) == 6


def test_every_task_has_a_title_of_words(qtbot: QtBot) -> None:
    guesses = Guesses()
    qtbot.addWidget(guesses)
    titles = [guesses.task_title(task) for task in TASKS]
    assert len(set(titles)) == len(TASKS)
    assert not set(titles) & set(TASKS)
