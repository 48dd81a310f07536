"""Runs as a table in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from rich.markup import escape
from rich.table import Table as RichTable

from workbench.cli.output import HEADLINE, print_json, results, words
from workbench.contracts.history import RunRow
from workbench.runs.history import as_json, list_runs

COLOURS = {"training": "cyan", "finished": "green", "failed": "red", "broken": "red"}


def show_runs(folder: Path, *, json: bool) -> int:
    """List the runs of a folder."""
    rows = list_runs([folder])
    if json:
        print_json({"runs": [as_json(row) for row in rows]})
    elif rows:
        results().print(_table(rows))
    else:
        words().print(f"There are no runs in {folder}.", markup=False, soft_wrap=True)
    return 0


def _table(rows: Sequence[RunRow]) -> RichTable:
    table = RichTable()
    for name in ("run", "state", "task", "score", "baseline", "steps", "made"):
        table.add_column(name, justify="right" if name in ("score", "baseline", "steps") else "left", overflow="fold")
    for row in rows:
        metric = next((name for name in HEADLINE if name in row.scores), "")
        state = row.state if row.owner is None else f"training ({row.owner.pid} on {row.owner.host})"
        said = f"{state}: {row.trouble}" if row.trouble else state
        table.add_row(
            escape(_named(row)), f"[{COLOURS.get(row.state, 'yellow')}]{escape(said)}[/]", row.task,
            f"{metric} {_number(row.scores, metric)}", _number(row.baseline, metric), f"{row.steps:,}",
            f"{datetime.fromtimestamp(row.made):%Y-%m-%d %H:%M}",
        )  # fmt: skip
    return table


def _named(row: RunRow) -> str:
    """Its folder, and under it whose past it shares and up to which step."""
    return f"{row.path.name}\n↳ {Path(row.branched_from).name} at {row.branched_at}" if row.branched_from else row.path.name


def _number(scores: Mapping[str, float], metric: str) -> str:
    return f"{scores[metric]:.4f}" if metric in scores else ""
