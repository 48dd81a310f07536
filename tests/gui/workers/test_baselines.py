"""The baseline of a table is known beside its preview; a large one is fitted by a process of its own, which nobody waits for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from tests.tables import tiny, write_table
from workbench.contracts.specs import DataSpec
from workbench.data.prepare import Prepared, prepare
from workbench.gui.workers import baselines
from workbench.gui.workers.baselines import Baselines
from workbench.gui.workers.jobs import Jobs
from workbench.runs.baseline import baseline_scores


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


def prepared(folder: Path, task: str = "text-classification") -> Prepared:
    return prepare(tiny(write_table(folder, task), task).data)


@pytest.mark.parametrize("light", [baselines.LIGHT, 0])
def test_it_is_the_same_here_and_apart(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, light: int
) -> None:
    monkeypatch.setattr(baselines, "LIGHT", light)
    made, kept = prepared(tmp_path), Baselines(jobs)
    with qtbot.waitSignal(kept.known, timeout=60_000):
        kept.compare(made)
    assert kept.found is not None
    expected = baseline_scores(made)
    assert kept.found.scores == expected["validation"]
    assert kept.found.note == expected["note"]
    assert kept.found.table == made.data.table


def test_a_task_it_has_nothing_to_say_to_needs_no_process(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "LIGHT", 0)
    monkeypatch.setattr(baselines, "EngineProcess", None)
    kept = Baselines(jobs)
    with qtbot.waitSignal(kept.known, timeout=60_000):
        kept.compare(prepared(tmp_path, "seq2seq"))
    assert kept.found is not None
    assert kept.found.scores is None


def test_one_that_is_fitted_apart_is_left_at_once(
    jobs: Jobs, qtbot: QtBot, sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "LIGHT", 0)
    made = prepare(DataSpec(table=str(sample_data / "reviews.csv")))
    before = set(psutil.Process().children())
    Baselines(jobs).compare(made)
    qtbot.waitUntil(lambda: bool(set(psutil.Process().children()) - before), timeout=10_000)
    began = time.monotonic()
    jobs.shutdown()
    assert time.monotonic() - began < 1  # importing what it is fitted with alone takes longer
    assert not set(psutil.Process().children()) - before
