"""The confusion matrix: right cells under the cursor, names as plain text, many classes in one picture."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from workbench.gui.widgets.confusion import ConfusionMatrix

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do

COUNTS = [[8, 2, 0], [0, 5, 5], [1, 0, 0]]


def middle(panel: ConfusionMatrix, row: int, column: int) -> QPoint:
    area, size = panel.picture.area(), len(panel.picture.labels)
    return QPoint(int(area.left() + (column + 0.5) * area.width() / size), int(area.top() + (row + 0.5) * area.height() / size))


def test_before_the_first_evaluation_and_without_classes_a_line_says_so(show):
    panel = show(ConfusionMatrix())
    assert panel.empty.isVisible()
    first = panel.empty.text()
    panel.set_no_classes()
    assert panel.empty.text() != first
    panel.set_matrix(COUNTS, ["a", "b", "c"])
    assert not panel.empty.isVisible()
    panel.set_matrix([[1, 2]], ["a"])
    assert panel.empty.isVisible()


@pytest.mark.parametrize("size", [(480, 280), (900, 300), (300, 700)])
def test_each_cell_is_where_it_is_drawn(qtbot, show, size):
    panel = show(ConfusionMatrix(), *size)
    panel.set_matrix(COUNTS, ["a", "b", "c"])
    for row in range(3):
        for column in range(3):
            with qtbot.waitSignal(panel.cell_clicked) as clicked:
                qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=middle(panel, row, column))
            assert clicked.args == [row, column]
    assert panel.picture.cell_at(QPoint(0, 0)) is None


def test_the_words_of_a_cell_tell_count_and_share(show):
    panel = show(ConfusionMatrix())
    panel.set_matrix(COUNTS, ["a<b>", "b", "c"])
    assert panel.picture.explain(0, 1) == "truth a<b>, predicted b: 2 of 10 rows (20.0 %)"
    assert panel.facts.text().endswith("13 of 21 rows right")


def test_rows_are_coloured_by_their_own_shares(show):
    panel = show(ConfusionMatrix())
    panel.set_matrix([[1000, 0], [1, 1]], ["large", "small"])
    assert panel.picture.shares().tolist() == [[1, 0], [0.5, 0.5]]
    image = panel.picture._image
    assert image.pixelColor(0, 0).lightness() < image.pixelColor(0, 1).lightness() < image.pixelColor(1, 0).lightness()


def test_arrow_keys_and_enter_reach_every_cell(qtbot, show):
    panel = show(ConfusionMatrix())
    panel.set_matrix(COUNTS, ["a", "b", "c"])
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(panel.picture, key)
    with qtbot.waitSignal(panel.cell_clicked) as clicked:
        qtbot.keyClick(panel.picture, Qt.Key.Key_Return)
    assert clicked.args == [0, 1]


@pytest.mark.parametrize("classes", [1, 2, 77, 150])
def test_many_classes_are_one_picture(show, classes):
    panel = show(ConfusionMatrix(), 480, 320)
    counts = np.random.default_rng(classes).integers(0, 3, (classes, classes))
    counts[0] = 0
    panel.set_matrix(counts.tolist(), [f"class {n} " * 9 for n in range(classes)])
    panel.grab()
    assert panel.picture._image.width() == classes
    assert panel.picture.area().right() <= panel.picture.width()
