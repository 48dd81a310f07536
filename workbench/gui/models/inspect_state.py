"""What the Inspect page shows: a model, a text through it, the chosen head, and what is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from workbench.contracts.cells import AttentionCell
from workbench.contracts.errors import NotYet, WorkbenchError
from workbench.contracts.inspection import Change, HeadMap, Inspected, ModelFacts, Query
from workbench.gui.models.compare_state import CompareState
from workbench.gui.models.flow_state import FlowState
from workbench.gui.models.survey_state import SurveyState

Heads = tuple[str, int | None]
"""Kind, and layer or None for all layers."""


class InspectState(QObject):
    """One selection for all views. What is asked is a signal; whoever hears it answers with a ``take_…``."""

    open_asked = Signal(str)
    """The path or hub name of a model to open."""
    open_stopped = Signal()
    """What is being opened is wanted no more."""
    look_asked = Signal()
    """`query` is to go through the model."""
    head_asked = Signal()
    """The chosen head is to be seen whole."""
    cell_asked = Signal()
    """The chosen cell of the chosen head is to be taken apart."""
    mean_asked = Signal(object)
    """The mean over heads is to be computed: kind, and layer or None for all."""
    mean_changed = Signal()
    """A mean has come."""
    study_asked = Signal(str)
    """Something is to be worked out about the text: see `workbench.runs.studies`."""
    changed = Signal()
    """The model, the text's result, what is changed or what is at work: all but the selection."""
    progressed = Signal()
    """`share` is another."""
    selected = Signal()
    """Another head is chosen, or the chosen one has come."""
    cell_changed = Signal()
    """Another cell is chosen, or the chosen one has come."""
    studied = Signal(str)
    """A study has come, has failed, or holds no longer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: ModelFacts | None = None
        self.query = Query(text="")
        self.seen: Inspected | None = None
        self.head: HeadMap | None = None
        self.trouble: WorkbenchError | None = None
        self.at_work = ""
        """What is being done, as a sentence of the layers below; empty while nothing is."""
        self.share: float | None = None
        """How much of it is done; None where nobody knows."""
        self.source = ""
        """The path or hub name that was asked for last."""
        self.waits = False
        """Whether the run at `source` has no weights yet; it is opened when its first checkpoint is there."""
        self.cell: AttentionCell | None = None
        self.cell_place: tuple[int, int] | None = None
        """Query and key that are chosen, counted from 0."""
        self.studies: dict[str, Any] = {}  # Any: of each study its own contract
        self.failed: dict[str, WorkbenchError] = {}
        """Studies that could not be made of this text, and why."""
        self.means: dict[Heads, NDArray[np.float32]] = {}
        """Means over heads of the text or picture that is seen, (query, key)."""
        self._mean: Heads | None = None
        self.compare = CompareState(self)
        """The second side."""
        self.survey = SurveyState(self)
        """The heads over a table."""
        self.flow = FlowState(self)
        """The attention flow of the text."""
        self._wanted = ""
        self._kind = ""
        self._places: dict[str, tuple[int, int]] = {}
        self.selected.connect(self._follow)

    # -- what a person does -------------------------------------------------------------------------------------------

    def open(self, source: str) -> None:
        """Look into another model; the text stays."""
        self._close(source)
        self.at_work = "opening the model"
        self.changed.emit()
        self.selected.emit()
        self.open_asked.emit(source)

    def wait_for(self, run: str) -> None:
        """Look into a run as soon as it has weights."""
        self._close(run)
        self.waits = True
        self.changed.emit()
        self.selected.emit()

    def stop_opening(self) -> None:
        """The model that is being opened is wanted no more."""
        if self.facts is None and self.at_work:
            self.at_work = ""
            self.open_stopped.emit()
            self.changed.emit()

    def _close(self, source: str) -> None:
        """No model, before there is another."""
        self.survey.leave()
        self.flow.forget()
        self.facts, self.seen, self.head, self.trouble = None, None, None, None
        self.source, self.share, self.waits, self.at_work = source, None, False, ""
        self.query = replace(self.query, changes=())
        self._places, self.cell, self.cell_place = {}, None, None
        self._forget()

    def ask(self, **parts: object) -> None:
        """Change parts of the query (`Query`), and look again where that makes a difference."""
        query = replace(self.query, **parts)  # type: ignore[arg-type]  # names and types are those of Query
        if query != self.query or self.trouble is not None:  # what failed may be mended by now, such as a file
            self.query = query
            self._look()

    def choose(self, kind: str, layer: int, head: int) -> None:
        """Choose a head."""
        if self.seen is None or kind not in self.seen.walls or (self._kind, self._places.get(kind)) == (kind, (layer, head)):
            return
        self._kind, self._places[kind] = kind, (layer, head)
        self._fetch()

    def choose_kind(self, kind: str) -> None:
        """Choose a kind of attention; each remembers its head."""
        if kind != self._kind and self.seen is not None and kind in self.seen.walls:
            self._kind = kind
            self._fetch()

    def change(self, change: Change) -> None:
        """Do something to attention, besides what is done already; another of the same act and place replaces it."""
        kept = [other for other in self.query.changes if replace(other, value=change.value) != change]
        self.ask(changes=(*kept, change))

    def choose_cell(self, query: int, key: int) -> None:
        """Take this cell of the chosen head apart."""
        self.cell, self.cell_place = None, (query, key)
        self.failed.pop("cell", None)
        self.cell_changed.emit()
        self.cell_asked.emit()

    def want_mean(self, of: Heads) -> None:
        """Compute the mean over heads, where it is not known."""
        if of not in self.means and of != self._mean:
            self._mean = of
            self.mean_asked.emit(of)

    def want(self, study: str) -> None:
        """Keep this study up to date from now on, and no other; nothing when it is empty."""
        self._wanted = study
        self._study()

    def undo(self, changes: Iterable[Change]) -> None:
        """Take changes back."""
        gone = set(changes)
        self.ask(changes=tuple(change for change in self.query.changes if change not in gone))

    def switch(self) -> None:
        """The chosen head off, or on again."""
        kind, layer, head = self.place
        off = Change(act="off", kind=kind, layer=layer, head=head)
        self.undo([off]) if off in self.query.changes else self.change(off)

    # -- what is chosen -----------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The chosen kind; empty while nothing is seen."""
        return self._kind

    @property
    def place(self) -> tuple[str, int, int]:
        """Kind, layer and head that are chosen."""
        return (self._kind, *self._places.get(self._kind, (0, 0)))

    @property
    def reads_picture(self) -> bool:
        """Whether the model looks at pictures instead of texts."""
        return self.facts is not None and self.facts.reads == "picture"

    @property
    def _given(self) -> bool:
        """Whether there is something for the model to look at."""
        return bool(self.query.picture if self.reads_picture else self.query.text.strip())

    # -- what is answered ---------------------------------------------------------------------------------------------

    def take_model(self, facts: ModelFacts) -> None:
        """A model was opened."""
        self.facts, self.at_work, self.waits = facts, "", False
        self.changed.emit()
        if self._given:
            self._look()

    def take(self, seen: Inspected) -> None:
        """A text went through; what belongs to an older query is let fall."""
        if seen.query != self.query:
            return
        self.seen, self.head, self.cell, self.trouble, self.at_work = seen, None, None, None, ""
        if self._kind not in seen.walls:
            self._kind = "cross" if "cross" in seen.walls else next(iter(seen.walls))
        for kind, wall in seen.walls.items():
            layer, head = self._places.get(kind, (wall.layers[-1], 0))
            self._places[kind] = (layer, head) if layer in wall.layers and head < wall.tiles.shape[1] else (wall.layers[-1], 0)
        self.changed.emit()
        self._fetch()
        self._study()

    def take_head(self, head: HeadMap) -> None:
        """A head has come whole."""
        if (head.kind, head.layer, head.head) == self.place:
            self.head = head
            self.selected.emit()

    def take_cell(self, cell: AttentionCell) -> None:
        """A cell was taken apart."""
        if (cell.kind, cell.layer, cell.head) == self.place and (cell.query, cell.key) == self.cell_place:
            self.cell = cell
            self.cell_changed.emit()

    def take_mean(self, query: Query, of: Heads, mean: NDArray[np.float32]) -> None:
        """A mean over heads has come."""
        if query == self.query:
            self.means[of] = mean
            self.mean_changed.emit()

    def take_study(self, study: str, query: Query, found: Any) -> None:  # Any: see `studies`
        """Something was worked out about a text, or could not be."""
        if query == self.query:
            if isinstance(found, WorkbenchError):
                self.failed[study] = found
            else:
                self.studies[study] = found
            self.studied.emit(study)

    def take_trouble(self, error: WorkbenchError) -> None:
        """Something could not be done; what was seen before stays. What only is not there yet is waited for."""
        if self.waits and isinstance(error, NotYet):
            return
        self.waits = isinstance(error, NotYet)
        self.trouble, self.at_work = None if self.waits else error, ""
        self.changed.emit()

    def tell(self, what: str, share: float = 0.0) -> None:
        """What is being done, and how much of it, where that is known: nothing of it yet may mean that nobody knows."""
        self.share = share or None
        if self.waits:
            return  # only asked whether it has come
        if what != self.at_work:
            self.at_work = what
            self.changed.emit()
        self.progressed.emit()

    def _forget(self) -> None:
        """What was worked out about another text holds no longer."""
        self.flow.leave()
        self.means, self._mean = {}, None
        gone = {*self.studies, *self.failed}
        self.studies, self.failed = {}, {}
        for study in gone:
            self.studied.emit(study)

    def _study(self) -> None:
        if self._wanted and self.seen is not None and self._wanted not in (*self.studies, *self.failed):
            self.study_asked.emit(self._wanted)

    def _follow(self) -> None:
        kind, layer, head = self.place
        at = (self.query, kind, (layer, head)) if self.seen is not None else None
        self.compare.follow(self.facts.path if self.facts is not None else "", at)

    def _look(self) -> None:
        self._forget()
        self.compare.let_fall()
        if self.facts is not None and self._given:
            self.trouble = None
            self.look_asked.emit()
        elif self.facts is not None:
            self.seen = self.head = None
            self.changed.emit()
            self.selected.emit()

    def _fetch(self) -> None:
        """The chosen head: its weights at once where the wall holds them whole, what its values weigh when it has come."""
        assert self.seen is not None
        kind, layer, head = self.place
        self._refresh_cell()
        wall = self.seen.walls[kind]
        if wall.whole:
            row = wall.layers.index(layer)
            self.head = HeadMap(
                kind=kind, layer=layer, head=head, weights=wall.tiles[row, head], trust=float(wall.trust[row, head]),
                off=any(change.switches_off(kind, layer, head) for change in self.query.changes),
            )  # fmt: skip
        else:
            self.head = None
        self.selected.emit()
        self.head_asked.emit()

    def _refresh_cell(self) -> None:
        """The same cell of another head or text, where there is one."""
        assert self.seen is not None
        wall = self.seen.walls[self._kind]
        self.cell = None
        self.failed.pop("cell", None)
        if self.cell_place is not None and not (self.cell_place[0] < len(wall.queries) and self.cell_place[1] < len(wall.keys)):
            self.cell_place = None
        self.cell_changed.emit()
        if self.cell_place is not None:
            self.cell_asked.emit()
