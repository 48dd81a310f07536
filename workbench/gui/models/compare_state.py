"""What the chosen head is compared with: the other side, and what was found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from workbench.contracts.comparing import Compared, Other, Place
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Query

Question = tuple[Query, Other, str, Place, Place | None]
"""Query, other side, kind, head of A, head of B or None for the partner of A's: as `Comparing.compare` takes them."""


class CompareState(QObject):
    """Follows a selection; while `set_wanted`, asks at every change. Whoever hears ``asked`` answers with a ``take…``."""

    asked = Signal()
    """`question` is to be answered."""
    moments_asked = Signal()
    """The steps of the run that is open are to be listed."""
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.other: Other | None = None
        self.compared: Compared | None = None
        self.trouble: WorkbenchError | None = None
        self.at_work = ""
        """What is being done, as a sentence of the layers below; empty while nothing is."""
        self.moments: tuple[int | None, ...] = ()
        """The steps of the run that is open, None for its end; empty for other models."""
        self._wanted = False
        self._path = ""
        self._at: tuple[Query, str, Place] | None = None
        self._beside: Place | None = None
        self._asked: Question | None = None

    # -- what a person does -------------------------------------------------------------------------------------------

    def set_wanted(self, wanted: bool) -> None:
        """Whether the comparison is in sight and is to be kept up to date."""
        self._wanted = wanted
        if wanted and self._path:
            self.moments_asked.emit()
        self._ask()

    def set_other(self, other: Other | None) -> None:
        """Compare with this side, or with none."""
        if other != self.other:
            self.other, self._beside = other, None
            self._forget()
            self._ask()
            self.changed.emit()

    def put_beside(self, place: Place | None) -> None:
        """Show this head of B; the partner of A's head where it is None."""
        if place != self._beside:
            self._beside = place
            self._ask()

    # -- what is followed ---------------------------------------------------------------------------------------------

    def follow(self, path: str, at: tuple[Query, str, Place] | None) -> None:
        """The model that is open, and what is seen of it: query, kind, and head.

        Args:
            path: Of the model; nothing while none is open.
            at: None while nothing is seen.
        """
        if path != self._path:
            self._path, self.moments, self._beside = path, (), None
            if self.other is not None and self.other.kind == "moment":
                self.other = None
            self._forget()
            if self._wanted and path:
                self.moments_asked.emit()
        if at is None or self._at is None or at[2] != self._at[2] or at[1] != self._at[1]:
            self._beside = None  # another head of A has another partner
        self._at = at
        if at is None:
            self._forget()
        self._ask()
        self.changed.emit()

    def let_fall(self) -> None:
        """What was asked is answered no more: something else came first."""
        self._asked, self.at_work = None, ""

    @property
    def beside(self) -> Place | None:
        """The head of B that a person chose; None for the partner of A's."""
        return self._beside

    @property
    def question(self) -> Question | None:
        """What is to be compared now; None while something is missing."""
        if self._at is None or self.other is None:
            return None
        query, kind, place = self._at
        return query, self.other, kind, place, self._beside

    # -- what is answered ---------------------------------------------------------------------------------------------

    def take(self, question: Question, found: Compared) -> None:
        """An answer; one to an older question is let fall."""
        if question == self.question:
            self.compared, self.trouble, self.at_work = found, None, ""
            self.changed.emit()

    def take_trouble(self, question: Question, error: WorkbenchError) -> None:
        """It could not be compared."""
        if question == self.question:
            self.compared, self.trouble, self.at_work = None, error, ""
            self.changed.emit()

    def take_moments(self, steps: tuple[int | None, ...]) -> None:
        """The steps of the run that is open."""
        if steps != self.moments:
            self.moments = steps
            self.changed.emit()

    def tell(self, what: str) -> None:
        """What is being done."""
        if what != self.at_work and self._asked is not None:
            self.at_work = what
            self.changed.emit()

    def _forget(self) -> None:
        self.compared = self.trouble = None
        self.let_fall()

    def _ask(self) -> None:
        question = self.question
        if self._wanted and question is not None and question != self._asked:
            self._asked = question
            self.asked.emit()
