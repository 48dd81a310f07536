"""The logit lens as a grid: every cell says its likeliest token, and where the final answer first is the likeliest."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.readings import LayerReadings
from workbench.gui import theme
from workbench.gui.colours import READABLE, contrast, diverging, inks, rgb, sequential
from workbench.gui.models.readings_table import ReadingsTable, settled_rows
from workbench.gui.models.token_names import isolated
from workbench.gui.widgets.readings_view import ReadingsView

WORDS = ("the", " cat", " sat", "\n", "שלום", "<s>", " mat")


def readings(layers: int = 4, positions: int = 3, *, named: bool = True, kind: str = "decoder", seed: int = 0) -> LayerReadings:
    rng = np.random.default_rng(seed)
    ids = np.stack([[rng.permutation(len(WORDS))[:5] for _ in range(positions)] for _ in range(layers + 1)])
    chances = -np.sort(-rng.dirichlet(np.full(7, 0.4), (layers + 1, positions))[..., :5], axis=-1)
    tokens = tuple(tuple(tuple(WORDS[number] for number in place) for place in row) for row in ids.tolist())
    return LayerReadings(
        ids=ids, probabilities=chances, final=chances[..., 1], kind=kind, tokens=tokens if named else (),
        positions=tuple(f"w{place}" for place in range(positions)) if named else (),
    )  # fmt: skip


@pytest.fixture
def view(show) -> ReadingsView:  # type: ignore[no-untyped-def]
    made = show(ReadingsView(), 720, 420)
    assert isinstance(made, ReadingsView)
    return made


def rewritten(given: LayerReadings, best: list[list[int]]) -> LayerReadings:
    """The same with other likeliest tokens."""
    ids = np.array(given.ids)
    ids[:, :, 0] = best
    return LayerReadings(ids=ids, probabilities=given.probabilities, final=given.final, kind=given.kind)


def test_the_answer_settles_where_it_first_is_the_likeliest() -> None:
    given = rewritten(readings(3, 3), [[1, 0, 4], [2, 6, 2], [1, 5, 3], [1, 6, 4]])
    assert settled_rows(given).tolist() == [0, 1, 0]
    given = rewritten(readings(3, 3), [[0, 0, 0], [2, 3, 2], [2, 5, 3], [1, 5, 3]])
    assert settled_rows(given).tolist() == [3, 2, 2]


def test_rows_are_the_input_and_the_layers_and_columns_the_text(view: ReadingsView) -> None:
    view.set_readings(readings(4, 3))
    model = view.model
    down, across = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
    assert [model.headerData(row, down) for row in range(model.rowCount())] == ["input", "1", "2", "3", "4"]
    assert [model.headerData(place, across) for place in range(model.columnCount())] == ["w0", "w1", "w2"]
    assert "come next" in view.what.text()
    view.set_readings(readings(kind="encoder"))
    assert "at this position" in view.what.text()


def test_the_keyboard_tells_the_five_likeliest_and_the_answer(view: ReadingsView, qtbot: QtBot) -> None:
    given = readings(4, 3)
    view.set_readings(given)
    view.grid.setCurrentIndex(view.model.index(1, 1))
    qtbot.keyClick(view.grid, Qt.Key.Key_Down)
    reading = view.model.reading(2, 1)
    assert len(reading.tokens) == 5
    said = view.cell_line.text()
    assert said.startswith("Position 2 “w1”, after layer 2:")
    for token, chance in zip(reading.tokens, reading.probabilities, strict=True):
        assert token in said
        assert (f"{chance:.1%}" if chance >= 0.001 else "<0.1%") in said
    assert f"The final answer “{isolated(reading.answer)}”" in said
    qtbot.keyClick(view.grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert "before layer 1" in view.cell_line.text()


def test_the_mouse_tells_a_cell_and_forgets_it(view: ReadingsView, qtbot: QtBot) -> None:
    view.set_readings(readings(4, 3))
    hint = view.cell_line.text()
    qtbot.mouseMove(view.grid.viewport(), view.grid.visualRect(view.model.index(3, 2)).center())
    assert view.cell_line.text().startswith("Position 3 “w2”, after layer 3:")
    QApplication.sendEvent(view.grid.viewport(), QEvent(QEvent.Type.Leave))
    assert view.cell_line.text() == hint


def test_the_mark_stands_at_the_first_row_of_the_answer(view: ReadingsView) -> None:
    given = rewritten(readings(3, 3), [[0, 0, 4], [2, 6, 2], [1, 5, 3], [1, 6, 4]])
    view.set_readings(given)
    image = view.grid.viewport().grab().toImage()
    for position, first in enumerate((2, 1, 0)):
        framed = [row for row in range(4) if near(image, view.grid.visualRect(view.model.index(row, position)).topLeft())]
        assert framed == [first]
    assert "on average after layer 1.0 of 3" in view.settled_line.text()


def near(image: QImage, corner: QPoint) -> bool:
    ratio = image.devicePixelRatio()
    return image.pixelColor((corner + QPoint(1, 8)) * ratio).name().upper() == theme.LIGHT.attention


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("table", [sequential, diverging])
def test_letters_read_well_on_every_shade(look: theme.Theme, table) -> None:  # type: ignore[no-untyped-def]
    for shade, ink in zip(table(look), inks(table, look), strict=True):
        assert contrast(shade / 255, rgb(ink)) >= READABLE


def test_readings_without_names_are_numbers(view: ReadingsView) -> None:
    given = readings(2, 2, named=False)
    view.set_readings(given)
    assert view.model.index(1, 0).data() == str(given.ids[1, 0, 0])
    assert view.model.headerData(1, Qt.Orientation.Horizontal) == "2"


def test_a_screen_reader_hears_token_and_probability() -> None:
    model = ReadingsTable()
    model.set_words("input", "{0}, {1}")
    model.set_readings(readings(2, 2))
    reading = model.reading(1, 1)
    heard = model.data(model.index(1, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == f"{reading.tokens[0]}, {reading.probabilities[0]:.0%}"


def test_a_long_text_scrolls_and_stays_quick(view: ReadingsView) -> None:
    view.set_readings(readings(48, 256))
    assert view.grid.horizontalScrollBar().maximum() > 0
    assert view.grid.verticalScrollBar().maximum() > 0
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        view.grid.viewport().grab()
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.05  # what is out of sight is not painted


def test_nothing_is_explained(view: ReadingsView) -> None:
    view.set_readings(readings())
    view.show_nothing("This model says no tokens.")
    assert view.empty
    assert view.nothing.text() == "This model says no tokens."
    assert view.model.rowCount() == 0
    empty = np.zeros((3, 0, 5))
    view.set_readings(LayerReadings(ids=empty.astype(np.int64), probabilities=empty, final=np.zeros((3, 0))))
    assert view.empty
