"""What the doctor found in the table of the Data page, which findings are mended, and what a person does about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.fields import coerce, problems_of
from workbench.contracts.findings import Finding, Mend
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import Stamp
from workbench.gui.models.data_state import DataState, Stage
from workbench.gui.models.mending import Settings, changes, mended_by, of_rows, returned, together, way_back, way_back_unseen

LONG = 200_000
"""Rows above which the doctor waits until the examples are made: both at once would make scrolling stutter on two cores."""


class Visit(Enum):
    """How far the doctor is."""

    NOTHING = "nothing"
    """There is no table to look at, or it is not read yet."""
    WAITING = "waiting"
    """The examples of a long table are made first; `DoctorState.resume` does not wait."""
    EXAMINING = "examining"
    DONE = "done"
    STOPPED = "stopped"
    TROUBLE = "trouble"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A finding, and how it is mended in the experiment as it stands."""

    finding: Finding
    mended: Mend | None = None
    seen: bool = True
    """It is in the table as it is read now; else a mend has made it disappear, and its rows are those of another reading."""

    @property
    def key(self) -> str:
        """What makes it the same case after another look at the table: its kind, its column and the ways out."""
        return repr((self.finding.kind, self.finding.column, [(mend.name, mend.settings) for mend in self.finding.mends]))


@dataclass(kw_only=True)
class _Applied:
    """A mend that was applied here, and the way back to what stood there before."""

    finding: Finding
    mend: Mend
    back: Settings


class DoctorState(QObject):
    """The findings about a table. Slots take answers of the worker, which listens to the signals that ask.

    The table is examined as it stands in its file, whatever mends are applied to its rows: so a finding that is mended is
    still there to be seen, also in an experiment that was saved and opened again.
    """

    changed = Signal()
    """The findings, whether they are mended, or how far the doctor is."""
    progressed = Signal(str, float)
    """What is being looked at, and which share is done."""
    examine_asked = Signal(object)
    """Examine the table of this `DataSpec`."""
    stop_asked = Signal()

    def __init__(self, data: DataState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data, self.draft = data, data.draft
        self.visit = Visit.NOTHING
        self.trouble: WorkbenchError | None = None
        self._findings: tuple[Finding, ...] = ()
        self._applied: dict[str, _Applied] = {}
        self._path = ""
        self._examined: dict[str, Any] | None = None  # Any: each setting has its own type
        self._cases: tuple[Case, ...] = ()
        data.opened.connect(self._opened)
        data.changed.connect(self._follow)
        self.draft.changed.connect(self._draft_changed)

    @property
    def busy(self) -> bool:
        """The table is being examined."""
        return self.visit is Visit.EXAMINING

    @property
    def cases(self) -> tuple[Case, ...]:
        """The findings in the doctor's order; after them those that a mend has made disappear."""
        return self._cases

    @property
    def stamp(self) -> Mapping[Path, Stamp]:
        """How the files of the table that is shown stood on the disk when it was opened."""
        return self.data.table.stamp if self.data.table is not None else {}

    # -- what a person does ---------------------------------------------------------------------------------------

    def mend(self, finding: Finding, mend: Mend) -> None:
        """Write a mend into the experiment, as one step that can be undone."""
        before = self.draft.given
        self._applied[Case(finding=finding).key] = _Applied(finding=finding, mend=mend, back=way_back(mend, before))
        self.draft.change(changes(mend, before))

    @property
    def advised(self) -> tuple[tuple[Finding, Mend], ...]:
        """The findings that `mend_all` mends, each with its recommended mend."""
        found = ((case.finding, of_rows(case.finding)) for case in self._cases if case.mended is None)
        return tuple((finding, mend) for finding, mend in found if mend is not None)

    @Slot()
    def mend_all(self) -> None:
        """Write every recommended mend of rows into the experiment, as one step; each can still be taken back alone."""
        before, advised = self.draft.given, self.advised
        for finding, mend in advised:
            back = way_back(mend, before)
            self._applied[Case(finding=finding).key] = _Applied(finding=finding, mend=mend, back=back)
        if advised:
            self.draft.change(changes(together(mend for _, mend in advised), before))

    def undo(self, case: Case) -> None:
        """Put back precisely the settings that a mend changed."""
        if case.mended is not None:
            known = self._applied.get(case.key)
            seen = known is not None and known.mend.settings == case.mended.settings
            back = known.back if known is not None and seen else way_back_unseen(case.mended)
            self.draft.change(returned(back, self.draft.given))

    def cancel(self) -> None:
        """Look no further; what was found before stays."""
        if self.busy:
            self.stop_asked.emit()
            self._become(Visit.STOPPED)

    def resume(self) -> None:
        """Examine after `cancel`, or try again after trouble: with the table, which may be another by now."""
        if self.visit is Visit.TROUBLE:
            self.data.reopen()
        else:
            self._examine()

    # -- what the worker answers ----------------------------------------------------------------------------------

    @Slot(object)
    def take_findings(self, findings: tuple[Finding, ...]) -> None:
        """What was found."""
        self._findings = findings
        self._become(Visit.DONE)

    @Slot(object)
    def take_trouble(self, error: WorkbenchError) -> None:
        """The table could not be examined."""
        self._findings = ()
        self._become(Visit.TROUBLE, error)

    @Slot(str, float)
    def take_progress(self, what: str, share: float) -> None:
        """How far it is."""
        self.progressed.emit(what, share)

    # -- what a change asks for -----------------------------------------------------------------------------------

    @Slot()
    def _opened(self) -> None:
        """The table is another, or read in another way. Of the same file, what was mended is remembered."""
        if self.data.path != self._path:
            self._path, self._findings, self._applied = self.data.path, (), {}
        self._examined = None
        if self.data.table is None:
            self.stop_asked.emit()
            self._findings = ()
            self._become(Visit.NOTHING)

    @Slot()
    def _follow(self) -> None:
        """Examine what was read, once for each way of reading it and of understanding its columns."""
        stage, whole = self.data.stage, self.data.whole
        if stage not in (Stage.PREPARING, Stage.READY, Stage.TROUBLE) or self._examined == self._asked():
            return
        if stage is not Stage.PREPARING or whole is None or whole.row_count <= LONG:
            self._examine()
        elif self.visit is not Visit.WAITING:
            self.stop_asked.emit()
            self._become(Visit.WAITING)

    @Slot()
    def _draft_changed(self) -> None:
        if self._find_cases():
            self.changed.emit()

    def _asked(self) -> dict[str, Any]:
        """What the person said of the table, but for its mends. What was guessed is left open: it may be what is odd."""
        return {name: value for name, value in self.draft.given["data"].items() if name != "mends"}

    def _examine(self) -> None:
        self._examined = self._asked()
        spec = DataSpec(**self._examined)
        coerce(spec)
        if spec.table and not problems_of(spec, "data"):  # what is impossible in itself is told where it was set
            self._become(Visit.EXAMINING)
            self.examine_asked.emit(spec)

    def _become(self, visit: Visit, trouble: WorkbenchError | None = None) -> None:
        self.visit, self.trouble = visit, trouble
        self._find_cases()
        self.changed.emit()

    def _find_cases(self) -> bool:
        """Lay the findings beside the settings; whether something is different now."""
        before, given = self._cases, self.draft.given
        found = [Case(finding=each, mended=mended_by(each, given)) for each in self._findings]
        known = {case.key for case in found}
        gone = [
            Case(finding=each.finding, mended=each.mend, seen=False)
            for key, each in self._applied.items()
            if key not in known and mended_by(each.finding, given) == each.mend
        ]
        self._cases = (*found, *gone)
        return before != self._cases
