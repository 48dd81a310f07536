"""Fetches a pretrained model of the hub beside everything else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from workbench.contracts.errors import WorkbenchError
from workbench.gui.workers.jobs import Jobs, Ticket

LANE = "fetch"


class Fetching(QObject):
    """One model at a time; the newest wish wins.

    Args:
        jobs: Where the download waits, in the lane "fetch".
        parent: Owner.
    """

    told = Signal(str, float)
    """The model's name and the share of it that is there."""
    fetched = Signal(str)
    """The name: it can be used now, also without a network."""
    failed = Signal(str, object)
    """The name, and why as a `WorkbenchError`."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs

    @Slot(str)
    def fetch(self, name: str) -> None:
        """Bring a model into the hub's cache, unless it is there."""

        def work(ticket: Ticket) -> str:
            from workbench.engine.hub import fetch  # the hub's client, not torch

            def tell(done: int, total: int) -> None:
                ticket.progress("fetching the model", done / max(1, total))

            if not Path(name).is_dir():
                fetch(name, progress=tell, cancelled=ticket.cancelled)
            return name

        def failed(error: WorkbenchError) -> None:
            self.failed.emit(name, error)

        self.told.emit(name, 0.0)
        self._jobs.start(
            LANE, work, done=self.fetched.emit, failed=failed, progress=lambda what, share: self.told.emit(name, share)
        )  # fmt: skip

    @Slot()
    def cancel(self) -> None:
        """Stop fetching; what is there stays in the cache."""
        self._jobs.cancel(LANE)
