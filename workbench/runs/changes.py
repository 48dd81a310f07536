"""A change that a person asks for, as the engine makes it."""

from __future__ import annotations

from typing import Any

from workbench.contracts.inspection import Change
from workbench.engine.interventions import HeadsOff, Intervention, NoMask, NoScale, Replace, Temperature


def only(place: int | None) -> tuple[int] | None:
    """One layer or head as a lens is told of it."""
    return None if place is None else (place,)


def intervention(change: Change) -> Intervention:
    """A change as the engine makes it."""
    where: dict[str, Any] = {  # Any: the fields of every intervention
        "kind": change.kind, "layer": change.layer, "heads": only(change.head)
    }  # fmt: skip
    match change.act:
        case "off":
            return HeadsOff(**where)
        case "temperature":
            return Temperature(value=change.value, **where)
        case "no-scale":
            return NoScale(**where)
        case "no-mask":
            return NoMask(**where)
    return Replace(pattern=change.act, **where)
