"""The Runs page: every run in a list; below, the chosen ones side by side; or, in the place of all that, two films in step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from workbench.contracts.history import RunRow
from workbench.gui.models.compared_runs import ComparedRun
from workbench.gui.models.film_pair_state import FilmPairState
from workbench.gui.theme import GAP
from workbench.gui.widgets.compare_chart import CompareChart
from workbench.gui.widgets.differences_table import DifferencesTable
from workbench.gui.widgets.films_beside import FilmsBeside
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.runs_list import RunsList


class RunsPage(Reactive):
    """Draws and emits; `workbench.gui.runs_desk` decides."""

    def __init__(self, films: FilmPairState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedWidget(self)
        whole = QSplitter(Qt.Orientation.Vertical, self._stack)
        self.list, below = RunsList(whole), QSplitter(Qt.Orientation.Horizontal, whole)
        self.chart, self.differences, self._below = CompareChart(below), DifferencesTable(below), below
        for place, stretch in enumerate((3, 2)):
            below.setStretchFactor(place, stretch)
        below.setSizes([660, 460])
        whole.setSizes([440, 320])
        for splitter in (below, whole):
            splitter.setHandleWidth(GAP)
            splitter.setChildrenCollapsible(False)
        self.films = FilmsBeside(films, self._stack)
        self.films.left.connect(lambda: self.show_films(False))
        self._stack.addWidget(whole)
        self._stack.addWidget(self.films)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self._stack)
        self.react()

    def show_films(self, on: bool) -> None:
        """Show two films in step, or the list again."""
        self._stack.setCurrentIndex(int(on))
        (self.films.track if on else self.list.view).setFocus()

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """List these; where there is none, there is nothing to choose and nothing to compare."""
        self.list.show_rows(rows)
        self._below.setVisible(bool(rows))

    def show_compared(self, runs: Sequence[ComparedRun]) -> None:
        """The chosen runs side by side."""
        self.chart.show_runs(runs)
        self.differences.show_runs(runs)
