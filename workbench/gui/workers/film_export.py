"""A film written as a file by a process of its own: hundreds of pictures are drawn, and neither window nor training waits."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from workbench.contracts.errors import RunFailed

PATIENCE_MS = 5_000


class FilmExport(QObject):
    """Writes one film at a time; a new wish ends the one before."""

    done = Signal(str)
    """Where it was written."""
    failed = Signal(object)
    """WorkbenchError"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None

    def write(self, run: Path, out: Path, beside: Path | None = None, by: str = "") -> None:
        """Write the film of a run, or of two in step, to a .gif, a .html or a new folder.

        Args:
            run: A run folder.
            out: Where to.
            beside: Another run folder.
            by: What the two films are aligned by; what suits both when left out.
        """
        self.end()
        process = self._process = QProcess(self)
        process.finished.connect(lambda code, status: self._ended(process, out, code))
        process.errorOccurred.connect(lambda _: self._ended(process, out, -1))
        second = [] if beside is None else ["--beside", str(beside), "--by", by]
        process.start(sys.executable, ["-m", "workbench", "film", str(run), "--out", str(out), *second, "--json"])

    def end(self) -> None:
        """Stop what is being written; a file that is not whole is thrown away."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(PATIENCE_MS)
            process.deleteLater()

    def _ended(self, process: QProcess, out: Path, code: int) -> None:
        if process is not self._process:
            return
        self._process = None
        said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        process.deleteLater()
        if code == 0:
            self.done.emit(str(out))
        else:
            self.failed.emit(RunFailed("the film cannot be written: " + " ".join(said[-3:]), where=str(out)))
