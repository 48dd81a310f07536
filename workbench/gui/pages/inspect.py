"""The Inspect page: any model, any text, every head, and what happens when one is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.contracts.frames import KINDS, AttentionFrame
from workbench.contracts.head_tables import HeadTable
from workbench.contracts.inspection import Wall
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.theme import GAP
from workbench.gui.widgets.answer_panel import AnswerPanel
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.changes_bar import ChangesBar
from workbench.gui.widgets.compare_panel import ComparePanel
from workbench.gui.widgets.head_table import HeadTableView
from workbench.gui.widgets.head_view import HeadView
from workbench.gui.widgets.head_wall import HeadWall
from workbench.gui.widgets.model_card import ModelCard
from workbench.gui.widgets.notice import Notice
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.picture_chooser import PictureChooser, dropped_picture
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.readings_view import ReadingsView
from workbench.gui.widgets.reasons_view import ReasonsView
from workbench.gui.widgets.rollout_view import RolloutView
from workbench.gui.widgets.schemes_view import SchemesView
from workbench.gui.widgets.study_view import StudyView
from workbench.gui.widgets.survey_bar import SurveyBar
from workbench.gui.words import said

PAUSE = 350
"""After the last key, in milliseconds, before the model looks at the new text; Enter does not wait."""
WRITTEN = 20
"""Tokens a language model is let write."""


PARTS = ("wall", "table", "compare", "rollout", "layers", "reasons", "positions")
"""What stands at the left: all heads at once, or what is worked out about the text."""
STUDY_OF = {"table": "tables", "rollout": "rollout", "layers": "readings", "reasons": "attribution", "positions": "positions"}
"""What must be worked out for a part."""


BESIDE_A_HEAD = ("wall", "table")
"""The others take the whole page."""
OF_A_KIND = ("wall", "table", "compare")
"""Those that show one kind of attention."""


class InspectPage(Reactive):
    """Shows an `InspectState` and tells it what a person does."""

    run_wanted = Signal()
    folder_wanted = Signal()
    save_wanted = Signal(object)
    csv_wanted = Signal(object)
    """Tables of heads, to be written."""
    all_wanted = Signal(str)
    """All heads are to be written, as a file with this ending."""
    picture_wanted = Signal()
    """A picture is to be chosen: see `set_picture`."""

    def __init__(self, state: InspectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = state
        self.card, self.notice = ModelCard(self), Notice(self)
        self.text, self.pair = QLineEdit(self), QLineEdit(self)
        self.mix, self.write = QPushButton(self), QPushButton(self)
        self.chooser = PictureChooser(self)
        self.setAcceptDrops(True)
        self.changes = ChangesBar(self)
        self.heads = Panel(self)
        self.wall, self.remarks = HeadWall(self), QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.answer, self.head = AnswerPanel(self), HeadView(state, self)
        self.table, self.rollout, self.layers = HeadTableView(self), RolloutView(self), ReadingsView(self)
        self.reasons, self.schemes, self.compare = ReasonsView(self), SchemesView(self), ComparePanel(state.compare, self)
        self.order, self.survey = CalmCombo(self), SurveyBar(state.survey, self)
        self.parts: dict[str, QPushButton] = {}
        self._parts, self._part = QStackedWidget(self), "wall"
        self._shown_by: dict[str, tuple[Callable[[Any], None], StudyView | HeadTableView]] = {  # Any: of each study its own
            "tables": (self._show_tables, self.table), "rollout": (self.rollout.set_rollout, self.rollout),
            "readings": (self.layers.set_readings, self.layers), "attribution": (self.reasons.set_attribution, self.reasons),
        }  # fmt: skip
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._build_tabs()
        self._lay_out()
        self._wire()
        self.react()
        self._show()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """The model, what came of the text, and what is changed."""
        state = self._state
        facts, seen = state.facts, state.seen
        self.card.show_model(facts, state.at_work)
        self.pair.setVisible(facts is not None and facts.takes_pair)
        self.write.setVisible(facts is not None and facts.task == "causal-lm")
        self.write.setChecked(state.query.write > 0)
        self.mix.setChecked(state.query.shuffled is not None)
        for widget in (self.text, self.mix):
            widget.setVisible(not state.reads_picture)
        self.chooser.setVisible(state.reads_picture)
        self.chooser.show_picture(state.query.picture)
        if state.trouble is not None:
            self.notice.fail(state.trouble)
        else:
            self.notice.clear()
        for kind, tab in self.tabs.items():
            tab.setVisible(self._part in OF_A_KIND and seen is not None and kind in seen.walls and len(seen.walls) > 1)
        self.answer.show_answer(seen)
        remarks = [said(remark) for remark in (*(facts.remarks if facts else ()), *(seen.remarks if seen else ()))]
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        if seen is None:
            self.heads.tell("")
            self.wall.show_nothing(self._why_nothing())
        self._select()

    def _select(self) -> None:
        """The chosen kind and head."""
        state = self._state
        kind, layer, head = state.place
        self.changes.show_changes(state.query.changes, state.place if state.seen is not None else ("", 0, 0))
        if state.seen is not None:
            wall = state.seen.walls[kind]
            self.tabs[kind].setChecked(True)
            self.wall.set_frame(_frame(wall), whole=wall.whole)
            self.wall.choose(wall.layers.index(layer), head)
            self._show_order()
            kinds = {"encoder": self.tr("encoder self-attention"), "decoder": self.tr("decoder self-attention"),
                     "cross": self.tr("cross-attention")}  # fmt: skip
            count = wall.tiles.shape[0] * wall.tiles.shape[1]
            words = self.tr("{0} · {1} heads · {2} × {3} tokens · {4} s")
            queries, keys = len(wall.queries), len(wall.keys)
            self.heads.tell(words.format(kinds[kind], count, queries, keys, f"{state.seen.seconds:.2f}"))
            for view in (self.table, self.reasons):
                view.choose(kind, layer, head)

    def show_part(self, name: str) -> None:
        """Show one of `PARTS` at the left."""
        self._parts.setCurrentIndex(PARTS.index(name))
        self.parts[name].setChecked(True)
        beside = name in BESIDE_A_HEAD
        self._part = name
        for widget in (self.head, self.answer):
            widget.setVisible(beside)
        self.order.setVisible(name == "wall")
        self._show()
        study = self.order.currentData() if name == "wall" else STUDY_OF.get(name, "")
        self._state.want(study)
        self._state.compare.set_wanted(name == "compare")
        self._show_study(study)

    def _show_order(self) -> None:
        """The wall by layer, or by likeness; an order holds until the next one has come."""
        found = self._state.studies.get("likeness")
        if not self.order.currentData():
            self.wall.set_order(None)
        elif found and self._state.kind in found:
            self.wall.set_order(found[self._state.kind])

    def _show_study(self, study: str) -> None:
        """What was worked out about the text, or why it was not."""
        found, trouble = self._state.studies.get(study), self._state.failed.get(study)
        words = self.tr("Being worked out…") if self._state.seen is not None else self._why_nothing()
        if trouble is not None:
            words = f"{said(trouble.what)} {said(trouble.mend)}".strip()
        if study == "likeness":
            self._show_order()
        elif study == "positions":  # the schemes are there without a model, too
            self.schemes.set_model_frame(found)
        elif study in self._shown_by and (study != "tables" or self._state.survey.question is None):
            show, view = self._shown_by[study]
            show(found) if study in self._state.studies else view.show_nothing(words)

    def _show_tables(self, tables: Sequence[HeadTable]) -> None:
        self.table.set_tables({table.kind: table for table in tables})

    def _show_survey(self) -> None:
        """Heads over a table as they come; over the text where there is none."""
        survey = self._state.survey
        found = survey.found
        if found is not None and survey.at_work:
            self.table.set_progress(found.done, found.total)
        else:
            self.table.end_progress()
        if survey.question is None:
            self._show_study("tables")
        elif found is not None and found.tables:
            self.table.set_tables({table.kind: table for table in found.tables})
        else:
            self.table.show_nothing(self.tr("Being worked out…") if survey.at_work else "")

    def _names_of_parts(self) -> dict[str, str]:
        return {
            "wall": self.tr("Wall"), "table": self.tr("Table"), "compare": self.tr("Compare"),
            "rollout": self.tr("Rollout"), "layers": self.tr("Layers"),
            "reasons": self.tr("Reasons"), "positions": self.tr("Positions"),
        }  # fmt: skip

    def _why_nothing(self) -> str:
        if self._state.at_work:
            return self.tr("Opening the model…")
        if self._state.facts is None:
            return self.tr("Open a model first: a run, a folder or a hub name.")
        if self._state.reads_picture:
            return self.tr("Choose a picture above, or drop one on this page.")
        return self.tr("Type a text above and press Enter.")

    # -- what a person does -------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._typing.stop()
        self._state.ask(text=self.text.text(), pair=self.pair.text() if self.pair.isVisible() else "")

    def _choose(self, row: int, head: int) -> None:
        """A tile of the wall was chosen."""
        if self._state.seen is not None:
            self._state.choose(self._state.kind, self._state.seen.walls[self._state.kind].layers[row], head)

    def offer_text(self, text: str) -> None:
        """A text to begin with, where none is written yet; what stands behind an arrow is for the decoder."""
        if not self.text.text().strip() and text.strip():
            source, _, target = text.partition("→")
            self.text.setText(source.strip())
            self.pair.setText(target.strip())
            self._state.ask(text=source.strip(), pair=target.strip())

    def set_text(self, text: str) -> None:
        """A text to look at, as if it were typed."""
        self.text.setText(text)
        self.text.setCursorPosition(0)
        self._ask()

    def set_picture(self, path: Path) -> None:
        """A picture to look at."""
        self._state.ask(picture=str(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self._state.reads_picture and dropped_picture(event) is not None)  # what is not taken is the window's

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_picture(event)
        if path is not None:
            event.acceptProposedAction()
            self.set_picture(path)

    # -- building -----------------------------------------------------------------------------------------------------

    def _build_tabs(self) -> None:
        group = QButtonGroup(self)
        self.tabs: dict[str, QPushButton] = {}
        for kind in KINDS:
            tab = self.tabs[kind] = QPushButton(self)
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, kind=kind: self._state.choose_kind(kind))
            group.addButton(tab)
            self.heads.controls.addWidget(tab)

    def _build_table(self) -> QWidget:
        """The table of heads below the bar that says over what it is."""
        part = QWidget(self)
        rows = QVBoxLayout(part)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.survey)
        rows.addWidget(self.table, 1)
        return part

    def _lay_out(self) -> None:
        for button in (self.mix, self.write):
            button.setCheckable(True)
        for field in (self.text, self.pair):
            field.setClearButtonEnabled(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.chooser, 1)
        row.addWidget(self.text, 3)
        row.addWidget(self.pair, 2)
        row.addWidget(self.mix)
        row.addWidget(self.write)
        self.remarks.setObjectName("attention")
        parts = (self.wall, self._build_table(), self.compare, self.rollout, self.layers, self.reasons, self.schemes)
        choices, group = QHBoxLayout(), QButtonGroup(self)
        choices.setSpacing(6)
        for name, part in zip(PARTS, parts, strict=True):
            button = self.parts[name] = QPushButton(self)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.show_part(name))
            group.addButton(button)
            choices.addWidget(button)
            self._parts.addWidget(part)
        for study in ("", "likeness"):
            self.order.addItem("", study)
        self.heads.controls.addWidget(self.order)
        self.parts["wall"].setChecked(True)
        choices.addStretch(1)
        choices.addWidget(self.changes)
        self.heads.body.addWidget(self._parts, 1)
        self.heads.body.addWidget(self.remarks)
        left = QSplitter(Qt.Orientation.Vertical, self)
        left.addWidget(self.heads)
        left.addWidget(self.answer)
        left.setStretchFactor(0, 1)
        left.setSizes([500, 110])
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.addWidget(left)
        columns.addWidget(self.head)
        columns.setSizes([600, 560])
        columns.setStretchFactor(0, 1)
        columns.setStretchFactor(1, 1)
        for splitter in (left, columns):
            splitter.setHandleWidth(GAP)
            splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 12)
        whole.setSpacing(GAP)
        whole.addWidget(self.card)
        whole.addWidget(self.notice)
        whole.addLayout(row)
        whole.addLayout(choices)
        whole.addWidget(columns, 1)

    def _wire(self) -> None:
        state = self._state
        state.changed.connect(self._show)
        state.selected.connect(self._select)
        self.chooser.picture_wanted.connect(self.picture_wanted)
        self.card.run_wanted.connect(self.run_wanted)
        self.card.folder_wanted.connect(self.folder_wanted)
        self.card.source_wanted.connect(state.open)
        self._typing.timeout.connect(self._ask)
        for field in (self.text, self.pair):
            field.textEdited.connect(lambda _: self._typing.start())
            field.returnPressed.connect(self._ask)
        self.mix.clicked.connect(lambda on: state.ask(shuffled=0 if on else None))
        self.write.clicked.connect(lambda on: state.ask(write=WRITTEN if on else 0))
        self.changes.change_wanted.connect(state.change)
        self.changes.undo_wanted.connect(state.undo)
        self.wall.head_chosen.connect(self._choose)
        state.studied.connect(self._show_study)
        self.table.head_chosen.connect(state.choose)
        self.reasons.head_chosen.connect(state.choose)
        self.table.csv_wanted.connect(self.csv_wanted)
        state.survey.changed.connect(self._show_survey)
        self.table.stop_wanted.connect(state.survey.stop)
        self.compare.head_chosen.connect(lambda layer, head: state.choose(state.kind, layer, head))
        self.order.currentIndexChanged.connect(lambda _: self.show_part("wall"))
        self.head.save_wanted.connect(self.save_wanted)
        self.head.all_wanted.connect(self.all_wanted)

    def retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("A text to look at, and Enter"))
        self.text.setAccessibleName(self.tr("Text to look at"))
        self.pair.setPlaceholderText(self.tr("Second text, or what the decoder reads"))
        self.pair.setAccessibleName(self.tr("Second text"))
        self.mix.setText(self.tr("Shuffle words"))
        self.mix.setToolTip(self.tr("Put the words in another order: what stays goes by position, what moves goes by words"))
        self.write.setText(self.tr("Let it write"))
        self.write.setToolTip(
            self.tr("Let the model go on writing {0} tokens, and see where each of them looked").format(WRITTEN)
        )
        self.heads.entitle(self.tr("Heads"))
        for number, words in enumerate((self.tr("Order: by layer"), self.tr("Order: by likeness"))):
            self.order.setItemText(number, words)
        self.order.setAccessibleName(self.tr("Order of the heads"))
        self.order.setToolTip(self.tr("By likeness, heads of like patterns stand beside each other, whatever their layer"))
        for kind, word in (("encoder", self.tr("Encoder")), ("decoder", self.tr("Decoder")), ("cross", self.tr("Cross"))):
            self.tabs[kind].setText(word)
        for name, words in self._names_of_parts().items():
            self.parts[name].setText(words)
        self._show()


def _frame(wall: Wall) -> AttentionFrame:
    """A wall as the frame that is drawn; where tokens share a cell, the first of them names it."""
    rows, columns = wall.tiles.shape[2:]
    return AttentionFrame(
        kind=wall.kind, weights=wall.tiles, queries=_sample(wall.queries, rows), keys=_sample(wall.keys, columns)
    )


def _sample(tokens: tuple[str, ...], cells: int) -> tuple[str, ...]:
    return tuple(tokens[place] for place in np.arange(cells) * len(tokens) // max(1, cells))
