from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.recommendations import start_advice
from workbench.gui.widgets.start_choice import StartChoice


@pytest.fixture
def choice(qtbot: QtBot) -> StartChoice:
    made = StartChoice()
    qtbot.addWidget(made)
    made.show()
    made.show_start(None, from_hub=False)
    return made


def test_a_hub_name_is_asked_for_fetched_and_shown(qtbot: QtBot, choice: StartChoice) -> None:
    assert choice.scratch.isChecked()
    assert not choice.name.isVisible()
    qtbot.mouseClick(choice.hub, Qt.MouseButton.LeftButton)
    assert choice.hub.isChecked()
    choice.name.setText(" owner/model ")
    with qtbot.waitSignal(choice.hub_wanted) as asked:
        qtbot.keyClick(choice.name, Qt.Key.Key_Return)
    assert asked.args == ["owner/model"]
    choice.show_fetching("owner/model", 0.25)
    assert choice.share.value() == 25
    assert choice.stop.isVisible()
    assert not choice.name.isVisible()
    choice.show_fetched()
    choice.show_start("owner/model", from_hub=True)
    assert choice.hub.isChecked()
    assert "owner/model" in choice.says.text()
    assert not choice.stop.isVisible()


def test_a_download_can_be_cancelled(qtbot: QtBot, choice: StartChoice) -> None:
    qtbot.mouseClick(choice.hub, Qt.MouseButton.LeftButton)
    choice.show_fetching("owner/model", 0.5)
    with qtbot.waitSignal(choice.cancelled):
        qtbot.mouseClick(choice.stop, Qt.MouseButton.LeftButton)
    assert choice.name.isVisible()
    assert not choice.share.isVisible()


def test_few_rows_speak_for_a_pretrained_model_and_one_click_asks_for_its_name(qtbot: QtBot, choice: StartChoice) -> None:
    choice.show_start(None, from_hub=False, advice=start_advice("text-classification", 240))
    assert choice.says.text().startswith("Advised: with only 240 rows of ordinary language")
    qtbot.mouseClick(choice.follow, Qt.MouseButton.LeftButton)
    assert choice.name.isVisible()
    assert not choice.follow.isVisible()
    choice.show_start("owner/model", from_hub=True, advice=start_advice("text-classification", 240))
    assert "Advised" not in choice.says.text()
    assert not choice.follow.isVisible()


@pytest.mark.parametrize(
    ("task", "rows"), [("text-classification", 0), ("text-classification", 4_000), ("seq2seq", 240), (None, 240)]
)
def test_nothing_is_advised_without_a_reason(task: str | None, rows: int) -> None:
    assert not start_advice(task, rows)


def test_what_went_wrong_is_said_and_the_name_can_be_mended(qtbot: QtBot, choice: StartChoice) -> None:
    choice.name.setText("owner/modle")
    choice.show_fetching("owner/modle", 0.0)
    choice.show_trouble(WorkbenchError("the hub cannot be reached", mend="Go online."))
    assert "cannot be reached" in choice.says.text()
    assert choice.name.isVisible()
    assert choice.name.text() == "owner/modle"
    qtbot.mouseClick(choice.scratch, Qt.MouseButton.LeftButton)
    assert choice.scratch.isChecked()
    assert not choice.says.isVisible()
