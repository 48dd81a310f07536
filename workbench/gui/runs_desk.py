"""All that stands behind the Runs page: what is listed and compared, and what is done with a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QInputDialog

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.history import RunRow
from workbench.gui.dialogs import Dialogs
from workbench.gui.main_window import MainWindow
from workbench.gui.models.film_pair_state import FilmPairState
from workbench.gui.pages.runs import RunsPage
from workbench.gui.settings import Settings
from workbench.gui.widgets.compare_chart import MOST
from workbench.gui.workers.film_pairs import FilmPairs
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.gui.workers.run_list import compare_runs, find_runs, measure_sizes, rename, take_back, throw_away
from workbench.runs.process import EngineProcess

ROUND = 2_000
"""Milliseconds between two looks at the folders while the page is shown."""


class RunsDesk(QObject):
    """Lists, compares, and does what concerns a run's folder; what concerns the window is asked of the app.

    Args:
        window: Where the page is shown.
        jobs: Where folders are read.
        engine: Writes reports; it is not the one that trains.
        dialogs: Asks for names and folders.
        settings: Which folders are listed.
        tell: An error that belongs to no page.
    """

    show_wanted = Signal(object)
    """Each of these five: a Path."""
    resume_wanted = Signal(object)
    branch_wanted = Signal(object)
    duplicate_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(
        self, window: MainWindow, jobs: Jobs, engine: EngineProcess, dialogs: Dialogs, settings: Settings,
        tell: Callable[[WorkbenchError], None], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._jobs, self._engine, self._dialogs = window, jobs, engine, dialogs
        self._settings, self._tell = settings, tell
        self._compared: list[Path] = []
        self._thrown: list[tuple[Path, Path]] = []
        self.films = FilmPairState(self)
        self._pairs = FilmPairs(self.films, jobs, self)
        self.page = RunsPage(self.films, window.stack)
        self._timer = QTimer(self, interval=ROUND)
        self._timer.timeout.connect(self._look_again)
        self._wire()

    def visit(self) -> None:
        """The page is shown."""
        self.refresh()
        self._timer.start()

    def refresh(self) -> None:
        """List the runs as they are now."""
        places = [self._settings.runs_place(), *map(Path, self._settings.more_runs)]
        self._jobs.start("runs", lambda ticket: find_runs(places, ticket), done=self._list, failed=self._tell)

    def add(self, paths: Sequence[Path]) -> bool:
        """List the runs of these folders, too; whether any of them is a folder."""
        folders = [str(path) for path in paths if path.is_dir()]
        known = self._settings.more_runs
        known += [folder for folder in folders if folder not in known]
        if folders:
            self.refresh()
        return bool(folders)

    def _add_one(self, path: Path) -> None:
        self.add([path])

    def _look_again(self) -> None:
        if self._window.page != "runs":
            self._timer.stop()
        elif not self._jobs.busy("runs"):
            self.refresh()

    def _list(self, rows: list[RunRow]) -> None:
        self.page.show_rows(rows)
        unmeasured = self.page.list.model.unmeasured()
        if unmeasured and not self._jobs.busy("sizes"):
            measure: Callable[[Ticket], dict[Path, int]] = lambda ticket: measure_sizes(unmeasured, ticket)  # noqa: E731
            self._jobs.start("sizes", measure, done=self.page.list.model.set_sizes)

    def _compare(self, rows: list[RunRow]) -> None:
        paths = [row.path for row in rows[:MOST]]
        if len(rows) > MOST:
            self._window.say(self.tr("{0} runs can be told apart by colour: the first {0} are compared.").format(MOST))
        if paths != self._compared:
            self._compared = paths
            self._jobs.start("compare", lambda ticket: compare_runs(paths, ticket), done=self.page.show_compared)

    def _act(self, act: str, rows: list[RunRow]) -> None:
        path = rows[0].path
        outside = {
            "show": self.show_wanted, "resume": self.resume_wanted, "duplicate": self.duplicate_wanted,
            "export": self.export_wanted, "branch": self.branch_wanted,
        }  # fmt: skip
        if act in outside:
            outside[act].emit(path)
        elif act == "films":
            self.show_films(rows[0].path, rows[1].path)
        elif act == "folder":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        elif act == "rename":
            self._ask_name(rows[0])
        elif act == "report":
            title = self.tr("Save the report")
            self._dialogs.save_file(title, lambda out: self._report(path, out), ending="html", name=f"{path.name}.html")
        else:
            self._throw_away([row.path for row in rows])

    def show_films(self, one: Path, other: Path) -> None:
        """Lay the films of two runs side by side."""
        self._pairs.open(one, other)
        self.page.show_films(True)

    def _choose_second(self) -> None:
        """The run that is shown is the first of two; a person chooses the other one in the list."""
        self.page.show_films(False)
        self._window.show_page("runs")
        self.page.list.choose([Path(self._settings.run)])
        self._window.say(self.tr("Choose a second run with Ctrl and a click, then press “Films side by side”."), 20)

    def _ask_name(self, row: RunRow) -> None:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename the run"))
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextValue(row.name)
        dialog.textValueSelected.connect(lambda name: self._rename(row.path, name))
        dialog.open()

    def _rename(self, path: Path, name: str) -> None:
        self._jobs.start("shelf", lambda ticket: rename(path, name), done=lambda _: self.refresh(), failed=self._tell)

    def _throw_away(self, paths: list[Path]) -> None:
        def move(ticket: Ticket) -> list[tuple[Path, Path]]:
            return [(throw_away(path), path) for path in paths]

        def moved(thrown: list[tuple[Path, Path]]) -> None:
            self._thrown = thrown
            self.page.list.undo.show()
            self._window.say(self.tr("Moved to {0}").format(thrown[0][0].parent))
            self.refresh()

        self._jobs.start("shelf", move, done=moved, failed=self._fail)

    def _fail(self, error: WorkbenchError) -> None:
        self.refresh()
        self._tell(error)

    def _take_back(self) -> None:
        thrown, self._thrown = self._thrown, []
        self.page.list.undo.hide()

        def move(ticket: Ticket) -> None:
            for place, path in thrown:
                take_back(place, path)

        self._jobs.start("shelf", move, done=lambda _: self.refresh(), failed=self._fail)

    def _report(self, run: Path, out: Path) -> None:
        def write(ticket: Ticket) -> object:
            return self._engine.ask("report", run, out, cancelled=ticket.cancelled)

        def written(_: object) -> None:
            self._window.say(self.tr("Saved: {0}").format(out))

        self._jobs.start("report", write, done=written, failed=self._tell)
        self._window.say(self.tr("Writing the report…"))

    def _wire(self) -> None:
        page = self.page.list
        self._window.scrubber.beside_wanted.connect(self._choose_second)
        page.chosen.connect(self._compare)
        page.wanted.connect(self._act)
        page.take_back_wanted.connect(self._take_back)
        page.place_wanted.connect(lambda: self._dialogs.open_folder(self.tr("List the runs of"), self._add_one))
