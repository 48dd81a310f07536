"""The one way to speak to a training from another thread: read between steps."""

from __future__ import annotations

import threading

from workbench.contracts.edits import Edit


class Control:
    """Pause, resume, stop, edit and save. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._stopping = self._paused = self._saving = self._telling = False
        self._edits: tuple[Edit, ...] = ()

    def pause(self) -> None:
        """Wait after the step that is being made."""
        with self._changed:
            self._paused = not self._stopping

    def resume(self) -> None:
        """Go on."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def stop(self) -> None:
        """End after the step that is being made, keeping everything; wakes a paused training."""
        with self._changed:
            self._stopping, self._paused = True, False
            self._changed.notify_all()

    def edit(self, edit: Edit) -> None:
        """Change something after the step that is being made, or at once where training is paused; its step is filled in."""
        with self._changed:
            self._edits = (*self._edits, edit)
            self._changed.notify_all()

    def save(self) -> None:
        """Save after the step that is being made, or at once where training is paused."""
        with self._changed:
            self._saving = True
            self._changed.notify_all()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    @property
    def paused(self) -> bool:
        """Whether training waits, or will after its step."""
        return self._paused

    def tell_more(self, more: bool) -> None:
        """Whether a paused training has more to say at once: whoever waits beside it lets it go on saying so."""
        with self._changed:
            self._telling = more

    def wait(self, seconds: float | None = None) -> bool:
        """Return when there is something to do, or after some seconds; whether there is: to go on, to edit, save or tell."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._paused or bool(self._edits) or self._saving or self._telling, seconds)

    def take_edits(self) -> tuple[Edit, ...]:
        """The edits that were asked for since they were last taken, in order."""
        with self._changed:
            taken, self._edits = self._edits, ()
            return taken

    def take_save(self) -> bool:
        """Whether somebody asked to save since this was last asked."""
        with self._changed:
            asked, self._saving = self._saving, False
            return asked
