"""Begin another run with what is shown: it shares the past, is shown in place of its mother, and goes its own way from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Checkpointed, Event
from workbench.gui.main_window import MainWindow
from workbench.gui.models.film_state import FilmState
from workbench.gui.models.run_state import Act, RunModel, RunState
from workbench.gui.shown_run import ShownRun
from workbench.gui.widgets.edits_panel import EditsPanel
from workbench.gui.workers.branching import LANE, Branch, branch
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.training import Session
from workbench.runs.process import EngineProcess

LONG = 20
"""Seconds for which it is told what comes of a branch that waits."""


class Branching(QObject):
    """One window trains one run: a mother that waits is stopped, and kept, when her branch takes her place.

    A mother that trains goes on: her branch is made beside her and shown when she is over.

    Args:
        window: Its menu offers it.
        panel: Offers it, too.
        session: The training that may have to be saved and stopped.
        shown: Which run is meant.
        film: At which moment.
        jobs: Where branches are made.
        engine: Makes them; it is not the one that trains.
        tell: An error for a person.
    """

    made = Signal(object)
    """A `Branch`; nothing is trained any more, and it can be shown."""

    def __init__(
        self, window: MainWindow, panel: EditsPanel, session: Session, shown: ShownRun, film: FilmState, jobs: Jobs,
        engine: EngineProcess, tell: Callable[[WorkbenchError], None], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._panel, self._session, self._shown, self._film = window, panel, session, shown, film
        self._jobs, self._engine, self._tell = jobs, engine, tell
        self._run: RunModel = session.model
        self._saving: int | None = None  # the step a branch waits for to be saved
        self._next: Branch | None = None  # waits for its mother to end
        self._takes_place = self._follows = False  # the branch that is being made: its mother waits, or trains
        panel.branch_wanted.connect(self.branch_here)
        window.action("branch").triggered.connect(lambda _=False: self.branch_here())
        self._run.happened.connect(self._hear)
        for signal in (self._run.state_changed, self._run.replayed, film.moved, film.changed, shown.changed):
            signal.connect(self._allow)
        self._run.state_changed.connect(self._give_up)
        self._run.begun.connect(self._forget)
        session.idle.connect(self._show)
        self._allow()

    @property
    def at(self) -> int:
        """The step that is shown, which a branch would share."""
        return self._run.advance.step if self._film.step is None else self._film.step

    def branch_here(self) -> None:
        """Make a run that shares the past up to what is shown."""
        if not self._possible() or self._saving is not None or self._jobs.busy(LANE):
            return
        self._window.say(self.tr("Making the branch…"))
        self._follows = self._run.state is RunState.TRAINING
        self._takes_place = not self._follows
        if self._run.state is RunState.PAUSED and self._film.step is None:
            self._saving = self.at
            self._session.save()
        else:
            self._make(self.at)

    def branch(self, mother: Path) -> None:
        """Make a run that shares the past of any run up to its newest checkpoint; a training that is at work goes on."""
        if self._jobs.busy(LANE):
            return
        self._window.say(self.tr("Making the branch…"))
        self._takes_place = self._follows = False
        branch(self._jobs, self._engine, mother, None, self._take, self._tell)

    def _make(self, at: int) -> None:
        assert self._shown.path is not None
        branch(self._jobs, self._engine, self._shown.path, at, self._take, self._tell)

    def _take(self, made: Branch) -> None:
        self._window.say(self.tr("Branched: {0}").format(made.path.name))
        if not self._session.at_work:
            self.made.emit(made)
        elif self._takes_place:
            self._next = made
            self._session.stop()
        elif self._follows:
            self._next = made
            words = self.tr(
                "Branched: {0}. The training goes on; the branch is shown when it is over, or as soon as you stop it."
            )
            self._window.say(words.format(made.path.name), LONG)

    def _show(self) -> None:
        made, self._next = self._next, None
        if made is not None and self._run.state is not RunState.FAILED:  # why it failed stays in sight
            self.made.emit(made)

    def _forget(self, _: object) -> None:
        """Another run begins: a branch of the one before waits in the list."""
        self._next, self._follows = None, False

    def _hear(self, event: Event) -> None:
        if isinstance(event, Checkpointed) and self._saving is not None:
            at, self._saving = self._saving, None
            self._make(at)

    def _give_up(self, state: RunState) -> None:
        """A training that no longer waits is at another step when it is saved."""
        if state is not RunState.PAUSED:
            self._saving = None

    def _possible(self) -> bool:
        """The end of a run that went through leaves nothing to go on with."""
        ended = self._film.step is None and self._run.state is RunState.DONE and 0 < self._run.advance.total <= self.at
        return self._run.may(Act.BRANCH) and self._shown.path is not None and not ended

    def _allow(self, _: object = None) -> None:
        possible = self._possible()
        words = self.tr("Begin another run that shares this one's past up to step {0}; this one is kept as it is")
        if self._run.state is RunState.TRAINING:
            words = (
                self.tr("Begin another run that shares this one's past up to its step of now; this one goes on, and the branch "
                        "is shown when it is over")
                if self._film.step is None else
                self.tr("Begin another run that shares this one's past up to step {0}; this one goes on, and the branch is shown "
                        "when it is over")
            )  # fmt: skip
        why_not = self.tr("A run branches while it trains, is paused or over, at its last step or at a moment of its film")
        if self._run.state is RunState.DONE and not possible:
            why_not = self.tr("This run went through to its end: choose a moment of its film to branch at")
        self._panel.set_branch(possible, words.format(f"{self.at:,}") if possible else why_not)
        self._window.action("branch").setEnabled(possible)
