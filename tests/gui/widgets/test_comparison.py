"""A second text: hidden until asked for, B − A around zero where tokens have partners, a reason where they have none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import pixel, random_frame
from tests.gui.widgets.test_attention_panel import Host
from workbench.gui import theme
from workbench.gui.models.frame_difference import Sizes, difference
from workbench.gui.widgets.attention_panel import AttentionPanel
from workbench.gui.widgets.shades import ZERO, signed_shades

A = {"encoder": random_frame("encoder", queries=6, keys=6, seed=1)}
B = {"encoder": random_frame("encoder", queries=6, keys=6, seed=2)}
LONGER = {"encoder": random_frame("encoder", queries=8, keys=8, seed=3)}


@pytest.fixture
def panel(show) -> Iterator[AttentionPanel]:  # type: ignore[no-untyped-def]
    made = AttentionPanel()
    host = show(Host(made), 700, 700)
    made.set_frames(A)
    yield made
    host.close()


def compare(panel: AttentionPanel, qtbot: QtBot, frames: dict, text: str = "b") -> None:  # type: ignore[type-arg]
    if not panel.comparison.button.isChecked():
        qtbot.mouseClick(panel.comparison.button, Qt.MouseButton.LeftButton)
    panel.comparison.text.setText(text)
    panel.comparison.set_frames(text, frames)
    panel.set_frames(A)


def test_it_is_hidden_until_somebody_asks_and_says_nothing_then(panel: AttentionPanel, qtbot: QtBot) -> None:
    heard: list[str] = []
    panel.comparison.text_edited.connect(heard.append)
    assert not panel.comparison.isVisible()
    compare(panel, qtbot, B)
    assert panel.comparison.isVisible()
    assert panel.wall.frame is A["encoder"]  # nothing else is shown before it is chosen
    qtbot.keyClicks(panel.comparison.text, "lue")
    qtbot.keyClick(panel.comparison.text, Qt.Key.Key_Return)
    assert heard == ["", "blue"]
    qtbot.mouseClick(panel.comparison.button, Qt.MouseButton.LeftButton)
    assert not panel.comparison.isVisible()
    assert heard[-1] == ""


def test_wall_and_large_picture_show_a_b_and_the_difference(panel: AttentionPanel, qtbot: QtBot) -> None:
    compare(panel, qtbot, B)
    panel.choose("encoder", 1, 2)
    qtbot.mouseClick(panel.comparison.choices["b"], Qt.MouseButton.LeftButton)
    assert panel.wall.frame is B["encoder"]
    qtbot.mouseClick(panel.comparison.choices["difference"], Qt.MouseButton.LeftButton)
    apart = B["encoder"].weights - A["encoder"].weights
    assert panel.wall.frame is not None
    np.testing.assert_array_equal(panel.wall.frame.weights, apart)
    np.testing.assert_array_equal(panel.heat.picture.weights, apart[1, 2])
    limit = float(np.abs(apart).max())
    assert panel.heat.picture.marks == (f"+{limit:.2g}", "0", f"−{limit:.2g}")
    assert not panel.scale.isEnabled()
    assert panel.head_facts.text().startswith("B − A")
    qtbot.mouseMove(panel.heat, panel.heat.cell_place(2, 3).center().toPoint())
    assert f"B − A {apart[1, 2, 2, 3]:+.3f}" in panel.cell_facts.text()
    request = panel.request("npz")
    assert request is not None
    assert request.provenance["shown"] == "B - A"
    assert request.provenance["compared_with"] == "b"
    qtbot.mouseClick(panel.comparison.choices["a"], Qt.MouseButton.LeftButton)
    assert panel.wall.frame is A["encoder"]
    assert panel.heat.picture.scale == "linear"


def test_texts_of_other_lengths_say_why_there_is_no_difference(panel: AttentionPanel, qtbot: QtBot) -> None:
    compare(panel, qtbot, B)
    qtbot.mouseClick(panel.comparison.choices["difference"], Qt.MouseButton.LeftButton)
    compare(panel, qtbot, LONGER)
    assert not panel.comparison.choices["difference"].isEnabled()
    assert "6 × 6" in panel.comparison.why.text()
    assert "8 × 8" in panel.comparison.why.text()
    assert panel.wall.frame is LONGER["encoder"]  # B by itself, with its own scale
    assert panel.heat.picture.scale == "linear"


def test_an_answer_to_the_text_before_is_passed_over(panel: AttentionPanel, qtbot: QtBot) -> None:
    compare(panel, qtbot, B)
    panel.comparison.set_frames("an older text", LONGER)
    panel.set_frames(A)
    assert panel.comparison.choices["difference"].isEnabled()


def test_zero_is_the_panels_own_colour_in_both_themes(panel: AttentionPanel, qtbot: QtBot, qapp: QApplication) -> None:
    compare(panel, qtbot, {"encoder": A["encoder"]})
    qtbot.mouseClick(panel.comparison.choices["difference"], Qt.MouseButton.LeftButton)
    for look in (theme.LIGHT, theme.DARK):
        theme.apply(qapp, look)
        qapp.processEvents()
        place = panel.heat.cell_place(1, 1).center()
        red = int(pixel(panel.heat.grab().toImage(), place.x(), place.y())[1:3], 16)
        assert abs(red - int(look.panel[1:3], 16)) <= 3


def test_where_cells_share_a_pixel_the_farthest_from_zero_is_seen() -> None:
    apart = np.zeros((1, 64, 64), np.float32)
    apart[0, 3, 3], apart[0, 60, 60] = -0.5, 0.5
    seen = signed_shades(apart, 8, 8, 0.5)[0]
    assert (seen[0, 0], seen[7, 7], seen[4, 4]) == (0, 255, ZERO)


def test_a_difference_needs_as_many_tokens_and_names_both() -> None:
    assert difference(A["encoder"], LONGER["encoder"]) == Sizes((6, 6), (8, 8))
    apart = difference(A["encoder"], B["encoder"])
    assert not isinstance(apart, Sizes)
    assert apart.keys == A["encoder"].keys
    np.testing.assert_allclose(apart.weights.sum(-1), 0, atol=1e-5)
