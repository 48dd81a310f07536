"""Texts that will be cut, counted by a cheap guess of their tokens, and texts in two scripts."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.contracts.findings import LISTED, Finding
from workbench.data.defaults import LONGEST_TEXT
from workbench.data.doctor.look import Look, advice, data_mend
from workbench.data.tokenizers import HAN

LETTERS_A_TOKEN = 4.5
"""Of text in letters, spaces included, in a vocabulary learned from it, about; a Han character is a token."""
_MOST = 65_536
_ROWS = 50_000
"""Rows in which scripts are told apart, at most."""
_MINORITY = 0.02


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
        yield Finding(
            kind="texts-cut",
            count=count,
            column=name,
            evidence=f"about {count:,} texts are longer than {limit:,} tokens; the longest has about {longest:,}",
            rows=tuple(rows),
            mends=(
                advice("cut-ends", f"They are read up to token {limit:,} and their ends are cut, which is counted."),
                data_mend("raise-limit", f"Reads up to {needed:,} tokens; attention takes time with the square of that.",
                          max_length=needed),
            ),
        )  # fmt: skip


def _scripts(look: Look, name: str) -> Iterator[Finding]:
    """Simplified and Traditional Chinese in one column, told by what only one of GB 2312 and Big5 can write."""
    cell = look.sql(name)
    simplified: list[int] = []
    traditional: list[int] = []
    rows = 0
    for row, text in look.cells(name, f"rowid < {_ROWS} AND regexp_matches({cell}, '[\u4e00-\u9fff]')"):
        rows += 1
        balance = sum(map(_script, text))
        if balance:
            (traditional if balance > 0 else simplified).append(row)
    fewer = min(simplified, traditional, key=len)
    if len(fewer) >= max(5, _MINORITY * rows):
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


_KNOWN: dict[str, int] = {}


def _script(character: str) -> int:
    """1 for a Traditional character, -1 for a Simplified one, 0 where both write it."""
    if character < "\u4e00" or character > "\u9fff":
        return 0
    if character not in _KNOWN:
        _KNOWN[character] = _writes("big5", character) - _writes("gb2312", character)
    return _KNOWN[character]


def _writes(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeError:
        return False
    return True
