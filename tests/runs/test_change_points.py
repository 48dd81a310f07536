"""When a head became what it is: known crossings are found where they are, and noise is not taken for one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from workbench.contracts.film import ChangePoint, ScoreSeries
from workbench.engine.head_names import MARGIN
from workbench.runs.change_points import SLACK, change_points, crossings

NULL = 0.1


def series(steps: NDArray[np.int64], *lines: NDArray[np.float64]) -> ScoreSeries:
    """One layer with a head for each line of induction scores."""
    values = np.stack(lines, axis=-1)[:, None, None].astype(np.float32)  # (moment, score, layer, head)
    return ScoreSeries(
        kind="decoder", names=("induction",), steps=steps, values=values, nulls=np.full_like(values, NULL)
    )  # fmt: skip


def rise(steps: NDArray[np.int64], at: float, width: float) -> NDArray[np.float64]:
    """A score that crosses the threshold exactly at a step, on its way from chance to 0.9."""
    height = 0.9 - NULL
    shift = at + width * np.log(height / MARGIN - 1)  # the logistic reaches MARGIN / height there
    return np.asarray(NULL + height / (1 + np.exp(-(steps - shift) / width)))


@pytest.mark.parametrize("at", [37.0, 310.0, 2_222.0])
@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_a_known_crossing_is_named_within_a_tenth_of_its_step(at: float, noise: float) -> None:
    steps = np.unique(np.geomspace(1, 5_000, 150).astype(np.int64))
    line = rise(steps, at, at / 20) + np.random.default_rng(0).normal(0, noise, len(steps))
    found = change_points([series(steps, line, np.full(len(steps), NULL))])
    assert [(change.layer, change.head, change.name, change.became) for change in found] == [(0, 0, "induction", True)]
    assert found[0].before <= found[0].at <= found[0].after
    assert abs(found[0].at - at) <= 0.1 * at


def crossed(line: NDArray[np.float64]) -> list[tuple[int, bool]]:
    return crossings(np.arange(len(line)), line)


def test_a_score_that_only_touches_the_threshold_is_no_change() -> None:
    line = np.zeros(40)
    line[20] = 0.5
    assert crossed(line) == []
    assert crossed(np.full(40, 0.5)) == []  # it was so from the first moment on
    assert crossed(np.zeros(0)) == []


def test_a_change_that_does_not_last_is_none_however_closely_it_was_watched() -> None:
    steps = np.array([0, 90, 100, 101, 102, 103, 104, 105, 150, 200, 250, 300])
    line = np.where((steps >= 100) & (steps < 106), 0.5, 0.0)
    assert crossings(steps, line) == []
    assert crossings(steps, np.where(steps >= 100, 0.5, 0.0)) == [(2, True)]


def test_a_score_that_trembles_around_the_threshold_changes_once() -> None:
    line = np.concatenate((np.zeros(10), MARGIN + 0.02 * np.where(np.arange(30) % 2, -1, 1)))
    assert crossed(line) == [(10, True)]


def test_a_score_that_creeps_over_the_threshold_has_no_step_to_name() -> None:
    steps = np.arange(100, 1_001, 10)
    for wide, named in ((0.1, True), (0.2, True), (0.4, False), (0.8, False)):  # of its step, from lost to gained
        creeping = MARGIN - SLACK * (1 - (steps - 500 * (1 - wide)) / (500 * wide))
        line = np.clip(creeping, 0.0, 0.5)
        assert (line[steps < 500 * (1 - wide)] < MARGIN - SLACK).all()
        assert [became for _, became in crossings(steps, line)] == [True] * named
        fell = np.where(steps < 800, line, 0.0)  # and what it became slowly is lost at a stroke
        assert crossings(steps, fell)[-1] == (int(np.flatnonzero(steps == 800)[0]), False)


def test_a_score_that_hovers_below_the_threshold_after_it_touched_it_has_no_step_to_name() -> None:
    steps = np.arange(100, 1_001, 10)
    for hovers, named in ((MARGIN - SLACK / 2, False), (MARGIN + SLACK / 2, True)):
        line = np.select([steps < 500, steps == 500, steps < 600], [0.0, MARGIN + 0.01, hovers], 0.5)
        assert [became for _, became in crossings(steps, line)] == [True] * named


def test_what_was_gained_can_be_lost() -> None:
    line = np.concatenate((np.zeros(10), np.full(10, 0.4), np.zeros(10)))
    assert crossed(line) == [(10, True), (20, False)]


def test_a_change_says_itself() -> None:
    change = ChangePoint(kind="decoder", layer=1, head=0, name="induction", before=300, after=340, at=312.0)
    assert change.sentence == "decoder layer 1 head 0 became an induction head between steps 300 and 340"
