"""All schemes side by side: sliders hold for all, a model's own takes its scheme's place, nothing waits."""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from workbench.contracts.frames import PositionFrame
from workbench.gui.models.schemes import SCHEMES, frame_of
from workbench.gui.widgets.scheme_card import CURVES, DECAY, LIKENESS, TABLE
from workbench.gui.widgets.schemes_view import VIEWS, SchemesView

LEARNED = PositionFrame(scheme="learned", values=np.random.default_rng(0).normal(size=(48, 24)))


@pytest.fixture
def view(show) -> SchemesView:  # type: ignore[no-untyped-def]
    made = show(SchemesView(), 1200, 480)
    assert isinstance(made, SchemesView)
    return made


def test_every_scheme_is_drawn_in_every_view(view: SchemesView) -> None:
    for chosen in VIEWS:
        view.show_view(chosen)
        assert view.what.text()
        for card in view.cards.values():
            if chosen in (TABLE, LIKENESS):
                assert card.map.isVisible()
                assert card.map.values.size
            else:
                assert card.plot.isVisible()
                assert card.plot.listDataItems()
        view.grab()


def test_sliders_hold_for_all_cards(view: SchemesView, qtbot: QtBot) -> None:
    assert (view.length, view.base, view.dimensions) == (64, 10_000, 64)
    view.sliders["length"].setValue(100)
    view.sliders["width"].setValue(8)
    view.sliders["heads"].setValue(12)
    shapes = {scheme: card.map.values.shape for scheme, card in view.cards.items()}
    assert shapes == {
        "sinusoidal": (100, 16),
        "learned": (100, 16),
        "rotary": (100, 16),
        "alibi": (199, 12),
        "relative": (199, 1),
    }
    before = view.cards["sinusoidal"].map.values
    view.sliders["base"].setValue(200)
    assert view.base == 100
    assert not np.allclose(before, view.cards["sinusoidal"].map.values)
    assert "100" in view.sliders["base"].accessibleName()
    qtbot.keyClick(view.sliders["length"], Qt.Key.Key_End)
    assert view.length == 512


@pytest.mark.parametrize("place", ["least", "most"])
def test_the_ends_of_all_sliders_can_be_drawn(view: SchemesView, place: str) -> None:
    for slider in view.sliders.values():
        slider.setValue(slider.minimum() if place == "least" else slider.maximum())
    assert view.base == {"least": 100, "most": 100_000}[place]
    for chosen in VIEWS:
        view.show_view(chosen)
        assert not view.grab().isNull()


def test_distance_decay_draws_what_a_query_sees(view: SchemesView) -> None:
    view.show_view(DECAY)
    along, seen = view.cards["sinusoidal"].plot.listDataItems()[0].getData()
    assert (along[0], seen[0]) == (0, pytest.approx(32))
    assert seen[1] == pytest.approx(30.9168, abs=1e-3)
    slopes = [item.getData()[1][1] for item in view.cards["alibi"].plot.listDataItems()]
    assert slopes == [pytest.approx(-(2.0**-power)) for power in (1, 3, 5, 7)]
    assert len(view.cards["rotary"].plot.listDataItems()) == 1


def test_a_models_own_takes_its_schemes_place_until_it_is_put_aside(view: SchemesView) -> None:
    assert not view.own.isVisible()
    view.set_model_frame(LEARNED)
    card = view.cards["learned"]
    assert view.own.isVisible()
    assert (card.own, card.title.text()) == (True, "Learned · this model's own")
    np.testing.assert_array_equal(card.map.values, LEARNED.values)
    view.sliders["length"].setValue(10)
    np.testing.assert_array_equal(card.map.values, LEARNED.values[:10])
    assert [each for each in SCHEMES if view.cards[each].own] == ["learned"]
    view.own.click()
    assert (card.own, card.title.text()) == (False, "Learned")
    view.own.click()
    view.set_model_frame(None)
    assert not view.own.isVisible()
    assert not card.own


def test_a_models_relative_bias_is_shown_head_by_head(view: SchemesView) -> None:
    values = np.random.default_rng(1).normal(size=(31, 12)).astype(np.float32)
    view.set_model_frame(PositionFrame(scheme="relative", values=values, rows="offset", columns="head", first=-15))
    view.show_view(LIKENESS)
    assert view.sliders["head"].isVisible()
    view.sliders["head"].setValue(12)
    square = view.cards["relative"].map.values
    assert square.shape == (16, 16)
    assert square[3, 1] == values[15 - 2, 11]
    assert view.cards["alibi"].facts.text() == "head 8 of 8"  # it has no twelfth
    view.show_view(TABLE)
    assert not view.sliders["head"].isVisible()


def test_one_long_vector_does_not_drown_the_others_likeness(view: SchemesView) -> None:
    values = np.array([[100, 0], [1, 0], [0, 1]], np.float32)
    view.set_model_frame(PositionFrame(scheme="learned", values=values))
    assert not view.cosine.isVisible()
    view.show_view(LIKENESS)
    np.testing.assert_allclose(view.cards["learned"].map.values, [[1, 1, 0], [1, 1, 0], [0, 0, 1]], atol=1e-6)
    view.cosine.click()
    assert view.cards["learned"].map.values.max() == 10_000
    assert view.cards["sinusoidal"].map.values[0, 0] == pytest.approx(32, abs=1e-3)


def test_a_file_gets_what_is_shown_counted_from_nought(view: SchemesView) -> None:
    view.sliders["heads"].setValue(8)
    view.show_view(TABLE)
    shown = {picture.scheme: picture for picture in view.pictures()}
    assert list(shown) == list(SCHEMES)
    assert (shown["alibi"].rows, shown["alibi"].first, shown["alibi"].names) == ("offset", -63, tuple(range(8)))
    assert shown["alibi"].values[62] == pytest.approx([-(2.0**-power) for power in range(1, 9)])  # one apart: the slopes
    view.show_view(LIKENESS)
    shown = {picture.scheme: picture for picture in view.pictures()}
    np.testing.assert_array_equal(shown["sinusoidal"].values, view.cards["sinusoidal"].map.values)
    assert (shown["alibi"].rows, shown["alibi"].columns) == ("query", "key")
    assert view.about["cosine"] == "1"
    view.show_view(CURVES)
    assert {picture.scheme: picture for picture in view.pictures()}["sinusoidal"].names == (0, 16, 32, 48)


def test_unknown_and_empty_encodings_are_passed_over(view: SchemesView) -> None:
    view.set_model_frame(PositionFrame(scheme="spiral", values=np.ones((3, 3))))
    assert not view.own.isVisible()
    view.set_model_frame(PositionFrame(scheme="learned", values=np.zeros((0, 4))))
    assert not view.own.isVisible()


def test_the_value_under_the_cursor_is_read(view: SchemesView, qtbot: QtBot) -> None:
    card = view.cards["alibi"]
    area, (rows, columns) = card.map.area(), card.map.values.shape
    point = QPointF(area.left() + 0.5 * area.width() / columns, area.top() + 10.5 * area.height() / rows)
    qtbot.mouseMove(card.map, point.toPoint())
    cell = card.map.cell
    assert cell is not None
    assert card.facts.text() == f"row {cell[0] - 63}, column {cell[1] + 1}: {card.map.values[cell]:.4f}"


def test_every_scheme_and_view_follows_a_slider_at_once(view: SchemesView) -> None:
    """No freeze at the largest sizes: medians of all views, each time with numbers that are not yet known."""
    view.sliders["width"].setValue(128)
    view.sliders["heads"].setValue(16)
    for chosen in VIEWS:
        view.show_view(chosen)
        taken = []
        for length in range(505, 512):
            frame_of.cache_clear()
            start = time.perf_counter()
            view.sliders["length"].setValue(length)
            taken.append(time.perf_counter() - start)
        assert statistics.median(taken) < 0.05, f"view {chosen}: {taken}"


def test_nothing_is_explained_and_a_frame_brings_it_back(view: SchemesView) -> None:
    view.show_nothing("No model is open.")
    assert view.empty
    view.set_model_frame(None)
    assert not view.empty
    assert view.view == TABLE
    assert CURVES in VIEWS
