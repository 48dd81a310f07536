from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.events import (
    Checkpointed,
    Edited,
    Evaluated,
    Event,
    Failed,
    Finished,
    Started,
    Step,
    Warned,
    from_json,
    to_json,
)  # fmt: skip

EVENTS: list[Event] = [
    Started(step=0, time=1.5, total_steps=10, device="cpu", parameters=7, rows={"train": 3}),
    Step(step=1, time=2.0, loss=0.5, learning_rate=1e-3, gradient_norm=1.25, tokens=30, seconds=0.1, epoch=0.5),
    Evaluated(
        step=1, time=2.5, split="validation", metrics={"accuracy": 0.5}, best=True, samples=({"input": "早", "target": "b"},)
    ),
    Checkpointed(step=1, time=3.0, path="step-1"),
    Edited(step=1, time=3.0, what="learning_rate", value=0.01),
    Edited(step=1, time=3.0, what="head", value="off", kind="cross", layer=1, head=0),
    Warned(step=1, time=3.0, message="a\nb"),
    Finished(step=2, time=4.0, stopped="early", report={"metrics": {"validation": {}}}),
    Failed(step=2, time=4.0, what="x"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_a_line_reads_back_as_the_event(event: Event) -> None:
    line = to_json(event)
    assert "\n" not in line
    assert from_json(line) == event


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_a_torn_line_is_passed_over(event: Event) -> None:
    line = to_json(event)
    assert all(from_json(line[:cut]) is None for cut in range(len(line)))


@given(st.text())
def test_any_line_is_an_event_or_nothing(line: str) -> None:
    assert from_json(line) is None or isinstance(from_json(line), Event)


def test_a_line_of_a_later_version_keeps_what_is_known() -> None:
    assert from_json('{"type": "warned", "step": 1, "time": 2, "message": "m", "novel": 3}') == Warned(
        step=1, time=2, message="m"
    )
    assert from_json('{"type": "novel", "step": 1, "time": 2}') is None
