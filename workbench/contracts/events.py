"""What a run says, in order: frozen events that the terminal prints, the folder records and a window shows.

Each event is one JSON object a line in ``events.jsonl``: ``type``, ``step``, ``time`` (seconds since the epoch) and its own
fields. ``step`` counts optimiser steps done.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.contracts.edits import Edit
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import AttentionFrame, PositionFrame


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened in a run."""

    step: int
    time: float


@dataclass(frozen=True, kw_only=True)
class Started(Event):
    """The first step is about to be made (again, after a resume)."""

    total_steps: int
    device: str
    parameters: int
    rows: Mapping[str, int]
    """Rows used, by what for: train, validation, test, and set aside."""
    resumed_from: int = 0
    evaluations: int = 0
    """How often the validation rows are scored over the whole run; 0 where it was not said."""
    checkpoints: int = 0
    """How often the run is saved, likewise."""


@dataclass(frozen=True, kw_only=True)
class Step(Event):
    """One optimiser step."""

    loss: float
    """Mean training loss over the step's targets, in nats where the loss is a cross-entropy."""
    learning_rate: float
    gradient_norm: float
    """L2 norm of all gradients before clipping."""
    tokens: int
    """Real input and target tokens of the step, padding not counted."""
    seconds: float
    """Training time of the run so far, evaluation and saving not counted."""
    epoch: float


@dataclass(frozen=True, kw_only=True)
class Evaluated(Event):
    """The model was scored on rows it does not learn from."""

    split: str
    metrics: Mapping[str, Any]  # Any: numbers, and for reports nested tables of numbers
    best: bool
    """Whether this is the best score so far, by the task's own measure."""
    samples: tuple[Mapping[str, str], ...] = ()
    """A few readable predictions: input, target, prediction."""


@dataclass(frozen=True, kw_only=True)
class Checkpointed(Event):
    """The run was saved and can be resumed from here."""

    path: str


@dataclass(frozen=True, kw_only=True)
class Paused(Event):
    """Training waits between two steps."""

    reason: str = ""
    """What it waits for; empty where a person asked for it."""


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    """Training goes on after a pause."""


@dataclass(frozen=True, kw_only=True)
class Edited(Event):
    """Something was changed: it holds from the next step on. A resumed run says again what is changed at its first step."""

    what: str
    value: float | str | None = None
    kind: str = ""
    layer: int = 0
    head: int = 0

    def __post_init__(self) -> None:
        _ = self.edit  # a line of a damaged file that is no edit is no event

    @property
    def edit(self) -> Edit:
        """The edit as the experiment holds it."""
        return Edit(what=self.what, value=self.value, kind=self.kind, layer=self.layer, head=self.head, step=self.step)

    @classmethod
    def of(cls, edit: Edit, time: float) -> Edited:
        """An edit that takes effect now, in seconds since the epoch."""
        return cls(
            step=edit.step, time=time, what=edit.what, value=edit.value, kind=edit.kind, layer=edit.layer, head=edit.head
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Warned(Event):
    """Something a person should know that does not end the run."""

    message: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Looked(Event):
    """The model was looked at while it trains: one text in evaluation mode. A picture of the moment; it is not written down."""

    text: str
    frames: Mapping[str, AttentionFrame]
    """By kind: encoder, decoder, cross."""
    positions: PositionFrame | None = None
    """The position encoding as it is now, where the model has one that can be drawn as a table."""
    prediction: str = ""
    probabilities: Mapping[str, float] = field(default_factory=dict)
    trouble: str = ""
    """Why there are no frames: the text cannot be read, or attention cannot be seen."""
    other: Looked | None = None
    """A second text, looked at in the same moment to be compared."""


@dataclass(frozen=True, kw_only=True)
class Finished(Event):
    """The run ended and everything is kept."""

    stopped: str
    """finished | early | asked | time"""
    report: Mapping[str, Any] = field(default_factory=dict)  # Any: the JSON report


@dataclass(frozen=True, kw_only=True)
class Failed(Event):
    """The run could not go on; what was saved stays."""

    what: str
    where: str = ""
    mend: str = ""


TYPES: dict[str, type[Event]] = {
    cls.__name__.lower(): cls
    for cls in (Started, Step, Evaluated, Checkpointed, Paused, Resumed, Edited, Warned, Finished, Failed)
}


def numbers_of(metrics: object) -> dict[str, float]:
    """The plain numbers among metrics, whatever else stands there."""
    if not isinstance(metrics, Mapping):
        return {}
    return {str(k): float(v) for k, v in metrics.items() if isinstance(v, int | float) and not isinstance(v, bool)}


def to_json(event: Event) -> str:
    """One line of ``events.jsonl``, without the line end."""
    return json.dumps({"type": type(event).__name__.lower(), **dataclasses.asdict(event)}, ensure_ascii=False)


def from_json(line: str) -> Event | None:
    """Read a line back; None when it is torn, or of a kind this version does not know."""
    try:
        content = json.loads(line)
        cls = TYPES[content.pop("type")]
        known = {f.name for f in dataclasses.fields(cls)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in content.items() if k in known}
        return cls(**values)
    except (ValueError, KeyError, TypeError, AttributeError, WorkbenchError):
        return None
