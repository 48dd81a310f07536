from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.pretrained import pretrained
from tests.tables import write_table
from workbench.contracts.errors import WorkbenchError
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState
from workbench.gui.workers.fetching import Fetching
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.recommendations import Recommendations
from workbench.runs.process import EngineProcess
from workbench.runs.resolve import recommended_for


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


def test_the_draft_learns_what_is_recommended_for_its_table_and_model(
    qtbot: QtBot, jobs: Jobs, engine: EngineProcess, tmp_path: Path
) -> None:
    draft = Draft()
    folder, table = pretrained(tmp_path, "bert"), write_table(tmp_path, "text-classification")
    worker = Recommendations(draft, EstimateState(draft), jobs, engine, draft)
    draft.set("data", "table", str(table))
    assert not draft.reason("train.learning_rate")
    assert not worker.busy
    draft.set("model", "model", str(folder))
    assert worker.busy  # who trained now would train with other settings than those shown a moment later
    qtbot.waitUntil(lambda: not worker.busy, timeout=60_000)
    for each in recommended_for(draft.given):
        assert draft.value(*each.setting.split(".")) == each.value
        assert draft.reason(each.setting) == each.reason
    draft.clear("model", "model")
    assert not draft.reason("train.learning_rate")


def test_what_cannot_be_recommended_keeps_nobody_waiting(qtbot: QtBot, jobs: Jobs, engine: EngineProcess, tmp_path: Path) -> None:
    draft = Draft()
    worker = Recommendations(draft, EstimateState(draft), jobs, engine, draft)
    draft.set("data", "table", str(write_table(tmp_path, "text-classification")))
    draft.set("model", "model", str(tmp_path / "no such folder"))
    assert worker.busy
    told: list[bool] = []
    worker.changed.connect(lambda: told.append(worker.busy))
    qtbot.waitUntil(lambda: bool(told) and not told[-1], timeout=60_000)
    assert not worker.busy


def test_a_name_that_is_none_is_said_and_a_folder_is_there_already(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    fetching = Fetching(jobs)
    with qtbot.waitSignal(fetching.failed, timeout=30_000) as failed:
        fetching.fetch("not a name ??")
    assert failed.args[0] == "not a name ??"
    assert isinstance(failed.args[1], WorkbenchError)
    with qtbot.waitSignal(fetching.fetched, timeout=30_000) as there:
        fetching.fetch(str(tmp_path))
    assert there.args == [str(tmp_path)]
