"""Rows of a table for a view: any cell is what the table holds, and only what was looked at is kept."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from workbench.contracts.tables import UsedRows
from workbench.gui.models.table_model import CELL, PAGE, PAGES, TIP, TableModel

Table = list[tuple[str, ...]]


def table_of(rows: int) -> Table:
    """Cells that say where they stand."""
    return [(f"a{row}", f"b{row}") for row in range(rows)]


def serve(model: TableModel, table: Table) -> list[int]:
    """Answer every request at once; the offsets asked for."""
    asked: list[int] = []

    def answer(offset: int, count: int) -> None:
        asked.append(offset)
        model.take_page(offset, table[offset : offset + count])

    model.page_wanted.connect(answer)
    return asked


def test_every_cell_is_that_of_the_table_however_one_jumps(qtbot: QtBot) -> None:
    table, model, chance = table_of(12_345), TableModel(), random.Random(0)
    serve(model, table)
    model.show_table(("a", "b"), table[:PAGE])
    model.grow(len(table))
    for _ in range(300):
        row, column = chance.randrange(len(table)), chance.randrange(2)
        model.index(row, column).data()  # looking asks for the page
        qtbot.waitUntil(lambda row=row: model.cell(row, 0) is not None)
        assert model.index(row, column).data() == table[row][column]
    assert model.rowCount() == len(table)
    assert model.index(len(table) - 1, 0).isValid()
    assert not model.index(len(table), 0).isValid()


def test_no_more_than_so_many_pages_are_kept(qtbot: QtBot) -> None:
    table, model = table_of((PAGES + 30) * PAGE), TableModel()
    serve(model, table)
    model.show_table(("a", "b"), table[:PAGE])
    model.grow(len(table))
    for page in range(PAGES + 30):
        model.cell(page * PAGE, 0)
        qtbot.waitUntil(lambda page=page: model.cell(page * PAGE, 0) is not None)
    assert model.kept == PAGES
    assert model.cell(0, 0) is None  # the oldest went, and is asked for again
    qtbot.waitUntil(lambda: model.cell(0, 0) == "a0")


def test_a_cell_on_its_way_shows_an_ellipsis_and_what_was_passed_is_not_fetched(qtbot: QtBot) -> None:
    model = TableModel()
    asked: list[int] = []
    model.page_wanted.connect(lambda offset, count: asked.append(offset))
    model.show_table(("a", "b"), table_of(PAGE))
    model.grow(100_000)
    for row in range(PAGE, 50_000, PAGE):  # a scroll bar dragged through pages before any arrives
        assert model.index(row, 0).data() == "…"
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked == [50_000 - PAGE]
    model.take_page(asked[0], table_of(PAGE))
    assert len(asked) == 2
    model.take_page(0, [("wrong", "page")])  # an answer nobody waits for
    assert model.cell(0, 0) == "a0"


def test_an_old_answer_does_not_enter_another_table(qtbot: QtBot) -> None:
    model = TableModel()
    with qtbot.waitSignal(model.page_wanted):
        model.show_table(("a", "b"), table_of(PAGE))
        model.grow(1_000)
        model.cell(500, 0)
    model.show_table(("x",), [("first",)] * PAGE)
    model.grow(1_000)
    model.take_page(400, table_of(PAGE))
    assert model.cell(500, 0) is None
    assert model.columnCount() == 1


def test_long_and_broken_cells_are_drawn_on_one_line_and_told_in_full(qtbot: QtBot) -> None:
    long = "<b>word</b>\n" * 1_000
    model = TableModel()
    model.show_table(("a",), [(long,), ("",)])
    shown, tip = model.index(0, 0).data(), model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "\n" not in shown
    assert len(shown) <= 2 * CELL
    assert tip == long[:TIP] + "…"
    assert model.index(1, 0).data() == ""


def test_a_role_is_named_in_the_header_in_the_accent(qtbot: QtBot) -> None:
    model = TableModel()
    model.show_table(("review", "id"), [("x", "1")])
    model.recolour("#3454D1", "#667085", "#EEF1FB")
    model.name_roles({"review": "text", "other": "target"})
    header = Qt.Orientation.Horizontal
    assert model.headerData(0, header) == "review · text"
    assert model.headerData(0, header, Qt.ItemDataRole.ForegroundRole).name() == "#3454d1"  # type: ignore[attr-defined]
    assert model.headerData(1, header) == "id"
    assert model.headerData(1, header, Qt.ItemDataRole.ForegroundRole) is None


def test_it_keeps_the_rules_of_models(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    table, model = table_of(450), TableModel()
    serve(model, table)
    model.show_table(("a", "b"), table[:PAGE])
    qtmodeltester.check(model)
    model.grow(450)
    model.grow(300)
    model.show_table((), ())


def serve_chosen(model: TableModel, table: Table) -> list[int]:
    """Answer every request for chosen rows at once; how many were asked for each time."""
    asked: list[int] = []

    def answer(offset: int, rows: tuple[int, ...]) -> None:
        asked.append(len(rows))
        model.take_page(offset, [table[row] for row in rows])

    model.rows_wanted.connect(answer)
    return asked


def test_chosen_rows_alone_are_shown_under_their_own_numbers_and_all_come_back(qtbot: QtBot) -> None:
    table, model, chance = table_of(12_345), TableModel(), random.Random(0)
    ModelTester(model)
    serve(model, table)
    asked = serve_chosen(model, table)
    model.show_table(("a", "b"), table[:PAGE])
    model.grow(len(table))
    chosen = sorted(chance.sample(range(len(table)), 777))
    model.show_only(chosen)
    assert model.rowCount() == 777
    for place in chance.sample(range(777), 100):
        model.index(place, 0).data()
        qtbot.waitUntil(lambda place=place: model.cell(place, 0) is not None)
        assert model.index(place, 0).data() == f"a{chosen[place]}"
        assert model.headerData(place, Qt.Orientation.Vertical) == f"{chosen[place] + 1:,}"
    assert max(asked) <= PAGE
    assert sum(asked) <= 777
    model.show_only(None)
    assert model.only is None
    assert model.rowCount() == len(table)
    model.index(9_000, 1).data()
    qtbot.waitUntil(lambda: model.cell(9_000, 1) is not None)
    assert model.cell(9_000, 1) == "b9000"
    assert model.headerData(9_000, Qt.Orientation.Vertical) == "9,001"


def test_a_page_that_was_asked_for_before_does_not_stand_for_chosen_rows(qtbot: QtBot) -> None:
    table, model = table_of(1_000), TableModel()
    model.show_table(("a", "b"), table[:PAGE])
    model.grow(len(table))
    with qtbot.waitSignal(model.page_wanted):
        model.index(PAGE, 0).data()
    model.show_only(range(500, 1_000))
    model.take_page(PAGE, table[PAGE : 2 * PAGE])  # late
    assert model.cell(PAGE, 0) is None
    serve_chosen(model, table)
    qtbot.waitUntil(lambda: model.cell(PAGE, 0) is not None)
    assert model.cell(PAGE, 0) == f"a{500 + PAGE}"


def test_a_table_that_grows_meanwhile_is_whole_afterwards(qtbot: QtBot) -> None:
    table, model = table_of(1_000), TableModel()
    serve(model, table)
    model.show_table(("a", "b"), table[:PAGE])
    model.show_only((3, 5))
    model.grow(len(table))
    assert model.rowCount() == 2
    model.show_only(None)
    assert model.rowCount() == 1_000
    model.show_only((3, 5))
    model.show_table(("a", "b"), table[:7])  # another table
    assert model.only is None
    assert model.rowCount() == 7


def test_what_mends_change_is_shown_as_used_or_as_in_the_file_and_marked(qtbot: QtBot) -> None:
    model = TableModel()
    model.recolour("#3454D1", "#667085", "#EEF1FB")
    model.show_table(("text", "label"), [("a<br>b", "x"), ("gone", "y")])
    marks = Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.FontRole
    assert [model.index(0, 0).data(role) for role in marks] == [None, None]
    model.read_again()
    with qtbot.waitSignal(model.page_wanted):
        assert model.index(0, 0).data() == "…"
    model.take_page(0, [("a<br>b", "x"), ("gone", "y")], UsedRows(cells={(0, 0): "a b"}, left_out=frozenset({1})))
    assert model.index(0, 0).data() == "a b"
    assert model.index(0, 0).data(marks[0]).name() == "#eef1fb"
    assert model.index(0, 1).data(marks[0]) is None
    assert model.index(1, 1).data(marks[1]).strikeOut()
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "as used: a b\nin the file: a<br>b"
    model.show_used(False)
    assert model.index(0, 0).data() == "a<br>b"
    assert model.index(0, 0).data(marks[0]).name() == "#eef1fb"
