"""What the reader knows about a table, as one JSON-ready object: the reading, the columns' roles, the rows, and findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.profile import FILLED
from workbench.data.roles import Roles, guess_roles
from workbench.data.table import Table, open_table

LISTED = 1_000
"""Rows that a finding names; its count is of all."""


def examine(spec: DataSpec, *, cancelled: Callable[[], bool] = lambda: False) -> dict[str, Any]:  # Any: nested JSON values
    """Read a table and tell what was found.

    Returns:
        The object of ``doctor FILE --json``. Rows are counted from 0 below the header, lines from 1.

    Raises:
        WorkbenchError: the file is no table that can be read, or the spec names a column that is not there.
    """
    with open_table(spec, cancelled=cancelled) as table:
        roles, trouble = _roles(table, spec)
        reading = table.reading
        encoding = reading.encoding
        return {
            "file": str(table.path),
            "kind": table.kind,
            "encoding": {
                "name": encoding.name,
                "evidence": encoding.evidence,
                "candidates": [candidate.name for candidate in encoding.candidates],
                "samples": {candidate.name: candidate.sample for candidate in encoding.candidates},
            },
            "delimiter": reading.delimiter.value,
            "quote": reading.quote.value,
            "header": reading.header.value,
            "skip_lines": reading.skip.value,
            "decimal": roles.decimal.value if roles and roles.decimal else None,
            "evidence": {part: getattr(reading, part).evidence for part in ("kind", "delimiter", "quote", "header", "skip")}
            | ({"decimal": roles.decimal.evidence} if roles and roles.decimal else {}),
            "notes": list(reading.notes),
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
            "findings": _findings(table, roles, trouble),
        }


def _roles(table: Table, spec: DataSpec) -> tuple[Roles | None, str]:
    """The roles, or why none could be guessed; a column that was named and is not there stays an error."""
    try:
        return guess_roles(table, spec), ""
    except WorkbenchError as error:
        if spec.text or spec.target:
            raise
        return None, error.what


def _findings(table: Table, roles: Roles | None, trouble: str) -> list[dict[str, Any]]:  # Any: nested JSON values
    reading = table.reading
    found = []
    if reading.encoding.candidates:
        found.append(_finding("encoding-doubt", len(reading.encoding.candidates), [], reading.encoding.evidence, "set-encoding"))
    if not reading.delimiter.sure:
        found.append(_finding("delimiter-doubt", 1, [], reading.delimiter.evidence, "set-delimiter"))
    if not reading.header.sure:
        found.append(_finding("header-doubt", 1, [], reading.header.evidence, "flip-header"))
    if table.rejected:
        first = table.rejected[0]
        evidence = f"the first is line {first.line}: {first.reason}"
        lines = [row.line for row in table.rejected[:LISTED]]
        found.append(_finding("rejected-rows", len(table.rejected), [], evidence, "mend-lines") | {"lines": lines})
    if roles is None:
        found.append(_finding("no-text", 1, [], trouble, "set-text"))
        return found
    if roles.decimal is not None and not roles.decimal.sure:
        found.append(_finding("decimal-doubt", 1, [], roles.decimal.evidence, "set-decimal"))
    for role, name in (("text", roles.text), ("target", roles.target)):
        if name is not None and table.kind != "text":
            rows = _rows(table, f"SELECT rowid FROM data WHERE NOT {FILLED.format(_sql(table, name))} ORDER BY rowid")
            if rows:
                found.append(_finding(f"empty-{role}", len(rows), rows, f"cells of {name!r} hold nothing", "drop-empty"))
    if table.kind != "text":
        rows = _repeated(table, roles.text)
        if rows:
            evidence = f"these rows repeat a text of {roles.text!r} that stands further up, character for character"
            found.append(_finding("duplicate-text", len(rows), rows, evidence, "drop-duplicates"))
    return found


def _repeated(table: Table, name: str) -> list[int]:
    column = _sql(table, name)
    return _rows(
        table,
        f"WITH twice AS (SELECT hash({column}) AS code, min(rowid) AS first FROM data WHERE {FILLED.format(column)} "
        f"GROUP BY code HAVING count(*) > 1) "
        f"SELECT data.rowid FROM data JOIN twice ON hash({column}) = code WHERE data.rowid <> first ORDER BY data.rowid",
    )


def _sql(table: Table, name: str) -> str:
    return f"c{table.columns.index(name)}"


def _rows(table: Table, sql: str) -> list[int]:
    return [int(str(row[0])) for row in table.query(sql)]


def _finding(kind: str, count: int, rows: Sequence[int], evidence: str, mend: str) -> dict[str, Any]:  # Any: JSON values
    return {"kind": kind, "count": count, "rows": list(rows[:LISTED]), "evidence": evidence, "mend": mend}
