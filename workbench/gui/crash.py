"""The last resort: an error nobody foresaw goes to the log and to one calm notice; the window stays alive."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import RunFailed, WorkbenchError

log = logging.getLogger(__name__)


class LastResort(QObject):
    """Hears of every exception that nobody caught, in any thread."""

    happened = Signal(object)
    """WorkbenchError, in the GUI thread."""

    def __init__(self, show: Callable[[WorkbenchError], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self.happened.connect(self._tell)
        self._before = sys.excepthook, threading.excepthook

    def install(self) -> None:
        """Listen from now on."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def end(self) -> None:
        """As it was before."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        log.critical("an error nobody foresaw", exc_info=(kind, error, trace))
        self.happened.emit(
            RunFailed(
                f"{kind.__name__}: {error}", mend="This is a defect of the program: please report it with the details of the log."
            )
        )

    def _caught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._caught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _tell(self, error: WorkbenchError) -> None:
        self._show(error)
