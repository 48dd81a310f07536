"""Which texts are nearly the same: equal but for case, punctuation and spaces, or but for a letter or two.

Candidates for the second come from minhash (Broder 1997) in bands over runs of four bytes, and each is then measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

CHARACTERS = 12_000_000
"""Text in which near duplicates are sought, at most."""
SHORTEST = 20
"""Characters below which one letter makes a different text."""
LETTERS_A_CHANGE = 20
"""A text may differ in one letter for so many."""
MOST_CHANGES = 3
_KEPT = "+#$€£¥%"  # C++ is not C#, and £1 is not €1
_DROPPED = re.compile(rf"[^\w{_KEPT}]+|_+")
_ASCII: dict[int, str | None] = {
    code: chr(code).lower() if chr(code).isalnum() or chr(code) in _KEPT else None for code in range(128)
}
_BANDS, _ROWS, _RUN = 6, 2, 4
_DIGITS = re.compile(r"\d+")
_BUCKET = 20  # earlier neighbours a text is compared with in one band


def bare(text: str) -> str:
    """Letters and digits alone, in one case and width; a text without letters keeps its signs (sums, prices)."""
    if text.isascii():
        found = text.translate(_ASCII)
        lettered = not found.isdecimal() and any(map(str.isalpha, found))
    else:
        found = _DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold())
        lettered = any(map(str.isalpha, found))
    return found if lettered else " ".join(text.split())


def repeats(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each code the place of its first: (n,) → (n,)."""
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], np.int64)


def near_repeats(texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> NDArray[np.int64]:
    """For each text the place of an earlier one that differs in a letter or two, or -1.

    Args:
        texts: As `bare` gives them.
        cancelled: Asked now and then; what was found by then is given back.

    Returns:
        (texts,)
    """
    found = np.full(len(texts), -1, np.int64)
    first = repeats(np.fromiter(map(hash, texts), np.int64, len(texts)))
    long = np.array([at for at, text in enumerate(texts) if len(text) >= SHORTEST and first[at] == at], np.int64)
    if len(long) < 2:
        return found
    numbers = np.fromiter((hash(tuple(number_runs(texts[at]))) for at in long), np.int64, len(long)).view(np.uint64)
    encoded = [texts[at].encode("utf-8", "replace") for at in long]
    letters = _letters(encoded)
    lengths = np.fromiter((len(texts[at]) for at in long), np.int64, len(long))
    widths = np.fromiter((1 if texts[at].isascii() else 4 for at in long), np.int64, len(long))  # bytes of a letter, at most
    for keys in _bands(encoded):  # (long,)
        keys ^= numbers  # texts of one pattern that differ in a number are never near, and would fill each other's buckets
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        for back in range(min(_BUCKET, len(long) - 1), 0, -1):
            if cancelled():
                return found
            same = np.flatnonzero(keys[back:] == keys[:-back])
            ours, theirs = order[same + back], order[same]
            most = np.minimum(MOST_CHANGES, np.minimum(lengths[ours], lengths[theirs]) // LETTERS_A_CHANGE)
            apart = np.abs(letters[ours] - letters[theirs]).sum(1, dtype=np.int64)  # (pairs,)
            able = (found[long[ours]] < 0) & (apart <= most * (widths[ours] + widths[theirs]))
            for one, other in zip(long[ours[able]].tolist(), long[theirs[able]].tolist(), strict=True):
                if cancelled():
                    return found
                if are_near(texts[one], texts[other]):
                    found[one] = other
    return found[first]


def _letters(texts: Sequence[bytes]) -> NDArray[np.int16]:
    """How often each text has each of its bytes, folded to 32 kinds: two texts cannot be nearer than these are. (texts, 32)"""
    kinds, most = 32, np.iinfo(np.int16).max
    found = np.empty((len(texts), kinds), np.int16)
    for at, text in enumerate(texts):
        found[at] = np.bincount(np.frombuffer(text, np.uint8) % kinds, minlength=kinds).clip(max=most)
    return found


def are_near(one: str, other: str) -> bool:
    """Whether two texts differ in so few letters for their length, and in no number."""
    most = min(MOST_CHANGES, min(len(one), len(other)) // LETTERS_A_CHANGE)
    if abs(len(one) - len(other)) > most or distance(one, other, most) > most:
        return False
    return number_runs(one) == number_runs(other)


def distance(one: str, other: str, most: int) -> int:
    """Letters to insert, delete, replace or swap with a neighbour (optimal string alignment); at `most` + 1 counting ends."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other or abs(len(one) - len(other)) > most:
        return min(max(len(one), len(other)), most + 1)
    far = most + 1
    before, row = [far] * (len(other) + 1), [min(j, far) for j in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        new = [far] * (len(other) + 1)
        new[0] = min(i, far)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):  # further off the diagonal there are too many changes
            b = other[j - 1]
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new[j] = min(cost, far)
        if min(new[max(0, i - most) : i + most + 1]) > most:
            return far
        before, row = row, new
    return row[-1]


def _bands(texts: Sequence[bytes]) -> list[NDArray[np.uint64]]:
    """A key for each text in each band; texts that are alike share one with near certainty: bands of (texts,)."""
    joined = np.frombuffer(b"".join(texts) + b"\0" * _RUN, np.uint8)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.cumsum(lengths)
    starts = ends - lengths
    runs = np.zeros(len(joined) - _RUN, np.uint32)  # (bytes,): the four bytes that begin here
    for offset in range(_RUN):
        runs = (runs << np.uint32(8)) | joined[offset : len(joined) - _RUN + offset]
    for back in range(1, _RUN):  # a run that reaches into the next text counts as the text's last whole one
        runs[ends - back] = runs[ends - _RUN]
    chance = np.random.default_rng(0)
    keys = []
    for _ in range(_BANDS):
        key = np.zeros(len(texts), np.uint64)
        for _ in range(_ROWS):
            factors = [np.uint32(int(chance.integers(1 << 31)) * 2 + 1) for _ in range(2)]
            mixed = runs * factors[0]
            mixed ^= mixed >> np.uint32(15)
            mixed *= factors[1]
            mixed ^= mixed >> np.uint32(13)
            key = (key << np.uint64(32)) + np.minimum.reduceat(mixed, starts)
        keys.append(key)
    return keys


def deletions(word: str) -> set[str]:
    """The word, and the word without each of its letters: two words one letter apart share one of these."""
    return {word, *(word[:at] + word[at + 1 :] for at, _ in enumerate(word))}


def number_runs(words: str) -> list[str]:
    """The numbers in a text."""
    return _DIGITS.findall(words)
