"""The time left counts scoring and saving: told early in a real run whose scoring takes much of it, it comes true."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.tables import tiny, write_table
from workbench.contracts.events import Checkpointed, Evaluated, Started, Step
from workbench.gui.models import run_state
from workbench.gui.models.overhead import Overhead
from workbench.gui.models.run_state import RunModel
from workbench.runs.execute import start

STARTED = Started(
    step=0, time=100.0, total_steps=100, device="cpu", parameters=1, rows={"validation": 40, "test": 20}, evaluations=10,
    checkpoints=5,
)  # fmt: skip


def test_what_was_seen_counts_as_often_as_it_is_due() -> None:
    overhead = Overhead(STARTED)
    assert not overhead.known
    assert overhead.due(0) == 0
    overhead.pass_by(101.0)
    overhead.take(Evaluated(step=10, time=103.0, split="validation", metrics={}, best=True))
    overhead.take(Checkpointed(step=20, time=103.5, path="x"))
    assert overhead.known
    # eight more on the way, the last one, all rows once more and the half as many of the test; four saves
    assert overhead.due(20) == pytest.approx(2.0 * (7 + 1 + 1 + 0.5) + 0.5 * 4)
    assert overhead.due(100) == pytest.approx(2.0 * 1.5)


def test_answers_to_a_part_on_the_way_promise_all_of_them_at_the_end() -> None:
    overhead = Overhead(STARTED)
    overhead.take(Evaluated(step=10, time=101.0, split="validation", metrics={"written": 10}, best=True))
    assert overhead.due(99) == pytest.approx(4 * (1 + 1 + 0.5))


def test_a_run_that_said_nothing_of_its_scoring_has_none_due() -> None:
    overhead = Overhead(dataclasses.replace(STARTED, evaluations=0, checkpoints=0))
    assert overhead.known
    assert overhead.due(50) == 0


def test_the_total_told_on_the_way_is_what_a_run_with_much_scoring_takes(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_state, "MEANS_SOMETHING", 0.3)  # the run is short
    table = write_table(tmp_path, "seq2seq", rows=1_500)
    experiment = tiny(table, "seq2seq", epochs=4, evaluations=30, batch_size=32, model={"layers": 2, "d_model": 32})
    run, told, seconds = RunModel(), 0.0, 0.0
    began = 0.0
    for event in start(experiment, tmp_path / "run"):
        now = time.time()
        if isinstance(event, Started):
            began = event.time
        run.take([event])
        if isinstance(event, Step):
            seconds = event.seconds
        if run.advance.left is not None and not told and event.step >= run.advance.total * 0.4:
            assert not run.advance.at_least
            told = now - began + run.advance.left
    took = time.time() - began
    share = 1 - seconds / took
    print(f"{took:.1f} s, {share:.0%} of it no steps; told at 40 %: {told:.1f} s")  # noqa: T201
    assert share > 0.3
    assert told == pytest.approx(took, rel=0.25)
