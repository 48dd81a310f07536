"""The edits that a repeated training repeats: how many, which, and a way to leave them out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from workbench.contracts.errors import Problem
from workbench.gui.models.draft import Draft
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.elided import plain_tip
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said

LISTED = 20
"""Edits in the tool tip, at most."""


class RepeatedEdits(Reactive):
    """Hidden while the draft repeats none."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._words = draft, EditWords(self)
        self._problems: tuple[Problem, ...] = ()
        self.line = QLabel(self, wordWrap=True)
        self.leave = QPushButton(self)
        self.leave.setObjectName("link")
        self.leave.clicked.connect(draft.leave_edits_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.leave)
        self.react()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong with the draft; only what concerns its edits is said here."""
        self._problems = tuple(problem for problem in problems if problem.field.startswith("edits."))
        self.retranslate()

    def retranslate(self) -> None:
        edits = self._draft.edits
        self.setVisible(bool(edits))
        words = self.tr("Edits made in the training that this repeats: {0}. They are made again at their steps.")
        wrong = "; ".join(f"{problem.field}: {said(problem.allowed)}" for problem in self._problems)
        self.line.setText(self.tr("Edits do not fit this model: {0}").format(wrong) if wrong else words.format(len(edits)))
        self.line.setObjectName("bad" if wrong else "attention")
        self.line.style().polish(self.line)
        listed = [self._words.moment(edit) for edit in edits[:LISTED]] + ["…"] * (len(edits) > LISTED)
        self.line.setToolTip(plain_tip("\n".join(listed)))
        self.leave.setText(self.tr("Leave them out"))
        self.leave.setToolTip(self.tr("Train with these settings from beginning to end; this can be undone"))
