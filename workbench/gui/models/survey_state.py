"""Heads measured over a table: which one, how far it is, and what was found so far."""

from __future__ import annotations

from workbench.contracts.studies import Survey
from workbench.gui.models.stepwise import Stepwise


class SurveyState(Stepwise[tuple[str, str, int], Survey]):
    """Asks for a table, a column (empty: the one that looks like the text) and how many rows: as `workbench.runs.surveys`."""

    def measure(self, path: str, column: str, rows: int) -> None:
        """Begin anew."""
        self.ask((path, column, rows))
