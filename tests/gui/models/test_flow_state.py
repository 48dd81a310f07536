"""The flow that is asked for: known flows come back at once, stopped ones are begun again, other texts' are let fall."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.contracts.inspection import Query
from workbench.contracts.studies import Flow
from workbench.gui.models.flow_state import FlowState

TEXT, OTHER = Query(text="a b"), Query(text="c d")


def flow(layer: int, done: int = 2) -> Flow:
    return Flow(kind="encoder", layer=layer, done=done, tokens=("a", "b"), values=np.eye(2, dtype=np.float32)[:done])


@pytest.fixture
def asked() -> list[object]:
    return []


@pytest.fixture
def state(qapp: object, asked: list[object]) -> FlowState:
    made = FlowState()
    made.asked.connect(lambda: asked.append(made.question))
    return made


def test_a_flow_that_is_whole_is_not_worked_out_again(state: FlowState, asked: list[object]) -> None:
    state.want(TEXT, 1)
    state.want(TEXT, 1)  # it is at work already
    state.take((TEXT, 1), flow(1))
    state.end((TEXT, 1))
    state.want(TEXT, 0)
    state.want(TEXT, 1)
    assert asked == [(TEXT, 1), (TEXT, 0)]
    assert state.found is not None
    assert state.found.layer == 1
    assert not state.at_work
    state.forget()  # another model
    state.want(TEXT, 1)
    assert asked[2:] == [(TEXT, 1)]


def test_what_was_stopped_is_begun_again_and_late_answers_are_let_fall(state: FlowState, asked: list[object]) -> None:
    state.want(TEXT, 1)
    state.take((TEXT, 1), flow(1, done=1))
    state.stop()
    state.take((TEXT, 1), flow(1))
    state.end((OTHER, 1))
    assert state.found is not None
    assert state.found.done == 1
    state.want(TEXT, 1)
    assert asked == [(TEXT, 1), (TEXT, 1)]
    assert state.found is None
    state.want(OTHER, 1)
    state.take((TEXT, 1), flow(1))
    assert state.found is None
