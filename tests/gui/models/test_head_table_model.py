"""A row for each head: every score beside its baselines, sorted by numbers with gaps last, filtered by words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.head_tables import made_table
from workbench.contracts.head_tables import UNITS
from workbench.gui.models.head_filter import HeadFilter
from workbench.gui.models.head_table_model import SCORE, HeadTableModel, HeadWords, Score, digits

WORDS = HeadWords(
    titles={"induction": "Induction"}, explained={}, kinds={"decoder": "decoder"}, names={"induction": "copies"},
    beside="{0} (chance {1})", baselines="{0} {1} {2}",
)  # fmt: skip


@pytest.fixture
def model(qapp: object) -> HeadTableModel:
    made = HeadTableModel(WORDS)
    made.set_tables({"decoder": made_table("decoder"), "encoder": made_table("encoder", seed=1)})
    return made


def column(model: HeadTableModel, name: str) -> int:
    return model.columns.index(name)


def test_qt_finds_nothing_wrong_with_the_model(model: HeadTableModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    proxy = HeadFilter(model)
    QAbstractItemModelTester(proxy, QAbstractItemModelTester.FailureReportingMode.Fatal)
    proxy.look_for("copies", None, False)
    model.set_tables({"cross": made_table("cross")})
    model.set_tables({})
    assert model.rowCount() == 0


def test_there_is_a_row_for_each_head_and_a_column_for_each_number(model: HeadTableModel) -> None:
    assert model.rowCount() == 2 * 2 * 3
    assert model.columns[3:] == tuple(UNITS)
    assert model.head_of(0) == ("encoder", 0, 0)
    assert all(model.row_of(*model.head_of(row)) == row for row in range(model.rowCount()))
    assert model.row_of("cross", 0, 0) is None


def test_a_score_stands_beside_its_chance_level(model: HeadTableModel) -> None:
    table = made_table("decoder")
    row = model.row_of("decoder", 1, 2)
    assert row is not None
    index = model.index(row, column(model, "previous_token"))
    assert index.data() == f"{digits(table.values['previous_token'][1, 2])} (chance 0.20)"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "0.10 0.20 0.020"
    score = index.data(SCORE)
    assert isinstance(score, Score)
    assert score.clear == (score.value > 0.22)
    assert (score.least, score.most) == (0.0, 1.0)
    assert "chance" not in model.index(row, column(model, "loss_change")).data()  # it has no baseline


def test_less_than_the_luck_of_the_draw_is_not_clear() -> None:
    nan = math.nan
    known = {"uniform": 0.1, "shuffled": 0.2, "band": 0.05, "moved": nan, "least": 0.0, "most": 1.0}
    assert not Score(value=0.24, share=True, **known).clear
    assert Score(value=0.26, share=True, **known).clear
    assert Score(value=0.0, share=False, **known).clear
    assert Score(value=0.3, share=False, **known).chance == 0.1
    alone = Score(value=0.3, uniform=nan, shuffled=nan, band=nan, moved=nan, least=0.0, most=1.0, share=True)
    assert alone.clear
    assert math.isnan(alone.chance)


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_numbers_are_sorted_as_numbers_and_gaps_stand_last(model: HeadTableModel, order: Qt.SortOrder) -> None:
    proxy = HeadFilter(model)
    for name in ("loss_change", "induction", "entropy"):
        proxy.sort(column(model, name), order)
        scores = [proxy.index(row, column(model, name)).data(SCORE) for row in range(proxy.rowCount())]
        known = [score.value for score in scores if score is not None]
        assert known == sorted(known, reverse=order == Qt.SortOrder.DescendingOrder)
        assert all(score is None for score in scores[len(known) :])
    assert len(known) == 12
    proxy.sort(column(model, "names"), order)
    names = [proxy.index(row, 2).data() for row in range(12)]
    assert "" not in names[: sum(bool(name) for name in names)]


def test_heads_are_sorted_by_layer_and_not_by_letters(qapp: object) -> None:
    model = HeadTableModel(WORDS)
    model.set_tables({"encoder": made_table("encoder", heads=11)})
    proxy = HeadFilter(model)
    proxy.sort(1, Qt.SortOrder.AscendingOrder)
    assert [proxy.index(row, 1).data() for row in (0, 1, 9, 10, 11)] == ["1·1", "1·2", "1·10", "1·11", "2·1"]


def test_words_kind_and_names_filter(model: HeadTableModel) -> None:
    proxy = HeadFilter(model)

    def heads() -> set[tuple[str, int, int]]:
        return {model.head_of(proxy.mapToSource(proxy.index(row, 0)).row()) for row in range(proxy.rowCount())}

    proxy.look_for("COPIES", None, False)
    assert heads() == {("encoder", 1, 0), ("decoder", 1, 0)}
    proxy.look_for("", "decoder", True)
    assert heads() == {("decoder", 0, 1), ("decoder", 1, 0)}
    proxy.look_for("2·3 dec", None, False)
    assert heads() == {("decoder", 1, 2)}
    proxy.look_for("", None, False)
    assert len(heads()) == 12


def test_better_numbers_of_the_same_heads_do_not_reset_the_view(model: HeadTableModel, qtbot) -> None:  # type: ignore[no-untyped-def]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_tables({"decoder": made_table("decoder", seed=5), "encoder": made_table("encoder", seed=6)})
    with qtbot.waitSignal(model.modelReset):
        model.set_tables({"decoder": made_table("decoder", seed=5)})


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.00"), (0.834, "0.83"), (0.0123, "0.012"), (-0.5, "−0.50"), (1234.5, "1.23e+03"), (2e-5, "2e-05"), (np.nan, "–")],
)
def test_scores_are_short(value: float, text: str) -> None:
    assert digits(value) == text
