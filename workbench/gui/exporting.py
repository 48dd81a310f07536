"""The model of the run that is shown, handed on: the dialog, and the engine's process that writes and scores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from workbench.contracts.deliveries import Delivery
from workbench.gui.dialogs import Dialogs
from workbench.gui.widgets.export_dialog import ExportDialog
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

LANE = "export"


class Exporting(QObject):
    """Opens one dialog at a time.

    Args:
        window: The dialog's owner.
        dialogs: Asks for a folder.
        jobs: Where it is waited for.
        engine: Does the work; it has to be free of a training.
        place: Where exports go unless a person chooses another folder.
    """

    def __init__(
        self, window: QWidget, dialogs: Dialogs, jobs: Jobs, engine: EngineProcess, place: Callable[[], Path]
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._dialogs, self._jobs, self._engine, self._place = window, dialogs, jobs, engine, place
        self.dialog: ExportDialog | None = None

    def ask(self, run: Path) -> None:
        """Ask how, for this run."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        dialog = self.dialog = ExportDialog(run.name, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.choose(self._place())
        dialog.place_wanted.connect(lambda: self._dialogs.open_folder(self.tr("Put the export into"), dialog.choose))
        dialog.export_wanted.connect(lambda form, folder: self._export(run, Path(folder), form))
        dialog.cancel_wanted.connect(lambda: self._jobs.cancel(LANE))
        dialog.open_wanted.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        dialog.finished.connect(self._closed)
        dialog.open()

    def _export(self, run: Path, out: Path, form: str) -> None:
        assert self.dialog is not None

        def work(ticket: Ticket) -> Delivery:
            made: Delivery = self._engine.ask("deliver", run, out, form, told=ticket.progress, cancelled=ticket.cancelled)
            return made

        dialog = self.dialog
        self._jobs.start(LANE, work, done=dialog.finish, failed=dialog.fail, progress=dialog.tell)

    def _closed(self) -> None:
        self._jobs.cancel(LANE)
        self.dialog = None
