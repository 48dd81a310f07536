"""All that stands behind *look into a step*: the curves' spikes, the bar below them, and the step that is made again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from workbench.contracts.events import Event, Started
from workbench.gui.main_window import MainWindow
from workbench.gui.models.data_state import DataState
from workbench.gui.models.run_state import RunModel
from workbench.gui.models.step_state import StepState
from workbench.gui.pages.data import DataPage
from workbench.gui.pages.train import TrainPage
from workbench.gui.shown_run import ShownRun
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.stepping import Stepping
from workbench.runs.process import EngineProcess

ROUND = 500
"""Milliseconds between two looks for spikes while steps come in."""


class StepDesk(QObject):
    """Joins the run that is shown, the Train page and the process that repeats a step.

    Args:
        window: Shows the pages.
        run: Says when steps come.
        shown: Where the run lies.
        data: Which table the Data page shows.
        jobs: Where answers are waited for.
        engine: Not the one that trains.
    """

    def __init__(
        self, window: MainWindow, run: RunModel, shown: ShownRun, data: DataState, jobs: Jobs, engine: EngineProcess,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._run, self._shown, self._data = window, run, shown, data
        self.state = StepState(self)
        self.stepping = Stepping(self.state, jobs, engine, lambda: shown.path, self)
        self._timer = QTimer(self, singleShot=True, interval=ROUND)

    def serve(self, page: TrainPage, tables: DataPage) -> None:
        """Hear what happens on the pages."""
        self._page, self._tables = page, tables
        self._timer.timeout.connect(lambda: self.stepping.judge(page.curves))
        for came in (self._run.stepped, self._run.read):
            came.connect(self._soon)
        self._run.begun.connect(self._begin)
        self._run.happened.connect(self._hear)
        self._run.state_changed.connect(lambda _: page.step.set_live(self._run.live))
        self.state.spikes_changed.connect(lambda: page.chart.set_spikes(self.state.spikes, self.state.chosen))
        page.chart.step_clicked.connect(self._point_at)
        page.step.rows_wanted.connect(self._show_rows)
        self._shown.changed.connect(lambda _: page.step.allow_table(self._same_table()))
        self._data.changed.connect(lambda: page.step.allow_table(self._same_table()))

    def _soon(self, _: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Started):
            self.stepping.judge_anew()

    def _begin(self, _: bool) -> None:
        self.stepping.start_over()
        self.state.clear()

    def _point_at(self, step: int, spike: bool) -> None:
        """A click at a spike looks into it, one elsewhere points at a step."""
        if spike:
            self.state.look_into(step)
            self._page.show_view("step")
        elif step >= 1 and self._page.curves.names:
            self.state.choose(step)

    def _same_table(self) -> bool:
        shown = self._shown.experiment
        return shown is not None and bool(self._data.path) and str(shown.data.table) == str(self._data.path)

    def _show_rows(self, rows: tuple[int, ...]) -> None:
        """Only these rows, where the Data page shows the run's own table."""
        if self._same_table():
            told = self.tr("Only the chosen row of step {0} is shown").format(f"{self.state.step:,}")
            self._tables.preview.show_only(rows, told)
            self._window.show_page("data")
