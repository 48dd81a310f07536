"""The Inspect page with its state and the real engine, and a model opened in it; the Data page with the real reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pages.rooms import Room
from workbench.gui.models.data_state import DataState
from workbench.gui.models.doctor_state import DoctorState
from workbench.gui.models.draft import Draft
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.pages.data import DataPage
from workbench.gui.pages.inspect import InspectPage
from workbench.gui.workers.doctor import Doctor
from workbench.gui.workers.inspecting import Inspecting
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.tables import Tables
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


@pytest.fixture
def room(qtbot: QtBot, show: Callable[..., QWidget]) -> Iterator[Room]:
    """The Data page with its workers, shown."""
    state, jobs = DataState(Draft()), Jobs()
    tables, findings = Tables(state, jobs), DoctorState(state)
    doctor = Doctor(findings, jobs)
    page = DataPage(state, findings)
    # A page stands in a window; as one itself its least size changes, about which the offscreen platform complains.
    page.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    show(page, 1200, 740)
    yield page, state, tables
    jobs.shutdown()
    tables.close()
    del doctor  # it listened all the while
