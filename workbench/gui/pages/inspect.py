"""The Inspect page: any model, any text or picture, every head, and what happens when one is changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from workbench.gui.models.inspect_state import InspectState
from workbench.gui.theme import GAP
from workbench.gui.widgets.answer_panel import AnswerPanel
from workbench.gui.widgets.changes_bar import ChangesBar
from workbench.gui.widgets.given_row import GivenRow
from workbench.gui.widgets.head_view import HeadView
from workbench.gui.widgets.heads_panel import BESIDE_A_HEAD, HeadsPanel
from workbench.gui.widgets.model_card import ModelCard
from workbench.gui.widgets.notice import Notice
from workbench.gui.widgets.picture_chooser import dropped_picture
from workbench.gui.widgets.reactive import Reactive


class InspectPage(Reactive):
    """Shows an `InspectState` and tells it what a person does."""

    run_wanted = Signal()
    folder_wanted = Signal()
    picture_wanted = Signal()
    save_wanted = Signal(object)
    csv_wanted = Signal(object)
    """Tables of heads, to be written."""
    compared_wanted = Signal(str)
    """Both sides of the comparison are to be written, as a file with this ending."""
    study_wanted = Signal(str, object, object)
    """What was worked out is to be written: a file's ending, the study, and where it comes from."""
    all_wanted = Signal(str)
    """All heads are to be written, as a file with this ending."""

    def __init__(self, state: InspectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._state = state
        self.card, self.notice, self.given = ModelCard(self), Notice(self), GivenRow(state, self)
        self.changes, columns = ChangesBar(self), QSplitter(Qt.Orientation.Horizontal, self)
        left = QSplitter(Qt.Orientation.Vertical, columns)
        self.heads, self.answer, self.head = HeadsPanel(state, left), AnswerPanel(left), HeadView(state, columns)
        self._lay_out(left, columns)
        self._wire()
        self.react()

    def _show(self) -> None:
        """The model, what came of the text, and what is changed."""
        state = self._state
        self.card.show_model(state.facts, state.at_work, state.source, state.waits)
        if state.trouble is not None:
            self.notice.fail(state.trouble)
        else:
            self.notice.clear()
        self.answer.show_answer(state.seen)
        self._show_changes()

    def _show_changes(self) -> None:
        state = self._state
        self.changes.show_changes(state.query.changes, state.place if state.seen is not None else ("", 0, 0))

    def _make_room(self, part: str) -> None:
        for widget in (self.head, self.answer):
            widget.setVisible(part in BESIDE_A_HEAD)
        self.answer.make_room(part == "table")

    # -- events ---------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self._state.reads_picture and dropped_picture(event) is not None)  # what is not taken is the window's

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_picture(event)
        if path is not None:
            event.acceptProposedAction()
            self.given.set_picture(path)

    # -- building -----------------------------------------------------------------------------------------------------

    def _lay_out(self, left: QSplitter, columns: QSplitter) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(6)
        for button in self.heads.parts.values():
            choices.addWidget(button)
        choices.addStretch(1)
        choices.addWidget(self.changes)
        left.setStretchFactor(0, 1)
        left.setSizes([500, 110])
        columns.setSizes([600, 560])
        columns.setStretchFactor(0, 1)
        columns.setStretchFactor(1, 1)
        for splitter in (left, columns):
            splitter.setHandleWidth(GAP)
            splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 12)
        whole.setSpacing(GAP)
        for widget in (self.card, self.notice, self.given):
            whole.addWidget(widget)
        whole.addLayout(choices)
        whole.addWidget(columns, 1)

    def _wire(self) -> None:
        state = self._state
        state.changed.connect(self._show)
        state.selected.connect(self._show_changes)
        self.card.run_wanted.connect(self.run_wanted)
        self.card.folder_wanted.connect(self.folder_wanted)
        self.card.source_wanted.connect(state.open)
        self.card.cancel_wanted.connect(state.stop_opening)
        state.progressed.connect(lambda: self.card.show_progress(state.share))
        self.given.picture_wanted.connect(self.picture_wanted)
        self.changes.change_wanted.connect(state.change)
        self.changes.undo_wanted.connect(state.undo)
        self.heads.part_shown.connect(self._make_room)
        self.heads.csv_wanted.connect(self.csv_wanted)
        self.heads.compared_wanted.connect(self.compared_wanted)
        self.heads.study_wanted.connect(self.study_wanted)
        for part in (self.heads, self.head):
            part.save_wanted.connect(self.save_wanted)
            part.all_wanted.connect(self.all_wanted)

    def retranslate(self) -> None:
        self._show()
