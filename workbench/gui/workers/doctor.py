"""Examines the table of the Data page, off the GUI thread."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.findings import Finding, Mend
from workbench.contracts.specs import DataSpec
from workbench.data.doctor import examine
from workbench.gui.workers.jobs import Jobs, Ticket

LANE = "doctor"


class Asking(Protocol):
    """Who asks for the doctor and takes what is found: `workbench.gui.models.doctor_state.DoctorState`."""

    @property
    def examine_asked(self) -> SignalInstance: ...
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
        self._jobs.start(
            LANE,
            lambda ticket: _findings(spec, ticket),
            done=self._state.take_findings,
            failed=self._state.take_trouble,
            progress=self._state.take_progress,
        )

    @Slot()
    def stop(self) -> None:
        """Look no further."""
        self._jobs.cancel(LANE)


def _findings(spec: DataSpec, ticket: Ticket) -> tuple[Finding, ...]:
    """What the doctor finds, as `Finding`: the one place that knows how it is called."""
    ticket.progress("examining the table", 0.0)
    report = examine(spec, cancelled=ticket.cancelled)
    return tuple(
        Finding(
            kind=each["kind"], count=each["count"], evidence=each["evidence"], rows=tuple(each["rows"]),
            lines=tuple(each.get("lines", ())), mends=_mends(each["mend"], report),
        )
        for each in report["findings"]
    )  # fmt: skip


def _mends(name: str, report: dict[str, Any]) -> tuple[Mend, ...]:  # Any: nested JSON values
    if name in ("drop-empty", "drop-duplicates"):
        sentences = {
            "drop-empty": "leaves out the rows in which this cell is empty",
            "drop-duplicates": "keeps the first row of each text and leaves out the others",
        }
        return (Mend(name=name, does=sentences[name], settings={"data": {"mends": name}}),)
    if name == "set-encoding":
        return tuple(
            Mend(name=name, does=f"reads the file as {each}", settings={"data": {"encoding": each}})
            for each in report["encoding"]["candidates"]
        )
    if name == "flip-header":
        does = "takes the first line for the other thing: column names or a row of data"
        return (Mend(name=name, does=does, settings={"data": {"header": not report["header"]}}),)
    return ()
