"""The scrubber under all pages: the run's time line, with play, step by step, what changed when, save and live."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from workbench.gui.icons import icon
from workbench.gui.models.curves import Curves
from workbench.gui.models.film_state import FilmState
from workbench.gui.models.run_state import RunModel
from workbench.gui.theme import theme_of
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.film_track import FilmTrack
from workbench.gui.widgets.film_words import FilmWords
from workbench.gui.widgets.reactive import Reactive

LISTED = 30
"""Changes in the menu, at most; every one is marked on the time line."""
PERIOD_MS = 500
"""Between two drawings of a loss that grows."""
FORMS = ("gif", "html", "png")


class Scrubber(Reactive):
    """In sight as soon as there is a film."""

    save_wanted = Signal(str)
    """gif, html, or png for a folder of pictures."""

    def __init__(
        self, state: FilmState, run: RunModel, curves: Callable[[], Curves | None], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._state, self._run = state, run
        self._words, self._edit_words = FilmWords(self), EditWords(self)
        self.play = QToolButton(self)
        self.play.setIconSize(QSize(20, 20))
        self.track = FilmTrack(state, curves, self)
        self.where = QLabel(self)
        self.where.setObjectName("facts")
        self.where.setMinimumWidth(120)
        self.changes, self.save, self.live = QPushButton(self), QPushButton(self), QPushButton(self)
        self.live.setCheckable(True)
        self._menu, self._save_menu = QMenu(self.changes), QMenu(self.save)
        self.changes.setMenu(self._menu)
        self.save.setMenu(self._save_menu)
        self.forms = {form: self._save_menu.addAction("") for form in FORMS}
        for form, action in self.forms.items():
            action.triggered.connect(lambda _=False, form=form: self.save_wanted.emit(form))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 6)
        row.setSpacing(8)
        for widget in (self.play, self.track, self.where, self.changes, self.save, self.live):
            row.addWidget(widget, int(widget is self.track))
        self.play.clicked.connect(state.toggle)
        self.live.clicked.connect(self._go_live)
        self._menu.aboutToShow.connect(self._list_changes)
        state.changed.connect(self._show)
        state.moved.connect(self._show)
        state.played.connect(lambda _: self.retranslate())
        state.played.connect(lambda _: self.recolour())
        self._soon = QTimer(self, singleShot=True, interval=PERIOD_MS)
        self._soon.timeout.connect(self._follow)
        run.advanced.connect(self._follow_soon)
        self.react()

    def retranslate(self) -> None:
        playing = self._state.playing
        self.play.setToolTip(self.tr("Stay at this moment (F6)") if playing else self.tr("Play the film of this run (F6)"))
        self.play.setAccessibleName(self.tr("Stop the film") if playing else self.tr("Play the film"))
        self.live.setText(self.tr("Live"))
        self.live.setToolTip(self.tr("Show the newest state of the model again (F9)"))
        self.save.setText(self.tr("Save film"))
        for form, words in zip(
            FORMS, (self.tr("Animation (GIF)…"), self.tr("Page (HTML)…"), self.tr("Pictures (folder of PNG)…")), strict=True
        ):
            self.forms[form].setText(words)
        self._show()

    def recolour(self) -> None:
        self.play.setIcon(icon("pause" if self._state.playing else "play", theme_of(self).text))

    def _show(self) -> None:
        state = self._state
        count, index = len(state.steps), state.index
        self.setVisible(count > 0)
        self.live.setChecked(state.step is None)
        if state.step is None or index is None:
            self.where.setText(self.tr("{0} moments").format(f"{count:,}"))
        else:
            words = self.tr("step {0} · {1} of {2}")
            self.where.setText(words.format(f"{state.step:,}", f"{index + 1:,}", f"{count:,}"))
        found = len(state.changes) + len(state.edits) + (state.rise is not None)
        self.changes.setText(self.tr("Changes ({0})").format(found))
        self.changes.setEnabled(found > 0)
        self.changes.setToolTip(self.tr("When heads became what they are, and what was edited: choose one to see that moment"))

    def _list_changes(self) -> None:
        self._menu.clear()
        entries = [(self._words.change(change), change.after, change.at) for change in self._state.changes]
        entries += [(self._edit_words.moment(edit), edit.step, float(edit.step)) for edit in self._state.edits]
        if self._state.rise is not None:
            rise = self._state.rise
            entries.append((self._words.rise(rise), rise.after, (rise.before + rise.after) / 2))
        for words, step, _ in sorted(entries, key=lambda entry: entry[2])[:LISTED]:
            action = self._menu.addAction(words)
            action.triggered.connect(lambda _=False, step=step: self._go_to(step))
        if len(entries) > LISTED:
            self._menu.addAction(self.tr("… and {0} more, marked on the time line").format(len(entries) - LISTED)).setEnabled(
                False
            )

    def _go_to(self, step: int) -> None:
        self._state.stop()
        self._state.seek_step(step)

    def _go_live(self) -> None:
        self._state.live()
        self._show()  # a click on a button that is checked already unchecks it

    def _follow_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _follow(self) -> None:
        advance = self._run.advance
        self.track.set_total(advance.total if self._run.live else advance.step)
        self.track.update()
