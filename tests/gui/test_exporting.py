"""The model of a run handed on, through the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, Open, closed, read, small, state
from tests.tables import write_table
from workbench.gui.models.run_state import RunState


def test_a_trained_model_is_exported_refused_folders_are_said_and_the_result_is_shown(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    bench = open_window()
    action = bench.window.action("export-model")
    assert not action.isEnabled()
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    qtbot.waitUntil(lambda: bench.loaded, timeout=WAIT)
    small(bench)
    bench.train()
    assert not action.isEnabled()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    qtbot.waitUntil(action.isEnabled, timeout=WAIT)
    action.trigger()
    dialog = bench.exporting.dialog
    assert dialog is not None
    dialog.choose(tmp_path)
    target = dialog.folder
    assert target.parent == tmp_path
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.working
    qtbot.waitUntil(lambda: not dialog.working, timeout=WAIT)
    assert "no probability moved by more than 0" in dialog.says.text()
    assert (target / "use.py").is_file()
    assert dialog.folder != target  # the next one gets a name of its own
    dialog.grab().save(str(tmp_path / "export.png"))
    dialog.close()
    assert bench.exporting.dialog is None
    closed(bench, qtbot)
