"""A researcher's question, answered in the real window by mouse: which head of MiniLM attends to the previous word, and what
becomes of the sentence vector when it is off?"""

from __future__ import annotations

import re
import time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT
from tests.minilm import minilm
from workbench.contracts.head_tables import LABELS
from workbench.gui.app import Workbench

TEXT = "The cat that the dog chased sat on the mat, and nobody minded."


def click(qtbot: QtBot, widget: QWidget, at: QPoint | None = None) -> None:
    """With the left button, on what can be seen."""
    qtbot.waitUntil(lambda: widget.isVisible() and widget.isEnabled(), timeout=WAIT)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def chosen_folder(bench: Workbench, qtbot: QtBot, folder: str) -> None:
    """Name a folder in the dialog that is open, and say Open."""
    found: list[QFileDialog] = []
    qtbot.waitUntil(lambda: bool(found.extend(bench.window.findChildren(QFileDialog)) or found), timeout=WAIT)
    name = found[-1].findChild(QLineEdit)
    assert name is not None
    name.setText(folder)
    button = next(each for each in found[-1].findChildren(QAbstractButton) if each.text().replace("&", "") in ("Choose", "Open"))
    click(qtbot, button)


def test_which_head_looks_at_the_previous_word_and_what_if_it_is_off(bench: Workbench, qtbot: QtBot) -> None:
    bench.window.resize(1280, 800)
    began = time.monotonic()
    click(qtbot, bench.window.rail.buttons["inspect"])
    page, state = bench.inspection.page, bench.inspection.state
    # open the model
    menu = page.card.button.menu()
    assert isinstance(menu, QMenu)
    menu.popup(page.card.button.mapToGlobal(page.card.button.rect().bottomLeft()))  # a click would wait in the menu
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(page.card.from_folder).center())
    chosen_folder(bench, qtbot, str(minilm()))
    qtbot.waitUntil(lambda: state.facts is not None, timeout=WAIT)
    # the sentence
    click(qtbot, page.given.text)
    qtbot.keyClicks(page.given.text, TEXT)
    qtbot.keyClick(page.given.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.seen is not None and state.seen.query.text == TEXT, timeout=WAIT)
    # which head: the table, sorted by what it looks at
    click(qtbot, page.heads.parts["table"])
    table = page.heads.table
    qtbot.waitUntil(lambda: table.view.isVisible() and table.rows.rowCount() == 72, timeout=WAIT)
    header = table.view.horizontalHeader()
    columns = [str(table.model.headerData(column, Qt.Orientation.Horizontal)) for column in range(table.model.columnCount())]
    column = next(number for number, name in enumerate(columns) if LABELS["previous_token"].split()[0] in name.lower())
    table.view.scrollTo(table.rows.index(0, column))
    at = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
    click(qtbot, header.viewport(), at)
    first = table.view.visualRect(table.rows.index(0, column)).center()
    click(qtbot, table.view.viewport(), first)
    kind, layer, head = state.place
    words = str(table.rows.index(0, columns.index("What it does")).data())
    assert LABELS["previous_token"] in words
    # off
    before = page.answer.line.text()
    click(qtbot, page.head.switch)
    qtbot.waitUntil(lambda: state.seen is not None and bool(state.seen.query.changes), timeout=WAIT)
    qtbot.waitUntil(lambda: page.answer.line.text() != before, timeout=WAIT)
    assert (kind, layer, head) == ("encoder", 0, 2)
    cosine = re.search(r"0\.\d+", page.answer.line.text())
    assert cosine is not None
    assert 0 < float(cosine[0]) < 1
    assert time.monotonic() - began < 120
