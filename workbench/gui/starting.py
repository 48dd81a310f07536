"""Whether a training can begin with what is set up: it begins, or what is missing is said where it is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.gui.main_window import MainWindow
from workbench.gui.models.data_state import DataState, Stage
from workbench.gui.models.draft import Draft
from workbench.gui.models.run_state import RunModel, RunState
from workbench.gui.shown_run import ShownRun
from workbench.gui.workers.experiments import new_run_path
from workbench.gui.workers.jobs import Jobs

if TYPE_CHECKING:  # its libraries take a moment to import
    from workbench.gui.model_desk import ModelDesk


class Starting(QObject):
    """Begins a training, or goes on with one.

    Args:
        window: Shows what is set up, and whether it can be trained.
        data: The table.
        draft: What is set up.
        run: Whether one is at work.
        shown: Begins and continues.
        jobs: Whose work ends when a training begins.
        place: Where new runs go.
        loaded: Whether the engine is there.
        build_pages: Called before a training is shown on them.
        parent: Owner.
    """

    began = Signal()

    def __init__(
        self, window: MainWindow, data: DataState, draft: Draft, run: RunModel, shown: ShownRun, jobs: Jobs,
        place: Callable[[], Path], loaded: Callable[[], bool], build_pages: Callable[[], None], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._data, self._draft, self._run, self._shown = window, data, draft, run, shown
        self._jobs, self._place, self._loaded, self._build_pages = jobs, place, loaded, build_pages
        self._model: ModelDesk | None = None
        self._waits = False
        data.changed.connect(self.tell)
        draft.changed.connect(self.tell)

    def serve(self, model: ModelDesk) -> None:
        """Tell the Model page, too, and wait for what is recommended there."""
        self._model = model
        model.recommendations.changed.connect(self.tell)
        self.tell()

    def train(self) -> None:
        """Start training what is set up; say what is missing where it is missing."""
        self._build_pages()
        assert self._model is not None
        try:
            experiment = self._draft.experiment()
        except SpecError as error:
            self._window.show_page("model")
            self._model.page.form.focus_setting(error.problems[0].field)
            return
        if not self._ready():
            self._window.say(self._why_not_ready())
            if self._data.stage is not Stage.READY:
                self._window.show_page("data")
            return
        if not experiment.name:
            experiment = replace(experiment, name=Path(str(experiment.data.table)).stem)
        self._make_way()
        self._shown.start(experiment, new_run_path(self._place(), experiment.name))
        self.began.emit()

    def train_when_ready(self) -> None:
        """Train as soon as the table and the engine are there."""
        self._waits = True

    def go_on(self, *, paused: bool = False) -> None:
        """Continue the run that is shown, if it ended early; or wait at the step it had come to."""
        if self._shown.may_go_on():
            self._make_way()
            self._shown.go_on(paused=paused)

    def go_on_paused(self) -> None:
        """Wait at the step that the run that is shown had come to."""
        self.go_on(paused=True)

    def tell(self) -> None:
        """What is set up, in the bar and in what may be done."""
        ready = self._ready()
        why = "" if ready else self._why_not_ready()
        if ready and self._draft.problems():
            ready, why = False, self.tr("A setting on the Model page needs another value.")
        if not self._run.live and self._run.state is RunState.IDLE:
            try:
                self._window.bar.show_experiment(self._draft.experiment() if self._draft.task else None)
            except WorkbenchError:
                self._window.bar.show_experiment(None)
        self._window.set_ready(ready, why)
        if self._model is not None:
            self._model.estimate.know_data(self._data.split, self._data.stage is Stage.READY)
            self._model.page.set_ready(ready and not self._run.live, why)
        if ready and self._waits and not self._run.live:
            self._waits = False
            QTimer.singleShot(0, self, self.train)

    def _make_way(self) -> None:
        """The engine does one thing at a time: what is asked of it beside the training ends."""
        for lane in ("estimate", "look", "evaluation", "evaluation-column"):
            self._jobs.cancel(lane)
        self._window.show_page("train")

    def _ready(self) -> bool:
        return self._loaded() and self._data.stage is Stage.READY and not self._advising()

    def _advising(self) -> bool:
        """Whether settings are still being recommended: who starts now would train with others than those shown next."""
        return self._model is not None and self._model.recommendations.busy

    def _why_not_ready(self) -> str:
        if self._data.busy:
            return self.tr("A moment: the table is being read.")
        if self._advising():
            return self.tr("A moment: the settings that suit the table and the model are being found.")
        if self._data.stage in (Stage.TROUBLE, Stage.STOPPED):
            return self.tr("The table cannot be learned from yet: the Data page says why.")
        return self.tr("Open a table first.")
