"""Training in a thread of its own: it drives the iterator of a run's events and leaves each in a mailbox.

The iterator's other end is the engine's process, so the thread mostly waits. `Session` owns the thread. Its methods are for the
GUI thread; what a person asks for is said to the engine at once, because a queued slot would never run while the thread loops.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from workbench.contracts.edits import Edit
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.events import Event
from workbench.contracts.specs import Experiment
from workbench.gui.models.run_state import Act, RunModel, RunState
from workbench.gui.workers.jobs import as_defect
from workbench.gui.workers.mailbox import Mailbox
from workbench.runs.process import EngineProcess

log = logging.getLogger(__name__)

ROUND = 50
"""Milliseconds between two takings from the mailbox while it fills."""


class TrainingThread(QThread):
    """Runs one training to its end and puts what happens into a mailbox."""

    preparing = Signal(int, str, float)
    """Run number, what is being prepared, share."""
    ended = Signal(int, object)
    """Run number, and the error that ended it, or None."""

    def __init__(self, number: int, begin: Callable[[], Iterator[Event]], mailbox: Mailbox, parent: QObject) -> None:
        super().__init__(parent)
        self._number, self._begin, self._mailbox = number, begin, mailbox
        self.setObjectName(f"training {number}")

    def run(self) -> None:
        error: WorkbenchError | None = None
        try:
            for event in self._begin():
                self._mailbox.put(event)
        except WorkbenchError as trouble:
            error = trouble
        except Exception as trouble:  # the border of a thread
            log.exception("training ended with an error nobody foresaw")
            error = as_defect(trouble)
        self.ended.emit(self._number, error)


class Session(QObject):
    """The one training of a window: starts it, speaks to it, and tells its model what happened."""

    idle = Signal()
    """The thread that was at work is gone, and nothing follows it."""

    def __init__(self, model: RunModel, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.engine = model, engine
        self._number = 0
        self._thread: TrainingThread | None = None
        self._next: Callable[[], Iterator[Event]] | None = None
        """What begins when the thread that has said its last word is gone."""
        self._mailbox = Mailbox(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ROUND)
        self._timer.timeout.connect(self._drain)
        self._mailbox.filled.connect(self._soon)

    @property
    def at_work(self) -> bool:
        """Whether there is a thread, also such as has said its last word and is about to end."""
        return self._thread is not None

    # -- commands -------------------------------------------------------------------------------------------------

    def start(self, experiment: Experiment, out: Path) -> None:
        """Train an experiment."""
        self._launch(lambda: self.engine.start(experiment, out, self._tell))

    def resume(self, run: Path, *, paused: bool = False) -> None:
        """Go on with a run that ended early; or open it up and wait at the step it had come to."""
        tell = self._tell_and_pause() if paused else self._tell
        self._launch(lambda: self.engine.resume(run, tell), goes_on=True)

    def pause(self) -> None:
        """Wait after the step that is being made."""
        if self.model.may(Act.PAUSE):
            self.engine.say("pause")
            self.model.enter(RunState.PAUSING)

    def go_on(self) -> None:
        """Go on after a pause, or take the wish to pause back."""
        if self.model.may(Act.RESUME):
            if self.model.state is RunState.PAUSING:
                self.model.enter(RunState.TRAINING)
            self.engine.say("go_on")

    def stop(self) -> None:
        """End after the step that is being made; everything is kept."""
        if self.model.may(Act.STOP):
            self.model.enter(RunState.STOPPING)
            self.engine.say("stop")

    def save(self) -> None:
        """Save after the step that is being made, or at once while paused; its answer is a `Checkpointed`."""
        self.engine.say("save")

    def edit(self, edit: Edit) -> None:
        """Change the training itself from the next step on; its answer is an `Edited`, or a warning that says why not."""
        if self.model.may(Act.EDIT):
            self.engine.say("edit", edit)

    def look_at(self, text: str) -> None:
        """Look at this text from the next step on."""
        self.engine.say("look_at", text)

    def compare_with(self, text: str) -> None:
        """Look at this text, too, from the next step on; at none when it is empty."""
        self.engine.say("compare_with", text)

    def set_open(self, is_open: bool) -> None:
        """Whether the pictures are on a screen: nothing is spent on such as nobody sees."""
        self.engine.say("set_open", is_open)

    def shutdown(self, patience: float = 120.0) -> bool:
        """Stop whatever runs and wait for its thread; False when it does not end in time."""
        if self._thread is None:
            return True
        self._next = None
        self.engine.say("stop")
        ended = self._thread.wait(int(patience * 1000))
        if ended:
            self._drain()
            self._forget()
        return bool(ended)

    # -- what the thread says ---------------------------------------------------------------------------------------

    def _tell(self, what: str, share: float) -> None:
        if self._thread is not None:
            self._thread.preparing.emit(self._number, what, share)

    def _tell_and_pause(self) -> Callable[[str, float], None]:
        """Let the order be paused as soon as it says that it has begun: what is said before would go to the one before it."""
        begun = False

        def tell(what: str, share: float) -> None:
            nonlocal begun
            if not begun:
                begun = True
                self.engine.say("pause")
            self._tell(what, share)

        return tell

    def _launch(self, begin: Callable[[], Iterator[Event]], *, goes_on: bool = False) -> None:
        if self.model.live:
            raise WorkbenchError("a training is still at work", where="Train", mend="Stop it first.")
        self.model.begin(goes_on=goes_on)
        if self._thread is None:
            self._run(begin)
        else:
            self._next = begin

    def _run(self, begin: Callable[[], Iterator[Event]]) -> None:
        self._number += 1
        self._thread = TrainingThread(self._number, begin, self._mailbox, self)
        self._thread.preparing.connect(self._prepared)
        self._thread.ended.connect(self._ended)
        self._thread.start()

    @Slot()
    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _drain(self) -> None:
        events = self._mailbox.take()
        if self._next is None:  # otherwise they are of the run before
            self.model.take(events)

    @Slot(int, str, float)
    def _prepared(self, number: int, what: str, share: float) -> None:
        if number == self._number and self.model.state is RunState.PREPARING:
            self.model.prepared.emit(what, share)

    @Slot(int, object)
    def _ended(self, number: int, error: WorkbenchError | None) -> None:
        if number != self._number or self._thread is None:
            return
        self._thread.wait()
        self._drain()
        self._forget()
        begin, self._next = self._next, None
        if begin is not None and self.model.state is RunState.PREPARING:
            self._run(begin)
        elif begin is not None or isinstance(error, Cancelled):
            self.model.enter(RunState.IDLE)
        elif error is not None and self.model.state is not RunState.FAILED:
            self.model.fail(error)
        elif error is None and self.model.live:
            self.model.enter(RunState.DONE)
        if self._thread is None:
            self.idle.emit()

    def _forget(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
        self._thread = None
