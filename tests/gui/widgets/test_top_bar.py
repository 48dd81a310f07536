"""How far the run is that is shown, and how it ended."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.windows import alone
from workbench.contracts.events import Event, Finished, Started, Step
from workbench.contracts.specs import Experiment
from workbench.gui import theme
from workbench.gui.appearance import PRESENTED
from workbench.gui.models.run_state import RunModel
from workbench.gui.widgets.giving_way import width_of
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


@pytest.mark.parametrize("scale", [1.0, PRESENTED])
def test_no_chip_and_no_button_is_ever_cut(qapp: QApplication, show, scale: float) -> None:  # type: ignore[no-untyped-def]
    """“2 + 2 laye” and “Stop & ke” on a projector of 800 pixels: now the least important chips go, and come back."""
    theme.apply(qapp, theme.LIGHT, scale)
    run = RunModel()
    bar = TopBar(run)
    run.begin()
    step = Step(step=338, time=0.0, loss=1.0, learning_rate=0.1, gradient_norm=1.0, tokens=1, seconds=1.0, epoch=1.0)
    run.take([STARTED, step])
    bar.show_experiment(Experiment.from_dict({"name": "reverse", "model": {"layout": "encoder-decoder"}}), "cpu")
    bar.set_memory((2**30, 2**29, 2**34))
    room = show(alone(bar), 1_600, 60)
    assert all(chip.isVisible() for chip in bar.chips)
    for width in (1_100, 960, 800, 700):
        room.resize(width, 60)
        QApplication.processEvents()
        for part in (*bar.chips, bar.state, bar.progress, bar.main, bar.stop):
            assert part.isHidden() or part.width() >= width_of(part), (width, part.objectName())
        assert bar.main.isVisible()
        assert bar.stop.isVisible()
        assert bar.stop.geometry().right() < width
    assert not bar.chips[0].isVisible()
    room.resize(1_600, 60)
    assert all(chip.isVisible() for chip in bar.chips)
