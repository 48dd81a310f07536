"""Edits where several processes train together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runs.test_execute import same
from tests.tables import write_table
from workbench.contracts.events import Checkpointed, Edited, Warned
from workbench.runs.folder import RunFolder

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.benchmark


def test_two_processes_agree_on_edits_and_repeat_them(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "--master-port", "29617"]
    for words in ([tmp_path / "live"], [tmp_path / "again", tmp_path / "live"]):
        done = subprocess.run(
            [*torchrun, "-m", "tests.runs.edit_in_two", str(table), *map(str, words)], cwd=ROOT, capture_output=True, text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
    said = list(RunFolder(tmp_path / "live").events())
    edits = [event.edit for event in said if isinstance(event, Edited)]
    assert [(edit.step, edit.what) for edit in edits] == [(3, "learning_rate"), (3, "head"), (6, "dropout"), (8, "head")]
    assert RunFolder(tmp_path / "live").experiment().edits == tuple(edits)
    assert sum(isinstance(event, Warned) for event in said) == 1
    assert 6 in {event.step for event in said if isinstance(event, Checkpointed)}
    assert same(tmp_path / "live", tmp_path / "again")
