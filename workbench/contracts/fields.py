"""Settings that explain and check themselves.

One sentence per setting serves the command line's help, the form in the window and the error message, so it lives in the
dataclass field's metadata rather than in a docstring under it.
"""

from __future__ import annotations

import dataclasses
import math
import operator
import types
import typing
from collections.abc import Callable
from typing import Any

from workbench.contracts.errors import Problem

COMPARISONS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "at_least": ("at least", operator.ge),
    "above": ("more than", operator.gt),
    "at_most": ("at most", operator.le),
    "below": ("less than", operator.lt),
}


def setting(
    default: object,
    help: str,
    *,
    choices: tuple[str, ...] = (),
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
) -> Any:  # Any: a dataclass field stands for a value of any type, as dataclasses.field itself says
    """A dataclass field with its explanation and its bounds."""
    bounds = {"at_least": at_least, "above": above, "at_most": at_most, "below": below}
    return dataclasses.field(default=default, metadata={"help": help, "choices": choices, "bounds": bounds})


KINDS: dict[type, str] = {
    int: "must be a whole number, such as 4", float: "must be a number, such as 0.001", str: "must be a text",
    bool: "must be yes or no (true or false)",
}  # fmt: skip
_HINTS: dict[type, dict[str, Any]] = {}  # Any: annotations are objects of many kinds


def type_of(cls: type, name: str) -> tuple[type, bool]:
    """The plain type of a setting and whether it may be left out (None): ``int | None`` → ``(int, True)``."""
    if cls not in _HINTS:  # reading annotations takes a millisecond, and a form asks hundreds of times at each key
        _HINTS[cls] = typing.get_type_hints(cls)
    hint = _HINTS[cls][name]
    if isinstance(hint, types.UnionType):
        plain = [part for part in hint.__args__ if part is not type(None)]
        return plain[0], len(plain) < len(hint.__args__)
    return hint, False


def coerce(spec: object) -> None:
    """Turn whole numbers given for a fraction into floats (TOML writes ``1`` for ``1.0``)."""
    for field in dataclasses.fields(spec):  # type: ignore[arg-type]
        kind, _ = type_of(type(spec), field.name)
        value = getattr(spec, field.name)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            object.__setattr__(spec, field.name, float(value))


def problems_of(spec: object, section: str) -> list[Problem]:
    """Every setting whose value has the wrong type, is not among its choices or lies outside its bounds."""
    found = []
    for field in dataclasses.fields(spec):  # type: ignore[arg-type]
        kind, optional = type_of(type(spec), field.name)
        value = getattr(spec, field.name)
        allowed = _complaint(value, kind, optional, dict(field.metadata))
        if allowed:
            found.append(Problem(field=f"{section}.{field.name}", value=value, allowed=allowed, why=field.metadata["help"]))
    return found


def _complaint(value: object, kind: type, optional: bool, meta: dict[str, Any]) -> str:
    if value is None:
        return "" if optional else f"is empty; it {KINDS[kind]}"
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return KINDS[kind]
    if isinstance(value, float) and not math.isfinite(value):
        return "must be a finite number"
    if meta["choices"] and value not in meta["choices"]:
        return "must be one of " + ", ".join(meta["choices"])
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        for name, (word, holds) in COMPARISONS.items():
            bound = meta["bounds"][name]
            if bound is not None and not holds(value, bound):
                return f"must be {word} {bound:g}"
    if isinstance(value, str) and "\x00" in value:
        return "must not hold a NUL character"
    return ""
