"""The composition root: builds the window, its state and its workers, and wires them together."""

from __future__ import annotations

import logging
import tomllib
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.events import Evaluated, Event, Failed, Finished, Looked, Started, Warned
from workbench.contracts.specs import Experiment
from workbench.gui import settings as store
from workbench.gui import theme
from workbench.gui.crash import LastResort
from workbench.gui.dialogs import Dialogs
from workbench.gui.i18n import Languages, system_language
from workbench.gui.main_window import MainWindow
from workbench.gui.models.data_state import DataState, Stage
from workbench.gui.models.draft import Draft
from workbench.gui.models.run_state import Act, RunModel, RunState
from workbench.gui.pages.data import DataPage
from workbench.gui.widgets.log_panel import LogFeed
from workbench.gui.widgets.saving import SaveRequest, save
from workbench.gui.words import said
from workbench.gui.workers.baselines import Baselines
from workbench.gui.workers.experiments import new_run_path, preset_source, read_experiment, write_experiment
from workbench.gui.workers.history import Looking, RunView, can_go_on, read_run
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.tables import Tables
from workbench.gui.workers.training import Session
from workbench.resources import SAMPLE_DATA
from workbench.runs.process import EngineProcess, Loaded

log = logging.getLogger(__name__)

SAMPLES = {
    "reverse": "reverse.csv", "reviews": "reviews.csv", "translation": "translation.csv",
    "stories": "stories.txt", "tags": "tags.csv",
}  # fmt: skip


PRESENTED = 1.35
"""How much larger letters are for an audience."""


class Workbench(QObject):
    """One window with everything behind it."""

    def __init__(self, app: QApplication, settings_path: Path | None = None, engine: EngineProcess | None = None) -> None:
        """Everything; `engine` may be shared by several windows one after the other, and is then closed by whoever made it."""
        super().__init__()
        self.engine, self._own_engine = engine or EngineProcess(), engine is None
        self.app = app
        self.settings_path = settings_path or store.settings_file()
        self.settings = store.load(self.settings_path)
        self.languages = Languages(app)
        self._presented = False
        self._speak()
        self._dress()
        self.jobs = Jobs(self)
        self.draft = Draft(self)
        self.data = DataState(self.draft, self)
        self.tables = Tables(self.data, self.jobs, self)
        self.run = RunModel(self)
        self.session = Session(self.run, self.engine, self)
        self.baselines = Baselines(self.jobs, self)
        self.looking = Looking(self.run, self.jobs, self.engine, self)
        self.run_path: Path | None = None
        self._experiment: Experiment | None = None
        self.loaded = self.ended = self._continues = self._restoring = False
        self._probe, self._demo, self._closing = "", False, False
        self.draft.know_presets(preset_source)
        self.data_page = DataPage(self.data)
        self.window = MainWindow({"data": self.data_page, "model": QWidget(), "train": QWidget()}, self.run, self.draft)
        self.dialogs = Dialogs(self.window)
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
        from workbench.gui.models.curves import Curves
        from workbench.gui.models.estimate_state import EstimateState
        from workbench.gui.pages.model import ModelPage
        from workbench.gui.pages.train import TrainPage
        from workbench.gui.workers.estimates import Estimates

        self.estimate = EstimateState(self)
        self.estimates = Estimates(self.draft, self.estimate, self.jobs, self.engine, self)
        self.model_page = ModelPage(self.draft, self.estimate)
        self.train_page = TrainPage(self.run, Curves())
        self.window.put_page("model", self.model_page)
        self.window.put_page("train", self.train_page)
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
        elif (path / "config.json").is_file():
            self.draft.set("model", "model", str(path))
            self.window.show_page("model")
            self._remember(str(path))
        else:
            self.open_table(path)

    def _open_dropped(self, paths: list[Path]) -> None:
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
        self.draft.replace(written, name=str(written["name"]))
        self.window.show_page("data")
        self._remember(str(path))

    def open_run(self, path: Path) -> None:
        """Show a run as it was."""
        if self.run.live:
            self.show_error(WorkbenchError("a training is at work", mend=self.tr("Stop it first; it is kept.")))
            return
        self.jobs.start("history", lambda ticket: read_run(path, ticket), done=self._show_run, failed=self.show_error)

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
            self.window.show_page("data")
            return
        if not experiment.name:
            experiment = Experiment.from_dict({"name": Path(str(experiment.data.table)).stem, **self.draft.settings()})
        self._begin(experiment)
        self._show_baseline()
        log.info("training %s", experiment.name)
        self.session.start(experiment, self._new_run(experiment))

    def go_on(self) -> None:
        """Continue the run that is shown, if it ended early."""
        if self.run_path is not None and not self.run.live and self._continues:
            self._begin(None)
            self.session.resume(self.run_path)

    def toggle(self) -> None:
        """What the big button does: train, pause or resume."""
        if self.run.may(Act.TRAIN):
            self.train()
        elif self.run.may(Act.PAUSE):
            self.session.pause()
        elif self.run.may(Act.RESUME):
            self.session.go_on()

    def _begin(self, experiment: Experiment | None) -> None:
        for lane in ("estimate", "look"):  # the engine does one thing at a time
            self.jobs.cancel(lane)
        self._continues = False
        self.window.set_continues(False)
        self.looking.set_run(None)
        before, self._experiment = self._experiment, experiment or self._experiment
        if experiment is not None and (before is None or before.data.table != experiment.data.table):
            self._probe = ""  # a text of another table says nothing here
        self.session.look_at(self._probe)
        if experiment is not None:
            self.window.bar.show_experiment(experiment)
            self.train_page.set_scheme(experiment.model.positions)
        self.window.show_page("train")

    def _new_run(self, experiment: Experiment) -> Path:
        self.run_path = new_run_path(self.settings.runs_place(), experiment.name)
        self.window.action("run-folder").setEnabled(True)
        self.settings.run = str(self.run_path)
        return self.run_path

    def _show_run(self, view: RunView) -> None:
        self.build_pages()
        self.run_path, self._continues, self._experiment = view.path, view.continues, view.experiment
        self.settings.run = str(view.path)
        self.window.action("run-folder").setEnabled(True)
        self._remember(str(view.path))
        self._probe = _sample_text(view)
        self.train_page.set_scheme(view.experiment.model.positions)
        self.run.replay(view.events)
        self.window.bar.show_experiment(view.experiment)
        self.window.set_continues(view.continues)
        if not self.data.path:  # so that it can be trained again, or changed a little
            self.draft.replace(tomllib.loads(view.experiment.to_toml()), name=view.experiment.name)
        if not self._restoring:
            self.window.show_page("train")
        self._restoring = False
        self._look_through(view.path if view.has_model else None)

    def _look_through(self, path: Path | None) -> None:
        self.looking.set_run(path)
        if path is not None and self._probe:
            self.train_page.wait_for_heads()
            self.looking.look_at(self._probe, self.run.advance.step)

    def _show_baseline(self) -> None:
        found = self.baselines.found
        if found is not None and self.run.live and self._experiment is not None and found.table == self._experiment.data.table:
            self.train_page.set_baseline(found.scores, said(found.note))

    # -- what happens ---------------------------------------------------------------------------------------------

    def _follow_run(self, state: RunState) -> None:
        self.estimate.set_training(self.run.live)
        self._show_draft()
        if state in (RunState.DONE, RunState.FAILED, RunState.IDLE):
            if self._closing:
                self._really_close()
            elif state is RunState.FAILED:
                self._continues = self.run_path is not None and can_go_on(self.run_path)
                self.window.set_continues(self._continues)
            elif state is RunState.DONE and self.run_path is not None:
                QTimer.singleShot(0, self, lambda: self._look_through(self.run_path))

    def _hear(self, event: Event) -> None:
        if isinstance(event, (Started, Warned, Finished, Failed)):
            log.info("%s", _in_short(event))
        if isinstance(event, Finished):
            self._continues = event.stopped == "asked"
            self.window.set_continues(self._continues)
            if self.run_path is not None:
                self._remember(str(self.run_path))
            if not self.window.isActiveWindow():
                self.app.alert(self.window)

    def _seen(self, looked: Looked) -> None:
        if looked.text:
            self._probe = looked.text

    def _probe_edited(self, text: str) -> None:
        self._probe = text
        if self.run.live:
            self.session.look_at(text)
        else:
            self.looking.look_at(text, self.run.advance.step)

    def _page_shown(self, name: str) -> None:
        if name in ("model", "train"):
            self.build_pages()
        self.session.set_open(name == "train")
        if hasattr(self, "estimate"):
            self.estimate.set_wanted(name == "model")

    def _show_draft(self) -> None:
        """What is set up, in the bar and in what may be done."""
        ready = self._ready()
        why = "" if ready else self.tr("Open a table first, and let it be read.")
        if ready and self.draft.problems():
            ready, why = False, self.tr("A setting on the Model page needs another value.")
        if not self.run.live and self.run.state is RunState.IDLE:
            try:
                self.window.bar.show_experiment(self.draft.experiment() if self.draft.task else None)
            except WorkbenchError:
                self.window.bar.show_experiment(None)
        self.window.set_ready(ready, why)
        if hasattr(self, "model_page"):
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
        return self.loaded and self.data.stage is Stage.READY

    def show_error(self, error: WorkbenchError) -> None:
        """An error that belongs to no page."""
        log.warning("%s", error)
        self.dialogs.tell_error(error)

    # -- asking -----------------------------------------------------------------------------------------------------

    def ask_table(self) -> None:
        """Let the person choose a table."""
        self.dialogs.open_file(self.tr("Open a table"), self.open_path)

    def ask_run(self) -> None:
        """Let the person choose a run folder."""
        self.dialogs.open_folder(self.tr("Open a run folder"), self.open_path, at=self.settings.runs_place())

    def ask_experiment(self) -> None:
        """Let the person choose an experiment file."""
        self.dialogs.open_file(self.tr("Open an experiment"), self.open_path, kinds=self.tr("Experiments (*.toml)"))

    def ask_model_folder(self) -> None:
        """Let the person choose a pretrained model's folder."""
        self.dialogs.open_folder(self.tr("Open a model folder"), lambda path: self.draft.set("model", "model", str(path)))

    def ask_runs_place(self) -> None:
        """Let the person choose where runs are kept."""
        self.dialogs.open_folder(
            self.tr("Keep runs in this folder"), lambda path: setattr(self.settings, "runs_folder", str(path)),
            at=self.settings.runs_place(),
        )  # fmt: skip

    def ask_experiment_file(self) -> None:
        """Let the person choose where the experiment is written."""
        self.dialogs.save_file(self.tr("Save the experiment"), self._save_experiment, ending="toml", name=self.draft.name)

    def ask_save(self, request: SaveRequest) -> None:
        """Let the person choose where a picture goes, then write it in the background."""
        self.dialogs.save_file(
            self.tr("Save the picture"), lambda path: self._save_picture(request, path), ending=request.format,
            name=request.file_name,
        )  # fmt: skip

    def _save_picture(self, request: SaveRequest, path: Path) -> None:
        self.jobs.start(
            "save", lambda ticket: save(request, path), failed=self.show_error,
            done=lambda _: self.window.say(self.tr("Saved: {0}").format(path)),
        )  # fmt: skip

    def _save_experiment(self, path: Path) -> None:
        try:
            write_experiment(self.draft.experiment(), path)
            self.window.say(self.tr("Saved: {0}").format(path))
        except WorkbenchError as error:
            self.show_error(error)

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
        self.session.shutdown()
        if self._own_engine:
            self.engine.close()
        self.jobs.shutdown()
        self.tables.close()
        self.log_feed.end()
        self.last_resort.end()
        self.languages.end()
        self.window.deleteLater()

    # -- look and language ------------------------------------------------------------------------------------------

    def set_theme(self, name: str) -> None:
        """system, light or dark."""
        self.settings.theme = name
        self._dress()

    def set_language(self, name: str) -> None:
        """system, or one of `workbench.gui.i18n.LANGUAGES`."""
        self.settings.language = name
        self._speak()

    def _dress(self) -> None:
        fixed = {"light": theme.LIGHT, "dark": theme.DARK}
        theme.apply(self.app, fixed.get(self.settings.theme) or theme.system_theme(), PRESENTED if self._presented else 1.0)

    def _present(self, on: bool) -> None:
        """Letters that are read from the last row."""
        self._presented = on
        self._dress()

    def _speak(self) -> None:
        self.languages.speak(system_language() if self.settings.language == "system" else self.settings.language)

    # -- wiring -----------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        window, bar = self.window, self.window.bar
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)
        window.theme_wanted.connect(self.set_theme)
        window.language_wanted.connect(self.set_language)
        window.close_wanted.connect(self.ask_close)
        window.paths_dropped.connect(self._open_dropped)
        window.recent_wanted.connect(lambda path: self.open_path(Path(path)))
        window.page_shown.connect(self._page_shown)
        window.presented.connect(self._present)
        acts = {
            "open": self.ask_table, "open-run": self.ask_run, "open-experiment": self.ask_experiment,
            "save-experiment": self.ask_experiment_file, "quit": window.close,
            "undo": self.draft.undo, "redo": self.draft.redo, "train": self.toggle, "stop": self.session.stop,
            "continue": self.go_on, "run-folder": self.open_run_folder, "runs-place": self.ask_runs_place,
            "about": self.dialogs.about,
        }  # fmt: skip
        for name, act in acts.items():
            window.action(name).triggered.connect(lambda _=False, act=act: act())
        for name in SAMPLES:
            window.action(f"sample-{name}").triggered.connect(lambda _=False, name=name: self.open_sample(name))
        bar.train_wanted.connect(self.train)
        bar.pause_wanted.connect(self.session.pause)
        bar.resume_wanted.connect(self.session.go_on)
        bar.stop_wanted.connect(self.session.stop)
        bar.continue_wanted.connect(self.go_on)
        self.data_page.open_wanted.connect(self.ask_table)
        self.data_page.sample_wanted.connect(self.open_sample)
        self.data_page.dropped.connect(lambda path: self.open_path(Path(path)))
        self.data_page.next_wanted.connect(lambda: window.show_page("model"))
        self.data.changed.connect(self._show_draft)
        self.data.changed.connect(self._compare)
        self.baselines.known.connect(self._show_baseline)
        self.draft.changed.connect(self._show_draft)
        self.run.looked.connect(self._seen)
        self.run.happened.connect(self._hear)
        self.log_feed.said.connect(window.log.add)

    def _wire_pages(self) -> None:
        self.run.state_changed.connect(self._follow_run)
        self.model_page.train_wanted.connect(self.train)
        self.model_page.folder_wanted.connect(self.ask_model_folder)
        self.model_page.save_wanted.connect(self.ask_experiment_file)
        self.model_page.open_wanted.connect(self.ask_experiment)
        self.model_page.form.set_more(self.settings.more_settings)
        self.model_page.form.more_changed.connect(lambda more: setattr(self.settings, "more_settings", more))
        self.model_page.data_wanted.connect(lambda: self.window.show_page("data"))
        self.train_page.probe_edited.connect(self._probe_edited)
        self.train_page.save_wanted.connect(self.ask_save)
        self.train_page.open_folder.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        self._show_draft()

    def open_run_folder(self) -> None:
        """Show the run's folder in the system's file manager."""
        if self.run_path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.run_path)))


def _sample_text(view: RunView) -> str:
    """A text of the run's own data to look at: the first sample it was scored on."""
    samples = next((event.samples for event in view.events if isinstance(event, Evaluated) and event.samples), ())
    if not samples:
        return ""
    text = samples[0].get("input", "")
    return f"{text} → {samples[0].get('target', '')}" if view.experiment.data.task == "seq2seq" else text


def _in_short(event: Event) -> str:
    """An event as a line of the log, in English as all of it."""
    match event:
        case Started():
            return f"training on {event.device}: {event.parameters:,} parameters, {event.total_steps:,} steps"
        case Warned():
            return event.message
        case Finished():
            return f"ended ({event.stopped}) after {event.step:,} steps: {event.report.get('run', '')}"
        case Failed():
            return f"failed at step {event.step:,}: {event.what}"
    return type(event).__name__
