"""The chosen head of the Inspect page: what it does, whether the picture can be trusted, and its weights in several views."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QWidget

from workbench.contracts.frames import AttentionFrame
from workbench.contracts.inspection import HeadMap, Inspected
from workbench.gui.models.token_names import shown
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.fact_words import FactWords
from workbench.gui.widgets.heatmap import Cell, HeatMap
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.saving import FORMATS, SaveRequest, copy_picture, figure_size
from workbench.gui.widgets.shades import SCALES

TRUSTED = 1e-4
"""Up to this difference between weights · values and what the model used, the picture is what the model computed."""


class HeadView(Panel):
    """One head large, with its badge."""

    switch_wanted = Signal()
    """The head is to be switched off, or on again."""
    save_wanted = Signal(object)
    """A `SaveRequest`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head: HeadMap | None = None
        self._seen: Inspected | None = None
        self._words = FactWords(self)
        self.badge = QLabel(self)
        self.badge.setObjectName("facts")
        self.switch = QPushButton(self)
        self.switch.setCheckable(True)
        self.switch.clicked.connect(self.switch_wanted)
        self.scale = CalmCombo(self)
        for scale in SCALES:
            self.scale.addItem("", scale)
        self.save_button = QPushButton(self)
        menu = QMenu(self.save_button)
        self._actions: dict[str, QAction] = {name: menu.addAction("") for name in (*FORMATS, "copy")}
        for name, action in self._actions.items():
            action.triggered.connect(lambda _=False, name=name: self._save(name))
        self.save_button.setMenu(menu)
        for control in (self.badge, self.switch, self.scale, self.save_button):
            self.controls.addWidget(control)
        self.line = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.line.setObjectName("facts")
        self.heat = HeatMap(self)
        self.heat.cell_hovered.connect(self._tell_cell)
        self.scale.currentIndexChanged.connect(lambda _: self.heat.set_scale(str(self.scale.currentData())))
        self.cell_line = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.cell_line.setObjectName("facts")
        self._views = QStackedWidget(self)
        self._tabs = QButtonGroup(self)
        self._tab_row = QHBoxLayout()
        self._tab_row.setSpacing(6)
        self._tab_row.addStretch(1)
        self.tabs: dict[str, QPushButton] = {}
        self.body.addWidget(self.line)
        self.body.addLayout(self._tab_row)
        self.body.addWidget(self._views, 1)
        self.body.addWidget(self.cell_line)
        self.add_view("map", self.heat)
        self.react()

    def add_view(self, name: str, view: QWidget) -> None:
        """One more way to see the head; its tab is named in `retranslate`."""
        tab = self.tabs[name] = QPushButton(self)
        tab.setCheckable(True)
        tab.setChecked(len(self.tabs) == 1)
        tab.clicked.connect(lambda: self._views.setCurrentWidget(view))
        self._tabs.addButton(tab)
        self._tab_row.insertWidget(len(self.tabs) - 1, tab)
        self._views.addWidget(view)
        tab.setVisible(len(self.tabs) > 1)

    def show_head(self, seen: Inspected | None, head: HeadMap | None, place: tuple[str, int, int]) -> None:
        """Show the chosen head of a text; `head` is None while it is on its way."""
        self._seen, self._head = seen, head
        kind, layer, number = place
        self.entitle(self._words.heading(layer, number) if kind else self.tr("Head"))
        self.switch.setEnabled(seen is not None)
        self.save_button.setEnabled(head is not None)
        if seen is None or head is None:
            self.heat.show_nothing(self.tr("This head is being computed…") if seen is not None else "")
            self.line.setText("")
            self._show_badge()
            return
        wall = seen.walls[kind]
        frame = AttentionFrame(kind=kind, weights=head.weights[None, None], queries=wall.queries, keys=wall.keys)
        self.line.setText(self._words.line_of(frame, 0, 0))
        self.switch.setChecked(head.off)
        self.heat.set_head(head.weights, wall.queries, wall.keys)
        self._show_badge()

    def request(self, form: str) -> SaveRequest | None:
        """Everything that is needed to write the head as `png`, `svg` or `npz`; None while there is none."""
        if self._head is None or self._seen is None:
            return None
        head = self._head
        return SaveRequest(
            format=form, picture=self.heat.picture, size=figure_size(*reversed(head.weights.shape)), layer=head.layer,
            head=head.head, kind=head.kind, step=0, title=f"{self.heading.text()} · {self.line.text()}",
            provenance={**self._seen.provenance, "trust": f"{head.trust:.3g}"},
        )  # fmt: skip

    def retranslate(self) -> None:
        self.switch.setText(self.tr("Switch off"))
        self.switch.setToolTip(self.tr("Let this head hand on zeros, and see what the model makes of the rest"))
        scales = {"linear": self.tr("Linear"), "log": self.tr("Logarithmic"), "row": self.tr("Each row by itself")}
        for number, scale in enumerate(SCALES):
            self.scale.setItemText(number, scales[scale])
        self.scale.setAccessibleName(self.tr("Scale of the colours"))
        self.save_button.setText(self.tr("Save"))
        actions = {"png": self.tr("Picture (PNG)…"), "svg": self.tr("Drawing (SVG)…"), "npz": self.tr("Numbers (NumPy npz)…"),
                   "copy": self.tr("Copy picture")}  # fmt: skip
        for name, action in self._actions.items():
            action.setText(actions[name])
        words = {"map": self.tr("Map")}
        for name, tab in self.tabs.items():
            tab.setText(words[name])
        place = (self._head.kind, self._head.layer, self._head.head) if self._head is not None else ("", 0, 0)
        self.show_head(self._seen, self._head, place)
        self._tell_cell(self.heat.cell)

    def _show_badge(self) -> None:
        """Whether the picture is what the model computed."""
        head, name = self._head, "facts"
        if head is None:
            words, tip = "", ""
        elif head.off:
            words, tip = self.tr("switched off"), self.tr("The weights are what they would be; what the head hands on is zero.")
        elif math.isnan(head.trust):
            words = self.tr("values are not seen")
            tip = self.tr("This model writes its attention out: the weights are those of its softmax, its values are not seen.")
        else:
            good = head.trust <= TRUSTED
            name = "good" if good else "bad"
            words = self.tr("|A·V − used| {0} {1}").format(f"{head.trust:.0e}", "✓" if good else "✗")
            tip = self.tr("The largest difference between these weights times the values and what the model went on with.")
        if self.badge.objectName() != name:
            self.badge.setObjectName(name)
            self.badge.style().polish(self.badge)
        self.badge.setText(words)
        self.badge.setToolTip(tip)

    def _tell_cell(self, cell: object) -> None:
        if not isinstance(cell, Cell):
            self.cell_line.setText(self.tr("Move over the cells to read a weight. The wheel zooms, a double click shows all."))
            return
        line = self.tr("query {0} “{1}” · key {2} “{3}” · weight {4} · entropy of this query {5} nats")
        self.cell_line.setText(line.format(
            cell.query + 1, shown(cell.query_token), cell.key + 1, shown(cell.key_token), f"{cell.weight:.4g}",
            f"{cell.row_entropy:.2f}",
        ))  # fmt: skip

    def _save(self, form: str) -> None:
        if form == "copy":
            copy_picture(self.heat.picture, figure_size(*reversed(self.heat.picture.weights.shape)))
            return
        request = self.request(form)
        if request is not None:
            self.save_wanted.emit(request)
