"""The heads of the Train page: the wall of all heads of one text, and the chosen one large beside or below it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.contracts.edits import Head
from workbench.contracts.frames import KINDS, AttentionFrame
from workbench.gui.models.frame_difference import limit_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.calm_lines import CalmLines
from workbench.gui.widgets.comparison import Comparison
from workbench.gui.widgets.fact_words import FactWords
from workbench.gui.widgets.head_switch import HeadSwitch
from workbench.gui.widgets.head_wall import HeadWall
from workbench.gui.widgets.heads_splitter import HeadsSplitter
from workbench.gui.widgets.heatmap import Cell, HeatMap
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.saving import FORMATS, SaveRequest, copy_picture, figure_size
from workbench.gui.widgets.shades import SCALES, SIGNED

PAUSE = 150
"""After the last key, in milliseconds, before the model looks at the new text."""
WIDE = 820
"""From this width on the chosen head stands beside the wall."""


class AttentionPanel(Panel):
    """Live heads of a text one can change while the model trains."""

    probe_edited = Signal(str)
    """The text to look at: `PAUSE` after the last key, and at once on Enter."""
    head_chosen = Signal(str, int, int)
    """Kind, layer and head that a person chose, counted from 0."""
    save_wanted = Signal(object)
    """A `SaveRequest`; whoever hears it asks for a file name and writes off the window's thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: dict[str, AttentionFrame] = {}
        self._kind: str | None = None
        self._chosen: dict[str, tuple[int, int]] = {}
        self._trouble = self._empty_words = self._answer = ""
        self._said: tuple[str, Mapping[str, float]] = ("", {})
        self._stale = self._apart = False
        self._seen: AttentionFrame | None = None
        self._words = FactWords(self)
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._typing.timeout.connect(self._say_probe)
        self._build_tabs()
        self._build_probe()
        self._stack = QStackedWidget(self)
        self.wall = HeadWall(self._stack)
        self.wall.head_chosen.connect(self._take_head)
        self.heat = HeatMap(self)
        self.heat.cell_hovered.connect(self._tell_cell)
        self._build_large()
        self._splitter = HeadsSplitter(self.wall, self._large, self._stack)
        self._nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setObjectName("muted")
        for part in (self._nothing, self._splitter):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self.react()

    # -- parts ------------------------------------------------------------------------------------------------------

    def _build_tabs(self) -> None:
        self._tabs = QButtonGroup(self)
        self.tabs: dict[str, QPushButton] = {}
        for number, kind in enumerate(KINDS):
            button = QPushButton(self)
            button.setCheckable(True)
            button.hide()
            self._tabs.addButton(button, number)
            self.tabs[kind] = button
            self.controls.addWidget(button)
        self._tabs.idClicked.connect(self._take_kind)

    def _build_probe(self) -> None:
        self.probe = QLineEdit(self)
        self.probe.setClearButtonEnabled(True)
        self.probe.textEdited.connect(self._type_probe)
        self.probe.returnPressed.connect(self._say_probe)
        self.scale = CalmCombo(self)
        for scale in SCALES:
            self.scale.addItem("", scale)
        self.scale.currentIndexChanged.connect(self._take_scale)
        self._hint = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._hint.setMinimumHeight(20)  # trouble has larger letters: nothing below moves
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.probe, 1)
        row.addWidget(self.scale)
        self.comparison = Comparison(self)
        self.comparison.changed.connect(self._show_again)
        row.addWidget(self.comparison.button)
        self.body.addLayout(row)
        self.body.addWidget(self.comparison)
        self.body.addWidget(self._hint)

    def _build_large(self) -> None:
        self._large = QWidget(self)
        self.head_heading = QLabel(self._large)
        self.head_heading.setObjectName("heading")
        self.head_facts, self.cell_facts = CalmLines(self._large), CalmLines(self._large)
        for label in (self.head_facts, self.cell_facts):
            label.setObjectName("facts")
        self.save_button = QPushButton(self._large)
        menu = QMenu(self.save_button)
        self._actions: dict[str, QAction] = {}
        for name in FORMATS:
            self._actions[name] = menu.addAction("")
            self._actions[name].setData(name)
        menu.triggered.connect(self._ask_to_save)
        self.save_button.setMenu(menu)
        self.copy_button = QPushButton(self._large)
        self.copy_button.clicked.connect(self._copy)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head_heading)
        self.switch = HeadSwitch(self.wall, self._large)
        top.addStretch(1)
        for button in (self.switch, self.save_button, self.copy_button):
            top.addWidget(button)
        whole = QVBoxLayout(self._large)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(top)
        for part in (self.head_facts, self.heat, self.cell_facts):
            whole.addWidget(part, int(part is self.heat))

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str | None:
        """The chosen kind of attention."""
        return self._kind

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The chosen layer and head, counted from 0."""
        return self.wall.chosen if self._seen is not None else None

    def set_frames(self, frames: Mapping[str, AttentionFrame]) -> None:
        """Show this moment, by kind; the chosen kind and head stay where they still exist."""
        self._frames = {kind: frames[kind] for kind in KINDS if kind in frames and frames[kind].weights.size}
        if self._kind not in self._frames:
            self._kind = "cross" if "cross" in self._frames else next(iter(self._frames), None)
        for kind, button in self.tabs.items():
            button.setVisible(kind in self._frames)
            button.setChecked(kind == self._kind)
        self._show()
        self._stack.setCurrentIndex(1 if self._frames else 0)
        self._splitter.share()

    def show_nothing(self, text: str) -> None:
        """Explain in a line why there are no heads, and what to do."""
        self._empty_words = text
        self._nothing.setText(text or self._default_words)
        self.set_frames({})

    def set_probe(self, text: str) -> None:
        """Set the text without a signal; what a person is just typing is left alone."""
        if not self._typing.isActive() and text != self.probe.text():
            self.probe.setText(text)
            self.probe.setCursorPosition(0)  # a long text is read from its beginning

    def set_trouble(self, text: str) -> None:
        """Say below the text what is wrong with it; nothing when it is empty."""
        if text != self._trouble:
            self._trouble = text
            self._hint.setObjectName("attention" if text else "facts")
            self._hint.style().unpolish(self._hint)
            self._hint.style().polish(self._hint)
        self._hint.setText(text or self._answer or self._hint_words)

    def set_answer(self, prediction: str, probabilities: Mapping[str, float]) -> None:
        """Say below the text what the model makes of it; nothing yet when it is empty."""
        self._said = (prediction, dict(probabilities))
        known = [(label, share) for label, share in probabilities.items() if math.isfinite(share)]  # not of a model gone astray
        likely = sorted(known, key=lambda each: -each[1])[:3]
        self._answer = ""
        if likely:
            said = " · ".join(f"{label} {share:.0%}" for label, share in likely)
            self._answer = self.tr("The model says: {0}").format(said)
        elif prediction:
            self._answer = self.tr("The model writes: {0}").format(prediction)
        self.set_trouble(self._trouble)

    def choose(self, kind: str, layer: int, head: int) -> None:
        """Show a head, without a signal; layer and head are counted from 0."""
        self._chosen[kind] = (layer, head)
        if kind in self._frames:
            self._kind = kind
            self.tabs[kind].setChecked(True)
            self._show()

    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    def _show(self) -> None:
        """Hand the chosen kind and head to the pictures; numbers wait until somebody can see them."""
        frame, self._apart = self.comparison.frame_of(self._frames.get(self._kind) if self._kind else None)
        self._seen = frame
        self._take_scale()
        self.scale.setEnabled(not self._apart)
        self.wall.set_frame(frame)
        if frame is None or self._kind is None:
            self.heat.set_head(None)
            self.switch.show_head(None)
            self.tell("")
            return
        layers, heads = frame.weights.shape[:2]
        layer, head = self._chosen.get(self._kind, (layers - 1, 0))
        if not (layer < layers and head < heads):
            layer, head = layers - 1, 0
        if self.wall.chosen != (layer, head):
            self.wall.choose(layer, head)
        self.switch.show_head(Head(self._kind, layer, head))
        self.heat.set_head(frame.weights[layer, head], frame.queries, frame.keys)
        self._stale = not self.isVisible()
        if not self._stale:
            self._tell(frame, layer, head)

    def _tell(self, frame: AttentionFrame, layer: int, head: int) -> None:
        """Say what is seen: kind and step, and what the chosen head does."""
        kinds = {"encoder": self.tr("encoder self-attention"), "decoder": self.tr("decoder self-attention"),
                 "cross": self.tr("cross-attention")}  # fmt: skip
        self.tell(self.tr("{0} · step {1}").format(kinds[frame.kind], f"{frame.step:,}"))
        self.head_heading.setText(self._words.heading(layer, head))
        line = self._words.difference_of if self._apart else self._words.line_of
        self.head_facts.setText(line(frame, layer, head))
        self.head_facts.setToolTip("" if self._apart else self._fact_hint)

    def _tell_cell(self, cell: object) -> None:
        """One line about the value under the cursor."""
        if not isinstance(cell, Cell):
            self.cell_facts.setText(self._cell_hint)
            return
        line = self._words.cell(cell, self._apart)
        self.cell_facts.setText(line)
        self.cell_facts.setToolTip(line)

    # -- what a person does -----------------------------------------------------------------------------------------

    def _type_probe(self, _text: str) -> None:
        self._typing.start()

    def _say_probe(self) -> None:
        self._typing.stop()
        self.probe_edited.emit(self.probe.text())

    def _take_kind(self, number: int) -> None:
        self._kind = KINDS[number]
        self._show()
        self._splitter.share()

    def _take_head(self, layer: int, head: int) -> None:
        if self._kind is not None:
            self._chosen[self._kind] = (layer, head)
            self._show()
            self.head_chosen.emit(self._kind, layer, head)

    def _take_scale(self, _index: int = 0) -> None:
        scale, limit = str(self.scale.currentData()), 1.0
        if self._apart and self._seen is not None:
            scale, limit = SIGNED, limit_of(self._seen)
        for picture in (self.wall, self.heat):
            picture.set_scale(scale, limit)

    def _show_again(self) -> None:
        if self._reacting:
            self._show()

    def request(self, form: str) -> SaveRequest | None:
        """Everything that is needed to write the chosen head as `png`, `svg` or `npz`; None while there is none."""
        frame = self._seen
        if frame is None or self.wall.chosen is None:
            return None
        layer, head = self.wall.chosen
        return SaveRequest(
            format=form, picture=self.heat.picture, size=figure_size(len(frame.queries), len(frame.keys)), layer=layer, head=head,
            kind=frame.kind, step=frame.step, title=f"{self.head_heading.text()} · {self.facts.text()}",
            provenance={**frame.provenance, **self.comparison.provenance, "text": self.probe.text(), "step": str(frame.step)},
        )  # fmt: skip

    def _ask_to_save(self, action: QAction) -> None:
        request = self.request(str(action.data()))
        if request is not None:
            self.save_wanted.emit(request)

    def _copy(self) -> None:
        if self._seen is not None:
            copy_picture(self.heat.picture, figure_size(*self.heat.picture.weights.shape))

    # -- look and words ---------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE and self.width() > self.height()
        self._splitter.turn(wide)

    def retranslate(self) -> None:
        self.entitle(self.tr("Heads"))
        for kind, word in (("encoder", self.tr("Encoder")), ("decoder", self.tr("Decoder")), ("cross", self.tr("Cross"))):
            self.tabs[kind].setText(word)
        self.probe.setPlaceholderText(self.tr("Type a text to look at"))
        self.probe.setAccessibleName(self.tr("Text to look at"))
        scales = {"linear": self.tr("Linear"), "log": self.tr("Logarithmic"), "row": self.tr("Each row by itself")}
        for number, scale in enumerate(SCALES):
            self.scale.setItemText(number, scales[scale])
        self.scale.setAccessibleName(self.tr("Scale of the colours"))
        self.scale.setToolTip(self.tr("Weights as colours: from 0 to 1, in powers of ten, or each query by its largest weight"))
        self._hint_words = self.tr("Every head looks at this text. Change it at any time, also while the model trains.")
        self.set_answer(*self._said)
        self._default_words = self.tr("Heads appear here when training has begun. Press Train.")
        self._cell_hint = self.tr("Move over the cells to read a weight. The wheel zooms, a double click shows all.")
        self._fact_hint = self.tr("Each number stands beside that of a head which looks everywhere evenly under the same mask.")
        self.save_button.setText(self.tr("Save picture…"))
        formats = {
            "png": self.tr("Picture (PNG)…"), "svg": self.tr("Drawing (SVG)…"), "npz": self.tr("Numbers (NumPy npz)…"),
                   "csv": self.tr("Table (CSV)…"),
        }  # fmt: skip
        for name, action in self._actions.items():
            action.setText(formats[name])
        self.copy_button.setText(self.tr("Copy picture"))
        self._nothing.setText(self._empty_words or self._default_words)
        self.set_trouble(self._trouble)
        self._tell_cell(self.heat.cell)
        self._show()
