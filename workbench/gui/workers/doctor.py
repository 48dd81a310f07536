"""Examines the table of the Data page, off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.findings import Finding
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import Stamp
from workbench.data.doctor import find
from workbench.data.table import check_stamp, open_table
from workbench.gui.workers.jobs import Jobs, Ticket

LANE = "doctor"


class Asking(Protocol):
    """Who asks for the doctor and takes what is found: `workbench.gui.models.doctor_state.DoctorState`."""

    @property
    def examine_asked(self) -> SignalInstance: ...
    @property
    def stamp(self) -> Mapping[Path, Stamp]: ...
    @property
    def stop_asked(self) -> SignalInstance: ...
    def take_findings(self, findings: tuple[Finding, ...], /) -> None: ...
    def take_trouble(self, error: WorkbenchError, /) -> None: ...
    def take_progress(self, what: str, share: float, /) -> None: ...


class Doctor(QObject):
    """Does what a `DoctorState` asks for, in a lane of its own. Methods are for the GUI thread."""

    def __init__(self, state: Asking, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._jobs = state, jobs
        state.examine_asked.connect(self.examine)
        state.stop_asked.connect(self.stop)

    @Slot(object)
    def examine(self, spec: DataSpec) -> None:
        """Examine a table; whatever was examined before is not wanted any more."""
        stamp = self._state.stamp
        self._jobs.start(
            LANE,
            lambda ticket: _findings(spec, stamp, ticket),
            done=self._state.take_findings,
            failed=self._state.take_trouble,
            progress=self._state.take_progress,
        )

    @Slot()
    def stop(self) -> None:
        """Look no further."""
        self._jobs.cancel(LANE)


def _findings(spec: DataSpec, stamp: Mapping[Path, Stamp], ticket: Ticket) -> tuple[Finding, ...]:
    """What is odd in the table that is shown: of another in its place the rows would be others."""
    check_stamp(Path(spec.table or ""), stamp)
    with open_table(spec, cancelled=ticket.cancelled) as table:
        return find(table, spec, progress=ticket.progress, cancelled=ticket.cancelled)
