"""The report says in plain words whether the model is worth it."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from workbench.gui.models.class_scores import ClassScores
from workbench.gui.widgets.report_panel import ReportPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do


def report(task="text-classification", mine=None, theirs=None, test=None):  # type: ignore[no-untyped-def]
    return {
        "run": "/runs/a <b>", "task": task, "metrics": {"validation": mine or {}, "test": test},
        "baseline": {"validation": theirs, "test": None}, "seconds": 75.2, "wall_seconds": 80.0, "steps": 1_808,
        "best_step": 1_628, "tokens_per_second": 8_239.9, "parameters": 1_804_547, "device": "cpu", "stopped": "early",
        "rows": {"train": 3_600, "validation": 400, "test": 0, "unusable": 3, "rejected": 2},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("task", "mine", "theirs", "words", "kind"),
    [
        ("text-classification", {"accuracy": 0.912}, {"accuracy": 0.88}, "better than the baseline by 3.2 points", "good"),
        ("text-classification", {"accuracy": 0.882}, {"accuracy": 0.88}, "the simple baseline is as good", "attention"),
        ("text-classification", {"accuracy": 0.7}, {"accuracy": 0.88}, "baseline is better by 18.0 points", "attention"),
        ("regression", {"rmse": 1.0}, {"rmse": 1.5}, "better than the baseline by 0.5", "good"),
        ("regression", {"rmse": 1.5}, {"rmse": 1.0}, "baseline is better by 0.5", "attention"),
        ("seq2seq", {"exact_match": 0.9, "bleu": 95.0}, None, "Exact match 90.0 %. There is no simple baseline", ""),
        ("causal-lm", {"loss": 1.7, "perplexity": 5.9, "accuracy": 0.47}, None, "Perplexity 5.900", ""),
        ("text-classification", {}, None, "before it could be scored", "attention"),
    ],
)  # fmt: skip
def test_the_verdict_is_plain(show, task, mine, theirs, words, kind):
    panel = show(ReportPanel())
    panel.set_report(report(task, mine, theirs))
    assert words in panel.verdict.text()
    assert panel.verdict.objectName() == kind


def test_the_test_rows_decide_where_there_are_some(show):
    panel = show(ReportPanel())
    panel.set_report(report(mine={"accuracy": 0.9}, theirs={"accuracy": 0.1}, test={"accuracy": 0.5}))
    assert panel.verdict.text().startswith("Accuracy 50.0 %")


def test_it_tells_what_the_run_took_and_where_it_is(qtbot, show):
    panel = show(ReportPanel(), 480, 460)
    panel.set_report(report(mine={"accuracy": 0.9}))
    facts = dict(panel._facts())
    assert facts["Time"] == "1 min 15 s, and 5 s of preparing, scoring and saving"
    assert facts["Steps"] == "1,808, best at 1,628 (stopped early: no more progress)"
    assert facts["Rows"] == "3,600 train, 400 validation, 0 test, 5 unusable"
    with qtbot.waitSignal(panel.open_folder) as opened:
        qtbot.mouseClick(panel.folder_button, Qt.MouseButton.LeftButton)
    assert opened.args == ["/runs/a <b>"]
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    assert json.loads(QGuiApplication.clipboard().text())["steps"] == 1_808


def test_no_run_has_no_report_and_a_bare_one_does_no_harm(show):
    panel = show(ReportPanel())
    assert panel.empty.isVisible()
    panel.set_report({"run": "x", "metrics": None, "baseline": None})
    assert not panel.empty.isVisible()
    panel.set_report({})
    assert panel.empty.isVisible()
    assert not panel.folder_button.isVisible()


def test_classes_sort_by_number_not_by_text(show):
    model = ClassScores()
    model.set_scores({
        name: {"precision": 1.0, "recall": recall, "f1": 0.5, "support": support}
        for name, recall, support in (("a", 0.095, 9), ("b", 1.0, 100), ("c", 0.5, 20))
    })  # fmt: skip
    for column, expected in ((2, ["b", "c", "a"]), (4, ["b", "c", "a"])):
        model.sort(column, Qt.SortOrder.DescendingOrder)
        assert [model.data(model.index(row, 0)) for row in range(3)] == expected
    assert model.data(model.index(0, 2)) == "100.0 %"
    model.sort(-1)


def test_the_per_class_table_appears_with_classes_only(show):
    panel = show(ReportPanel(), 480, 600)
    scores = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 3}
    panel.set_report(report(mine={"accuracy": 0.9, "per_class": {"<b>a</b>": scores}}))
    assert panel.classes.isVisible()
    panel.set_report(report("seq2seq", {"exact_match": 0.9}))
    assert not panel.classes.isVisible()
