"""The Train page with the evaluation of a run that ended: the real window, the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, Open, closed, read, small, state
from tests.tables import write_table
from workbench.gui.models.run_state import RunState
from workbench.runs import evaluating


def test_a_run_that_ended_is_evaluated_also_when_it_is_opened_again(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluating, "judge_run", None)  # here: judged is in the engine's process, the window would stall
    bench = open_window()
    page = bench.train_page
    read(bench, qtbot, write_table(tmp_path, "text-classification", rows=200))
    small(bench)
    bench.train()
    assert not page.views["evaluation"].isVisible()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    assert page.views["evaluation"].isVisible()
    assert "baseline" in page.report.verdict.text()
    assert "…" in page.report.verdict.text()
    page.views["evaluation"].click()
    qtbot.waitUntil(lambda: bench.evaluation.judged is not None, timeout=WAIT)
    assert page.evaluation.card.verdict.text() == page.report.verdict.text()
    run = bench.shown.path
    assert run is not None

    closed(bench, qtbot)
    again = open_window()
    qtbot.waitUntil(lambda: again.evaluation.run == run, timeout=WAIT)  # the run that was shown comes back
    again.window.show_page("train")
    page = again.train_page
    page.views["evaluation"].click()
    qtbot.waitUntil(lambda: again.evaluation.judged is not None, timeout=WAIT)
    again.evaluation.compare_with(run)  # with itself: no difference
    qtbot.waitUntil(lambda: again.evaluation.judged is not None, timeout=WAIT)
    assert "other run" in page.evaluation.card.verdict.text()
    found = again.evaluation.judged
    assert found is not None
    page.evaluation.inspect_wanted.emit(found.analysis.answers.texts[3])
    assert again.window.page == "inspect"
    qtbot.waitUntil(lambda: again.inspection.state.seen is not None, timeout=WAIT)
    assert again.inspection.state.query.text == found.analysis.answers.texts[3]
