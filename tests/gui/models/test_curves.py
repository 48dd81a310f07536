"""Curves: nothing is lost, nothing hidden, and what a resumed run repeats is not told twice."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from workbench.contracts.events import Step
from workbench.gui.models.curves import Curves, decayed_sums
from workbench.gui.models.series import Series

numbers = st.floats(-1e6, 1e6) | st.sampled_from([math.nan, math.inf, -math.inf])


def a_step(number: int, loss: float, seconds: float | None = None) -> Step:
    return Step(
        step=number, time=0.0, loss=loss, learning_rate=1e-3, gradient_norm=1.0, tokens=100,
        seconds=number * 0.1 if seconds is None else seconds, epoch=0.0,
    )  # fmt: skip


def naive(values: np.ndarray, first: int, last: int) -> tuple[float, float, float]:
    finite = values[first:last][np.isfinite(values[first:last])]
    return (finite.min(), finite.max(), finite.mean()) if len(finite) else (math.nan,) * 3


@given(
    values=st.lists(numbers, min_size=1, max_size=700), cuts=st.lists(st.integers(0, 700), max_size=4), width=st.integers(1, 40),
    a=st.integers(-20, 800), span=st.integers(0, 900), repeat=st.integers(1, 40),
)  # fmt: skip
def test_columns_equal_the_naive_extremes_however_the_values_arrived(values, cuts, width, a, span, repeat):
    data = np.tile(np.array(values), repeat)  # long enough for several levels of the pyramid
    series, edges = Series(), sorted({0, len(data), *(min(cut * repeat, len(data)) for cut in cuts)})
    for begin, end in pairwise(edges):
        series.extend(np.arange(begin, end) + 1, data[begin:end])
        series.columns(0, 1e9, 3)  # the pyramid grows in pieces
    start, stop = a * repeat, (a + span) * repeat
    columns = series.columns(start, stop, width)
    inside = np.flatnonzero((series.steps >= start) & (series.steps <= stop))
    if len(inside):
        assert columns.first[0] <= inside[0]
        assert columns.last[-1] > inside[-1]
    assert (columns.first[1:] == columns.last[:-1]).all()
    assert len(columns.x) <= width + 4
    for first, last, low, high, mean in zip(columns.first, columns.last, columns.low, columns.high, columns.mean, strict=True):
        wanted = naive(data, first, last)
        assert (low, high) == pytest.approx(wanted[:2], nan_ok=True, rel=0, abs=0)
        assert mean == pytest.approx(wanted[2], nan_ok=True, rel=1e-9, abs=1e-6)


def test_one_spike_in_a_million_is_in_every_view_that_holds_it():
    generator = np.random.default_rng(0)
    values = generator.normal(1.0, 0.1, 1_000_000)
    values[654_321] = 50.0
    series = Series()
    series.extend(np.arange(1_000_000), values)
    for span in (1e6, 3e5, 7_777, 600, 50, 4):
        for offset in (0.0, 0.3, 0.999):
            start = 654_321 - offset * span
            assert np.nanmax(series.columns(start, start + span, 600).high) == 50.0


def test_a_moved_view_keeps_the_same_columns():
    series = Series()
    series.extend(np.arange(100_000), np.random.default_rng(1).normal(size=100_000))
    here, there = series.columns(10_000, 40_000, 500), series.columns(10_600, 40_600, 500)
    shared = np.intersect1d(here.first[1:-1], there.first[1:-1])
    assert len(shared) >= 480


@given(values=st.lists(numbers, max_size=300), pieces=st.integers(1, 7), weight=st.sampled_from([0.0, 0.5, 0.9, 0.999]))
def test_the_smoothed_curve_is_the_bias_corrected_mean_of_what_is_finite(values, pieces, weight):
    curves = Curves()
    curves.smoothing = weight
    for part in np.array_split(np.arange(len(values)), pieces):
        curves.extend([a_step(int(place) + 1, values[place]) for place in part])
        curves.smoothed("loss")
    expected, total, count = [], 0.0, 0
    for value in values:
        if math.isfinite(value):
            total, count = weight * total + (1 - weight) * value, count + 1
        expected.append(total / (1 - weight**count) if count else math.nan)
    assert curves.smoothed("loss").values.tolist() == pytest.approx(expected, nan_ok=True, rel=1e-7, abs=1e-6)


@given(size=st.integers(0, 5_000), weight=st.floats(0, 0.9999), before=st.floats(-10, 10))
def test_decayed_sums_are_the_recursive_filter(size, weight, before):
    values = np.random.default_rng(size).normal(size=size)
    expected = lfilter([1.0], [1.0, -weight], values, zi=[weight * before])[0] if size else values
    assert np.allclose(decayed_sums(values, weight, before), expected, rtol=1e-9, atol=1e-9)


def test_steps_repeated_after_a_resume_replace_what_they_said_before():
    curves = Curves()
    curves.extend([a_step(n, 1.0) for n in range(1, 101)])
    for at in (50, 100):
        curves.add("validation loss", at, 0.5)
    curves.smoothed("loss")
    curves.extend([a_step(n, 2.0) for n in range(61, 71)])
    assert curves.series("loss").steps.tolist() == list(range(1, 71))
    assert curves.series("loss").values.tolist() == [1.0] * 60 + [2.0] * 10
    assert curves.series("validation loss").steps.tolist() == [50]
    assert len(curves.smoothed("loss")) == 70
    assert curves.last_step == 70


def test_a_repeat_inside_one_batch_is_found_too():
    curves = Curves()
    curves.extend([a_step(n, float(n)) for n in (1, 2, 3, 4, 3, 4, 5, 2)])
    assert curves.series("loss").steps.tolist() == [1, 2]


def test_rewinding_then_growing_leaves_no_trace_of_the_old_values_in_the_pyramid():
    curves = Curves()
    curves.extend([a_step(n, 99.0) for n in range(1, 1_001)])
    curves.columns("loss", 0, 1_000, 10)
    curves.rewind(333)
    curves.extend([a_step(n, 1.0) for n in range(334, 900)])
    columns = curves.columns("loss", 340, 900, 10)
    assert np.nanmax(columns.high[1:]) == 1.0


def test_a_late_score_finds_its_place_among_the_others():
    curves = Curves()
    for step, value in ((10, 1.0), (30, 3.0), (20, 2.0), (30, 3.5), (10, 1.5)):
        curves.add("validation accuracy", step, value)
    series = curves.series("validation accuracy")
    assert series.steps.tolist() == [10, 20, 30]
    assert series.values.tolist() == [1.5, 2.0, 3.5]


def test_throughput_is_tokens_over_the_time_between_steps_and_unknown_where_no_time_passed():
    curves = Curves()
    curves.extend([a_step(1, 1.0, 0.5), a_step(2, 1.0, 0.6)])
    curves.extend([a_step(3, 1.0, 0.6), a_step(4, 1.0, 1.6)])
    assert curves.series("tokens_per_second").values.tolist() == pytest.approx([200.0, 1000.0, math.nan, 100.0], nan_ok=True)


def test_the_value_under_the_cursor_is_that_of_the_nearest_step():
    curves = Curves()
    assert curves.value("loss", 3) is None
    curves.extend([a_step(n, float(n)) for n in (10, 20, 30)])
    assert [curves.value("loss", at) for at in (-5, 14, 16, 99)] == [10.0, 10.0, 20.0, 30.0]


def test_every_change_raises_the_version():
    curves, seen = Curves(), set()
    for change in (
        lambda: curves.extend([a_step(1, 1.0)]), lambda: curves.add("validation loss", 1, 1.0),
        lambda: curves.rewind(0), lambda: setattr(curves, "smoothing", 0.3), curves.clear,
    ):  # fmt: skip
        change()
        seen.add(curves.version)
    assert len(seen) == 5
    with pytest.raises(ValueError, match="smoothing"):
        curves.smoothing = 1.0
