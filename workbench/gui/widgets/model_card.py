"""Which model is looked into: its name, what it is, how well it can be seen, and the ways to open another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QWidget, QWidgetAction

from workbench.contracts.inspection import ModelFacts
from workbench.gui.widgets.counts import heads_text
from workbench.gui.widgets.elided import Elided, plain_tip
from workbench.gui.widgets.progress_row import ProgressRow
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said


class ModelCard(Reactive):
    """One line above the Inspect page."""

    run_wanted = Signal()
    """The run that is shown is to be looked into."""
    folder_wanted = Signal()
    """A folder is to be chosen."""
    source_wanted = Signal(str)
    """A path or a hub name that was typed or opened before."""
    cancel_wanted = Signal()
    """What is being opened is wanted no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: ModelFacts | None = None
        self._at_work = self._source = ""
        self._waits = False
        self._share: float | None = None
        self.name, self.about = QLabel(self), Elided(self)
        self.name.setObjectName("title")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setObjectName("muted")
        self.support = QLabel(self)
        self.support.setObjectName("chip")
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self.cancel_wanted)
        self.button = QPushButton(self)
        self._menu = QMenu(self.button)
        self.from_run = self._menu.addAction("")
        self.from_run.triggered.connect(self.run_wanted)
        self.from_folder = self._menu.addAction("")
        self.from_folder.triggered.connect(self.folder_wanted)
        self._menu.addSeparator()
        self.hub = QLineEdit(self._menu)
        self.hub.setMinimumWidth(280)
        self.hub.returnPressed.connect(self._take_hub)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(self.hub)
        self._menu.addAction(action)
        self._recent_from = self._menu.addSeparator()
        self._recent: list[str] = []
        self.button.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.about, 1)
        row.addWidget(self.progress, 1)
        row.addStretch(0)
        row.addWidget(self.support)
        row.addWidget(self.button)
        self.allow_run(False)
        self.react()

    def show_model(self, facts: ModelFacts | None, at_work: str = "", source: str = "", waits: bool = False) -> None:
        """Show what is known of the model, or what is being done while it is not known yet.

        Args:
            facts: None while no model is open.
            at_work: What is being done, as a sentence of the layers below.
            source: The path or name that is being opened or waited for.
            waits: Whether it is a run that has no weights yet.
        """
        self._facts, self._at_work, self._source, self._waits = facts, at_work, source, waits
        self.name.setText(self._title())
        self.about.setText(self._about())
        self.about.setVisible(not at_work)
        if at_work:
            self.show_progress(self._share)
        else:
            self._share = None
            self.progress.hide()
        self.support.setVisible(facts is not None)
        if facts is not None:
            words = {"full": self.tr("all attention is seen"), "partial": self.tr("attention is seen in part"),
                     "tapped": self.tr("weights are seen"), "none": self.tr("attention is not seen")}  # fmt: skip
            self.support.setText(words.get(facts.support, facts.support))
            remarks = "\n".join([facts.message, *facts.remarks])
            self.support.setToolTip(plain_tip("\n".join(said(line) for line in remarks.splitlines())))

    def show_progress(self, share: float | None) -> None:
        """How much is done of what is being done; None where nobody knows."""
        self._share = share
        if self._at_work:
            what = said(self._at_work)
            self.progress.show_progress(what if share is None else self.tr("{0}: {1}").format(what, f"{share:.0%}"), share)

    def allow_run(self, allowed: bool) -> None:
        """Whether there is a run whose model can be opened."""
        self.from_run.setEnabled(allowed)

    def set_recent(self, sources: Sequence[str]) -> None:
        """Models that were opened before, the newest first."""
        for action in self._menu.actions()[self._menu.actions().index(self._recent_from) + 1 :]:
            self._menu.removeAction(action)
        self._recent = list(sources)
        for source in self._recent:
            self._menu.addAction(source.replace("&", "&&")).triggered.connect(
                lambda _=False, source=source: self.source_wanted.emit(source)
            )

    def retranslate(self) -> None:
        self.button.setText(self.tr("Open a model"))
        self.from_run.setText(self.tr("The run on the Train page"))
        self.from_folder.setText(self.tr("A run or model folder…"))
        self.hub.setPlaceholderText(self.tr("A hub name, such as gpt2, and Enter"))
        self.hub.setAccessibleName(self.tr("Name of a model on the hub"))
        self.show_model(self._facts, self._at_work, self._source, self._waits)

    def _title(self) -> str:
        if self._facts is None:
            return name_of(Path(self._source)) if self._at_work or self._waits else self.tr("No model")
        return name_of(Path(self._facts.path))

    def _about(self) -> str:
        facts = self._facts
        if self._waits:
            return self.tr("Waiting for the first checkpoint of this run.")
        if facts is None:
            return self.tr("Open a run, a folder or a hub name to see its attention.")
        kinds = {"encoder": self.tr("{0} encoder layers"), "decoder": self.tr("{0} decoder layers"),
                 "cross": self.tr("{0} with cross-attention")}  # fmt: skip
        parts = [facts.name, *(kinds[kind].format(count) for kind, count in facts.layers.items() if kind in kinds)]
        parts.append(heads_text(facts.heads))
        parts.append(self.tr("{0} parameters").format(f"{facts.parameters:,}"))
        if facts.step is not None:
            parts.append(self.tr("step {0}").format(f"{facts.step:,}"))
        return " · ".join(parts)

    def _take_hub(self) -> None:
        name = self.hub.text().strip()
        if name:
            self._menu.close()
            self.hub.clear()  # the next name is typed into an empty field
            self.source_wanted.emit(name)


def name_of(path: Path) -> str:
    """The last part of a path that says something: a folder called model is named after the one that holds it."""
    return path.parent.name if path.name == "model" and path.parent.name else path.name or str(path)
