"""The doctor on the Data page: its panel, and what its findings point to in the table and around it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from workbench.contracts.findings import LISTED, Finding
from workbench.gui.models.doctor_state import Case, DoctorState, Visit
from workbench.gui.widgets.doctor_panel import DoctorPanel
from workbench.gui.widgets.finding_words import FindingWords
from workbench.gui.widgets.guesses import Guesses
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.rejected_rows import RejectedRows
from workbench.gui.widgets.table_panel import TablePanel


class Consultation(Reactive):
    """Never shown itself: it lays findings before a person, shows what they are about and writes mends into the draft."""

    def __init__(
        self, doctor: DoctorState, table: TablePanel, guesses: Guesses, lost: RejectedRows, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.hide()
        self._doctor, self._table, self._guesses, self._lost = doctor, table, guesses, lost
        self._shown: Finding | None = None
        self._words = FindingWords(self)
        self.panel = DoctorPanel(self._is_showable)
        self.panel.show_wanted.connect(self._show_rows)
        self.panel.mend_wanted.connect(doctor.mend)
        self.panel.all_wanted.connect(doctor.mend_all)
        self.panel.undo_wanted.connect(doctor.undo)
        self.panel.stop_wanted.connect(self._stop_or_resume)
        table.all_shown.connect(self._forget_rows)
        doctor.changed.connect(self._show)
        doctor.progressed.connect(self.panel.show_progress)
        self._show()
        self.react()

    @Slot()
    def _show(self) -> None:
        doctor = self._doctor
        twice = doctor.data.trouble is not None  # then the page says above the table why it cannot be read
        visit = Visit.NOTHING if twice and doctor.visit is Visit.TROUBLE else doctor.visit
        self.panel.show_cases(doctor.cases, visit, doctor.trouble, len(doctor.advised))

    @Slot()
    def _stop_or_resume(self) -> None:
        if self._doctor.busy:
            self._doctor.cancel()
        else:
            self._doctor.resume()

    # -- what a finding points to ---------------------------------------------------------------------------------

    def _is_showable(self, case: Case) -> bool:
        finding = case.finding
        listed = bool(finding.lines) and self._lost.holds(finding.lines)
        return case.seen and bool(finding.rows or listed or finding.column or self._control_of(finding))

    def _control_of(self, finding: Finding) -> QWidget | None:
        """Where a person decides what the finding doubts."""
        names = [name for mend in finding.mends for name in mend.settings.get("data", {})]
        return next((self._guesses.controls[name].choice for name in names if name in self._guesses.controls), None)

    @Slot(object)
    def _show_rows(self, finding: Finding | None) -> None:
        """Only the rows of a finding; the lines, the column or the guess that it is about where it names no rows."""
        if finding is None:
            self._table.show_all()
        elif finding.rows:
            self._shown = finding
            self._table.show_only(finding.rows, self._told(finding), finding.column)
            self.panel.mark_shown(finding)
        elif self._lost.holds(finding.lines):
            self._lost.show_lines(finding.lines)
        elif finding.column:
            self._table.show_column(finding.column)
        else:
            control = self._control_of(finding)
            if control is not None:
                control.setFocus()

    @Slot()
    def _forget_rows(self) -> None:
        if self._shown is not None:
            self._shown = None
            self.panel.mark_shown(None)

    def _told(self, finding: Finding) -> str:
        title, rows = self._words.title(finding), len(finding.rows)
        if rows == 1:
            return self.tr("Only 1 row is shown: {0}").format(title)
        if rows == LISTED and finding.count > rows:
            return self.tr("Only the first {0} of {1} rows are shown: {2}").format(f"{rows:,}", f"{finding.count:,}", title)
        return self.tr("Only {0} rows are shown: {1}").format(f"{rows:,}", title)

    def retranslate(self) -> None:
        if self._shown is not None:
            self._table.only_note.say(self._told(self._shown))
