"""Runs that several tests hold theirs against."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.runs.execute import start


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The run of a task that nobody films or watches, trained once a session."""

    @cache
    def run(task: str) -> Path:
        folder = tmp_path_factory.mktemp(task)
        drain(start(tiny(write_table(folder, task), task, film_megabytes=0), folder / "run"))
        return folder / "run"

    return run
