"""Heads measured over a table: which one, how far it is, and what was found so far."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.studies import Survey

Question = tuple[str, str, int]
"""Table, column (empty: the one that looks like the text) and how many rows: as `workbench.runs.surveys` takes them."""


class SurveyState(QObject):
    """Whoever hears ``asked`` measures, and answers with ``take``, ``end`` or ``fail``."""

    asked = Signal()
    """`question` is to be answered, text after text."""
    stop_asked = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        self.found: Survey | None = None
        self.trouble: WorkbenchError | None = None
        self.at_work = False

    def measure(self, path: str, column: str, rows: int) -> None:
        """Begin anew."""
        self.question, self.found, self.trouble, self.at_work = (path, column, rows), None, None, True
        self.changed.emit()
        self.asked.emit()

    def stop(self) -> None:
        """Measure no more texts; what was found holds."""
        if self.at_work:
            self.at_work = False
            self.stop_asked.emit()
            self.changed.emit()

    def leave(self) -> None:
        """Back to the one text."""
        if self.question is not None:
            self.stop()
            self.question = self.found = self.trouble = None
            self.changed.emit()

    def take(self, question: Question, found: Survey) -> None:
        """So far; what belongs to an older question, or comes after a stop, is let fall."""
        if question == self.question and self.at_work:
            self.found = found
            self.changed.emit()

    def end(self, question: Question) -> None:
        """All texts are measured."""
        if question == self.question:
            self.at_work = False
            self.changed.emit()

    def fail(self, question: Question, error: WorkbenchError) -> None:
        """It could not go on."""
        if question == self.question:
            self.trouble, self.at_work = error, False
            self.changed.emit()
