"""The composition root: builds the window, its state and its workers, and wires them together."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Event, Finished
from workbench.contracts.specs import Experiment
from workbench.gui import settings as store
from workbench.gui.appearance import Appearance
from workbench.gui.asking import Asking
from workbench.gui.branching import Branching
from workbench.gui.collecting import Collector
from workbench.gui.crash import LastResort
from workbench.gui.dialogs import Dialogs
from workbench.gui.edit_desk import EditDesk
from workbench.gui.exporting import Exporting
from workbench.gui.film_desk import FilmDesk
from workbench.gui.main_window import MainWindow
from workbench.gui.models.data_state import DataState, Stage
from workbench.gui.models.doctor_state import DoctorState
from workbench.gui.models.draft import Draft
from workbench.gui.models.run_state import Act, RunModel, RunState
from workbench.gui.opening import SAMPLES, Opening
from workbench.gui.pages.data import DataPage
from workbench.gui.shown_run import ShownRun
from workbench.gui.starting import Starting
from workbench.gui.widgets.log_panel import LogFeed
from workbench.gui.workers.baselines import Baselines
from workbench.gui.workers.doctor import Doctor
from workbench.gui.workers.experiments import preset_source
from workbench.gui.workers.history import Looking
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.memory import MemoryWatch
from workbench.gui.workers.tables import Tables
from workbench.gui.workers.training import Session
from workbench.runs.process import EngineProcess, Loaded

log = logging.getLogger(__name__)

LATER = tuple(f"workbench.gui.{page}_desk" for page in ("model", "step", "train", "inspect", "predict", "runs"))
"""Imported by a thread while the first page is on the screen already."""

KEPT_AFTER = 2_000
"""Milliseconds after a change until the set-up is written down."""


class Workbench(QObject):
    """One window with everything behind it."""

    def __init__(self, app: QApplication, settings_path: Path | None = None, engine: EngineProcess | None = None) -> None:
        """Everything; `engine` may be shared by several windows one after the other, and is then closed by whoever made it."""
        super().__init__()
        self.engine, self._own_engine = engine or EngineProcess(), engine is None
        self.app = app
        self.settings_path = settings_path or store.settings_file()
        self.settings = store.load(self.settings_path)
        self.appearance = Appearance(app, self.settings, self)
        self.jobs = Jobs(self)
        self.draft = Draft(self)
        self.data = DataState(self.draft, self)
        self.tables = Tables(self.data, self.jobs, self)
        self.findings = DoctorState(self.data, self)
        self.doctor = Doctor(self.findings, self.jobs, self)
        self.run = RunModel(self)
        self.session = Session(self.run, self.engine, self)
        self.baselines = Baselines(self.jobs, self)
        self.looking = Looking(self.run, self.jobs, self.engine, self)
        self.shown = ShownRun(self.run, self.session, self.looking, self)
        self.film = FilmDesk(self.run, self.shown, self.jobs, lambda text: self.window.say(text), self)
        self.memory = MemoryWatch(self.engine, self)
        self.beside = EngineProcess()  # answers while the other one trains
        self.loaded = self.built = self.ended = self._closing = False
        self._pages = self._build()
        self._keeping = QTimer(self, singleShot=True, interval=KEPT_AFTER)  # a crash takes no more than this
        self._keeping.timeout.connect(self._keep)
        self.draft.changed.connect(self._keeping.start)
        self.draft.know_presets(preset_source)
        self.data_page = DataPage(self.data, self.findings)
        later = {name: QWidget() for name in ("model", "train", "inspect", "predict", "runs")}
        self.window = MainWindow({"data": self.data_page, **later}, self.run, self.film.state)
        self.editing = EditDesk(self.window, self.session, self.shown, self.film.state, self.draft, self)
        self.dialogs = Dialogs(self.window)
        self.ask = Asking(self.dialogs, self.jobs, self.settings, self.draft, self.window.say, self.show_error)
        self.exporting = Exporting(self.window, self.dialogs, self.jobs, self.engine, self.settings.runs_place)
        opening = self.opening = Opening(
            self.window, self.data, self.draft, self.run, self.shown, self.jobs, self.settings, self.build_pages, self.show_error,
            self,
        )  # fmt: skip
        self.open_path, self.open_run = opening.open_path, opening.open_run
        self.open_experiment, self.restore = opening.open_experiment, opening.restore
        self.starting = Starting(
            self.window, self.data, self.draft, self.run, self.shown, self.jobs, self.settings.runs_place, lambda: self.loaded,
            self.build_pages, self,
        )  # fmt: skip
        self.train, self.go_on = self.starting.train, self.starting.go_on
        self.log_feed = LogFeed(self)
        self.last_resort = LastResort(self.show_error, self)
        self.collector = Collector(self)
        self._wire()

    # -- beginning ------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the window as it was left; what takes long is loaded behind it."""
        self.window.restore_geometry_text(self.settings.geometry)
        self.window.set_recent(self.settings.recent)
        self.window.mark(self.settings.theme, self.settings.language)
        self.window.show_page("data")
        self.window.show()
        self.window.setFocus()
        QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        self.jobs.start(
            "engine", lambda ticket: self.engine.load(ticket.progress), done=self._loaded, failed=self.show_error,
            progress=lambda what, share: self.window.say(self.tr("Loading the engine…")),
        )  # fmt: skip
        self.jobs.start("pages", lambda ticket: [import_module(desk) for desk in LATER], done=lambda _: self._build_next())

    def build_pages(self) -> None:
        """Build at once what is not built yet of the pages that are built behind the window."""
        for _ in self._pages:
            pass

    def _build_next(self) -> None:
        """One page in each turn of the event loop: what a person does meanwhile waits for one at most."""
        if not self.ended and next(self._pages, False):
            QTimer.singleShot(0, self, self._build_next)

    def _build(self) -> Iterator[bool]:
        """One page after the other, those whose libraries take a moment to import."""
        from workbench.gui.inspect_desk import InspectDesk
        from workbench.gui.model_desk import ModelDesk
        from workbench.gui.predict_desk import PredictDesk
        from workbench.gui.runs_desk import RunsDesk
        from workbench.gui.step_desk import StepDesk
        from workbench.gui.train_desk import TrainDesk

        self.model = ModelDesk(self.window, self.draft, self.jobs, self.engine, self.ask, self.settings, self)
        self.model_page, self.estimate = self.model.page, self.model.estimate
        self.window.put_page("model", self.model_page)
        yield True
        self.steps = StepDesk(self.window, self.run, self.shown, self.data, self.jobs, self.beside, self)
        self.training = TrainDesk(
            self.window, self.run, self.shown, self.editing.edits, self.steps.state, self.baselines, self.jobs, self.engine,
            self.ask, self,
        )  # fmt: skip
        self.train_page, self.evaluation = self.training.page, self.training.evaluation
        self.steps.serve(self.train_page, self.data_page)
        self.window.put_page("train", self.train_page)
        yield True
        self.inspection = InspectDesk(self.window, self.shown, self.jobs, self.ask, self.show_error, self.beside, self)
        self.window.put_page("inspect", self.inspection.page)
        yield True
        self.prediction = PredictDesk(self.window, self.shown, self.jobs, self.ask, self.settings, self.beside, self)
        self.window.put_page("predict", self.prediction.page)
        yield True
        self.runs = RunsDesk(self.window, self.jobs, self.beside, self.dialogs, self.settings, self.show_error, self)
        self.branching = Branching(
            self.window, self.train_page.edits, self.session, self.shown, self.film.state, self.jobs, self.beside,
            self.show_error, self,
        )  # fmt: skip
        self.window.put_page("runs", self.runs.page)
        self._wire_pages()
        self.built = True

    def _loaded(self, loaded: Loaded) -> None:
        self.window.bar.set_device(loaded.device)
        self.window.say(self.tr("Ready."))
        self.loaded = True
        self.starting.tell()

    # -- what a person does ---------------------------------------------------------------------------------------

    def demo(self, name: str = "reverse") -> None:
        """Open bundled data and train on it as soon as both are ready."""
        self.starting.train_when_ready()
        self.opening.open_sample(name)

    def toggle(self) -> None:
        """What the big button does: train, pause or resume."""
        if self.run.may(Act.TRAIN):
            self.train()
        elif self.run.may(Act.PAUSE):
            self.session.pause()
        elif self.run.may(Act.RESUME):
            self.session.go_on()

    def export_model(self, run: Path | None = None) -> None:
        """Hand the model of a run on, or that of the one that is shown."""
        run = run or self.shown.path
        if run is not None and self.run.live:
            self.opening.tell_at_work()
        elif run is not None:
            self.exporting.ask(run)

    def open_run_folder(self) -> None:
        """Show the run's folder in the system's file manager."""
        if self.shown.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.shown.path)))

    def _open_dropped(self, paths: list[Path]) -> None:
        if not (self.window.page == "runs" and self.runs.add(paths)):
            self.opening.open_first(paths)

    # -- what happens ---------------------------------------------------------------------------------------------

    def _show_run(self, experiment: Experiment) -> None:
        self.settings.run = str(self.shown.path)
        self.window.action("run-folder").setEnabled(True)
        self._allow_export()
        self.window.bar.show_experiment(experiment)

    def _follow_run(self, state: RunState) -> None:
        self.estimate.set_training(self.run.live)
        self._allow_export()
        self.starting.tell()
        if state in (RunState.DONE, RunState.FAILED, RunState.IDLE):
            if self._closing:
                self._really_close()
            elif state is RunState.FAILED:
                self.shown.allow_to_go_on()
            elif state is RunState.DONE:
                QTimer.singleShot(0, self, self.shown.look_through)

    def _allow_export(self) -> None:
        path = self.shown.path
        there = path is not None and (path / "model" / "config.json").is_file()
        self.window.action("export-model").setEnabled(there and not self.run.live)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Finished) and not self.window.isActiveWindow():
            self.app.alert(self.window)

    def _show_film(self, step: int | None) -> None:
        """A moment of the past is looked at where its pictures are."""
        if step is not None and self.window.page != "train":
            self.window.show_page("train")

    def _page_shown(self, name: str) -> None:
        if name != "data":
            self.build_pages()
        self.session.set_open(name == "train")
        if name == "inspect":
            self.inspection.visit()
        elif name == "predict":
            self.prediction.visit()
        elif name == "runs":
            self.runs.visit()
        if self.built:
            self.estimate.set_wanted(name == "model")

    def _compare(self) -> None:
        """Let words be counted as soon as the table is ready: the honest neighbour of every classifier."""
        if self.data.stage is Stage.READY:
            self.opening.remember(self.data.path)
            self.baselines.compare(self.tables.prepared)

    def show_error(self, error: WorkbenchError) -> None:
        """An error that belongs to no page."""
        log.warning("%s", error)
        self.dialogs.tell_error(error)

    # -- ending -----------------------------------------------------------------------------------------------------

    def ask_close(self) -> None:
        """Close; while training, ask first."""
        if self.run.live:
            self.dialogs.ask_stop(self.stop_and_close)
        else:
            self._really_close()

    def stop_and_close(self) -> None:
        """Stop what runs, keep it, then close."""
        self._closing = True
        if self.run.live:
            self.session.stop()
        else:
            self._really_close()

    def _really_close(self) -> None:
        self.settings.geometry = self.window.geometry_text()
        self.window.let_close()
        self.end()

    def end(self) -> None:
        """Stop every thread and remember the session."""
        self.ended = True
        self._keeping.stop()
        self._keep()
        self.memory.stop()
        self.session.shutdown()
        self.film.export.end()
        if self._own_engine:
            self.engine.close()
        self.beside.close()
        self.jobs.shutdown()
        self.tables.close()
        self.log_feed.end()
        self.last_resort.end()
        self.collector.end()
        self.appearance.end()
        self.window.deleteLater()

    def _keep(self) -> None:
        """Write down what is set up, so that it comes back."""
        self.settings.draft = self.draft.to_json() if self.data.path else ""
        store.save(self.settings, self.settings_path)

    # -- wiring -----------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        window, bar = self.window, self.window.bar
        window.theme_wanted.connect(self.appearance.set_theme)
        window.language_wanted.connect(self.appearance.set_language)
        window.close_wanted.connect(self.ask_close)
        window.paths_dropped.connect(self._open_dropped)
        window.recent_wanted.connect(lambda path: self.open_path(Path(path)))
        window.page_shown.connect(self._page_shown)
        window.presented.connect(self.appearance.present)
        acts = {
            "open": lambda: self.ask.table(self.open_path), "open-run": lambda: self.ask.run(self.open_path),
            "open-experiment": lambda: self.ask.experiment(self.open_path), "save-experiment": self.ask.save_experiment,
            "quit": window.close, "train": self.toggle, "stop": self.session.stop, "continue": self.go_on,
            "run-folder": self.open_run_folder, "runs-place": self.ask.runs_place,
            "export-model": self.export_model, "film-play": self.film.state.toggle, "film-live": self.film.state.live,
            "film-back": lambda: self.film.state.go(-1), "film-on": lambda: self.film.state.go(1),
            "about": self.dialogs.about,
        }  # fmt: skip
        for name, act in acts.items():
            window.action(name).triggered.connect(lambda _=False, act=act: act())
        for name in SAMPLES:
            window.action(f"sample-{name}").triggered.connect(lambda _=False, name=name: self.opening.open_sample(name))
        self.memory.measured.connect(bar.set_memory)
        bar.train_wanted.connect(self.train)
        bar.pause_wanted.connect(self.session.pause)
        bar.resume_wanted.connect(self.session.go_on)
        bar.stop_wanted.connect(self.session.stop)
        bar.continue_wanted.connect(self.go_on)
        self.data_page.open_wanted.connect(lambda: self.ask.table(self.open_path))
        self.data_page.sample_wanted.connect(self.opening.open_sample)
        self.data_page.dropped.connect(lambda path: self.open_path(Path(path)))
        self.data_page.next_wanted.connect(lambda: window.show_page("model"))
        self.data.changed.connect(self._compare)
        self.shown.continues_changed.connect(window.set_continues)
        self.shown.kept.connect(self.opening.remember)
        self.run.happened.connect(self._hear)
        self.film.state.wanted.connect(self._show_film)
        self.film.export.failed.connect(self.show_error)
        window.scrubber.save.wanted.connect(lambda form: self.ask.save_film(form, self.film.save))
        self.log_feed.said.connect(window.log.add)

    def _wire_pages(self) -> None:
        self.run.state_changed.connect(self._follow_run)
        self.model_page.train_wanted.connect(self.train)
        self.model_page.open_wanted.connect(lambda: self.ask.experiment(self.open_path))
        self.model_page.data_wanted.connect(lambda: self.window.show_page("data"))
        save_films = partial(self.film.save_pair, self.runs.films)
        self.runs.page.films.save.wanted.connect(lambda form: self.ask.save_film(form, save_films))
        self.opening.look_wanted.connect(self.inspection.look_into)
        self.opening.predict_wanted.connect(self.prediction.predict_with)
        self.runs.show_wanted.connect(self.open_run)
        self.runs.resume_wanted.connect(lambda path: self.open_run(path, self.go_on))
        self.runs.branch_wanted.connect(self.branching.branch)
        self.branching.made.connect(lambda made: self.open_run(made.path, self.starting.go_on_paused if made.waits else None))
        self.runs.duplicate_wanted.connect(lambda path: self.open_experiment(path / "experiment.toml"))
        self.runs.export_wanted.connect(self.export_model)
        self.shown.changed.connect(self._show_run)
        for view in (self.train_page.evaluation, self.train_page.step):
            view.inspect_wanted.connect(self.inspection.look_at)
        self.starting.began.connect(self.training.show_baseline)
        self.starting.serve(self.model)
