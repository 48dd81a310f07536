"""The table of heads: one head chosen both ways, order and choice that outlast new numbers, and what is going on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.head_tables import made_table
from tests.gui.widgets.pictures import pixel
from workbench.contracts.head_tables import UNITS, as_csv
from workbench.gui.i18n import Languages
from workbench.gui.theme import LIGHT
from workbench.gui.widgets.head_table import HeadTableView
from workbench.gui.widgets.head_table_words import HeadTableWords


@pytest.fixture
def table(show) -> HeadTableView:  # type: ignore[no-untyped-def]
    made = show(HeadTableView(), 900, 420)
    assert isinstance(made, HeadTableView)
    made.set_tables({"encoder": made_table("encoder"), "decoder": made_table("decoder", seed=1)})
    return made


def current(table: HeadTableView) -> tuple[str, int, int]:
    (row,) = table.view.selectionModel().selectedRows()
    return table.model.head_of(table.rows.mapToSource(row).row())


def test_a_click_chooses_a_head_and_a_choice_from_elsewhere_is_quiet(table: HeadTableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.head_chosen) as heard:
        middle = table.view.visualRect(table.rows.index(4, 1)).center()
        qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert heard.args == ["encoder", 1, 1]
    with qtbot.assertNotEmitted(table.head_chosen):
        table.choose("decoder", 1, 2)
    assert current(table) == ("decoder", 1, 2) == table.chosen
    with qtbot.waitSignal(table.head_chosen) as heard:
        qtbot.keyClick(table.view, Qt.Key.Key_Up)
    assert heard.args == ["decoder", 1, 1]


def test_order_and_choice_outlast_new_numbers_and_filters(table: HeadTableView, qtbot: QtBot) -> None:
    table.view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    with qtbot.assertNotEmitted(table.head_chosen):
        table.choose("encoder", 0, 2)
        table.set_tables({"encoder": made_table("encoder", seed=7, texts=3), "decoder": made_table("decoder", seed=8, texts=3)})
        assert current(table) == ("encoder", 0, 2)
        table.search.setText("decoder")
        assert not table.view.selectionModel().selectedRows()
        table.search.clear()
        assert current(table) == ("encoder", 0, 2)
        table.set_tables({"encoder": made_table("encoder", layers=3)})
        assert current(table) == ("encoder", 0, 2)
    assert table.rows.sortOrder() == Qt.SortOrder.DescendingOrder


def test_a_number_is_sorted_from_its_largest_and_turned_by_a_second_click(table: HeadTableView, qtbot: QtBot) -> None:
    across = table.view.horizontalHeader()

    def click(column: int) -> Qt.SortOrder:
        middle = QPoint(across.sectionViewportPosition(column) + 12, across.height() // 2)
        qtbot.mouseClick(across.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert across.sortIndicatorSection() == column
        return table.rows.sortOrder()

    assert [click(3), click(3), click(3)] == [
        Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder,
    ]  # fmt: skip
    assert click(1) == Qt.SortOrder.AscendingOrder  # heads are counted upwards
    assert click(4) == Qt.SortOrder.DescendingOrder


def test_filters_work_together_and_say_how_many_are_left(table: HeadTableView, qtbot: QtBot) -> None:
    table.named.click()
    table.kind.setCurrentIndex(2)
    assert table.rows.rowCount() == 2
    assert "2 of 12 heads" in table.facts.text()
    table.search.setText("sink")
    assert table.rows.rowCount() == 1


def test_a_data_set_shows_how_far_it_is_and_can_be_stopped(table: HeadTableView, qtbot: QtBot) -> None:
    assert not table.bar.isVisible()
    table.set_progress(11, 40)
    assert table.bar.isVisible()
    assert (table.bar.value(), table.bar.maximum()) == (11, 40)
    assert "text 12 of 40" in table.facts.text()
    with qtbot.waitSignal(table.stop_wanted):
        table.stop_button.click()
    table.end_progress()
    assert not table.stop_button.isVisible()


def test_csv_is_asked_for_with_every_table(table: HeadTableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.csv_wanted) as heard:
        table.csv_button.click()
    (tables,) = heard.args
    assert len(as_csv(tables).splitlines()) == 13
    table.show_nothing("No model.")
    assert not table.csv_button.isEnabled()


def test_a_bar_is_as_long_as_its_score(table: HeadTableView) -> None:
    column = table.model.columns.index("previous_token")
    row = next(row for row in range(12) if table.rows.index(row, column).data(257).value > 0.5)
    index = table.rows.index(row, column)
    table.view.scrollTo(index)
    image, place = table.view.viewport().grab().toImage(), table.view.visualRect(index)
    inside = place.adjusted(8, 0, -8, 0)
    ends = inside.left() + table.rows.index(row, column).data(257).value * inside.width()
    at = place.bottom() - 4
    assert pixel(image, ends - 3, at) == LIGHT.accent
    assert pixel(image, ends + 3, at) == LIGHT.line


def test_every_column_and_name_of_the_contract_has_words(qapp: QApplication) -> None:
    words = HeadTableWords().say()
    assert set(UNITS) <= set(words.titles)
    assert set(UNITS) <= set(words.explained)
    assert {"previous_token", "induction", "duplicate_token"} <= set(words.names)


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do
def test_the_table_changes_its_language(table: HeadTableView, qapp: QApplication) -> None:
    languages = Languages(qapp)
    try:
        languages.speak("zh_CN")
        qapp.processEvents()
        assert table.model.headerData(1, Qt.Orientation.Horizontal) == "头"
        assert "编码器" in str(table.model.index(0, 0).data())
    finally:
        languages.speak("en")
    qapp.processEvents()


def test_a_table_over_some_queries_says_how_many(table: HeadTableView) -> None:
    assert "drawn" not in table.facts.text()
    table.set_tables({"encoder": replace(made_table(), drawn=1_114)})
    assert "1,114 queries drawn" in table.facts.text()
