"""Token-per-line files (CoNLL, BIO, IOB): one sentence in each row, its tokens and its tags joined by spaces.

A token that itself holds a space keeps it as a no-break space (U+00A0), so that both columns split into equally many parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from workbench.data.delimited import numbered_lines
from workbench.data.encoding import LOST, Encoding
from workbench.data.reading import Found, Passed, Reading, Rejected, Row

_SUFFIXES = frozenset((".conll", ".bio", ".iob", ".iob2", ".bioes", ".conll2003"))
_TAG = re.compile(r"[BIESLUM]-\S+")
_DOCUMENT = "-DOCSTART-"


@dataclass(frozen=True, kw_only=True)
class ConllSource:
    """Sentences between blank lines; the first field of a line is the token, the last its tag."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """One row a sentence; a sentence with a line that cannot be read is rejected whole."""
        block: list[str] = []
        number = 0
        for number, line in enumerate(chain(numbered_lines(self.path, self.encoding), [""]), 1):
            text = line.rstrip("\r\n")
            document = text.startswith(_DOCUMENT)
            if text.strip() and not document:
                block.append(text)
                continue
            if block:
                yield self._sentence(block, number - len(block))
                block = []
            if document:
                yield Passed(line=number, what=f"{_DOCUMENT} line")

    def _sentence(self, block: list[str], line: int) -> Row | Rejected:
        fields = [fields_of(text, self.delimiter) for text in block]
        text = "\n".join(block)
        if LOST in text:
            return Rejected(
                line=line, text=text.replace(LOST, "\ufffd"), reason=f"holds bytes that are not valid {self.encoding}"
            )
        short = next((offset for offset, parts in enumerate(fields) if len(parts) < 2), None)
        if short is not None:
            return Rejected(line=line, text=text, reason=f"line {line + short} has a token without a tag")
        tokens = " ".join("\u00a0".join(parts[0].split()) for parts in fields)
        return Row(line=line, cells=(tokens, " ".join("\u00a0".join(parts[-1].split()) for parts in fields)))


def fields_of(line: str, delimiter: str) -> list[str]:
    """The fields of a line that are not empty."""
    return [field for part in (line.split("\t") if delimiter == "\t" else line.split(" ")) if (field := part.strip())]


def looks_like_conll(head: str, name: str) -> Found[str] | None:
    """The delimiter of a token-per-line file, with the evidence; None for any other file.

    By its name, or by content: four lines of five end in a tag, some tag marks an entity, and blank lines part sentences.
    """
    lines = [line.rstrip() for line in head.splitlines()[:-1] or head.splitlines()]
    filled = [line for line in lines if line and not line.startswith(_DOCUMENT)]
    if not filled:
        return None
    delimiter = "\t" if sum("\t" in line for line in filled) >= 0.5 * len(filled) else " "
    fields = [fields_of(line, delimiter) for line in filled]
    tagged = sum(len(parts) >= 2 and (parts[-1] == "O" or _TAG.fullmatch(parts[-1]) is not None) for parts in fields)
    entities = sum(len(parts) >= 2 and _TAG.fullmatch(parts[-1]) is not None for parts in fields)
    apart = len(lines) > len(filled)
    named = any(suffix.lower() in _SUFFIXES for suffix in PurePosixPath(name).suffixes)
    if named and sum(len(parts) >= 2 for parts in fields) >= 0.9 * len(filled):
        return Found(
            value=delimiter,
            evidence=f"named like a token-per-line file, and {tagged / len(filled):.0%} of its lines end in a tag",
        )
    if apart and entities and tagged >= 0.8 * len(filled):
        return Found(value=delimiter, evidence=f"{tagged / len(filled):.0%} of its lines end in a tag such as O or B-…")
    return None


def open_conll(path: Path, encoding: Encoding, found: Found[str]) -> ConllSource:
    """A token-per-line file with the delimiter that was found."""
    return ConllSource(
        path=path,
        encoding=encoding.name,
        delimiter=found.value,
        columns=("tokens", "tags"),
        reading=Reading(
            kind=Found(value="conll", evidence=found.evidence),
            encoding=encoding,
            delimiter=Found(value=found.value, evidence=found.evidence),
            quote=Found(value=None, evidence="token-per-line files have no quotes"),
            header=Found(value=False, evidence="token-per-line files have no header"),
        ),
    )
