"""What Ctrl+Z takes back: on the Train page the last edit of the training, elsewhere the last change of the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.gui.main_window import MainWindow
from workbench.gui.models.draft import Draft
from workbench.gui.models.run_edits import RunEdits


class Undoing(QObject):
    """Stands behind the menu's Undo and Redo."""

    def __init__(self, window: MainWindow, draft: Draft, edits: RunEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._draft, self._edits = window, draft, edits
        self._able = (False, False)
        window.action("undo").triggered.connect(lambda _=False: self.undo())
        window.action("redo").triggered.connect(lambda _=False: draft.redo())
        draft.undoable.connect(self._know)
        window.page_shown.connect(self._allow)
        edits.changed.connect(self._allow)

    def undo(self) -> None:
        """Take the last thing back."""
        if self._of_the_training():
            self._edits.undo()
        else:
            self._draft.undo()

    def _of_the_training(self) -> bool:
        return self._window.page == "train" and self._edits.possible

    def _know(self, undo: bool, redo: bool) -> None:
        self._able = (undo, redo)
        self._allow()

    def _allow(self, _: object = None) -> None:
        if self._of_the_training():
            self._window.allow_undo(self._edits.undoable, False)
        else:
            self._window.allow_undo(*self._able)
