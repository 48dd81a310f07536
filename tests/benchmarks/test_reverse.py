"""Reversal, with the program's defaults: how soon it is understood, and what its cross-attention looks like.

python -m pytest -m benchmark tests/benchmarks/test_reverse.py -s
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from workbench.cli import main
from workbench.contracts.inspection import Query
from workbench.data.prepare import prepare
from workbench.runs.folder import RunFolder
from workbench.runs.inspector import Inspector


@pytest.mark.benchmark
def test_reversal_is_understood_within_a_minute(sample_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", str(sample_data / "reverse.csv"), "--out", str(tmp_path / "run"), "--json"])
    report = json.loads(capsys.readouterr().out)
    inspector = Inspector.open(tmp_path / "run")
    held_out = prepare(RunFolder.open(tmp_path / "run").experiment().data).texts("validation", range(60))
    mirrored = []
    for text, target in held_out:
        cross = inspector.inspect(Query(text=text, pair=target)).weights["cross"].weights  # (layer, head, query, key)
        length = len(text.split())
        # the query that writes token i stands at place i, and token i of the target is token length-1-i of the source
        mirrored.append([[np.mean([head[i, length - 1 - i] for i in range(length)]) for head in layer] for layer in cross])
    best = float(np.mean(mirrored, axis=0).max())
    with capsys.disabled():
        exact, seconds, wall = (report["metrics"]["validation"]["exact_match"], report["seconds"], report["wall_seconds"])
        print(f"\nreverse.csv: exact match {exact:.4f}, {seconds} s of training, {wall} s in all, {report['steps']} steps,")
        print(f"mean cross-attention weight on the mirrored position, best head: {best:.3f}")
    assert report["wall_seconds"] <= 60
    assert report["metrics"]["validation"]["exact_match"] >= 0.99
    assert best >= 0.8
