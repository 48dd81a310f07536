"""A, B and their difference: zero is the ground, signs have their colours, one cursor and one zoom in all three."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF, Qt
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import pixel
from workbench.gui.colours import NEGATIVE
from workbench.gui.models.comparison import compare
from workbench.gui.theme import LIGHT
from workbench.gui.widgets.compare_map import CompareMap, Side
from workbench.gui.widgets.heat_picture import Span
from workbench.gui.widgets.saving import render
from workbench.gui.widgets.shades import ZERO, signed_shades

WORDS = ("a", "b", "c", "d")


def side(seed: int, tokens: int = 4, title: str = "head") -> Side:
    weights = np.random.default_rng(seed).dirichlet(np.ones(tokens), tokens).astype(np.float32)
    words = tuple(f"w{place}" for place in range(tokens))
    return Side(title=title, weights=weights, queries=words, keys=words)


@pytest.fixture
def maps(show) -> CompareMap:  # type: ignore[no-untyped-def]
    made = show(CompareMap(), 1100, 420)
    assert isinstance(made, CompareMap)
    made.compare(side(0, title="first"), side(1, title="second"))
    return made


@given(st.integers(0, 99), st.integers(1, 40), st.integers(1, 40), st.integers(1, 30))
def test_a_sign_is_never_lost_and_zero_is_the_middle(seed: int, queries: int, keys: int, pixels: int) -> None:
    values = np.random.default_rng(seed).normal(0, 1, (1, queries, keys)).astype(np.float32)
    most = float(np.abs(values).max())
    shaded = signed_shades(values, pixels, pixels, most).astype(int)
    assert shaded.shape == (1, pixels, pixels)
    mirrored = signed_shades(-values, pixels, pixels, most).astype(int)
    assert np.abs(np.abs(shaded - ZERO) - np.abs(mirrored - ZERO)).max() <= 1  # as deep on both sides
    assert np.abs(shaded - ZERO).max() >= 126  # the largest is seen, however many share its pixel
    if pixels >= max(queries, keys):
        places = np.arange(pixels) * queries // pixels, np.arange(pixels) * keys // pixels
        assert np.abs(shaded[0] - ZERO - values[0][np.ix_(*places)] / most * 127.5).max() <= 1.5
    assert (signed_shades(np.zeros((1, 3, 3), np.float32), 4, 4, 1.0) == ZERO).all()


@given(st.integers(0, 99), st.integers(0, 99))
def test_what_moved_is_half_of_what_differs(one: int, other: int) -> None:
    found = compare(side(one).weights, side(other).weights)
    assert found is not None
    assert np.all((found.moved >= 0) & (found.moved <= 1 + 1e-6))
    np.testing.assert_allclose(np.maximum(found.difference, 0).sum(-1), found.moved, atol=1e-6)
    assert np.abs(found.difference[found.largest]) == np.abs(found.difference).max()
    assert (one == other) <= (found.moved.max() == 0)


def test_more_is_blue_less_is_orange_and_the_same_is_the_ground(maps: CompareMap) -> None:
    one, other = np.eye(4, dtype=np.float32), np.eye(4, dtype=np.float32)
    other[0], other[1] = (0.5, 0.5, 0, 0), (0, 0.5, 0, 0.5)
    maps.compare(*(Side(title=title, weights=each, queries=WORDS, keys=WORDS) for title, each in (("a", one), ("b", other))))
    image, size = render(maps.picture, (420, 360)), QSizeF(420, 360)
    for cell, colour in (((0, 0), NEGATIVE["light"]), ((0, 1), LIGHT.accent), ((3, 3), LIGHT.panel)):
        middle = maps.picture.cell_place(*cell, size).center()
        seen = pixel(image, middle.x(), middle.y())
        assert max(abs(int(seen[at : at + 2], 16) - int(colour[at : at + 2], 16)) for at in (1, 3, 5)) <= 3
    assert maps.picture.marks == ("+0.5", "0", "−0.5")


def test_one_cursor_and_one_zoom_for_all(maps: CompareMap, qtbot: QtBot) -> None:
    heat = maps.maps["b"]
    qtbot.mouseMove(heat, heat.cell_place(2, 1).center().toPoint())
    assert all(each.cell is not None and (each.cell.query, each.cell.key) == (2, 1) for each in maps.maps.values())
    assert maps.comparison is not None
    assert "query 3 “w2” · key 2 “w1”" in maps.facts.text()
    assert f"{maps.comparison.moved[2]:.0%}" in maps.facts.text()
    maps.maps["difference"].zoom_to(Span(top=1, bottom=3, left=0, right=2))
    assert {each.picture.span for each in maps.maps.values()} == {Span(top=1, bottom=3, left=0, right=2)}
    qtbot.keyClick(maps.maps["a"], Qt.Key.Key_Escape)
    assert {each.picture.span for each in maps.maps.values()} == {None}


def test_other_tokens_have_no_difference_and_it_is_said(maps: CompareMap) -> None:
    maps.compare(side(0), side(1, tokens=6))
    assert maps.comparison is None
    assert not maps.picture.weights.size
    assert maps.facts.text() == ""
    maps.maps["a"].zoom_to(Span(top=0, bottom=2, left=0, right=2))
    assert maps.maps["b"].picture.span is None
    maps.grab()
    maps.compare(side(0), side(0))
    assert maps.comparison is not None
    assert "0%" in maps.facts.text()
