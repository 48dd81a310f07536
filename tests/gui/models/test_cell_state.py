"""Numbers of a cell that a person changes: what follows is what the engine says follows, and the model's own come back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.cells import made_cell
from workbench.engine.cell import edited
from workbench.gui.models.cell_state import CellState, follow


@given(st.integers(0, 99), st.integers(1, 9), st.sampled_from([None, 1.5]), st.sampled_from([0.0, 0.7]), st.booleans())
def test_what_follows_is_what_the_engine_says(seed: int, keys: int, softcap: float | None, sink: float, masked: bool) -> None:
    cell, chance = made_cell(keys, seed=seed, softcap=softcap, sink=sink, masked=masked), np.random.default_rng(seed)
    q, k, v = (chance.standard_normal(4) for _ in range(3))
    mine, theirs = follow(cell, q=q, k=k, v=v), edited(cell, q=q, k=k, v=v)
    for part in ("scores", "weights", "output", "keys", "values"):
        np.testing.assert_allclose(getattr(mine, part), getattr(theirs, part), rtol=1e-12, atol=1e-15)
    assert mine.sink == pytest.approx(theirs.sink)


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
    assert follow(blind, q=blind.q, k=blind.k, v=blind.v).weights.tolist() == [0.0] * 5
