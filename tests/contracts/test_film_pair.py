"""Two films are laid side by side by what is the same of their moments."""

from __future__ import annotations

import numpy as np

from workbench.contracts.film_pair import FilmLine, FilmPair


def line(*steps: int, total: int | None = None, per_step: float | None = None) -> FilmLine:
    tokens = None
    if per_step is not None:
        counted = np.arange(1, steps[-1] + 1, dtype=np.float64)
        tokens = (counted, counted * per_step)
    return FilmLine(steps=np.array(steps, np.int64), total=total or steps[-1], tokens=tokens)


def test_runs_of_one_length_stand_side_by_side_by_step() -> None:
    pair = FilmPair.natural(line(0, 10, 40, 100), line(0, 20, 100))
    assert pair.by == "step"
    assert pair.stops.tolist() == [0, 10, 20, 40, 100]
    assert [pair.moments(place) for place in pair.stops] == [(0, 0), (1, 0), (1, 1), (2, 1), (3, 2)]
    assert pair.possible == ("step", "share")


def test_runs_of_two_lengths_stand_side_by_side_by_share() -> None:
    pair = FilmPair.natural(line(0, 50, 100), line(0, 100, 200, 400))
    assert pair.by == "share"
    assert pair.stops.tolist() == [0, 0.25, 0.5, 1]
    assert pair.moments(0.5) == (1, 2)
    assert pair.moments(1.0) == (2, 3)
    assert pair.end == 1


def test_past_its_end_a_film_stays_at_its_last_moment() -> None:
    pair = FilmPair(lines=(line(0, 50, 100), line(0, 100, 400)), by="step")
    assert pair.moments(400.0) == (2, 2)
    assert pair.end == 400


def test_tokens_are_a_scale_where_both_were_counted() -> None:
    pair = FilmPair(lines=(line(0, 50, 100, per_step=4), line(0, 100, 200, per_step=2)), by="tokens")
    assert pair.possible == ("step", "share", "tokens")
    assert pair.stops.tolist() == [0, 200, 400]
    assert pair.moments(200.0) == (1, 1)
    for each, step in zip(pair.lines, (25, 100), strict=True):
        assert each.step_at(float(each.place(float(step), "tokens")), "tokens") == step
