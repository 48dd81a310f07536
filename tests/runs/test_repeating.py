from __future__ import annotations

import csv
import dataclasses
import hashlib
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.runs.test_execute import drain
from tests.tables import TASKS, bert_for, tiny, write_table
from workbench.contracts.edits import Edit
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.events import Event, Step, to_json
from workbench.contracts.specs import Experiment
from workbench.engine import checkpoints
from workbench.engine.control import Control
from workbench.runs.execute import resume, start
from workbench.runs.folder import RunFolder
from workbench.runs.repeating import repeat, spikes_of

OPTIMIZERS = ("adamw", "adam", "sgd", "adafactor")


def steps_of(run: Path) -> dict[int, Step]:
    return {event.step: event for event in RunFolder.open(run).events() if isinstance(event, Step)}


def files(run: Path) -> dict[str, str]:
    return {
        str(path.relative_to(run)): hashlib.sha256(path.read_bytes()).hexdigest() for path in run.rglob("*") if path.is_file()
    }


def random_experiment(folder: Path, seed: int) -> tuple[Experiment, random.Random]:
    """A small experiment with much that decides the weights."""
    chance = random.Random(seed)
    task = TASKS[seed % len(TASKS)]
    train: dict[str, Any] = {
        "optimizer": chance.choice(OPTIMIZERS), "accumulation": chance.choice((1, 2, 3)), "batch_size": chance.choice((4, 8)),
        "checkpoints": chance.choice((1, 4)), "evaluations": chance.choice((1, 3)), "token_dropout": chance.choice((0.0, 0.2)),
        "schedule": chance.choice(("linear", "cosine", "constant")), "clip": chance.choice((0.0, 0.5)),
        "seed": chance.randrange(99), "label_smoothing": chance.choice((0.0, 0.1)) if "regression" not in task else 0.0,
    }  # fmt: skip
    if task in ("text-classification", "pair-classification"):
        train["class_balance"] = chance.choice(("none", "weights", "resample"))
        train["augment_delete"] = chance.choice((0.0, 0.2))
    return tiny(write_table(folder, task, seed=seed, rows=60), task, **train), chance


def check(folder: Path, seed: int) -> None:
    """Two random steps of a random run, repeated, are what the run recorded, to the bit."""
    experiment, chance = random_experiment(folder, seed)
    drain(start(experiment, folder / "run"))
    recorded = steps_of(folder / "run")
    before = files(folder / "run")
    for step in chance.sample(sorted(recorded), 2):
        made = repeat(folder / "run", step)
        details, said = made.details, recorded[step]
        assert (details.loss, details.gradient_norm, details.learning_rate) == (said.loss, said.gradient_norm, said.learning_rate)
        assert details.same
        assert details.repeated_from < step
        assert np.sqrt(sum(each.norm**2 for each in details.layers)) == pytest.approx(details.gradient_norm, rel=1e-5)
        assert sum(row.share for row in details.rows) == pytest.approx(1, rel=1e-4)
        asked = sum(row.targets for row in details.rows)
        assert sum(row.loss * row.targets for row in details.rows) / asked == pytest.approx(details.loss, rel=1e-4)
    assert files(folder / "run") == before


@pytest.mark.parametrize("seed", [0, 7, 8, 13])
def test_a_repeated_step_is_the_recorded_one_to_the_bit(tmp_path: Path, seed: int) -> None:
    check(tmp_path, seed)


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_a_hundred_random_steps_of_random_runs(tmp_path: Path) -> None:
    for seed in range(50):
        (folder := tmp_path / str(seed)).mkdir()
        check(folder, seed)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A regression with one absurd row: the run, and the row, counted from 0."""
    folder = tmp_path_factory.mktemp("planted")
    table = write_table(folder, "regression", rows=160)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[8] = ["small red plum and a pear", "5000"]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    drain(start(tiny(table, "regression", epochs=4, batch_size=8, checkpoints=8), folder / "run"))
    return folder / "run", 7


def test_a_planted_spike_is_found_and_its_row_is_named(planted: tuple[Path, int]) -> None:
    run, row = planted
    found = [spike for spike in spikes_of(run) if spike.what == "loss"]
    assert len(found) == 4  # once in every epoch
    for spike in found[:2]:
        details = repeat(run, spike.step).details
        assert details.same
        worst = details.rows[details.largest]
        assert (worst.row, worst.text, float(worst.target)) == (row, "small red plum and a pear", 5000)
        assert worst.share > 0.9
        assert details.usual["loss"].deviations(details.loss) > 8
        assert details.as_dict()["rows"][0]["row"] == row + 1


def test_attention_before_and_after_is_that_of_the_checkpoints(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq", checkpoints=50, learning_rate=0.01), tmp_path / "run"))
    *_, before, after = sorted(steps_of(tmp_path / "run"))
    made = repeat(tmp_path / "run", after)
    for step, weights in ((before, made.before), (after, made.after)):
        kept = checkpoints.weights_at(tmp_path / "run" / "checkpoints", step)
        assert all(np.array_equal(kept[name], tensor) for name, tensor in weights.items())
    seen = made.attention(made.details.largest)
    row = made.details.rows[made.details.largest]
    assert set(seen.before) == set(seen.after) == {"encoder", "decoder", "cross"}
    assert len(seen.before["encoder"].queries) == row.tokens
    assert len(seen.before["decoder"].queries) == int(row.targets)
    for kind, frame in seen.before.items():
        np.testing.assert_allclose(frame.weights.sum(-1), 1, atol=1e-5)
        assert not np.array_equal(frame.weights, seen.after[kind].weights)
    assert np.array_equal(made.attention(made.details.largest).before["cross"].weights, seen.before["cross"].weights)


def test_a_run_that_is_not_over_or_was_resumed_can_be_asked(tmp_path: Path) -> None:
    control, run = Control(), tmp_path / "run"
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", checkpoints=6)
    for event in start(experiment, run, control=control):
        if isinstance(event, Step) and event.step == 9:
            details = repeat(run, 9).details  # the run stands between two of its steps
            assert (details.same, details.repeated_from > 0) == (True, True)
            control.stop()
    drain(resume(run))
    last = max(steps_of(run))
    assert last > 10
    assert repeat(run, 10).details.same
    assert repeat(run, last).details.same


def test_a_run_that_is_bound_by_time_is_repeated_with_the_clock_it_had(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    drain(start(tiny(table, "text-classification", epochs=5000, max_seconds=0.4, warmup=0.0, evaluations=1), tmp_path / "run"))
    recorded = steps_of(tmp_path / "run")
    made = repeat(tmp_path / "run", max(recorded)).details
    assert made.same
    assert made.learning_rate < 0.5 * recorded[1].learning_rate


def test_it_is_repeated_from_the_newest_checkpoint_before_it_whatever_was_best(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", checkpoints=4, evaluations=9)
    drain(start(experiment, tmp_path / "run"))
    last = max(steps_of(tmp_path / "run"))
    newest = max(
        step for path in checkpoints.steps(tmp_path / "run" / "checkpoints") if (step := checkpoints.step_of(path)) < last
    )
    _, state = checkpoints.read(tmp_path / "run" / "checkpoints" / checkpoints.name_of(newest))
    assert 0 < state["progress"]["best_step"] < newest, "its best weights are a folder of their own"
    assert repeat(tmp_path / "run", last).details.repeated_from == newest


def test_a_damaged_checkpoint_is_passed_over(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "text-classification"), "text-classification", checkpoints=6), tmp_path / "run"))
    run = tmp_path / "run"
    last = max(steps_of(run))
    *_, newest = (path for path in checkpoints.steps(run / "checkpoints") if checkpoints.step_of(path) < last)
    (newest / "optimizer.safetensors").write_bytes(b"no")
    details = repeat(run, last).details
    assert details.same
    assert details.repeated_from < checkpoints.step_of(newest)


def test_a_pretrained_model_tuned_in_part(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    model = {"model": str(bert_for("text-classification", table, tmp_path)), "lora_rank": 2}
    experiment = tiny(table, "text-classification").replace(
        model=model, data={"tokenizer": model["model"], "vocab_size": None}
    )  # fmt: skip
    drain(start(experiment, tmp_path / "run"))
    made = repeat(tmp_path / "run", 5)
    assert made.details.same
    assert [each.part for each in made.details.layers] == ["embedding", "layer", "head"]
    assert made.details.layers[0].norm == 0  # frozen
    assert made.attention(0).before["encoder"].weights.shape[:2] == (1, 2)


def test_what_is_not_the_recorded_step_is_said(planted: tuple[Path, int], tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(planted[0], run)
    events: list[Event] = list(RunFolder.open(run).events())
    lines = [to_json(event).replace('"loss": ', '"loss": 1') if isinstance(event, Step) else to_json(event) for event in events]
    (run / "events.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    details = repeat(run, 3).details
    assert not details.same
    assert details.recorded.loss != details.loss


def test_steps_that_are_not_there_and_stopping(planted: tuple[Path, int]) -> None:
    run, _ = planted
    with pytest.raises(WorkbenchError, match="its steps go from 1 to 68"):
        repeat(run, 69)
    with pytest.raises(WorkbenchError, match="not a run folder"):
        repeat(run / "model", 1)
    heard: list[float] = []

    def stopped() -> bool:
        return len(heard) >= 3

    with pytest.raises(Cancelled):
        repeat(
            run, 60, told=lambda what, share: heard.append(share) if what == "repeating the training" else None, cancelled=stopped
        )
    assert heard == sorted(heard)
    assert len(heard) == 3


def test_a_step_of_an_edited_run_is_made_under_its_edits(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", film_megabytes=0)
    head = Edit(what="head", value="off", kind="encoder", head=1, step=3)
    edits = (head, Edit(what="learning_rate", value=0.02, step=5), Edit(what="dropout", value=0.4, step=8))
    drain(start(dataclasses.replace(experiment, edits=edits), tmp_path / "run"))
    made = [repeat(tmp_path / "run", step) for step in (4, 9)]
    assert all(each.details.same for each in made)
    assert [each.details.learning_rate for each in made] == [steps_of(tmp_path / "run")[step].learning_rate for step in (4, 9)]
