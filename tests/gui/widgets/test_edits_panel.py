"""The panel of edits and the head's switch on a run model that is told what a training says."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.models.test_run_edits import RATE, Training
from workbench.contracts.edits import Edit, Head
from workbench.contracts.events import Finished
from workbench.contracts.frames import AttentionFrame
from workbench.gui.models.run_state import RunModel
from workbench.gui.theme import DARK, LIGHT, apply
from workbench.gui.widgets.edits_panel import EditsPanel
from workbench.gui.widgets.head_switch import HeadSwitch
from workbench.gui.widgets.head_wall import HeadWall


@pytest.fixture
def training(qapp: QApplication) -> Training:
    return Training(RunModel())


@pytest.fixture
def panel(training: Training, show) -> EditsPanel:  # type: ignore[no-untyped-def]
    made: EditsPanel = show(EditsPanel(training.edits), 480, 260)
    return made


def typed(panel: EditsPanel, qtbot: QtBot, box: str, text: str) -> None:
    field = getattr(panel, box)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_what_cannot_be_is_said_and_not_asked_for(panel: EditsPanel, training: Training, qtbot: QtBot) -> None:
    assert not panel.apply_button.isEnabled()
    typed(panel, qtbot, "dropout", "2")
    qtbot.keyClick(panel.dropout, Qt.Key.Key_Return)
    assert "less than 1" in panel.wrong.text()
    assert training.heard == []
    typed(panel, qtbot, "dropout", "0.2")
    assert panel.wrong.isHidden()
    panel.apply_button.click()
    assert training.heard == [Edit(what="dropout", value=0.2)]


def test_what_is_being_typed_stays_when_an_edit_comes_back(panel: EditsPanel, training: Training, qtbot: QtBot) -> None:
    typed(panel, qtbot, "rate", "0.5")
    training.make(Edit(what="dropout", value=0.3))
    assert panel.dropout.value() == 0.3
    assert panel.rate.value() == 0.5


def test_the_chosen_edit_is_undone_or_the_last(panel: EditsPanel, training: Training) -> None:
    training.make(RATE, Edit(what="dropout", value=0.3))
    panel.view.selectRow(1)  # the older one: the newest stands first
    panel.undo_button.click()
    assert training.heard[0].what == "learning_rate"
    training.answer()
    panel.undo_button.click()
    assert training.heard[0].what == "dropout"
    training.run.take([Finished(step=2, time=0.0, stopped="asked")])
    assert not panel.undo_button.isEnabled()
    assert not panel.rate.isEnabled()
    assert panel.model.rowCount() == 3


HEAD = Head("encoder", 1, 0)


@pytest.fixture
def wall(show) -> HeadWall:  # type: ignore[no-untyped-def]
    made: HeadWall = show(HeadWall(), 400, 300)
    weights = np.full((2, 3, 4, 4), 0.25, np.float32)
    made.set_frame(AttentionFrame(kind="encoder", weights=weights, queries=("a",) * 4, keys=("a",) * 4))
    made.choose(HEAD.layer, HEAD.head)
    return made


def switch_of(wall: HeadWall) -> HeadSwitch:
    switch = HeadSwitch(wall, wall)
    switch.set_states({}, {}, seen={}, possible=True)
    switch.show_head(HEAD)
    return switch


def test_keys_on_the_wall_switch_the_chosen_head(wall: HeadWall, qtbot: QtBot) -> None:
    switch, wanted = switch_of(wall), list[tuple[Head, str]]()
    switch.wanted.connect(lambda head, state: wanted.append((head, state)))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F, Qt.Key.Key_O):
        qtbot.keyClick(wall, key)
    assert wanted == [(HEAD, "off"), (HEAD, "frozen")]  # it is on
    switch.set_states({HEAD: "off"}, {HEAD: "off"}, seen={HEAD: "off"}, possible=True)
    qtbot.keyClick(wall, Qt.Key.Key_Delete)
    assert wanted[-1] == (HEAD, "on")
    switch.set_states({}, {}, seen={}, possible=False)
    qtbot.keyClick(wall, Qt.Key.Key_Delete)
    assert len(wanted) == 3


def test_the_menu_of_a_head_opens_at_it_and_chooses_it(wall: HeadWall, qtbot: QtBot) -> None:
    switch, chosen = switch_of(wall), list[tuple[int, int]]()
    wall.head_chosen.connect(lambda layer, head: chosen.append((layer, head)))
    place = wall.place_of(0, 2).center().toPoint()
    for reason, at in ((QContextMenuEvent.Reason.Mouse, place), (QContextMenuEvent.Reason.Keyboard, QPoint())):
        target = wall.viewport() if reason == QContextMenuEvent.Reason.Mouse else wall
        QApplication.sendEvent(target, QContextMenuEvent(reason, at, target.mapToGlobal(at)))
        assert switch.menu().isVisible(), reason
        switch.menu().close()
    assert chosen == [(0, 2)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_heads_that_are_off_or_frozen_are_seen_without_colour(wall: HeadWall, qapp: QApplication, theme) -> None:  # type: ignore[no-untyped-def]
    apply(qapp, theme)
    grey = []
    for states in ({}, {(0, 1): "off"}, {(0, 1): "frozen"}):
        wall.mark(states)
        image = wall.viewport().grab(wall.place_of(0, 1).toRect()).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        grey.append(np.array(image.constBits(), np.int16).reshape(image.height(), -1)[:, : image.width()])
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert (np.abs(grey[one] - grey[other]) > 40).sum() > 30
