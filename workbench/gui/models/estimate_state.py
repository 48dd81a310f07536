"""What the Model page knows of the cost of the draft: a count at once, and a measurement when there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import Problem, SpecError, WorkbenchError
from workbench.contracts.estimates import Estimate, Parameters, parameter_count
from workbench.contracts.specs import ModelSpec
from workbench.contracts.tables import SplitFacts
from workbench.gui.models.draft import Draft

_NOTHING: Mapping[str, Any] = {}


class Phase(Enum):
    """Where the measurement is."""

    NO_DATA = "no data"
    WRONG = "wrong"
    """The draft has problems."""
    WAITING = "waiting"
    MEASURING = "measuring"
    KNOWN = "known"
    FAILED = "failed"
    PAUSED = "paused"
    """A training runs."""


class EstimateState(QObject):
    """The page says whether an estimate is wanted; the worker tells what it found."""

    changed = Signal()
    """Phase, progress or result."""
    wanted_changed = Signal()
    """Whether estimates are wanted or possible."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.phase = Phase.NO_DATA
        self.estimate: Estimate | None = None
        """The last one; of the draft as it is only while the phase is KNOWN."""
        self.error: WorkbenchError | None = None
        self.progress = 0.0
        self.doing = ""
        self.wanted = False
        self.training = False
        self.rows = 0
        """To learn from; 0 where that is not known."""
        self._of_data: Mapping[str, Any] = _NOTHING
        self.sure = False
        """Whether `sizes` are those of the data as they are set up now."""

    def know_data(self, facts: SplitFacts | None, current: bool) -> None:
        """What making examples told; `current` while it holds for the settings as they are."""
        of_data, sure = _NOTHING, current and facts is not None
        if facts is not None:
            of_data = {
                "vocabulary": facts.vocabulary, "labels": len(facts.labels), "data.max_length": facts.limit,
                "data.max_target_length": facts.target_limit,
            }  # fmt: skip
        rows = 0 if facts is None else facts.counts["train"]
        if rows != self.rows or of_data != self._of_data:
            self.rows = rows
            self._of_data = of_data
        elif sure == self.sure:
            return
        self.sure = sure
        self.changed.emit()

    def set_wanted(self, wanted: bool) -> None:
        """Whether anyone looks."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.wanted_changed.emit()

    def set_training(self, training: bool) -> None:
        """Whether a training runs; nothing is measured meanwhile."""
        if training != self.training:
            self.training = training
            self.wanted_changed.emit()

    def enter(self, phase: Phase) -> None:
        """Be somewhere else; a result stays to be looked at."""
        self.phase, self.error = phase, None
        self.progress, self.doing = 0.0, ""
        self.changed.emit()

    def forget(self) -> None:
        """The data are others: nothing that was found holds any more."""
        if self.estimate is not None:
            self.estimate = None
            self.changed.emit()

    def tell(self, doing: str, share: float) -> None:
        """How far the measurement is."""
        self.doing, self.progress = doing, share
        self.changed.emit()

    def know(self, estimate: Estimate) -> None:
        """The measurement is there."""
        self.estimate = estimate
        self.enter(Phase.KNOWN)

    def fail(self, error: WorkbenchError) -> None:
        """It cannot be told."""
        self.enter(Phase.FAILED)
        self.error = error
        self.changed.emit()

    @property
    def settled(self) -> Mapping[str, Any]:  # Any: each setting has its own type
        """What open settings became the last time."""
        return self.estimate.settled if self.estimate is not None else _NOTHING

    @property
    def sizes(self) -> Mapping[str, Any]:  # Any: each setting has its own type
        """What the data decide of the model's size: of prepared data, else of the last measurement, else nothing yet."""
        return self._of_data or self.settled


def counted(draft: Draft, sizes: Mapping[str, Any]) -> Parameters | None:
    """The parameters of the draft as it stands; None where its shape is impossible or a folder decides.

    Args:
        draft: What is set up.
        sizes: `EstimateState.sizes`. What it does not say counts nothing: the answer is then the least there will be.
    """
    try:
        experiment = draft.experiment()
    except SpecError:
        return None
    data = experiment.data
    if experiment.model.model is not None:
        return None
    return parameter_count(
        experiment.model, task=draft.task or "text-classification",
        vocab_size=sizes.get("vocabulary", 0), labels=sizes.get("labels", 0),
        max_length=data.max_length or sizes.get("data.max_length") or 0,
        max_target_length=data.max_target_length or sizes.get("data.max_target_length"),
    )  # fmt: skip


def shape_of(draft: Draft, problems: Sequence[Problem]) -> ModelSpec | None:
    """The shape to draw; None while it cannot be built. `problems` are the draft's."""
    if any(problem.field.startswith("model.") for problem in problems):
        return None
    known = {name: value for name, value in draft.settings()["model"].items() if name != "model"}
    return ModelSpec(**known)
