"""Experiment files: settings by section, read without loading anything heavy."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from workbench.contracts.specs import Experiment


def read_experiment(path: Path) -> dict[str, Any]:
    """An experiment file as settings by section; a table named relatively is looked for beside the file, too.

    Raises:
        WorkbenchError: not an experiment file.
    """
    experiment = Experiment.load(path)
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    data = dict(written.get("data", {}))
    for name in ("table", "test"):
        beside = path.parent / str(data.get(name, ""))
        if data.get(name) and not Path(data[name]).is_absolute() and beside.is_file():
            data[name] = str(beside)
    return {**written, "name": experiment.name, "data": data}
