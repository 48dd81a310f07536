"""The lens on every architecture that must be tried: minutes, so not among the ordinary tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.architectures.sweep import ASKED, sweep


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
def test_nine_in_ten_architectures_are_exact_and_no_wrong_result_goes_without_a_warning(tmp_path: Path) -> None:
    results = sweep(ASKED, tmp_path / "results.jsonl", lambda result: print(f"{result['name']}: {result['verdict']}"))
    counts = Counter(result["verdict"] for result in results)
    print(counts)
    assert len(results) == 161
    assert counts["exact"] >= 145
    assert counts["WRONG"] == counts["not run"] == 0


@pytest.mark.benchmark
def test_a_gate_on_the_heads_output_is_not_taken_for_the_output_projection(tmp_path: Path) -> None:
    (result,) = sweep(["lfm3"], tmp_path / "results.jsonl", lambda result: None)
    assert (result["verdict"], result["silenced"]) == ("exact", 2)
