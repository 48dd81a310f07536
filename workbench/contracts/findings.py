"""What the doctor finds in a table, and how it can be mended: a mend is a change of the experiment, and so can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LISTED = 1_000
"""Rows that a finding names at most; its count is of all."""
GRAVE, NOTABLE, HINT = "grave", "notable", "hint"
"""Weights: what makes scores wrong or loses rows; what costs quality; what is good to know."""
WEIGHTS = (GRAVE, NOTABLE, HINT)
_GRAVE = frozenset({
    "rejected-rows", "no-text", "leaking-column", "label-in-text", "test-text-in-training", "test-columns", "mojibake",
    "same-text-different-labels", "label-spellings",
})  # fmt: skip
_HINTS = frozenset({
    "old-encoding", "no-header", "column-names", "lines-above", "old-line-ends", "several-sheets", "empty-column",
    "constant-column", "notice-column", "id-column", "mostly-empty", "line-breaks", "rare-characters", "padded-cells",
    "several-sources", "sorted-by-label", "mixed-scripts",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Mend:
    """One way to mend a finding. Applying it sets settings; undoing it puts them back. The table itself is never changed."""

    name: str
    """``drop-duplicates``."""
    does: str
    """What it does, a sentence with its consequence."""
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # Any: each setting has its own type
    """Settings to change, by section: ``{"data": {"encoding": "gb18030"}}``. Of ``data.mends`` the names to add.
    Empty where only the person can mend it, in the file."""

    @property
    def of_rows(self) -> bool:
        """Whether it changes rows and decides nothing else, such as the task or how the file is read."""
        return {section: set(values) for section, values in self.settings.items()} == {"data": {"mends"}}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something odd about a table, with its evidence."""

    kind: str
    """``duplicate-text``."""
    count: int
    """How many rows, cells or classes it concerns."""
    evidence: str
    """What was seen, a sentence."""
    column: str | None = None
    rows: tuple[int, ...] = ()
    """The first of the rows, counted from 0 below the header; at most `LISTED`."""
    lines: tuple[int, ...] = ()
    """The first lines of the file, from 1, where it concerns lines that are no rows."""
    mends: tuple[Mend, ...] = ()
    """The recommended one first."""

    @property
    def weight(self) -> str:
        """One of `WEIGHTS`."""
        return GRAVE if self.kind in _GRAVE else HINT if self.kind in _HINTS else NOTABLE

    def as_dict(self) -> dict[str, Any]:  # Any: JSON values
        """The finding as `doctor --json` prints it."""
        return {
            "kind": self.kind,
            "weight": self.weight,
            "count": self.count,
            "column": self.column,
            "rows": list(self.rows),
            "lines": list(self.lines),
            "evidence": self.evidence,
            "mend": self.mends[0].name if self.mends else "",
            "mends": [
                {"name": mend.name, "does": mend.does, "settings": {k: dict(v) for k, v in mend.settings.items()}}
                for mend in self.mends
            ],
        }


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first; of one weight in the order they were found."""
    return tuple(sorted(findings, key=lambda each: WEIGHTS.index(each.weight)))
