"""The blackboard of one cell: every number stands there, a change shows its consequence at once, and an error is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.gui.cells import made_cell
from workbench.gui.widgets.arithmetic import STRIPS, Arithmetic
from workbench.gui.widgets.number_strip import NumberStrip, number
from workbench.gui.widgets.token_axis import TokenAxis

QUERIES, KEYS = ("q0", "שלום"), ("k0", "k1", "k2", "k3", "k4")


@pytest.fixture
def board(show) -> Arithmetic:  # type: ignore[no-untyped-def]
    made = show(Arithmetic(), 900, 700)
    assert isinstance(made, Arithmetic)
    made.set_cell(made_cell(), QUERIES, KEYS)
    return made


def test_every_step_stands_on_the_board(board: Arithmetic) -> None:
    cell = made_cell()
    first, second = (label.text() for label in board.formulas.values())
    for value in (cell.dot, cell.scaled, cell.score):
        assert number(value) in first
    assert "1/√4" in first
    for value in (cell.largest, cell.total, cell.weight):
        assert number(value) in second
    assert number(cell.weight) in board.heading.text()
    assert "\u2068שלום\u2069" in board.heading.text()  # from right to left, and the sentence is not turned
    assert board.numbers["q"].value() == pytest.approx(cell.q[0], abs=5e-5)


def test_a_typed_number_shows_its_consequence_beside_the_models_own(board: Arithmetic) -> None:
    assert board.state is not None
    before = board.state.before
    board.strips["q"].number_chosen.emit(1)
    board.numbers["q"].setValue(2.5)
    now = board.state.now
    assert now.q[1] == 2.5
    assert f"{number(before.dot)} → {number(now.dot)}" in board.formulas[3].text()
    assert f"{number(before.weight)} → {number(now.weight)}" in board.formulas[5].text()
    assert number(board.state.moved) in board.check.text()
    assert board.reset_button.isEnabled()
    board.reset_button.click()
    assert "→" not in board.formulas[3].text()
    assert not board.reset_button.isEnabled()
    assert board.numbers["q"].value() == pytest.approx(before.q[1], abs=5e-5)


def test_showing_a_number_does_not_change_it(board: Arithmetic) -> None:
    assert board.state is not None
    for place in range(4):
        for name in ("q", "v"):
            board.strips[name].number_chosen.emit(place)
    assert not board.state.changed  # boxes round to four places, and that is no edit
    assert {board.strips[name].chosen for name in ("v", "share", "output")} == {3}


def test_keys_and_dragging_change_a_number(board: Arithmetic, qtbot: QtBot) -> None:
    assert board.state is not None
    strip = board.strips["k"]
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.chosen == board.strips["q"].chosen == 1
    was = strip.value
    qtbot.keyClick(strip, Qt.Key.Key_Up)
    assert board.state.now.k[1] > was
    bar = strip.scale().bar(2, 0.0)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=bar.center().toPoint())
    qtbot.mouseMove(strip, bar.center().toPoint())
    assert board.state.now.k[2] == pytest.approx(0.0, abs=0.1)
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton)
    qtbot.keyClick(board.strips["product"], Qt.Key.Key_Up)  # follows from the others
    assert board.state.now.product[2] == pytest.approx(board.state.now.q[2] * board.state.now.k[2])


def test_a_number_dragged_beyond_the_others_does_not_run_away(board: Arithmetic, qtbot: QtBot) -> None:
    assert board.state is not None
    strip = board.strips["q"]
    reach = float(np.abs(strip.scale().largest))
    top = strip.scale().bar(0, 0.0).center().toPoint()
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=top)
    for place in range(6):
        qtbot.mouseMove(strip, QPoint(top.x() + place % 2, -40))
    assert 0 < board.state.now.q[0] <= 1.5 * reach + 1e-9
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton)


def test_a_long_row_is_measured_once_and_not_for_every_bar(board: Arithmetic, monkeypatch: pytest.MonkeyPatch) -> None:
    board.set_cell(made_cell(512, 64), QUERIES, tuple(f"k{n}" for n in range(512)))
    board.grab()
    planned, plan = [], TokenAxis.plan
    monkeypatch.setattr(TokenAxis, "plan", lambda *given: planned.append(given) or plan(*given))
    board.numbers["q"].setValue(1.25)
    board.grab()
    assert 0 < len(planned) <= 2


def test_another_key_of_the_row_is_asked_for(board: Arithmetic, qtbot: QtBot) -> None:
    strip = board.strips["weights"]
    with qtbot.waitSignal(board.key_chosen) as heard:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.scale().bar(4, 0.5).center().toPoint())
    assert heard.args == [4]


def test_masks_caps_and_sinks_are_part_of_the_sentence(board: Arithmetic) -> None:
    hidden = replace(made_cell(masked=True), key=4)
    board.set_cell(hidden, QUERIES, KEYS)
    assert "−∞" in board.formulas[3].text()
    assert hidden.weight == 0
    board.set_cell(made_cell(softcap=2.0), QUERIES, KEYS)
    assert "capped at 2.000" in board.formulas[3].text()
    board.set_cell(made_cell(sink=0.7), QUERIES, KEYS)
    assert "sink" in board.formulas[5].text()
    blind = replace(made_cell(), added=np.full(5, -np.inf), scores=np.full(5, -np.inf), weights=np.zeros(5))
    board.set_cell(blind, QUERIES, KEYS)
    assert "no key" in board.formulas[5].text()
    board.grab()


def test_a_wrong_result_is_not_shown_without_a_warning(board: Arithmetic) -> None:
    assert board.check.objectName() == "facts"
    cell = made_cell()
    board.set_cell(replace(cell, used=cell.used + 0.01), QUERIES, KEYS)
    assert board.check.objectName() == "attention"
    assert "do not trust" in board.check.text()


def test_unseen_values_are_said(board: Arithmetic) -> None:
    board.show_unseen()
    assert board.state is None
    assert "not seen" in board.nothing.text()
    board.set_cell(made_cell(), QUERIES, KEYS)
    assert board.state is not None
    with pytest.raises(ValueError, match="do not fit"):
        board.set_cell(made_cell(), QUERIES, KEYS[:3])


@pytest.mark.parametrize("size", [1, 64, 256])
@pytest.mark.parametrize("keys", [1, 700])
def test_any_size_is_drawn(board: Arithmetic, size: int, keys: int) -> None:
    board.set_cell(made_cell(keys, size), QUERIES, tuple(f"k{n}" for n in range(keys)))
    board.grab()
    for name in STRIPS:
        strip = board.strips[name]
        last = strip.scale().bar(len(getattr(made_cell(keys, size), name)) - 1, 0.0)
        assert last.left() < strip.width()


def test_strips_of_different_length_are_refused(qtbot: QtBot) -> None:
    strip = NumberStrip()
    qtbot.addWidget(strip)
    with pytest.raises(ValueError, match="do not fit"):
        strip.set_numbers(np.zeros(2), np.zeros(3))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.000"), (-1.5, "−1.500"), (12.345, "12.3"), (1e-5, "1e-05"), (np.inf, "∞"), (-np.inf, "−∞"), (123456.0, "1.23e+05")],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_nothing_is_cut_in_the_width_that_a_small_window_leaves(show) -> None:  # type: ignore[no-untyped-def]
    board = show(Arithmetic(), 445, 400)
    board.set_cell(made_cell(), QUERIES, KEYS)
    bar = board._scroll.horizontalScrollBar()
    assert bar.maximum() == 0
    board.strips["q"].number_chosen.emit(1)
    board.numbers["q"].setValue(-123.4567)
    assert bar.maximum() == 0
