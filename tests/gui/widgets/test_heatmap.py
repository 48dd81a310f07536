"""One head large: right way round, exact values under the cursor, zoom that neither loses nor invents cells."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import one_cell, pixel, random_frame
from workbench.gui.theme import LIGHT
from workbench.gui.widgets.heat_picture import Span
from workbench.gui.widgets.heatmap import Cell, HeatMap


@pytest.fixture
def heat(show) -> HeatMap:  # type: ignore[no-untyped-def]
    made = show(HeatMap(), 520, 420)
    assert isinstance(made, HeatMap)
    frame = random_frame(queries=12, keys=20)
    made.set_head(frame.weights[0, 0], frame.queries, frame.keys)
    return made


def wheel(heat: HeatMap, at: QPointF, notches: int) -> None:
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, heat.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(heat, event)


def test_queries_run_down_and_keys_across(heat: HeatMap) -> None:
    frame = one_cell(1, 7)
    heat.set_head(frame.weights[0, 0], frame.queries, frame.keys)
    image = heat.grab().toImage()
    for query in range(6):
        for key in range(9):
            middle = heat.cell_place(query, key).center()
            assert pixel(image, middle.x(), middle.y()) == (LIGHT.deepest if (query, key) == (1, 7) else LIGHT.panel)


def test_cells_of_a_small_head_have_crisp_edges(heat: HeatMap) -> None:
    frame = one_cell(1, 7)
    heat.set_head(frame.weights[0, 0], frame.queries, frame.keys)
    image, cell = heat.grab().toImage(), heat.cell_place(1, 7)
    assert pixel(image, cell.left() + 0.5, cell.center().y()) == LIGHT.deepest
    assert pixel(image, cell.left() - 0.5, cell.center().y()) == LIGHT.panel


def test_the_value_under_the_mouse_is_exact(heat: HeatMap, qtbot: QtBot) -> None:
    weights = heat.picture.weights
    for query, key in [(0, 0), (3, 17), (11, 19)]:
        with qtbot.waitSignal(heat.cell_hovered) as heard:
            qtbot.mouseMove(heat, heat.cell_place(query, key).center().toPoint())
        cell = heard.args[0]
        assert isinstance(cell, Cell)
        assert (cell.query, cell.key, cell.query_token, cell.key_token) == (query, key, f"q{query}", f"k{key}")
        assert cell.weight == weights[query, key]
        exact = [float(weight) for weight in weights[query] if weight > 0]
        assert cell.row_entropy == pytest.approx(-sum(weight * math.log(weight) for weight in exact), abs=1e-9)


def test_leaving_says_so(heat: HeatMap, qtbot: QtBot) -> None:
    qtbot.mouseMove(heat, heat.cell_place(2, 2).center().toPoint())
    with qtbot.waitSignal(heat.cell_hovered) as heard:
        qtbot.mouseMove(heat, QPoint(1, 1))
    assert heard.args == [None]


def test_new_weights_tell_a_resting_cursor_their_value(heat: HeatMap, qtbot: QtBot) -> None:
    qtbot.keyClick(heat, Qt.Key.Key_Right)
    frame = random_frame(queries=12, keys=20, seed=5)
    with qtbot.waitSignal(heat.cell_hovered) as heard:
        heat.set_head(frame.weights[1, 1], frame.queries, frame.keys)
    assert heard.args[0].weight == frame.weights[1, 1, 0, 0]
    with qtbot.waitSignal(heat.cell_hovered) as heard:
        heat.set_head(None)
    assert heard.args == [None]


def test_arrows_move_the_cursor_and_stop_at_the_edge(heat: HeatMap, qtbot: QtBot) -> None:
    for key in [Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left]:
        qtbot.keyClick(heat, key)
    assert heat.cell is not None
    assert (heat.cell.query, heat.cell.key) == (1, 0)


def test_the_wheel_keeps_the_cell_beneath_it(heat: HeatMap) -> None:
    at = heat.cell_place(8, 15).center()
    for _ in range(30):
        wheel(heat, at, 1)
        seen = heat.picture.seen
        assert seen.top <= 8 < seen.bottom
        assert seen.left <= 15 < seen.right
        at = heat.cell_place(8, 15).center()
    assert (heat.picture.seen.rows, heat.picture.seen.columns) == (2, 2)
    for _ in range(60):
        if heat.picture.span is not None:
            wheel(heat, heat.cell_place(heat.picture.seen.top, heat.picture.seen.left).center(), -1)
    assert heat.picture.span is None


def test_a_rectangle_zooms_to_its_cells_and_a_double_click_shows_all(heat: HeatMap, qtbot: QtBot) -> None:
    start, end = (heat.cell_place(*cell).center().toPoint() for cell in ((9, 12), (4, 3)))
    qtbot.mousePress(heat, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(heat, end)
    qtbot.mouseRelease(heat, Qt.MouseButton.LeftButton, pos=end)
    assert heat.picture.span == Span(top=4, bottom=10, left=3, right=13)
    middle = heat.cell_place(4, 3).center()
    qtbot.mouseMove(heat, middle.toPoint())
    assert heat.cell is not None
    assert (heat.cell.query, heat.cell.key) == (4, 3)
    qtbot.mouseDClick(heat, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert heat.picture.span is None


def test_zoom_stays_while_training_moves_and_ends_with_another_text(heat: HeatMap) -> None:
    heat.zoom_to(Span(top=2, bottom=6, left=3, right=8))
    frame = random_frame(queries=12, keys=20, seed=7)
    heat.set_head(frame.weights[0, 0], frame.queries, frame.keys)
    assert heat.picture.span == Span(top=2, bottom=6, left=3, right=8)
    other = random_frame(queries=5, keys=5)
    heat.set_head(other.weights[0, 0], other.queries, other.keys)
    assert heat.picture.span is None


@pytest.mark.parametrize("seed", range(8))
def test_no_wild_sequence_of_zooms_leaves_the_picture(heat: HeatMap, qtbot: QtBot, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        act = chance.randrange(4)
        if act == 0:
            sides = [chance.randint(-5, 30) for _ in range(4)]
            heat.zoom_to(Span(top=sides[0], bottom=sides[1], left=sides[2], right=sides[3]))
        elif act == 1:
            qtbot.keyClick(heat, chance.choice([Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Escape]))
        elif act == 2:
            qtbot.keyClick(heat, chance.choice([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down]))
        else:
            frame = random_frame(queries=chance.randint(1, 15), keys=chance.randint(1, 25), seed=seed)
            heat.set_head(frame.weights[0, 0], frame.queries, frame.keys)
        seen, (queries, keys) = heat.picture.seen, heat.picture.weights.shape
        assert 0 <= seen.top < seen.bottom <= queries
        assert 0 <= seen.left < seen.right <= keys
        assert heat.picture.cell_at(heat.cell_place(seen.top, seen.left).center(), heat.size().toSizeF()) == (seen.top, seen.left)
    heat.grab()


@pytest.mark.parametrize("size", [(200, 160), (900, 200), (260, 700)])
@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 3), (700, 700)])
def test_cells_and_bar_stay_inside_at_any_size(heat: HeatMap, size: tuple[int, int], shape: tuple[int, int]) -> None:
    frame = random_frame(layers=1, heads=1, queries=shape[0], keys=shape[1])
    heat.resize(*size)
    heat.set_head(frame.weights[0, 0], frame.queries, frame.keys)
    plot = heat.picture.plot(heat.size().toSizeF())
    assert plot.left() > 0
    assert plot.top() >= 0
    assert plot.right() < size[0]
    assert plot.bottom() < size[1]
    heat.grab()


def test_live_memory_is_copied_and_wrong_shapes_are_refused(heat: HeatMap) -> None:
    live = np.zeros((2, 2), np.float32)
    heat.set_head(live, ("a", "b"), ("c", "d"))
    live[:] = 1
    assert heat.picture.weights.max() == 0
    with pytest.raises(ValueError, match="do not fit"):
        heat.set_head(live, ("a",), ("c", "d"))
    with pytest.raises(ValueError, match="cubic"):
        heat.set_scale("cubic")
