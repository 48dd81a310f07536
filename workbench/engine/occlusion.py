"""What each word does to an answer, measured by taking it out (occlusion: Zeiler & Fergus 2014, section 4; for words "leave one
out" in Li, Monroe & Jurafsky 2016, "Understanding neural networks through representation erasure").

Let f(x) be the probability of class c for the text x, with c the class the model chooses for the whole text (or, where it
predicts a number, that number). The effect of word i is

    effect(i) = f(x) - f(x without word i)

in probability (or in the number's unit): positive where the word speaks for the answer. *Without* means one of two things:
``delete`` removes the word, and the white space behind it if there was some before it too, so that the text closes up and all
later words move; ``mask`` puts the model's mask token in the place of each of its tokens, so that nothing moves. Neither text
need look like one the model was trained on, and words that say the same thing twice each have a small effect alone: an effect is
a measurement of this model, no cause in the world, and effects do not sum to anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 256
"""Texts read for one explanation, the whole one not counted. A longer text has neighbouring words taken out together."""

Span = tuple[int, int]
_IDEOGRAPH = r"[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})[\w'’-])+|[^\w\s]+")


def words(text: str) -> list[Span]:
    """Where the words of a text stand: runs of letters and digits, ideographs each alone, runs of signs."""
    return [found.span() for found in _WORD.finditer(text)]


def grouped(count: int, most: int = MOST) -> list[range]:
    """`count` words in their order as at most `most` groups of neighbours, each but the last of one size."""
    size = max(1, -(-count // most))
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def deleted(text: str, spans: Sequence[Span]) -> str:
    """A text without a stretch of words (ascending, neighbours); its neighbours stay apart if it stood apart from either."""
    before, after = text[: spans[0][0]], text[spans[-1][1] :]
    return before + (after.lstrip() if not before or before[-1].isspace() else after)


def masked(ids: Sequence[int], places: Sequence[Span], spans: Sequence[Span], mask: int) -> list[int]:
    """Token ids with the mask in the place of every token that shares a character with a stretch of words.

    Args:
        ids: Of the whole text, special tokens included.
        places: Where each token stands in the text; special tokens, which stand nowhere, as (0, 0).
        spans: The words, ascending neighbours.
        mask: The id that stands for anything.
    """
    first, last = spans[0][0], spans[-1][1]
    return [mask if start < last and end > first else each for each, (start, end) in zip(ids, places, strict=True)]


def effects(answers: NDArray[np.float64], groups: Sequence[range], count: int) -> NDArray[np.float64]:
    """The effect of each word.

    Args:
        answers: f of the whole text, then of the text without each group: (1 + groups,).
        groups: Which words each group holds.
        count: Words of the text; those in no group are not read by the model.

    Returns:
        (count,), NaN where a word is not read. Words of one group share its effect.
    """
    found = np.full(count, np.nan)
    for group, answer in zip(groups, answers[1:], strict=True):
        found[group.start : group.stop] = answers[0] - answer
    return found
