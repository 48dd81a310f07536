"""Two runs' films in step: both walls, one head of each with the difference, and one time line that moves both."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.contracts.frames import KINDS, AttentionFrame
from workbench.gui.icons import icon
from workbench.gui.models.film_pair_state import FilmPairState
from workbench.gui.theme import GAP, theme_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.chart_legend import ChartLegend, Entry
from workbench.gui.widgets.compare_map import CompareMap, Side
from workbench.gui.widgets.fact_words import FactWords
from workbench.gui.widgets.film_save import FilmSave
from workbench.gui.widgets.head_wall import HeadWall
from workbench.gui.widgets.pair_track import COLOURS, PairTrack
from workbench.gui.widgets.panel import Panel
from workbench.gui.words import said_whole

LETTERS = 28
"""Of a pinned text that is offered, at most."""


class FilmsBeside(Panel):
    """Shows a `FilmPairState` and tells it what a person does."""

    left = Signal()
    """Back to the list."""

    def __init__(self, state: FilmPairState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._words = FactWords(self)
        self._texts: tuple[str, ...] = ()
        self.back = QPushButton(self)
        self.back.setObjectName("link")
        self.save = FilmSave(self, both=True)
        self.text, self.axis = CalmCombo(self), CalmCombo(self)
        for combo in (self.text, self.axis):
            combo.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.tabs = {kind: QPushButton(self) for kind in KINDS}
        self.captions = tuple(QLabel(self, textFormat=Qt.TextFormat.PlainText) for _ in range(2))
        self._stack = QStackedWidget(self)
        self._whole = QWidget(self._stack)
        self._pictures = QSplitter(Qt.Orientation.Vertical, self._whole)
        self.walls, self.map = (HeadWall(self), HeadWall(self)), CompareMap(self)
        self.remark = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.losses = ChartLegend(self)
        self.play = QToolButton(self)
        self.play.setIconSize(QSize(20, 20))
        self.track = PairTrack(state, self)
        self._nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._lay_out()
        self._wire()
        self.react()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Other films, or another alignment."""
        pair, trouble = self._state.pair, self._state.trouble
        self._stack.setCurrentIndex(1 if pair is not None else 0)
        self.save.setEnabled(pair is not None)
        self._nothing.setText(said_whole(trouble) if trouble is not None else self.tr("Both films are being read…"))
        self.axis.blockSignals(True)
        self.axis.clear()
        for by in pair.possible if pair is not None else ():
            self.axis.addItem(self._axis_words[by], by)
        self.axis.setCurrentIndex(self.axis.findData(pair.by) if pair is not None else -1)
        self.axis.blockSignals(False)
        if self._state.sides is not None:
            one, other = self._state.sides
            self.tell(self.tr("A: {0} · B: {1}").format(one.name, other.name))
        else:
            self.tell("")
        self._draw()

    def _draw(self) -> None:
        """Other moments, heads or texts."""
        state = self._state
        self._show_texts()
        for kind, tab in self.tabs.items():
            tab.setVisible(kind in state.kinds)
            tab.setChecked(kind == state.kind)
        frames = state.frames
        for number, (wall, frame) in enumerate(zip(self.walls, frames, strict=True)):
            wall.set_frame(frame)
            place = state.head(number)
            if place is not None and wall.chosen != place:
                wall.choose(*place)
        self._draw_heads(frames)
        self._say()

    def _draw_heads(self, frames: tuple[AttentionFrame | None, AttentionFrame | None]) -> None:
        one, other = frames
        places = self._state.head(0), self._state.head(1)
        if one is None or other is None or places[0] is None or places[1] is None:
            for each in self.map.maps.values():
                each.show_nothing(self.tr("Only one of the two models has this kind of attention."))
            return
        sides = [
            Side(
                title=self._words.heading(*place), weights=frame.weights[place], queries=frame.queries, keys=frame.keys
            )
            for frame, place in ((one, places[0]), (other, places[1]))
        ]  # fmt: skip
        same = (one.queries, one.keys) == (other.queries, other.keys)
        apart = "" if same or one.weights.shape[2:] != other.weights.shape[2:] else self._other_tokens
        self.map.compare(*sides, why_apart=apart)

    def _say(self) -> None:
        """Where both stand, what the losses are, and what should be known of the comparison."""
        state = self._state
        one, other = state.texts
        remark = "" if one == other else self.tr("The films are of different texts. A: {0} · B: {1}").format(one, other)
        self.remark.setText(said_whole(state.trouble) if state.trouble is not None else remark)
        self.remark.setVisible(bool(self.remark.text()))
        if state.sides is None or state.moments is None:
            return
        losses = []
        for number, (side, moment) in enumerate(zip(state.sides, state.moments, strict=True)):
            words = self.tr("{0}: {1} · step {2} of {3}")
            self.captions[number].setText(words.format("AB"[number], side.name, f"{moment.step:,}", f"{side.line.total:,}"))
            loss = side.loss_at(moment.step)
            losses.append("–" if loss is None else f"{loss:.4g}")
        entries = (self.tr("A: training loss {0}").format(losses[0]), self.tr("B: training loss {0}").format(losses[1]))
        self.losses.say(tuple(Entry(colour, words) for colour, words in zip(COLOURS, entries, strict=True)))

    def _show_texts(self) -> None:
        texts = self._state.moments[0].texts if self._state.moments is not None else ()
        self.text.setVisible(len(texts) > 1)
        if texts != self._texts:
            self._texts = texts
            self.text.blockSignals(True)
            self.text.clear()
            for number, text in enumerate(texts):
                short = text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
                self.text.addItem(self.tr("Text {0}: {1}").format(number + 1, short))
            self.text.blockSignals(False)
        self.text.setCurrentIndex(self._state.text)

    # -- what a person does -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- building -----------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        state = self._state
        state.changed.connect(self._show)
        state.moved.connect(self._draw)
        state.time.played.connect(lambda _: self._show_play())
        self.back.clicked.connect(self.left)
        self.play.clicked.connect(state.time.toggle)
        self.axis.currentIndexChanged.connect(lambda _: state.align(str(self.axis.currentData())))
        self.text.currentIndexChanged.connect(state.choose_text)
        for number, wall in enumerate(self.walls):
            wall.head_chosen.connect(lambda layer, head, number=number: state.choose_head(number, layer, head))
        group = QButtonGroup(self)
        for kind, tab in self.tabs.items():
            tab.setCheckable(True)
            group.addButton(tab)
            tab.clicked.connect(lambda _=False, kind=kind: state.choose_kind(kind))

    def _lay_out(self) -> None:
        for widget in (*self.tabs.values(), self.text, self.axis, self.save, self.back):
            self.controls.addWidget(widget)
        above = QWidget(self._pictures)
        row = QHBoxLayout(above)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for caption, wall in zip(self.captions, self.walls, strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            caption.setObjectName("heading")
            column.addWidget(caption)
            column.addWidget(wall, 1)
            row.addLayout(column, 1)
        pictures = self._pictures
        pictures.setHandleWidth(GAP)
        pictures.setChildrenCollapsible(False)
        pictures.addWidget(above)
        pictures.addWidget(self.map)
        pictures.setSizes([300, 320])
        time = QHBoxLayout()
        time.setSpacing(8)
        time.addWidget(self.play)
        time.addWidget(self.track, 1)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.remark.setObjectName("attention")
        self._nothing.setObjectName("muted")
        column.addWidget(self.remark)
        column.addWidget(pictures, 1)
        column.addWidget(self.losses)
        column.addLayout(time)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._whole)
        self.body.addWidget(self._stack, 1)

    def _show_play(self) -> None:
        playing = self._state.time.playing
        self.play.setIcon(icon("pause" if playing else "play", theme_of(self).text))
        self.play.setAccessibleName(self.tr("Stop both films") if playing else self.tr("Play both films"))

    def retranslate(self) -> None:
        self.entitle(self.tr("Two films in step"))
        self.back.setText(self.tr("Back to the list"))
        for kind, word in (("encoder", self.tr("Encoder")), ("decoder", self.tr("Decoder")), ("cross", self.tr("Cross"))):
            self.tabs[kind].setText(word)
        self._axis_words = {
            "step": self.tr("aligned by step"), "share": self.tr("aligned by share of the training"),
            "tokens": self.tr("aligned by tokens read"),
        }  # fmt: skip
        self.axis.setAccessibleName(self.tr("What the films are aligned by"))
        self.axis.setToolTip(self.tr("By step where both runs are as long as each other, else by share of the training"))
        self.text.setAccessibleName(self.tr("Text of the film"))
        self.play.setToolTip(self.tr("Play both films or stay"))
        self._other_tokens = self.tr(
            "Both have as many tokens, but not the same ones: a difference cell by cell would mean nothing. Pin the same text in "
            "both runs (setting “Text of the film”)."
        )
        self._texts = ()
        self._show_play()
        self._show()

    def recolour(self) -> None:
        self._show_play()
