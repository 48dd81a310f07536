"""The run that the window shows, be it at work or on disk: where it lies, what it is made from, which text is looked at."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.contracts.events import Evaluated, Event, Failed, Finished, Looked, Started, Warned
from workbench.contracts.specs import Experiment
from workbench.gui.models.run_state import RunModel
from workbench.gui.workers.history import Looking, RunView
from workbench.gui.workers.training import Session
from workbench.runs.history import can_go_on

log = logging.getLogger(__name__)


class ShownRun(QObject):
    """Begins, continues and reopens; a text goes to the training while it lives, else to the saved model."""

    changed = Signal(object)
    """Another run is shown: its `Experiment`."""
    continues_changed = Signal(bool)
    """Whether it ended early and can be gone on with."""
    kept = Signal(str)
    """A run folder that can be opened again."""
    asked = Signal()
    """A person wants to see a text through the model as it is now."""
    heads_awaited = Signal()
    """A saved model is being opened to be looked through."""

    def __init__(self, run: RunModel, session: Session, looking: Looking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run, self._session, self._looking = run, session, looking
        self.path: Path | None = None
        self.experiment: Experiment | None = None
        self._continues = False
        self._probe = ""
        run.happened.connect(self._hear)
        run.looked.connect(self._see)

    # -- which run ----------------------------------------------------------------------------------------------------

    def start(self, experiment: Experiment, path: Path) -> None:
        """A new run, in a new folder."""
        log.info("training %s", experiment.name)
        if self.experiment is None or self.experiment.data.table != experiment.data.table:
            self._probe = ""  # a text of another table says nothing here
        self.path = path
        self._show(experiment)
        self._session.look_at(self._probe)
        self._session.start(experiment, path)

    def may_go_on(self) -> bool:
        """Whether it can be continued now."""
        return self.path is not None and self._continues and not self._run.live

    def allow_to_go_on(self) -> None:
        """A run that failed goes on from its last checkpoint, where it has one."""
        self._set_continues(self.path is not None and can_go_on(self.path))

    def go_on(self, *, paused: bool = False) -> None:
        """Continue; or wait at the step it had come to."""
        assert self.path is not None
        self._set_continues(False)
        self._looking.set_run(None)
        self._session.look_at(self._probe)
        self._session.resume(self.path, paused=paused)

    def reopen(self, view: RunView) -> None:
        """Show a run as its folder tells it."""
        self.path = view.path
        self._probe = _sample_text(view)
        self._show(view.experiment)
        self._run.replay(view.events, watched=view.owner is not None)
        self._set_continues(view.continues)
        self.kept.emit(str(view.path))
        self.look_through(view.has_model)

    def _show(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self._set_continues(False)
        self._looking.set_run(None)
        self.changed.emit(experiment)

    def _set_continues(self, continues: bool) -> None:
        self._continues = continues
        self.continues_changed.emit(continues)

    # -- which text ---------------------------------------------------------------------------------------------------

    def look_through(self, has_model: bool = True) -> None:
        """From now on texts go through the saved model, the one that was looked at last first."""
        self._looking.set_run(self.path if has_model else None)
        if has_model and self.path is not None and self._probe:
            self.heads_awaited.emit()
            self._looking.look_at(self._probe, self._run.advance.step)

    @property
    def probe(self) -> str:
        """The text that is looked at."""
        return self._probe

    def look_at(self, text: str) -> None:
        """A person wants to see this text."""
        self._probe = text
        self.asked.emit()
        if self._run.live:
            self._session.look_at(text)
        else:
            self._looking.look_at(text, self._run.advance.step)

    def compare_with(self, text: str) -> None:
        """A person wants to see this text beside the other; nothing ends it."""
        self.asked.emit()
        self._session.compare_with(text)
        self._looking.compare_with(text)
        if not self._run.live:
            self._looking.look_at(self._probe, self._run.advance.step)

    # -- what happens -------------------------------------------------------------------------------------------------

    def _see(self, looked: Looked) -> None:
        if looked.text and self._run.past is None:
            self._probe = looked.text

    def _hear(self, event: Event) -> None:
        line = _in_short(event)
        if line:
            log.info("%s", line)
        if isinstance(event, Finished):
            self._set_continues(event.stopped == "asked")
            if self.path is not None:
                self.kept.emit(str(self.path))


def _sample_text(view: RunView) -> str:
    """A text of the run's own data to look at: the first sample it was scored on."""
    samples = next((event.samples for event in view.events if isinstance(event, Evaluated) and event.samples), ())
    if not samples:
        return ""
    text = samples[0].get("input", "")
    return f"{text} → {samples[0].get('target', '')}" if view.experiment.data.task == "seq2seq" else text


def _in_short(event: Event) -> str:
    """An event as a line of the log, in English as all of it; nothing for what happens at every step."""
    match event:
        case Started():
            return f"training on {event.device}: {event.parameters:,} parameters, {event.total_steps:,} steps"
        case Warned():
            return event.message
        case Finished():
            return f"ended ({event.stopped}) after {event.step:,} steps: {event.report.get('run', '')}"
        case Failed():
            return f"failed at step {event.step:,}: {event.what}"
    return ""
