"""Which moment is looked at: seeking, playing, going live."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from workbench.contracts.film import ChangePoint
from workbench.gui.models.film_state import FilmState, Rise

STEPS = np.array([0, 1, 4, 9, 16], np.int64)
CHANGE = ChangePoint(kind="cross", layer=0, head=1, name="mirrored", before=4, after=9, at=6.0)


@pytest.fixture
def film(qtbot: QtBot) -> FilmState:
    state = FilmState()
    state.set_film(STEPS, (CHANGE,))
    return state


def test_a_moment_is_asked_for_once_and_live_asks_for_now(film: FilmState) -> None:
    wanted: list[object] = []
    film.wanted.connect(wanted.append)
    for index in (2, 2, 99, -5):
        film.seek(index)
    film.seek_step(10.4)
    film.live()
    film.live()
    assert wanted == [4, 16, 0, 9, None]
    assert film.step is None
    assert film.index is None


def test_moments_are_gone_through_one_by_one_from_live_backwards(film: FilmState) -> None:
    film.go(-1)
    assert film.step == 16
    film.go(-1)
    assert (film.step, film.index) == (9, 3)
    film.go(5)
    assert film.step == 16


def test_a_film_that_grows_or_is_thinned_keeps_the_step(film: FilmState) -> None:
    film.seek_step(9)
    film.set_film(np.array([0, 9, 16, 20], np.int64))
    assert (film.step, film.index) == (9, 1)
    assert film.changes == (CHANGE,)


def test_playing_waits_for_each_moment_and_ends_at_the_last(film: FilmState, qtbot: QtBot) -> None:
    seen: list[int] = []

    def answer(step: int | None) -> None:
        assert step is not None
        seen.append(step)
        if step != 4:
            film.arrived(step)

    film.wanted.connect(answer)
    film.play()
    assert film.playing
    qtbot.waitUntil(lambda: seen == [0, 1, 4])
    film._play_on()
    assert seen == [0, 1, 4]  # that one is still being read
    film.arrived(4)
    with qtbot.waitSignal(film.played):
        pass
    assert seen == STEPS.tolist()
    assert not film.playing
    assert film.step == 16


def test_an_empty_film_does_nothing(qtbot: QtBot) -> None:
    film = FilmState()
    for act in (film.play, film.live, lambda: film.seek(3), lambda: film.go(-1), lambda: film.seek_step(2.0)):
        act()
    assert film.step is None
    assert not film.playing


def test_another_run_takes_everything_back(film: FilmState) -> None:
    film.seek(1)
    film.play()
    film.clear()
    assert film.step is None
    assert not film.playing
    assert len(film.steps) == 0
    assert film.changes == ()


def test_a_pinned_text_is_chosen_at_the_moment_that_is_shown_or_at_the_last() -> None:
    state = FilmState()
    wanted: list[object] = []
    state.wanted.connect(wanted.append)
    state.set_film(np.array([0, 10, 20], np.int64))
    state.choose_text(1)
    assert state.text == 0  # there is but one
    state.set_texts(("a", "b"))
    state.choose_text(1)
    assert (state.text, state.step, wanted) == (1, 20, [20])
    state.seek(1)
    state.choose_text(0)
    assert (state.text, wanted) == (0, [20, 10, 10])
    state.clear()
    assert state.texts == ()


def test_of_changes_at_once_the_one_that_was_chosen_is_told() -> None:
    state, beside = FilmState(), dataclasses.replace(CHANGE, head=0)
    rise = Rise(metric="accuracy", before=4, after=9, low=0.2, high=0.8)  # of no head: that of another must not be named
    state.set_film(STEPS, (CHANGE, beside))
    state.set_rise(rise)
    assert state.newest_until(8) is None
    for each in (beside, CHANGE, rise, beside):
        state.visit(each)
        assert state.step == 9
        assert state.newest_until(16) is each
