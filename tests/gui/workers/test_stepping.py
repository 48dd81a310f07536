"""Spikes are looked for in what came since, and found as if the whole curve were looked at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from workbench.contracts.events import Step
from workbench.contracts.spikes import AT_ONCE, find_spikes
from workbench.gui.models.curves import Curves
from workbench.gui.models.step_block import COLUMNS, StepBlock
from workbench.gui.models.step_state import StepState
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.stepping import Stepping
from workbench.runs.process import EngineProcess


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


def block(first: int, losses: np.ndarray) -> StepBlock:
    values = np.ones((len(losses), len(COLUMNS)))
    values[:, COLUMNS.index("step")] = np.arange(first, first + len(losses))
    values[:, COLUMNS.index("seconds")] = np.arange(first, first + len(losses)) / 10
    values[:, COLUMNS.index("loss")] = losses
    return StepBlock(values)


def test_spikes_are_found_as_steps_come(jobs: Jobs, qtbot: QtBot) -> None:
    losses = 1 + 0.05 * np.random.default_rng(0).normal(size=AT_ONCE + 900)
    losses[[200, 395, AT_ONCE - 2, AT_ONCE + 880]] = 4.0, 5.0, 6.0, 7.0
    state, curves, engine = StepState(), Curves(), EngineProcess()
    stepping = Stepping(state, jobs, engine, lambda: None)
    curves.extend_block(block(1, losses[:400]))
    stepping.judge(curves)
    qtbot.waitUntil(lambda: state.steps == (201, 396))
    curves.extend_block(block(401, losses[400:]))
    stepping.judge(curves)
    stepping.judge(curves)  # once more meanwhile changes nothing
    whole = find_spikes(np.arange(1, len(losses) + 1), losses, "loss")
    qtbot.waitUntil(lambda: len(state.spikes) == len(whole) == 4, timeout=20_000)
    assert state.spikes == whole
    curves.extend([Step(step=300, time=0, loss=9.0, learning_rate=1, gradient_norm=1, tokens=1, seconds=30, epoch=1)])
    stepping.judge(curves)  # the run went on from an earlier step
    qtbot.waitUntil(lambda: state.steps == (201, 300), timeout=20_000)
    engine.close()
