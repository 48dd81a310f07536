"""Tiny trained models of every task, each trained once a session: see the fixture ``trained``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.runs.execute import start
from workbench.runs.opened import Opened, open_trained

Trained = Callable[[str], Opened]
"""The model of a task."""


def training_into(place: Callable[[str], Path]) -> Trained:
    """Models trained into folders of their own when they are first asked for."""
    made: dict[str, Opened] = {}

    def model(task: str) -> Opened:
        if task not in made:
            folder = place(task)
            drain(start(tiny(write_table(folder, task, rows=150), task, epochs=8), folder / "run"))
            made[task] = open_trained(folder / "run")
        return made[task]

    return model
