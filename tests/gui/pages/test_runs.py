"""The Runs page with real folders: listed, searched, sorted, compared, renamed, thrown away, taken back, watched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT
from tests.runs.folders import make_run
from workbench.gui.app import Workbench
from workbench.gui.models.run_state import RunState
from workbench.gui.models.runs_table import COLUMNS
from workbench.gui.widgets.runs_list import RunsList
from workbench.runs.ownership import owning


def listed(bench: Workbench, qtbot: QtBot, count: int) -> RunsList:
    bench.window.show_page("runs")
    runs = bench.runs.page.list
    qtbot.waitUntil(lambda: len(runs.model.runs) == count, timeout=WAIT)
    return runs


def choose(runs: RunsList, *paths: Path) -> None:
    runs.choose(list(paths))
    assert {row.path for row in runs.selected} == set(paths)


def column(runs: RunsList, name: str) -> list[str]:
    model = runs.model
    return [str(model.index(row, COLUMNS.index(name)).data()) for row in range(model.rowCount())]


def test_runs_are_listed_searched_and_sorted_and_the_best_is_marked(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    for number, name in enumerate(("pear", "apple", "plum")):
        run = make_run(tmp_path / "runs" / name, name=name, steps=10 * (number + 1))
        report = run.report()
        report["metrics"]["validation"]["accuracy"] = (0.5, 0.9, 0.7)[number]
        run.write_report(report)
    (tmp_path / "runs" / "plum" / "experiment.toml").unlink()
    runs = listed(bench, qtbot, 3)
    runs.view.sortByColumn(COLUMNS.index("score"), Qt.SortOrder.DescendingOrder)
    assert column(runs, "name") == ["apple", "pear", "plum"]
    assert column(runs, "score") == ["★ Accuracy 90.0 %", "Accuracy 50.0 %", "–"]
    assert column(runs, "baseline") == ["70.0 %", "70.0 %", "–"]
    assert column(runs, "state") == ["finished", "finished", "damaged"]
    runs.view.sortByColumn(COLUMNS.index("name"), Qt.SortOrder.DescendingOrder)
    assert column(runs, "name") == ["plum", "pear", "apple"]
    qtbot.waitUntil(lambda: not runs.model.unmeasured(), timeout=WAIT)
    assert "MB" in column(runs, "size")[0]
    qtbot.keyClicks(runs.search, "finished app")
    assert column(runs, "name") == ["apple"]
    runs.search.setText("nothing of this kind")
    assert not runs.view.isVisible()
    assert runs.nothing.text()


def test_without_a_run_the_page_says_how_to_get_one_and_unchosen_what_choosing_does(
    bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    page = bench.runs.page
    bench.window.show_page("runs")
    qtbot.waitUntil(lambda: not page.differences.isVisible(), timeout=WAIT)  # nothing to compare
    assert "press Train" in page.list.nothing.text()
    path = make_run(tmp_path / "runs" / "one").path
    bench.runs.refresh()
    qtbot.waitUntil(page.chart.isVisible, timeout=WAIT)
    assert page.chart.nothing.isVisible()
    assert not page.chart.plot.isVisible()
    page.list.choose([path])
    qtbot.waitUntil(page.chart.plot.isVisible, timeout=WAIT)
    assert not page.chart.nothing.isVisible()


def test_chosen_runs_are_compared_by_curves_and_by_what_differs(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [
        make_run(tmp_path / "runs" / f"run-{n}", name=f"run {n}", steps=30 * n, learning_rate=0.001 * n).path for n in (1, 2)
    ]
    runs, page = listed(bench, qtbot, 2), bench.runs.page
    choose(runs, *paths)
    qtbot.waitUntil(lambda: page.differences.table.rowCount() == 1, timeout=WAIT)
    table = page.differences.table
    assert {table.item(0, place).text() for place in (0, 1)} == {"0.001", "0.002"}
    assert page.chart.legend.text in ("run 1 · run 2", "run 2 · run 1")
    page.chart.show_view("validation accuracy")
    assert page.chart.baseline_label.isVisible()
    page.chart.axes.setCurrentIndex(2)
    assert page.chart.plot.steps[1] >= 600  # tokens of the longer run
    assert not runs.buttons["rename"].isEnabled()
    choose(runs, paths[0])
    qtbot.waitUntil(lambda: page.differences.nothing.isVisible(), timeout=WAIT)


def test_a_run_is_renamed_thrown_away_and_taken_back(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    path = make_run(tmp_path / "runs" / "one", name="old").path
    runs = listed(bench, qtbot, 1)
    choose(runs, path)
    runs.buttons["rename"].click()
    dialog = bench.window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("new")
    dialog.accept()
    qtbot.waitUntil(lambda: column(runs, "name") == ["new"], timeout=WAIT)
    assert [row.path for row in runs.selected] == [path]
    qtbot.keyClick(runs.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: column(runs, "name") == [], timeout=WAIT)
    assert not path.exists()
    runs.undo.click()
    qtbot.waitUntil(lambda: column(runs, "name") == ["new"], timeout=WAIT)


def test_a_run_trained_elsewhere_is_left_alone_and_watched(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    path = make_run(tmp_path / "runs" / "one", stopped=None).path
    with owning(path):
        runs = listed(bench, qtbot, 1)
        choose(runs, path)
        assert column(runs, "state") == ["training"]
        assert {name for name, button in runs.buttons.items() if button.isEnabled()} == {"show", "duplicate", "folder", "report"}
        runs.view.doubleClicked.emit(runs.model.index(0, 0))
        qtbot.waitUntil(lambda: bench.run.state is RunState.WATCHED and bench.run.advance.step == 20, timeout=WAIT)
        assert bench.window.page == "train"
        assert bench.window.bar.state.text() == "Trained elsewhere, watched here"
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE, timeout=WAIT)


def test_a_dropped_folder_is_listed_too_and_its_settings_can_be_used_again(
    bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    path = make_run(tmp_path / "elsewhere" / "one", name="from elsewhere", epochs=77).path
    runs = listed(bench, qtbot, 0)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    bench.window.dropEvent(QDropEvent(QPointF(300, 300), copy, data, left, none))
    qtbot.waitUntil(lambda: column(runs, "name") == ["from elsewhere"], timeout=WAIT)
    assert bench.window.page == "runs"
    assert bench.settings.more_runs == [str(path)]
    choose(runs, path)
    runs.buttons["duplicate"].click()
    assert bench.draft.value("train", "epochs") == 77
    assert bench.window.page == "data"


def test_a_report_is_written_where_a_person_says(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    path = make_run(tmp_path / "runs" / "one").path
    runs, out = listed(bench, qtbot, 1), tmp_path / "report.html"
    choose(runs, path)
    runs.buttons["report"].click()
    dialog = bench.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(out))
    dialog.close()
    qtbot.waitUntil(lambda: "Saved" in bench.window.statusBar().currentMessage(), timeout=WAIT)
    assert "<svg" in out.read_text(encoding="utf-8")
