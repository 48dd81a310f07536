from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked children; this system has no fork")


def kill_and_resume(folder: Path, kills: int, seed: int) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "tests.runs.kill_at_random", str(folder), str(kills), str(seed)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(results: list[dict[str, object]], kills: int) -> None:
    assert len(results) == kills
    wrong = [r for r in results if r["status"] != 0 or not r["equal"] or r["damaged"] != 0]
    assert not wrong


def test_a_killed_run_resumes_to_the_weights_of_one_that_lived(tmp_path: Path) -> None:
    check(kill_and_resume(tmp_path, 4, seed=1), 4)


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_thirty_kills_at_random_moments(tmp_path: Path) -> None:
    results = kill_and_resume(tmp_path, 30, seed=0)
    for result in results:
        print(result)  # noqa: T201
    check(results, 30)
    assert sum(r["checkpoint"] is not None for r in results) >= 10
