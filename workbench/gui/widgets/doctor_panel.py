"""The doctor: a list of what is odd in a table, with ways to look at it and to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.findings import WEIGHTS, Finding
from workbench.gui.models.doctor_state import Case, Visit
from workbench.gui.widgets.finding_card import FindingCard
from workbench.gui.widgets.panel import Panel
from workbench.gui.words import said, said_error

MOST = 60
"""Findings that are listed; of more the number is told."""


class DoctorPanel(Panel):
    """Draws cases; what a person does about one is told with it."""

    show_wanted = Signal(object)
    """A `Finding` whose rows the person wants to see; None: all of the table again."""
    mend_wanted = Signal(object, object)
    """A `Finding` and the `Mend` to apply."""
    all_wanted = Signal()
    """Every recommended mend of rows is to be applied."""
    undo_wanted = Signal(object)
    """The mended `Case` to take back."""
    stop_wanted = Signal()
    """Look no further; where nothing is being looked at, look again."""

    def __init__(self, showable: Callable[[Case], bool], parent: QWidget | None = None) -> None:
        """`showable` tells whether there is something to look at."""
        super().__init__(parent)
        self._showable = showable
        self.cards: list[FindingCard] = []
        self._cases: Sequence[Case] = ()
        self._advised = 0
        self._visit, self._doing = Visit.NOTHING, ""
        self._trouble: WorkbenchError | None = None
        self._shown: Finding | None = None
        self.stop_button, self.progress, self.note = QPushButton(self), QProgressBar(self), QLabel(self)
        self.all_button = QPushButton(self)
        for button in (self.stop_button, self.all_button):
            button.setObjectName("link")
        self.stop_button.clicked.connect(self.stop_wanted)
        self.all_button.clicked.connect(self.all_wanted)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.controls.addWidget(self.all_button)
        self.controls.addWidget(self.stop_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        for widget in (self.progress, self.note):
            self.body.addWidget(widget)
        self.body.addLayout(self._list)
        self.react()

    def show_cases(self, cases: Sequence[Case], visit: Visit, trouble: WorkbenchError | None = None, advised: int = 0) -> None:
        """Show these, the gravest first, and how far the doctor is; so many of them could be mended with one press."""
        self._advised = advised
        self._cases = sorted(cases, key=lambda case: WEIGHTS.index(case.finding.weight))
        self._visit, self._trouble = visit, trouble
        if visit is not Visit.EXAMINING:
            self._doing = ""
            self.progress.setValue(0)
        self._show_list()
        self.retranslate()

    def mark_shown(self, finding: Finding | None) -> None:
        """This finding's rows are what the table shows."""
        self._shown = finding
        self._show_list()

    @Slot(str, float)
    def show_progress(self, what: str, share: float) -> None:
        """What is being looked at, and which share is done."""
        if self._visit is Visit.EXAMINING:
            self._doing = what
            self.progress.setValue(round(1000 * share))
            self._say()

    def retranslate(self) -> None:
        looking = self._visit is Visit.EXAMINING
        self.progress.setAccessibleName(self.tr("Progress of the doctor"))
        self.progress.setVisible(looking)
        self.stop_button.setVisible(self._visit not in (Visit.NOTHING, Visit.DONE))
        self.stop_button.setText(self.tr("Cancel") if looking else self.tr("Examine"))
        self.all_button.setVisible(self._advised > 1 and self._visit is Visit.DONE)
        self.all_button.setText(self.tr("Mend {0} at once").format(self._advised))
        self.all_button.setToolTip(
            self.tr("Applies the first way out of every finding about rows, in a sound order. Each can be undone alone.")
        )
        self.stop_button.setAccessibleName(self.tr("Cancel the doctor") if looking else self.tr("Examine the table"))
        self._say()

    def _say(self) -> None:
        open_cases = sum(case.mended is None for case in self._cases)
        told = [self.tr("{0} findings").format(open_cases) if open_cases != 1 else self.tr("1 finding")] if open_cases else []
        if len(self._cases) > open_cases:
            told.append(self.tr("{0} mended").format(len(self._cases) - open_cases))
        self.entitle(self.tr("Doctor"), "  ·  ".join(told))
        done = "" if self._cases else self.tr("Nothing odd was found.")
        if len(self._cases) > MOST:
            done = self.tr("The first {0} of {1} are listed.").format(MOST, len(self._cases))
        says = {
            Visit.NOTHING: self.tr("What is odd in the table, and how it can be mended."),
            Visit.WAITING: self.tr("The examples are made first."),
            Visit.EXAMINING: said(self._doing) if self._doing else self.tr("Looking for what is odd in the table…"),
            Visit.STOPPED: self.tr("Stopped: the table was not examined to the end."),
            Visit.TROUBLE: " ".join(part for part in said_error(self._trouble)[::2] if part) if self._trouble else "",
            Visit.DONE: done,
        }
        self.note.setText(says[self._visit])
        self.note.setVisible(bool(self.note.text()))

    def _show_list(self) -> None:
        """A card for each case; who is looked at or has the focus keeps the card it has."""
        kept: defaultdict[str, list[FindingCard]] = defaultdict(list)
        for card in self.cards:
            kept[card.case.key].append(card)
        before, self.cards = self.cards, []
        for case in self._cases[:MOST]:
            card = kept[case.key].pop(0) if kept[case.key] else self._new_card(case)
            card.show_case(case, showable=self._showable(case), shown=case.finding == self._shown)
            self.cards.append(card)
        for card in before:
            if card not in self.cards:
                self._list.removeWidget(card)
                card.hide()  # at once; it goes when the event loop comes round
                card.deleteLater()
        for place, card in enumerate(self.cards):
            at = self._list.itemAt(place)
            if at is None or at.widget() is not card:
                self._list.insertWidget(place, card)

    def _new_card(self, case: Case) -> FindingCard:
        card = FindingCard(case, self)
        card.show_wanted.connect(lambda: self.show_wanted.emit(None if card.shown else card.case.finding))
        card.mend_wanted.connect(lambda mend: self.mend_wanted.emit(card.case.finding, mend))
        card.undo_wanted.connect(lambda: self.undo_wanted.emit(card.case))
        return card
