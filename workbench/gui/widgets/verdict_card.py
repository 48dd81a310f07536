"""On top of an evaluation: the verdict in plain words, and model and baseline as bars with their intervals."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from workbench.contracts.evaluations import SHARES, Intervals, Judged
from workbench.gui.models.evaluation_state import EvaluationState
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.counts import rows_text
from workbench.gui.widgets.metric_words import metric_name
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.score_bars import Bar, ScoreBars
from workbench.gui.widgets.verdict_words import verdict_words
from workbench.gui.words import said


class VerdictCard(Panel):
    """Shows an `EvaluationState` and tells it which rows, and against what."""

    other_wanted = Signal()
    """A run to compare with is to be chosen; `compare_with` of the state takes it."""

    def __init__(self, state: EvaluationState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._filling = state, False
        self.verdict = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.verdict.setObjectName("title")
        self.bars = ScoreBars(self)
        self.about = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.about.setObjectName("muted")
        self.which, self.score = CalmCombo(self), CalmCombo(self)
        self.compare, self.back = QPushButton(self), QPushButton(self)
        for widget in (self.which, self.score, self.compare, self.back):
            self.controls.addWidget(widget)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.about)
        self.which.currentIndexChanged.connect(self._choose_split)
        self.score.currentIndexChanged.connect(lambda _: None if self._filling else self._show_bars())
        self.compare.clicked.connect(self.other_wanted)
        self.back.clicked.connect(lambda: state.compare_with(None))
        state.changed.connect(self._show)
        self.react()

    def retranslate(self) -> None:
        self.compare.setText(self.tr("Compare with a run…"))
        self.compare.setToolTip(self.tr("Set another run on the same table in the baseline's place, on the rows both answered"))
        self.back.setText(self.tr("Back to the baseline"))
        self.which.setAccessibleName(self.tr("Rows that are judged"))
        self.score.setAccessibleName(self.tr("Score that is drawn"))
        self._show()

    def _choose_split(self, _: int) -> None:
        if not self._filling:
            self._state.choose_split(str(self.which.currentData()))

    def _show(self) -> None:
        judged = self._state.judged
        for widget in (self.which, self.score, self.compare, self.bars, self.about):
            widget.setVisible(judged is not None)
        self.back.setVisible(self._state.against is not None)
        if judged is None:
            self.entitle(self.tr("Evaluation"))
            self._say(self.tr("Reading the answers…") if self._state.at_work else self.tr("There are no answers to judge."))
            return
        self._fill()
        self._say(*verdict_words(judged.verdict, other_run=bool(judged.other)))
        self.about.setText(self._meaning(judged))
        self.about.setVisible(bool(self.about.text()))
        self.entitle(self.tr("Evaluation"), self._facts(judged.analysis.intervals))
        self._show_bars()

    def _say(self, text: str, kind: str = "") -> None:
        self.verdict.setText(text)
        self.verdict.setProperty("kind", kind)
        self.verdict.style().unpolish(self.verdict)  # properties are matched anew
        self.verdict.style().polish(self.verdict)

    def _fill(self) -> None:
        judged = self._state.judged
        assert judged is not None
        self._filling = True
        names = {"validation": self.tr("validation rows"), "test": self.tr("test rows")}
        self.which.clear()
        for split in judged.splits:
            self.which.addItem(names.get(split, split), split)
        self.which.setCurrentIndex(max(0, self.which.findData(judged.analysis.answers.split)))
        self.which.setVisible(len(judged.splits) > 1)
        before = self.score.currentData()
        self.score.clear()
        for name in judged.analysis.intervals.model:
            self.score.addItem(metric_name(name), name)
        wanted = before if self.score.findData(before) >= 0 else judged.analysis.metric
        self.score.setCurrentIndex(max(0, self.score.findData(wanted)))
        self.score.setVisible(self.score.count() > 1)
        self._filling = False

    def _meaning(self, judged: Judged) -> str:
        """What the baseline is, and its points; empty where nothing is compared."""
        if not judged.analysis.intervals.baseline:
            return ""
        says, note = [], said(judged.analysis.answers.note)
        if not judged.other:
            counts = self.tr("Baseline: a simple model that only counts words ({0}).").format(note)
            says.append(counts if note else self.tr("Baseline: a simple model that only counts words."))
        if judged.analysis.metric in SHARES:
            says.append(self.tr("Points are percentage points."))
        return " ".join(says)

    def _facts(self, found: Intervals) -> str:
        several = self.tr("{0} of {1} rows").format(f"{found.rows:,}", f"{found.of:,}")
        return self.tr("{0} · intervals of 95 %").format(rows_text(found.rows) if found.rows == found.of else several)

    def _show_bars(self) -> None:
        judged = self._state.judged
        if judged is None:
            return
        found, metric = judged.analysis.intervals, str(self.score.currentData() or "")
        other = Path(judged.other).name or self.tr("Baseline")
        bars = [
            Bar(name=name, value=scores[metric][0], low=scores[metric][1], high=scores[metric][2], muted=muted)
            for name, scores, muted in ((self.tr("Model"), found.model, False), (other, found.baseline, True))
            if metric in scores
        ]  # fmt: skip
        self.bars.show_bars(bars, metric)
