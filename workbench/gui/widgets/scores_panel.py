"""The scores on the validation rows, now and at their best, beside the simple baseline's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from workbench.gui.widgets.metric_words import LOWER_IS_BETTER, is_better, metric_name, metric_text, scores_of
from workbench.gui.widgets.panel import Panel


class ScoresPanel(Panel):
    """A row for each metric: now, at the best step, and what the baseline reaches on the same rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: dict[str, float] = {}
        self._best: dict[str, float] = {}
        self._baseline: dict[str, float] = {}
        self._note = ""
        self._step, self._best_step = 0, 0
        self.empty = QLabel(self)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.note = QLabel(self)
        self.note.setObjectName("muted")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.heads = [QLabel(self) for _ in range(3)]
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(0, 1)
        for column, head in enumerate(self.heads):
            head.setObjectName("muted")
            self.grid.addWidget(head, 0, column + 1, Qt.AlignmentFlag.AlignRight)
        self.rows: dict[str, tuple[QLabel, QLabel, QLabel, QLabel]] = {}
        self.body.addWidget(self.empty)
        self.body.addLayout(self.grid)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self.react()

    def set_evaluation(self, metrics: Mapping[str, Any], best: bool, step: int) -> None:
        """Show an evaluation; `best` says that it is the best so far, by the task's own measure."""
        self._now, self._step = scores_of(metrics), step
        if best:
            self._best, self._best_step = self._now, step
        self._show()

    def set_baseline(self, scores: Mapping[str, Any] | None, note: str) -> None:
        """Show the baseline's scores on the same rows and what it is; None: there is none, and `note` says why."""
        self._baseline, self._note = scores_of(scores), note
        self._show()

    def clear(self) -> None:
        """Begin with another run."""
        self._now, self._best, self._baseline, self._note = {}, {}, {}, ""
        self._step = self._best_step = 0
        self._show()

    def retranslate(self) -> None:
        self.empty.setText(self.tr("The scores on the validation rows appear here after the first evaluation."))
        for head, words in zip(self.heads, (self.tr("now"), self.tr("best"), self.tr("baseline")), strict=True):
            head.setText(words)
        self._show()

    def _show(self) -> None:
        there = list(self._now or self._baseline)
        if list(self.rows) != there:
            self._rebuild(there)
        self.empty.setVisible(not there)
        for column, head in enumerate(self.heads):
            head.setVisible(bool(there) and (column < 2 or bool(self._baseline)))
        for metric, labels in self.rows.items():
            self._fill(metric, labels)
        self.note.setText(self.tr("Baseline: {0}").format(self._note) if self._note else "")
        self.note.setVisible(bool(self._note))
        facts = []
        if self._now:
            facts.append(self.tr("validation at step {0}").format(f"{self._step:,}"))
        if self._best:
            facts.append(self.tr("best at step {0}").format(f"{self._best_step:,}"))
        self.entitle(self.tr("Scores"), " · ".join(facts))

    def _fill(self, metric: str, labels: tuple[QLabel, QLabel, QLabel, QLabel]) -> None:
        name, now, best, baseline = labels
        lower = metric in LOWER_IS_BETTER
        name.setText(self.tr("{0} ↓").format(metric_name(metric)) if lower else metric_name(metric))
        name.setToolTip(self.tr("Lower is better") if lower else self.tr("Higher is better"))
        values = (self._now.get(metric), self._best.get(metric), self._baseline.get(metric))
        for label, value in zip((now, best, baseline), values, strict=True):
            label.setText(metric_text(metric, value))
        baseline.setVisible(bool(self._baseline))
        if values[2] is None:
            baseline.setText("")
        mine = values[1] if values[1] is not None else values[0]
        kind = "" if values[2] is None or mine is None else "good" if is_better(metric, mine, values[2]) else "attention"
        if best.objectName() != kind:
            best.setObjectName(kind)
            best.style().unpolish(best)  # names of objects are matched anew
            best.style().polish(best)

    def _rebuild(self, metrics: list[str]) -> None:
        for labels in self.rows.values():
            for label in labels:
                self.grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        self.rows = {}
        for row, metric in enumerate(metrics, start=1):
            labels = (QLabel(self), QLabel(self), QLabel(self), QLabel(self))
            for column, label in enumerate(labels):
                label.setTextFormat(Qt.TextFormat.PlainText)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                self.grid.addWidget(label, row, column, side)
            font = labels[1].font()
            font.setBold(True)
            labels[1].setFont(font)
            self.rows[metric] = labels
