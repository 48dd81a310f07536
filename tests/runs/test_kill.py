"""A few kills and a few damages, at random as in the certificate (tests/benchmarks/test_resume_certificate.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runs.certificates import HAS_FORK, certify

pytestmark = pytest.mark.skipif(not HAS_FORK, reason="kills forked children; this system has no fork")


def test_a_killed_run_resumes_to_the_weights_of_one_that_lived(tmp_path: Path) -> None:
    results = certify("kill_at_random", tmp_path, 3, seed=1)
    assert not [result for result in results if result["status"] != 0 or result["different"]]
    assert sum(len(result["killed"]) for result in results) >= 3


def test_a_damaged_run_is_sound_or_refused(tmp_path: Path) -> None:
    results = certify("damage_at_random", tmp_path, 8, seed=2)
    assert not [result for result in results if result["bad"]]
