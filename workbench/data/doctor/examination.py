"""The whole examination: what the reader knows about a table as one JSON-ready object, and the findings of all checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.findings import Finding, by_weight
from workbench.contracts.mends import in_order, named_mends
from workbench.contracts.specs import DataSpec
from workbench.data.doctor.cells import cells
from workbench.data.doctor.columns import columns
from workbench.data.doctor.labels import labels
from workbench.data.doctor.lengths import lengths
from workbench.data.doctor.look import Check, Look
from workbench.data.doctor.reading import reading
from workbench.data.doctor.texts import texts
from workbench.data.folder import with_test
from workbench.data.roles import Roles, guess_roles
from workbench.data.table import Table, open_table

CHECKS: tuple[tuple[str, Check], ...] = (
    ("looking at how the file is read", reading),
    ("looking at the columns", columns),
    ("looking at single cells", cells),
    ("looking at the labels", labels),
    ("comparing texts", texts),
    ("measuring texts", lengths),
)
"""Every family of checks with what is done meanwhile."""
PLACED = 10
"""Rows of a finding whose file and line are told, at most."""


def find(
    table: Table,
    spec: DataSpec,
    *,
    progress: Callable[[str, float], None] = lambda stage, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Finding, ...]:
    """What is odd in an open table.

    Args:
        table: The table.
        spec: How it was opened, and what is known of its columns.
        progress: Told which checks are made, and the share of them that is done.
        cancelled: Asked now and then whether to stop.

    Raises:
        WorkbenchError: the table cannot be read to its end, or the spec names a column that is not there.
        Cancelled: `cancelled` said so.
    """
    progress("reading the table", 0.0)
    spec = with_test(spec)
    roles, trouble = _roles(table, spec)
    return _findings(Look(table=table, spec=spec, roles=roles, trouble=trouble, cancelled=cancelled), progress)


def examine(spec: DataSpec, *, cancelled: Callable[[], bool] = lambda: False) -> dict[str, Any]:  # Any: nested JSON values
    """Read a table and tell what was found.

    Returns:
        The object of ``doctor FILE --json``. Rows are counted from 0 below the header, lines from 1.

    Raises:
        WorkbenchError: the file is no table that can be read, or the spec names a column that is not there.
        Cancelled: `cancelled` said so.
    """
    spec = with_test(spec)
    with open_table(spec, cancelled=cancelled) as table:
        roles, trouble = _roles(table, spec)
        look = Look(table=table, spec=spec, roles=roles, trouble=trouble, cancelled=cancelled)
        findings = _findings(look)
        advised = [each.mends[0].settings["data"]["mends"] for each in findings if each.mends and each.mends[0].of_rows]
        read = table.reading
        encoding = read.encoding
        return {
            "file": str(table.path),
            "test": spec.test,
            "kind": table.kind,
            "encoding": {
                "name": encoding.name,
                "evidence": encoding.evidence,
                "candidates": [candidate.name for candidate in encoding.candidates],
                "samples": {candidate.name: candidate.sample for candidate in encoding.candidates},
            },
            "delimiter": read.delimiter.value,
            "quote": read.quote.value,
            "header": read.header.value,
            "skip_lines": read.skip.value,
            "decimal": roles.decimal.value if roles and roles.decimal else None,
            "evidence": {part: getattr(read, part).evidence for part in ("kind", "delimiter", "quote", "header", "skip")}
            | ({"decimal": roles.decimal.evidence} if roles and roles.decimal else {}),
            "notes": list(read.notes),
            "task": roles.task if roles else None,
            "task_reason": roles.task_reason if roles else trouble,
            "columns": [
                {
                    "name": profile.name,
                    "role": roles.role[profile.name] if roles else "unused",
                    "reason": roles.reason[profile.name] if roles else trouble,
                    "type": profile.type,
                    "empty": profile.empty,
                    "distinct": profile.distinct,
                    "shortest": profile.shortest,
                    "longest": profile.longest,
                    "mean_length": round(profile.mean_length, 1),
                }
                for profile in table.profile()
            ],
            "rows": {
                "in_file": table.row_count + len(table.rejected),
                "read": table.row_count,
                "rejected": [{"line": row.line, "text": row.text, "reason": row.reason} for row in table.rejected],
                "passed": dict(table.passed),
            },
            "findings": [finding.as_dict() | _places(table, finding) for finding in findings],
            "mends": " ".join(in_order(named_mends(" ".join(advised)))),
        }


def _findings(look: Look, progress: Callable[[str, float], None] = lambda stage, share: None) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for done, (stage, check) in enumerate(CHECKS, 1):
        progress(stage, done / (len(CHECKS) + 1))
        look.pause()
        found += check(look)
    progress("comparing texts", 1.0)
    return by_weight(found)


def _places(table: Table, finding: Finding) -> dict[str, Any]:  # Any: JSON values
    """Of a folder of files, in which of them the first rows of a finding stand, and on which lines."""
    if not table.path.is_dir():
        return {}
    places = (table.place_of(row) for row in finding.rows[:PLACED])
    return {"places": [{"file": file, "line": line} for file, line in places]}


def _roles(table: Table, spec: DataSpec) -> tuple[Roles | None, str]:
    """The roles, or why none could be guessed; a column that was named and is not there stays an error."""
    try:
        return guess_roles(table, spec), ""
    except WorkbenchError as error:
        if spec.text or spec.target:
            raise
        return None, error.what
