"""Where a training thread puts its events and the GUI thread takes them: every number is kept, of pictures only the newest.

However many events arrive, the GUI thread is woken once; it takes all there is and comes again a little later.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from workbench.contracts.events import Event, Looked


class Mailbox(QObject):
    """`put` may be called from any thread, `take` from the GUI's."""

    filled = Signal()
    """Something lies in the mailbox that was empty."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._events: list[Event] = []
        self._picture: Looked | None = None

    def put(self, event: Event) -> None:
        """Leave an event; a picture takes the place of the one before it."""
        with self._lock:
            was_empty = not self._events and self._picture is None
            if isinstance(event, Looked):
                self._picture = event
            else:
                self._events.append(event)
        if was_empty:
            self.filled.emit()

    def take(self) -> list[Event]:
        """Everything that came, in order, the newest picture last."""
        with self._lock:
            events, self._events = self._events, []
            picture, self._picture = self._picture, None
        return [*events, picture] if picture is not None else events
