"""The composition root: builds the window, its state and its workers, and wires them together."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from workbench.contracts.edits import edits_from
from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.events import Event, Finished
from workbench.contracts.specs import Experiment
from workbench.gui import settings as store
from workbench.gui.appearance import Appearance
from workbench.gui.asking import Asking
from workbench.gui.branching import Branching
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
from workbench.gui.pages.data import DataPage
from workbench.gui.shown_run import ShownRun
from workbench.gui.widgets.log_panel import LogFeed
from workbench.gui.words import said
from workbench.gui.workers.baselines import Baselines
from workbench.gui.workers.doctor import Doctor
from workbench.gui.workers.experiments import new_run_path, preset_source, read_experiment
from workbench.gui.workers.following import Following
from workbench.gui.workers.history import Looking, RunView, read_run
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.memory import MemoryWatch
from workbench.gui.workers.tables import Tables
from workbench.gui.workers.training import Session
from workbench.resources import SAMPLE_DATA
from workbench.runs.process import EngineProcess, Loaded

log = logging.getLogger(__name__)

SAMPLES = {
    "reverse": "reverse.csv", "reviews": "reviews.csv", "translation": "translation.csv",
    "stories": "stories.txt", "tags": "tags.csv",
}  # fmt: skip


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
        self.following = Following(self.run, self.jobs, self)
        self.film = FilmDesk(self.run, self.shown, self.jobs, lambda text: self.window.say(text), self)
        self.memory = MemoryWatch(self.engine, self)
        self.loaded = self.ended = self._restoring = self._demo = self._closing = False
        self.draft.know_presets(preset_source)
        self.data_page = DataPage(self.data, self.findings)
        later = {name: QWidget() for name in ("model", "train", "inspect", "predict", "runs")}
        self.window = MainWindow({"data": self.data_page, **later}, self.run, self.film.state)
        self.editing = EditDesk(self.window, self.session, self.shown, self.film.state, self.draft, self)
        self.dialogs = Dialogs(self.window)
        self.ask = Asking(self.dialogs, self.jobs, self.settings, self.draft, self.window.say, self.show_error)
        self.exporting = Exporting(self.window, self.dialogs, self.jobs, self.engine, self.settings.runs_place)
        self.log_feed = LogFeed(self)
        self.last_resort = LastResort(self.show_error, self)
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
        self.jobs.start("pages", lambda ticket: import_module("workbench.gui.pages.train"), done=lambda _: self.build_pages())

    def build_pages(self) -> None:
        """Build the pages whose libraries take a moment to import, once."""
        if hasattr(self, "train_page"):
            return
        from workbench.gui.inspect_desk import InspectDesk
        from workbench.gui.model_desk import ModelDesk
        from workbench.gui.models.curves import Curves
        from workbench.gui.models.evaluation_state import EvaluationState
        from workbench.gui.pages.train import TrainPage
        from workbench.gui.predict_desk import PredictDesk
        from workbench.gui.runs_desk import RunsDesk
        from workbench.gui.step_desk import StepDesk
        from workbench.gui.workers.evaluations import Evaluations

        self.model = ModelDesk(self.draft, self.jobs, self.engine, self.ask, self.settings, self)
        self.model.recommendations.changed.connect(self._show_draft)
        self.model_page, self.estimate = self.model.page, self.model.estimate
        self.evaluation = EvaluationState(self)
        self.evaluations = Evaluations(self.evaluation, self.jobs, self)
        self.window.curves = Curves()
        self.beside = EngineProcess()  # answers while the other one trains
        self.steps = StepDesk(self.window, self.run, self.shown, self.data, self.jobs, self.beside, self)
        self.train_page = TrainPage(
            self.run, self.window.curves, self.evaluation, self.steps.state, self.editing.edits
        )  # fmt: skip
        self.steps.serve(self.train_page, self.data_page)
        self.window.put_page("model", self.model_page)
        self.inspection = InspectDesk(self.window, self.shown, self.jobs, self.ask, self.show_error, self.beside, self)
        self.prediction = PredictDesk(self.window, self.shown, self.jobs, self.ask, self.settings, self.beside, self)
        self.runs = RunsDesk(self.window, self.jobs, self.beside, self.dialogs, self.settings, self.show_error, self)
        self.branching = Branching(
            self.window, self.train_page.edits, self.session, self.shown, self.film.state, self.jobs, self.beside,
            self.show_error, self,
        )  # fmt: skip
        self.window.put_page("runs", self.runs.page)
        self.window.put_page("train", self.train_page)
        self.window.put_page("inspect", self.inspection.page)
        self.window.put_page("predict", self.prediction.page)
        self._wire_pages()

    def _loaded(self, loaded: Loaded) -> None:
        self.window.bar.set_device(loaded.device)
        self.window.say(self.tr("Ready."))
        self.loaded = True
        self._show_draft()

    # -- opening --------------------------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """A table, an experiment, a run folder or a model folder, by what it is."""
        path = path.expanduser().absolute()
        if (path / "experiment.toml").is_file():
            self.open_run(path)
        elif path.suffix.lower() == ".toml":
            self.open_experiment(path)
        elif (path / "config.json").is_file() and self.window.page == "inspect":
            self.inspection.look_into(path)
        elif (path / "config.json").is_file() and self.window.page == "predict":
            self.prediction.predict_with(path)
        elif (path / "config.json").is_file():
            self.draft.set("model", "model", str(path))
            self.window.show_page("model")
            self._remember(str(path))
        else:
            self.open_table(path)

    def _open_dropped(self, paths: list[Path]) -> None:
        if self.window.page == "runs" and self.runs.add(paths):
            return
        self.open_path(paths[0])
        if len(paths) > 1:
            self.window.say(self.tr("One at a time: {0} was opened, {1} more were not.").format(paths[0].name, len(paths) - 1))

    def _remember(self, path: str) -> None:
        """What could be opened is offered again."""
        if self.settings.recent[:1] != [path]:
            self.settings.remember(path)
            self.window.set_recent(self.settings.recent)

    def open_table(self, path: Path) -> None:
        """Begin anew with a table."""
        self.data.open(str(path))
        self.window.show_page("data")

    def open_sample(self, name: str) -> None:
        """A table that is shipped."""
        self.open_table(SAMPLE_DATA / SAMPLES.get(name, name))

    def restore(self) -> None:
        """The experiment that was being set up, and the run that was shown, when the window was closed."""
        if self.settings.draft and self.draft.restore(self.settings.draft):
            self.window.show_page("data")
        run = Path(self.settings.run)
        if self.settings.run and (run / "experiment.toml").is_file():
            self._restoring = True
            self.open_run(run)

    def open_experiment(self, path: Path) -> None:
        """Begin with what an experiment file says."""
        try:
            written = read_experiment(path)
        except WorkbenchError as error:
            self.show_error(error)
            return
        edits, _ = edits_from(written.get("edits", ()))
        self.draft.replace(written, name=str(written["name"]), edits=edits)
        self.window.show_page("data")
        self.editing.tell_repeated()
        self._remember(str(path))

    def open_run(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Show a run as it was, or one that is being trained elsewhere as it goes on; then do something with it."""
        if self.run.live and path == self.shown.path:
            self.window.show_page("train")
        elif self.run.live:
            self._tell_at_work()
        else:
            self.jobs.start(
                "history", lambda ticket: read_run(path, ticket), done=lambda view: self._reopen(view, then),
                failed=self.show_error,
            )  # fmt: skip

    def _tell_at_work(self) -> None:
        self.show_error(WorkbenchError("a training is at work", mend=self.tr("Stop it first; it is kept.")))

    def demo(self, name: str = "reverse") -> None:
        """Open bundled data and train on it as soon as both are ready."""
        self._demo = True
        self.open_sample(name)

    # -- training -------------------------------------------------------------------------------------------------

    def train(self) -> None:
        """Start training what is set up; say what is missing where it is missing."""
        self.build_pages()
        try:
            experiment = self.draft.experiment()
        except SpecError as error:
            self.window.show_page("model")
            self.model_page.form.focus_setting(error.problems[0].field)
            return
        if not self._ready():
            self.window.say(self._why_not_ready())
            if self.data.stage is not Stage.READY:
                self.window.show_page("data")
            return
        if not experiment.name:
            experiment = replace(experiment, name=Path(str(experiment.data.table)).stem)
        self._make_way()
        self.shown.start(experiment, new_run_path(self.settings.runs_place(), experiment.name))
        self._show_baseline()

    def go_on(self, *, paused: bool = False) -> None:
        """Continue the run that is shown, if it ended early; or wait at the step it had come to."""
        if self.shown.may_go_on():
            self._make_way()
            self.shown.go_on(paused=paused)

    def _go_on_paused(self) -> None:
        self.go_on(paused=True)

    def toggle(self) -> None:
        """What the big button does: train, pause or resume."""
        if self.run.may(Act.TRAIN):
            self.train()
        elif self.run.may(Act.PAUSE):
            self.session.pause()
        elif self.run.may(Act.RESUME):
            self.session.go_on()

    def _make_way(self) -> None:
        """The engine does one thing at a time: what is asked of it beside the training ends."""
        for lane in ("estimate", "look"):
            self.jobs.cancel(lane)
        self.window.show_page("train")

    def _reopen(self, view: RunView, then: Callable[[], None] | None) -> None:
        self.build_pages()
        self.shown.reopen(view)
        self.following.follow(view)
        if not self.data.path:  # so that it can be trained again, or changed a little
            experiment = view.experiment
            self.draft.replace(tomllib.loads(experiment.to_toml()), name=experiment.name, edits=experiment.edits)
        if not self._restoring:
            self.window.show_page("train")
        self._restoring = False
        if then is not None:  # when all of its past is on the screen
            self.run.replayed.connect(then, Qt.ConnectionType.SingleShotConnection)

    def _show_run(self, experiment: Experiment) -> None:
        self.settings.run = str(self.shown.path)
        self.window.action("run-folder").setEnabled(True)
        self._allow_export()
        self.window.bar.show_experiment(experiment)
        self.train_page.set_scheme(experiment.model.positions)

    def _allow_export(self) -> None:
        path = self.shown.path
        there = path is not None and (path / "model" / "config.json").is_file()
        self.window.action("export-model").setEnabled(there and not self.run.live)

    def _show_baseline(self) -> None:
        found = self.baselines.found
        shown = self.shown.experiment
        if found is not None and self.run.live and shown is not None and found.table == shown.data.table:
            self.train_page.set_baseline(found.scores, said(found.note))

    # -- what happens ---------------------------------------------------------------------------------------------

    def _follow_run(self, state: RunState) -> None:
        self.estimate.set_training(self.run.live)
        self._allow_export()
        self._show_draft()
        if state in (RunState.DONE, RunState.FAILED, RunState.IDLE):
            if self._closing:
                self._really_close()
            elif state is RunState.FAILED:
                self.shown.allow_to_go_on()
            elif state is RunState.DONE:
                QTimer.singleShot(0, self, self.shown.look_through)

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
        if hasattr(self, "estimate"):
            self.estimate.set_wanted(name == "model")

    def _show_draft(self) -> None:
        """What is set up, in the bar and in what may be done."""
        ready = self._ready()
        why = "" if ready else self._why_not_ready()
        if ready and self.draft.problems():
            ready, why = False, self.tr("A setting on the Model page needs another value.")
        if not self.run.live and self.run.state is RunState.IDLE:
            try:
                self.window.bar.show_experiment(self.draft.experiment() if self.draft.task else None)
            except WorkbenchError:
                self.window.bar.show_experiment(None)
        self.window.set_ready(ready, why)
        if hasattr(self, "model_page"):
            self.estimate.know_data(self.data.split, self.data.stage is Stage.READY)
            self.model_page.set_ready(ready and not self.run.live, why)
        if ready and self._demo and not self.run.live:
            self._demo = False
            QTimer.singleShot(0, self, self.train)

    def _compare(self) -> None:
        """Let words be counted as soon as the table is ready: the honest neighbour of every classifier."""
        if self.data.stage is Stage.READY:
            self._remember(self.data.path)
            self.baselines.compare(self.tables.prepared)

    def _ready(self) -> bool:
        return self.loaded and self.data.stage is Stage.READY and not self._advising()

    def _advising(self) -> bool:
        """Whether settings are still being recommended: who starts now would train with others than those shown next."""
        return hasattr(self, "model") and self.model.recommendations.busy

    def _why_not_ready(self) -> str:
        if self.data.busy:
            return self.tr("A moment: the table is being read.")
        if self._advising():
            return self.tr("A moment: the settings that suit the table and the model are being found.")
        if self.data.stage in (Stage.TROUBLE, Stage.STOPPED):
            return self.tr("The table cannot be learned from yet: the Data page says why.")
        return self.tr("Open a table first.")

    def show_error(self, error: WorkbenchError) -> None:
        """An error that belongs to no page."""
        log.warning("%s", error)
        self.dialogs.tell_error(error)

    # -- ending -----------------------------------------------------------------------------------------------------

    def ask_close(self) -> None:
        """Close; while training, ask first."""
        if not self.run.live:
            self._really_close()
            return
        self.dialogs.ask_stop(self.stop_and_close)

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
        self.settings.draft = self.draft.to_json() if self.data.path else ""
        store.save(self.settings, self.settings_path)
        self.memory.stop()
        self.session.shutdown()
        self.film.export.end()
        if self._own_engine:
            self.engine.close()
        if hasattr(self, "beside"):
            self.beside.close()
        self.jobs.shutdown()
        self.tables.close()
        self.log_feed.end()
        self.last_resort.end()
        self.appearance.end()
        self.window.deleteLater()

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
            "open-experiment": lambda: self.ask.experiment(self.open_path),
            "save-experiment": self.ask.save_experiment, "quit": window.close,
            "train": self.toggle, "stop": self.session.stop,
            "continue": self.go_on, "run-folder": self.open_run_folder, "runs-place": self.ask.runs_place,
            "export-model": self.export_model, "film-play": self.film.state.toggle, "film-live": self.film.state.live,
            "film-back": lambda: self.film.state.go(-1), "film-on": lambda: self.film.state.go(1),
            "about": self.dialogs.about,
        }  # fmt: skip
        for name, act in acts.items():
            window.action(name).triggered.connect(lambda _=False, act=act: act())
        for name in SAMPLES:
            window.action(f"sample-{name}").triggered.connect(lambda _=False, name=name: self.open_sample(name))
        self.memory.measured.connect(bar.set_memory)
        bar.train_wanted.connect(self.train)
        bar.pause_wanted.connect(self.session.pause)
        bar.resume_wanted.connect(self.session.go_on)
        bar.stop_wanted.connect(self.session.stop)
        bar.continue_wanted.connect(self.go_on)
        self.data_page.open_wanted.connect(lambda: self.ask.table(self.open_path))
        self.data_page.sample_wanted.connect(self.open_sample)
        self.data_page.dropped.connect(lambda path: self.open_path(Path(path)))
        self.data_page.next_wanted.connect(lambda: window.show_page("model"))
        self.data.changed.connect(self._show_draft)
        self.data.changed.connect(self._compare)
        self.baselines.known.connect(self._show_baseline)
        self.draft.changed.connect(self._show_draft)
        self.shown.continues_changed.connect(window.set_continues)
        self.shown.kept.connect(self._remember)
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
        self.train_page.probe_edited.connect(self.shown.look_at)
        self.following.left.connect(self.shown.allow_to_go_on)
        self.runs.page.films.save.wanted.connect(lambda form: self.ask.save_film(form, self._save_films))
        self.runs.show_wanted.connect(self.open_run)
        self.runs.resume_wanted.connect(lambda path: self.open_run(path, self.go_on))
        self.runs.branch_wanted.connect(self.branching.branch)
        self.branching.made.connect(lambda made: self.open_run(made.path, self._go_on_paused if made.waits else None))
        self.runs.duplicate_wanted.connect(lambda path: self.open_experiment(path / "experiment.toml"))
        self.runs.export_wanted.connect(self.export_model)
        self.shown.changed.connect(self._show_run)
        self.shown.heads_awaited.connect(self.train_page.wait_for_heads)
        self.train_page.heads.comparison.text_edited.connect(self.shown.compare_with)
        self.train_page.save_wanted.connect(self.ask.save_picture)
        for view in (self.train_page.evaluation, self.train_page.step):
            view.inspect_wanted.connect(self.inspection.look_at)
        self.train_page.evaluation.other_wanted.connect(lambda: self.ask.run(self.evaluation.compare_with))
        self.shown.changed.connect(lambda _: self.evaluation.set_run(None))
        self.run.begun.connect(lambda _: self.evaluation.set_run(None))  # also where a run goes on: it ends with other answers
        self.shown.kept.connect(lambda path: self.evaluation.set_run(Path(path)))
        self.train_page.open_folder.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        self._show_draft()

    def export_model(self, run: Path | None = None) -> None:
        """Hand the model of a run on, or that of the one that is shown."""
        run = run or self.shown.path
        if run is not None and self.run.live:
            self._tell_at_work()
        elif run is not None:
            self.exporting.ask(run)

    def _save_films(self, out: Path) -> None:
        self.film.save_pair(self.runs.films, out)

    def open_run_folder(self) -> None:
        """Show the run's folder in the system's file manager."""
        if self.shown.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.shown.path)))
