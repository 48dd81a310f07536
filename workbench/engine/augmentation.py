"""Texts told a little differently at each reading: tokens replaced, inserted, deleted, swapped at random while training.

The four operations are those of EDA (Wei and Zou, 2019, "EDA: Easy Data Augmentation Techniques for Boosting Performance on Text
Classification Tasks"), done on tokens and anew at every epoch instead of once into a longer table: no row is counted twice, and
the table stays as it is. What comes in is drawn as often as it stands in the training texts. Chance comes from torch's global
generator, whose state a checkpoint keeps, so a resumed run reads the same variants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from workbench.contracts.examples import SpecialIds

Ids = NDArray[np.int32]
NOTHING: Ids = np.empty(0, np.int32)
SAMPLE = 1_000_000
"""Tokens of the training texts that replacements are drawn from, at most."""


@dataclass(frozen=True, kw_only=True)
class Augmentation:
    """Shares of a text's tokens, each between 0 and 1."""

    replace: float = 0.0
    insert: float = 0.0
    delete: float = 0.0
    swap: float = 0.0

    def __bool__(self) -> bool:
        return any((self.replace, self.insert, self.delete, self.swap))


def words_among(values: Ids, special: SpecialIds) -> Ids:
    """Ordinary tokens as often as they stand in the texts, evenly picked from at most `SAMPLE` places: (total,).

    Args:
        values: All token ids of the training texts: (total,).
        special: The ids of tokens with a job, which are left out.
    """
    sample = values[:: -(-len(values) // SAMPLE) or 1]
    return sample[~np.isin(sample, _given(special.pad, special.cls, special.sep, special.unk, special.mask))]


def varied(
    rows: Sequence[Ids], how: Augmentation, words: Ids, special: SpecialIds, *, types: Sequence[Ids] | None = None,
    limit: int | None = None,
) -> tuple[list[Ids], list[Ids] | None]:  # fmt: skip
    """A variant of each row.

    Start, end and what stands between two texts stay, a text keeps at least one token, and no row becomes longer than the
    longest of those given (or `limit`): models have no position for more.

    Args:
        rows: Token ids of texts, each (length,).
        how: What is done to which share.
        words: (total,) token ids to draw from, as `words_among` gives them.
        special: The ids of tokens with a job.
        types: Which of two texts each token is of, likewise; None where there is one.
        limit: Longest row.

    Returns:
        New rows and their types; those given are not changed.
    """
    if not how or not len(rows) or not len(words):
        return list(rows), None if types is None else list(types)
    chance = np.random.default_rng(int(torch.randint(2**62, (1,))))
    framing = _given(special.pad, special.cls, special.sep)
    longest = limit or max(map(len, rows))
    given = [np.zeros(len(row), np.int32) for row in rows] if types is None else types
    made = [_vary(row, its, how, words, framing, longest, chance) for row, its in zip(rows, given, strict=True)]
    return [row for row, _ in made], None if types is None else [its for _, its in made]


def _vary(
    row: Ids, types: Ids, how: Augmentation, words: Ids, framing: list[int], longest: int, chance: np.random.Generator
) -> tuple[Ids, Ids]:
    """A variant of one row; between two framing tokens lies a text of its own, and nothing passes from one to the other."""
    ordinary = ~np.isin(row, framing)
    borders = np.flatnonzero(np.diff(ordinary)) + 1
    parts: list[Ids] = []
    sides: list[Ids] = []
    room = longest - len(row)
    for part, side in zip(np.split(row, borders), np.split(types, borders), strict=True):
        if len(part) and part[0] not in framing:
            variant = _vary_text(part.copy(), how, words, room, chance)
            room += len(part) - len(variant)
            part, side = variant, np.full(len(variant), side[0], side.dtype)
        parts.append(part)
        sides.append(side)
    return np.concatenate(parts), np.concatenate(sides)


def _vary_text(text: Ids, how: Augmentation, words: Ids, room: int, chance: np.random.Generator) -> Ids:
    """A variant of a text, which becomes longer by at most `room` tokens."""
    replaced = chance.random(len(text)) < how.replace
    text[replaced] = chance.choice(words, int(replaced.sum()))
    for place in np.flatnonzero(chance.random(len(text)) < how.swap):
        other = chance.integers(len(text))
        text[place], text[other] = text[other], text[place]
    kept = chance.random(len(text)) >= how.delete
    kept[chance.integers(len(text))] |= not kept.any()  # something must be left to read
    room += int((~kept).sum())
    text = text[kept]
    places = chance.permutation(np.flatnonzero(chance.random(len(text)) < how.insert))[:room]
    return np.insert(text, places, chance.choice(words, len(places)))


def _given(*ids: int | None) -> list[int]:
    return [i for i in ids if i is not None]
