"""Tiny trained models of every task that predictions are made with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.runs.execute import start
from workbench.runs.opened import Opened, open_trained

Trained = Callable[[str], Opened]


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """A model of a task, trained once."""
    made: dict[str, Opened] = {}

    def model(task: str) -> Opened:
        if task not in made:
            folder = tmp_path_factory.mktemp(task)
            drain(start(tiny(write_table(folder, task, rows=150), task, epochs=8), folder / "run"))
            made[task] = open_trained(folder / "run")
        return made[task]

    return model


@pytest.fixture
def classifier(trained: Trained) -> Opened:
    return trained("text-classification")
