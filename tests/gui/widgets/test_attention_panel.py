"""The panel: newest frame, kept choice, a probe that does not echo, exports that hold the moment."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import random_frame
from workbench.contracts.frames import AttentionFrame
from workbench.gui import theme
from workbench.gui.widgets.attention_panel import AttentionPanel
from workbench.gui.widgets.saving import SaveRequest, figure_size


class Host(QWidget):
    """A window that does not follow its panel's smallest size (offscreen, Qt warns of that)."""

    def __init__(self, panel: AttentionPanel) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)


@pytest.fixture
def panel(show) -> Iterator[AttentionPanel]:  # type: ignore[no-untyped-def]
    made = AttentionPanel()
    host = show(Host(made), 640, 640)
    yield made
    host.close()


def three(step: int = 0, seed: int = 0) -> dict[str, AttentionFrame]:
    return {
        "encoder": random_frame("encoder", queries=9, keys=9, step=step, seed=seed),
        "decoder": random_frame("decoder", queries=6, keys=6, step=step, seed=seed),
        "cross": random_frame("cross", step=step, seed=seed),
    }


def shown_tabs(panel: AttentionPanel) -> list[str]:
    return [kind for kind, button in panel.tabs.items() if button.isVisible()]


def test_only_kinds_that_are_there_have_a_tab_and_cross_comes_first(panel: AttentionPanel) -> None:
    panel.set_frames({"encoder": three()["encoder"]})
    assert shown_tabs(panel) == ["encoder"]
    assert panel.kind == "encoder"
    panel.show_nothing("")
    panel.set_frames(three())
    assert shown_tabs(panel) == ["encoder", "decoder", "cross"]
    assert panel.kind == "cross"
    assert panel.tabs["cross"].isChecked()


def test_the_last_layers_first_head_is_shown_until_a_person_chooses(panel: AttentionPanel, qtbot: QtBot) -> None:
    panel.set_frames(three())
    assert panel.chosen == (1, 0)
    qtbot.mouseClick(panel.wall.viewport(), Qt.MouseButton.LeftButton, pos=panel.wall.place_of(0, 3).center().toPoint())
    assert panel.chosen == (0, 3)
    assert panel.head_heading.text() == "Layer 1 · head 4"


def test_a_choice_outlives_new_frames_and_kinds_that_come_and_go(panel: AttentionPanel, qtbot: QtBot) -> None:
    panel.set_frames(three())
    qtbot.mouseClick(panel.tabs["encoder"], Qt.MouseButton.LeftButton)
    panel.wall.setFocus()
    qtbot.keyClick(panel.wall, Qt.Key.Key_Right)
    assert (panel.kind, panel.chosen) == ("encoder", (1, 1))
    panel.set_frames(three(step=7, seed=3))
    assert (panel.kind, panel.chosen) == ("encoder", (1, 1))
    assert np.array_equal(panel.heat.picture.weights, three(seed=3)["encoder"].weights[1, 1])
    assert panel.facts.text() == "encoder self-attention · step 7"
    panel.set_frames({"decoder": three()["decoder"]})
    assert (panel.kind, panel.chosen) == ("decoder", (1, 0))
    panel.set_frames({"encoder": random_frame("encoder", layers=1, heads=1)})
    assert (panel.kind, panel.chosen) == ("encoder", (0, 0))


def test_wall_and_large_picture_show_the_same_head(panel: AttentionPanel) -> None:
    frames = three(step=1240)
    panel.set_frames(frames)
    panel.choose("cross", 0, 2)
    assert panel.wall.frame is frames["cross"]
    assert np.array_equal(panel.heat.picture.weights, frames["cross"].weights[0, 2])
    assert panel.facts.text() == "cross-attention · step 1,240"


def test_typing_waits_for_a_pause_and_says_it_once(panel: AttentionPanel, qtbot: QtBot) -> None:
    heard: list[str] = []
    panel.probe_edited.connect(heard.append)
    with qtbot.waitSignal(panel.probe_edited):
        qtbot.keyClicks(panel.probe, "a b c")
    assert heard == ["a b c"]


def test_enter_says_it_at_once_and_not_again(panel: AttentionPanel, qtbot: QtBot) -> None:
    heard: list[str] = []
    panel.probe_edited.connect(heard.append)
    qtbot.keyClicks(panel.probe, "abc")
    qtbot.keyClick(panel.probe, Qt.Key.Key_Return)
    assert heard == ["abc"]
    with qtbot.assertNotEmitted(panel.probe_edited, wait=300):
        pass


def test_setting_the_text_does_not_echo_nor_disturb_typing(panel: AttentionPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.probe_edited, wait=300):
        panel.set_probe("from the run")
    assert panel.probe.text() == "from the run"
    panel.probe.selectAll()
    with qtbot.waitSignal(panel.probe_edited) as heard:
        qtbot.keyClicks(panel.probe, "mine")
        panel.set_probe("late")
    assert heard.args == ["mine"]
    assert panel.probe.text() == "mine"


def test_trouble_stands_below_the_text_and_goes_away(panel: AttentionPanel) -> None:
    hint = panel._hint.text()
    panel.set_trouble("The word “x” is not known.")
    assert panel._hint.text() == "The word “x” is not known."
    assert panel._hint.objectName() == "attention"
    panel.set_trouble("")
    assert panel._hint.text() == hint


def test_saving_asks_with_everything_that_was_on_screen(panel: AttentionPanel, qtbot: QtBot) -> None:
    panel.set_frames(three(step=3))
    panel.choose("cross", 1, 2)
    panel.scale.setCurrentIndex(1)
    asked: list[object] = []
    panel.save_wanted.connect(asked.append)
    for action in panel.save_button.menu().actions():
        action.trigger()
    panel.set_frames(three(step=4, seed=9))  # the run goes on; what was asked for does not change
    assert [request.format for request in asked if isinstance(request, SaveRequest)] == ["png", "svg", "npz", "csv"]
    request = asked[0]
    assert isinstance(request, SaveRequest)
    assert (request.kind, request.layer, request.head, request.step) == ("cross", 1, 2, 3)
    assert np.array_equal(request.picture.weights, three()["cross"].weights[1, 2])
    assert request.picture.scale == "log"
    assert request.provenance == {"model": "made up", "text": panel.probe.text(), "step": "3"}
    assert request.size == figure_size(*request.picture.weights.shape)


def test_copying_fills_the_clipboard(panel: AttentionPanel, qtbot: QtBot) -> None:
    panel.set_frames(three())
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().image().width() == 2 * figure_size(*panel.heat.picture.weights.shape)[0]
    QGuiApplication.clipboard().clear()


def test_nothing_to_show_says_what_to_do_and_saves_nothing(panel: AttentionPanel) -> None:
    panel.show_nothing("Attention of this model cannot be seen.")
    words = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "Attention of this model cannot be seen." in words
    assert panel.request("png") is None
    assert panel.chosen is None
    panel.set_frames({"cross": three()["cross"]})
    assert panel.wall.isVisible()


def test_the_value_under_the_cursor_is_told_in_a_line(panel: AttentionPanel, qtbot: QtBot) -> None:
    panel.set_frames(three())
    weight = three()["cross"].weights[1, 0, 2, 5]
    qtbot.mouseMove(panel.heat, panel.heat.cell_place(2, 5).center().toPoint())
    line = panel.cell_facts.text()
    assert line.startswith("query 3 “q2” · key 6 “k5” · weight ")
    assert f"{weight:.3f}" in line or f"{weight:.1e}" in line


def test_a_hidden_panel_catches_up_when_it_is_shown(show) -> None:  # type: ignore[no-untyped-def]
    panel = AttentionPanel()
    panel.set_frames(three(step=5))
    panel.set_frames(three(step=6))
    host = show(Host(panel), 600, 600)
    assert host.isVisible()
    assert panel.facts.text() == "cross-attention · step 6"


def test_a_wheel_over_the_closed_scale_changes_nothing(panel: AttentionPanel) -> None:
    at = QPointF(5, 5)
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, panel.scale.mapToGlobal(at), QPoint(), QPoint(0, -120), none, keys, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(panel.scale, event)
    assert panel.scale.currentData() == "linear"


def test_words_and_colours_follow_language_and_theme(panel: AttentionPanel, qapp: QApplication) -> None:
    panel.set_frames(three())
    panel.choose("cross", 0, 1)
    light = panel.grab().toImage()
    theme.apply(qapp, theme.DARK)
    qapp.processEvents()
    assert panel.heat.picture.theme == theme.DARK
    assert panel.grab().toImage() != light
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert (panel.kind, panel.chosen) == ("cross", (0, 1))


@pytest.mark.parametrize("size", [(520, 560), (700, 640), (1200, 560)])
def test_no_button_is_cut_at_any_width(panel: AttentionPanel, size: tuple[int, int]) -> None:
    panel.set_frames(three())
    panel.window().resize(*size)
    QApplication.processEvents()
    for button in panel.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width(), button.text()
    assert panel.head_heading.width() >= panel.head_heading.sizeHint().width()
    orientation = Qt.Orientation.Horizontal if size[0] > 1000 else Qt.Orientation.Vertical
    assert panel._splitter.orientation() == orientation


def test_new_numbers_move_nothing(panel: AttentionPanel) -> None:
    panel.set_frames(three())
    QApplication.processEvents()
    before = panel.heat.geometry(), panel.wall.geometry()
    for seed in range(5):
        panel.set_frames(three(step=10**seed, seed=seed))
        panel.set_trouble("unknown word" if seed % 2 else "")
        QApplication.processEvents()
        assert (panel.heat.geometry(), panel.wall.geometry()) == before


@pytest.mark.parametrize(("size", "layers", "heads"), [((640, 640), 2, 4), ((1250, 640), 2, 12), ((600, 760), 4, 8)])
def test_the_wall_gets_the_room_its_heads_need(panel: AttentionPanel, size: tuple[int, int], layers: int, heads: int) -> None:
    panel.window().resize(*size)
    panel.set_frames({"encoder": random_frame("encoder", layers=layers, heads=heads, queries=9, keys=9)})
    QApplication.processEvents()
    assert panel.wall.verticalScrollBar().maximum() == 0
    assert panel.wall.horizontalScrollBar().maximum() == 0


def test_a_splitter_that_a_person_moved_stays(panel: AttentionPanel) -> None:
    panel.set_frames(three())
    QApplication.processEvents()
    panel._splitter.moveSplitter(300, 1)
    sizes = panel._splitter.sizes()
    panel.set_frames({"encoder": random_frame("encoder", layers=8, heads=8)})
    QApplication.processEvents()
    assert panel._splitter.sizes() == sizes
