"""The scrubber: mouse and keyboard reach every moment, marks say what changed."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.windows import alone
from workbench.contracts.film import ChangePoint
from workbench.gui import theme
from workbench.gui.appearance import PRESENTED
from workbench.gui.models.curves import Curves
from workbench.gui.models.film_state import FilmState, Rise
from workbench.gui.models.run_state import RunModel
from workbench.gui.theme import LIGHT, style_sheet
from workbench.gui.widgets.giving_way import width_of
from workbench.gui.widgets.scrubber import Scrubber

CHANGE = ChangePoint(kind="decoder", layer=1, head=0, name="induction", before=300, after=340, at=310.0)


@pytest.fixture
def scrubber(qtbot: QtBot) -> Scrubber:
    state = FilmState()
    made = Scrubber(state, RunModel(), Curves)
    state.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 60)
    return made


def filled(scrubber: Scrubber, qtbot: QtBot) -> FilmState:
    scrubber._state.set_film(np.arange(0, 1_001, 20, dtype=np.int64), (CHANGE,))
    with qtbot.waitExposed(scrubber):
        scrubber.show()
    return scrubber._state


def test_it_is_in_sight_only_with_a_film(scrubber: Scrubber, qtbot: QtBot) -> None:
    assert scrubber.isHidden()
    state = filled(scrubber, qtbot)
    assert scrubber.isVisible()
    state.clear()
    assert scrubber.isHidden()


def test_click_drag_and_keys_choose_moments(scrubber: Scrubber, qtbot: QtBot) -> None:
    state, track = filled(scrubber, qtbot), scrubber.track
    low = track.height() - 5
    qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=QPoint(round(track.x_of(501)), low))
    assert state.step == 500
    assert not scrubber.live.isChecked()
    assert "500" in scrubber.where.text()
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton)
    for key, step in (
        (Qt.Key.Key_Right, 520), (Qt.Key.Key_Left, 500), (Qt.Key.Key_PageDown, 700), (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 1_000),
    ):  # fmt: skip
        qtbot.keyClick(track, key)
        assert state.step == step
    qtbot.keyClick(track, Qt.Key.Key_Space)
    assert state.playing
    qtbot.keyClick(track, Qt.Key.Key_Escape)
    assert state.step is None
    assert scrubber.live.isChecked()
    qtbot.mouseClick(scrubber.live, Qt.MouseButton.LeftButton)
    assert scrubber.live.isChecked()


def test_a_mark_is_found_and_leads_to_the_moment_past_its_change(scrubber: Scrubber, qtbot: QtBot) -> None:
    state, track = filled(scrubber, qtbot), scrubber.track
    here = QPointF(track.x_of(310) + 3, 6)
    assert track.change_at(here) is CHANGE
    assert track.change_at(QPointF(track.x_of(310), track.height() - 4)) is None
    qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=here.toPoint())
    assert state.step == 340
    assert not track.grab().isNull()


def test_changes_are_listed_in_order_behind_when_the_score_rose(scrubber: Scrubber, qtbot: QtBot) -> None:
    state = filled(scrubber, qtbot)
    state.set_rise(Rise(metric="exact_match", before=400, after=500, low=0.1, high=0.9))
    assert "2" in scrubber.changes.text()
    scrubber._list_changes()
    first, second = (action for action in scrubber._menu.actions() if not action.isSeparator())
    rose = "The model learned most here: Exact match went from 10.0 % to 90.0 % between steps 400 and 500"
    became = "Decoder, layer 2 head 1 became an induction head between steps 300 and 340: it finds what followed the last time"
    assert (first.text(), second.text()) == (rose, became)
    first.trigger()
    assert state.step == 500
    assert scrubber.track.hasFocus()  # arrow keys go on from here
    assert scrubber.story.text() == rose
    with qtbot.waitSignal(state.change_chosen) as chosen:
        second.trigger()
    assert chosen.args == [CHANGE]
    assert state.step == 340
    assert scrubber.story.text() == became
    state.seek_step(280)
    assert "Drag the line" in scrubber.story.text()


def test_a_form_to_save_is_told(scrubber: Scrubber, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scrubber.save.wanted) as told:
        scrubber.save.forms["html"].trigger()
    assert told.args == ["html"]


def test_pinned_texts_are_offered_where_there_are_several(scrubber: Scrubber, qtbot: QtBot) -> None:
    state = filled(scrubber, qtbot)
    state.set_texts(("one",))
    assert scrubber.text.isHidden()
    state.set_texts(("one", "a text that is far too long to stand in a box"))
    assert scrubber.text.isVisible()
    assert scrubber.text.count() == 2
    assert scrubber.text.itemText(1).endswith("…")
    scrubber.text.setCurrentIndex(1)
    assert (state.text, state.step) == (1, 1_000)


def test_scrubbing_lays_nothing_out_anew(scrubber: Scrubber, qtbot: QtBot) -> None:
    """Else the loss would be reckoned and drawn anew at every moment."""
    state, widths = filled(scrubber, qtbot), set()
    state.set_film(np.arange(0, 1_000_001, 20_000, dtype=np.int64))
    for index in range(len(state.steps)):
        state.seek(index)
        QApplication.processEvents()
        widths.add(scrubber.track.width())
    assert len(widths) == 1


def test_what_is_told_of_a_moment_moves_nothing(scrubber: Scrubber, qtbot: QtBot) -> None:
    """Else the window twitched, and was drawn twice, wherever a change came before the moment or none did."""
    scrubber.setStyleSheet(style_sheet(LIGHT))
    state, heights = filled(scrubber, qtbot), set()
    for step in (280, 340, 280, 1_000):
        state.seek_step(step)
        QApplication.processEvents()
        heights.add((scrubber.story.height(), scrubber.sizeHint().height()))
    assert len(heights) == 1


@pytest.mark.parametrize("scale", [1.0, PRESENTED])
def test_no_button_is_ever_cut(qapp: QApplication, show, scale: float) -> None:  # type: ignore[no-untyped-def]
    """“hanges (1!” on a projector of 800 pixels: now what can be done elsewhere gives way, and comes back."""
    theme.apply(qapp, theme.LIGHT, scale)
    state = FilmState()
    scrubber = Scrubber(state, RunModel(), Curves)
    state.setParent(scrubber)
    room = show(alone(scrubber), 1_600, 80)
    state.set_film(np.arange(0, 1_001, 20, dtype=np.int64), (CHANGE,))
    state.seek(5)
    parts = (scrubber.play, scrubber.where, scrubber.changes, scrubber.save, scrubber.beside, scrubber.live)
    for width in (1_600, 960, 800, 640):
        room.resize(width, 80)
        QApplication.processEvents()
        for part in parts:
            assert part.isHidden() or part.width() >= width_of(part), (width, part)
        assert scrubber.changes.isVisible()
        assert scrubber.live.isVisible()
        assert scrubber.track.width() >= 140
        assert scrubber.where.toolTip() == "step 100 · 6 of 51"
        assert scrubber.live.geometry().right() < width
    assert not scrubber.beside.isVisible()
    room.resize(1_600, 80)
    assert all(part.isVisible() for part in parts)
