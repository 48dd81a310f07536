"""Numbers as people write them: ``3,5``, ``1.234,5``, ``1 234``, ``$5``, ``12 %``, ``(40)``, and in full-width signs.

One pattern for each decimal sign says what a number is, to Python and to DuckDB alike: a million cells are counted there.
``1.234`` is a number either way, so a column is read under the sign that more of its cells call for, and where none
does, that is told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.contracts.counting import counted
from workbench.data.reading import Found

DECIMALS = ("point", "comma")
"""What may stand before the fraction; where nothing tells, the first."""
ENOUGH = 0.9
"""Share of the filled cells that must be numbers for the others to be slips in a column of numbers."""
FEW = 0.05
"""Share of the numbers that must call for one sign before it is sure for those that are numbers under both."""
NAMED = 3
"""Cells in the way that are named."""
_SHOWN = 40  # characters of such a cell

_DIGIT, _FIRST = "[0-9０-９]", "[1-9１-９]"
_SPACE = "[ \u00a0\u2007\u2009\u202f\u3000]"
_SIGN = "[+\\-＋－−]"
_MARKS = {"point": ("[.．]", "[,，]"), "comma": ("[,，]", "[.．]")}
_COINS, _CODES = "$€£¥₹₽₩₺₫฿₴₪₱＄￡￥￦元円", "EUR|USD|GBP|CNY|RMB|JPY|CHF"
_MONEY = f"(?:[{_COINS}]|{_CODES})"
_PER_CENT = "[%％]"


def _pattern(decimal: str) -> str:
    """The whole cell, in the syntax that `re` and RE2 share."""
    mark, other = _MARKS[decimal]
    grouped = "|".join(f"{_FIRST}{_DIGIT}{{0,2}}(?:{group}{_DIGIT}{{3}})+" for group in (other, _SPACE, "['’＇]"))
    body = f"(?:(?:{grouped}|{_DIGIT}+)(?:{mark}{_DIGIT}*)?|{mark}{_DIGIT}+)(?:[eE]{_SIGN}?{_DIGIT}+)?"
    after = f"(?:{_SPACE}*(?:{_MONEY}|{_PER_CENT}))?"
    signed = f"(?:{_SIGN}?{_SPACE}*(?:{_MONEY}{_SPACE}*)?|{_MONEY}{_SPACE}*{_SIGN}{_SPACE}*){body}{after}"
    below_zero = f"[(（]{_SPACE}*(?:{_MONEY}{_SPACE}*)?{body}{after}{_SPACE}*[)）]"
    blank = f"(?:\\s|{_SPACE})*"
    return f"{blank}(?:{signed}|{below_zero}){blank}"


_PATTERNS = {decimal: _pattern(decimal) for decimal in DECIMALS}
_COMPILED = {decimal: re.compile(pattern, re.ASCII) for decimal, pattern in _PATTERNS.items()}
_NARROW: dict[int, int | None] = {
    **{0xFF00 + code: 0x20 + code for code in range(1, 0x5F)},
    ord("−"): ord("-"),
    **{ord(sign): None for sign in _COINS + "%％'’＇ \t\r\n\v\f\u00a0\u2007\u2009\u202f\u3000"},
}
_CODE = re.compile(_CODES)


def number(cell: str, decimal: str = "point") -> float | None:
    """The finite number that a cell holds, or None.

    Args:
        cell: As it stands in the table. A per cent sign is left out: ``12 %`` is 12. Brackets put a number below zero.
        decimal: ``point`` or ``comma``.
    """
    if "_" not in cell and (decimal == "point" or "." not in cell):
        try:  # most numbers are plain, and this is ten times as fast
            return _finite(float(cell if decimal == "point" else cell.replace(",", ".")))
        except ValueError:
            pass
    if _COMPILED[decimal].fullmatch(cell) is None:
        return None
    plain = _CODE.sub("", cell.translate(_NARROW))
    digits = plain.strip("()").replace("." if decimal == "comma" else ",", "").replace(",", ".")
    return _finite(-float(digits) if plain.startswith("(") else float(digits))


def sql_number(column: str, decimal: str) -> str:
    """SQL for whether a cell is a number under a decimal sign."""
    pattern = _PATTERNS[decimal].replace("'", "''")
    return f"regexp_full_match({column}, '{pattern}')"


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How many cells of a column are numbers, under each decimal sign."""

    filled: int
    """Cells that hold anything."""
    cells: Mapping[str, int]
    """Numbers under each sign."""
    only: Mapping[str, int]
    """Of these, numbers under no other sign."""
    units: Mapping[str, int]
    """Money and per cent signs beside the numbers, and ``""`` where there is none, with their counts."""
    either: str
    """A cell that is another number under each sign; empty where there is none."""

    @property
    def decimal(self) -> str:
        """The sign under which most cells are numbers."""
        return max(DECIMALS, key=self.cells.__getitem__)

    @property
    def share(self) -> float:
        """Share of the filled cells that are numbers."""
        return self.cells[self.decimal] / max(1, self.filled)

    def found(self, in_the_way: Sequence[tuple[int, str]]) -> Found[str]:
        """The sign, with the evidence and what stands `in_the_way` of it."""
        other = DECIMALS[1 - DECIMALS.index(self.decimal)]
        told = [f"so can {self.cells[self.decimal]:,} of {self.filled:,} cells be read"]
        doubtful = bool(self.either) and self.only[self.decimal] <= FEW * self.cells[self.decimal]
        if self.only[self.decimal]:
            told.append(f"{self.only[self.decimal]:,} of them in no other way")
        if doubtful:
            ours, theirs = (f"{number(self.either, sign):g}" for sign in (self.decimal, other))
            told.append(f"{self.either.strip()!r} is read as {ours} and may be meant as {theirs}")
        if self.only[other]:
            told.append(f"{counted(self.only[other], 'cell', 'cells')} can only be read in the other way")
        told += [f"{unit!r} beside {count:,} of them is left out" for unit, count in self.units.items() if unit]
        if in_the_way:
            told.append(no_numbers(in_the_way))
        sure = not doubtful and not self.only[other] and len(self.units) <= 1
        reason = "; ".join(told)
        evidence = (
            f"numbers with a decimal comma: {reason}" if self.decimal == "comma" else f"numbers with a decimal point: {reason}"
        )
        return Found(value=self.decimal, evidence=evidence, sure=sure)


Ask = Callable[[str], list[tuple[Any, ...]]]  # Any: columns of several types
"""Asks DuckDB about the table ``data``."""


def count_numbers(ask: Ask, column: str, filled: str) -> Numbers:
    """Count the numbers of a column, all of whose filled cells the SQL `filled` tells."""
    unit = f"regexp_extract(cell, '{_MONEY}|{_PER_CENT}')"
    rows = ask(
        f"SELECT point, comma, CASE WHEN point OR comma THEN {unit} ELSE '' END AS unit, count(*), "
        "min(cell) FILTER (point AND comma AND regexp_matches(cell, '[.,．，]')) "
        f"FROM (SELECT {column} AS cell, {sql_number(column, 'point')} AS point, {sql_number(column, 'comma')} AS comma "
        f"FROM data WHERE {filled}) GROUP BY ALL"
    )
    held = [({"point": point, "comma": comma}, unit, count) for point, comma, unit, count, _ in rows]
    cells = {sign: sum(count for fits, _, count in held if fits[sign]) for sign in DECIMALS}
    both = sum(count for fits, _, count in held if all(fits.values()))
    best = max(DECIMALS, key=cells.__getitem__)
    units: dict[str, int] = {}
    for fits, beside, count in held:
        if fits[best]:
            units[beside] = units.get(beside, 0) + count
    return Numbers(
        filled=sum(count for _, _, count in held),
        cells=cells,
        only={sign: cells[sign] - both for sign in DECIMALS},
        units=units,
        either=min((cell for *_, cell in rows if cell), default=""),
    )


def in_the_way(ask: Ask, column: str, filled: str, decimal: str) -> list[tuple[int, str]]:
    """The first filled cells that are no numbers: row, from 0, and text."""
    not_one = f"{filled} AND NOT {sql_number(column, decimal)}"
    rows = ask(f"SELECT rowid, {column} FROM data WHERE {not_one} ORDER BY rowid LIMIT {NAMED}")
    return [(int(row), str(cell)) for row, cell in rows]


def no_numbers(cells: Sequence[tuple[int, str]]) -> str:
    """Names cells that are no numbers, given by row, from 0, and text."""
    return f"no numbers: {', '.join(f'the text {_shortened(cell)!r} in row {row + 1:,}' for row, cell in cells)}"


def _shortened(cell: str) -> str:
    plain = cell.strip()
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) and abs(value) < 3e38 else None
