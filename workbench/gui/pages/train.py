"""The Train page: curves at the left, heads of a text at the right; or what a run came to, or a step of it, in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Checkpointed, Evaluated, Event, Finished, Looked, Paused, Resumed, Started, Step, Warned
from workbench.gui.models.curves import Curves
from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.models.run_edits import RunEdits
from workbench.gui.models.run_state import LIVE, RunModel, RunState
from workbench.gui.models.step_block import StepBlock
from workbench.gui.models.step_state import Phase, StepState
from workbench.gui.theme import GAP
from workbench.gui.widgets.attention_panel import AttentionPanel
from workbench.gui.widgets.confusion import ConfusionMatrix
from workbench.gui.widgets.edit_marks import mark_edits
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.edits_panel import EditsPanel
from workbench.gui.widgets.evaluation_view import EvaluationView
from workbench.gui.widgets.flow import Flow
from workbench.gui.widgets.loss_chart import LossChart
from workbench.gui.widgets.notice import Notice
from workbench.gui.widgets.position_panel import PositionPanel
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.report_panel import ReportPanel
from workbench.gui.widgets.samples import Samples
from workbench.gui.widgets.scores_panel import ScoresPanel
from workbench.gui.widgets.spike_bar import SpikeBar
from workbench.gui.widgets.step_view import StepView
from workbench.gui.words import said

TABS = ("predictions", "positions", "confusion", "report", "edits")
VIEWS = ("training", "evaluation", "step")


class TrainPage(Reactive):
    """Shows a `RunModel`: what it says is drawn; nothing is asked of it here."""

    probe_edited = Signal(str)
    save_wanted = Signal(object)
    open_folder = Signal(str)

    def __init__(
        self, run: RunModel, curves: Curves, evaluation: EvaluationState | None = None, step: StepState | None = None,
        edits: RunEdits | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._evaluation, self._step = evaluation or EvaluationState(self), step or StepState(self)
        self._edits = edits or RunEdits(run, self)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._run, self.curves = run, curves
        self._chosen_by_hand = False
        self._scheme = ""
        self._asked: str | None = None
        self._scored: list[Evaluated] = []
        self._shown: Evaluated | None = None
        self._waits_for = ""
        views = self._views = QStackedWidget(self)
        columns = self.columns = QSplitter(Qt.Orientation.Horizontal, views)
        left = self._left = QSplitter(Qt.Orientation.Vertical, columns)
        self.notice, self.chart, self._below = Notice(self), LossChart(curves, left), QWidget(left)
        tabs = self._stack = QStackedWidget(self._below)
        both = self._both = QScrollArea(tabs)
        inner = self._inner = QWidget(both.viewport())
        self.heads, self.scores, self.samples = AttentionPanel(columns), ScoresPanel(inner), Samples(inner)
        self.positions, self.confusion, self.report = PositionPanel(tabs), ConfusionMatrix(tabs), ReportPanel(tabs)
        self.evaluation, self.step = EvaluationView(self._evaluation, views), StepView(self._step, views)
        self.edits, self._edit_words = EditsPanel(self._edits, tabs), EditWords(self)
        self.spikes = SpikeBar(self._step, self.chart)
        self.chart.body.addWidget(self.spikes)
        self.views = {name: QPushButton(self) for name in VIEWS}
        self.large = QPushButton(self)
        self.large.setCheckable(True)
        self.heads.controls.addWidget(self.large)
        self.tabs = self._build_tabs()
        self._lay_out()
        self.show_view("training")
        self.heads.probe_edited.connect(self._ask)
        self.heads.save_wanted.connect(self.save_wanted)
        self.report.open_folder.connect(self.open_folder)
        self.heads.switch.wanted.connect(self._edits.set_head)
        self._edits.changed.connect(self._show_edits)
        self._evaluation.changed.connect(self._offer_views)
        self._step.changed.connect(self._offer_step)
        run.begun.connect(self._begin)
        run.stepped.connect(self._step_on)
        run.read.connect(self._read_on)
        run.looked.connect(self._look)
        run.stands_at.connect(self._stand_at)
        run.pointed.connect(self.heads.choose)
        run.happened.connect(self._hear)
        run.failed.connect(self._fail)
        self.show_tab("predictions")
        self.react()

    def set_scheme(self, scheme: str) -> None:
        """How order enters the model that is shown (``ModelSpec.positions``)."""
        self._scheme = scheme

    def wait_for_heads(self) -> None:
        """The model is being opened: its heads come in a moment; those of its last look stay until then."""
        if self.heads.chosen is None:
            self.heads.show_nothing(self.tr("Opening the model…"))

    def set_baseline(self, scores: Mapping[str, Any] | None, note: str) -> None:
        """What counting words scores on the same rows, known before the run is over."""
        self.scores.set_baseline(scores, note)

    def clear(self) -> None:
        """Nothing of an earlier run stays."""
        self.curves.clear()
        self.chart.reset()
        self.heads.show_nothing(self.tr("The heads appear here with the first step of training."))
        self.heads.comparison.forget()
        self.heads.set_answer("", {})
        self.scores.clear()
        self.samples.clear()
        self.positions.set_frame(None, self._scheme)
        self.confusion.set_matrix((), ())
        self.report.set_report({})
        self.notice.clear()
        self._chosen_by_hand, self._asked = False, None
        self._scored, self._shown = [], None
        self.show_tab("predictions")

    def show_tab(self, name: str) -> None:
        """Show one of `TABS` below the curves."""
        self._stack.setCurrentIndex(TABS.index(name))
        self.tabs[name].setChecked(True)

    def show_view(self, name: str) -> None:
        """Show how the run went, what it came to, or one of its steps: one of `VIEWS`."""
        self._views.setCurrentIndex(VIEWS.index(name))
        self.views[name].setChecked(True)
        self._evaluation.set_watched(name == "evaluation" and self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._evaluation.set_watched(self._views.currentIndex() == VIEWS.index("evaluation"))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._evaluation.set_watched(False)

    def _offer_views(self) -> None:
        """Of a run that has ended its evaluation can be seen, and a step once it is looked into; else there is no choice."""
        there = {"evaluation": self._evaluation.run is not None, "step": self._step.phase is not Phase.NOTHING}
        for name, button in self.views.items():
            button.setVisible(there.get(name, any(there.values())))
        if not there.get(VIEWS[self._views.currentIndex()], True):
            self.show_view("training")

    def _offer_step(self) -> None:
        """A step that is asked for comes into sight; what is still to come of it stays where the person is."""
        self._offer_views()
        self.views["step"].setText(self.tr("Step {0}").format(f"{self._step.step:,}"))
        if self._step.phase is Phase.WORKING:
            self.show_view("step")

    def retranslate(self) -> None:
        words = (self.tr("Training"), self.tr("Evaluation"), self.tr("Step {0}").format(f"{self._step.step:,}"))
        for button, word in zip(self.views.values(), words, strict=True):
            button.setText(word)
        self.large.setText(self.tr("Large"))
        self.large.setToolTip(self.tr("Give the heads the whole page, as for an audience (with F11: the whole screen)"))
        for name, tab in {
            "predictions": self.tr("Predictions"), "positions": self.tr("Positions"), "confusion": self.tr("Confusion"),
            "report": self.tr("Report"), "edits": self.tr("Edits"),
        }.items():  # fmt: skip
            self.tabs[name].setText(tab)
        if self._run.state is RunState.IDLE:
            self.heads.show_nothing(self.tr("The heads appear here with the first step of training."))
        self._show_edits()

    def _show_edits(self) -> None:
        mark_edits(self._edits, self._edit_words, self.chart, self.heads.switch)

    # -- what the run says --------------------------------------------------------------------------------------------

    def _begin(self, goes_on: bool) -> None:
        if goes_on:
            self.notice.clear()
        else:
            self.clear()

    def _step_on(self, steps: list[Step]) -> None:
        self.curves.extend(steps)
        self.chart.refresh()

    def _read_on(self, block: StepBlock) -> None:
        self.curves.extend_block(block)
        self.curves.catch_up()
        self.chart.refresh()

    def _ask(self, text: str) -> None:
        self._asked = text
        self.probe_edited.emit(text)

    def _look(self, looked: Looked) -> None:
        if self._run.past is None and self._asked not in (None, "", looked.text):
            return  # an answer to the text before this one
        self.heads.set_trouble(said(looked.trouble))
        if looked.other is not None:
            self.heads.comparison.set_frames(looked.other.text, looked.other.frames, said(looked.other.trouble))
        if looked.frames:
            self.heads.set_probe(looked.text)
            self.heads.set_frames(looked.frames)
            self.heads.set_answer(looked.prediction, looked.probabilities)
        if looked.positions is not None or looked.frames:
            self.positions.set_frame(looked.positions, self._scheme)

    def _hear(self, event: Event) -> None:
        match event:
            case Started():
                self.curves.rewind(event.step)
                self._scored = [scored for scored in self._scored if scored.step <= event.step]
                self.curves.expect(event.total_steps)
                self.chart.rewind(event.step)
                if event.resumed_from:
                    self.chart.annotate(event.step, "", "resume")
            case Evaluated():
                self._score(event)
            case Paused():
                self.chart.annotate(event.step, "", "pause")
                if event.reason and self._run.state in (*LIVE, RunState.WATCHED):  # of a run on disk it is long past
                    self._waits_for = event.reason
                    self.notice.warn(event.reason)
            case Resumed():
                self.chart.annotate(event.step, "", "resume")
                self.notice.withdraw(self._waits_for)
            case Checkpointed():
                self.chart.annotate(event.step, "", "checkpoint")
            case Warned():
                self.notice.warn(event.message)
            case Finished():
                self._finish(event)

    def _score(self, event: Evaluated) -> None:
        if event.split != "validation":
            return
        self.curves.add_scores("validation", event.step, event.metrics)
        self.chart.refresh()
        if event.best:
            self.chart.annotate(event.step, "", "best")
        self._scored.append(event)
        if self._run.past is None:
            self._show_scores(event)

    def _stand_at(self, step: int | None) -> None:
        """Show the scores that were known at a step of the past, or all that are known now."""
        self.chart.stand_at(step)
        self._show_edits()
        known = [event for event in self._scored if step is None or event.step <= step]
        if known and known[-1] is self._shown:
            return
        self._shown = known[-1] if known else None
        best = next((event for event in reversed(known) if event.best), None)
        told = next((event for event in reversed(known) if event.samples), None)  # the last scoring of a run tells none
        self.scores.set_evaluation(best.metrics if best else {}, best=True, step=best.step if best else 0)
        self.samples.set_samples(told.samples if told else (), told.step if told else 0)
        if known:
            self._show_scores(known[-1])

    def _show_scores(self, event: Evaluated) -> None:
        self._shown = event
        self.scores.set_evaluation(event.metrics, best=event.best, step=event.step)
        if event.samples:
            self.samples.set_samples(event.samples, event.step)
        if "confusion" in event.metrics:
            self.confusion.set_matrix(event.metrics["confusion"], tuple(event.metrics.get("per_class", {})))
        else:
            self.confusion.set_no_classes()

    def _finish(self, event: Finished) -> None:
        baseline = event.report.get("baseline") or {}
        if baseline.get("validation"):
            self.scores.set_baseline(baseline["validation"], said(str(baseline.get("note", ""))))
        self.report.set_report(event.report)
        if not self._chosen_by_hand:
            self.show_tab("report")

    def _fail(self, error: WorkbenchError) -> None:
        self.notice.fail(error)

    # -- layout -------------------------------------------------------------------------------------------------------

    def _choices(self) -> QHBoxLayout:
        group, row = QButtonGroup(self), QHBoxLayout()
        row.setSpacing(6)
        for name, button in self.views.items():
            button.setCheckable(True)
            button.hide()
            group.addButton(button)
            button.clicked.connect(lambda _=False, name=name: self.show_view(name))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_tabs(self) -> dict[str, QPushButton]:
        group = QButtonGroup(self)
        tabs = {}
        for name in TABS:
            tab = tabs[name] = QPushButton(self)
            tab.setCheckable(True)
            group.addButton(tab)
            tab.clicked.connect(lambda _=False, name=name: self._choose_tab(name))
        return tabs

    def _choose_tab(self, name: str) -> None:
        self._chosen_by_hand = True
        self.show_tab(name)

    def _lay_out(self) -> None:
        both, left = self._both, self._left
        both.setWidgetResizable(True)
        both.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner.setObjectName("content")
        both.setWidget(self._inner)
        predictions = QVBoxLayout(self._inner)
        predictions.setContentsMargins(0, 0, 0, 0)
        predictions.setSpacing(GAP)
        predictions.addWidget(self.scores)
        predictions.addWidget(self.samples, 1)
        for panel in (both, self.positions, self.confusion, self.report, self.edits):
            self._stack.addWidget(panel)
        row = Flow()  # a second line where one is too short for every word
        for tab in self.tabs.values():
            row.addWidget(tab)
        lower = QVBoxLayout(self._below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(8)
        lower.addLayout(row)
        lower.addWidget(self._stack, 1)
        left.addWidget(self.chart)
        left.addWidget(self._below)
        left.setSizes([460, 320])
        self.large.toggled.connect(lambda on: left.setVisible(not on))
        self.columns.addWidget(left)
        self.columns.addWidget(self.heads)
        self.columns.setSizes([480, 720])
        for splitter in (left, self.columns):
            splitter.setHandleWidth(GAP)
            splitter.setChildrenCollapsible(False)
        self.columns.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 12)
        whole.setSpacing(GAP)
        for view in (self.columns, self.evaluation, self.step):
            self._views.addWidget(view)
        whole.addWidget(self.notice)
        whole.addLayout(self._choices())
        whole.addWidget(self._views, 1)
