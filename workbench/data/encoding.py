"""Find a file's character encoding, with the evidence, and read through it without losing a byte silently.

A byte that is not valid in the encoding becomes `LOST`, a character no valid text can hold, so that the rows that hold it
can be rejected by line instead of being guessed at.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from charset_normalizer import from_bytes

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.data.languages import EVERYDAY, LANGUAGES_OF, WIDER, Language

LOST = "\udcff"
"""Stands for bytes that are not valid text; a lone surrogate, which no valid text holds."""
_HANDLER = "workbench-lost"
_WHOLE = 32 << 20  # files up to this many bytes are judged by all of their bytes
_BLOCK = 1 << 20
_WEIGHED = 1 << 14  # bytes of non-ASCII lines that are read with each encoding in turn
_GLANCE = 1 << 11  # bytes by which encodings that are out of the question are dropped
_ASCII_BITS = 6.6
_LOST_BITS = 25.0
_DOUBT, _DOUBT_BITS = 0.03, 12.0  # how many more bits, relative and absolute, another reading may cost and still be listed
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 LE"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 BE"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE"),
)


def _keep_place(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return LOST, error.end
    raise error


codecs.register_error(_HANDLER, _keep_place)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An encoding the file may have."""

    name: str
    language: str
    share: float
    """Share of the characters outside ASCII that are everyday in the language, when the file is read this way."""
    bits: float
    """How surprising the bytes are when read this way, in bits."""
    sample: str
    """How a stretch of the file reads this way."""


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """The encoding found, why, and what else it may be."""

    name: str
    evidence: str
    candidates: tuple[Candidate, ...] = ()
    """Other encodings that cannot be ruled out, the likelier first; empty when there is no doubt."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Bytes of a file to judge it by."""

    blocks: tuple[bytes, ...]
    whole: bool

    @classmethod
    def of(cls, path: Path) -> Sample:
        """All of a small file; the head and sixteen places spread over a large one, cut at line ends."""
        size = path.stat().st_size
        with path.open("rb") as file:
            if size <= _WHOLE:
                return cls(blocks=(file.read(),), whole=True)
            blocks = [file.read(_WHOLE // 2).rpartition(b"\n")[0]]
            for place in range(16):
                file.seek(_WHOLE // 2 + (size - _WHOLE // 2 - _BLOCK) * place // 15)
                blocks.append(file.read(_BLOCK).partition(b"\n")[2].rpartition(b"\n")[0])
        return cls(blocks=tuple(blocks), whole=False)


def find_encoding(sample: Sample) -> Encoding:
    """Judge bytes: byte order mark, UTF-16 by its zero bytes, UTF-8, then the older encodings by what they would say."""
    head = sample.blocks[0]
    where = "" if sample.whole else " (looked at the head and sixteen places of a large file)"
    for mark, name, title in _MARKS:
        if head.startswith(mark):
            return Encoding(name=name, evidence=f"the file begins with the {title} byte order mark {mark.hex(' ').upper()}")
    if b"\x00" in head and (utf16 := _utf16_without_mark(head[:_WEIGHED])):
        return utf16
    if all(block.isascii() for block in sample.blocks):
        if b"\x1b$" in head and LOST not in (text := head.decode("iso2022_jp", _HANDLER)) and not text.isascii():
            return Encoding(name="iso2022_jp", evidence="only ASCII bytes, with the escape sequences of ISO-2022-JP")
        return Encoding(name="utf-8", evidence=f"only ASCII bytes, which every common encoding reads the same{where}")
    valid = lost = 0
    for block in sample.blocks:
        text = block.decode("utf-8", _HANDLER)
        bad = text.count(LOST)
        lost += bad
        valid += len(text) - bad - len(block.translate(None, delete=_HIGH))
    if lost * 20 <= valid:
        note = f", {lost:,} places are not, and the rows that hold them are rejected" if lost else ""
        return Encoding(name="utf-8", evidence=f"{valid:,} characters outside ASCII are valid UTF-8{note}{where}")
    return _older(_telling_pieces(sample.blocks), where)


def given_encoding(name: str, sample: Sample, *, where: str) -> Encoding:
    """The encoding a person named, checked against the file.

    Raises:
        WorkbenchError: there is no such encoding, or most of the file's lines are not valid in it.
    """
    try:
        codec = codecs.lookup(name)
        is_text = bool(getattr(codec, "_is_text_encoding", True)) and isinstance(b"".decode(name), str)
    except (LookupError, ValueError, UnicodeError):
        is_text = False
    if not is_text or codec.name in _NOT_FILES:
        raise WorkbenchError(
            f"there is no encoding called {name!r}", where=where, mend="Name one such as utf-8, gb18030, big5 or windows-1252."
        )
    head = sample.blocks[0][:_WEIGHED]
    if codec.name in ("utf-16", "utf-32"):
        found = next((mark for mark in _MARKS if head.startswith(mark[0]) and mark[1].startswith(codec.name)), None)
        if found is None:
            mend = f"Say {codec.name}-le or {codec.name}-be."
            raise WorkbenchError(f"there is no byte order mark to tell which {name} this is", where=where, mend=mend)
        name = found[1]
    lines = head.decode(name, _HANDLER).splitlines() or [""]
    broken = sum(LOST in line for line in lines)
    if broken and (LOST in lines[0] or broken * 10 > len(lines)):
        likely = find_encoding(sample)
        do = "does" if broken == 1 else "do"
        raise WorkbenchError(
            f"the bytes are not valid {name}: {broken} of the first {len(lines)} lines {do} not decode",
            where=where,
            mend=f"Leave the encoding to be found: it looks like {likely.name}, for {likely.evidence}.",
        )
    return Encoding(name=name, evidence="given")


def refuse_binary(sample: Sample, encoding: Encoding, *, where: str) -> None:
    """Refuse bytes that are no text in any encoding: many of the first ones are control characters or lost.

    Valid Unicode is no accident, so more is let through there than where the encoding is itself a guess.

    Raises:
        WorkbenchError: the file is not text.
    """
    text = sample.blocks[0][:_WEIGHED].decode(encoding.name, _HANDLER)
    unicode = encoding.name.startswith("utf")
    strange = sum(unicodedata.category(ch) in ("Cc", "Cs") + ("Cn",) * (not unicode) and not ch.isspace() for ch in text)
    if strange > max(3, len(text) / (10 if unicode else 30)):
        raise WorkbenchError(
            "this is not a text file, nor a workbook or Parquet file",
            where=where,
            mend="Save the table as csv, tsv, jsonl, parquet or xlsx, and open that.",
        )


def open_text(path: Path, encoding: str) -> TextIO:
    """Open for reading, line ends kept (``\\n``, ``\\r\\n``, ``\\r``), with `LOST` for bytes that are not valid."""
    return path.open(encoding=encoding, errors=_HANDLER, newline="")


def transcode(source: Path, target: Path, encoding: str, cancelled: Callable[[], bool]) -> None:
    """Write `source` again as UTF-8, a piece at a time; a place that is not valid becomes a byte that is not valid UTF-8."""
    with open_text(source, encoding) as read, target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as write:
        first = True
        while piece := read.read(_BLOCK):
            if cancelled():
                raise Cancelled("reading was stopped", where=str(source))
            write.write(piece.removeprefix("\ufeff") if first else piece)
            first = False


_HIGH = bytes(range(128, 256))
_BETWEEN = re.compile(rb"[\s,;\"']+")
_NOT_FILES = {
    "idna",
    "punycode",
    "unicode_escape",
    "raw-unicode-escape",
    "unicode-escape",
    "raw_unicode_escape",
    "undefined",
    "mbcs",
    "oem",
}


def _utf16_without_mark(head: bytes) -> Encoding | None:
    """UTF-16 when one of its two byte orders turns the bytes into everyday characters and eight-bit reading does not."""
    share = {name: _everyday_share(head[: len(head) // 2 * 2].decode(name, _HANDLER)) for name in ("utf-16-le", "utf-16-be")}
    name = max(share, key=share.__getitem__)
    zeros = head.count(0) / len(head)
    if (
        share[name] < 0.5
        or share[name] < 2 * min(share.values())
        or (zeros < 0.02 and LOST not in head.decode("utf-8", _HANDLER))
    ):
        return None
    return Encoding(
        name=name,
        evidence=f"no byte order mark, but {zeros:.0%} of the bytes are zero and {share[name]:.0%} of the characters are "
        f"everyday as {name.upper()}, {min(share.values()):.0%} in the other byte order",
    )


def _everyday_share(text: str) -> float:
    everyday = sum((" " <= ch <= "~") or ch in "\t\r\n" or ch.lower() in EVERYDAY for ch in text)
    return everyday / max(1, len(text))


def _telling_pieces(blocks: tuple[bytes, ...]) -> bytes:
    """Pieces that hold bytes outside ASCII, each once, up to a bound taken evenly from the blocks.

    Pieces are cut at characters that are never the second byte of a double-byte character.
    """
    told: dict[bytes, None] = {}
    for block in blocks:
        room = _WEIGHED // len(blocks)
        for line in block.splitlines():
            for piece in _BETWEEN.split(line) if room > 0 and not line.isascii() else ():
                if room > 0 and not piece.isascii() and piece not in told:
                    told[piece[:room]] = None
                    room -= len(piece)
    return b" ".join(told)


def _older(data: bytes, where: str) -> Encoding:
    """The encoding from before Unicode under which the bytes are the least surprising; those close behind are listed."""
    names = list(LANGUAGES_OF)
    options = [(name, language, names.index(name) / 2) for name in names for language in LANGUAGES_OF[name]]
    brief = [(_read_as(data[:_GLANCE], *option).bits, option) for option in options]
    least = min(bits for bits, _ in brief)
    readings = sorted(
        (_read_as(data, *option) for bits, option in brief if bits <= 1.5 * least + 50), key=lambda reading: reading.bits
    )
    best = readings[0]
    if best.share < 0.5 and (guess := from_bytes(data).best()) is not None:
        text = data.decode(guess.encoding, _HANDLER)
        best = Candidate(name=guess.encoding, language=guess.language, share=best.share, bits=best.bits, sample=_excerpt(text))
    text = data.decode(best.name, _HANDLER)
    outside = sum(not ch.isascii() for ch in text)
    rivals: dict[str, Candidate] = {}
    for reading in readings:
        if reading.bits - best.bits < _DOUBT * best.bits + _DOUBT_BITS and data.decode(reading.name, _HANDLER) != text:
            rivals.setdefault(reading.name, reading)
    evidence = (
        f"not valid UTF-8; read as {best.name}, {best.share:.0%} of {outside:,} characters outside ASCII are everyday in "
        f"{best.language} ({best.sample})"
    )
    if rivals:
        evidence += "; not ruled out: " + ", ".join(f"{rival.name} ({rival.sample})" for rival in rivals.values())
    return Encoding(name=best.name, evidence=evidence + where, candidates=tuple(rivals.values()))


def _read_as(data: bytes, name: str, language: Language, prior: float) -> Candidate:
    """How the bytes read, and how surprising that is for the language."""
    texts = {codec: data.decode(codec, _HANDLER) for codec in (name, *WIDER.get(name, ()))}
    codec = min(texts, key=lambda codec: texts[codec].count(LOST))  # the first of equals: the plainest
    share, bits = _surprise(texts[codec], language)
    return Candidate(name=codec, language=language.name, share=share, bits=bits + prior, sample=_excerpt(texts[codec]))


def _surprise(text: str, language: Language) -> tuple[float, float]:
    """Share of the characters outside ASCII that are everyday, and the bits the whole text costs."""
    outside = everyday = 0
    bits = 0.0
    run = 0  # letters outside ASCII in a row
    for before, ch, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if ch.isascii():
            bits += _ASCII_BITS
            run = 0
            continue
        outside += 1
        if ch == LOST or unicodedata.category(ch) in ("Cc", "Cn", "Co"):
            bits += _LOST_BITS
            continue
        small = ch.lower()
        run = run + 1 if ch.isalpha() else 0
        strange = (
            (ch.isupper() and before.islower())
            or (language.script == "latin" and run > 4)
            or (language.script == "own" and ch.isalpha() and ((before + after).isascii() and (before + after).strip().isalpha()))
        )
        cost = language.costs.get(small)
        everyday += cost is not None and not strange
        bits += (
            language.rare_cost if cost is None or strange else cost + (0.0 if small == ch else 0.4 if before.isupper() else 1.0)
        )
    return everyday / max(1, outside), bits


def _excerpt(text: str) -> str:
    """The first stretch outside ASCII with a little around it."""
    place = next((i for i, ch in enumerate(text) if not ch.isascii()), 0)
    line = text[max(0, place - 8) : place + 16].replace(LOST, "\ufffd")
    return "".join(ch if ch.isprintable() else " " for ch in line).strip()
