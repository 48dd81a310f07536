"""The evaluation of a run: the verdict on top, and below it what it rests on, a tab for each."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from workbench.contracts.evaluations import Analysis
from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.theme import GAP
from workbench.gui.widgets.answers_view import AnswersView
from workbench.gui.widgets.class_table import ClassTable
from workbench.gui.widgets.confusion import ConfusionMatrix
from workbench.gui.widgets.curves_view import CurvesView
from workbench.gui.widgets.groups_view import GroupsView
from workbench.gui.widgets.notice import Notice
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.residuals_view import ResidualsView
from workbench.gui.widgets.verdict_card import VerdictCard

TABS = ("report", "curves", "residuals", "errors", "right", "groups")


class EvaluationView(Reactive):
    """Shows an `EvaluationState`; it asks for nothing before it is seen."""

    inspect_wanted = Signal(str)
    """A text to look into the model with."""
    other_wanted = Signal()
    """A run to compare with is to be chosen."""

    def __init__(self, state: EvaluationState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._cell: tuple[int, int] | None = None
        self._drawn: set[str] = set()
        self.notice, self.card = Notice(self), VerdictCard(state, self)
        stack = self._stack = QStackedWidget(self)
        report = QSplitter(Qt.Orientation.Vertical, stack)
        above = QSplitter(Qt.Orientation.Horizontal, report)
        self.classes, self.confusion, self.cell_rows = ClassTable(above), ConfusionMatrix(above), AnswersView(report)
        self.curves, self.residuals, self.groups = CurvesView(stack), ResidualsView(stack), GroupsView(state, stack)
        self.errors, self.right = AnswersView(stack), AnswersView(stack)
        self.tabs: dict[str, QPushButton] = {}
        self._lay_out(report, above)
        for answers in (self.cell_rows, self.errors, self.right):
            answers.inspect_wanted.connect(self.inspect_wanted)
        self.card.other_wanted.connect(self.other_wanted)
        self.confusion.cell_clicked.connect(self._open_cell)
        state.changed.connect(self._show)
        self.show_tab("report")
        self.react()

    @property
    def tab(self) -> str:
        """The tab that is shown."""
        return next((name for name, tab in self.tabs.items() if tab.isChecked()), TABS[0])

    def show_tab(self, name: str) -> None:
        """Show one of `TABS`."""
        self.tabs[name].setChecked(True)
        self._stack.setCurrentIndex(TABS.index(name))
        judged = self._state.judged
        if judged is not None and name not in self._drawn:
            self._drawn.add(name)
            self._draw_tab(judged.analysis)

    def retranslate(self) -> None:
        names = (self.tr("Classes"), self.tr("Curves"), self.tr("Residuals"), "", "", self.tr("By group"))
        for tab, words in zip(self.tabs.values(), names, strict=True):
            tab.setText(words)
        self._name_tabs(numbers=False)
        self._show()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._state
        if state.trouble is not None:
            self.notice.fail(state.trouble)
        else:
            self.notice.clear()
        found = state.judged.analysis if state.judged is not None else None
        self._cell = None
        self._drawn.clear()
        there = self._tabs_of(found)
        for name, tab in self.tabs.items():
            tab.setVisible(name in there)
        if found is None:
            self._stack.setCurrentWidget(self._nothing)
            return
        self._name_tabs(numbers=found.answers.kind == "numbers")
        self.show_tab(self.tab if self.tab in there else there[0])

    def _draw_tab(self, found: Analysis) -> None:
        """Draw the tab that is shown; the others when they are."""
        numbers = found.answers.kind == "numbers"
        match self.tab:
            case "report":
                self.classes.set_scores(found.report)
                for panel in (self.confusion, self.cell_rows):
                    panel.setVisible(found.confusion is not None)
                if found.confusion is not None:
                    self.confusion.set_matrix(found.confusion.tolist(), found.labels)
                self._show_cell()
            case "curves":
                self.curves.show_analysis(found)
            case "residuals":
                self.residuals.show_analysis(found)
            case "errors":
                heading = self.tr("Wrong answers, the most confident first")
                heading = self.tr("The numbers that are farthest off first") if numbers else heading
                self.errors.show_answers(heading, found.answers, found.worst, self.tr("Not one answer is wrong."))
            case "right":
                heading = self.tr("Right answers, the most confident first")
                heading = self.tr("The numbers that are nearest first") if numbers else heading
                self.right.show_answers(heading, found.answers, found.surest, self.tr("Not one answer is right."))

    def _name_tabs(self, *, numbers: bool) -> None:
        self.tabs["errors"].setText(self.tr("Farthest off") if numbers else self.tr("Errors"))
        self.tabs["right"].setText(self.tr("Nearest") if numbers else self.tr("Right ones"))

    def _tabs_of(self, found: Analysis | None) -> tuple[str, ...]:
        if found is None:
            return ()
        numbers = found.answers.kind == "numbers"
        there = {
            "report": bool(found.report), "curves": bool(found.roc) or found.calibration is not None, "residuals": numbers,
            "errors": True, "right": True, "groups": True,
        }  # fmt: skip
        return tuple(name for name in TABS if there[name])

    def _open_cell(self, truth: int, prediction: int) -> None:
        self._cell = (truth, prediction)
        self._show_cell()

    def _show_cell(self) -> None:
        found = self._state.judged.analysis if self._state.judged is not None else None
        if found is None or found.truth is None or found.predicted is None or self._cell is None:
            self.cell_rows.show_answers(
                self.tr("Rows"), None, np.zeros(0, np.int64), self.tr("Click a cell of the matrix to see its rows here.")
            )
            return
        truth, prediction = self._cell
        places = np.flatnonzero((found.truth == truth) & (found.predicted == prediction))
        sure = np.nan_to_num(found.answers.confidence[places], nan=-1.0)
        heading = self.tr("Truth {0}, predicted {1}").format(*(" ".join(found.labels[n].split())[:40] for n in self._cell))
        self.cell_rows.show_answers(
            heading, found.answers, places[np.argsort(-sure, kind="stable")], self.tr("No row is in this cell.")
        )

    # -- layout -------------------------------------------------------------------------------------------------------

    def _lay_out(self, report: QSplitter, above: QSplitter) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(6)
        for name in TABS:
            tab = self.tabs[name] = QPushButton(self)
            tab.setCheckable(True)
            group.addButton(tab)
            tab.clicked.connect(lambda _=False, name=name: self.show_tab(name))
            row.addWidget(tab)
        row.addStretch(1)
        above.setSizes([500, 500])
        report.setSizes([300, 200])
        for splitter in (above, report):
            splitter.setHandleWidth(GAP)
            splitter.setChildrenCollapsible(False)
        for page in (report, self.curves, self.residuals, self.errors, self.right, self.groups):
            self._stack.addWidget(page)
        self._nothing = QWidget(self)
        self._stack.addWidget(self._nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.notice)
        whole.addWidget(self.card)
        whole.addLayout(row)
        whole.addWidget(self._stack, 1)
