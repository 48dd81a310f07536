"""The evaluation of a run: what is shown of each kind of answers, and what a person can do with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.answers import answers, classified
from tests.gui.judged import SOME, judged
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.evaluations import Group
from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.widgets.evaluation_view import EvaluationView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do


@pytest.fixture
def state():
    return EvaluationState()


@pytest.fixture
def view(state, show):
    return show(EvaluationView(state), 1150, 680)


@pytest.mark.parametrize(
    ("kind", "tabs"),
    [
        ("classes", {"report", "curves", "errors", "right", "groups"}), ("numbers", {"residuals", "errors", "right", "groups"}),
        ("tags", {"report", "errors", "right", "groups"}), ("texts", {"errors", "right", "groups"}),
        ("labels", {"report", "curves", "errors", "right", "groups"}), ("spans", {"curves", "errors", "right", "groups"}),
    ],
)  # fmt: skip
def test_each_kind_of_answers_has_its_tabs(view, state, kind, tabs):
    state.take(judged(SOME[kind]))
    assert {name for name, tab in view.tabs.items() if tab.isVisible()} == tabs
    assert view.tab in tabs
    assert view.card.verdict.text()
    for name in tabs:
        view.tabs[name].click()
        assert view.tab == name
        view.grab()


def test_only_what_an_answer_has_takes_room(view, state):
    state.take(judged(SOME["labels"]))
    assert view.classes.isVisible()
    assert not view.confusion.isVisible()  # a set of labels is in no cell of it
    state.take(judged(SOME["spans"]))
    view.tabs["curves"].click()
    assert view.curves.calibration.isVisible()
    for part in (view.curves.label, view.curves.which, view.curves.legend, view.curves.roc, view.curves.precision):
        assert not part.isVisible()
    assert view.curves.calibration.y() == 0


def test_the_verdict_stands_on_top_with_both_bars(view, state):
    state.take(judged(SOME["classes"]))
    assert "better than the baseline by" in view.card.verdict.text()
    assert view.card.verdict.property("kind") == "good"
    assert view.card.about.isVisible()
    assert view.card.about.text() == "Baseline: a simple model that only counts words. Points are percentage points."
    assert [bar.name for bar in view.card.bars.bars] == ["Model", "Baseline"]
    assert "%" in view.card.bars.accessibleDescription()
    view.card.score.setCurrentIndex(view.card.score.findData("macro_f1"))
    assert view.card.bars.scored_by == "macro_f1"
    state.take(judged(SOME["classes"], other="rotary"))
    assert "other run" in view.card.verdict.text()
    assert view.card.about.text() == "Points are percentage points."
    assert view.card.bars.bars[1].name == "rotary"


def test_a_cell_opens_its_rows(qtbot, view, state):
    found = judged(SOME["classes"])
    state.take(found)
    assert "Click a cell" in view.cell_rows.empty.text()
    picture = view.confusion.picture
    picture.setFocus()
    qtbot.keyClick(picture, Qt.Key.Key_Right)  # the first key chooses the first cell
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    qtbot.keyClick(picture, Qt.Key.Key_Return)
    assert found.analysis.confusion is not None
    model = view.cell_rows.model
    assert model.rowCount() == found.analysis.confusion[0, 1] > 0
    targets = {model.index(row, 2).data() for row in range(model.rowCount())}
    assert targets == {"c0"}


def test_errors_come_the_most_confident_first_and_lead_to_inspect(qtbot, view, state):
    state.take(judged(SOME["classes"]))
    view.tabs["errors"].click()
    table, model = view.errors.table, view.errors.model
    sure = [float(str(model.index(row, 4).data()).split()[0]) for row in range(model.rowCount())]
    assert sure == sorted(sure, reverse=True)
    assert not view.errors.look.isEnabled()
    table.setCurrentIndex(model.index(1, 1))
    with qtbot.waitSignal(view.inspect_wanted) as wanted:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert wanted.args == [model.text_at(1)]
    with qtbot.waitSignal(view.inspect_wanted):
        qtbot.mouseClick(view.errors.look, Qt.MouseButton.LeftButton)


def test_groups_follow_the_chosen_column(qtbot, view, state):
    state.take(judged(SOME["classes"]))
    view.tabs["groups"].click()
    assert sum(bar.rows for bar in view.groups.length_bars.bars) == 300
    with qtbot.waitSignal(state.column_asked) as asked:
        view.groups.which.setCurrentIndex(1)
    assert asked.args == ["shop"]
    state.take_groups((
        Group(name="north", rows=200, value=0.9, low=0.8, high=0.95), Group(name="", rows=60, value=float("nan"), low=0, high=0),
        Group(name="", rows=40, value=0.5, low=0.4, high=0.6, others=7),
    ))  # fmt: skip
    assert [bar.name for bar in view.groups.column_bars.bars] == ["north", "(empty)", "7 other values"]
    assert "not defined" in view.groups.column_bars.accessibleDescription()
    view.grab()
    state.take_column_trouble(WorkbenchError("the file is gone"))
    assert view.groups.column_bars.bars == ()


def test_nothing_is_asked_before_somebody_looks(qtbot, state):
    asked = []
    state.asked.connect(lambda: asked.append((state.split, state.against)))
    state.set_run(Path("a"))
    assert not asked
    state.set_watched(True)
    assert asked == [("", None)]
    state.set_watched(False)
    state.set_watched(True)
    assert len(asked) == 1
    state.take(judged(SOME["classes"]))
    state.choose_split("validation")  # what is shown
    assert len(asked) == 1
    state.choose_split("test")
    state.compare_with(Path("b"))
    state.compare_with(None)
    assert asked[1:] == [("test", None), ("test", Path("b")), ("test", None)]
    state.compare_with(Path("b"))
    state.set_run(Path("a"))  # told twice of one end: what a person chose stays
    assert state.against == Path("b")
    state.set_run(None)
    assert len(asked) == 5


def test_trouble_is_said_and_goes_away(view, state):
    state.take_trouble(WorkbenchError("the run keeps no answers on its test rows", mend="Train once more."))
    assert view.notice.isVisible()
    assert not any(tab.isVisible() for tab in view.tabs.values())
    state.take(judged(SOME["texts"]))
    assert not view.notice.isVisible()


@pytest.mark.parametrize(
    "found",
    [
        answers("classes", ["<b>a</b>"] * 3, ["<b>a</b>"] * 3), answers("classes", ["a"], ["\n" * 5000]),
        answers("numbers", ["1", "2"], ["nan", "inf"]), answers("numbers", ["1"], ["1"]), answers("texts", [""], [""]),
        answers("tags", [""], [""]), answers("classes", [], []),
        classified(300, 40, right=0.1, baseline=0.1),
        answers("classes", ["a", "b"], ["a", "b"], labels=("a", "b"), probabilities=np.full((2, 2), np.nan)),
    ],
)  # fmt: skip
def test_wild_answers_are_drawn(view, state, found):
    told = judged(found, columns=())
    state.take(told)
    assert not view.notice.isVisible()
    assert view.card.verdict.text()
    shown = [name for name, tab in view.tabs.items() if tab.isVisible()]
    assert {"errors", "right", "groups"} <= set(shown)
    for name in shown:
        view.show_tab(name)
        assert view.tab == name
        assert not view.grab().isNull()
    for panel, places in ((view.errors, told.analysis.worst), (view.right, told.analysis.surest)):
        assert panel.model.rowCount() == len(places)
        assert panel.empty.isHidden() == bool(len(places))
    assert sum(bar.rows for bar in view.groups.length_bars.bars) == len(found)
    for bars in (view.card.bars, view.groups.length_bars):
        assert "nan" not in bars.accessibleDescription()


def test_many_classes_are_drawn_one_at_a_time(view, state):
    state.take(judged(classified(400, 12, right=0.8, baseline=0.5)))
    view.tabs["curves"].click()
    assert view.curves.which.count() == 12
    assert view.curves.legend.text() == ""
    state.take(judged(SOME["classes"]))
    assert view.curves.which.count() == 4
    assert view.curves.legend.text().count("━") == 3
