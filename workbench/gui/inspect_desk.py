"""All that stands behind the Inspect page: its process, its state, and what is asked of a person there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.contracts.comparing import Other
from workbench.contracts.errors import WorkbenchError
from workbench.gui.asking import Asking
from workbench.gui.main_window import MainWindow
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.pages.inspect import InspectPage
from workbench.gui.shown_run import ShownRun
from workbench.gui.words import said
from workbench.gui.workers.inspecting import Inspecting
from workbench.gui.workers.jobs import Jobs
from workbench.runs.process import EngineProcess


class InspectDesk(QObject):
    """Looks into models in a second process, so that a training goes on beside it.

    Args:
        window: Where the page is shown.
        shown: The run whose model is looked into where a person names none.
        jobs: Where answers are waited for.
        ask: For files and folders.
        tell: An error that belongs to no page.
        engine: The process that answers; whoever made it ends it.
    """

    def __init__(
        self, window: MainWindow, shown: ShownRun, jobs: Jobs, ask: Asking, tell: Callable[[WorkbenchError], None],
        engine: EngineProcess, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._shown, self._ask, self._tell = window, shown, ask, tell
        self.state = InspectState(self)
        self._inspecting = Inspecting(self.state, jobs, engine, self)
        self.page = InspectPage(self.state)
        self._wire()

    def look_into(self, source: Path | str) -> None:
        """Open a run or a model folder on the page."""
        self.state.open(str(source))
        if self._window.page != "inspect":
            self._window.show_page("inspect")

    def visit(self) -> None:
        """The page is shown: a run that is there is looked into, if nothing else is."""
        if self.state.facts is None and not self.state.at_work:
            self._look_into_run()

    def _look_into_run(self) -> None:
        """The run that is shown, and the text that is looked at there."""
        if self._shown.path is not None:
            self.page.given.offer_text(self._shown.probe)
            self.look_into(self._shown.path)

    def _save_heads(self, path: Path) -> None:
        def say(remark: str) -> None:
            self._window.say(said(remark) or self.tr("Saved: {0}").format(path))

        self._inspecting.save(path, say, self._tell)

    def _compare_with(self, folder: Path) -> None:
        self.state.compare.set_other(Other(kind="model", source=str(folder)))

    def _wire(self) -> None:
        page, ask = self.page, self._ask
        page.save_wanted.connect(ask.save_picture)
        page.csv_wanted.connect(ask.save_tables)
        page.all_wanted.connect(lambda form: ask.save_heads(form, self._save_heads))
        page.folder_wanted.connect(lambda: ask.model_folder(self.look_into))
        page.picture_wanted.connect(lambda: ask.picture(page.given.set_picture))
        page.run_wanted.connect(self._look_into_run)
        page.heads.survey.table_wanted.connect(lambda: ask.table(page.heads.survey.measure))
        page.heads.compare.folder_wanted.connect(lambda: ask.model_folder(self._compare_with))
        self._shown.changed.connect(lambda _: page.card.allow_run(True))
