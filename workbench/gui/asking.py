"""What is asked before something is opened or saved: the box, and then what is done with the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.head_tables import HeadTable, as_csv
from workbench.contracts.pictures import ENDINGS
from workbench.gui.dialogs import Dialogs
from workbench.gui.models.draft import Draft
from workbench.gui.settings import Settings
from workbench.gui.widgets.saving import SaveRequest, save
from workbench.gui.workers.experiments import write_experiment, write_file
from workbench.gui.workers.jobs import Jobs

Opened = Callable[[Path], None]


class Asking(QObject):
    """Which table, run, model, experiment or place; nothing happens when a person changes their mind.

    Args:
        dialogs: The boxes.
        jobs: Where files are written.
        settings: Where runs are kept.
        draft: The experiment that is saved.
        say: A line for the status bar.
        tell: An error for a person.
    """

    def __init__(
        self, dialogs: Dialogs, jobs: Jobs, settings: Settings, draft: Draft, say: Callable[[str], None],
        tell: Callable[[WorkbenchError], None],
    ) -> None:  # fmt: skip
        super().__init__(dialogs)
        self._dialogs, self._jobs, self._settings, self._draft = dialogs, jobs, settings, draft
        self._say, self._tell = say, tell

    def table(self, opened: Opened) -> None:
        """A table to open."""
        self._dialogs.open_file(self.tr("Open a table"), opened)

    def run(self, opened: Opened) -> None:
        """A run to open."""
        self._dialogs.open_folder(self.tr("Open a run folder"), opened, at=self._settings.runs_place())

    def experiment(self, opened: Opened) -> None:
        """An experiment to open."""
        self._dialogs.open_file(self.tr("Open an experiment"), opened, kinds=self.tr("Experiments (*.toml)"))

    def model_folder(self, opened: Opened) -> None:
        """A pretrained model's folder."""
        self._dialogs.open_folder(self.tr("Open a model folder"), opened)

    def picture(self, opened: Opened) -> None:
        """A picture to look at."""
        kinds = self.tr("Pictures ({0})").format(" ".join(f"*.{ending}" for ending in ENDINGS))
        self._dialogs.open_file(self.tr("Choose a picture"), opened, kinds=kinds)

    def runs_place(self) -> None:
        """Where runs are kept."""
        self._dialogs.open_folder(
            self.tr("Keep runs in this folder"), lambda path: setattr(self._settings, "runs_folder", str(path)),
            at=self._settings.runs_place(),
        )  # fmt: skip

    def save_experiment(self) -> None:
        """Where the experiment is written."""
        self._dialogs.save_file(self.tr("Save the experiment"), self._write_experiment, ending="toml", name=self._draft.name)

    def save_picture(self, request: SaveRequest) -> None:
        """Where a picture goes; it is written in the background."""
        self._dialogs.save_file(
            self.tr("Save the picture"), lambda path: self._write_picture(request, path), ending=request.format,
            name=request.file_name,
        )  # fmt: skip

    def save_film(self, form: str, write: Callable[[Path], None]) -> None:
        """Where the film of a run goes: a gif, an html page, or a new folder of png."""
        ending = "" if form == "png" else form
        name = "film" if form == "png" else f"film.{form}"
        self._dialogs.save_file(self.tr("Save the film"), write, ending=ending, name=name)

    def save_tables(self, tables: Sequence[HeadTable]) -> None:
        """Where tables of heads go, as comma-separated text."""
        self._dialogs.save_file(
            self.tr("Save the table of heads"), lambda path: self._write_tables(tables, path), ending="csv", name="heads.csv"
        )

    def save_heads(self, form: str, write: Callable[[Path], None]) -> None:
        """Where all heads of a text go; whoever holds the model writes them."""
        self._dialogs.save_file(self.tr("Save all heads"), write, ending=form, name=f"attention.{form}")

    def save_study(self, form: str, name: str, write: Callable[[Path], None]) -> None:
        """Where what was worked out about a text goes; the engine writes it."""
        self._dialogs.save_file(self.tr("Save what is shown"), write, ending=form, name=f"{name}.{form}")

    def save_comparison(self, form: str, write: Callable[[Path], None]) -> None:
        """Where two heads and their difference go; whoever holds the models writes them."""
        self._dialogs.save_file(self.tr("Save the comparison"), write, ending=form, name=f"comparison.{form}")

    def save_predictions(self, form: str, name: str, write: Callable[[Path], None]) -> None:
        """Where a table with predictions goes; whoever holds the model writes it."""
        self._dialogs.save_file(self.tr("Save the predictions"), write, ending=form, name=name)

    def _write_tables(self, tables: Sequence[HeadTable], path: Path) -> None:
        self._jobs.start(
            "save", lambda ticket: write_file(path, as_csv(tables)), failed=self._tell, done=lambda _: self._say_saved(path)
        )

    def _write_picture(self, request: SaveRequest, path: Path) -> None:
        self._jobs.start(
            "save", lambda ticket: save(request, path), failed=self._tell, done=lambda _: self._say_saved(path)
        )  # fmt: skip

    def _write_experiment(self, path: Path) -> None:
        try:
            write_experiment(self._draft.experiment(), path)
        except WorkbenchError as error:
            self._tell(error)
        else:
            self._say_saved(path)

    def _say_saved(self, path: Path) -> None:
        self._say(self.tr("Saved: {0}").format(path))
