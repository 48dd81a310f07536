"""Why an answer was given: signs and sizes are seen, a head is a click away, and doubt is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import pixel
from workbench.contracts.studies import Attribution
from workbench.gui.colours import NEGATIVE
from workbench.gui.theme import LIGHT
from workbench.gui.widgets.head_grid import HeadGrid
from workbench.gui.widgets.reasons_view import ReasonsView
from workbench.gui.widgets.token_chips import TokenChips


def reasons(gap: float = 0.01, tokens: int = 4) -> Attribution:
    values = np.zeros(tokens, np.float32)
    values[1], values[-1] = 2.0, -2.0
    values[2] += 0.5
    return Attribution(
        answer="positive", logit=1.51, baseline=1.0, tokens=tuple(f"w{place}" for place in range(tokens)), values=values, gap=gap,
        heads=np.array([[0.0, 1.0, 3.0], [0.5, 0.25, 0.25]], np.float32), kind="encoder",
    )  # fmt: skip


@pytest.fixture
def view(show) -> ReasonsView:  # type: ignore[no-untyped-def]
    made = show(ReasonsView(), 560, 520)
    assert isinstance(made, ReasonsView)
    return made


def test_it_says_the_answer_where_it_came_from_and_what_is_left(view: ReasonsView) -> None:
    view.set_attribution(reasons())
    assert view.heading.text() == "Why “positive”: its logit is 1.510"
    assert view.sums.text() == "From 1.000 for an empty text to 1.510: the tokens' shares add up to 0.500, 0.010 is left over."
    assert view.sums.objectName() == "facts"
    assert "attention by itself is no explanation" in view.caution.text()


@pytest.mark.parametrize("gap", [0.4, float("nan"), float("inf")])
def test_much_that_is_left_over_is_a_warning(view: ReasonsView, gap: float) -> None:
    view.set_attribution(reasons(gap))
    assert view.sums.objectName() == "attention"
    assert "do not lean" in view.sums.text()


def test_without_a_baseline_none_is_made_up(view: ReasonsView) -> None:
    view.set_attribution(replace(reasons(), baseline=None))
    assert "empty text" not in view.sums.text()
    assert "0.010" in view.sums.text()


def test_signs_have_their_colours_and_zero_is_the_ground(show) -> None:  # type: ignore[no-untyped-def]
    chips = show(TokenChips(), 400, 60)
    chips.set_tokens(("a", "b", "c"), np.array([1, 0, -1], np.float32))
    image = chips.grab().toImage()
    for token, colour in enumerate((LIGHT.accent, LIGHT.panel, NEGATIVE["light"])):
        place = chips.place(token)
        seen = pixel(image, place.left() + 4, place.center().y())
        assert max(abs(int(seen[at : at + 2], 16) - int(colour[at : at + 2], 16)) for at in (1, 3, 5)) <= 3


def test_hovering_and_arrow_keys_tell_a_tokens_share(view: ReasonsView, qtbot: QtBot) -> None:
    view.set_attribution(reasons())
    hint = view.token_line.text()
    qtbot.mouseMove(view.chips, view.chips.place(1).center().toPoint())
    assert view.token_line.text() == "Token 2 “w1” speaks for the answer: +2.000"
    QApplication.sendEvent(view.chips, QEvent(QEvent.Type.Leave))
    assert view.token_line.text() == hint
    for key, said in ((Qt.Key.Key_Left, "counts for nothing"), (Qt.Key.Key_End, "speaks against the answer: −2.000")):
        qtbot.keyClick(view.chips, key)
        assert said in view.token_line.text()


def test_chips_keep_their_order_and_break_into_lines(show) -> None:  # type: ignore[no-untyped-def]
    chips = show(TokenChips(), 300, 60)
    words = ("<s>", "naïve", "", "\n", "a" * 400, *(f"word{place}" for place in range(40)))
    chips.set_tokens(words, np.linspace(-1, 1, len(words)).astype(np.float32))
    places = [(chips.place(token).top(), chips.place(token).left()) for token in range(len(words))]
    assert places == sorted(places)
    assert all(chips.token_at(chips.place(token).center()) == token for token in range(len(words)))
    assert max(chips.place(token).right() for token in range(len(words))) <= 300
    assert chips.minimumHeight() >= places[-1][0] + 26
    chips.set_tokens((), np.zeros(0, np.float32))
    assert chips.token_at(QPointF(5, 5)) is None
    with pytest.raises(ValueError, match="do not fit"):
        chips.set_tokens(("a",), np.zeros(2, np.float32))


def test_a_click_on_a_head_chooses_it(view: ReasonsView, qtbot: QtBot) -> None:
    view.set_attribution(reasons())
    with qtbot.waitSignal(view.head_chosen) as chosen:
        qtbot.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=view.grid.place(0, 2).center().toPoint())
    assert chosen.args == ["encoder", 0, 2]
    assert view.grid.chosen == (0, 2)
    view.choose("encoder", 1, 1)
    assert view.grid.chosen == (1, 1)
    view.choose("cross", 0, 0)
    assert view.grid.chosen is None


def test_hovering_tells_a_heads_number(view: ReasonsView, qtbot: QtBot) -> None:
    view.set_attribution(reasons())
    QApplication.processEvents()  # until everything has its place
    qtbot.mouseMove(view.grid, view.grid.place(1, 0).center().toPoint())
    assert view.head_line.text() == "Layer 2 · head 1: 0.500, which is 10.0% of all heads together"


def test_the_keyboard_alone_chooses_a_head(view: ReasonsView, qtbot: QtBot) -> None:
    view.set_attribution(reasons())
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view.grid, key)
    assert view.grid.here == (1, 1)
    with qtbot.waitSignal(view.head_chosen) as chosen:
        qtbot.keyClick(view.grid, Qt.Key.Key_Return)
    assert chosen.args == ["encoder", 1, 1]


@pytest.mark.parametrize("shape", [(1, 1), (6, 12), (48, 32), (2, 128)])
def test_each_head_is_found_where_it_is_drawn(show, shape: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    grid = show(HeadGrid(), 480, 300)
    grid.set_values(np.random.default_rng(0).random(shape).astype(np.float32))
    for layer in {0, shape[0] - 1}:
        for head in {0, shape[1] - 1}:
            assert grid.head_at(grid.place(layer, head).center()) == (layer, head)
            assert grid.rect().contains(grid.place(layer, head).center().toPoint())
    assert grid.head_at(QPointF(1, 1)) is None
    assert not grid.grab().isNull()


def test_the_largest_head_is_the_deepest_and_none_is_the_ground(show) -> None:  # type: ignore[no-untyped-def]
    grid = show(HeadGrid(), 200, 120)
    grid.set_values(np.array([[0.0, 4.0]], np.float32))
    image = grid.grab().toImage()
    colours = [pixel(image, grid.place(0, head).center().x(), grid.place(0, head).center().y()) for head in range(2)]
    assert colours == [LIGHT.panel, LIGHT.deepest]


def test_the_frame_stands_around_the_chosen_head(show) -> None:  # type: ignore[no-untyped-def]
    grid = show(HeadGrid(), 300, 200)
    grid.set_values(np.zeros((4, 6), np.float32))
    grid.choose(2, 4)
    image, place = grid.grab().toImage(), grid.place(2, 4)
    corners = (place.topLeft(), place.bottomRight() - QPointF(1, 1))
    assert [pixel(image, corner.x(), corner.y()) for corner in corners] == [LIGHT.accent, LIGHT.accent]


def test_chips_are_drawn_in_the_windows_theme(view: ReasonsView) -> None:
    view.set_attribution(reasons())
    place = view.chips.place(0)
    seen = pixel(view.chips.grab().toImage(), place.left() + 4, place.center().y())
    assert max(abs(int(seen[at : at + 2], 16) - int(LIGHT.panel[at : at + 2], 16)) for at in (1, 3, 5)) <= 3


def test_nothing_is_explained(view: ReasonsView) -> None:
    view.set_attribution(reasons())
    view.show_nothing("This model gives no single answer.")
    assert view.empty
    assert view.nothing.text() == "This model gives no single answer."
    assert view.reasons is None
    view.set_attribution(replace(reasons(), heads=np.zeros((0, 0)), tokens=(), values=np.zeros(0)))
    assert not view.grab().isNull()
