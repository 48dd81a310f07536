"""Scores now, at their best, and beside the baseline."""

from __future__ import annotations

import pytest

from workbench.gui.widgets.metric_words import metric_text, number_text
from workbench.gui.widgets.scores_panel import ScoresPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do


def texts(panel: ScoresPanel, metric: str) -> list[str]:
    return [label.text() for label in panel.rows[metric]]


def test_the_best_stays_while_now_moves_on(show):
    panel = show(ScoresPanel())
    assert panel.empty.isVisible()
    panel.set_evaluation({"accuracy": 0.9, "loss": 0.5, "confusion": [[1]], "written": 3}, best=True, step=900)
    panel.set_evaluation({"accuracy": 0.8, "loss": 0.7}, best=False, step=1_200)
    assert list(panel.rows) == ["accuracy", "loss"]
    assert texts(panel, "accuracy")[1:3] == ["80.0 %", "90.0 %"]
    assert texts(panel, "loss") == ["Loss ↓", "0.700", "0.500", ""]
    assert panel.facts.text() == "validation at step 1,200 · best at step 900"
    assert not panel.empty.isVisible()


def test_the_baseline_is_judged_by_what_is_better_for_each_metric(show):
    panel = show(ScoresPanel())
    panel.set_evaluation({"rmse": 2.0, "pearson": 0.5, "accuracy": 0.7}, best=True, step=1)
    panel.set_baseline({"rmse": 3.0, "pearson": 0.6}, "TF-IDF + ridge")
    assert panel.rows["rmse"][2].objectName() == "good"
    assert panel.rows["pearson"][2].objectName() == "attention"
    assert panel.rows["accuracy"][2].objectName() == ""
    assert "TF-IDF + ridge" in panel.note.text()
    panel.set_baseline(None, "none for sequences")
    assert panel.note.isVisible()
    assert not panel.heads[2].isVisible()


def test_another_run_begins_with_nothing(show):
    panel = show(ScoresPanel())
    panel.set_evaluation({"bleu": 30.0}, best=True, step=5)
    panel.clear()
    assert panel.empty.isVisible()
    assert panel.rows == {}


def test_numbers_are_written_as_they_are_read():
    values = [metric_text(*pair) for pair in (("accuracy", 0.8749), ("bleu", 45.86), ("auc", 0.9411), ("loss", None))]
    assert values == ["87.5 %", "45.9", "0.941", "–"]
    assert [number_text(x) for x in (0.2131, 48_210.4, 1.2e-5, 5.93, 0.0, 123.4)] == [
        "0.213", "48,210", "1.2e-05", "5.930", "0", "123.4",
    ]  # fmt: skip
