"""All that stands behind the edits of a training: what a person asks for is said to the engine, what it answers is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.gui.main_window import MainWindow
from workbench.gui.models.draft import Draft
from workbench.gui.models.film_state import FilmState
from workbench.gui.models.run_edits import RunEdits
from workbench.gui.shown_run import ShownRun
from workbench.gui.undoing import Undoing
from workbench.gui.workers.training import Session


class EditDesk(QObject):
    """Stands between the pages that show edits and the training that takes them."""

    def __init__(
        self, window: MainWindow, session: Session, shown: ShownRun, film: FilmState, draft: Draft, parent: QObject | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.edits = RunEdits(session.model, self)
        self.undoing = Undoing(window, draft, self.edits, self)
        self.edits.wanted.connect(session.edit)
        self.edits.changed.connect(lambda: film.set_edits(self.edits.taken))
        shown.changed.connect(self.edits.set_experiment)
