"""The Data page with the real reader and the real doctor, for tests."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from workbench.gui.models.data_state import DataState
from workbench.gui.pages.data import DataPage
from workbench.gui.workers.tables import Tables

WAIT = 60_000
Room = tuple[DataPage, DataState, Tables]


def settle(qtbot: QtBot, state: DataState) -> None:
    """Wait until nothing more is asked for."""
    qtbot.waitUntil(lambda: not state.busy, timeout=WAIT)
