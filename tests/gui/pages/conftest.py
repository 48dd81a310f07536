"""The Inspect page with its state and the real engine, and a model opened in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workbench.gui.models.inspect_state import InspectState
from workbench.gui.pages.inspect import InspectPage
from workbench.gui.workers.inspecting import Inspecting
from workbench.gui.workers.jobs import Jobs
from workbench.runs.process import EngineProcess

WAIT = 60_000
TEXT = "The cat that the dog chased sat on the mat."
Open = Callable[[str | Path], InspectPage]


@pytest.fixture
def state() -> InspectState:
    return InspectState()


@pytest.fixture
def inspecting(state: InspectState, engine: EngineProcess) -> Iterator[Inspecting]:
    owner = QObject()
    jobs = Jobs(owner)
    yield Inspecting(state, jobs, engine, owner)
    jobs.shutdown()


@pytest.fixture
def page(state: InspectState, inspecting: Inspecting, show: Callable[..., QWidget]) -> InspectPage:
    made = InspectPage(state)
    show(made, 1180, 700)
    return made


@pytest.fixture
def opened(page: InspectPage, state: InspectState, qtbot: QtBot) -> Open:
    def open_model(source: str | Path) -> InspectPage:
        state.open(str(source))
        qtbot.waitUntil(lambda: state.facts is not None or state.trouble is not None, timeout=WAIT)
        return page

    return open_model
