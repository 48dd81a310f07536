"""The chosen head of the Inspect page: what it does, whether the picture can be trusted, and its weights in several views."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QWidget

from workbench.contracts.frames import AttentionFrame
from workbench.contracts.inspection import HeadMap, Inspected
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.models.token_view import TokenView, show_axis
from workbench.gui.widgets.arithmetic import Arithmetic
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.elided import plain_tip
from workbench.gui.widgets.fact_words import FactWords
from workbench.gui.widgets.heatmap import Cell, HeatMap
from workbench.gui.widgets.lines_view import LinesView
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.picture_attention import PictureAttention
from workbench.gui.widgets.saving import FORMATS, SaveRequest, copy_picture, figure_size
from workbench.gui.widgets.shades import SCALES
from workbench.gui.words import said_whole

VIEWS = ("map", "lines", "arithmetic", "picture")
WHOLE = ("html", "npz", "csv")
"""Endings of files that hold all heads."""
TRUSTED = 1e-4
"""Up to this difference between weights · values and what the model used, the picture is what the model computed."""


class HeadView(Panel):
    """One head large, with its badge; shows an `InspectState`."""

    save_wanted = Signal(object)
    """A `SaveRequest`."""
    all_wanted = Signal(str)
    """All heads are to be written, as a file with this ending."""

    def __init__(self, state: InspectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._words = FactWords(self)
        self._view: TokenView | None = None
        self.badge = QLabel(self)
        self.badge.setObjectName("facts")
        self.switch = QPushButton(self)
        self.scale = CalmCombo(self)
        self.options = QPushButton(self)
        self.whole_words, self.plain_text, self.by_values = (QAction(self, checkable=True) for _ in range(3))
        self.save_button = QPushButton(self)
        self.line = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.line.setObjectName("facts")
        views = self._views = QStackedWidget(self)
        self.heat, self.lines, self.arithmetic = HeatMap(views), LinesView(views), Arithmetic(views)
        self.picture = PictureAttention(views)
        self.heads_of_lines = CalmCombo(self)
        self.cell_line = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.cell_line.setObjectName("facts")
        self.tabs: dict[str, QPushButton] = {}
        self._lay_out()
        self._wire()
        self.react()

    # -- what is shown ------------------------------------------------------------------------------------------------

    @property
    def view(self) -> str:
        """One of `VIEWS`."""
        return VIEWS[self._views.currentIndex()]

    def show_view(self, name: str) -> None:
        """Show one of `VIEWS`."""
        self._views.setCurrentIndex(VIEWS.index(name))
        self.tabs[name].setChecked(True)
        self.scale.setVisible(name == "map")
        self.options.setVisible(name != "arithmetic")
        self.heads_of_lines.setVisible(name == "lines")
        self.cell_line.setVisible(name == "map")
        self._draw()

    def _show(self) -> None:
        """Everything about the chosen head."""
        seen, head = self._state.seen, self._state.head
        kind, layer, number = self._state.place
        self.entitle(self._words.heading(layer, number) if seen is not None else self.tr("Head"))
        elsewhere = self.tr("In a terminal and in Python, where counting begins with 0: {0}").format(f"{kind}:{layer}:{number}")
        self.heading.setToolTip(elsewhere if seen is not None else "")
        self.switch.setEnabled(seen is not None)
        self.save_button.setEnabled(head is not None)
        self.switch.setChecked(seen is not None and any(c.switches_off(kind, layer, number) for c in seen.query.changes))
        self._show_badge()
        self._view, words = None, ""
        if seen is not None and head is not None:
            wall = seen.walls[kind]
            frame = AttentionFrame(kind=kind, weights=head.weights[None, None], queries=wall.queries, keys=wall.keys)
            self._view = self._axes(seen, kind)
            lines = [self._words.line_of(frame, 0, 0), self._ambiguity(head), self._hidden(head, self._view)]
            words = "\n".join(line for line in lines if line)
        self.line.setText(words)
        self._offer_picture(seen)
        self._draw()
        self._show_cell()

    def _offer_picture(self, seen: Inspected | None) -> None:
        """A model of pictures is seen over its picture first; for texts there is none."""
        tab, has = self.tabs["picture"], seen is not None and seen.picture is not None
        had = not tab.isHidden()
        if seen is None or has == had:
            return
        tab.setVisible(has)
        if has or self.view == "picture":
            self.show_view("picture" if has else "map")

    def _draw(self) -> None:
        """The view that is in front; the others wait until they are."""
        seen, head, view = self._state.seen, self._state.head, self._view
        if seen is None or head is None or view is None:
            nothing = self.tr("This head is being computed…") if seen is not None else self.tr("Choose a head to see it large.")
            self.heat.show_nothing(nothing)
            self.lines.lines.show_nothing(nothing)
            self.picture.show_nothing(nothing)
            return
        if self.view == "map":
            self.heat.set_head(view.weights(self._weighed(head)), view.queries.labels, view.keys.labels)
        elif self.view == "lines":
            self._draw_lines(seen, head, view)
        elif self.view == "picture":
            self.picture.show_head(seen, head, self._state.means)

    def _weighed(self, head: HeadMap) -> NDArray[np.float32]:
        """The weights, or each by the length of the value it brings, as shares of its row (Kobayashi et al. 2020)."""
        if not self.by_values.isChecked() or head.value_norms is None:
            return head.weights
        brought = head.weights * head.value_norms
        sums = brought.sum(-1, keepdims=True)
        return np.asarray(np.divide(brought, sums, out=np.zeros_like(brought), where=sums > 0), np.float32)

    def _ambiguity(self, head: HeadMap) -> str:
        """Whether other weights would have had the same output (Brunner et al. 2020)."""
        if not head.hidden_dimensions:
            return ""
        words = self.tr("More keys ({0}) than a value has dimensions: in {1} directions these weights could differ unnoticed.")
        return words.format(head.weights.shape[1], head.hidden_dimensions)

    def _hidden(self, head: HeadMap, view: TokenView) -> str:
        """How much of the weight goes to tokens that are not shown."""
        if not view.keys.hidden:
            return ""
        return self.tr("{0} of the weight goes to tokens that are hidden.").format(
            f"{view.hidden_weight(head.weights).mean():.0%}"
        )

    def _draw_lines(self, seen: Inspected, head: HeadMap, view: TokenView) -> None:
        wall, places = seen.walls[head.kind], [(head.layer, head.head)]
        self.heads_of_lines.setEnabled(wall.whole)
        wanted = self.heads_of_lines.currentData()
        heads = wall.tiles.shape[1]
        if wall.whole and wanted == "layer":
            places = [(head.layer, each) for each in range(heads)]
        elif wall.whole and wanted == "all":
            places = [(layer, each) for layer in wall.layers for each in range(heads)]
        weights = (
            np.stack([wall.tiles[wall.layers.index(layer), each] for layer, each in places]) if wall.whole else head.weights[None]
        )
        self.lines.lines.set_heads(view.weights(weights), places, view.queries.labels, view.keys.labels)

    def _show_cell(self) -> None:
        """The chosen cell on the blackboard, and its mark in the map."""
        seen, cell, place = self._state.seen, self._state.cell, self._state.cell_place
        trouble = self._state.failed.get("cell")
        if seen is None or place is None:
            self.arithmetic.show_nothing(self.tr("Click a cell of the map to see how it comes about."))
        elif trouble is not None and self._state.head is not None and math.isnan(self._state.head.trust):
            self.arithmetic.show_unseen()
        elif trouble is not None:
            self.arithmetic.show_nothing(said_whole(trouble))
        elif cell is not None and cell.kind in seen.walls:
            wall = seen.walls[cell.kind]
            self.arithmetic.set_cell(cell, wall.queries, wall.keys)

    def _axes(self, seen: Inspected, kind: str) -> TokenView:
        words, plain = self.whole_words.isChecked(), self.plain_text.isChecked()
        source = show_axis(
            seen.tokens, special=seen.special, spans=seen.spans, text="" if seen.query.pair else seen.query.text, words=words,
            without_special=plain,
        )  # fmt: skip
        if not seen.target_tokens:
            return TokenView(queries=source, keys=source)
        target = show_axis(seen.target_tokens, words=words, without_special=plain)
        return TokenView(queries=source if kind == "encoder" else target, keys=target if kind == "decoder" else source)

    def _show_badge(self) -> None:
        """Whether the picture is what the model computed."""
        head, name, words, tip = self._state.head, "facts", "", ""
        if head is not None and head.off:
            words, tip = self.tr("switched off"), self.tr("The weights are what they would be; what the head hands on is zero.")
        elif head is not None and math.isnan(head.trust):
            words = self.tr("values are not seen")
            tip = self.tr("This model writes its attention out: the weights are those of its softmax, its values are not seen.")
        elif head is not None:
            good = head.trust <= TRUSTED
            name = "good" if good else "bad"
            words = self.tr("|A·V − used| {0} {1}").format(f"{head.trust:.0e}", "✓" if good else "✗")
            tip = self.tr("The largest difference between these weights times the values and what the model went on with.")
        if self.badge.objectName() != name:
            self.badge.setObjectName(name)
            self.badge.style().polish(self.badge)
        self.badge.setText(words)
        self.badge.setToolTip(plain_tip(tip))

    # -- what a person does -------------------------------------------------------------------------------------------

    def _tell_cell(self, cell: object) -> None:
        hint = self.tr("Move over the cells to read a weight, click one to see its arithmetic. The wheel zooms.")
        self.cell_line.setText(self._words.cell(cell, False) if isinstance(cell, Cell) else hint)

    def _take_cell(self, row: int, column: int) -> None:
        """A shown cell was clicked: its first tokens are taken apart."""
        if self._view is not None:
            self._state.choose_cell(self._view.queries.parts[row][0], self._view.keys.parts[column][0])
            self.show_view("arithmetic")

    def _take_key(self, key: int) -> None:
        if self._state.cell_place is not None:
            self._state.choose_cell(self._state.cell_place[0], key)

    def request(self, form: str) -> SaveRequest | None:
        """Everything that is needed to write the view as `png`, `svg`, `npz` or `csv`; None while there is nothing."""
        seen, head = self._state.seen, self._state.head
        if head is None or seen is None:
            return None
        title = f"{self.heading.text()} · {self.line.text()}"
        provenance = {**seen.provenance, "trust": f"{head.trust:.3g}", **self._choices(head)}
        if self.view == "lines":
            return self.lines.request(form, head.kind, 0, title, provenance)
        if self.view == "picture":
            return self.picture.request(form, head.kind, 0, title, provenance)
        return SaveRequest(
            format=form, picture=self.heat.picture, size=figure_size(*self.heat.picture.weights.shape), layer=head.layer,
            head=head.head, kind=head.kind, step=0, title=title, provenance=provenance,
        )  # fmt: skip

    def _choices(self, head: HeadMap) -> dict[str, str]:
        """What of the tokens and weights is shown, where it is not all of them as they are; in a file's own words."""
        chosen = {}
        if self.view == "map" and self.by_values.isChecked() and head.value_norms is not None:
            chosen["weighed"] = "each weight by the length of the value it brings, as shares of the row"
        if self.view != "picture" and (self.whole_words.isChecked() or self.plain_text.isChecked()):
            words = "pieces of a word added up" if self.whole_words.isChecked() else ""
            plain = "special tokens hidden" if self.plain_text.isChecked() else ""
            chosen["tokens"] = ", ".join(part for part in (words, plain) if part)
        return chosen

    def _save(self, form: str) -> None:
        request = self.request("png" if form == "copy" else form)
        if request is None:
            return
        if form == "copy":
            copy_picture(request.picture, request.size)
        else:
            self.save_wanted.emit(request)

    # -- building -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.switch.setCheckable(True)
        for scale in SCALES:
            self.scale.addItem("", scale)
        for which in ("head", "layer", "all"):
            self.heads_of_lines.addItem("", which)
        menu = QMenu(self.save_button)
        self._actions: dict[str, QAction] = {name: menu.addAction("") for name in (*FORMATS, "copy")}
        menu.addSeparator()
        self._whole: dict[str, QAction] = {form: menu.addAction("") for form in WHOLE}
        self.save_button.setMenu(menu)
        for control in (self.badge, self.switch, self.save_button):
            self.controls.addWidget(control)
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(6)
        for name, view in zip(VIEWS, (self.heat, self.lines, self.arithmetic, self.picture), strict=True):
            tab = self.tabs[name] = QPushButton(self)
            tab.setCheckable(True)
            group.addButton(tab)
            row.addWidget(tab)
            self._views.addWidget(view)
        self.tabs["map"].setChecked(True)
        self.tabs["picture"].hide()
        row.addStretch(1)
        options = QMenu(self.options)
        options.setToolTipsVisible(True)
        for option in (self.whole_words, self.plain_text, self.by_values):
            options.addAction(option)
        self.options.setMenu(options)
        row.addWidget(self.options)
        row.addWidget(self.scale)
        row.addWidget(self.heads_of_lines)
        self.heads_of_lines.hide()
        self.body.addWidget(self.line)
        self.body.addLayout(row)
        self.body.addWidget(self._views, 1)
        self.body.addWidget(self.cell_line)

    def _wire(self) -> None:
        state = self._state
        state.selected.connect(self._show)
        state.cell_changed.connect(self._show_cell)
        state.studied.connect(lambda study: self._show_cell() if study == "cell" else None)
        state.mean_changed.connect(self._draw)
        self.picture.mean_wanted.connect(state.want_mean)
        self.switch.clicked.connect(state.switch)
        self.scale.currentIndexChanged.connect(lambda _: self.heat.set_scale(str(self.scale.currentData())))
        self.heads_of_lines.currentIndexChanged.connect(lambda _: self._draw())
        self.heat.cell_hovered.connect(self._tell_cell)
        self.heat.cell_chosen.connect(self._take_cell)
        self.lines.lines.cell_chosen.connect(self._take_cell)
        self.arithmetic.key_chosen.connect(self._take_key)
        for option in (self.whole_words, self.plain_text, self.by_values):
            option.toggled.connect(self._show)
        for name, tab in self.tabs.items():
            tab.clicked.connect(lambda _=False, name=name: self.show_view(name))
        for form, action in self._whole.items():
            action.triggered.connect(lambda _=False, form=form: self.all_wanted.emit(form))
        for name, action in self._actions.items():
            action.triggered.connect(lambda _=False, name=name: self._save(name))

    def retranslate(self) -> None:
        self.switch.setText(self.tr("Switch off"))
        self.switch.setToolTip(self.tr("Let this head hand on zeros, and see what the model makes of the rest"))
        self.options.setText(self.tr("Show"))
        self.whole_words.setText(self.tr("Pieces as words"))
        self.whole_words.setToolTip(self.tr("Show the pieces of a word as one: what goes to them is added up"))
        self.by_values.setText(self.tr("Weighed by values (map)"))
        self.by_values.setToolTip(
            self.tr("Weigh each cell by the length of the value it brings: a large weight on a short value brings little")
        )
        self.plain_text.setText(self.tr("Without special tokens"))
        self.plain_text.setToolTip(self.tr("Hide special tokens; what goes to them is then not shown"))
        scales = {"linear": self.tr("Linear"), "log": self.tr("Logarithmic"), "row": self.tr("Each row by itself")}
        for number, scale in enumerate(SCALES):
            self.scale.setItemText(number, scales[scale])
        self.scale.setAccessibleName(self.tr("Scale of the colours"))
        for number, words in enumerate((self.tr("This head"), self.tr("Its layer"), self.tr("All heads"))):
            self.heads_of_lines.setItemText(number, words)
        self.heads_of_lines.setAccessibleName(self.tr("Heads whose lines are drawn"))
        self.save_button.setText(self.tr("Save"))
        actions = {"png": self.tr("Picture (PNG)…"), "svg": self.tr("Drawing (SVG)…"), "npz": self.tr("Numbers (NumPy npz)…"),
                   "csv": self.tr("Table (CSV)…"),
                   "copy": self.tr("Copy picture")}  # fmt: skip
        for name, action in self._actions.items():
            action.setText(actions[name])
        whole = {"html": self.tr("All heads as a page (HTML)…"), "npz": self.tr("All heads as numbers (npz)…"),
                 "csv": self.tr("All heads as a table (CSV)…")}  # fmt: skip
        for form, action in self._whole.items():
            action.setText(whole[form])
        words_of = {"map": self.tr("Map"), "lines": self.tr("Lines"), "arithmetic": self.tr("Arithmetic"),
                    "picture": self.tr("Picture")}  # fmt: skip
        for name, tab in self.tabs.items():
            tab.setText(words_of[name])
        self._show()
        self._tell_cell(self.heat.cell)
