"""Which rows teach, which choose, which judge: seeded, stratified, and copies of a text never on two sides."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]


def fold(text: str) -> str:
    """What makes two texts copies of each other: compatibility forms, case and runs of white space are not told apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def split(keys: Iterable[str], strata: Sequence[object] | None, shares: Mapping[str, float], seed: int) -> dict[str, Positions]:
    """Divide rows into ``train`` and the named shares.

    Rows with the same folded key stay together. Each class keeps at least one row (with its copies) in training; beyond
    that every class gives its share to each part, to the rounding, by drawing at even steps through the rows in the order
    (class, number of copies, chance): systematic sampling (Madow & Madow 1944).

    Args:
        keys: Text of each row.
        strata: Class of each row, or None.
        shares: Share of all rows for each part, such as ``{"validation": 0.1, "test": 0.1}``.
        seed: The same seed gives the same split.

    Returns:
        Ascending row positions of ``train`` and of each part; together they are all rows, each once. A part can be empty
        when too few rows may leave training.
    """
    group_of: dict[bytes, int] = {}  # by digest: a million long texts need not be held twice
    groups = np.fromiter((group_of.setdefault(_digest(fold(key)), len(group_of)) for key in keys), np.int64)
    count, rows = len(group_of), len(groups)
    classes = np.zeros(rows, np.int64) if strata is None else _numbered(strata)
    copies = np.bincount(groups, minlength=count)
    chance = np.random.default_rng(seed).permutation(count)

    # Rows from those with the most copies to those with the fewest, equals by chance; of each class the first one stays.
    order = np.lexsort((chance[groups], -copies[groups]))
    first_of_class = order[np.unique(classes[order], return_index=True)[1]]
    part_of = np.full(count, -1)
    part_of[groups[first_of_class]] = 0

    class_of_group = np.zeros(count, np.int64)
    class_of_group[groups[::-1]] = classes[::-1]  # a text with several classes counts for that of its first row
    free = np.lexsort((chance, -copies, class_of_group))
    free = free[part_of[free] < 0]
    free_rows = int(copies[free].sum())
    start = np.random.default_rng((seed, 1)).random()
    for number, share in enumerate(shares.values(), start=1):
        wanted = max(1, round(share * rows * len(free) / max(free_rows, 1))) if share > 0 else 0
        drawn = min(wanted, math.ceil(len(free) * max(share, 0.5)))  # a few texts with many copies must not empty training
        places = ((np.arange(drawn) + start) * (len(free) / max(drawn, 1))).astype(np.int64)
        part_of[free[places]] = number
        free_rows -= int(copies[free[places]].sum())
        free = np.delete(free, places)
    part_of[part_of < 0] = 0
    part = part_of[groups]
    return {name: np.flatnonzero(part == number) for number, name in enumerate(("train", *shares))}


def split_running(sizes: Sequence[int] | Positions, shares: Mapping[str, float]) -> dict[str, Positions]:
    """Divide running text: the beginning is for training, then each share in turn, the last one at the end.

    Args:
        sizes: Characters of each line.
        shares: Share of the characters for each part.

    Returns:
        Line numbers, as `split` gives them.
    """
    ends = np.cumsum(np.asarray(sizes, np.int64) + 1)
    lines, parts = len(ends), len(shares) + 1
    borders = (ends[-1] if lines else 0) * (1 - np.cumsum([*shares.values()][::-1])[::-1])
    each_one = np.arange(1, parts)
    cuts = np.maximum.accumulate(np.searchsorted(ends, borders) - each_one) + each_one  # no part is empty
    cuts = np.clip(cuts, each_one, np.maximum(lines - parts + each_one, 0))
    positions = np.split(np.arange(lines), cuts)
    return dict(zip(("train", *shares), positions, strict=True))


def _numbered(strata: Sequence[object]) -> Positions:
    number_of: dict[object, int] = {}
    return np.fromiter((number_of.setdefault(value, len(number_of)) for value in strata), np.int64, len(strata))
