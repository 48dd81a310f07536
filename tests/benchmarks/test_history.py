"""A thousand runs become rows: the first time, and again from the index."""

from __future__ import annotations

import shutil
import statistics
import time
from pathlib import Path

import pytest

from tests.runs.folders import make_run
from workbench.runs.history import INDEX, list_runs

pytestmark = pytest.mark.benchmark
RUNS = 1_000


def make_runs(folder: Path) -> None:
    """A thousand of three kinds, with events as many as those of a short training."""
    models = [make_run(folder / f"run-{kind}", steps=500, stopped=kind) for kind in ("finished", "asked", None)]
    for number in range(len(models), RUNS):
        shutil.copytree(models[number % len(models)].path, folder / f"run-{number}")


def test_a_thousand_runs_are_listed_within_a_second(tmp_path: Path) -> None:
    make_runs(tmp_path)
    first, again = [], []
    for _ in range(3):
        (tmp_path / INDEX).unlink(missing_ok=True)
        for took in (first, again):
            began = time.perf_counter()
            assert len(list_runs([tmp_path])) == RUNS
            took.append(time.perf_counter() - began)
    print(f"{RUNS} runs: read in {statistics.median(first):.2f} s, from the index in {statistics.median(again):.2f} s")
    assert statistics.median(first) <= 1.0
    assert statistics.median(again) <= 1.0
