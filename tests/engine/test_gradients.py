"""A step that memory does not hold is made in parts, and is the same step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from tests.runs.test_execute import drain, same, stopped_at
from tests.tables import tiny, write_table
from workbench.contracts.events import Evaluated, Step, Warned
from workbench.contracts.specs import Experiment
from workbench.engine.batches import Batch
from workbench.runs.execute import resume, start

LIMITED = """
import json, resource, sys
from pathlib import Path
import psutil, torch
from workbench.contracts.specs import Experiment
from workbench.runs.execute import start
experiment = Experiment.load(Path(sys.argv[1]))
said, limited, (before, most) = [], False, resource.getrlimit(resource.RLIMIT_AS)
for event in start(experiment, Path(sys.argv[2])):
    said.append([type(event).__name__, event.step, getattr(event, "message", "")])
    if not limited and type(event).__name__ == "Started":  # later, freed memory would still be the process's own
        limit = psutil.Process().memory_info().vms + int(sys.argv[3])
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
        limited = True
    elif type(event).__name__ == "Evaluated":  # training is over; the baseline's BLAS waits forever for room it cannot have
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
print(json.dumps(said))
"""


def held(rows: int) -> Any:  # Any: a hook's arguments
    """A hook that says memory ran out where more rows than this are read while training: the words are torch's own."""

    def refuse(module: torch.nn.Module, args: tuple[object, ...], kwargs: dict[str, torch.Tensor]) -> None:
        if module.training and len(kwargs["input_ids"]) > rows:
            torch.empty(2**58)

    return refuse


@pytest.fixture
def experiment(tmp_path: Path) -> Experiment:
    table = write_table(tmp_path, "seq2seq")
    return tiny(table, "seq2seq", model={"dropout": 0.0}, batch_size=16, accumulation=2, token_dropout=0.1)


def narrow(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """From now on models are built that hold so many rows."""
    from workbench.runs import execute

    build = execute.build

    def built(*args: Any) -> Any:
        model = build(*args)
        model.register_forward_pre_hook(held(rows), with_kwargs=True)
        return model

    monkeypatch.setattr(execute, "build", built)


@pytest.mark.parametrize(("rows", "parts"), [(8, 2), (3, 8)])
def test_the_steps_stay_the_same_and_it_is_said(
    experiment: Experiment, rows: int, parts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = drain(start(experiment, tmp_path / "whole"))
    narrow(monkeypatch, rows)
    said, _ = drain(start(experiment, tmp_path / "parts"))
    (warned,) = (event for event in said if isinstance(event, Warned))
    assert f"({parts} parts for a batch)" in warned.message
    assert f"{16 // parts} examples at a time" in warned.message
    losses = [[event.loss for event in events if isinstance(event, Step)] for events in (whole, said)]
    assert losses[1] == pytest.approx(losses[0], rel=1e-4)
    one, other = (load_file(tmp_path / run / "model" / "model.safetensors") for run in ("whole", "parts"))
    for name, weight in one.items():
        torch.testing.assert_close(other[name], weight, atol=1e-4, rtol=1e-3)


def test_a_resumed_run_goes_on_in_parts(experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, 8)
    drain(start(experiment, tmp_path / "whole"))
    stopped_at(experiment, tmp_path / "run", 2)
    said, _ = drain(resume(tmp_path / "run"))
    assert not any(isinstance(event, Warned) for event in said)
    assert same(tmp_path / "whole", tmp_path / "run")


def test_a_batch_is_cut_into_parts_that_are_all_of_it() -> None:
    ids = torch.arange(14).reshape(7, 2)
    batch = Batch(inputs={"input_ids": ids}, labels=torch.arange(7), indices=torch.arange(7).numpy(), tokens=14)
    parts = list(batch.parts(2))
    assert [len(part.labels) for part in parts] == [4, 3]
    assert torch.equal(torch.cat([part.inputs["input_ids"] for part in parts]), ids)
    assert sum(part.tokens for part in parts) == 14
    assert next(batch.parts(1)) is batch
    assert len(list(batch.parts(100))) == 7


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_limit_on_the_process_is_lived_with(tmp_path: Path) -> None:
    table = tmp_path / "long.csv"
    words = ["red", "green", "blue", "apple", "pear"]
    rows = [" ".join(words[(i * 7 + j * j) % 5] for j in range(240)) + f",{'ab'[i % 2]}" for i in range(128)]
    table.write_text("source,goal\n" + "\n".join(rows) + "\n")
    shape = {"d_model": 128, "layers": 2, "heads": 4}
    made = tiny(table, "text-classification", model=shape, batch_size=64, epochs=1, evaluations=1)
    made = made.replace(data={"max_length": 256})
    (tmp_path / "made.toml").write_text(made.to_toml())
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "made.toml"), str(tmp_path / "run"), str(200 << 20)]
    alone = {**os.environ, "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}  # each thread's heap would reserve 64 MB of the limit
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False, env=alone)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert [kind for kind, _, _ in said].count("Warned") >= 1
    assert said[-1][0] == "Finished"
    made_steps = [step for kind, step, _ in said if kind == "Step"]
    assert made_steps == list(range(1, len(made_steps) + 1))


def test_scoring_that_does_not_fit_reads_smaller_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.runs import execute

    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", model={"dropout": 0.0})
    whole, told = drain(start(experiment, tmp_path / "whole"))
    build, seen = execute.build, set[int]()

    def refuse(module: torch.nn.Module, args: tuple[object, ...], kwargs: dict[str, torch.Tensor]) -> None:
        if not module.training and "input_ids" in kwargs:
            seen.add(len(kwargs["input_ids"]))
            if len(kwargs["input_ids"]) > 3:
                torch.empty(2**58)

    def built(*args: Any) -> Any:
        model = build(*args)
        model.register_forward_pre_hook(refuse, with_kwargs=True)
        return model

    monkeypatch.setattr(execute, "build", built)
    said, report = drain(start(experiment, tmp_path / "small"))
    assert max(seen) > 3, "the scored rows were few from the start"
    for one, other in zip(
        (event for event in whole if isinstance(event, Evaluated)),
        (event for event in said if isinstance(event, Evaluated)),
        strict=True,
    ):
        assert other.metrics["loss"] == pytest.approx(one.metrics["loss"], rel=1e-5)
    assert report["metrics"]["validation"]["loss"] == pytest.approx(told["metrics"]["validation"]["loss"], rel=1e-5)
