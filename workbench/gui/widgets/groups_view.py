"""The score on parts of the rows: by length, and by what another column of the table says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.contracts.evaluations import Group
from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.theme import GAP
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.metric_words import metric_name
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.score_bars import Bar, ScoreBars
from workbench.gui.widgets.trouble_box import TroubleBox


class GroupsView(Reactive):
    """Two panels of bars; the second follows the chosen column of an `EvaluationState`."""

    def __init__(self, state: EvaluationState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._filling = state, False
        self.length, self.column = Panel(self), Panel(self)
        self.length_bars, self.column_bars = ScoreBars(self.length), ScoreBars(self.column)
        self.which = CalmCombo(self.column)
        self.column.controls.addWidget(self.which)
        self.trouble = TroubleBox(self.column)
        self.column.body.addWidget(self.trouble, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for panel, bars in ((self.length, self.length_bars), (self.column, self.column_bars)):
            panel.body.addWidget(_scrolled(bars, panel), 1)
            row.addWidget(panel, 1)
        self.which.currentIndexChanged.connect(self._choose)
        self.which.activated.connect(self._choose_again)
        state.changed.connect(self._show)
        state.column_changed.connect(self._show_column)
        self.react()

    def retranslate(self) -> None:
        self.which.setAccessibleName(self.tr("Column of the table to score by"))
        self._show()

    def _choose(self, _: int) -> None:
        if not self._filling:
            self._state.choose_column(self.which.currentData() or "")

    def _choose_again(self, index: int) -> None:
        """The same column after trouble with it."""
        if self._state.column_trouble is not None:
            self._choose(index)

    def _show(self) -> None:
        judged = self._state.judged
        metric = "" if judged is None else judged.analysis.metric
        self.length.entitle(self.tr("By length in tokens"), metric_name(metric))
        if judged is None or not judged.analysis.by_length:
            self.length_bars.show_hint(self.tr("There are no rows to score."))
        else:
            self.length_bars.show_bars(self._bars(judged.analysis.by_length), metric)
        self._filling = True
        self.which.clear()
        self.which.addItem(self.tr("choose a column"), "")
        for name in judged.columns if judged is not None else ():
            self.which.addItem(" ".join(name.split())[:60], name)
        self.which.setCurrentIndex(max(0, self.which.findData(self._state.column)))
        self.which.setVisible(self.which.count() > 1)
        self._filling = False
        self._show_column()

    def _show_column(self) -> None:
        state = self._state
        judged, chosen = state.judged, bool(self.which.currentData())
        self.column.entitle(self.tr("By another column"), metric_name(judged.analysis.metric) if judged and chosen else "")
        self.trouble.show_trouble(state.column_trouble)
        if judged is None or not judged.columns:
            self.column_bars.show_hint(self.tr("The table has no other column, or is no longer where it was."))
        elif state.column_trouble is not None:
            self.column_bars.show_hint("")
        elif not chosen:
            self.column_bars.show_hint(self.tr("Choose a column to see the score on each of its values."))
        elif state.groups is None:
            self.column_bars.show_hint(self.tr("Reading the table…"))
        else:
            self.column_bars.show_bars(self._bars(state.groups), judged.analysis.metric)

    def _bars(self, groups: Sequence[Group]) -> list[Bar]:
        return [
            Bar(
                name=self.tr("{0} other values").format(f"{group.others:,}") if group.others
                else " ".join(group.name.split()) or self.tr("(empty)"),
                value=group.value, low=group.low, high=group.high, rows=group.rows,
            )
            for group in groups
        ]  # fmt: skip


def _scrolled(bars: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner = QWidget(area)
    inner.setObjectName("content")
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 8, 0)
    column.addWidget(bars)
    column.addStretch(1)
    area.setWidget(inner)
    return area
