"""One table as the doctor's checks see it: its roles, its columns as SQL, and rows by condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbench.contracts.errors import Cancelled
from workbench.contracts.findings import LISTED, Finding, Mend
from workbench.contracts.mends import MENDS
from workbench.contracts.specs import ONE_CLASS, DataSpec
from workbench.data.profile import ColumnProfile
from workbench.data.roles import Roles
from workbench.data.table import Table

_BATCH = 20_000
CLASSES = ONE_CLASS | {"multi-label"}
"""Tasks whose target is a class or several."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What every check is given."""

    table: Table
    spec: DataSpec
    roles: Roles | None
    """None where no column can be read and none predicted."""
    trouble: str = ""
    """Why there are no roles."""
    cancelled: Callable[[], bool] = lambda: False

    @property
    def text(self) -> str | None:
        """The column that is read."""
        return self.roles.text if self.roles else None

    @property
    def read(self) -> tuple[str, ...]:
        """All columns that are read: the text, and the second one of tasks that read two."""
        return tuple(name for name in (self.roles.text, self.roles.pair) if name) if self.roles else ()

    @property
    def target(self) -> str | None:
        """The column that is predicted."""
        return self.roles.target if self.roles else None

    @property
    def task(self) -> str:
        """What is to be learned; empty where that is not known."""
        return self.roles.task if self.roles else ""

    @cached_property
    def profile(self) -> Mapping[str, ColumnProfile]:
        """What each column holds."""
        return {each.name: each for each in self.table.profile()}

    def sql(self, name: str) -> str:
        """A column in SQL."""
        return f"c{self.table.columns.index(name)}"

    def ask(self, sql: str) -> list[tuple[Any, ...]]:  # Any: columns of several types
        """Ask the database, unless it is time to stop.

        Raises:
            Cancelled: the person asked to stop.
        """
        self.pause()
        return self.table.query(sql, stoppable=True)

    def pause(self) -> None:
        """A place to stop.

        Raises:
            Cancelled: the person asked to stop.
        """
        if self.cancelled():
            raise Cancelled("stopped while looking at the table", where=str(self.table.path))

    def count(self, conditions: Mapping[str, str]) -> dict[str, int]:
        """How many rows meet each condition, in one pass."""
        sums = ", ".join(f"count(*) FILTER ({condition})" for condition in conditions.values())
        return dict(zip(conditions, map(int, self.ask(f"SELECT {sums} FROM data")[0]), strict=True))

    def rows(self, condition: str) -> tuple[int, ...]:
        """The first rows that meet a condition."""
        found = self.ask(f"SELECT rowid FROM data WHERE {condition} ORDER BY rowid LIMIT {LISTED}")
        return tuple(int(row) for (row,) in found)

    def cells(self, name: str, condition: str) -> Iterator[tuple[int, str]]:
        """Rows that meet a condition, with their cell of a column."""
        last = -1
        while True:
            found = self.ask(
                f"SELECT rowid, {self.sql(name)} FROM data WHERE rowid > {last} AND ({condition}) ORDER BY rowid LIMIT {_BATCH}"
            )
            yield from found
            if len(found) < _BATCH:
                return
            last = int(found[-1][0])

    def batches(self, *names: str) -> Iterator[list[tuple[Any, ...]]]:  # Any: the columns are texts, as many as were asked for
        """All rows, some at a time: the cells of the given columns."""
        columns = ", ".join(map(self.sql, names))
        for start in range(0, self.table.row_count, _BATCH):
            yield self.ask(f"SELECT {columns} FROM data WHERE rowid >= {start} AND rowid < {start + _BATCH} ORDER BY rowid")


def row_mend(*names: str, **data: object) -> Mend:
    """A mend that changes rows, by its name; further settings of the data go with it."""
    does = " ".join(MENDS[name] for name in names)
    return Mend(name=names[0], does=does, settings={"data": {"mends": " ".join(names), **data}})


def data_mend(name: str, does: str, **data: object) -> Mend:
    """A mend that changes how the table is read or used."""
    return Mend(name=name, does=does, settings={"data": data})


def advice(name: str, does: str) -> Mend:
    """What only the person can do, or what is done without asking."""
    return Mend(name=name, does=does)


def shown(text: str, most: int = 60) -> str:
    """A cell in a sentence."""
    plain = " ".join(text.split())
    return repr(plain if len(plain) <= most else plain[: most - 1] + "…")


Check = Callable[[Look], Iterator[Finding]]
