"""The left of the Inspect page: all heads at once, or what is worked out about the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workbench.contracts.frames import KINDS, AttentionFrame
from workbench.contracts.head_tables import HeadTable
from workbench.contracts.inspection import Wall
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.compare_panel import ComparePanel
from workbench.gui.widgets.export_menu import ExportMenu
from workbench.gui.widgets.head_table import HeadTableView
from workbench.gui.widgets.head_wall import HeadWall
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.readings_view import ReadingsView
from workbench.gui.widgets.reasons_view import ReasonsView
from workbench.gui.widgets.rollout_view import RolloutView
from workbench.gui.widgets.schemes_view import SchemesView
from workbench.gui.widgets.study_view import StudyView
from workbench.gui.widgets.survey_bar import SurveyBar
from workbench.gui.words import said, said_whole

PARTS = ("wall", "table", "compare", "rollout", "layers", "reasons", "positions")
"""What the panel can show."""
STUDY_OF = {"table": "tables", "rollout": "rollout", "layers": "readings", "reasons": "attribution", "positions": "positions"}
"""What must be worked out for a part."""
OF_HEADS = ("tables", "importance")
"""Studies that the table of heads shows."""
BESIDE_A_HEAD = ("wall", "table")
"""The others take the whole page."""
OF_A_KIND = ("wall", "table", "compare")
"""Those that show one kind of attention."""


class HeadsPanel(Panel):
    """One of `PARTS` of an `InspectState`; the buttons that choose it stand where the page puts them."""

    csv_wanted = Signal(object)
    """Tables of heads, to be written."""
    save_wanted = Signal(object)
    """A `SaveRequest`."""
    all_wanted = Signal(str)
    """All heads are to be written, as a file with this ending."""
    compared_wanted = Signal(str)
    """Both sides of the comparison and their difference are to be written, as a file with this ending."""
    study_wanted = Signal(str, object, object)
    """What was worked out is to be written: the file's ending, the study, and where it comes from."""
    part_shown = Signal(str)
    """Another part is shown."""

    def __init__(self, state: InspectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        parts = self._parts = QStackedWidget(self)
        self.wall, self.remarks = HeadWall(parts), QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.rollout, self.layers, self.reasons = RolloutView(parts), ReadingsView(parts), ReasonsView(parts)
        self.schemes, self.compare, self._over = SchemesView(parts), ComparePanel(state.compare, parts), QWidget(parts)
        self.table, self.survey = HeadTableView(self._over), SurveyBar(state.survey, self._over)
        self.order, self.export = CalmCombo(self), ExportMenu(self)
        self.parts: dict[str, QPushButton] = {}
        self.tabs: dict[str, QPushButton] = {}
        self.part, self._table_study = "wall", "tables"
        self._shown_by: dict[str, tuple[Callable[[Any], None], StudyView | HeadTableView]] = {  # Any: of each study its own
            "tables": (self._show_tables, self.table), "importance": (self._show_tables, self.table),
            "rollout": (self.rollout.set_rollout, self.rollout),
            "readings": (self.layers.set_readings, self.layers), "attribution": (self.reasons.set_attribution, self.reasons),
        }  # fmt: skip
        self._lay_out()
        self._wire()
        self.react()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        facts, seen = self._state.facts, self._state.seen
        self.entitle(self.tr("Heads") if self.part in OF_A_KIND else self._names_of_parts()[self.part])
        for kind, tab in self.tabs.items():
            tab.setVisible(self.part in OF_A_KIND and seen is not None and kind in seen.walls and len(seen.walls) > 1)
        remarks = [said(remark) for remark in (*(facts.remarks if facts else ()), *(seen.remarks if seen else ()))]
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        if seen is None:
            self.wall.show_nothing(self._why_nothing())
        self._offer()
        self._select()

    def _offer(self) -> None:
        """What can be saved of the part in sight."""
        state = self._state
        ready = {
            "compare": state.compare.compared is not None, "rollout": self.rollout.savable, "layers": not self.layers.empty,
            "reasons": not self.reasons.empty, "positions": True,
        }  # fmt: skip
        self.export.offer(self.part, ready.get(self.part, state.seen is not None))

    def _save(self, form: str) -> None:
        seen = self._state.seen
        if self.part == "wall":
            self.all_wanted.emit(form)
        elif self.part == "compare":
            self.compared_wanted.emit(form)
        elif (study := self._study_of(form)) is not None:
            source = dict(seen.provenance) if seen is not None else {}
            more = self.schemes.about if self.part == "positions" else {}
            self.study_wanted.emit(form, study, {**source, **more})
        elif seen is not None and (request := self.rollout.request(form, 0, self.rollout.title, seen.provenance)) is not None:
            self.save_wanted.emit(request)

    def _study_of(self, form: str) -> Any:  # Any: of each part its own contract
        """What the part in sight shows, to be written by whoever writes studies; None where it draws its own picture."""
        match self.part:
            case "layers":
                return self.layers.model.readings
            case "reasons":
                return self.reasons.reasons
            case "positions":
                return self.schemes.pictures()
            case "rollout" if form in ("html", "csv"):
                return self.rollout.shown
        return None

    def _select(self) -> None:
        """The chosen kind and head."""
        state = self._state
        kind, layer, head = state.place
        if state.seen is not None:
            wall = state.seen.walls[kind]
            self.tabs[kind].setChecked(True)
            self.wall.set_frame(_frame(wall), whole=wall.whole, layers=wall.layers)
            self.wall.choose(wall.layers.index(layer), head)
            self._show_order()
            kinds = {"encoder": self.tr("encoder self-attention"), "decoder": self.tr("decoder self-attention"),
                     "cross": self.tr("cross-attention")}  # fmt: skip
            count = wall.tiles.shape[0] * wall.tiles.shape[1]
            words = self.tr("{0} · {1} heads · {2} × {3} tokens · {4} s")
            queries, keys = len(wall.queries), len(wall.keys)
            if self.part in OF_A_KIND:
                self.tell(words.format(kinds[kind], count, queries, keys, f"{state.seen.seconds:.2f}"))
            for view in (self.table, self.reasons):
                view.choose(kind, layer, head)

    def show_part(self, name: str) -> None:
        """Show one of `PARTS`."""
        self._parts.setCurrentIndex(PARTS.index(name))
        self.parts[name].setChecked(True)
        self.part = name
        self.order.setVisible(name == "wall")
        self._show()
        study = self.order.currentData() if name == "wall" else STUDY_OF.get(name, "")
        if name == "table":
            study = self._table_study
        self._state.want(study)
        self._state.compare.set_wanted(name == "compare")
        if name != "rollout":
            self._state.flow.stop()
        self._show_study(study)
        self._offer()
        self.part_shown.emit(name)

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
            words = said_whole(trouble)
        if study == "likeness":
            self._show_order()
        elif study == "positions":  # the schemes are there without a model, too
            self.schemes.set_model_frame(found)
        elif study in self._shown_by and (study not in OF_HEADS or self._of_the_text(study)):
            show, view = self._shown_by[study]
            show(found) if study in self._state.studies else view.show_nothing(words)
            self._offer()

    def _of_the_text(self, study: str) -> bool:
        """Whether the table shows this of the text, and not heads over a table."""
        return study == self._table_study and self._state.survey.question is None

    def _weigh_heads(self, on: bool) -> None:
        self._table_study = "importance" if on else "tables"
        self.show_part("table")

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
            self._show_study(self._table_study)
        elif found is not None and found.tables:
            self.table.set_tables({table.kind: table for table in found.tables})
        else:
            self.table.show_nothing(self.tr("Being worked out…") if survey.at_work else "")

    def _show_flow(self) -> None:
        """The flow as it comes."""
        flow = self._state.flow
        trouble = f"{said(flow.trouble.what)} {said(flow.trouble.mend)}".strip() if flow.trouble is not None else ""
        self.rollout.show_flow(flow.found, flow.at_work, trouble)
        self._offer()

    def _names_of_parts(self) -> dict[str, str]:
        return {
            "wall": self.tr("Wall"), "table": self.tr("Table"), "compare": self.tr("Compare"),
            "rollout": self.tr("Rollout"), "layers": self.tr("Layers"),
            "reasons": self.tr("Reasons"), "positions": self.tr("Positions"),
        }  # fmt: skip

    def _why_nothing(self) -> str:
        if self._state.at_work:
            return self.tr("Opening the model…")
        if self._state.waits:
            return self.tr("This run has no weights yet. Its model opens here by itself when the first checkpoint is written.")
        if self._state.facts is None:
            return self.tr("Open a model first: a run, a folder or a hub name.")
        if self._state.reads_picture:
            return self.tr("Choose a picture above, or drop one on this page.")
        return self.tr("Type a text above and press Enter.")

    # -- building -----------------------------------------------------------------------------------------------------

    def _choose(self, row: int, head: int) -> None:
        """A tile of the wall was chosen."""
        if self._state.seen is not None:
            self._state.choose(self._state.kind, self._state.seen.walls[self._state.kind].layers[row], head)

    def _lay_out(self) -> None:
        kinds, choices = QButtonGroup(self), QButtonGroup(self)
        for kind in KINDS:
            tab = self.tabs[kind] = QPushButton(self)
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, kind=kind: self._state.choose_kind(kind))
            kinds.addButton(tab)
            self.controls.addWidget(tab)
        rows = QVBoxLayout(self._over)  # the table of heads below the bar that says over what it is
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.survey)
        rows.addWidget(self.table, 1)
        parts = (self.wall, self._over, self.compare, self.rollout, self.layers, self.reasons, self.schemes)
        for name, part in zip(PARTS, parts, strict=True):
            button = self.parts[name] = QPushButton(self)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.show_part(name))
            choices.addButton(button)
            self._parts.addWidget(part)
        self.parts["wall"].setChecked(True)
        for study in ("", "likeness"):
            self.order.addItem("", study)
        self.controls.addWidget(self.order)
        self.controls.addWidget(self.export)
        self.remarks.setObjectName("attention")
        self.body.addWidget(self._parts, 1)
        self.body.addWidget(self.remarks)

    def _wire(self) -> None:
        state = self._state
        state.changed.connect(self._show)
        state.selected.connect(self._select)
        state.studied.connect(self._show_study)
        state.survey.changed.connect(self._show_survey)
        self.wall.head_chosen.connect(self._choose)
        for view in (self.table, self.reasons):
            view.head_chosen.connect(state.choose)
        self.export.wanted.connect(self._save)
        state.compare.changed.connect(self._offer)
        self.rollout.measure.currentIndexChanged.connect(lambda _: self._offer())
        state.flow.changed.connect(self._show_flow)
        self.rollout.flow_wanted.connect(lambda layer: state.flow.want(state.query, layer))
        self.rollout.stop_wanted.connect(state.flow.stop)
        self.compare.head_chosen.connect(lambda layer, head: state.choose(state.kind, layer, head))
        self.table.csv_wanted.connect(self.csv_wanted)
        self.survey.importance_wanted.connect(self._weigh_heads)
        self.table.stop_wanted.connect(state.survey.stop)
        self.order.currentIndexChanged.connect(lambda _: self.show_part("wall"))

    def retranslate(self) -> None:
        for number, words in enumerate((self.tr("Order: by layer"), self.tr("Order: by likeness"))):
            self.order.setItemText(number, words)
        self.order.setAccessibleName(self.tr("Order of the heads"))
        self.order.setToolTip(self.tr("By likeness, heads of like patterns stand beside each other, whatever their layer"))
        for kind, word in (("encoder", self.tr("Encoder")), ("decoder", self.tr("Decoder")), ("cross", self.tr("Cross"))):
            self.tabs[kind].setText(word)
        for name, words in self._names_of_parts().items():
            self.parts[name].setText(words)
        self._show()
        self._show_flow()


def _frame(wall: Wall) -> AttentionFrame:
    """A wall as the frame that is drawn; where tokens share a cell, the first of them names it."""
    rows, columns = wall.tiles.shape[2:]
    return AttentionFrame(
        kind=wall.kind, weights=wall.tiles, queries=_sample(wall.queries, rows), keys=_sample(wall.keys, columns)
    )


def _sample(tokens: tuple[str, ...], cells: int) -> tuple[str, ...]:
    return tuple(tokens[place] for place in np.arange(cells) * len(tokens) // max(1, cells))
