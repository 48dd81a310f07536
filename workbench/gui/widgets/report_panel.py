"""What a run came to: its scores beside the baseline's, in plain words first, and what it took."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from workbench.gui.models.class_scores import ClassScores
from workbench.gui.widgets.class_table import scores_table
from workbench.gui.widgets.elided import Elided
from workbench.gui.widgets.metric_words import LOWER_IS_BETTER, SHARES, headline, metric_name, metric_text, number_text, scores_of
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.verdict_words import verdict_words

SAME = {"share": 0.005, "bleu": 0.5}
"""Differences below half a point are no difference."""


class ReportPanel(Panel):
    """The report of a run (``train --json``): verdict, scores, what it took, scores by class."""

    open_folder = Signal(str)
    """The run's folder, to be shown in the system's file manager."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Mapping[str, Any] = {}  # Any: the JSON report
        self.empty, self.verdict = QLabel(self), QLabel(self)
        self.empty.setObjectName("muted")
        for label in (self.empty, self.verdict):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.folder_button, self.copy_button = QPushButton(self), QPushButton(self)
        for button in (self.folder_button, self.copy_button):
            button.setObjectName("link")
            self.controls.addWidget(button)
        self.scores, self.details = QGridLayout(), QGridLayout()
        for grid, stretched in ((self.scores, 0), (self.details, 1)):
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(stretched, 1)
        self.model = ClassScores(self)
        self.classes = scores_table(self.model, self)
        self._labels: list[QLabel] = []
        content = QWidget(self)
        content.setObjectName("content")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 8, 0)  # beside the scroll bar
        inside.setSpacing(8)
        for widget in (self.empty, self.verdict):
            inside.addWidget(widget)
        for layout in (self.scores, self.details):
            inside.addLayout(layout)
        inside.addWidget(self.classes, 1)
        inside.addStretch(0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self.body.addWidget(scroll, 1)
        self.folder_button.clicked.connect(self._on_open)
        self.copy_button.clicked.connect(self._on_copy)
        self.react()

    def set_report(self, report: Mapping[str, Any]) -> None:
        """Show a report; an empty one is that of no run."""
        self._report = report
        self.model.set_scores(self._per_class())
        self._show()

    def retranslate(self) -> None:
        self.empty.setText(self.tr("What the run came to appears here when it has ended."))
        self.folder_button.setText(self.tr("Open folder"))
        self.copy_button.setText(self.tr("Copy report"))
        self.copy_button.setToolTip(self.tr("Copies the whole report as JSON"))
        self.classes.setAccessibleName(self.tr("Scores by class"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self._show()

    # -- what the report says -----------------------------------------------------------------------------------------

    @property
    def split(self) -> str:
        """The rows the verdict is about: test rows where there are some."""
        return "test" if (self._report.get("metrics") or {}).get("test") else "validation"

    def judge(self) -> tuple[str, str]:
        """The verdict, and its kind: good, attention or none. Reports of earlier versions hold no interval."""
        verdict = self._report.get("verdict") or {}
        if "model" in verdict:
            return verdict_words(verdict)
        mine = scores_of((self._report.get("metrics") or {}).get(self.split))
        theirs = scores_of((self._report.get("baseline") or {}).get(self.split))
        metric = headline(self._report.get("task"), mine)
        if metric is None:
            return self.tr("The run ended before it could be scored."), "attention"
        words = self.tr("{0} {1}").format(metric_name(metric), metric_text(metric, mine[metric]))
        if metric not in theirs:
            return self.tr("{0}. There is no simple baseline to compare with here.").format(words), ""
        digits = 3 if metric in SHARES else 6  # of what is shown, so that the sum on the screen is right
        gain = round(mine[metric], digits) - round(theirs[metric], digits)
        gain = -gain if metric in LOWER_IS_BETTER else gain
        least = SAME["share"] if metric in SHARES else SAME["bleu"] if metric == "bleu" else 0.01 * abs(theirs[metric])
        by = self.tr("{0} points").format(f"{100 * abs(gain):.1f}") if metric in SHARES else number_text(abs(gain))
        if gain >= least:
            return self.tr("{0}: better than the baseline by {1}.").format(words, by), "good"
        if gain > -least:
            return self.tr("{0}: the simple baseline is as good; prefer it.").format(words), "attention"
        return self.tr("{0}: the simple baseline is better by {1}; prefer it.").format(words, by), "attention"

    def _per_class(self) -> Mapping[str, Mapping[str, Any]]:
        metrics = (self._report.get("metrics") or {}).get(self.split) or {}
        return metrics.get("per_class") or metrics.get("per_entity") or {}

    def _facts(self) -> list[tuple[str, str]]:
        report = self._report
        seconds, rows = float(report.get("seconds", 0)), report.get("rows") or {}
        stopped = {
            "finished": self.tr("all steps done"), "early": self.tr("stopped early: no more progress"),
            "asked": self.tr("stopped when asked"), "time": self.tr("time was up"),
        }.get(str(report.get("stopped")), "")  # fmt: skip
        time = self.tr("{0} min {1} s").format(int(seconds // 60), f"{seconds % 60:.0f}") if seconds >= 60 else (
            self.tr("{0} s").format(f"{seconds:.1f}")
        )  # fmt: skip
        wall = float(report.get("wall_seconds") or 0)
        if wall > seconds + 1:  # scoring, saving and the baseline are waited for, too
            time = self.tr("{0}, and {1} s of preparing, scoring and saving").format(time, f"{wall - seconds:.0f}")
        steps = self.tr("{0}, best at {1} ({2})").format(
            f"{report.get('steps', 0):,}", f"{report.get('best_step', report.get('steps', 0)):,}", stopped
        )
        counts = self.tr("{0} train, {1} validation, {2} test, {3} unusable").format(
            *(f"{int(rows.get(name, 0)):,}" for name in ("train", "validation", "test")),
            f"{int(rows.get('unusable', 0)) + int(rows.get('rejected', 0)):,}",
        )
        speed = self.tr("{0} tokens per second on {1}").format(
            f"{float(report.get('tokens_per_second', 0)):,.0f}", str(report.get("device", "")).upper()
        )
        return [
            (self.tr("Time"), time), (self.tr("Steps"), steps), (self.tr("Speed"), speed),
            (self.tr("Parameters"), f"{int(report.get('parameters', 0)):,}"), (self.tr("Rows"), counts),
            (self.tr("Folder"), str(report.get("run", ""))),
        ]  # fmt: skip

    # -- showing it ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        there = bool(self._report)
        for label in self._labels:
            label.hide()
            label.deleteLater()
        self._labels = []
        self.empty.setVisible(not there)
        for widget in (self.verdict, self.folder_button, self.copy_button):
            widget.setVisible(there)
        self.classes.setVisible(there and self.model.rowCount() > 0)
        self.entitle(self.tr("Report"), str(self._report.get("task", "")))
        if not there:
            return
        text, kind = self.judge()
        self.verdict.setText(text)
        self.verdict.setObjectName(kind)
        self.verdict.style().unpolish(self.verdict)  # names of objects are matched anew
        self.verdict.style().polish(self.verdict)
        self._show_scores()
        for row, (name, value) in enumerate(self._facts()):
            self._add(self.details, row, 0, name, muted=True)
            self._add(self.details, row, 1, value, stretch=True)

    def _show_scores(self) -> None:
        names = {"validation": self.tr("validation"), "test": self.tr("test")}
        columns = []
        for split, name in names.items():
            for who, words in (("metrics", self.tr("{0}")), ("baseline", self.tr("baseline, {0}"))):
                scores = scores_of((self._report.get(who) or {}).get(split))
                if scores:
                    columns.append((words.format(name), scores))
        metrics = list(dict.fromkeys(metric for _, scores in columns for metric in scores))
        for column, (name, scores) in enumerate(columns, start=1):
            self._add(self.scores, 0, column, name, muted=True)
            for row, metric in enumerate(metrics, start=1):
                self._add(self.scores, row, column, metric_text(metric, scores.get(metric)))
        for row, metric in enumerate(metrics, start=1):
            self._add(self.scores, row, 0, metric_name(metric))

    def _add(self, grid: QGridLayout, row: int, column: int, text: str, *, muted: bool = False, stretch: bool = False) -> None:
        label = Elided(self, mode=Qt.TextElideMode.ElideMiddle) if stretch else QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(text)
        if muted:
            label.setObjectName("muted")
        right = grid is self.scores and column > 0
        if stretch:
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(label, row, column)
        else:
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        self._labels.append(label)

    def _on_open(self) -> None:
        self.open_folder.emit(str(self._report.get("run", "")))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(json.dumps(self._report, ensure_ascii=False, indent=2, default=str))
