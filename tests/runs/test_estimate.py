from __future__ import annotations

import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import torch

from tests.runs.test_execute import drain
from tests.tables import TASKS, tiny, write_table
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.estimates import parameter_count
from workbench.contracts.events import Started, Step
from workbench.contracts.specs import ONE_CLASS, ModelSpec
from workbench.data.prepare import prepare
from workbench.engine.batches import Indices
from workbench.engine.config import config_from_spec
from workbench.engine.model import build_model
from workbench.runs.estimate import _Rehearsal, count_parameters, estimate
from workbench.runs.execute import start
from workbench.runs.resolve import resolve

SHAPES = [
    {"positions": positions, "norm": norm, "norm_placement": place}
    for positions, norm, place in product(
        ("none", "sinusoidal", "learned", "rotary", "alibi", "relative"), ("layernorm", "rmsnorm"), ("pre", "post")
    )
] + [
    {"activation": activation, "share_layers": shared, "tie_embeddings": tied, "d_ff": inner, "layers": 3}
    for activation, shared, tied, inner in product(("gelu", "swiglu"), (False, True), (False, True), (None, 20))
]


@pytest.mark.parametrize("task", TASKS)
def test_the_closed_form_counts_what_the_model_has_part_by_part(task: str) -> None:
    for shape in SHAPES:
        spec = ModelSpec(**{"layers": 2, "heads": 2, "d_model": 12, **shape})
        labels = ["a", "b", "c"] if task in (*ONE_CLASS, "multi-label") else ["O", "X"] if task == "token-classification" else []
        config = config_from_spec(spec, task=task, vocab_size=23, max_length=9, max_target_length=11, labels=labels)
        with torch.device("meta"):
            model = build_model(task, config)
        model.tie_weights()
        counted = parameter_count(spec, task=task, vocab_size=23, labels=len(labels), max_length=9, max_target_length=11)
        assert counted == count_parameters(model), shape
        assert counted.total == sum(p.numel() for p in model.parameters()), shape


@pytest.mark.parametrize("task", TASKS)
def test_every_task_can_be_rehearsed(task: str, tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, task), task)
    before = set(tmp_path.iterdir())
    found = estimate(experiment)
    assert set(tmp_path.iterdir()) == before
    assert found.rehearsed_steps >= 3
    assert 0 < found.seconds_per_step_low <= found.seconds_per_step <= found.seconds_per_step_high
    assert found.seconds_total_low <= found.seconds_total <= found.seconds_total_high
    assert found.weight_bytes == 4 * found.parameters.total
    assert found.training_bytes > 4 * found.weight_bytes  # AdamW keeps two numbers beside each weight and its gradient
    assert found.training_bytes < found.training_bytes_most
    assert found.device == "cpu"
    assert found.tokens_per_second > 0
    assert found.settled["vocabulary"] > 5


def test_the_disk_it_takes_is_what_the_run_leaves(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "pair-classification"), "pair-classification", checkpoints=3)
    found = estimate(experiment)
    drain(start(experiment, tmp_path / "run"))
    parts = [tmp_path / "run" / "checkpoints", tmp_path / "run" / "model"]
    left = sum(path.stat().st_size for part in parts for path in part.rglob("*") if path.is_file())
    assert found.disk_bytes == pytest.approx(left, rel=0.25)
    assert found.disk_bytes < found.disk_bytes_most < 2 * found.disk_bytes


def test_steps_are_those_of_the_run(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", accumulation=3)
    found = estimate(experiment)
    steps = [event for event in start(experiment, tmp_path / "run") if isinstance(event, Step)]
    assert found.steps == len(steps)
    assert found.steps_per_epoch * 3 == len(steps)


def test_random_numbers_and_threads_stay_as_they_were(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", token_dropout=0.2)
    torch.manual_seed(5)
    torch.rand(3)
    state, threads = torch.get_rng_state(), torch.get_num_threads()
    estimate(experiment)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.get_num_threads() == threads


def test_a_model_that_no_machine_can_hold_is_refused_before_it_is_built(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    experiment = tiny(table, "text-classification", model={"layers": 256, "heads": 64, "d_model": 65536})
    began = time.monotonic()
    with pytest.raises(WorkbenchError, match="GiB are free"):
        estimate(experiment)
    assert time.monotonic() - began < 5


def test_it_stops_between_steps_when_asked(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    prepared = prepare(experiment.data)
    told: list[float] = []
    with pytest.raises(Cancelled):
        estimate(experiment, prepared, cancelled=lambda: len(told) > 4, progress=lambda what, share: told.append(share))
    assert len(told) == 5


def test_a_heavy_step_is_measured_on_part_of_its_batch_in_bounded_time(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification", rows=400)
    heavy = tiny(table, "text-classification", model={"layers": 4, "heads": 4, "d_model": 256}, batch_size=256)
    prepared = prepare(heavy.data)
    began = time.monotonic()
    found = estimate(heavy, prepared)
    assert time.monotonic() - began < 12
    assert found.rehearsed_examples <= 256


def test_thirty_steps_are_made_where_time_allows_and_fewer_make_the_interval_wider(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    prepared = prepare(experiment.data)
    assert estimate(experiment, prepared).rehearsed_steps == 30
    monkeypatch.setattr("workbench.runs.estimate.SECONDS", 1e-9)
    monkeypatch.setattr("workbench.runs.estimate.STRATA", 1)
    hurried = estimate(experiment, prepared)
    assert hurried.rehearsed_steps == 1
    assert hurried.seconds_total_high / hurried.seconds_total == pytest.approx(1 + 0.1 * 30**0.5)


def test_a_part_of_a_batch_speaks_for_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a step takes without examples (here much) does not grow with the batch: fine-tuning was told four times too slow."""
    table = write_table(tmp_path, "text-classification", rows=200)
    experiment = tiny(table, "text-classification", batch_size=64)
    measured: list[int] = []

    def known(self: _Rehearsal, group: list[Indices]) -> float:
        measured.append(sum(len(self._part(batch)) for batch in group))
        return 0.3 + 0.01 * measured[-1]

    monkeypatch.setattr(_Rehearsal, "_raw", known)
    found = estimate(experiment, prepare(experiment.data))
    assert measured[:3] == [2, 2, 8]
    assert found.rehearsed_examples == 20  # in half a second, and no more
    assert found.seconds_per_step == pytest.approx(0.3 + 0.01 * 64)


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    found = estimate(tiny(write_table(tmp_path, "text-classification"), "text-classification"), place=tmp_path / "to come")
    assert 0 < found.disk_bytes_most < found.disk_most <= found.free_disk_bytes
    assert not found.disk_short
    assert not found.memory_short
    assert replace(found, free_disk_bytes=found.disk_most - 1).disk_short
    assert replace(found, free_bytes=found.training_bytes_most - 1).memory_short
    assert not replace(found, free_bytes=0, free_disk_bytes=0).memory_short


def test_time_is_the_bound_where_the_bound_is_time(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", epochs=100_000, max_seconds=3.0)
    assert estimate(experiment).seconds_total == 3.0


@pytest.mark.benchmark
def test_the_time_of_an_epoch_is_what_an_epoch_takes(sample_data: Path, tmp_path: Path) -> None:
    experiment = resolve(
        {"data": {"table": str(sample_data / "reviews.csv")}, "train": {"epochs": 2, "device": "cpu"}}, preset="tiny"
    )
    prepared = prepare(experiment.data)
    found = estimate(experiment, prepared)
    seconds = [event.seconds for event in start(experiment, tmp_path / "run") if isinstance(event, Step)]
    measured = (seconds[-1] - seconds[0]) / (len(seconds) - 1) * found.steps_per_epoch
    print(f"\nan epoch: estimated {found.seconds_per_epoch:.2f} s, measured {measured:.2f} s")  # noqa: T201
    assert measured / 1.5 < found.seconds_per_epoch < measured * 1.5


@pytest.mark.benchmark
def test_the_estimate_counts_scoring_and_saving(tmp_path: Path) -> None:
    table = write_table(tmp_path, "seq2seq", rows=1_500)
    experiment = tiny(table, "seq2seq", epochs=4, evaluations=30, batch_size=32, model={"layers": 2, "d_model": 32})
    found = estimate(experiment)
    began = 0.0
    for event in start(experiment, tmp_path / "run"):
        if isinstance(event, Started):
            began = event.time
    took = time.time() - began
    print(f"estimated {found.whole[0]:.1f} s ({found.seconds_scoring:.1f} of scoring), took {took:.1f} s")  # noqa: T201
    assert found.whole[0] == pytest.approx(took, rel=0.25)
