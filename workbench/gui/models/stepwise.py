"""What is worked out answer by answer, while other things are asked: the question, and what was found so far."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError

Question = TypeVar("Question")
Found = TypeVar("Found")


class Stepwise(QObject, Generic[Question, Found]):
    """Whoever hears ``asked`` works, and answers with ``take``, ``end`` or ``fail``."""

    asked = Signal()
    """`question` is to be answered, step after step."""
    stop_asked = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        self.found: Found | None = None
        self.trouble: WorkbenchError | None = None
        self.at_work = False

    def ask(self, question: Question) -> None:
        """Begin anew."""
        self.question, self.found, self.trouble, self.at_work = question, None, None, True
        self.changed.emit()
        self.asked.emit()

    def stop(self) -> None:
        """No more steps; what was found holds."""
        if self.at_work:
            self.at_work = False
            self.stop_asked.emit()
            self.changed.emit()

    def leave(self) -> None:
        """Nothing is asked any more."""
        if self.question is not None:
            self.stop()
            self.question = self.found = self.trouble = None
            self.changed.emit()

    def take(self, question: Question, found: Found) -> None:
        """So far; what belongs to an older question, or comes after a stop, is let fall."""
        if question == self.question and self.at_work:
            self.found = found
            self.changed.emit()

    def end(self, question: Question) -> None:
        """There are no more steps."""
        if question == self.question:
            self.at_work = False
            self.changed.emit()

    def fail(self, question: Question, error: WorkbenchError) -> None:
        """It could not go on."""
        if question == self.question:
            self.trouble, self.at_work = error, False
            self.changed.emit()
