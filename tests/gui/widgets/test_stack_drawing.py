from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.contracts.specs import TASKS, ModelSpec
from workbench.gui import theme
from workbench.gui.widgets.stack_drawing import FIELD, StackDrawing, head_pitch, short_number

Show = Callable[..., QWidget]


@pytest.fixture
def drawing(show: Show) -> StackDrawing:
    made = StackDrawing()
    show(made, 560, 440)
    return made


@pytest.mark.parametrize("task", TASKS)
def test_each_part_explains_itself_and_leads_to_its_setting(qtbot: QtBot, drawing: StackDrawing, task: str) -> None:
    drawing.show_model(ModelSpec(), task, None)
    for box in drawing.plan.boxes:
        assert drawing.explain(box)
        wanted: list[str] = []
        drawing.setting_wanted.connect(wanted.append)
        at = QPoint(round(box.x + 3), round(box.y + (box.height - 2 if box.kind == "layer" else box.height / 2)))
        qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=at)
        drawing.setting_wanted.disconnect(wanted.append)
        assert wanted
        if box.kind not in ("layer", "norm"):
            assert wanted[-1] == FIELD[box.kind]


@pytest.mark.parametrize("positions", ["none", "sinusoidal", "learned", "rotary", "alibi", "relative"])
@pytest.mark.parametrize("task", TASKS)
def test_every_model_can_be_drawn_in_both_themes(qapp: QApplication, drawing: StackDrawing, task: str, positions: str) -> None:
    for look in (theme.LIGHT, theme.DARK):
        theme.apply(qapp, look)
        for spec in (
            ModelSpec(positions=positions), ModelSpec(positions=positions, layers=30, heads=64, d_model=64, residual=False),
            ModelSpec(positions=positions, norm_placement="post", activation="swiglu", share_layers=True),
        ):  # fmt: skip
            drawing.show_model(spec, task, None)
            assert not drawing.grab().isNull()


def test_the_drawing_says_itself_in_words(drawing: StackDrawing) -> None:
    drawing.show_model(ModelSpec(layers=3, heads=2, d_model=64), "causal-lm", None)
    assert drawing.accessibleDescription() == "decoder: 3 layers of 2 heads, width 64, positions learned, norm pre (before)."


def test_formulas_follow_the_switches(drawing: StackDrawing) -> None:
    drawing.show_model(ModelSpec(d_model=64, heads=4), "causal-lm", None)
    attention = next(box for box in drawing.plan.boxes if box.kind == "self")
    assert "√16" in drawing.explain(attention)
    assert "16,640 parameters" in drawing.explain(attention)  # 4 · (64·64 + 64)
    drawing.show_model(ModelSpec(d_model=64, heads=4, scale=False), "causal-lm", None)
    assert "√" not in drawing.explain(attention)


def test_an_empty_drawing_says_why(drawing: StackDrawing) -> None:
    drawing.show_why_not("because")
    assert drawing.accessibleDescription() == "because"
    assert not drawing.grab().isNull()


def test_small_words() -> None:
    shown = [short_number(number) for number in (7, 999, 1000, 66_048, 1_234_567, 2_000_000_000)]
    assert shown == ["7", "999", "1.0 K", "66 K", "1.2 M", "2.0 G"]
    assert [head_pitch(4, 60), head_pitch(4, 40), head_pitch(4, 10), head_pitch(64, 10_000)] == [13, 9, 0, 0]
