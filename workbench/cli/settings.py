"""One command-line option for every setting of the specs, made from the specs themselves."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from workbench.contracts.fields import type_of
from workbench.contracts.specs import SECTIONS

PANELS = {"data": "Data", "model": "Model", "train": "Training"}


def with_settings(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command an option per setting; it receives those that were used as ``given``, by section."""
    own = [p for p in inspect.signature(command).parameters.values() if p.name != "given"]
    options, section_of = [], {}
    for section, spec in SECTIONS.items():
        for field in dataclasses.fields(spec):
            if field.name == "table":
                continue  # the positional argument
            section_of[field.name] = section
            kind, _ = type_of(spec, field.name)
            option = typer.Option(help=_help(field), rich_help_panel=PANELS[section], show_default=False)
            options.append(
                inspect.Parameter(
                    field.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option]
                )
            )

    @functools.wraps(command)
    def wrapped(**values: Any) -> int:  # Any: each option has its own type
        given: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
        for name, section in section_of.items():
            if (value := values.pop(name)) is not None:
                given[section][name] = value
        return command(**values, given=given)

    keyword_only = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    wrapped.__signature__ = inspect.Signature([*keyword_only, *options], return_annotation=int)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {p.name: p.annotation for p in [*keyword_only, *options]} | {"return": int}
    return wrapped


def _help(field: dataclasses.Field[Any]) -> str:
    text: str = field.metadata["help"]
    if field.metadata["choices"]:
        text += " [" + "|".join(field.metadata["choices"]) + "]"
    return text[0].upper() + text[1:]
