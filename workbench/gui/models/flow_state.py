"""The attention flow of the text that is shown: after which layer, how far it is, and what was found."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.contracts.inspection import Query
from workbench.contracts.studies import Flow
from workbench.gui.models.stepwise import Stepwise


class FlowState(Stepwise[tuple[Query, int], Flow]):
    """Asks for a text and a layer, as `workbench.runs.studies.flow` takes them. What is whole is kept for a text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[tuple[Query, int], Flow] = {}

    def want(self, query: Query, layer: int) -> None:
        """The flow of a text after a layer, counted from 0: at once where it is known, else it is worked out."""
        question = (query, layer)
        if question == self.question and self.at_work:
            return
        self.stop()
        if question in self._known:
            self.question, self.found, self.trouble = question, self._known[question], None
            self.changed.emit()
        else:
            self.ask(question)

    def end(self, question: tuple[Query, int]) -> None:
        if question == self.question and self.found is not None:
            self._known = {known: flow for known, flow in self._known.items() if known[0] == question[0]}
            self._known[question] = self.found
        super().end(question)

    def forget(self) -> None:
        """Another model: what is known holds no longer."""
        self._known.clear()
        self.leave()
