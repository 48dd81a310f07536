"""The resume certificate: a run that was killed or damaged comes to the weights of the run that was not, or says why it cannot.

    python -m pytest -m benchmark tests/benchmarks/test_resume_certificate.py -s

The tables of docs/resume.md come from here. The full disk is certified in tests/runs/test_full_disk.py, in the window in
tests/gui/test_failures.py: they take seconds.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.runs.any_experiment import OPTIMIZERS
from tests.runs.certificates import HAS_FORK, certify
from tests.tables import TASKS

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.timeout(7200),
    pytest.mark.skipif(not HAS_FORK, reason="kills forked children; this system has no fork"),
]


def test_a_hundred_runs_killed_at_random_moments_are_bit_equal(tmp_path: Path) -> None:
    results = certify("kill_at_random", tmp_path, 100, seed=9)
    assert not [result for result in results if result["status"] != 0 or result["different"]]
    assert {(result["task"], result["optimizer"]) for result in results} == {(t, o) for t in TASKS for o in OPTIMIZERS}
    killed = Counter(phase for result in results for phase in result["killed"])
    assert killed.total() >= 100
    assert all(killed[phase] for phase in ("preparation", "checkpoint", "step", "final saving"))


def test_three_hundred_damaged_run_folders_are_sound_or_refused(tmp_path: Path) -> None:
    results = certify("damage_at_random", tmp_path, 300, seed=11)
    assert not [result for result in results if result["bad"]]
    assert sum(bool(result["refused"]) for result in results) > 50  # or damage was not damage
