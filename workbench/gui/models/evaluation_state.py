"""What the evaluation of a run shows: the answers of one split, judged, and the scores by a chosen column."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.evaluations import Group, Judged


class EvaluationState(QObject):
    """What is asked is a signal; whoever hears it answers with a ``take_…``. Nothing is asked before somebody looks."""

    asked = Signal()
    """`run`, `split` and `against` are to be judged."""
    column_asked = Signal(str)
    """The scores by this column are wanted."""
    changed = Signal()
    """The run, what was found, or what is at work."""
    column_changed = Signal()
    """The scores by the chosen column have come, have failed, or hold no longer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run: Path | None = None
        self.split = ""
        """Which rows; empty for test rows where there are some."""
        self.against: Path | None = None
        """The run in the baseline's place."""
        self.judged: Judged | None = None
        self.trouble: WorkbenchError | None = None
        self.at_work = False
        self.column = ""
        self.groups: tuple[Group, ...] | None = None
        self.column_trouble: WorkbenchError | None = None
        self._stale = self._watched = False

    # -- what a person does -------------------------------------------------------------------------------------------

    def set_run(self, run: Path | None) -> None:
        """A run that has ended is shown; None while nothing can be judged. The same run again is no other."""
        if run != self.run:
            self.run, self.split, self.against = run, "", None
            self._begin()

    def set_watched(self, watched: bool) -> None:
        """Whether somebody looks."""
        self._watched = watched
        self._ask()

    def choose_split(self, split: str) -> None:
        """Judge these rows."""
        if split != self.split and (self.judged is None or split != self.judged.analysis.answers.split):
            self.split = split
            self._begin()

    def compare_with(self, other: Path | None) -> None:
        """Set another run in the baseline's place; None brings the baseline back."""
        if other != self.against:
            self.against = other
            self._begin()

    def choose_column(self, column: str) -> None:
        """Score by this column of the table; by none where it is empty."""
        self.column, self.groups, self.column_trouble = column, None, None
        self.column_changed.emit()
        if column and self.judged is not None:
            self.column_asked.emit(column)

    # -- what comes back ----------------------------------------------------------------------------------------------

    def take(self, judged: Judged) -> None:
        """What was found."""
        self.judged, self.trouble, self.at_work = judged, None, False
        self.changed.emit()
        if self.column in judged.columns:
            self.choose_column(self.column)

    def take_trouble(self, error: WorkbenchError) -> None:
        """Why there is nothing."""
        self.judged, self.trouble, self.at_work = None, error, False
        self.changed.emit()

    def take_groups(self, groups: tuple[Group, ...]) -> None:
        """The scores by the chosen column."""
        self.groups = groups
        self.column_changed.emit()

    def take_column_trouble(self, error: WorkbenchError) -> None:
        """Why there are none."""
        self.column_trouble = error
        self.column_changed.emit()

    def _begin(self) -> None:
        self.judged, self.trouble, self.groups, self.column_trouble = None, None, None, None
        self.at_work, self._stale = False, self.run is not None
        self.changed.emit()
        self.column_changed.emit()
        self._ask()

    def _ask(self) -> None:
        if self._watched and self._stale:
            self._stale, self.at_work = False, True
            self.changed.emit()
            self.asked.emit()
