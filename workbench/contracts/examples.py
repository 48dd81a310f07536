"""What a model learns from: token ids, targets and the meaning of special ids. Tables make them, models read them."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IGNORED = -100
"""Target of a token that is not asked for, as torch's cross-entropy knows it."""
TOGETHER = "↔"
"""Between the two texts of a pair where they are shown or typed as one."""


class Sequences:
    """Read-only sequences: item i is ``values[offsets[i]:offsets[i + 1]]``.

    Args:
        values: All items one after the other: (total,).
        offsets: Where each begins, and the end: (items + 1,), int64.
        folder: Where the values are mapped from; it is removed when the sequences are no longer used.
    """

    def __init__(self, values: NDArray[np.int32], offsets: NDArray[np.int64], *, folder: str | None = None) -> None:
        self.values, self.offsets = values, offsets
        if folder is not None:
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        offsets.setflags(write=False)
        if values.flags.owndata:
            values.setflags(write=False)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int | np.integer) -> NDArray[np.int32]:
        """A view of one item: (length,)."""
        place = int(index)
        if not -len(self) <= place < len(self):
            raise IndexError(f"item {place} of {len(self)}")
        place %= len(self)
        return self.values[self.offsets[place] : self.offsets[place + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Length of each item: (items,)."""
        return np.diff(self.offsets)


@dataclass(frozen=True, kw_only=True, eq=False)
class Passages:
    """What answers are cut out of. A long passage is read in overlapping windows, each an example of its own."""

    texts: Sequence[str]
    """The passages: (questions,)."""
    answers: Sequence[str] | None
    """What is to be found: (questions,); None where that is not known."""
    question: NDArray[np.int64]
    """Which question each window belongs to, ascending: (examples,)."""
    places: Sequences
    """Of each token of a window the first character in its passage and the one past its last, one pair after the other; both
    0 for a token that stands outside: (2 * length,)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Examples:
    """What a model learns from or is scored on."""

    inputs: Sequences
    """Token ids of each example. Of causal-lm a block: what is read and, one place on, what is to come."""
    targets: Sequences | None = None
    """Token ids to write (seq2seq); a tag per input token with `IGNORED` where nothing is asked (token-classification); the
    ids of the labels that hold (multi-label); the first and last token of the answer, both 0 where it is not in the window
    (question-answering)."""
    labels: NDArray[np.int64] | NDArray[np.float32] | None = None
    """A class id or a number for each example: (examples,)."""
    types: Sequences | None = None
    """Of each input token whether it is of the second text (1) or not (0), where the tokenizer tells them apart."""
    passages: Passages | None = None
    """What answers are cut out of (question-answering)."""
    rows: NDArray[np.int64]
    """Row of the table each example (or its first token) comes from: (examples,)."""

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, kw_only=True)
class SpecialIds:
    """Ids of the tokens with a job; None where a loaded vocabulary has no such token."""

    pad: int
    """Fills a batch to a rectangle."""
    unk: int | None
    """Stands for what the vocabulary cannot write."""
    cls: int | None
    """Opens a text; also the first token a decoder is given."""
    sep: int | None
    """Closes a text; also the sign to stop generating."""
    mask: int | None
    """Hides a token to be guessed."""
