from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.frames import PositionFrame
from workbench.gui import theme
from workbench.gui.widgets.position_map import PositionMap, ticks
from workbench.gui.widgets.position_panel import CURVES, LIKENESS, TABLE, PositionPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do


def table(rows: int = 12, columns: int = 8, scheme: str = "learned", seed: int = 0) -> PositionFrame:
    return PositionFrame(scheme=scheme, values=np.random.default_rng(seed).normal(size=(rows, columns)))


def alibi(length: int = 6) -> PositionFrame:
    offsets = np.arange(1 - length, length)
    values = -np.abs(offsets)[:, None] * np.array([0.5, 0.25])
    return PositionFrame(scheme="alibi", values=values, rows="offset", columns="head", first=1 - length)


def near(colour: QColor, look: theme.Theme) -> bool:
    """Whether a colour is the panel's: a map of 256 colours has zero between its two middle ones."""
    ground = QColor(look.panel)
    pairs = ((colour.red(), ground.red()), (colour.green(), ground.green()), (colour.blue(), ground.blue()))
    return max(abs(one - other) for one, other in pairs) <= 2


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_signs_are_told_apart_and_zero_is_the_ground(qapp: QApplication, show, look: theme.Theme) -> None:  # type: ignore[no-untyped-def]
    theme.apply(qapp, look)
    picture = show(PositionMap(), 300, 200)
    picture.set_values(np.array([[-1.0, 0.0, 1.0]], np.float32))
    area, image = picture.area(), picture.grab().toImage()
    middle = int(area.center().y())
    colours = [image.pixelColor(QPoint(int(area.left() + area.width() * at), middle)) for at in (1 / 6, 1 / 2, 5 / 6)]
    assert colours[0].red() > colours[0].blue()
    assert near(colours[1], look)
    assert colours[2].blue() > colours[2].red()


def test_a_change_of_theme_recolours_the_map(qapp: QApplication, show) -> None:  # type: ignore[no-untyped-def]
    picture = show(PositionMap(), 300, 200)
    picture.set_values(np.zeros((2, 2), np.float32))
    centre = picture.area().center().toPoint() + QPoint(5, 5)
    assert near(picture.grab().toImage().pixelColor(centre), theme.LIGHT)
    theme.apply(qapp, theme.DARK)
    assert near(picture.grab().toImage().pixelColor(centre), theme.DARK)


@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (200, 5)])
@pytest.mark.parametrize("square", [False, True])
def test_the_cell_at_a_point_is_the_one_drawn_there(show, shape: tuple[int, int], square: bool) -> None:  # type: ignore[no-untyped-def]
    picture = show(PositionMap(), 420, 260)
    picture.set_values(np.zeros(shape, np.float32), square=square)
    area = picture.area()
    for row in {0, shape[0] // 2, shape[0] - 1}:
        for column in {0, shape[1] - 1}:
            high, wide = area.height() / shape[0], area.width() / shape[1]
            point = QPointF(area.left() + (column + 0.5) * wide, area.top() + (row + 0.5) * high)
            assert picture.cell_at(point) == (row, column)
    assert picture.cell_at(QPointF(0, 0)) is None


@pytest.mark.parametrize("values", [np.zeros((0, 0)), np.full((2, 2), np.nan), np.full((1, 3), np.inf), np.zeros((4, 4))])
def test_odd_tables_are_drawn_without_complaint(show, values: np.ndarray) -> None:  # type: ignore[no-untyped-def]
    picture = show(PositionMap(), 200, 120)
    picture.set_values(values.astype(np.float32))
    assert not picture.grab().isNull()


def test_ticks_are_round_and_few() -> None:
    for count in (1, 5, 16, 64, 1000):
        for first in (1, 0, -50):
            places = ticks(count, 6, first)
            assert len(places) <= 8
            assert all(0 <= place < count for place in places)
    assert ticks(0, 5, 1) == []
    assert [place + 1 for place in ticks(64, 5, 1)] == [1, 20, 40, 60]


def test_the_value_under_the_cursor_is_read_out(qtbot: QtBot, show) -> None:  # type: ignore[no-untyped-def]
    panel = show(PositionPanel(), 520, 280)
    frame = table()
    panel.set_frame(frame, "learned")
    area = panel.map.area()
    qtbot.mouseMove(panel.map, QPointF(area.left() + 2.5 * area.width() / 8, area.top() + 4.5 * area.height() / 12).toPoint())
    assert panel.readout.text() == f"position 5, dimension 3: {frame.values[4, 2]:.4f}"
    other = table(seed=1)
    panel.set_frame(other, "learned")
    assert panel.readout.text() == f"position 5, dimension 3: {other.values[4, 2]:.4f}"


def test_similarity_is_drawn_of_positions_and_cosine_on_request(show) -> None:  # type: ignore[no-untyped-def]
    panel = show(PositionPanel(), 520, 280)
    frame = table()
    panel.set_frame(frame, "learned")
    panel.show_view(LIKENESS)
    assert np.allclose(panel.map.values, frame.values @ frame.values.T, atol=1e-5)
    panel.cosine.click()
    assert np.allclose(np.diagonal(panel.map.values), 1, atol=1e-5)


def test_biases_are_drawn_for_the_chosen_head(show) -> None:  # type: ignore[no-untyped-def]
    panel = show(PositionPanel(), 520, 280)
    panel.set_frame(alibi(), "alibi")
    assert "1/2" in panel.readout.text()
    assert "1/4" in panel.readout.text()
    panel.show_view(LIKENESS)
    panel.chosen.setValue(2)
    expected = -0.25 * np.abs(np.arange(6)[None, :] - np.arange(6)[:, None])
    assert np.allclose(panel.map.values, expected)
    assert not panel.cosine.isVisibleTo(panel)


def test_the_frame_itself_says_its_scheme(show) -> None:  # type: ignore[no-untyped-def]
    panel = show(PositionPanel(), 520, 280)
    panel.set_frame(table(scheme="rotary"), "")
    assert panel.facts.text() == "rotary"


def test_curves_follow_the_chosen_dimensions_and_the_model(show) -> None:  # type: ignore[no-untyped-def]
    panel = show(PositionPanel(), 520, 280)
    panel.set_frame(table(), "learned")
    panel.show_view(CURVES)
    panel.chosen.setValue(3)
    frame = table(seed=5)
    panel.set_frame(frame, "learned")
    drawn = panel.plot.listDataItems()
    assert len(drawn) == 4
    assert np.allclose(drawn[0].getData()[1], frame.values[:, 2])
    assert panel.chosen.value() == 3
    narrow = table(columns=2)
    panel.set_frame(narrow, "learned")
    assert len(panel.plot.listDataItems()) == 2
    assert panel.chosen.value() <= 2


def test_without_an_encoding_a_line_says_why(show) -> None:  # type: ignore[no-untyped-def]
    panel = show(PositionPanel(), 520, 280)
    panel.set_frame(None, "")
    assert "training" in panel.message.text()
    assert panel.message.isVisible()
    panel.set_frame(None, "none")
    assert "causal mask" in panel.message.text()
    assert not any(button.isEnabled() for button in panel.views.buttons())
    panel.set_frame(table(), "learned")
    assert not panel.message.isVisible()
    assert panel.map.isVisible()


@pytest.mark.parametrize("view", [TABLE, LIKENESS, CURVES])
def test_any_scheme_after_any_other_is_drawn(show, view: int) -> None:  # type: ignore[no-untyped-def]
    panel = show(PositionPanel(), 360, 170)
    panel.show_view(view)
    for frame in (table(), alibi(), None, table(1, 1), alibi(1), table(600, 3), table(0, 4)):
        panel.set_frame(frame, "" if frame is None else frame.scheme)
        assert not panel.grab().isNull()
