"""The histogram of text lengths and its cut line."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from workbench.gui.widgets.length_histogram import BINS, SHORTEST, LengthHistogram


@pytest.fixture
def histogram(show) -> LengthHistogram:  # type: ignore[no-untyped-def]
    """Of a thousand texts."""
    widget = LengthHistogram()
    lengths = np.sort(np.random.default_rng(0).integers(3, 120, 1_000))
    widget.show_lengths(lengths, 119)
    show(widget, 400, 130)
    return widget


@pytest.mark.parametrize("longest", [1, 2, 3, 47, 48, 49, 1_000, 65_536])
def test_bars_count_every_text_once(longest: int, qtbot: QtBot) -> None:
    widget = LengthHistogram()
    qtbot.addWidget(widget)
    lengths = np.sort(np.random.default_rng(longest).integers(1, longest + 1, 500))
    widget.show_lengths(lengths, longest)
    assert widget._counts.sum() == 500
    assert len(widget._counts) <= BINS + 1
    widget.resize(300, 130)
    widget.grab()
    for tokens in range(SHORTEST, int(lengths[-1]) + 1, max(1, longest // 50)):
        near = widget.tokens_at(widget.x_of(tokens))
        assert abs(near - tokens) <= 0.5


def test_dragging_tells_while_it_moves_and_chooses_when_it_is_let_go(histogram: LengthHistogram, qtbot: QtBot) -> None:
    moved: list[int] = []
    histogram.moved.connect(moved.append)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(histogram, left, pos=QPoint(round(histogram.x_of(100)), 60))
    for tokens in (90, 70, 50):
        qtbot.mouseMove(histogram, QPoint(round(histogram.x_of(tokens)), 60))
    with qtbot.waitSignal(histogram.chosen) as chosen:
        qtbot.mouseRelease(histogram, left, pos=QPoint(round(histogram.x_of(50)), 60))
    assert chosen.args == [histogram.cut]
    assert abs(histogram.cut - 50) <= 1
    assert moved[-1] == histogram.cut
    assert histogram.cut_texts == sum(length > histogram.cut for length in histogram._lengths)


def test_keys_move_the_line_within_bounds(histogram: LengthHistogram, qtbot: QtBot) -> None:
    steps = [(Qt.Key.Key_Left, 118), (Qt.Key.Key_PageDown, 108), (Qt.Key.Key_Right, 109), (Qt.Key.Key_Home, SHORTEST),
             (Qt.Key.Key_Left, SHORTEST), (Qt.Key.Key_End, 119), (Qt.Key.Key_Right, 119)]  # fmt: skip
    for key, expected in steps:
        with qtbot.waitSignal(histogram.chosen) as chosen:
            qtbot.keyClick(histogram, key)
        assert chosen.args == [expected]


def test_without_lengths_there_is_a_hint_and_nothing_to_drag(qtbot: QtBot) -> None:
    widget = LengthHistogram()
    qtbot.addWidget(widget)
    widget.show_hint("Lengths appear here.")
    with qtbot.assertNotEmitted(widget.chosen):
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        qtbot.keyClick(widget, Qt.Key.Key_Left)
    assert widget.accessibleDescription() == "Lengths appear here."
    assert widget.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_few_long_texts_leave_the_others_room(show) -> None:  # type: ignore[no-untyped-def]
    widget = LengthHistogram()
    chance = np.random.default_rng(0)
    lengths = np.sort(np.concatenate([chance.integers(4, 31, 796), [911, 1_800, 2_500, 3_937]]))
    widget.show_lengths(lengths, 256)
    show(widget, 320, 130)
    assert widget.logarithmic
    assert widget._counts.sum() == 800
    assert widget.x_of(30) - widget.x_of(4) > 60  # of 304 pixels: else there is nothing to see, and a pixel is 13 tokens
    assert (np.diff(widget._edges) >= 1).all()
    for tokens in (2, 3, 10, 30, 300):
        assert abs(widget.tokens_at(widget.x_of(tokens)) - tokens) <= 0.5


def test_lengths_without_a_tail_keep_an_even_axis(histogram: LengthHistogram) -> None:
    assert not histogram.logarithmic
    assert histogram.x_of(100) - histogram.x_of(90) == pytest.approx(histogram.x_of(20) - histogram.x_of(10))


@pytest.mark.parametrize("tail", [False, True])
def test_each_bar_tells_what_it_counts(tail: bool, show) -> None:  # type: ignore[no-untyped-def]
    widget = LengthHistogram()
    lengths = np.sort(np.r_[np.random.default_rng(1).integers(1, 40, 300), [4_000] * tail])
    widget.show_lengths(lengths, 40)
    show(widget, 400, 130)
    for bar, count in enumerate(widget._counts):
        first, last = widget._edges[bar] + 0.5, widget._edges[bar + 1] - 0.5
        told = widget.bar_at((widget.x_of(widget._edges[bar]) + widget.x_of(widget._edges[bar + 1])) / 2)
        assert told.startswith(f"{first:,.0f} tokens: " if first == last else f"{first:,.0f} to {last:,.0f} tokens: ")
        assert told.endswith(f": {count} texts")
        assert count == sum(first <= length <= last for length in lengths)
    assert not widget.bar_at(-5)
    assert not widget.bar_at(widget.width() + 5)
