"""A run's answers in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from workbench.cli.output import results, score_text

SHOWN = 10
"""Errors written out."""


def show_evaluation(found: Mapping[str, Any]) -> None:
    """What `workbench.runs.evaluating.evaluate_run` found, for a person."""
    console, intervals = results(), found["intervals"]
    of = "" if intervals["rows"] == intervals["of"] else f" of {intervals['of']:,}"
    console.print(f"[bold]{escape(found['verdict']['text'])}[/]", soft_wrap=True)
    console.print(f"{found['split']}: {intervals['rows']:,}{of} rows, intervals of {100 * intervals['level']:.0f} %")
    table = Table("", "model", escape(found["other"] or "baseline"), "difference")
    for name, scores in intervals["model"].items():
        sides = [intervals[side].get(name) for side in ("baseline", "difference")]
        cells = [score_text(each["value"], each) if each else "" for each in (scores, *sides)]
        table.add_row(name, *cells)
    console.print(table)
    if found["calibration"]:
        console.print(f"Expected calibration error: {found['calibration']['error']:.4f}")
    for heading, name in ((f"By {found['column']}", "by_column"), ("By length in tokens", "by_length")):
        if found[name]:
            _show_groups(heading, found["metric"], found[name])
    if found["errors"]:
        errors = Table("row", "text", "target", "prediction", "confidence", title="Most confident errors", title_justify="left")
        for each in found["errors"][:SHOWN]:
            sure = "" if each["confidence"] is None else f"{each['confidence']:.3f}"
            shown = (each["text"][:80], each["target"][:40], each["prediction"][:40])
            errors.add_row(str(each["row"] + 1), *map(escape, shown), sure)
        console.print(errors)


def _show_groups(heading: str, metric: str, groups: Sequence[Mapping[str, Any]]) -> None:
    table = Table(escape(heading), "rows", metric)
    for group in groups:
        name = f"{group['others']} other values" if group["others"] else group["name"] or "(empty)"
        score = "" if group["value"] is None else score_text(group["value"], group, " ")
        table.add_row(escape(name), f"{group['rows']:,}", score)
    results().print(table)
