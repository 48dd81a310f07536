from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runs.test_edits import LIVE, OFF, RATE, live, planned, small
from tests.runs.test_execute import drain, same, stopped_at
from tests.tables import tiny, write_table
from workbench.contracts.edits import Edit
from workbench.contracts.errors import RunFailed, SpecError, WorkbenchError
from workbench.contracts.events import Edited, Evaluated, Finished, Paused, Started, Step, Warned
from workbench.engine import checkpoints
from workbench.runs.branching import branch, shared
from workbench.runs.execute import resume, start
from workbench.runs.film import Film
from workbench.runs.folder import RunFolder
from workbench.runs.history import list_runs


def test_a_branch_in_which_nothing_is_edited_is_its_mother_again(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "seq2seq"), "seq2seq")
    live(experiment, tmp_path / "mother", LIVE)
    new = branch(tmp_path / "mother", tmp_path / "branch", 23)
    film = Film.open(new.path)
    assert film.steps.size
    start_of_it = checkpoints.step_of(checkpoints.steps(new.checkpoints)[-1])
    assert film.steps.max() <= start_of_it <= 23
    _, report = drain(resume(new.path))
    assert same(tmp_path / "mother", tmp_path / "branch")
    assert report["metrics"] == RunFolder(tmp_path / "mother").report()["metrics"]
    told = [event.step for event in new.events() if isinstance(event, Step)]
    assert told == [event.step for event in RunFolder(tmp_path / "mother").events() if isinstance(event, Step)]


@pytest.mark.parametrize("at", [0, 17])
def test_a_branch_at_any_step_is_a_run_that_was_edited_there(at: int, tmp_path: Path) -> None:
    experiment = small(tmp_path)
    drain(start(planned(experiment, RATE.at(2), dataclasses.replace(RATE, value=0.05, step=18)), tmp_path / "mother"))
    new = branch(tmp_path / "mother", tmp_path / "branch", at, [OFF])
    past = (RATE.at(2),) if at >= 2 else ()
    assert new.experiment().edits == (*past, OFF.at(at))
    drain(resume(new.path))
    drain(start(planned(experiment, *past, OFF.at(at)), tmp_path / "alone"))
    assert same(tmp_path / "branch", tmp_path / "alone")
    assert not same(tmp_path / "branch", tmp_path / "mother")


def test_a_branch_says_where_it_comes_from_and_leaves_the_mother_alone(tmp_path: Path) -> None:
    stopped_at(small(tmp_path), tmp_path / "runs" / "mother", 9)
    before = {path: path.read_bytes() for path in (tmp_path / "runs" / "mother").rglob("*") if path.is_file()}
    new = branch(tmp_path / "runs" / "mother")
    assert new.path.parent == tmp_path / "runs"
    assert {path: path.read_bytes() for path in before} == before
    rows = {row.path: row for row in list_runs([tmp_path / "runs"])}
    row = rows[new.path]
    assert (row.branched_from, row.branched_at) == (str(tmp_path / "runs" / "mother"), 9)
    assert row.continues
    assert row.state == "cut-off"
    assert rows[tmp_path / "runs" / "mother"].branched_from == ""
    assert list_runs([tmp_path / "runs"])[0].branched_from, "also as the index keeps it"


def test_a_branch_whose_best_weights_are_gone_finds_them_again(tmp_path: Path) -> None:
    drain(start(small(tmp_path, evaluations=9, checkpoints=9), tmp_path / "mother"))
    new = branch(tmp_path / "mother", tmp_path / "branch")
    for folder in new.checkpoints.glob("best-*"):
        shutil.rmtree(folder)
    said, report = drain(resume(new.path))
    assert any("Starting from the beginning" in event.message for event in said if isinstance(event, Warned))
    assert report["best_step"] == RunFolder(tmp_path / "mother").report()["best_step"]
    assert same(tmp_path / "mother", tmp_path / "branch")


def test_a_damaged_checkpoint_is_passed_over_for_the_one_before(tmp_path: Path) -> None:
    stopped_at(small(tmp_path, checkpoints=9), tmp_path / "mother", 12)
    *_, before, newest = checkpoints.steps(tmp_path / "mother" / "checkpoints")
    (newest / "model.safetensors").write_bytes(b"")
    new = branch(tmp_path / "mother", tmp_path / "branch")
    assert [path.name for path in checkpoints.steps(new.checkpoints)] == [before.name]
    drain(resume(new.path))
    drain(start(small(tmp_path, checkpoints=9), tmp_path / "whole"))
    assert same(tmp_path / "branch", tmp_path / "whole")


def test_what_is_said_of_the_past_has_no_end_no_pause_and_no_step_twice() -> None:
    step: Callable[[int], Step] = lambda number: Step(  # noqa: E731
        step=number, time=0.0, loss=1.0, learning_rate=1.0, gradient_norm=1.0, tokens=1, seconds=1.0, epoch=1.0
    )
    begun = Started(step=0, time=0.0, total_steps=9, device="cpu", parameters=1, rows={})
    scored = Evaluated(step=2, time=0.0, split="validation", metrics={}, best=True)
    edited = Edited(step=2, time=0.0, what="dropout", value=0.5)
    end = [dataclasses.replace(scored, split="test"), Finished(step=3, time=0.0, stopped="asked")]
    again = dataclasses.replace(begun, step=2, resumed_from=2)
    said = [begun, step(1), step(2), scored, Paused(step=2, time=0.0), edited, step(3), *end, again, step(3), step(4)]
    assert shared(said, 3) == [begun, step(1), step(2), scored, edited, again, step(3)]


def test_a_branch_that_cannot_be_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    stopped_at(small(tmp_path), tmp_path / "mother", 5)
    there = sorted(tmp_path.iterdir())
    with pytest.raises(WorkbenchError, match="no step 6"):
        branch(tmp_path / "mother", tmp_path / "branch", 6)
    with pytest.raises(SpecError, match="edits"):
        branch(tmp_path / "mother", tmp_path / "branch", 5, [Edit(what="head", kind="encoder", layer=4, value="off")])
    with pytest.raises(WorkbenchError, match="already holds a run"):
        branch(tmp_path / "mother", tmp_path / "mother")
    with pytest.raises(WorkbenchError, match="not a run folder"):
        branch(tmp_path, tmp_path / "branch")
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine").touch()
    with pytest.raises(RunFailed, match="could not be written"):
        branch(tmp_path / "mother", taken)
    assert sorted(tmp_path.iterdir()) == sorted([*there, taken])
    assert [path.name for path in taken.iterdir()] == ["mine"]
