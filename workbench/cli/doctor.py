"""What `doctor` does: a table is examined, and the findings become words."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from workbench.cli.options import Json
from workbench.cli.output import print_json, results
from workbench.cli.settings import with_settings
from workbench.contracts.specs import Experiment
from workbench.contracts.tables import stands_above

SHOWN = 10
"""Rejected rows written out, at most."""


@with_settings
def doctor(
    table: Annotated[str, typer.Argument(help="The table to look at.", show_default=False)],
    given: dict[str, dict[str, Any]],
    json: Json = False,
) -> int:
    """How a table is read, what its columns seem to mean, and what is odd in it."""
    from workbench.data.doctor import examine

    found = examine(Experiment.from_dict({"data": {**given["data"], "table": table}}).data)
    if json:
        print_json(found)
    else:
        show_findings(table, found)
    return 0


def show_findings(table: str, found: Mapping[str, Any]) -> None:
    """How a table is read, its columns, and what is odd, for a person."""
    console = results()
    encoding, rows = found["encoding"], found["rows"]
    console.print(f"[bold]{escape(table)}[/]", soft_wrap=True)
    console.print(f"Encoding: {encoding['name']} ({escape(str(encoding['evidence']))})", soft_wrap=True)
    for other in encoding["candidates"]:
        console.print(f"  could also be: {escape(str(other))}", soft_wrap=True)
    header = "first line names the columns" if found["header"] else "no header line"
    console.print(
        f"Delimiter {escape(repr(found['delimiter']))}, quote {escape(repr(found['quote']))}, {header}.", soft_wrap=True
    )
    above = sum(stands_above(row["reason"]) for row in rows["rejected"])
    lost = f"{len(rows['rejected']) - above:,} rejected"
    if above:
        lost += f" + {above:,} above the table, of titles or notes"
    console.print(f"Rows: {rows['in_file']:,} in the file = {rows['read']:,} read + {lost}", soft_wrap=True)
    for rejected in rows["rejected"][:SHOWN]:
        console.print(f"  line {rejected['line']}: {escape(rejected['reason'])}: {escape(rejected['text'][:80])}", soft_wrap=True)
    if len(rows["rejected"]) > SHOWN:
        console.print(f"  … and {len(rows['rejected']) - SHOWN:,} more (--json lists them all)")
    columns = Table("column", "role", "type", "empty", "distinct", "why")
    for column in found["columns"]:
        columns.add_row(*(escape(str(column[key])) for key in ("name", "role", "type", "empty", "distinct", "reason")))
    console.print(columns)
    for note in found["notes"]:
        console.print(f"Note: {escape(note)}", soft_wrap=True)
    for finding in found["findings"]:
        console.print(f"• {finding['kind']}: {finding['count']:,}. {escape(finding['evidence'])}", soft_wrap=True)
        if finding["rows"]:
            first = ", ".join(f"{row + 1:,}" for row in finding["rows"][:SHOWN])
            named = "row" if finding["count"] == 1 else "rows"
            console.print(f"    {named} {first}{' …' if finding['count'] > SHOWN else ''}", soft_wrap=True)
        for place in finding.get("places", ())[:3]:
            console.print(f"    {place['file']}, line {place['line']}", soft_wrap=True, markup=False)
        for mend in finding["mends"]:
            how = options_of(mend["settings"])
            console.print(f"    {mend['name']}: {mend['does']}{f'  [{how}]' if how else ''}", soft_wrap=True, markup=False)
    if any(mend["settings"] for finding in found["findings"] for mend in finding["mends"]):
        console.print("Apply a mend by giving its option to train or doctor; names of --mends go together, with spaces between.")
    if " " in found["mends"]:
        console.print(
            f"All mends of rows that come first above: --mends {shlex.quote(found['mends'])}", soft_wrap=True, markup=False
        )


def options_of(settings: Mapping[str, Mapping[str, Any]]) -> str:  # Any: each setting has its own type
    """A mend's settings as options of the command line: ``--encoding gb18030``."""
    given = []
    for name, value in (item for section in settings.values() for item in section.items()):
        option, value = name.replace("_", "-"), "tab" if value == "\t" else value
        if isinstance(value, bool):
            given.append(f"--{option}" if value else f"--no-{option}")
        elif value is not None:
            given.append(f"--{option} {shlex.quote(str(value))}")
    return " ".join(given)
