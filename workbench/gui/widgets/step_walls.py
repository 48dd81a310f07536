"""Every head on one row of a step: before it, after it, and what the step moved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from workbench.contracts.frames import KINDS, AttentionFrame
from workbench.contracts.steps import StepAttention
from workbench.gui.models.frame_difference import difference, limit_of
from workbench.gui.widgets.head_wall import HeadWall
from workbench.gui.widgets.panel import Panel
from workbench.gui.words import said

PLACES = {"before": (0, 0, 1), "after": (0, 1, 1), "difference": (2, 0, 2)}
"""Row and column of each title, and columns it spans; its wall stands below."""


class StepWalls(Panel):
    """Three walls; a head that is chosen in one is framed in all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: StepAttention | None = None
        self._kind, self._row = "", ""
        self.walls = {side: HeadWall(self) for side in PLACES}
        self.titles = {side: QLabel(self, alignment=Qt.AlignmentFlag.AlignHCenter) for side in PLACES}
        self.tabs: dict[str, QPushButton] = {}
        self.remark = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.remark.setObjectName("facts")
        group, grid = QButtonGroup(self), QGridLayout()
        for kind in KINDS:
            tab = self.tabs[kind] = QPushButton(self)
            tab.setCheckable(True)
            tab.hide()
            group.addButton(tab)
            tab.clicked.connect(lambda _=False, kind=kind: self.show_kind(kind))
            self.controls.addWidget(tab)
        for side, (row, column, across) in PLACES.items():
            self.titles[side].setObjectName("muted")
            self.titles[side].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(self.titles[side], row, column, 1, across)
            grid.addWidget(self.walls[side], row + 1, column, 1, across)
            grid.setColumnStretch(column, 1)
            grid.setRowStretch(row + 1, 1)
            self.walls[side].head_chosen.connect(self._choose)
        self.body.addLayout(grid, 1)
        self.body.addWidget(self.remark)
        self.react()

    def show_attention(self, seen: StepAttention | None, row: str) -> None:
        """Show what the heads see in a row that is named so; None while it is waited for."""
        self._seen, self._row = seen, row
        there = () if seen is None else tuple(kind for kind in KINDS if kind in seen.before)
        for kind, tab in self.tabs.items():
            tab.setVisible(kind in there and len(there) > 1)
        if there and self._kind not in there:
            self._kind = "cross" if "cross" in there else there[0]
        self._show()

    def show_kind(self, kind: str) -> None:
        """Show one kind of attention."""
        self._kind = kind
        self._show()

    def _show(self) -> None:
        seen = self._seen
        self.entitle(self.tr("Attention before and after"), self._row)
        self.remark.setText(said(seen.trouble) if seen is not None else "")
        self.remark.setVisible(bool(self.remark.text()))
        if seen is None or self._kind not in seen.before:
            for wall in self.walls.values():
                wall.show_nothing("" if seen is not None else self.tr("Being looked at…"))
            return
        self.tabs[self._kind].setChecked(True)
        before, after = seen.before[self._kind], seen.after[self._kind]
        self.walls["before"].set_frame(before)
        self.walls["after"].set_frame(after)
        apart = difference(before, after)
        assert isinstance(apart, AttentionFrame)  # both are of the same tokens
        self.walls["difference"].set_scale("signed", limit_of(apart))
        self.walls["difference"].set_frame(apart)
        self.titles["difference"].setText(self.tr("After − before, up to ±{0}").format(f"{limit_of(apart):.2g}"))

    def _choose(self, layer: int, head: int) -> None:
        for wall in self.walls.values():
            wall.choose(layer, head)

    def retranslate(self) -> None:
        self.titles["before"].setText(self.tr("Before the step"))
        self.titles["after"].setText(self.tr("After the step"))
        self.titles["difference"].setText(self.tr("After − before"))
        words = {"encoder": self.tr("Encoder"), "decoder": self.tr("Decoder"), "cross": self.tr("Cross")}
        for kind, tab in self.tabs.items():
            tab.setText(words[kind])
        self._show()
