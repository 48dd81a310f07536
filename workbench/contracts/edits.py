"""What is changed in a training while it runs: frozen edits that are part of the experiment, so that a repeat repeats them.

An edit stands at a number of optimiser steps done and acts from the next step on. What holds at a step follows from the edits
up to it and nothing else (`state_after`), so it is kept nowhere else. Undoing one is another edit (`undoing`).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from workbench.contracts.errors import Problem, SpecError, WorkbenchError
from workbench.contracts.frames import KINDS

WHAT = ("learning_rate", "dropout", "head", "film_text")
"""What can be edited: see `Edit`."""
HEAD_STATES = ("on", "off", "frozen")
MOST_STEPS = 2**63 - 1

Value = float | str | None


class Head(NamedTuple):
    """One head of a model."""

    kind: str
    """encoder, decoder or cross."""
    layer: int
    head: int


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One change of a training.

    ==============  ========================  ===============================================================================
    what            value                     what happens
    ==============  ========================  ===============================================================================
    learning_rate   a number above 0          the schedule goes on with it as the highest learning rate
    dropout         a share, below 1          everything the model drops at random is dropped with this probability
    head            on, off or frozen         off: the head gives nothing and learns nothing; frozen: it gives what it gave
                                              and learns nothing
    film_text       a text                    what the film shows from here on; an empty text is an example of the data
    ==============  ========================  ===============================================================================

    Without a value (None) it is as it was without any edit: as the experiment says, and a head is on.

    Raises:
        SpecError: it cannot be.
    """

    what: str
    value: Value = None
    kind: str = ""
    """Of a head: encoder, decoder or cross."""
    layer: int = 0
    """Of a head, from 0."""
    head: int = 0
    """Of a head, from 0."""
    step: int = 0
    """Optimiser steps done when it acts: from ``step + 1`` on. The training fills it in where a person makes the edit."""

    def __post_init__(self) -> None:
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            object.__setattr__(self, "value", _as_float(self.value))
        problems = list(_problems(self))
        if problems:
            raise SpecError(problems, where="edit")

    def at(self, step: int) -> Self:
        """The same at another step."""
        return dataclasses.replace(self, step=step)

    @property
    def place(self) -> tuple[str, Head | None]:
        """What it sets: two edits of one place replace each other."""
        return self.what, Head(self.kind, self.layer, self.head) if self.what == "head" else None

    def __str__(self) -> str:
        if self.what == "head":
            return f"{self.value or 'on'}:{self.kind}:{self.layer}:{self.head}"
        shown = "" if self.value is None else f"{self.value:g}" if isinstance(self.value, float) else self.value
        return f"{self.what}={shown}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """An edit as it is written in one word: ``learning_rate=0.0003``, ``off:encoder:0:1``.

        Nothing after the equals sign means: as the experiment says.

        Raises:
            WorkbenchError: it is written in another way.
            SpecError: it cannot be.
        """
        what, equals, value = text.strip().partition("=")
        try:
            if equals and what in ("learning_rate", "dropout"):
                return cls(what=what, value=float(value) if value.strip() else None)
            if equals and what == "film_text":
                return cls(what=what, value=value or None)
            state, kind, layer, head = text.strip().split(":")
            if state in HEAD_STATES:
                return cls(what="head", value=state, kind=kind, layer=int(layer), head=int(head))
        except ValueError:
            pass
        raise WorkbenchError(
            f"{text!r} is no edit of a training", where="edit",
            mend="Write learning_rate=0.0003, dropout=0.2, film_text=TEXT, or off, on or frozen with KIND:LAYER:HEAD counted "
            "from 0, as in off:encoder:0:1.",
        )  # fmt: skip

    def as_dict(self) -> dict[str, Any]:  # Any: as TOML and JSON have it
        """The edit as plain values, without what says nothing."""
        place = ("kind", "layer", "head") if self.what == "head" else ()
        names = ("step", "what", *place, *(() if self.value is None else ("value",)))
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, kw_only=True)
class EditState:
    """What edits have come to; None is what the experiment says."""

    learning_rate: float | None = None
    dropout: float | None = None
    film_text: str | None = None
    heads: Mapping[Head, str] = field(default_factory=dict)
    """The heads that are off or frozen; all others are on."""

    def of(self, edit: Edit) -> Value:
        """What is in force where an edit would act."""
        return self.heads.get(Head(edit.kind, edit.layer, edit.head)) if edit.what == "head" else getattr(self, edit.what)

    @property
    def off(self) -> tuple[Head, ...]:
        """The heads that are off, in order."""
        return tuple(sorted(head for head, state in self.heads.items() if state == "off"))


def state_after(edits: Iterable[Edit], step: float = math.inf) -> EditState:
    """What holds for the step after so many: by the edits up to there, later ones over earlier ones."""
    plain: dict[str, Any] = {}
    heads: dict[Head, str] = {}
    for edit in in_order(edits):
        if edit.step > step:
            continue
        if edit.what == "head":
            heads[Head(edit.kind, edit.layer, edit.head)] = str(edit.value or "on")
        else:
            plain[edit.what] = edit.value
    return EditState(**plain, heads={head: state for head, state in heads.items() if state != "on"})


def undoing(edits: Sequence[Edit], edit: Edit) -> Edit:
    """The edit that restores what was in force before another one; its step is that of the other until a training takes it.

    Args:
        edits: All of the experiment.
        edit: One of them; the last one, where there are several like it.

    Raises:
        WorkbenchError: it is none of them.
    """
    ordered = in_order(edits)
    place = max((number for number, other in enumerate(ordered) if other == edit), default=None)
    if place is None:
        raise WorkbenchError("there is no such edit to undo", where=str(edit), mend="Choose an edit of this run.")
    return dataclasses.replace(edit, value=state_after(ordered[:place]).of(edit))


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """By step; those of one step as they were made."""
    return tuple(sorted(edits, key=lambda edit: edit.step))


def edits_from(content: object) -> tuple[tuple[Edit, ...], list[Problem]]:
    """Edits as TOML has them, and what is wrong with the others.

    Args:
        content: A list of tables.
    """
    if not isinstance(content, (list, tuple)) or not all(isinstance(each, Mapping) for each in content):
        return (), [Problem(field="edits", value=content, allowed="must be tables under [[edits]]")]
    found: list[Edit] = []
    problems: list[Problem] = []
    known = {each.name for each in dataclasses.fields(Edit)}
    for number, each in enumerate(content):
        unknown = [key for key in each if key not in known]
        problems += [Problem(field=f"edits.{number}.{key}", value=each[key], allowed="there is no such field") for key in unknown]
        try:
            found.append(Edit(**{"what": "", **{key: value for key, value in each.items() if key in known}}))
        except SpecError as error:
            problems += [dataclasses.replace(p, field=f"edits.{number}.{p.field}") for p in error.problems]
    return tuple(found), problems


def misplaced(edits: Sequence[Edit], kinds: Sequence[str], layers: int, heads: int) -> list[Problem]:
    """Edits of heads that a model of this shape does not have.

    Args:
        edits: Of an experiment.
        kinds: The kinds of attention there are.
        layers: Layers of each kind.
        heads: Heads of each layer.
    """
    found = []
    for number, edit in enumerate(edits):
        if edit.what != "head":
            continue
        if edit.kind not in kinds:
            found.append(Problem(field=f"edits.{number}.kind", value=edit.kind, allowed="must be " + " or ".join(kinds)))
        for name, there in (("layer", layers), ("head", heads)):
            if getattr(edit, name) >= there:
                given = getattr(edit, name)
                found.append(Problem(field=f"edits.{number}.{name}", value=given, allowed=f"must be at most {there - 1}"))
    return found


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _problems(edit: Edit) -> Iterable[Problem]:
    if edit.what not in WHAT:
        yield Problem(field="what", value=edit.what, allowed="must be one of " + ", ".join(WHAT))
        return
    if not _whole(edit.step):
        yield Problem(field="step", value=edit.step, allowed="must be a whole number of steps, 0 or more")
    allowed = _complaint(edit.what, edit.value)
    if allowed:
        yield Problem(field="value", value=edit.value, allowed=allowed)
    if edit.what == "head":
        if edit.kind not in KINDS:
            yield Problem(field="kind", value=edit.kind, allowed="must be one of " + ", ".join(KINDS))
        for name in ("layer", "head"):
            if not _whole(getattr(edit, name)):
                yield Problem(field=name, value=getattr(edit, name), allowed="must be a whole number, counted from 0")
    else:
        for name, default in (("kind", ""), ("layer", 0), ("head", 0)):
            if getattr(edit, name) != default or isinstance(getattr(edit, name), bool):
                yield Problem(field=name, value=getattr(edit, name), allowed=f"has no meaning for {edit.what}")


def _complaint(what: str, value: object) -> str:
    """What a value must be where it is not; an empty text where it is fine."""
    if value is None:
        return ""
    if what == "head":
        return "" if value in HEAD_STATES else "must be one of " + ", ".join(HEAD_STATES)
    if what == "film_text":
        return "" if isinstance(value, str) and "\x00" not in value else "must be a text without a NUL character"
    if not isinstance(value, float) or not math.isfinite(value):
        return "must be a finite number"
    if what == "learning_rate":
        return "" if 0 < value <= 100 else "must be more than 0 and at most 100"
    return "" if 0 <= value < 1 else "must be at least 0 and less than 1"


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_STEPS
