"""What the window asks in boxes of their own: which file, which folder, whether to stop. None of them blocks the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

import workbench
from workbench.contracts.errors import WorkbenchError
from workbench.gui.words import said_error

Chosen = Callable[[Path], None]


class Dialogs(QObject):
    """Boxes over one window. What a person chooses is handed to a callback; nothing is when they change their mind."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def open_file(self, title: str, chosen: Chosen, *, kinds: str = "") -> None:
        """Ask for a file that exists."""
        dialog = self._dialog(title, chosen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if kinds:
            dialog.setNameFilter(kinds)
        dialog.open()

    def open_folder(self, title: str, chosen: Chosen, *, at: Path | None = None) -> None:
        """Ask for a folder."""
        dialog = self._dialog(title, chosen)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        if at is not None and at.is_dir():
            dialog.setDirectory(str(at))
        dialog.open()

    def save_file(self, title: str, chosen: Chosen, *, ending: str, name: str = "") -> None:
        """Ask where to write; the box itself asks before an existing file is replaced."""
        dialog = self._dialog(title, chosen)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        if name:
            dialog.selectFile(name)
        dialog.open()

    def tell_error(self, error: WorkbenchError) -> None:
        """What happened, where, and how to mend it."""
        what, where, mend = said_error(error)
        box = self._box("", what, "\n".join(part for part in (where, mend) if part))
        box.setIcon(QMessageBox.Icon.Warning)
        box.open()

    def ask_stop(self, stop: Callable[[], None]) -> None:
        """Whether to stop the training in order to close."""
        box = self._box(
            self.tr("Training is at work"), self.tr("Stop the training and close?"),
            self.tr("What was learned is kept, and can be gone on with."),
        )  # fmt: skip
        yes = box.addButton(self.tr("Stop, keep and close"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Go on training"), QMessageBox.ButtonRole.RejectRole)
        box.buttonClicked.connect(lambda button: stop() if button is yes else None)
        box.open()

    def about(self) -> None:
        """What this is."""
        name = self.tr("Attention Workbench {0}").format(workbench.__version__)
        words = self.tr("See, train and understand attention.\nApache License 2.0")
        self._box(self.tr("About"), name, words).open()

    def _dialog(self, title: str, chosen: Chosen) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        return dialog

    def _box(self, title: str, text: str, more: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(more)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box
