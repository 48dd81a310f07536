"""All that stands behind the Train page: its curves, what the run is worth, and the baseline beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from workbench.contracts.specs import Experiment
from workbench.gui.asking import Asking
from workbench.gui.main_window import MainWindow
from workbench.gui.models.curves import Curves
from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.models.run_edits import RunEdits
from workbench.gui.models.run_state import RunModel
from workbench.gui.models.step_state import StepState
from workbench.gui.pages.train import TrainPage
from workbench.gui.shown_run import ShownRun
from workbench.gui.words import said
from workbench.gui.workers.baselines import Baselines
from workbench.gui.workers.evaluations import Evaluations
from workbench.gui.workers.jobs import Jobs
from workbench.runs.process import EngineProcess


class TrainDesk(QObject):
    """Shows the run that is shown; what is done with it is asked of the app.

    Args:
        window: Its scrubber reads the curves, too.
        run: What the page shows.
        shown: Takes the texts that a person looks at.
        edits: What was changed in the training.
        steps: The step that is looked into.
        baselines: The baseline of the table.
        jobs: Where evaluations wait.
        engine: Evaluates a run once it is over.
        ask: For runs, and for places of pictures.
        parent: Owner.
    """

    def __init__(
        self, window: MainWindow, run: RunModel, shown: ShownRun, edits: RunEdits, steps: StepState, baselines: Baselines,
        jobs: Jobs, engine: EngineProcess, ask: Asking, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._run, self._shown, self._baselines = run, shown, baselines
        self.evaluation = EvaluationState(self)
        self._evaluations = Evaluations(self.evaluation, jobs, engine, self)
        window.curves = Curves()
        self.page = TrainPage(run, window.curves, self.evaluation, steps, edits, window.stack)
        self._wire(ask)

    def show_baseline(self) -> None:
        """The baseline of the run's own table beside the run at work, where it is known."""
        found, experiment = self._baselines.found, self._shown.experiment
        if found is not None and self._run.live and experiment is not None and found.table == experiment.data.table:
            self.page.set_baseline(found.scores, said(found.note))

    def _show_run(self, experiment: Experiment) -> None:
        self.page.set_scheme(experiment.model.positions)
        self.evaluation.set_run(None)

    def _wire(self, ask: Asking) -> None:
        page, shown = self.page, self._shown
        shown.changed.connect(self._show_run)
        self._run.begun.connect(lambda _: self.evaluation.set_run(None))  # also where a run goes on: it ends with other answers
        shown.kept.connect(lambda path: self.evaluation.set_run(Path(path)))
        shown.heads_awaited.connect(page.wait_for_heads)
        page.probe_edited.connect(shown.look_at)
        page.heads.comparison.text_edited.connect(shown.compare_with)
        page.save_wanted.connect(ask.save_picture)
        page.evaluation.other_wanted.connect(lambda: ask.run(self.evaluation.compare_with))
        page.open_folder.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        self._baselines.known.connect(self.show_baseline)
