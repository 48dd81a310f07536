"""The scrubber under all pages: the run's time line, with play, step by step, what changed when, save and live."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workbench.contracts.film import ChangePoint
from workbench.gui.icons import icon
from workbench.gui.models.curves import Curves
from workbench.gui.models.film_state import FilmState, Rise
from workbench.gui.models.run_state import RunModel
from workbench.gui.theme import theme_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.counts import moments_text
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.elided import Elided
from workbench.gui.widgets.film_save import FilmSave
from workbench.gui.widgets.film_track import FilmTrack
from workbench.gui.widgets.film_words import FilmWords
from workbench.gui.widgets.giving_way import GivingWay, show_what_fits, width_of

EDGE, TRACK = 12, 140
"""Pixels on either side of the whole, and of the time line at least."""
LISTED = 30
"""Changes in the menu, at most; every one is marked on the time line."""
PERIOD_MS = 500
"""Between two drawings of a loss that grows."""
SPARE = 6
"""Pixels on either side of the place."""
LETTERS = 18
"""Of a pinned text that is offered, at most; the whole of it is its tool tip."""


class Scrubber(GivingWay):
    """In sight as soon as there is a film; in a narrow window what can be done elsewhere gives way."""

    beside_wanted = Signal()
    """Another run's film is wanted beside this one."""

    def __init__(
        self, state: FilmState, run: RunModel, curves: Callable[[], Curves | None], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._state, self._run = state, run
        self._brief = False
        self._words, self._edit_words = FilmWords(self), EditWords(self)
        self.play = QToolButton(self)
        self.play.setIconSize(QSize(20, 20))
        self.track = FilmTrack(state, curves, self)
        self.track.setMinimumWidth(TRACK)
        self.where = QLabel(self)
        self.where.setObjectName("facts")
        self.text = CalmCombo(self)
        self.text.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.text.currentIndexChanged.connect(state.choose_text)
        state.texts_changed.connect(self._show_texts)
        self.changes, self.beside, self.live = (QPushButton(self) for _ in range(3))
        self.save = FilmSave(self)
        self.beside.clicked.connect(self.beside_wanted)
        self.live.setCheckable(True)
        self._menu = QMenu(self.changes)
        self.changes.setMenu(self._menu)
        self.story = Elided(self)
        self.story.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        whole, row = QVBoxLayout(self), QHBoxLayout()
        self._row = row
        whole.setContentsMargins(EDGE, 0, EDGE, 6)
        whole.setSpacing(3)
        whole.addWidget(self.story)
        whole.addLayout(row)
        row.setSpacing(8)
        for widget in (self.play, self.track, self.text, self.where, self.changes, self.save, self.beside, self.live):
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
        self._step_words = self.tr("step {0}")
        self._place_words = self.tr("step {0} · {1} of {2}")
        self.live.setText(self.tr("Live"))
        self.live.setToolTip(self.tr("Show the newest state of the model again (F9)"))
        self.beside.setText(self.tr("Beside…"))
        self.beside.setToolTip(self.tr("Lay another run's film beside this one"))
        self.text.setAccessibleName(self.tr("Text of the film"))
        self.text.setToolTip(self.tr("Which of the pinned texts the film shows"))
        self._show_texts()
        self._show()

    def recolour(self) -> None:
        self.play.setIcon(icon("pause" if self._state.playing else "play", theme_of(self).text))

    def make_room(self) -> None:
        """The line, what changed and the way back are always there; how many moments there are gives way first.

        The place keeps as much as it will need: a label that grows while one scrubs lays out and draws all beside it anew.
        """
        steps, spacing = self._state.steps, self._row.spacing()
        if not len(steps):
            return
        room = self.width() - 2 * EDGE - TRACK - spacing
        room -= sum(width_of(widget) + spacing for widget in (self.play, self.changes, self.live))
        last, count = f"{int(steps[-1]):,}", f"{len(steps):,}"
        letters = self.where.fontMetrics()
        places = (words.format(last, count, count) for words in (self._step_words, self._place_words))
        short, long = (letters.horizontalAdvance(place) + 2 * SPARE for place in places)
        short = max(short, letters.horizontalAdvance(moments_text(len(steps))) + 2 * SPARE)
        several = [self.text] if self.text.count() > 1 else []
        left = show_what_fits((*several, self.save, self.beside), room - short - spacing, spacing)
        self._brief = left < long - short
        self.where.setMinimumWidth(short if self._brief else long)
        self._tell_place()

    def _tell_place(self) -> None:
        state = self._state
        count, index = len(state.steps), state.index
        if state.step is None or index is None:
            self.where.setText(moments_text(count))
            self.where.setToolTip("")
            return
        place = (f"{state.step:,}", f"{index + 1:,}", f"{count:,}")
        self.where.setText((self._step_words if self._brief else self._place_words).format(*place))
        self.where.setToolTip(self._place_words.format(*place))

    def _show(self) -> None:
        state = self._state
        self.setVisible(len(state.steps) > 0)
        self.live.setChecked(state.step is None)
        self._tell_story()
        found = len(state.changes) + len(state.edits) + (state.rise is not None)
        self.changes.setText(self.tr("Changes ({0})").format(found))
        self.changes.setEnabled(found > 0)
        self.changes.setToolTip(self.tr("When heads became what they are, and what was edited: choose one to see that moment"))
        self.make_room()

    def _show_texts(self) -> None:
        """The pinned texts, where there are several to choose from."""
        texts = self._state.texts
        self.text.blockSignals(True)
        self.text.clear()
        for number, text in enumerate(texts):
            short = text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
            self.text.addItem(self.tr("Text {0}: {1}").format(number + 1, short))
            self.text.setItemData(number, text, Qt.ItemDataRole.ToolTipRole)
        self.text.setCurrentIndex(min(self._state.text, len(texts) - 1))
        self.text.blockSignals(False)
        self.text.setVisible(len(texts) > 1)
        self.make_room()

    def _tell_story(self) -> None:
        """What had happened last by the moment that is shown."""
        state, what = self._state, None if self._state.step is None else self._state.newest_until(self._state.step)
        if what is None:
            words = self.tr("Drag the line to any moment, or choose under “Changes” what happened when. Arrow keys go on.")
        else:
            words = self._words.rise(what) if isinstance(what, Rise) else self._words.change(what)
        self.story.setText(words)
        name = "hint" if state.step is None or what is None else "heading"  # of one height: nothing moves while scrubbing
        if self.story.objectName() != name:
            self.story.setObjectName(name)
            self.story.style().unpolish(self.story)
            self.story.style().polish(self.story)

    def _list_changes(self) -> None:
        """First when the model learned most, then what each head became, in order."""
        self._menu.clear()
        rise = self._state.rise
        if rise is not None:
            first = self._menu.addAction(self._words.rise(rise))
            font = first.font()
            font.setBold(True)
            first.setFont(font)
            first.triggered.connect(lambda: self._visit(rise))
            self._menu.addSeparator()
        entries: list[tuple[float, str, Callable[[], None]]] = [
            (change.at, self._words.change(change), partial(self._visit, change)) for change in self._state.changes
        ]
        entries += [(edit.step, self._edit_words.moment(edit), partial(self._go_to, edit.step)) for edit in self._state.edits]
        entries.sort(key=lambda entry: entry[0])
        for _, words, visit in entries[:LISTED]:
            self._menu.addAction(words).triggered.connect(lambda _=False, visit=visit: visit())
        if len(entries) > LISTED:
            more = self.tr("… and {0} more, marked on the time line").format(len(entries) - LISTED)
            self._menu.addAction(more).setEnabled(False)

    def _go_to(self, step: int) -> None:
        self._state.stop()
        self._state.seek_step(step)
        self.track.setFocus()  # so that arrow keys go on from here

    def _visit(self, what: ChangePoint | Rise) -> None:
        self._state.visit(what)
        self.track.setFocus()

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
