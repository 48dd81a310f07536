"""How much memory the program takes, looked up now and then: the window and the engine's process together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil
from PySide6.QtCore import QObject, QTimer, Signal

from workbench.runs.process import EngineProcess

PERIOD = 3_000
"""Milliseconds between two looks; one takes a fraction of a millisecond."""


class MemoryWatch(QObject):
    """Tells the memory in use as long as it is not stopped."""

    measured = Signal(object)
    """(bytes of the window, bytes of the engine, bytes of the machine)"""

    def __init__(self, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._timer = QTimer(self, interval=PERIOD)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Measure now."""
        machine: Callable[[], Any] = psutil.virtual_memory  # Any: psutil has no types
        self.measured.emit((_resident(None), _resident(self._engine.pid) if self._engine.pid else 0, int(machine().total)))

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()


def _resident(pid: int | None) -> int:
    """Bytes of a process that lie in memory; 0 where it is gone."""
    find: Callable[[int | None], Any] = psutil.Process
    try:
        return int(find(pid).memory_info().rss)
    except psutil.Error:
        return 0
