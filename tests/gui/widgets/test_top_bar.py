"""How far the run is that is shown, and how it ended."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from workbench.contracts.events import Event, Finished, Started, Step
from workbench.gui.models.run_state import RunModel
from workbench.gui.widgets.top_bar import TopBar

STARTED = Started(step=0, time=0.0, total_steps=62, device="cpu", parameters=10, rows={})


@pytest.mark.parametrize(("last", "words"), [(28, "Done early"), (62, "Done")])
def test_a_run_that_ended_by_itself_before_its_last_step_says_so(qtbot: QtBot, last: int, words: str) -> None:
    """“Done · step 28 of 62” alone looks like something that broke."""
    run = RunModel()
    bar = TopBar(run)
    qtbot.addWidget(bar)
    run.begin()
    step = Step(step=last, time=0.0, loss=1.0, learning_rate=0.1, gradient_norm=1.0, tokens=1, seconds=1.0, epoch=1.0)
    events: list[Event] = [STARTED, step, Finished(step=last, time=1.0, stopped="early" if last < 62 else "finished")]
    run.take(events)
    assert bar.state.text() == words
    assert bool(bar.state.toolTip()) == (last < 62)
    bar.set_continues(True)
    assert bar.state.text() == "Stopped"
    assert not bar.state.toolTip()
