"""Which model predicts: its name, what it answers, and the ways to open another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from workbench.contracts.predictions import PredictorFacts
from workbench.gui.widgets.elided import Elided, plain_tip
from workbench.gui.widgets.model_card import name_of
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said


class PredictorCard(Reactive):
    """One line above the Predict page."""

    run_wanted = Signal()
    """The run that is shown is to predict."""
    folder_wanted = Signal()
    """A folder is to be chosen."""
    source_wanted = Signal(str)
    """The path of a run that is offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: PredictorFacts | None = None
        self._at_work = ""
        self.name, self.about = QLabel(self, textFormat=Qt.TextFormat.PlainText), Elided(self)
        self.name.setObjectName("title")
        self.about.setObjectName("muted")
        self.button = QPushButton(self)
        self.menu = QMenu(self.button)
        self.from_run, self.from_folder = self.menu.addAction(""), self.menu.addAction("")
        self.from_run.triggered.connect(self.run_wanted)
        self.from_folder.triggered.connect(self.folder_wanted)
        self._runs_from = self.menu.addSeparator()
        self.button.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.about, 1)
        row.addStretch(0)
        row.addWidget(self.button)
        self.allow_run(False)
        self.react()

    def show_model(self, facts: PredictorFacts | None, at_work: str = "") -> None:
        """Show what is known of the model, or what is being done while it is not known yet."""
        self._facts, self._at_work = facts, at_work
        self.name.setText(name_of(Path(facts.path)) if facts is not None else "" if at_work else self.tr("No model"))
        self.about.setText(said(at_work) if at_work else self._about())

    def allow_run(self, allowed: bool) -> None:
        """Whether there is a run whose model can be used."""
        self.from_run.setEnabled(allowed)

    def set_runs(self, paths: Sequence[str]) -> None:
        """Other runs that have a model, the newest first."""
        for action in self.menu.actions()[self.menu.actions().index(self._runs_from) + 1 :]:
            self.menu.removeAction(action)
        self.menu.setToolTipsVisible(True)
        for path in paths:
            action = self.menu.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(plain_tip(path))
            action.triggered.connect(lambda _=False, path=path: self.source_wanted.emit(path))

    def retranslate(self) -> None:
        self.button.setText(self.tr("Choose the model"))
        self.from_run.setText(self.tr("The run on the Train page"))
        self.from_folder.setText(self.tr("A run or model folder…"))
        self.show_model(self._facts, self._at_work)

    def _about(self) -> str:
        facts = self._facts
        if facts is None:
            return self.tr("Choose a trained model, then type a text or drop a table.")
        tasks = {
            "text-classification": self.tr("chooses one of {0} classes").format(len(facts.labels)),
            "regression": self.tr("predicts a number"), "token-classification": self.tr("tags each word"),
            "seq2seq": self.tr("writes a text from a text"), "causal-lm": self.tr("goes on with a text"),
            "masked-lm": self.tr("fills in hidden words"),
            "multi-label": self.tr("says which of {0} labels hold").format(len(facts.labels)),
            "pair-classification": self.tr("puts two texts into one of {0} classes").format(len(facts.labels)),
            "pair-regression": self.tr("predicts a number for two texts"),
            "question-answering": self.tr("finds the answer to a question in a passage"),
        }  # fmt: skip
        parts = [tasks.get(facts.task, facts.task)]
        if facts.text_column and facts.pair_column:
            words = self.tr("trained on the columns “{0}” and “{1}”")
            parts.append(words.format(facts.text_column, facts.pair_column))
        elif facts.text_column:
            parts.append(self.tr("trained on the column “{0}”").format(facts.text_column))
        parts.append(self.tr("{0} parameters").format(f"{facts.parameters:,}"))
        return " · ".join(parts)
