from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from workbench.gui.models.setting_words import SettingWords, all_settings
from workbench.gui.widgets.setting_editor import NumberBox, SettingEditor, stepped


def editor_of(qtbot: QtBot, field: str) -> SettingEditor:
    words = SettingWords()
    editor = SettingEditor(all_settings()[field], words)
    words.setParent(editor)
    qtbot.addWidget(editor)
    return editor


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("model.layers", "3", 3), ("model.layers", "1,024", 1024), ("model.layers", "three", "three"),
        ("model.layers", "2.5", "2.5"),
        ("model.d_ff", "", None), ("model.dropout", "0.25", 0.25), ("model.dropout", "0,25", 0.25),
        ("train.learning_rate", "3e-4", 3e-4), ("train.learning_rate", "-", "-"),
    ],
)  # fmt: skip
def test_what_is_typed_is_given_as_it_is_right_or_wrong(qtbot: QtBot, field: str, text: str, value: object) -> None:
    editor = editor_of(qtbot, field)
    editor.show_value(all_settings()[field].default or 7, source="preset")
    box = editor.control
    assert isinstance(box, NumberBox)
    said: list[object] = []
    editor.given.connect(lambda _, given: said.append(given))
    box.lineEdit().selectAll()
    if text:
        qtbot.keyClicks(box.lineEdit(), text)
    else:
        qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Delete)
    assert said[-1] == value
    assert type(said[-1]) is type(value)


def test_an_emptied_setting_that_needs_a_value_goes_back_to_the_preset(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "model.layers")
    editor.show_value(5, source="yours")
    assert not editor.back.isHidden()
    with qtbot.waitSignal(editor.cleared) as cleared:
        editor.control.lineEdit().selectAll()  # type: ignore[attr-defined]
        qtbot.keyClick(editor.control.lineEdit(), Qt.Key.Key_Delete)  # type: ignore[attr-defined]
    assert cleared.args == ["model.layers"]


def test_an_open_value_shows_what_will_be_used(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "model.d_ff")
    editor.show_value(None, source="default", used=512)
    assert "512" in editor.control.lineEdit().placeholderText()  # type: ignore[attr-defined]
    combo = editor_of(qtbot, "data.lowercase")
    combo.show_value(None, source="default", used=True)
    assert isinstance(combo.control, QComboBox)
    assert combo.control.currentText() == "automatic: yes"


@pytest.mark.parametrize("field", ["model.layers", "model.positions", "data.tokenizer", "model.dropout"])
def test_the_wheel_changes_nothing(qtbot: QtBot, field: str) -> None:
    editor = editor_of(qtbot, field)
    editor.show_value(all_settings()[field].default, source="preset")
    editor.show()
    said: list[object] = []
    editor.given.connect(lambda _, given: said.append(given))
    for focused in (False, True):
        if focused:
            editor.control.setFocus()
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(editor.control, wheel)
    editor.close()
    assert said == []


def test_links_give_the_offered_value(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "model.d_model")
    editor.show_problem("must be a multiple of 4", (124, 128))
    links = [editor._links.itemAt(i).widget() for i in range(2)]
    assert [link.text() for link in links] == ["124", "128"]  # type: ignore[attr-defined]
    with qtbot.waitSignal(editor.given) as given_signal:
        qtbot.mouseClick(links[1], Qt.MouseButton.LeftButton)
    assert given_signal.args == ["model.d_model", 128]


def test_typing_is_not_written_over(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "train.learning_rate")
    editor.show_value(0.001, source="preset")
    line = editor.control.lineEdit()  # type: ignore[attr-defined]
    line.selectAll()
    qtbot.keyClicks(line, "0.0010")
    editor.show_value(0.001, source="yours")
    assert line.text() == "0.0010"


@given(st.integers(-(10**9), 10**9), st.sampled_from([-1, 1]), st.integers(0, 64))
def test_whole_numbers_step_to_multiples(value: int, way: int, multiple: int) -> None:
    new = stepped(value, way, kind=int, multiple=multiple)
    assert (new - value) * way > 0
    if multiple:
        assert new % multiple == 0
        assert abs(new - value) <= multiple


@given(st.floats(1e-9, 1e6), st.sampled_from([-1, 1]))
def test_fractions_step_by_their_first_digit_and_stay_above_zero(value: float, way: int) -> None:
    new = stepped(value, way, kind=float)
    assert (new - value) * way > 0
    assert new >= 0
    assert math.isfinite(new)


def test_fractions_step_as_a_person_counts() -> None:
    assert [stepped(v, s, kind=float) for v, s in ((0.1, 1), (0.1, -1), (3e-4, 1), (0.0, 1))] == [0.2, 0.09, 4e-4, 0.01]
