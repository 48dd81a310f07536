"""All that stands behind the Predict page: its state, who answers, and what is asked of a person there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from workbench.gui.asking import Asking
from workbench.gui.main_window import MainWindow
from workbench.gui.models.predict_state import PredictState
from workbench.gui.pages.predict import PredictPage
from workbench.gui.settings import Settings
from workbench.gui.shown_run import ShownRun
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.predicting import Predicting, runs_in
from workbench.runs.process import EngineProcess


class PredictDesk(QObject):
    """Predicts in the process that looks into models, so that a training goes on beside it.

    Args:
        window: Where the page is shown.
        shown: The run whose model predicts where a person names none.
        jobs: Where answers are waited for.
        ask: For files and folders.
        settings: Where runs are kept.
        engine: The process; whoever made it ends it.
    """

    def __init__(
        self, window: MainWindow, shown: ShownRun, jobs: Jobs, ask: Asking, settings: Settings, engine: EngineProcess,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._shown, self._jobs, self._ask, self._settings = window, shown, jobs, ask, settings
        self.state = PredictState(self)
        self._predicting = Predicting(self.state, jobs, engine, self)
        self.page = PredictPage(self.state, window.stack)
        self._wire()

    def predict_with(self, source: Path | str) -> None:
        """Open a run or a model folder on the page."""
        self.state.open(str(source))
        if self._window.page != "predict":
            self._window.show_page("predict")

    def visit(self) -> None:
        """The page is shown: a run that is there predicts, if nothing else does."""
        place = self._settings.runs_place()
        self._jobs.start("predict-runs", lambda ticket: runs_in(place), done=self.page.card.set_runs)
        if self.state.facts is None and not self.state.at_work and self.state.trouble is None:
            self._use_run()

    def _use_run(self) -> None:
        """The run that is shown, and the text that is looked at there."""
        if self._shown.path is not None:
            self.page.text.offer_text(self._shown.probe.partition("→")[0].strip())
            self.predict_with(self._shown.path)

    def _choose_place(self, form: str, name: str) -> None:
        self._ask.save_predictions(form, name, self.page.table.write_to)

    def _wire(self) -> None:
        page, ask = self.page, self._ask
        page.run_wanted.connect(self._use_run)
        page.folder_wanted.connect(lambda: ask.model_folder(self.predict_with))
        page.train_wanted.connect(lambda: self._window.show_page("data"))
        page.table.table_wanted.connect(lambda: ask.table(lambda path: self.state.table.open(str(path))))
        page.table.place_wanted.connect(self._choose_place)
        page.table.folder_wanted.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent))))
        self._shown.changed.connect(lambda _: page.allow_run(True))
        page.allow_run(self._shown.path is not None)
