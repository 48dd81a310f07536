"""Lines between tokens: opaque as their weight, one token alone, any length and any number of heads."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import one_cell, pixel, random_frame
from workbench.gui import theme
from workbench.gui.theme import DARK, LIGHT
from workbench.gui.widgets.bipartite import Bipartite
from workbench.gui.widgets.lines_picture import LinesPicture
from workbench.gui.widgets.lines_view import LinesView
from workbench.gui.widgets.saving import render, save


@pytest.fixture
def view(show) -> LinesView:  # type: ignore[no-untyped-def]
    made = show(LinesView(), 520, 460)
    assert isinstance(made, LinesView)
    frame = random_frame(queries=6, keys=9)
    made.lines.set_heads(frame.weights[0], [(0, head) for head in range(4)], frame.queries, frame.keys)
    return made


def opacity(weight: float, heads: int = 1) -> float:
    """How far the middle of a picture's only line is from the ground to the line's colour."""
    each = np.zeros((heads, 1, 1), np.float32)
    each[0] = weight
    picture = LinesPicture(
        weights=each, heads=tuple((0, head) for head in range(heads)), queries=("q",), keys=("k",), threshold=0.0
    )
    size = QSizeF(400, 120)
    image = render(picture, (400, 120), 2.0)
    places = picture.places(size)
    middle = (places.middle("query", 0) + places.middle("key", 0)) / 2
    seen, ground = QColor(pixel(image, middle.x(), middle.y())), QColor(LIGHT.panel)
    return (ground.redF() - seen.redF()) / (ground.redF() - QColor(picture.colours[0]).redF())


@pytest.mark.parametrize("weight", [0.1, 0.35, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("heads", [1, 2, 12])
def test_a_line_is_as_opaque_as_its_weight_whatever_the_number_of_heads(qapp: QApplication, weight: float, heads: int) -> None:
    assert opacity(weight, heads) == pytest.approx(weight, abs=0.02)


def test_a_line_goes_from_its_query_to_its_key(view: LinesView) -> None:
    frame = one_cell(1, 7)
    view.lines.set_heads(frame.weights[0], [(0, 0)], frame.queries, frame.keys)
    image, places = view.lines.viewport().grab().toImage(), view.lines.places()
    start, end = places.middle("query", 1), places.middle("key", 7)
    for part in (0.1, 0.5, 0.9):
        at = start + (end - start) * part
        seen, colour = QColor(pixel(image, at.x(), at.y())), QColor(view.lines.picture.colours[0])
        assert max(abs(seen.red() - colour.red()), abs(seen.blue() - colour.blue())) < 12  # a smooth edge may touch the middle
    assert view.lines.picture.lines.share == 1


def test_the_slider_chooses_the_smallest_weight(view: LinesView) -> None:
    view.slider.setValue(100)
    assert view.threshold == 0.25
    assert view.lines.picture.lines.weakest >= 0.25
    view.set_threshold(0.04)
    assert view.slider.value() == 40
    assert view.threshold == 0.04


def test_a_token_under_the_mouse_shows_only_its_lines_and_a_click_holds_it(view: LinesView, qtbot: QtBot) -> None:
    lines = view.lines
    at = lines.places().middle("query", 2).toPoint() - QPoint(20, 0)
    with qtbot.waitSignal(lines.token_changed) as heard:
        qtbot.mouseMove(lines.viewport(), at)
    assert heard.args == [("query", 2)]
    assert set(lines.picture.lines.query) == {2}
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(lines.viewport(), lines.viewport().rect().center())
    assert lines.token == ("query", 2)
    with qtbot.waitSignal(lines.cell_chosen) as chosen:
        end = lines.places().middle("key", 4).toPoint() + QPoint(20, 0)
        qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert chosen.args == [2, 4]
    qtbot.keyClick(lines, Qt.Key.Key_Escape)
    assert lines.token is None


def test_keys_go_everywhere_and_stop_at_the_edge(view: LinesView, qtbot: QtBot) -> None:
    lines = view.lines
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(lines, key)
        seen.append(lines.token)
    assert seen == [("query", 0), ("query", 1), ("key", 1), ("key", 0), ("key", 0), ("query", 0)]


def test_a_long_text_scrolls_and_a_key_brings_its_token_into_sight(view: LinesView, qtbot: QtBot) -> None:
    frame = random_frame(heads=1, queries=300, keys=300)
    lines = view.lines
    lines.set_heads(frame.weights[0], [(0, 0)], frame.queries, frame.keys)
    lines.choose(("query", 250))
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    places = lines.places()
    middle = places.middle("query", 251)
    assert places.plot.contains(middle.x(), middle.y())
    assert places.token_at(middle - QPoint(20, 0).toPointF()) == ("query", 251)


def test_too_many_lines_are_said_to_be_left_out(view: LinesView) -> None:
    frame = random_frame(heads=4, queries=128, keys=128)
    view.lines.set_heads(frame.weights[0], [(0, head) for head in range(4)], frame.queries, frame.keys)
    view.set_threshold(0.0)
    lines = view.lines.picture.lines
    assert lines.reached > len(lines.weight)
    assert f"{lines.reached:,}" in view.facts.text()


def test_the_view_follows_the_theme(view: LinesView, qapp: QApplication) -> None:
    theme.apply(qapp, DARK)
    qapp.processEvents()
    assert view.lines.picture.theme == DARK
    assert pixel(view.lines.viewport().grab().toImage(), 3, 200) == DARK.panel


def test_exports_show_all_tokens_and_say_what_they_show(view: LinesView, tmp_path: Path) -> None:
    request = view.request("svg", "encoder", 7, "Lines", {"model": "tiny"})
    assert request is not None
    assert request.file_name == "attention-encoder-4-heads-step7.svg"
    root = ElementTree.parse(save(request, tmp_path / "lines.svg")).getroot()
    words = "".join(root.itertext())
    for word in (*view.lines.picture.queries, *view.lines.picture.keys, "1·4", "threshold", "tiny"):
        assert word in words
    assert not [part for part in root.iter() if part.tag.endswith("image")]
    request = view.request("npz", "encoder", 7, "Lines", {})
    assert request is not None
    with np.load(save(request, tmp_path / "lines.npz"), allow_pickle=False) as read:
        np.testing.assert_array_equal(read["weights"], view.lines.picture.weights)
        np.testing.assert_array_equal(read["heads"], [(0, head) for head in range(4)])
    request = view.request("png", "encoder", 7, "Lines", {})
    assert request is not None
    assert QImage(str(save(request, tmp_path / "lines.png"))).text("opacity") == "weight"


def test_nothing_is_said_and_wrong_shapes_are_refused(view: LinesView) -> None:
    view.lines.show_nothing("No values here.")
    assert view.request("png", "encoder", 0, "", {}) is None
    view.grab()
    with pytest.raises(ValueError, match="do not fit"):
        Bipartite.set_heads(view.lines, np.zeros((1, 2, 2), np.float32), [(0, 0)], ("a",), ("b", "c"))


def test_other_words_let_the_held_token_go(view: LinesView) -> None:
    view.lines.choose(("query", 5))
    frame = random_frame(queries=3, keys=3)
    view.lines.set_heads(frame.weights[0], [(0, head) for head in range(4)], frame.queries, frame.keys)
    assert view.lines.token is None
    view.grab()
