"""Texts that will be cut, counted by a cheap guess of their tokens, and texts in two scripts."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.contracts.counting import counted
from workbench.contracts.findings import LISTED, Finding
from workbench.data.defaults import LONGEST_TEXT
from workbench.data.doctor.look import Look, advice, data_mend
from workbench.data.tokenizers import HAN

LETTERS_A_TOKEN = 4.5
"""Of text in letters, spaces included, in a vocabulary learned from it, about; a Han character is a token."""
_MOST, _AFFORDABLE = 65_536, 512
"""Tokens that may be read, and that even a small computer reads in little time."""
_ROWS = 50_000
"""Rows in which scripts are told apart, at most."""
_FEWEST = 5
"""Rows in the rarer script from which both are used."""

_KNOWN: dict[str, int] = {}
_RARE_BIG5, _RARE_GB2312 = 0xC9, 0xD8
"""First bytes of the second levels of the standards, which hold the rare characters."""


def lengths(look: Look) -> Iterator[Finding]:
    """Texts longer than the limit, and mixed scripts."""
    if look.text is None or look.task == "causal-lm":
        return
    yield from _cut(look, look.text)
    for name in {look.text: None, look.target if look.task == "seq2seq" else None: None}:
        if name is not None:
            yield from _scripts(look, name)


def tokens(text: str) -> int:
    """About how many tokens a text has."""
    han = len(HAN.findall(text))
    return han + round((len(text) - han) / LETTERS_A_TOKEN)


def _cut(look: Look, name: str) -> Iterator[Finding]:
    limit = look.spec.max_length or LONGEST_TEXT
    rows: list[int] = []
    count = longest = 0
    for row, text in look.cells(name, f"length({look.sql(name)}) > {limit}"):
        size = tokens(text) + 2
        if size > limit:
            count += 1
            longest = max(longest, size)
            if len(rows) < LISTED:
                rows.append(row)
    if count:
        needed = min(_MOST, -(-longest // 64) * 64)
        cut = advice("cut-ends", f"They are read up to token {limit:,} and their ends are cut, which is counted.")
        does = f"Reads up to {needed:,} tokens; attention takes time with the square of that."
        longer = data_mend("raise-limit", does, max_length=needed)
        texts = counted(count, "text is", "texts are")
        yield Finding(
            kind="texts-cut",
            count=count,
            column=name,
            evidence=f"about {texts} longer than {limit:,} tokens; the longest has about {longest:,}",
            rows=tuple(rows),
            mends=(longer, cut) if needed <= _AFFORDABLE else (cut, longer),
        )


def _scripts(look: Look, name: str) -> Iterator[Finding]:
    """Simplified and Traditional Chinese in one column, told by the usual characters that only one of GB 2312 and Big5 has."""
    cell = look.sql(name)
    simplified: list[int] = []
    traditional: list[int] = []
    for row, text in look.cells(name, f"rowid < {_ROWS} AND regexp_matches({cell}, '[\u4e00-\u9fff]')"):
        balance = sum(map(_script, text))
        if balance:
            (traditional if balance > 0 else simplified).append(row)
    fewer = min(simplified, traditional, key=len)
    if len(fewer) >= _FEWEST:
        yield Finding(
            kind="mixed-scripts",
            count=len(fewer),
            column=name,
            evidence=f"{len(simplified):,} rows are in Simplified Chinese and {len(traditional):,} in Traditional Chinese",
            rows=tuple(fewer[:LISTED]),
            mends=(
                advice("convert-script", "The model learns each character twice; convert one script into the other in the file."),
            ),
        )


def _script(character: str) -> int:
    """1 for a character that only Traditional text is written with, -1 for one of Simplified text, 0 for others.

    Both standards list the usual characters first; a rare one that only one of them has tells nothing.
    """
    if character < "\u4e00" or character > "\u9fff":
        return 0
    if character not in _KNOWN:
        big5, gb2312 = (_place(encoding, character) for encoding in ("big5", "gb2312"))
        _KNOWN[character] = (not gb2312) * (0 < big5 < _RARE_BIG5) - (not big5) * (0 < gb2312 < _RARE_GB2312)
    return _KNOWN[character]


def _place(encoding: str, character: str) -> int:
    """The first byte a character is written with, 0 where it cannot be written."""
    try:
        return character.encode(encoding)[0]
    except UnicodeError:
        return 0
