"""The Predict page: a trained model, a text and what its words do, a table and its predictions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from workbench.gui.models.predict_state import PredictState
from workbench.gui.theme import GAP
from workbench.gui.widgets.no_predictor import NoPredictor
from workbench.gui.widgets.notice import Notice
from workbench.gui.widgets.predictor_card import PredictorCard
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.table_prediction import TablePrediction
from workbench.gui.widgets.text_prediction import TextPrediction


class PredictPage(Reactive):
    """Shows a `PredictState` and tells it what a person does."""

    run_wanted = Signal()
    folder_wanted = Signal()
    train_wanted = Signal()

    def __init__(self, state: PredictState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._state = state
        self.card, self.notice, self.nothing = PredictorCard(self), Notice(self), NoPredictor(self)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        self.text, self.table = TextPrediction(state, halves), TablePrediction(state.table, halves)
        halves.setHandleWidth(GAP)
        halves.setChildrenCollapsible(False)
        for place, share in enumerate((5, 7)):
            halves.setStretchFactor(place, share)
        halves.setSizes([500, 700])
        self._halves = halves
        self._stack = QStackedLayout()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(halves)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 12)
        whole.setSpacing(GAP)
        whole.addWidget(self.card)
        whole.addWidget(self.notice)
        whole.addLayout(self._stack, 1)
        for chooser in (self.card, self.nothing):
            chooser.run_wanted.connect(self.run_wanted)
            chooser.folder_wanted.connect(self.folder_wanted)
        self.nothing.train_wanted.connect(self.train_wanted)
        self.card.source_wanted.connect(state.open)
        state.changed.connect(self._show)
        self.react()
        self._show()

    def allow_run(self, allowed: bool) -> None:
        """Whether there is a run whose model can be used."""
        self.card.allow_run(allowed)
        self.nothing.allow_run(allowed)

    def _show(self) -> None:
        state = self._state
        self.card.show_model(state.facts, state.at_work)
        if state.trouble is not None:
            self.notice.fail(state.trouble)
        else:
            self.notice.clear()
        self.table.expect_model(bool(state.at_work))
        there = state.facts is not None or bool(state.at_work)
        self._stack.setCurrentWidget(self._halves if there else self.nothing)

    # -- events ---------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self._state.facts is not None and _dropped_file(event) is not None)  # what is not taken is the window's

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self._state.table.open(str(path))


def _dropped_file(event: QDropEvent) -> Path | None:
    """The one file that is dropped; experiments and folders are for the window."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.is_file() and path.suffix.lower() != ".toml" else None
