"""Columns that tell nothing or too much: always the same, numbered through, or the answer in other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.contracts.findings import Finding
from workbench.data.doctor.look import CLASSES, Look, advice, data_mend
from workbench.data.numbers import number
from workbench.data.profile import FILLED, ColumnProfile

_COLUMNS = 100
"""Columns that are looked at, in tables of thousands."""
_TELLS = 0.98
"""Share of the rows whose label a column must give away to be a leak."""
_ROWS = 20
"""Rows below which anything may tell a label by chance."""
_SAMPLE = 20_000
_LONGEST = 100
"""Characters of a cell above which it is a text rather than a value."""


def columns(look: Look) -> Iterator[Finding]:
    """All that is wrong with columns that are not read."""
    if look.roles is None:
        yield Finding(
            kind="no-text",
            count=1,
            evidence=look.trouble,
            mends=tuple(
                data_mend("set-text", f"Reads the column {name!r}.", text=name)
                for name, profile in look.profile.items()
                if profile.type != "empty"
            )[:10],
        )
        return
    if look.table.kind != "table":
        return
    others = [look.profile[name] for name in look.table.columns[:_COLUMNS] if name not in (look.text, look.target)]
    for profile in others:
        yield from _tells_nothing(look, profile)
    if look.target is not None and look.table.row_count >= _ROWS:
        yield from _leaks(look, look.target, others)


def _unread(look: Look) -> tuple[str, dict[str, object]]:
    fixed = {"text": look.text, "target": look.target}
    return f"Reads {look.text!r} alone, whatever is guessed later.", {name: value for name, value in fixed.items() if value}


def _tells_nothing(look: Look, profile: ColumnProfile) -> Iterator[Finding]:
    does, fixed = _unread(look)
    mend = data_mend("leave-unread", does, **fixed)
    filled = look.table.row_count - profile.empty
    if profile.type == "empty":
        yield Finding(kind="empty-column", count=1, column=profile.name, evidence=f"{profile.name!r} is empty", mends=(mend,))
    elif profile.distinct == 1 and look.table.row_count > 1:
        value = profile.top[0][0] if profile.top else ""
        evidence = f"every filled cell of {profile.name!r} is {value[:60]!r}"
        yield Finding(kind="constant-column", count=filled, column=profile.name, evidence=evidence, mends=(mend,))
    elif len(profile.beginning) >= 8 and filled > 1:
        evidence = f"every cell of {profile.name!r} begins with {profile.beginning[:40]!r}"
        yield Finding(kind="notice-column", count=filled, column=profile.name, evidence=evidence, mends=(mend,))
    elif profile.distinct == filled >= _ROWS and _numbers_rows(look, profile):
        evidence = f"each of the {filled:,} cells of {profile.name!r} stands once: it names rows and cannot be learned from"
        yield Finding(kind="id-column", count=filled, column=profile.name, evidence=evidence, mends=(mend,))


def _numbers_rows(look: Look, profile: ColumnProfile) -> bool:
    """Whether values that stand once are names of rows rather than measures or texts."""
    if look.roles is not None and look.roles.role[profile.name] == "id":
        return True
    short = profile.longest <= 40 and profile.mean_words <= 1.05
    return short and (profile.type == "integer" or (profile.type == "text" and profile.longest - profile.shortest <= 2))


def _leaks(look: Look, target: str, others: Sequence[ColumnProfile]) -> Iterator[Finding]:
    does, fixed = _unread(look)
    for profile in others:
        if profile.distinct < 2 or profile.longest > _LONGEST or profile.empty * 2 > look.table.row_count:
            continue
        told = ""
        if look.task in CLASSES:
            told = _gives_away(look, profile, target) or _orders(look, profile, target)
        elif look.task == "regression" and profile.type in ("integer", "number"):
            told = _follows(look, profile.name, target)
        if told:
            yield Finding(
                kind="leaking-column",
                count=look.table.row_count - profile.empty,
                column=profile.name,
                evidence=told,
                mends=(
                    data_mend("leave-unread", does, **fixed),
                    advice("ask", "Ask whether it is known when the model is used."),
                ),
            )
    if look.task in CLASSES and look.text is not None:
        text, label = look.sql(look.text), look.sql(target)
        held, rows = look.ask(
            f"SELECT count(*) FILTER (contains(lower({text}), lower(trim({label})))), count(*) FROM data "
            f"WHERE length(trim({label})) >= 3 AND {FILLED.format(text)}"
        )[0]
        if rows >= max(_ROWS, look.table.row_count // 2) and held >= _TELLS * rows:
            yield Finding(
                kind="label-in-text",
                count=int(held),
                column=look.text,
                evidence=f"{held:,} of {rows:,} texts hold their own label as a word",
                rows=look.rows(f"contains(lower({text}), lower(trim({label}))) AND length(trim({label})) >= 3"),
                mends=(advice("ask", "Take the label out of the texts where it will not stand when the model is used."),),
            )


def _gives_away(look: Look, profile: ColumnProfile, target: str) -> str:
    """How well the commonest label of each value tells the label, against the commonest label of all."""
    if profile.distinct * 2 > look.table.row_count:
        return ""
    one, label = look.sql(profile.name), look.sql(target)
    right, rows = look.ask(
        f"SELECT sum(most), sum(rows) FROM (SELECT max(n) AS most, sum(n) AS rows FROM (SELECT {one} AS value, {label} AS label, "
        f"count(*) AS n FROM data WHERE {FILLED.format(one)} AND {FILLED.format(label)} GROUP BY ALL) GROUP BY value)"
    )[0]
    common = look.ask(f"SELECT max(n) FROM (SELECT count(*) AS n FROM data WHERE {FILLED.format(label)} GROUP BY {label})")[0][0]
    rows, right, common = int(rows or 0), int(right or 0), int(common or 0)
    if rows < _ROWS or right < _TELLS * rows or right - min(common, rows) < 0.1 * rows:
        return ""
    return f"{profile.name!r} alone tells {target!r} in {right / rows:.1%} of {rows:,} rows"


def _orders(look: Look, profile: ColumnProfile, target: str) -> str:
    """Whether numbers fall apart by label, as a score does that the label was made from."""
    if profile.type not in ("integer", "number") or profile.distinct < _ROWS or _numbers_rows(look, profile):
        return ""
    one, label = look.sql(profile.name), look.sql(target)
    found = look.ask(f"SELECT {one}, {label} FROM data WHERE {FILLED.format(one)} AND {FILLED.format(label)} LIMIT {_SAMPLE}")
    valued = sorted((value, each) for cell, each in found if (value := number(cell)) is not None)
    classes = len({each for _, each in valued})
    changes = sum(one[1] != other[1] for one, other in pairwise(valued))
    if len(valued) < _ROWS or classes < 2 or changes > max(classes - 1, (1 - _TELLS) * len(valued)):
        return ""
    times = "once" if changes == 1 else f"{changes:,} times"
    return f"{profile.name!r} alone tells {target!r}: in its order the label changes only {times}"


def _follows(look: Look, name: str, target: str) -> str:
    one, other = (f"TRY_CAST({look.sql(each)} AS DOUBLE)" for each in (name, target))
    found = look.ask(f"SELECT corr({one}, {other}), count(*) FROM data WHERE {one} IS NOT NULL AND {other} IS NOT NULL")[0]
    if found[0] is None or not abs(found[0]) >= 0.999 or found[1] < _ROWS:
        return ""
    return f"{name!r} and {target!r} rise together: their correlation is {found[0]:.4f}"
