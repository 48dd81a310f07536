"""The one way to speak to a training from another thread: read between steps."""

from __future__ import annotations

import threading


class Control:
    """Pause, resume and stop. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._go = threading.Event()
        self._go.set()

    def pause(self) -> None:
        """Wait after the step that is being made."""
        self._go.clear()
        if self._stop.is_set():  # said by another thread meanwhile: nobody waits then
            self._go.set()

    def resume(self) -> None:
        """Go on."""
        self._go.set()

    def stop(self) -> None:
        """End after the step that is being made, keeping everything; wakes a paused training."""
        self._stop.set()
        self._go.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    @property
    def paused(self) -> bool:
        """Whether training waits, or will after its step."""
        return not self._go.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Return when training may go on, or after some seconds; whether it may."""
        return self._go.wait(seconds)
