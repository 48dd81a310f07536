"""Work off the GUI thread, in lanes: in each lane one job runs at a time, and the newest one wins.

Starting a job cancels the one before it in its lane, whose results are then dropped; what comes back is called in the GUI
thread. So a page asks again at every change and never shows an old answer.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError

T = TypeVar("T")
log = logging.getLogger(__name__)

REPORTS_PER_SECOND = 20
STEP = 0.02
"""A change of the share that is told at once."""
TURN = 0.0001
"""Seconds after which a thread that works hands the interpreter to one that waits. A repaint of a table calls into Python
hundreds of times, and waits for its turn each time: while two lanes read a table of 10,000 rows the window waits 0.29 s at
1 ms and 0.09 s at this, and they are done as soon."""


class Ticket:
    """What a job is given: whether it is still wanted, and whom to tell how far it is. Any thread may use it."""

    def __init__(self, report: Callable[[str, float], None] = lambda what, share: None) -> None:
        self._cancelled = threading.Event()
        self._report = report
        self._reported, self._what, self._share = 0.0, "", 0.0

    def cancel(self) -> None:
        """The result is no longer wanted."""
        self._cancelled.set()

    def cancelled(self) -> bool:
        """Whether the job should stop."""
        return self._cancelled.is_set()

    def progress(self, what: str, share: float) -> None:
        """Tell how far the job is; the place to stop, too.

        Raises:
            Cancelled: the result is no longer wanted.
        """
        if self.cancelled():
            raise Cancelled(f"stopped while {what}")
        now = time.monotonic()
        moved = share - self._share >= STEP  # what stands still afterwards must not be lost
        if now - self._reported > 1 / REPORTS_PER_SECOND or share >= 1 or moved or what != self._what:
            self._reported, self._what, self._share = now, what, share
            self._report(what, share)


@dataclass(kw_only=True, eq=False)
class _Job(Generic[T]):
    work: Callable[[Ticket], T]
    done: Callable[[T], None]
    failed: Callable[[WorkbenchError], None]
    progress: Callable[[str, float], None]
    ticket: Ticket = field(default_factory=Ticket)


class Jobs(QObject):
    """The lanes of a window. Methods are for the GUI thread; call `shutdown` before it goes."""

    changed = Signal()
    """A lane became busy or free."""
    _arrived = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN)
        self._lanes: dict[str, _Lane] = {}
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self, lane: str, work: Callable[[Ticket], T], *, done: Callable[[T], None],
        failed: Callable[[WorkbenchError], None] = lambda error: None,
        progress: Callable[[str, float], None] = lambda what, share: None,
    ) -> Ticket:  # fmt: skip
        """Run `work` in a lane; `done`, `failed` and `progress` are called in the GUI thread unless it was cancelled."""
        if self._closed:  # a timer that was late: nobody wants the answer any more
            ticket = Ticket()
            ticket.cancel()
            return ticket
        if lane not in self._lanes:
            self._lanes[lane] = _Lane(lane, self)
        job: _Job[Any] = _Job(work=work, done=done, failed=failed, progress=progress)
        job.ticket = Ticket(lambda what, share: self._arrived.emit(job, "progress", (what, share)))
        self._lanes[lane].take(job)
        self.changed.emit()
        return job.ticket

    def cancel(self, lane: str) -> None:
        """Stop what a lane is doing; nothing more of it is heard."""
        if lane in self._lanes:
            self._lanes[lane].take(None)
            self.changed.emit()

    def busy(self, lane: str) -> bool:
        """Whether a lane has work that is wanted."""
        return lane in self._lanes and self._lanes[lane].busy

    def shutdown(self, patience: float = 30.0) -> None:
        """Cancel everything, wait for the threads, and start nothing more."""
        self._closed = True
        for lane in self._lanes.values():
            lane.end()
        for lane in self._lanes.values():
            if not lane.wait(int(patience * 1000)):
                log.error("lane %s did not end", lane.objectName())
        self._lanes.clear()

    @Slot(object, str, object)
    def _deliver(self, job: _Job[Any], what: str, value: Any) -> None:  # Any: results of any kind of work
        if job.ticket.cancelled():
            return
        if what == "progress":
            job.progress(*value)
            return
        self.changed.emit()
        (job.done if what == "done" else job.failed)(value)


class _Lane(QThread):
    """One thread that does the newest job it was given."""

    def __init__(self, name: str, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.setObjectName(name)
        self._jobs = jobs
        self._condition = threading.Condition()
        self._next: _Job[Any] | None = None
        self._current: _Job[Any] | None = None
        self._newest: _Job[Any] | None = None
        self._ending = False

    @property
    def busy(self) -> bool:
        with self._condition:
            return self._next is not None or (self._current is not None and not self._current.ticket.cancelled())

    def take(self, job: _Job[Any] | None) -> None:
        """Do this next; whatever was waiting or running is not wanted any more."""
        with self._condition:
            if self._newest is not None:  # waiting, at work, or done with its answer still on the way
                self._newest.ticket.cancel()
            self._next = self._newest = job
            self._condition.notify()
        if job is not None and not self.isRunning():
            self.start()

    def end(self) -> None:
        """Finish after the current job, which is cancelled."""
        self.take(None)
        with self._condition:
            self._ending = True
            self._condition.notify()

    def run(self) -> None:
        while True:
            with self._condition:
                self._current = None
                self._condition.wait_for(lambda: self._next is not None or self._ending)
                if self._ending:
                    return
                self._current, self._next = self._next, None
            assert self._current is not None
            what, value = outcome(self._current.work, self._current.ticket)
            job = self._current
            with self._condition:
                self._current = None
            if what:
                self._jobs._arrived.emit(job, what, value)
            del job, value  # a result belongs to whoever asked, not to a waiting thread


def outcome(work: Callable[[Ticket], T], ticket: Ticket) -> tuple[str, object]:
    """Do the work; nothing escapes: ``("done", result)``, ``("failed", error)`` or ``("", None)`` when it was cancelled."""
    try:
        return "done", work(ticket)
    except Cancelled:
        return "", None
    except WorkbenchError as error:
        return "failed", error
    except Exception as error:  # the border of a thread
        log.exception("a background job failed")
        return "failed", as_defect(error)


def as_defect(error: BaseException) -> WorkbenchError:
    """An error nobody foresaw, in words a person can do something with."""
    return RunFailed(
        f"{type(error).__name__}: {error}",
        mend="This is a defect of the program: please report it with the details of the log.",
    )
