"""Class balance: the commonest first, and none forgotten."""

from __future__ import annotations

import random

import pytest
from pytestqt.qtbot import QtBot

from workbench.gui.widgets.class_bars import SHOWN, ClassBars


@pytest.mark.parametrize("classes", [1, 2, SHOWN, SHOWN + 1, SHOWN + 2, 1_000])
def test_bars_and_the_rest_are_all_classes(classes: int, qtbot: QtBot) -> None:
    chance, bars = random.Random(classes), ClassBars()
    qtbot.addWidget(bars)
    counts = [chance.randrange(0, 500) for _ in range(classes)]
    bars.show_counts([f"class {n}" for n in range(classes)], counts)
    more, rows = bars.rest
    assert len(bars.shown) + more == classes
    assert sum(count for _, count in bars.shown) + rows == sum(counts)
    assert [count for _, count in bars.shown] == sorted(counts, reverse=True)[: len(bars.shown)]
    assert more != 1  # a line that says "one more" could be that one's bar
    bars.resize(280, bars.sizeHint().height())
    bars.grab()


def test_names_of_any_kind_are_drawn(qtbot: QtBot) -> None:
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.show_counts(["", "x" * 5_000, "<b>bold</b>", "line\nline", "好评"], [5, 4, 3, 2, 0])
    bars.resize(200, 200)
    assert not bars.grab().isNull()
    bars.show_hint("Classes appear here.")
    assert bars.shown == []
    assert not bars.grab().isNull()
