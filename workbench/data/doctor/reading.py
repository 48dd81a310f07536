"""Doubts about how the file was read: encoding, delimiter, header, decimal sign, sheet, and rows that could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from workbench.contracts.findings import LISTED, Finding
from workbench.contracts.tables import stands_above
from workbench.data.delimited import numbered_lines
from workbench.data.doctor.look import Look, advice, data_mend

_UTF8 = ("utf-8", "utf-8-sig", "ascii")
_SIGNS = "_|;\t:=~^#,"
"""What may stand between two columns, once in each line."""
_LINES = 2_000


def reading(look: Look) -> Iterator[Finding]:
    """All doubts about the reading."""
    yield from _encoding(look)
    yield from _cutting(look)
    yield from _sheets(look)
    yield from _not_read(look)


def _encoding(look: Look) -> Iterator[Finding]:
    encoding = look.table.reading.encoding
    if encoding.candidates:
        yield Finding(
            kind="encoding-doubt",
            count=len(encoding.candidates),
            evidence=encoding.evidence,
            mends=tuple(
                data_mend("set-encoding", f"Reads the file as {each.name}: {each.sample}", encoding=each.name)
                for each in encoding.candidates
            ),
        )
    elif encoding.name not in _UTF8 and look.spec.encoding is None and look.table.plain is not None:
        yield Finding(
            kind="old-encoding",
            count=1,
            evidence=encoding.evidence,
            mends=(
                data_mend(
                    "keep-encoding", f"Always reads the file as {encoding.name}, without guessing.", encoding=encoding.name
                ),
            ),
        )


def _cutting(look: Look) -> Iterator[Finding]:
    found, spec = look.table.reading, look.spec
    if not found.delimiter.sure:
        yield Finding(
            kind="delimiter-doubt",
            count=1,
            evidence=found.delimiter.evidence,
            mends=tuple(
                data_mend("set-delimiter", f"Cuts the lines at {sign!r} instead.", delimiter=sign)
                for sign in found.delimiter.others
            ),
        )
    if look.table.kind == "text" and spec.delimiter is None:
        yield from _hidden_columns(look)
    if not found.header.sure:
        does = "Takes the first line as a row of the table." if found.header.value else "Takes the first line as column names."
        yield Finding(
            kind="header-doubt",
            count=1,
            evidence=found.header.evidence,
            mends=(data_mend("flip-header", does, header=not found.header.value),),
        )
    elif not found.header.value and look.table.kind == "table" and spec.header is None:
        names = tuple(name for name in look.table.columns if name.startswith("column"))
        if names:
            yield Finding(
                kind="no-header",
                count=len(names),
                evidence=f"{found.header.evidence}; the columns are called {names[0]} and so on here",
                mends=(
                    data_mend("keep-header", "Always takes the first line as a row of the table.", header=False),
                    data_mend("flip-header", "Takes the first line as column names.", header=True),
                ),
            )
    decimal = look.roles.decimal if look.roles else None
    if decimal is not None and not decimal.sure:
        other = "comma" if decimal.value == "point" else "point"
        does = f"Reads the numbers with a decimal {other}."
        yield Finding(
            kind="decimal-doubt",
            count=1,
            column=look.target,
            evidence=decimal.evidence,
            mends=(data_mend("set-decimal", does, decimal=other),),
        )


def _hidden_columns(look: Look) -> Iterator[Finding]:
    """A sign that stands once in each line of what looks like running text, as in ``question_answer``."""
    cells = [row[0] for row in look.table.page(0, _LINES) if row[0].strip()]
    if len(cells) < 5:
        return
    for sign in _SIGNS:
        if sum(cell.count(sign) == 1 for cell in cells) >= 0.99 * len(cells):
            yield Finding(
                kind="hidden-columns",
                count=len(cells),
                evidence=f"{sign!r} stands once in each of the first {len(cells):,} lines, as between two columns",
                mends=(data_mend("set-delimiter", f"Cuts the lines at {sign!r} into two columns.", delimiter=sign),),
            )
            return


def _sheets(look: Look) -> Iterator[Finding]:
    others = look.table.reading.kind.others
    if others and look.spec.sheet is None:
        yield Finding(
            kind="several-sheets",
            count=len(others),
            evidence=look.table.reading.kind.evidence,
            mends=tuple(data_mend("set-sheet", f"Reads the sheet {name!r} instead.", sheet=name) for name in others),
        )
    renamed = [note for note in look.table.reading.notes if note.startswith("column ")]
    if renamed:
        yield Finding(
            kind="column-names",
            count=len(renamed),
            evidence="; ".join(renamed[:5]),
            mends=(advice("name-columns", "Give every column a name of its own in the file; it can also be used as it is."),),
        )


def _not_read(look: Look) -> Iterator[Finding]:
    above = [row for row in look.table.rejected if stands_above(row.reason)]
    rejected = [row for row in look.table.rejected if not stands_above(row.reason)]
    if above:
        yield Finding(
            kind="lines-above",
            count=len(above),
            evidence=look.table.reading.skip.evidence,
            lines=tuple(row.line for row in above[:LISTED]),
            mends=(
                data_mend("keep-skipping", "Always passes over these lines.", skip_lines=look.table.reading.skip.value),
                data_mend("skip-nothing", "Takes the first line of the file as the table's first.", skip_lines=0),
            ),
        )
    if rejected:
        first = rejected[0]
        mends = [advice("mend-lines", "Mend these lines in the file; until then they are left out and listed.")]
        reasons = Counter(row.reason for row in rejected)
        quote = look.table.reading.quote.value
        if quote and any(quote in reason for reason in reasons):
            mends.insert(0, data_mend("no-quotes", f"Reads {quote} as a letter like any other.", quote="none"))
        yield Finding(
            kind="rejected-rows",
            count=len(rejected),
            evidence=f"the first is line {first.line}: {first.reason}",
            lines=tuple(row.line for row in rejected[:LISTED]),
            mends=tuple(mends),
        )
    yield from _line_ends(look)


def _line_ends(look: Look) -> Iterator[Finding]:
    if look.table.plain is None:
        return
    lines = list(islice(numbered_lines(look.table.plain, look.table.reading.encoding.name), 1_000))
    old = [number for number, line in enumerate(lines, 1) if line.endswith("\r")]
    if old and len(old) >= len(lines) - 1:
        yield Finding(
            kind="old-line-ends",
            count=len(old),
            evidence="the lines end as on a Macintosh before 2001, with a carriage return alone; they are read as lines",
            lines=tuple(old[:LISTED]),
            mends=(advice("nothing-to-do", "Nothing needs to be done here; other programs may see one long line."),),
        )
