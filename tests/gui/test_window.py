"""The real window with the real engine: load, configure, train, watch, stop, reopen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, Open, closed, read, small, state
from tests.tables import write_table
from workbench.contracts.events import Looked, Step
from workbench.gui import settings as store
from workbench.gui import theme
from workbench.gui.app import Workbench
from workbench.gui.models.data_state import Stage
from workbench.gui.models.run_state import RunState
from workbench.runs.folder import RunFolder


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_from_a_table_to_a_trained_model_and_back(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_window()
    assert not bench.window.bar.main.isEnabled()
    read(bench, qtbot, write_table(tmp_path, "seq2seq"))
    assert bench.window.page == "data"
    assert bench.draft.task == "seq2seq"
    small(bench)
    looks: list[Looked] = []
    steps: list[Step] = []
    bench.run.looked.connect(looks.append)
    bench.run.stepped.connect(steps.extend)
    click(qtbot, bench.window.bar.main)
    assert bench.window.page == "train"
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    assert [step.step for step in steps] == list(range(1, len(steps) + 1))
    assert looks
    assert set(looks[-1].frames) == {"encoder", "decoder", "cross"}
    run = bench.shown.path
    assert run is not None
    report = RunFolder.open(run).report()
    assert report["steps"] == len(steps)
    qtbot.waitUntil(lambda: not bench.jobs.busy("look"), timeout=WAIT)

    closed(bench, qtbot)
    again = open_window()
    again.open_path(run)
    qtbot.waitUntil(lambda: again.run.advance.step == len(steps), timeout=WAIT)
    assert again.run.state is RunState.DONE
    assert len(again.train_page.curves.series("loss")) == len(steps)
    seen: list[Looked] = []
    again.run.looked.connect(seen.append)
    again.train_page.heads.probe_edited.emit("red pear plum")
    qtbot.waitUntil(lambda: bool(seen), timeout=WAIT)
    assert not seen[-1].trouble
    np.testing.assert_allclose(seen[-1].frames["cross"].weights.sum(-1), 1.0, atol=1e-5)
    comparison = again.train_page.heads.comparison
    click(qtbot, again.train_page.heads.tabs["encoder"])  # what the decoder writes may be longer for one of both
    click(qtbot, comparison.button)
    qtbot.keyClicks(comparison.text, "big pear plum")
    qtbot.waitUntil(lambda: comparison.choices["difference"].isEnabled(), timeout=WAIT)
    click(qtbot, comparison.choices["difference"])
    assert again.train_page.heads.heat.picture.scale == "signed"
    again.memory.look()
    assert again.window.bar.chips[2].text().endswith("GiB used")
    assert "MiB by the engine" in again.window.bar.chips[2].toolTip()


def test_stop_and_keep_then_continue(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=400)
    click(qtbot, bench.window.bar.main)
    qtbot.waitUntil(lambda: bench.run.advance.step > 5, timeout=WAIT)
    click(qtbot, bench.window.bar.stop)
    assert bench.run.state is RunState.STOPPING
    assert not bench.window.bar.stop.isEnabled()
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, timeout=WAIT)
    assert bench.window.bar.go_on.isVisible()
    reached = bench.run.advance.step
    click(qtbot, bench.window.bar.go_on)
    qtbot.waitUntil(lambda: bench.run.advance.step > reached + 5, timeout=WAIT)
    steps = bench.train_page.curves.series("loss").steps
    assert steps[0] == 1  # what was learned before is still on the screen
    assert len(steps) == bench.run.advance.step
    bench.session.stop()
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, timeout=WAIT)


def test_the_big_button_pauses_and_resumes(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=2_000)
    bench.window.action("train").trigger()
    qtbot.waitUntil(lambda: bench.run.advance.step > 3, timeout=WAIT)
    click(qtbot, bench.window.bar.main)
    qtbot.waitUntil(state(bench, RunState.PAUSED), timeout=WAIT)
    paused_at = bench.run.advance.step
    seen: list[Looked] = []
    bench.run.looked.connect(seen.append)
    field = bench.train_page.heads.probe
    field.clear()
    qtbot.keyClicks(field, "blue apple")
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].text == "blue apple", timeout=WAIT)
    assert bench.run.advance.step == paused_at
    assert field.text() == "blue apple"
    click(qtbot, bench.window.bar.main)
    qtbot.waitUntil(lambda: bench.run.advance.step > paused_at, timeout=WAIT)


def test_closing_while_training_asks_stops_and_keeps(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=2_000)
    bench.train()
    qtbot.waitUntil(lambda: bench.run.advance.step > 3, timeout=WAIT)
    bench.window.close()
    box = bench.window.findChild(QMessageBox)
    assert box is not None
    assert bench.window.isVisible()
    assert bench.run.live
    box.buttons()[0].click()
    qtbot.waitUntil(lambda: bench.ended, timeout=WAIT)
    assert bench.shown.path is not None
    assert (bench.shown.path / "model" / "model.safetensors").is_file()


def test_closing_can_be_thought_better_of(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=2_000)
    bench.train()
    qtbot.waitUntil(lambda: bench.run.advance.step > 3, timeout=WAIT)
    bench.window.close()
    box = bench.window.findChild(QMessageBox)
    assert box is not None
    box.buttons()[1].click()
    reached = bench.run.advance.step
    qtbot.waitUntil(lambda: bench.run.advance.step > reached + 3, timeout=WAIT)
    assert bench.window.isVisible()


def test_a_failed_run_says_what_and_how_to_mend_and_the_window_lives_on(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "regression"))
    small(bench, learning_rate=100.0, optimizer="sgd", clip=0.0, epochs=1_000)
    bench.train()
    qtbot.waitUntil(state(bench, RunState.FAILED), timeout=WAIT)
    notice = bench.train_page.notice
    assert notice.isVisible()
    assert "loss" in notice.what.text()
    assert notice.mend.text()
    qtbot.waitUntil(lambda: not bench.session.at_work, timeout=WAIT)
    small(bench, learning_rate=0.001, optimizer="adamw", clip=1.0, epochs=1)
    bench.train()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    assert not notice.isVisible()


def test_an_impossible_setting_is_said_on_the_model_page_and_stops_train(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    bench.draft.set("model", "d_model", 130)
    assert not bench.window.bar.main.isEnabled()
    assert [problem.field for problem in bench.draft.problems()] == ["model.d_model"]
    bench.window.action("undo").trigger()
    assert bench.window.bar.main.isEnabled()


def test_a_dropped_table_is_opened_and_remembered(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    bench.window.dropEvent(QDropEvent(QPointF(300, 300), copy, data, left, none))
    qtbot.waitUntil(lambda: bench.data.stage is Stage.READY, timeout=WAIT)
    assert bench.settings.recent == [str(table)]
    assert bench.window._menus["recent"].actions()[0].text() == str(table)


def test_a_recent_file_that_is_gone_stays_listed_and_is_explained(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_window()
    table = write_table(tmp_path, "text-classification")
    read(bench, qtbot, table)
    table.unlink()
    bench.window.set_recent(bench.settings.recent)
    assert "missing" in bench.window._menus["recent"].actions()[0].text()
    read(bench, qtbot, table)
    assert bench.data.stage is Stage.TROUBLE
    assert bench.data.trouble is not None
    assert bench.data.trouble.mend


def test_the_session_comes_back_as_it_was_left(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_window()
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    bench.draft.set("model", "layers", 3)
    bench.appearance.set_theme("dark")
    bench.appearance.set_language("zh_CN")
    bench.window.resize(1100, 700)
    closed(bench, qtbot)
    again = open_window()
    assert again.settings.theme == "dark"
    assert again.appearance.languages.current == "zh_CN"
    qtbot.waitUntil(lambda: again.data.stage is Stage.READY, timeout=WAIT)
    assert again.draft.value("model", "layers") == 3
    assert again.window.size().height() == 700  # the offscreen platform's screen is narrow


def test_what_was_set_up_is_kept_before_the_window_is_closed(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    """A window that is killed comes back with it."""
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    bench.draft.set("model", "layers", 3)
    qtbot.waitUntil(lambda: '"layers": 3' in store.load(bench.settings_path).draft, timeout=WAIT)


def test_the_run_that_was_shown_comes_back_with_its_heads(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_window()
    read(bench, qtbot, write_table(tmp_path, "seq2seq"))
    small(bench)
    bench.train()
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, timeout=WAIT)
    done = bench.run.advance.step
    closed(bench, qtbot)
    again = open_window()
    seen: list[Looked] = []
    again.run.looked.connect(seen.append)
    qtbot.waitUntil(lambda: again.run.advance.step == done, timeout=WAIT)
    qtbot.waitUntil(lambda: bool(seen), timeout=WAIT)
    assert set(seen[-1].frames) == {"encoder", "decoder", "cross"}


def test_presenting_hides_what_is_not_for_the_audience_and_escape_ends_it(bench: Workbench, qtbot: QtBot) -> None:
    window = bench.window
    window.show_page("train")
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    qtbot.waitUntil(lambda: window.width() == window.screen().geometry().width())  # 800 where no screen is there
    tabs = bench.train_page.tabs.values()
    qtbot.waitUntil(lambda: all(tab.width() >= tab.sizeHint().width() for tab in tabs))  # “dictio”, “ositio”
    assert not window.rail.isVisible()
    assert not window.menuBar().isVisible()
    assert window.action("present").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.rail.isVisible()
    assert not window.action("present").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    window.showNormal()  # the system takes it back
    qtbot.waitUntil(window.rail.isVisible)
    assert not window.action("present").isChecked()


def test_language_and_theme_change_while_the_window_is_open(bench: Workbench, qtbot: QtBot) -> None:
    bench.appearance.set_language("zh_CN")
    qtbot.waitUntil(lambda: bench.window.rail.buttons["data"].text() == "数据")
    bench.appearance.set_language("en")
    qtbot.waitUntil(lambda: bench.window.rail.buttons["data"].text() == "Data")
    bench.appearance.set_theme("dark")
    assert theme.theme_of(bench.train_page) is theme.DARK
    bench.appearance.set_theme("light")
    assert theme.theme_of(bench.train_page) is theme.LIGHT


def test_every_page_can_be_reached_by_keyboard(bench: Workbench, qtbot: QtBot) -> None:
    for key, name in ((Qt.Key.Key_2, "model"), (Qt.Key.Key_3, "train"), (Qt.Key.Key_1, "data")):
        qtbot.keyClick(bench.window, key, Qt.KeyboardModifier.ControlModifier)
        assert bench.window.page == name
