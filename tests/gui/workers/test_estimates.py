from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.estimates import Estimate
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState, Phase, counted
from workbench.gui.workers.estimates import LANE, Estimates
from workbench.gui.workers.jobs import Jobs
from workbench.runs.execute import start
from workbench.runs.process import EngineProcess


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    made = Draft()
    made.know_roles("text-classification", "source", "goal")
    given = {"data": vars(experiment.data), "model": vars(experiment.model), "train": vars(experiment.train)}
    made.replace({section: {k: v for k, v in values.items() if v is not None} for section, values in given.items()})
    return made


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


@pytest.fixture
def state(draft: Draft, jobs: Jobs, engine: EngineProcess) -> Iterator[EstimateState]:
    made = EstimateState(draft)
    Estimates(draft, made, jobs, engine, draft)
    yield made
    made.set_wanted(False)  # nothing new is begun while the lanes end


def test_a_draft_that_is_looked_at_is_measured(qtbot: QtBot, draft: Draft, state: EstimateState) -> None:
    state.set_wanted(True)
    assert state.phase is Phase.WAITING
    qtbot.waitUntil(lambda: state.phase is Phase.KNOWN, timeout=60_000)
    assert isinstance(state.estimate, Estimate)
    assert state.estimate.rehearsed_steps > 2
    count = counted(draft, state.settled)
    assert count == state.estimate.parameters  # what is counted at once is what was built


def test_nothing_is_measured_unseen_or_beside_a_training(qtbot: QtBot, draft: Draft, state: EstimateState, jobs: Jobs) -> None:
    draft.set("model", "layers", 2)
    assert not jobs.busy(LANE)
    state.set_training(True)
    state.set_wanted(True)
    assert state.phase is Phase.PAUSED
    qtbot.wait(600)  # longer than a draft rests before it is measured
    assert state.phase is Phase.PAUSED
    assert not jobs.busy(LANE)
    state.set_training(False)
    qtbot.waitUntil(lambda: state.phase is Phase.MEASURING, timeout=5_000)
    state.set_training(True)
    assert state.phase is Phase.PAUSED
    assert not jobs.busy(LANE)


def test_the_newest_draft_wins(qtbot: QtBot, draft: Draft, state: EstimateState) -> None:
    state.set_wanted(True)
    qtbot.waitUntil(lambda: state.phase is Phase.MEASURING, timeout=5_000)
    draft.set("model", "layers", 3)
    assert state.phase is Phase.WAITING
    qtbot.waitUntil(lambda: state.phase is Phase.KNOWN, timeout=60_000)
    assert state.estimate is not None
    assert state.estimate.parameters == counted(draft, state.settled)


def test_a_measured_draft_is_not_measured_again_for_its_name(
    qtbot: QtBot, draft: Draft, state: EstimateState, jobs: Jobs
) -> None:
    state.set_wanted(True)
    qtbot.waitUntil(lambda: state.phase is Phase.KNOWN, timeout=60_000)
    draft.rename("another")
    state.set_wanted(False)
    state.set_wanted(True)
    assert state.phase is Phase.KNOWN


def test_another_table_makes_what_was_found_void(qtbot: QtBot, draft: Draft, state: EstimateState) -> None:
    state.set_wanted(True)
    qtbot.waitUntil(lambda: state.phase is Phase.KNOWN, timeout=60_000)
    draft.set("model", "layers", 2)
    assert state.settled["vocabulary"] > 0  # the same words, another shape
    draft.set("data", "table", "/another.csv")
    assert not state.settled


def test_a_model_folder_is_measured_with_its_own_tokenizer(
    qtbot: QtBot, tmp_path: Path, draft: Draft, state: EstimateState
) -> None:
    for _ in start(draft.experiment().replace(train={"epochs": 1}), tmp_path / "run"):
        pass
    for name in ("tokenizer", "vocab_size", "lowercase"):
        draft.clear("data", name)
    draft.set("model", "model", str(tmp_path / "run" / "model"))
    state.set_wanted(True)
    qtbot.waitUntil(lambda: state.phase in (Phase.KNOWN, Phase.FAILED), timeout=60_000)
    assert state.phase is Phase.KNOWN, state.error
    assert state.settled["data.tokenizer"].endswith("model")


def test_what_cannot_be_told_is_said(qtbot: QtBot, draft: Draft, state: EstimateState) -> None:
    state.set_wanted(True)
    draft.set("model", "d_model", 17)
    assert state.phase is Phase.WRONG
    draft.clear("model", "d_model")
    draft.set("data", "table", "/nowhere.csv")
    qtbot.waitUntil(lambda: state.phase is Phase.FAILED, timeout=30_000)
    assert isinstance(state.error, WorkbenchError)
    draft.clear("data", "table")
    assert state.phase is Phase.NO_DATA
