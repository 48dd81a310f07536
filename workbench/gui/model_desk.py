"""All that stands behind the Model page: what a model costs, what is recommended for it, and models fetched from a hub."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from workbench.gui.asking import Asking
from workbench.gui.main_window import MainWindow
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState
from workbench.gui.pages.model import ModelPage
from workbench.gui.settings import Settings
from workbench.gui.workers.estimates import Estimates
from workbench.gui.workers.fetching import Fetching
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.recommendations import Recommendations
from workbench.runs.process import EngineProcess


class ModelDesk(QObject):
    """Shows and edits a draft's model; what concerns the window is asked of the app by the page's own signals.

    Args:
        window: Where the page is shown.
        draft: What is set up.
        jobs: Where costs are measured and models fetched.
        engine: Measures.
        ask: Which folder, and where an experiment is saved.
        settings: Where runs will lie, and how much of the form is shown.
        parent: Owner.
    """

    def __init__(
        self, window: MainWindow, draft: Draft, jobs: Jobs, engine: EngineProcess, ask: Asking, settings: Settings,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draft = draft
        self.estimate = EstimateState(self)
        self.estimates = Estimates(draft, self.estimate, jobs, engine, self, place=settings.runs_place)
        self.recommendations = Recommendations(draft, self.estimate, jobs, engine, self)
        self.fetching = Fetching(jobs, self)
        page = self.page = ModelPage(draft, self.estimate, window.stack)
        page.folder_wanted.connect(lambda: ask.model_folder(self.choose))
        page.start.hub_wanted.connect(self.fetching.fetch)
        page.start.cancelled.connect(self.fetching.cancel)
        self.fetching.told.connect(page.start.show_fetching)
        self.fetching.failed.connect(lambda name, error: page.start.show_trouble(error))
        self.fetching.fetched.connect(self._use_hub_model)
        page.save_wanted.connect(ask.save_experiment)
        page.form.set_more(settings.more_settings)
        page.form.more_changed.connect(lambda more: setattr(settings, "more_settings", more))

    def choose(self, folder: Path) -> None:
        """Start from a pretrained model."""
        self._draft.start_from(str(folder))

    def _use_hub_model(self, name: str) -> None:
        self.page.start.show_fetched()
        self._draft.start_from(name)
