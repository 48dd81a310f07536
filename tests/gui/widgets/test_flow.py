"""Widgets beside each other, and into the next line where there is no room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from workbench.gui.widgets.flow import Flow


@pytest.mark.parametrize("width", [60, 130, 200, 1_000])
def test_nothing_overlaps_nothing_leaves_and_the_height_fits(width: int, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    buttons = [QPushButton("x" * letters) for letters in (3, 9, 1, 14, 40)]
    for button in buttons:
        flow.addWidget(button)
    height = flow.heightForWidth(width)
    flow.setGeometry(QRect(10, 20, width, height))
    places = [button.geometry() for button in buttons]
    assert all(QRect(10, 20, width, height).contains(place) for place in places)
    assert not any(a.intersects(b) for at, a in enumerate(places) for b in places[:at])
    assert max(place.bottom() for place in places) == 20 + height - 1
    order = [(place.top(), place.left()) for place in places]
    assert order == sorted(order)


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    first, second = QPushButton("first"), QPushButton("second")
    flow.addWidget(first)
    flow.addWidget(second)
    first.hide()
    flow.setGeometry(QRect(0, 0, 300, 40))
    assert second.geometry().left() == 0
    second.hide()
    assert flow.heightForWidth(300) == 0
