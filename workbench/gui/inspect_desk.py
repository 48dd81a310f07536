"""All that stands behind the Inspect page: its process, its state, and what is asked of a person there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

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
from workbench.runs.folder import RunFolder
from workbench.runs.process import EngineProcess

WAITING = 1_000
"""Milliseconds between two questions whether a run has weights by now."""


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
        self.page = InspectPage(self.state, window.stack)
        self._waiting = QTimer(self, interval=WAITING)
        self._wire()

    def look_into(self, source: Path | str) -> None:
        """Open a run or a model folder on the page."""
        self.state.open(str(source))
        if self._window.page != "inspect":
            self._window.show_page("inspect")

    def look_at(self, text: str) -> None:
        """Look into the run that is shown with this text."""
        if self._shown.path is None:
            return
        facts = self.state.facts
        if facts is None or Path(facts.path).resolve() != self._shown.path.resolve():
            self.state.open(str(self._shown.path))
        self.page.given.set_text(text)
        self._window.show_page("inspect")

    def visit(self) -> None:
        """The page is shown: a run that is there is looked into, if nothing else is."""
        waits = self.state.waits and self.state.source == str(self._shown.path)
        if self.state.facts is None and not self.state.at_work and not waits:
            self._look_into_run()

    def _look_into_run(self) -> None:
        """The run that is shown, and the text that is looked at there."""
        if self._shown.path is not None:
            self.page.given.offer_text(self._shown.probe)
            if RunFolder(self._shown.path).experiment_file.is_file():
                self.look_into(self._shown.path)
            else:  # its table is still being read
                self.state.wait_for(str(self._shown.path))

    def _keep_waiting(self) -> None:
        """While a run that has no weights yet is in sight, see now and then whether it has."""
        if not self.state.waits:
            self._waiting.stop()
        elif self._window.page == "inspect" and RunFolder(Path(self.state.source)).experiment_file.is_file():
            self._inspecting.try_again()

    def _wait(self) -> None:
        if self.state.waits and not self._waiting.isActive():
            self._waiting.start()

    def _save_heads(self, path: Path) -> None:
        self._inspecting.save(path, lambda remark: self._say_saved(path, remark), self._tell)

    def _save_compared(self, path: Path) -> None:
        self._inspecting.save_compared(path, lambda remark: self._say_saved(path, remark), self._tell)

    def _ask_for_study(self, form: str, study: object, provenance: Mapping[str, str]) -> None:
        def write(path: Path) -> None:
            self._inspecting.save_study(study, provenance, path, lambda remark: self._say_saved(path, remark), self._tell)

        self._ask.save_study(form, self.page.heads.part, write)

    def _say_saved(self, path: Path, remark: str) -> None:
        self._window.say(said(remark) or self.tr("Saved: {0}").format(path))

    def _compare_with(self, folder: Path) -> None:
        self.state.compare.set_other(Other(kind="model", source=str(folder)))

    def _wire(self) -> None:
        page, ask = self.page, self._ask
        self._waiting.timeout.connect(self._keep_waiting)
        self.state.changed.connect(self._wait)
        page.save_wanted.connect(ask.save_picture)
        page.csv_wanted.connect(ask.save_tables)
        page.all_wanted.connect(lambda form: ask.save_heads(form, self._save_heads))
        page.compared_wanted.connect(lambda form: ask.save_comparison(form, self._save_compared))
        page.study_wanted.connect(self._ask_for_study)
        page.folder_wanted.connect(lambda: ask.model_folder(self.look_into))
        page.picture_wanted.connect(lambda: ask.picture(page.given.set_picture))
        page.run_wanted.connect(self._look_into_run)
        page.heads.survey.table_wanted.connect(lambda: ask.table(page.heads.survey.measure))
        page.heads.compare.folder_wanted.connect(lambda: ask.model_folder(self._compare_with))
        self._shown.changed.connect(lambda _: page.card.allow_run(True))
