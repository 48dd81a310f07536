"""What is opened, by what it is: a table, an experiment, a run or a model; and what was open when the window was closed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from workbench.contracts.edits import edits_from
from workbench.contracts.errors import WorkbenchError
from workbench.gui.main_window import MainWindow
from workbench.gui.models.data_state import DataState
from workbench.gui.models.draft import Draft
from workbench.gui.models.run_state import RunModel
from workbench.gui.settings import Settings
from workbench.gui.shown_run import ShownRun
from workbench.gui.workers.experiments import read_experiment
from workbench.gui.workers.following import Following
from workbench.gui.workers.history import RunView, read_run
from workbench.gui.workers.jobs import Jobs
from workbench.resources import SAMPLE_DATA

SAMPLES = {
    "reverse": "reverse.csv", "reviews": "reviews.csv", "translation": "translation.csv",
    "stories": "stories.txt", "tags": "tags.csv",
}  # fmt: skip


class Opening(QObject):
    """Brings what is opened to the page it belongs to, and offers it again the next time.

    Args:
        window: Shows the page.
        data: Reads tables.
        draft: Takes experiments and pretrained models.
        run: Whether one is at work.
        shown: Takes runs.
        jobs: Where runs are read.
        settings: What was open, and what was opened lately.
        build_pages: Called before a run is shown on them.
        tell: An error for a person.
    """

    look_wanted = Signal(object)
    """A model folder to look into."""
    predict_wanted = Signal(object)
    """A model folder to predict with."""

    def __init__(
        self, window: MainWindow, data: DataState, draft: Draft, run: RunModel, shown: ShownRun, jobs: Jobs, settings: Settings,
        build_pages: Callable[[], None], tell: Callable[[WorkbenchError], None], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._data, self._draft, self._run, self._shown = window, data, draft, run, shown
        self._jobs, self._settings, self._build_pages, self._tell = jobs, settings, build_pages, tell
        self._following = Following(run, jobs, self)
        self._following.left.connect(shown.allow_to_go_on)
        self._restoring = False

    def open_path(self, path: Path) -> None:
        """A table, an experiment, a run folder or a model folder, by what it is."""
        path = path.expanduser().absolute()
        if (path / "experiment.toml").is_file():
            self.open_run(path)
        elif path.suffix.lower() == ".toml":
            self.open_experiment(path)
        elif (path / "config.json").is_file():
            self._open_model(path)
        else:
            self.open_table(path)

    def open_first(self, paths: Sequence[Path]) -> None:
        """One of several."""
        self.open_path(paths[0])
        if len(paths) > 1:
            self._window.say(self.tr("One at a time: {0} was opened, {1} more were not.").format(paths[0].name, len(paths) - 1))

    def open_table(self, path: Path) -> None:
        """Begin anew with a table."""
        self._data.open(str(path))
        self._window.show_page("data")

    def open_sample(self, name: str) -> None:
        """A table that is shipped."""
        self.open_table(SAMPLE_DATA / SAMPLES.get(name, name))

    def open_experiment(self, path: Path) -> None:
        """Begin with what an experiment file says."""
        try:
            written = read_experiment(path)
        except WorkbenchError as error:
            self._tell(error)
            return
        edits, _ = edits_from(written.get("edits", ()))
        self._draft.replace(written, name=str(written["name"]), edits=edits)
        self._window.show_page("data")
        if self._draft.edits:
            words = self.tr("Edits made in the training that this repeats: {0}. The Model page can leave them out.")
            self._window.say(words.format(len(self._draft.edits)))
        self.remember(str(path))

    def open_run(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Show a run as it was, or one that is being trained elsewhere as it goes on; then do something with it."""
        if self._run.live and path == self._shown.path:
            self._window.show_page("train")
        elif self._run.live:
            self.tell_at_work()
        else:
            self._jobs.start(
                "history", lambda ticket: read_run(path, ticket), done=lambda view: self._reopen(view, then), failed=self._tell
            )

    def restore(self) -> None:
        """The experiment that was being set up, and the run that was shown, when the window was closed."""
        if self._settings.draft and self._draft.restore(self._settings.draft):
            self._window.show_page("data")
        run = Path(self._settings.run)
        if self._settings.run and (run / "experiment.toml").is_file():
            self._restoring = True
            self.open_run(run)

    def remember(self, path: str) -> None:
        """What could be opened is offered again."""
        if self._settings.recent[:1] != [path]:
            self._settings.remember(path)
            self._window.set_recent(self._settings.recent)

    def tell_at_work(self) -> None:
        """What is asked for has to wait until the training ends."""
        self._tell(WorkbenchError("a training is at work", mend=self.tr("Stop it first; it is kept.")))

    def _open_model(self, folder: Path) -> None:
        """The page that is shown says what a model is wanted for."""
        if self._window.page == "inspect":
            self.look_wanted.emit(folder)
        elif self._window.page == "predict":
            self.predict_wanted.emit(folder)
        else:
            self._draft.start_from(str(folder))
            self._window.show_page("model")
            self.remember(str(folder))

    def _reopen(self, view: RunView, then: Callable[[], None] | None) -> None:
        self._build_pages()
        self._shown.reopen(view)
        self._following.follow(view)
        if not self._data.path:  # so that it can be trained again, or changed a little
            experiment = view.experiment
            given = tomllib.loads(experiment.to_toml())
            self._draft.replace(given, name=experiment.name, edits=experiment.edits, written=given)
        if not self._restoring:
            self._window.show_page("train")
        self._restoring = False
        if then is not None:  # when all of its past is on the screen
            self._run.replayed.connect(then, Qt.ConnectionType.SingleShotConnection)
