"""A growing curve finds its values by step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gui.models.series import Series


@given(puts=st.lists(st.tuples(st.integers(0, 30), st.integers(-5, 5)), max_size=60), cut=st.integers(0, 30))
def test_values_put_anywhere_are_in_order_and_the_newest_holds(puts, cut):
    series, known = Series(), {}
    for step, value in puts:
        series.put(step, value)
        known[step] = value
        series.columns(0, 30, 7)
    assert dict(zip(series.steps, series.values, strict=True)) == known
    assert series.steps.tolist() == sorted(known)
    series.cut(series.until(cut))
    kept = {step: value for step, value in known.items() if step <= cut}
    assert series.steps.tolist() == sorted(kept)
    columns = series.columns(0, 30, 1)
    if kept:
        assert (columns.low.min(), columns.high.max()) == (min(kept.values()), max(kept.values()))
    else:
        assert len(columns.x) == 0


@given(steps=st.sets(st.integers(0, 100), max_size=20), at=st.floats(-50, 150))
def test_the_nearest_is_the_nearest(steps, at):
    series, ordered = Series(), sorted(steps)
    series.extend(ordered, ordered)
    place = series.nearest(at)
    if ordered:
        assert abs(ordered[place] - at) == min(abs(step - at) for step in ordered)
    else:
        assert place is None


def test_what_is_handed_out_cannot_be_written():
    series = Series()
    series.extend([1, 2], [3, 4])
    with pytest.raises(ValueError, match="read-only"):
        series.values[0] = 9


def test_gaps_between_steps_are_no_columns():
    series = Series()
    series.extend(np.concatenate([np.arange(100), np.arange(10_000, 10_100)]), np.ones(200))
    columns = series.columns(0, 10_100, 101)
    assert len(columns.x) <= 4
    assert not ((columns.x > 150) & (columns.x < 9_900)).any()
