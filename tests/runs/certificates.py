"""Runs the certificates' scripts, each in a process of its own that imports once and forks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
HAS_FORK = hasattr(os, "fork")
Results = list[dict[str, Any]]
"""A JSON object for each run or trial."""


def certify(script: str, folder: Path, count: int, *, seed: int) -> Results:
    """What ``tests.runs.<script>`` prints; its table goes on to stderr."""
    command = [sys.executable, "-m", f"tests.runs.{script}", str(folder), str(count), str(seed)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    sys.stderr.write(done.stderr)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == count
    return results
