"""Numbers of a cell that a person changes: what follows, and the model's own come back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.cells import made_cell
from workbench.contracts.cells import edited
from workbench.gui.models.cell_state import CellState


@given(st.integers(0, 99), st.integers(1, 9), st.sampled_from([None, 1.5]), st.sampled_from([0.0, 0.7]), st.booleans())
def test_what_follows_is_what_a_row_written_out_gives(
    seed: int, keys: int, softcap: float | None, sink: float, masked: bool
) -> None:
    cell, chance = made_cell(keys, seed=seed, softcap=softcap, sink=sink, masked=masked), np.random.default_rng(seed)
    state = CellState(cell)
    changed = {part: chance.standard_normal(4) for part in ("q", "k", "v")}
    for part, numbers in changed.items():
        for place, number in enumerate(numbers):
            state.set_number(part, place, float(number))
    rows = np.array(cell.keys)
    rows[cell.key] = changed["k"]
    scores = rows @ changed["q"] * cell.scaling
    scores = (softcap * np.tanh(scores / softcap) if softcap else scores) + cell.added
    values = np.array(cell.values)
    values[cell.key] = changed["v"]
    exponentials = np.exp(scores)
    total = exponentials.sum() + cell.sink * np.exp(cell.largest)  # the sink's own score stays where it was
    expected = exponentials / total if np.isfinite(scores.max()) else np.zeros(keys)
    np.testing.assert_allclose(state.now.weights, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(state.now.output, expected @ values, rtol=1e-9, atol=1e-12)


def test_changes_add_up_and_are_undone_at_once() -> None:
    state = CellState(made_cell())
    state.set_number("q", 1, 3.0)
    state.set_number("v", 0, -2.0)
    assert state.now.q[1] == 3.0
    assert state.now.v[0] == -2.0
    assert state.changed
    assert state.moved > 0
    naive = np.exp(state.now.keys @ state.now.q / 2)
    np.testing.assert_allclose(state.now.weights, naive / naive.sum())
    state.reset()
    assert state.now is state.before
    assert not state.changed


def test_the_models_own_number_put_back_is_no_change() -> None:
    state = CellState(made_cell())
    own = float(state.before.k[3])
    state.set_number("k", 3, 9.0)
    state.set_number("k", 3, own)
    assert not state.changed
    assert state.now is state.before
    state.set_number("k", 3, float("nan"))
    assert not state.changed


def test_what_the_model_used_otherwise_is_an_error() -> None:
    cell = made_cell()
    assert CellState(cell).error < 1e-12
    assert CellState(replace(cell, used=cell.used + 0.25)).error == pytest.approx(0.25)
    blind = replace(cell, added=np.full(5, -np.inf), scores=np.full(5, -np.inf))
    assert edited(blind).weights.tolist() == [0.0] * 5
