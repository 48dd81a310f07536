"""The wall: right way round, always readable, chosen by mouse and keys, cheap to feed."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import one_cell, pixel, random_frame
from workbench.contracts.frames import AttentionFrame
from workbench.gui import theme
from workbench.gui.theme import DARK, LIGHT
from workbench.gui.widgets.head_wall import HeadWall
from workbench.gui.widgets.wall_layout import SMALLEST, Layout


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_queries_run_down_and_keys_across(show, qapp: QApplication, look: theme.Theme) -> None:  # type: ignore[no-untyped-def]
    theme.apply(qapp, look)
    wall = show(HeadWall(), 500, 400)
    wall.set_frame(one_cell(1, 7))
    image = wall.viewport().grab().toImage()
    tile = wall.place_of(0, 0)
    high, wide = tile.height() / 6, tile.width() / 9
    assert pixel(image, tile.left() + 7.5 * wide, tile.top() + 1.5 * high) == look.deepest
    assert pixel(image, tile.left() + 1.5 * wide, tile.top() + 5.5 * high) == look.panel


@pytest.mark.parametrize(
    "shape", [(1, 1, 1, 1), (2, 4, 10, 10), (24, 16, 40, 40), (6, 6, 1, 200), (6, 6, 200, 1), (12, 12, 33, 70)]
)
@pytest.mark.parametrize("room", [(200, 120), (640, 300), (1900, 900)])
def test_no_tile_is_lost_or_too_small_and_no_name_is_cut(
    qapp: QApplication, shape: tuple[int, int, int, int], room: tuple[int, int]
) -> None:
    letters = QFontMetricsF(HeadWall()._letters())
    layout = Layout.fit(shape, QSize(*room), letters)
    tiles = [layout.place(layer, head) for layer in range(shape[0]) for head in range(shape[1])]
    whole = QRectF(0, 0, layout.size.width(), layout.size.height())
    assert all(whole.contains(tile) for tile in tiles)
    assert max(layout.tile.width(), layout.tile.height()) >= SMALLEST
    assert layout.across > letters.horizontalAdvance(f"{shape[0]}·{shape[1]}")
    assert layout.down - layout.tile.height() > letters.height()
    for number, tile in enumerate(tiles):
        assert layout.at(tile.center()) == divmod(number, shape[1])


def test_tiles_keep_the_aspect_of_query_by_key(qapp: QApplication) -> None:
    layout = Layout.fit((2, 2, 30, 60), QSize(600, 500), QFontMetricsF(HeadWall()._letters()))
    assert layout.tile.width() / layout.tile.height() == pytest.approx(2, rel=0.05)


def test_all_heads_of_minilm_are_on_a_small_screen_at_once(qapp: QApplication) -> None:
    room = QSize(620, 360)  # what a window of 1280 × 800 leaves
    layout = Layout.fit((6, 12, 128, 128), room, QFontMetricsF(HeadWall()._letters()))
    assert layout.size.height() <= room.height()
    assert layout.size.width() <= room.width()


def test_many_heads_scroll_and_the_chosen_one_is_brought_into_sight(show) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 420, 260)
    wall.set_frame(random_frame(layers=24, heads=16))
    assert wall.verticalScrollBar().maximum() > 0
    for layer, head in [(23, 15), (0, 0), (12, 7)]:
        wall.choose(layer, head)
        assert QRectF(wall.viewport().rect()).contains(wall.place_of(layer, head))


def test_a_click_chooses_and_a_gap_does_not(show, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 500, 300)
    wall.set_frame(random_frame())
    with qtbot.waitSignal(wall.head_chosen) as heard:
        qtbot.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=wall.place_of(1, 2).center().toPoint())
    assert heard.args == [1, 2]
    assert wall.chosen == (1, 2)
    with qtbot.assertNotEmitted(wall.head_chosen):
        qtbot.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        wall.choose(0, 0)


def test_arrow_keys_walk_the_heads_and_stop_at_the_edge(show, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 500, 300)
    wall.set_frame(random_frame(layers=2, heads=2))
    wall.choose(0, 0)
    seen: list[tuple[int, int]] = []
    wall.head_chosen.connect(lambda layer, head: seen.append((layer, head)))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(wall, key)
    assert seen == [(0, 1), (1, 1), (1, 0)]


def test_the_chosen_tile_has_a_frame_three_pixels_wide(show) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 500, 300)
    wall.set_frame(random_frame())
    wall.choose(0, 1)
    image, tile = wall.viewport().grab().toImage(), wall.place_of(0, 1)
    for away in (1, 2, 3):
        assert pixel(image, tile.left() - away, tile.center().y()) == LIGHT.accent
    other = wall.place_of(1, 1)
    assert pixel(image, other.left() - 2, other.center().y()) != LIGHT.accent


def test_a_new_frame_of_the_same_shape_is_drawn(show) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 400, 300)
    for query, key in [(0, 0), (5, 8), (2, 3)] * 3:  # the old frame dies: nothing may be remembered by its address
        wall.set_frame(one_cell(query, key))
        image, tile = wall.viewport().grab().toImage(), wall.place_of(0, 0)
        x, y = tile.left() + (key + 0.5) * tile.width() / 9, tile.top() + (query + 0.5) * tile.height() / 6
        assert pixel(image, x, y) == LIGHT.deepest


def test_writing_into_the_array_afterwards_changes_no_picture(show) -> None:  # type: ignore[no-untyped-def]
    live = np.zeros((1, 1, 4, 4), np.float32)
    wall = show(HeadWall(), 300, 300)
    wall.set_frame(AttentionFrame(kind="encoder", weights=live, queries=tuple("abcd"), keys=tuple("abcd")))
    live[:] = 1
    middle = wall.place_of(0, 0).center()
    assert pixel(wall.viewport().grab().toImage(), middle.x(), middle.y()) == LIGHT.panel


def test_scales_change_the_picture_and_an_unknown_one_is_refused(show) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 300, 300)
    weights = np.full((1, 1, 4, 4), 0.01, np.float32)
    wall.set_frame(AttentionFrame(kind="encoder", weights=weights, queries=tuple("abcd"), keys=tuple("abcd")))
    middle = wall.place_of(0, 0).center()
    colours = []
    for scale in ("linear", "log", "row"):
        wall.set_scale(scale)
        colours.append(pixel(wall.viewport().grab().toImage(), middle.x(), middle.y()))
    assert len(set(colours)) == 3
    assert colours[2] == LIGHT.deepest
    with pytest.raises(ValueError, match="cubic"):
        wall.set_scale("cubic")


def test_a_head_is_described_with_its_score_and_chance() -> None:
    eye = np.eye(8, k=-1, dtype=np.float32)[None, None] * 0.9 + 0.1 / 8
    wall = HeadWall()
    wall.set_frame(AttentionFrame(kind="encoder", weights=eye, queries=tuple("abcdefgh"), keys=tuple("abcdefgh")))
    words = wall.describe(0, 0)
    assert words.startswith("Layer 1 · head 1\nlooks at the token before: 0.80 (chance 0.11)")


def test_nothing_to_show_is_explained(show, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 400, 200)
    before = wall.viewport().grab().toImage()
    wall.show_nothing("This model's attention cannot be seen.")
    assert wall.viewport().grab().toImage() != before
    qtbot.keyClick(wall, Qt.Key.Key_Right)
    qtbot.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton)
    assert wall.chosen is None


def test_repaints_keep_the_counts_of_none_and_true(show) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 200, 160)
    frames = [random_frame(queries=4, keys=4, seed=seed) for seed in (0, 1)]
    for number in range(50):
        wall.set_frame(frames[number % 2])
        wall.viewport().repaint()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(5000):
        wall.set_frame(frames[number % 2])
        wall.viewport().repaint()
        wall.setEnabled(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] == pytest.approx(before[0], abs=5)
    assert after[1] == pytest.approx(before[1], abs=5)


_AT_TWICE = """
from PySide6.QtWidgets import QApplication
from tests.gui.widgets.pictures import one_cell, pixel
from workbench.gui import theme
from workbench.gui.widgets.head_wall import HeadWall
app = QApplication([])
theme.apply(app, theme.LIGHT)
wall = HeadWall()
wall.resize(400, 300)
wall.set_frame(one_cell(1, 7, layers=2, heads=2))
wall.show()
app.processEvents()
image = wall.viewport().grab().toImage()
assert image.devicePixelRatioF() == 2, image.devicePixelRatioF()
for layer in range(2):
    for head in range(2):
        tile = wall.place_of(layer, head)
        x, y = tile.left() + 7.5 * tile.width() / 9, tile.top() + 1.5 * tile.height() / 6
        assert pixel(image, x, y) == theme.LIGHT.deepest, (layer, head)
        assert pixel(image, x, y + 2 * tile.height() / 6) == theme.LIGHT.panel, (layer, head)
wall.close()
"""


def test_tiles_stand_in_their_places_at_twice_the_pixels() -> None:
    environment = os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", _AT_TWICE], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_heads_in_another_order_keep_their_names_and_are_chosen_where_they_stand(show, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 500, 400)
    frame = random_frame(layers=2, heads=3)
    wall.set_frame(frame)
    places = [wall.place_of(*divmod(head, 3)) for head in range(6)]
    plain = wall.viewport().grab().toImage()
    order = (4, 0, 5, 2, 1, 3)
    wall.set_order(order)
    moved = wall.viewport().grab().toImage()
    for cell, head in enumerate(order):
        assert wall.place_of(*divmod(head, 3)) == places[cell]
        assert wall.head_at(places[cell].center().toPoint()) == divmod(head, 3)
        before, now = places[head].toAlignedRect(), places[cell].toAlignedRect()
        inner = (2, 2, -2, -2)
        assert moved.copy(now.adjusted(*inner)) == plain.copy(before.adjusted(*inner))
    with qtbot.waitSignal(wall.head_chosen) as chosen:
        qtbot.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=places[0].center().toPoint())
    assert chosen.args == [1, 1]
    with qtbot.waitSignal(wall.head_chosen) as chosen:
        qtbot.keyClick(wall, Qt.Key.Key_Right)
    assert chosen.args == [0, 0]
    wall.set_frame(random_frame(layers=1, heads=2))
    assert wall.order is None


def test_tiles_bear_the_names_of_their_layers_where_some_are_left_out(show) -> None:  # type: ignore[no-untyped-def]
    wall = show(HeadWall(), 400, 300)
    wall.set_frame(random_frame(heads=2), layers=(1, 4))
    assert wall.describe(1, 0).startswith("Layer 5 · head 1")
    named = wall.viewport().grab().toImage()
    wall.set_frame(random_frame(heads=2))
    assert wall.describe(1, 0).startswith("Layer 2 · head 1")
    assert wall.viewport().grab().toImage() != named
