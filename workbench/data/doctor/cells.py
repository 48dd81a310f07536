"""Cells that hold nothing or what does not belong there: HTML, mojibake, lost or invisible characters, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice

from workbench.contracts.findings import LISTED, Finding, Mend
from workbench.contracts.mends import TEXT_MENDS
from workbench.data.debris import FORMULA, HTML, INVISIBLE, LINE_BREAK, LOST, MOJIBAKE, LostCharacters, repair
from workbench.data.doctor.look import Look, advice, data_mend, row_mend, shown
from workbench.data.mends import LOOKED_AT
from workbench.data.profile import FILLED

_PADDED = 0.2
"""Share of padded cells from which a column has a fixed width."""
_MOSTLY, _FEW = 0.5, 5
RARE_CHARACTERS = "[\\x{20000}-\\x{3FFFF}\\x{E000}-\\x{F8FF}]"
"""Ideographs outside the basic plane, and what only a font of its maker can show."""


def cells(look: Look) -> Iterator[Finding]:
    """All that is wrong with single cells."""
    yield from _empty(look)
    for name in (*look.read, *([look.target] if look.task == "seq2seq" and look.target else [])):
        yield from _debris(look, name)
    yield from _formulas(look)


def _empty(look: Look) -> Iterator[Finding]:
    if look.table.kind == "text":
        return
    pair = look.roles.pair if look.roles else None
    for role, name in (("text", look.text), ("pair", pair), ("target", look.target)):
        if name is None or not look.profile[name].empty:
            continue
        count = look.profile[name].empty
        yield Finding(
            kind=f"empty-{role}",
            count=count,
            column=name,
            evidence=f"a cell of {name!r} holds nothing" if count == 1 else f"cells of {name!r} hold nothing",
            rows=look.rows(f"NOT {FILLED.format(look.sql(name))}"),
            mends=(advice("drop-empty", "These rows are left out and listed, as it is done without asking; or fill the cells."),),
        )
    for name, profile in look.profile.items():
        share = profile.empty / max(1, look.table.row_count)
        if name in (*look.read, look.target) or not _MOSTLY < share < 1:
            continue
        mends: tuple[Mend, ...] = (advice("leave-unread", "The column is not used; nothing needs to be done."),)
        if profile.type in ("integer", "number"):
            does = f"Learns to predict {name!r} from the rows that have a number there; the others are left out and listed."
            mends = (data_mend("use-filled-rows", does, task="regression", target=name), *mends)
        yield Finding(
            kind="mostly-empty",
            count=profile.empty,
            column=name,
            evidence=f"{profile.empty:,} of {look.table.row_count:,} cells of {name!r} hold nothing",
            rows=look.rows(f"NOT {FILLED.format(look.sql(name))}"),
            mends=mends,
        )


def _debris(look: Look, name: str) -> Iterator[Finding]:
    cell = look.sql(name)
    patterns = {"html": HTML, "mojibake": MOJIBAKE, "lost-characters": LOST, "invisible-characters": INVISIBLE}
    conditions = {kind: f"regexp_matches({cell}, {_quoted(pattern)})" for kind, pattern in patterns.items()}
    conditions["line-breaks"] = f"regexp_matches({cell}, {_quoted(LINE_BREAK)})"
    conditions["rare-characters"] = f"regexp_matches({cell}, '{RARE_CHARACTERS}')"
    conditions["padded-cells"] = f"{cell} <> trim({cell}, ' ')"
    conditions["html"] = f"(contains({cell}, '<') OR contains({cell}, '&')) AND {conditions['html']}"
    counts = look.count(conditions)
    sure: Mapping[str, Callable[[str], bool]] = {"mojibake": lambda text: repair(text) != text}
    if counts["lost-characters"]:
        first = (cells[0] for cells in islice(chain.from_iterable(look.batches(name)), LOOKED_AT))
        sure = {**sure, "lost-characters": LostCharacters(first)}
    for kind, (told, mends) in _TOLD.items():
        if not counts[kind] or (kind == "padded-cells" and counts[kind] < max(_FEW, _PADDED * look.table.row_count)):
            continue
        if kind in sure:
            rows, count, example = _confirmed(look, name, conditions[kind], sure[kind])
        else:
            rows, count = look.rows(conditions[kind]), counts[kind]
            example = look.ask(f"SELECT {cell} FROM data WHERE rowid = {rows[0]}")[0][0]
        if count:
            evidence = f"{told} in the texts of {name!r}; the first is {shown(_around(example, _SEEN.get(kind, '')))}"
            if kind == "mojibake":
                evidence += f", which means {shown(_around(repair(example), ''))}"
            fitting = mends
            if look.task == "token-classification":  # its words have tags, so texts are not changed
                fitting = tuple(mend for mend in mends if mend.name not in TEXT_MENDS) or (_BY_HAND,)
            yield Finding(kind=kind, count=count, column=name, evidence=evidence, rows=rows, mends=fitting)


def _confirmed(look: Look, name: str, condition: str, sure: Callable[[str], bool]) -> tuple[tuple[int, ...], int, str]:
    """Rows of which it is certain, how many there are, and the first cell."""
    rows: list[int] = []
    count, example = 0, ""
    for row, text in look.cells(name, condition):
        if sure(text):
            count += 1
            example = example or text
            if len(rows) < LISTED:
                rows.append(row)
    return tuple(rows), count, example


def _formulas(look: Look) -> Iterator[Finding]:
    conditions = {name: f"regexp_matches({look.sql(name)}, {_quoted(FORMULA)})" for name in look.table.columns[:100]}
    for name, count in look.count(conditions).items():
        if not count or look.table.kind != "table":
            continue
        rows = look.rows(conditions[name])
        example = look.ask(f"SELECT {look.sql(name)} FROM data WHERE rowid = {rows[0]}")[0][0]
        used = name in (look.text, look.target)
        told = f"a cell of {name!r} is a formula or an error of a spreadsheet, {shown(example)}"
        if count > 1:
            told = f"cells of {name!r} are formulas or errors of a spreadsheet; the first is {shown(example)}"
        keep = advice("keep-as-text", "They are read as text and never computed; mind them when a spreadsheet opens the file.")
        yield Finding(
            kind="formula-cells",
            count=count,
            column=name,
            evidence=told,
            rows=rows,
            mends=(row_mend("drop-formulas"), keep) if used else (keep,),
        )


def _around(text: str, pattern: str) -> str:
    """The stretch of a cell that is meant; its beginning where that is not known."""
    found = re.search(pattern, text) if pattern else None
    return text[max(0, found.start() - 20) : found.start() + 40] if found else text


def _quoted(pattern: str) -> str:
    parts = pattern.replace("'", "''").replace("\x00", "\\x00")
    return f"'{parts}'"


_BY_HAND = advice("mend-file", "Mend the words in the file, with their tags.")
_SEEN = {"html": HTML, "mojibake": MOJIBAKE, "invisible-characters": INVISIBLE, "lost-characters": "\ufffd|[^ ]\\?[^ ]"}
"""Where in a cell the eye is led."""
_TOLD: Mapping[str, tuple[str, tuple[Mend, ...]]] = {
    "html": ("tags or codes of web pages stand", (row_mend("strip-html"),)),
    "mojibake": (
        "letters that were read with a wrong encoding stand",
        (row_mend("repair-mojibake"), advice("read-again", "Get the file anew, saved as UTF-8, where the texts come from.")),
    ),
    "lost-characters": (
        "signs of lost characters stand",
        (
            advice("keep-rows", "The rows are kept: one lost character rarely matters, and it is not in the file any more."),
            row_mend("drop-lost-characters"),
        ),
    ),
    "invisible-characters": ("characters that cannot be seen stand", (row_mend("tidy-spaces"),)),
    "line-breaks": ("line breaks stand", (row_mend("tidy-spaces"),)),
    "rare-characters": (
        "characters outside the basic plane of Unicode, or for private use, stand",
        (advice("keep-utf-8", "They are read right; keep the file in UTF-8: older encodings cannot write them."),),
    ),
    "padded-cells": (
        "spaces stand around the cells, as in columns of a fixed width,",
        (advice("nothing-to-do", "Spaces around a cell are never read; nothing needs to be done."),),
    ),
}  # fmt: skip
"""Of each kind what is said, and the mends."""
