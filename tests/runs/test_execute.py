from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from tests.tables import TASKS, tiny, write_table
from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.events import Checkpointed, Evaluated, Event, Failed, Finished, Paused, Resumed, Started, Step
from workbench.contracts.specs import Experiment
from workbench.data.prepare import prepare
from workbench.engine.control import Control
from workbench.runs.baseline import COUNTED
from workbench.runs.execute import resume, start
from workbench.runs.folder import RunFolder
from workbench.runs.predict import predict_text


def drain(events: Generator[Event, None, dict[str, Any]]) -> tuple[list[Event], dict[str, Any]]:
    said = []
    while True:
        try:
            said.append(next(events))
        except StopIteration as end:
            return said, end.value


def weights(run: Path) -> dict[str, torch.Tensor]:
    return load_file(run / "model" / "model.safetensors")


def same(one: Path, other: Path) -> bool:
    a, b = weights(one), weights(other)
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def stopped_at(experiment: Experiment, out: Path, step: int) -> dict[str, Any]:
    """Run and ask for a stop once a step was made."""
    control = Control()
    events = start(experiment, out, control=control)
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            report: dict[str, Any] = end.value
            return report
        if isinstance(event, Step) and event.step == step:
            control.stop()


@pytest.mark.parametrize("task", TASKS)
def test_every_task_trains_scores_and_leaves_a_complete_folder(task: str, tmp_path: Path) -> None:
    said, report = drain(start(tiny(write_table(tmp_path, task), task), tmp_path / "run"))
    kinds = [type(event) for event in said]
    assert kinds[0] is Started
    assert kinds[-1] is Finished
    assert kinds.count(Step) == report["steps"] == said[0].total_steps  # type: ignore[attr-defined]
    assert Evaluated in kinds
    assert Checkpointed in kinds
    run = RunFolder.open(tmp_path / "run")
    assert list(run.events()) == said
    assert run.report() == json.loads(json.dumps(report))
    assert report["task"] == task
    assert report["stopped"] == "finished"
    assert report["metrics"]["validation"]["loss"] >= 0
    assert (report["baseline"]["validation"] is not None) == (task in COUNTED)
    assert sum(report["rows"][part] for part in ("train", "validation", "test", "unusable")) == report["rows"]["read"] == 80
    losses = [event.loss for event in said if isinstance(event, Step)]
    third = len(losses) // 3
    assert sum(losses[-third:]) < sum(losses[:third])


@pytest.mark.parametrize("task", TASKS)
def test_the_experiment_in_the_folder_repeats_the_run_bit_for_bit(task: str, tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, task), task, token_dropout=0.1), tmp_path / "a"))
    drain(start(RunFolder.open(tmp_path / "a").experiment(), tmp_path / "b"))
    assert same(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "experiment.toml").read_text() == (tmp_path / "b" / "experiment.toml").read_text()


def test_another_seed_gives_other_weights(tmp_path: Path) -> None:
    table = write_table(tmp_path, "seq2seq")
    drain(start(tiny(table, "seq2seq"), tmp_path / "a"))
    drain(start(tiny(table, "seq2seq", seed=1), tmp_path / "b"))
    assert not same(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    ("task", "settings"),
    [
        ("text-classification", {"optimizer": "adamw", "token_dropout": 0.2}),
        ("text-classification", {"optimizer": "adam", "schedule": "linear"}),
        ("seq2seq", {"optimizer": "adafactor", "accumulation": 2}),
        ("masked-lm", {"optimizer": "sgd", "schedule": "inverse-sqrt"}),
        ("causal-lm", {"gradient_checkpointing": True}),
        ("regression", {"checkpoints": 1, "evaluations": 2}),
        ("token-classification", {"patience": 2, "evaluations": 9}),
    ],
)
@pytest.mark.parametrize("step", [1, 7])
def test_a_stopped_run_resumes_to_the_weights_of_one_that_never_stopped(
    task: str, settings: dict[str, Any], step: int, tmp_path: Path
) -> None:
    experiment = tiny(write_table(tmp_path, task), task, **settings)
    _, whole = drain(start(experiment, tmp_path / "whole"))
    assert stopped_at(experiment, tmp_path / "parts", step)["stopped"] == "asked"
    _, report = drain(resume(tmp_path / "parts"))
    assert report["stopped"] == whole["stopped"]
    assert report["metrics"] == whole["metrics"]
    assert same(tmp_path / "whole", tmp_path / "parts")


def test_resuming_without_any_checkpoint_starts_over(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "seq2seq"), "seq2seq")
    drain(start(experiment, tmp_path / "whole"))
    RunFolder(tmp_path / "bare").create(experiment)
    said, _ = drain(resume(tmp_path / "bare"))
    assert "no checkpoint" in str(said[0])
    assert same(tmp_path / "whole", tmp_path / "bare")


def test_resuming_on_another_table_is_refused(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    stopped_at(tiny(table, "text-classification"), tmp_path / "run", 3)
    write_table(tmp_path, "text-classification", seed=5)
    with pytest.raises(WorkbenchError, match="not the one this run began with"):
        drain(resume(tmp_path / "run"))


def test_pause_waits_and_stop_wakes_it(tmp_path: Path) -> None:
    control = Control()
    said = []
    for event in start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run", control=control):
        said.append(event)
        if isinstance(event, Step) and event.step == 2:
            control.pause()
        if isinstance(event, Paused):
            assert event.step == 2
            control.resume()
        if isinstance(event, Step) and event.step == 4:
            control.pause()
            control.stop()
    assert [type(e) for e in said].count(Paused) == [type(e) for e in said].count(Resumed) == 1
    assert isinstance(said[-1], Finished)
    assert said[-1].stopped == "asked"
    assert said[-1].step == 4


def test_accumulated_batches_follow_the_curve_of_one_large_batch(tmp_path: Path) -> None:
    table, flat = write_table(tmp_path, "seq2seq"), {"dropout": 0.0}
    rows = len(prepare(tiny(table, "seq2seq").data).train)
    one, _ = drain(start(tiny(table, "seq2seq", model=flat, batch_size=rows, epochs=6), tmp_path / "one"))
    two, _ = drain(start(tiny(table, "seq2seq", model=flat, batch_size=1, accumulation=rows, epochs=6), tmp_path / "two"))
    losses = [[e.loss for e in said if isinstance(e, Step)] for said in (one, two)]
    assert len(losses[0]) == 6
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


def test_patience_stops_early_and_keeps_the_best(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", epochs=40, evaluations=40, patience=2)
    said, report = drain(start(experiment.replace(train={"learning_rate": 0.05}), tmp_path / "run"))
    assert report["stopped"] == "early"
    scores = [e.metrics["accuracy"] for e in said if isinstance(e, Evaluated)]
    assert report["metrics"]["validation"]["accuracy"] == max(scores)


def test_a_time_limit_keeps_what_was_learned(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "seq2seq"), "seq2seq", epochs=100_000, max_seconds=0.5)
    _, report = drain(start(experiment, tmp_path / "run"))
    assert report["stopped"] == "time"
    assert 0.5 <= report["seconds"] < 5
    assert (tmp_path / "run" / "model" / "config.json").exists()


def test_a_loss_that_explodes_ends_in_a_clear_failure_and_a_valid_folder(tmp_path: Path) -> None:
    experiment = tiny(
        write_table(tmp_path, "text-classification"), "text-classification", model={"residual": False, "scale": False},
        optimizer="sgd", learning_rate=100.0, clip=0.0, epochs=60, momentum=0.99, warmup=0.0,
    )  # fmt: skip
    experiment = experiment.replace(train={"learning_rate": 100.0})
    said: list[Event] = []
    with pytest.raises(RunFailed, match="no longer a number"):
        said.extend(start(experiment, tmp_path / "run"))
    events = list(RunFolder.open(tmp_path / "run").events())
    assert isinstance(events[-1], Failed)
    assert "learning_rate" in events[-1].mend


def test_a_folder_that_holds_a_run_is_left_alone(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "seq2seq"), "seq2seq", epochs=1)
    drain(start(experiment, tmp_path / "run"))
    before = sorted((p, p.stat().st_mtime_ns) for p in (tmp_path / "run").rglob("*"))
    with pytest.raises(WorkbenchError, match="already holds a run"):
        drain(start(experiment, tmp_path / "run"))
    assert before == sorted((p, p.stat().st_mtime_ns) for p in (tmp_path / "run").rglob("*"))


def test_a_taken_folder_is_refused_before_the_table_is_read(tmp_path: Path) -> None:
    table = write_table(tmp_path, "seq2seq")
    experiment = tiny(table, "seq2seq", epochs=1)
    RunFolder(tmp_path / "run").create(experiment)
    table.unlink()
    with pytest.raises(WorkbenchError, match="already holds a run"):
        drain(start(experiment, tmp_path / "run"))


def test_regression_answers_in_the_units_of_the_table(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "regression", rows=300), "regression", epochs=30)
    _, report = drain(start(experiment, tmp_path / "run"))
    assert report["metrics"]["validation"]["pearson"] > 0.9
    assert float(predict_text(tmp_path / "run", "red red red red").text) > 125
    assert float(predict_text(tmp_path / "run", "apple pear big").text) < 112


def test_memory_that_runs_out_while_training_is_a_clear_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object, **__: object) -> torch.Tensor:
        return torch.empty(2**58)  # what a batch that is far too large asks for

    monkeypatch.setattr("workbench.engine.training.Training._share", greedy)
    said: list[Event] = []
    with pytest.raises(RunFailed, match="out of memory"):
        said.extend(start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run"))
    failed = list(RunFolder.open(tmp_path / "run").events())[-1]
    assert isinstance(failed, Failed)
    assert "batch_size" in failed.mend
