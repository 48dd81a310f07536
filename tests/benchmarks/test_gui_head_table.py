"""How long a table of 1,024 heads holds the window's thread when it is sorted or filtered.

Run: pytest -m benchmark tests/benchmarks/test_gui_head_table.py -s
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.head_tables import made_table
from workbench.gui.widgets.head_table import HeadTableView

pytestmark = pytest.mark.benchmark
ROUNDS = 9
MOST = 0.050
"""Seconds; a person sees longer ones."""


def test_sorting_and_filtering_a_thousand_heads(qtbot: QtBot) -> None:
    view = HeadTableView()
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    view.set_tables({"encoder": made_table(layers=32, heads=32)})
    view.choose("encoder", 3, 4)
    column = view.model.columns.index("entropy")
    took: dict[str, list[float]] = {}

    def timed(what: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        view.view.viewport().repaint()
        took.setdefault(what, []).append(time.perf_counter() - began)

    for number in range(ROUNDS):
        orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
        for order in orders:
            timed("sort by a number", lambda order=order: view.view.sortByColumn(column, order))
            timed("sort by name", lambda order=order: view.view.sortByColumn(2, order))
        timed("filter by a word", lambda number=number: view.search.setText(f"{number + 1}·"))
        timed("filter undone", lambda: view.search.setText(""))
    for what, seconds in took.items():
        print(f"{what}: median {median(seconds) * 1000:.1f} ms, most {max(seconds) * 1000:.1f} ms")
    assert all(median(seconds) < MOST for seconds in took.values())
