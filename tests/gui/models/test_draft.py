"""The experiment being set up: several settings at once are one step."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from workbench.gui.models.draft import Draft


def test_several_settings_are_changed_and_undone_as_one_step(qtbot: QtBot) -> None:
    draft = Draft()
    draft.set("data", "table", "a.csv")
    draft.set("data", "header", True)
    before = draft.given
    with qtbot.waitSignal(draft.changed):
        draft.change({"data": {"encoding": "gb18030", "header": None}, "train": {"seed": 3}})
    assert draft.given["data"] == {"table": "a.csv", "encoding": "gb18030"}
    assert draft.given["train"] == {"seed": 3}
    draft.undo()
    assert draft.given == before
    draft.redo()
    assert draft.given["train"] == {"seed": 3}


def test_a_change_that_changes_nothing_is_no_step(qtbot: QtBot) -> None:
    draft = Draft()
    draft.set("data", "table", "a.csv")
    with qtbot.assertNotEmitted(draft.changed):
        draft.change({"data": {"table": "a.csv", "encoding": None}, "train": {}})
    draft.undo()
    assert draft.given["data"] == {}
