"""What the columns of a loaded table hold: emptiness, distinct values, type, lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from workbench.data.numbers import Numbers, count_numbers, sql_number

_TESTS = (
    ("integer", r"regexp_full_match({0}, '\s*[+-]?(0|[1-9]\d*)\s*')"),
    ("number", r"regexp_full_match({0}, '\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*')"),
    ("date", "TRY_CAST({0} AS TIMESTAMP) IS NOT NULL"),
)
"""What every filled cell of a column must satisfy to be of a type, in SQL; the narrowest type first."""
FILLED = r"regexp_matches({0}, '[^\s\p{{Z}}]')"
"""SQL for a cell that holds more than white space of any script (`trim` takes twenty times as long)."""
_FEW = 1_000
_TOP = 20
_SAMPLE = 10_000  # first rows that tell words, letters and which types are worth testing on all rows


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """One column; lengths are in characters over the cells that are not empty."""

    name: str
    type: str
    """integer, number, date, text, or empty."""
    empty: int
    distinct: int
    """Different cells, the empty one not counted."""
    shortest: int
    longest: int
    mean_length: float
    mean_words: float
    """Words between spaces, on average over the first rows."""
    lettered: float
    """Share of the cells that hold a letter, among the first rows."""
    beginning: str
    """What every cell begins with."""
    top: tuple[tuple[str, int], ...]
    """The commonest cells with their counts, where the distinct ones are few."""
    numbers: Numbers | None = None
    """Where most of the first cells are numbers as people write them, plain whole numbers apart."""


def profile_columns(cursor: duckdb.DuckDBPyConnection, columns: Sequence[str], rows: int) -> tuple[ColumnProfile, ...]:
    """Profile the table ``data``."""
    return tuple(_profile(cursor, f"c{position}", name, rows) for position, name in enumerate(columns))


def _profile(cursor: duckdb.DuckDBPyConnection, column: str, name: str, rows: int) -> ColumnProfile:
    is_filled = FILLED.format(column)
    filled_only = f"FROM data WHERE {is_filled}"
    tests = dict(_TESTS)
    words, lettered, numeric, *held = _one(
        cursor,
        f"SELECT avg(length({column}) - length(replace({column}, ' ', '')) + 1), "
        f"avg(CAST(regexp_matches({column}, '\\p{{L}}') AS DOUBLE)), "
        f"avg(CAST({sql_number(column, 'point')} OR {sql_number(column, 'comma')} AS DOUBLE)), "
        + ", ".join(f"bool_and({test.format(column)})" for test in tests.values())
        + f" FROM (SELECT {column} {filled_only} LIMIT {_SAMPLE})",
    )
    likely = [kind for kind, holds in zip(tests, held, strict=True) if holds]
    filled, distinct, shortest, longest, mean, least, most, *holding = _one(
        cursor,
        f"SELECT count(*), count(DISTINCT hash({column})), min(length({column})), max(length({column})), avg(length({column})), "
        f"min({column}), max({column})"
        + "".join(f", bool_and({tests[kind].format(column)})" for kind in likely)
        + " "
        + filled_only,
    )
    kind = next((kind for kind, holds in zip(likely, holding, strict=True) if holds), "text") if filled else "empty"
    numbers = None
    if kind in ("number", "text") and (numeric or 0) > 0.5:
        numbers = count_numbers(lambda sql: cursor.execute(sql).fetchall(), column, is_filled)
        kind = "number" if numbers.share == 1 else kind
    top: list[tuple[str, int]] = []
    if 0 < distinct <= _FEW:
        top = cursor.execute(f"SELECT {column}, count(*) {filled_only} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_TOP}").fetchall()
    return ColumnProfile(
        name=name,
        type=kind,
        empty=rows - filled,
        distinct=distinct,
        shortest=shortest or 0,
        longest=longest or 0,
        mean_length=mean or 0.0,
        mean_words=words or 0.0,
        lettered=lettered or 0.0,
        # What the least and the greatest of sorted texts begin with, all between them begin with.
        beginning=_common_beginning(least or "", most or ""),
        top=tuple(top),
        numbers=numbers,
    )


def _one(cursor: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:  # Any: columns of several types
    return cursor.execute(sql).fetchall()[0]


def _common_beginning(one: str, other: str) -> str:
    length = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]
