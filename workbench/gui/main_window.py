"""The main window: rail, top bar, pages, status line, log, menus. It draws and emits; `workbench.gui.app` decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workbench.gui.i18n import LANGUAGES
from workbench.gui.models.curves import Curves
from workbench.gui.models.film_state import FilmState
from workbench.gui.models.run_state import Act, RunModel
from workbench.gui.widgets.log_panel import LogPanel
from workbench.gui.widgets.rail import Rail
from workbench.gui.widgets.scrubber import Scrubber
from workbench.gui.widgets.top_bar import TopBar


class MainWindow(QMainWindow):
    """Everything a person touches, around the pages it is given."""

    page_shown = Signal(str)
    paths_dropped = Signal(object)
    """A list of Path."""
    close_wanted = Signal()
    """The window was asked to close; whoever hears it calls `let_close`."""
    theme_wanted = Signal(str)
    language_wanted = Signal(str)
    recent_wanted = Signal(str)
    presented = Signal(bool)
    """The window fills the screen for an audience, or no longer."""

    def __init__(self, pages: Mapping[str, QWidget], run: RunModel, film: FilmState) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._run, self._may_close = run, False
        self._ready = self._continues = self._presenting = False
        self._recent: Sequence[str] = ()
        self.pages = dict(pages)
        self.rail = Rail(tuple(pages), self)
        self.bar = TopBar(run, self)
        self.curves: Curves | None = None
        """Of the run that is shown, once there is a page that draws them."""
        self.scrubber = Scrubber(film, run, lambda: self.curves, self)
        self.log = LogPanel(self)
        self.log.hide()
        self.stack = QStackedWidget(self)
        """Where pages lie: one that is built as its child is put there without being styled all over again."""
        for page in pages.values():
            self.stack.addWidget(page)
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._lay_out()
        self._build_menus()
        self.rail.chosen.connect(self.show_page)
        self._film = film
        film.changed.connect(self._allow_film)
        self._allow_film()
        self.allow_undo(False, False)
        run.state_changed.connect(self._allow_acts)
        self._allow_acts()
        self.setMinimumSize(960, 620)
        self.resize(1280, 800)
        self.retranslate()

    # -- pages ----------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return list(self.pages)[self.stack.currentIndex()]

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self.stack.setCurrentWidget(self.pages[name])
        self.rail.show_page(name)
        self.page_shown.emit(name)

    def put_page(self, name: str, page: QWidget) -> None:
        """Replace the stand-in of a page that took time to build."""
        shown = self.page
        old = self.pages[name]
        place = self.stack.indexOf(old)
        self.stack.removeWidget(old)
        self.stack.insertWidget(place, page)
        self.pages[name] = page
        old.deleteLater()
        self.stack.setCurrentWidget(self.pages[shown])

    def say(self, text: str, seconds: float = 8.0) -> None:
        """One line in the status bar."""
        self.statusBar().showMessage(text, int(seconds * 1000))

    def action(self, name: str) -> QAction:
        """A menu entry by its name."""
        return self._actions[name]

    # -- what is remembered -----------------------------------------------------------------------------------------

    def geometry_text(self) -> str:
        """Where the window is, to be restored by `restore_geometry_text`; never full screen."""
        self._present(False)
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def restore_geometry_text(self, text: str) -> None:
        """Put the window where it was; off-screen places are mended by Qt."""
        if text:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(text.encode("ascii", "ignore"))))

    def set_recent(self, paths: Sequence[str]) -> None:
        """Fill the menu of recent files; missing ones stay, marked."""
        self._recent = tuple(paths)
        menu = self._menus["recent"]
        menu.clear()
        for path in self._recent:
            there = Path(path).exists()
            entry = menu.addAction(path.replace("&", "&&") if there else self.tr("{0} (missing)").format(path.replace("&", "&&")))
            entry.triggered.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
        menu.setEnabled(bool(self._recent))

    def mark(self, theme: str, language: str) -> None:
        """Tick the theme and the language that are in use."""
        for group, chosen in (("theme", theme), ("language", language)):
            self._actions[f"{group}-{chosen}"].setChecked(True)

    # -- events -----------------------------------------------------------------------------------------------------

    def let_close(self) -> None:
        """Really close."""
        self._may_close = True
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._follow_screen()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_wanted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    # -- words ------------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Attention Workbench"))
        self.log_button.setText(self.tr("Log"))
        self.log_button.setToolTip(self.tr("Show or hide the log"))
        titles = {
            "file": self.tr("&File"), "edit": self.tr("&Edit"), "view": self.tr("&View"), "run": self.tr("&Run"),
            "help": self.tr("&Help"), "recent": self.tr("Open &recent"), "theme": self.tr("T&heme"),
            "language": self.tr("&Language"), "samples": self.tr("Open a sa&mple"),
        }  # fmt: skip
        for name, title in titles.items():
            self._menus[name].setTitle(title)
        words = {
            "open": self.tr("&Open table…"), "open-run": self.tr("Open r&un folder…"),
            "open-experiment": self.tr("Open &experiment…"),
            "save-experiment": self.tr("&Save experiment…"), "quit": self.tr("&Quit"), "undo": self.tr("&Undo"),
            "redo": self.tr("&Redo"), "train": self.tr("&Train, pause or resume"), "stop": self.tr("&Stop && keep"),
            "continue": self.tr("&Continue the run that is shown"), "branch": self.tr("B&ranch here"),
            "run-folder": self.tr("Open run &folder"),
            "export-model": self.tr("&Export the model…"),
            "film-play": self.tr("&Play the film or stay"), "film-back": self.tr("Moment &before"),
            "film-on": self.tr("Moment &after"), "film-live": self.tr("Back to li&ve"),
            "runs-place": self.tr("&Choose where runs are kept…"), "log": self.tr("Lo&g"),
            "present": self.tr("&Present (full screen)"),
            "page-data": self.tr("&Data"), "page-model": self.tr("&Model"), "page-train": self.tr("&Train"),
            "page-inspect": self.tr("&Inspect"), "page-predict": self.tr("P&redict"), "page-runs": self.tr("R&uns"),
            "theme-system": self.tr("Follow the &system"), "theme-light": self.tr("&Light"), "theme-dark": self.tr("&Dark"),
            "language-system": self.tr("Follow the &system"), "about": self.tr("&About"),
            "sample-reverse": self.tr("Reverse a sequence"), "sample-reviews": self.tr("Sort reviews"),
            "sample-translation": self.tr("Translate sentences"), "sample-stories": self.tr("Write stories"),
            "sample-tags": self.tr("Find names in sentences"),
        }  # fmt: skip
        for name, text in words.items():
            self._actions[name].setText(text)
        self.set_recent(self._recent)

    # -- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self.stack, 1)
        right.addWidget(self.scrubber)
        self._log_place = QVBoxLayout()
        self._log_place.setContentsMargins(12, 0, 12, 8)
        self._log_place.addWidget(self.log)
        right.addLayout(self._log_place)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.log_button = QPushButton(self)
        self.log_button.setObjectName("link")
        self.log_button.clicked.connect(self._toggle_log)
        self.statusBar().addPermanentWidget(self.log_button)
        self.statusBar().setSizeGripEnabled(False)

    def _build_menus(self) -> None:
        keys = QKeySequence.StandardKey
        plan: dict[str, Sequence[tuple[str, object] | str | None]] = {
            "file": [("open", keys.Open), "samples", "recent", ("open-run", "Ctrl+Shift+O"), ("open-experiment", None), None,
                     ("save-experiment", keys.Save), ("runs-place", None), None, ("quit", keys.Quit)],
            "edit": [("undo", keys.Undo), ("redo", keys.Redo)],
            "view": [*((f"page-{name}", f"Ctrl+{number}") for number, name in enumerate(self.pages, start=1)), None,
                     "theme", "language", None, ("log", "Ctrl+L"), ("present", "F11")],
            "run": [("train", "F5"), ("stop", "Shift+F5"), ("continue", "Ctrl+F5"), ("branch", "Ctrl+B"), None,
                    ("run-folder", None), ("export-model", None), None, ("film-play", "F6"), ("film-back", "F7"),
                    ("film-on", "F8"), ("film-live", "F9")],
            "help": [("about", None)],
            "samples": [(f"sample-{name}", None) for name in ("reverse", "reviews", "translation", "stories", "tags")],
            "theme": [(f"theme-{name}", None) for name in ("system", "light", "dark")],
            "language": [("language-system", None), *((f"language-{code}", None) for code in LANGUAGES)],
            "recent": [],
        }  # fmt: skip
        for name in plan:
            self._menus[name] = QMenu(self)
        for name in ("file", "edit", "view", "run", "help"):
            self.menuBar().addMenu(self._menus[name])
        self._menus["file"].aboutToShow.connect(lambda: self.set_recent(self._recent))  # a file may be gone meanwhile
        for name, entries in plan.items():
            for entry in entries:
                if entry is None:
                    self._menus[name].addSeparator()
                elif isinstance(entry, str):
                    self._menus[name].addMenu(self._menus[entry])
                else:
                    self._add_action(name, *entry)
        for code, own_name in LANGUAGES.items():
            self._actions[f"language-{code}"].setText(own_name)
        for group, signal in (("theme", self.theme_wanted), ("language", self.language_wanted)):
            exclusive = QActionGroup(self)
            for name, action in self._actions.items():
                if name.startswith(f"{group}-"):
                    action.setCheckable(True)
                    exclusive.addAction(action)
                    chosen = name.partition("-")[2]
                    action.triggered.connect(lambda _=False, signal=signal, chosen=chosen: signal.emit(chosen))
        for name in self.pages:
            self._actions[f"page-{name}"].triggered.connect(lambda _=False, name=name: self.show_page(name))
        self._actions["log"].triggered.connect(self._toggle_log)
        for name in ("run-folder", "export-model", "branch"):
            self._actions[name].setEnabled(False)  # until there is a run
        self._actions["present"].setCheckable(True)
        self._actions["present"].triggered.connect(self._present)
        self._leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._leave.activated.connect(lambda: self._present(False))
        self._leave.setEnabled(False)

    def _add_action(self, menu: str, name: str, shortcut: object) -> None:
        action = QAction(self)
        if isinstance(shortcut, str):
            action.setShortcut(QKeySequence(shortcut))
        elif isinstance(shortcut, QKeySequence.StandardKey):
            action.setShortcuts(shortcut)
        self._actions[name] = action
        self._menus[menu].addAction(action)
        self.addAction(action)  # a shortcut works while the menu bar is hidden, too

    # -- what the actions do by themselves ----------------------------------------------------------------------------

    def _toggle_log(self) -> None:
        self.log.setVisible(self.log.isHidden())

    def _present(self, on: bool) -> None:
        """Full screen without menu, rail and status line, for a projector; F11 or Escape ends it."""
        if on != self.isFullScreen():
            self.showFullScreen() if on else self.showNormal()
        self._follow_screen()

    def _follow_screen(self) -> None:
        """What is hidden while presenting comes back with the frame of the window, whoever gave it back."""
        on = self.isFullScreen()
        if on is not self._presenting:
            self._presenting = on
            self.presented.emit(on)
        self._actions["present"].setChecked(on)
        self._leave.setEnabled(on)
        for widget in (self.menuBar(), self.rail, self.statusBar()):
            widget.setVisible(not on)

    def _allow_film(self) -> None:
        for name in ("film-play", "film-back", "film-on", "film-live"):
            self._actions[name].setEnabled(len(self._film.steps) > 0)

    def allow_undo(self, undo: bool, redo: bool) -> None:
        """Whether there is something that the menu's entries would take back or make again."""
        self._actions["undo"].setEnabled(undo)
        self._actions["redo"].setEnabled(redo)

    def _allow_acts(self, _: object = None) -> None:
        self._actions["stop"].setEnabled(self._run.may(Act.STOP))
        self._actions["train"].setEnabled(
            self._run.may(Act.PAUSE) or self._run.may(Act.RESUME) or (self._run.may(Act.TRAIN) and self._ready)
        )
        self._actions["continue"].setEnabled(self._continues and not self._run.live)

    def set_ready(self, ready: bool, why_not: str = "") -> None:
        """Whether training can start, in the bar and in the menu."""
        self._ready = ready
        self.bar.set_ready(ready, why_not)
        self._allow_acts()

    def set_continues(self, continues: bool) -> None:
        """Whether the run that is shown ended early and can be gone on with."""
        self._continues = continues
        self.bar.set_continues(continues)
        self._allow_acts()
