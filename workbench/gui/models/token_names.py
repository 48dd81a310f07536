"""A token as it can be read: no marks of a vocabulary, nothing that cannot be seen, nothing that turns a sentence around."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SIGNS = {" ": "␣", "\u00a0": "␣", "\u3000": "␣", "\n": "↵", "\r": "↵", "\t": "⇥", "": "∅"}
_JOINERS = "\u200c\u200d"
"""They shape the letters beside them, and do nothing else."""
MARKS = ("▁", "Ġ")
"""What vocabularies put in place of a space before a word."""
PIECE = "##"
"""What WordPiece puts before a piece that goes on with a word."""


def _byte_letters() -> dict[str, int]:
    """The bytes that letters stand for: those that print stand for themselves, the others for what follows U+0100."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(0x100 + place): byte for place, byte in enumerate(others)}


_BYTES = _byte_letters()


@lru_cache(maxsize=16384)
def shown(token: str) -> str:
    """A token as it can be seen: one that is only spaces, or nothing, gets a sign; what does not print a dot.

    The marks that stand for a space before a word are left out, as the space would be. A token that begins with an accent for
    the letter before it gets a dotted circle in that letter's place.
    """
    if token[:1] in MARKS and token:
        token = token[1:] or " "
    elif token.strip():
        token = token.removeprefix(" ")
    if not token.strip():
        return "".join(_SIGNS.get(letter, "␣") for letter in token) or _SIGNS[""]
    seen = "".join(_seen(token, place) for place in range(len(token)))
    return "◌" + seen if unicodedata.combining(seen[0]) else seen


def isolated(text: str) -> str:
    """The text for the middle of a sentence: where it is written from right to left, it does not turn what stands around it.

    It is put between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (Unicode Standard Annex 9, section 2.4).
    """
    turning = any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text)
    return f"\u2068{text}\u2069" if turning else text


def from_bytes(token: str) -> str:
    """A token of a byte-level vocabulary (GPT-2's), whose letters stand for bytes, as text; bytes that are a part of a letter
    are written as numbers: ``⟨F0 9F⟩``."""
    if not all(letter in _BYTES for letter in token):
        return token
    content = bytes(_BYTES[letter] for letter in token)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"⟨{content.hex(' ').upper()}⟩"


def joined(pieces: tuple[str, ...]) -> str:
    """Pieces of one word as the word: what says that a piece goes on with a word is left out."""
    first, *others = pieces
    whole = _without_mark(first) + "".join(_without_mark(piece).removeprefix(PIECE) for piece in others)
    return shown(whole)


def _without_mark(piece: str) -> str:
    return piece[1:] if piece[:1] in (*MARKS, " ") and len(piece) > 1 else piece


def _seen(token: str, place: int) -> str:
    letter = token[place]
    if letter in _SIGNS:
        return letter if letter == " " else _SIGNS[letter]
    if letter in _JOINERS and 0 < place < len(token) - 1 and token[place - 1].isprintable() and token[place + 1].isprintable():
        return letter
    return letter if letter.isprintable() else "·"
