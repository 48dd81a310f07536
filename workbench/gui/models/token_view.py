"""How tokens are shown: pieces as words, special tokens or not, and weights that follow.

A word's weight as a key is the sum over its pieces, as a query the mean over them (Clark et al. 2019, section 4.1). So a row of
words sums to what the rows of its pieces sum to. What goes to hidden keys is not dealt out to the others, unless asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.gui.models.head_facts import is_special
from workbench.gui.models.token_names import MARKS, PIECE, from_bytes, joined, shown

Weights = NDArray[np.float32]
Span = tuple[int, int]
NOWHERE: Span = (0, 0)
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
"""Scripts without spaces between words: the beginnings of their letters' names."""


@dataclass(frozen=True, kw_only=True)
class ShownAxis:
    """Which tokens an axis shows, and as what."""

    labels: tuple[str, ...]
    parts: tuple[tuple[int, ...], ...]
    """The tokens behind each label: neighbours, in order. Those in none are hidden."""
    special: tuple[bool, ...]
    """Of each label."""
    tokens: int
    """How many there are, hidden ones included."""

    @property
    def plain(self) -> bool:
        """Whether every token is shown as itself."""
        return len(self.parts) == self.tokens

    @property
    def hidden(self) -> tuple[int, ...]:
        """Tokens that are not shown."""
        seen = {token for part in self.parts for token in part}
        return tuple(token for token in range(self.tokens) if token not in seen)

    def place_of(self, token: int) -> int | None:
        """Where a token is shown; None where it is hidden."""
        return next((place for place, part in enumerate(self.parts) if token in part), None)


@dataclass(frozen=True, kw_only=True)
class TokenView:
    """Both axes of a head as they are shown; they need not have the same tokens."""

    queries: ShownAxis
    keys: ShownAxis
    renormalised: bool = False
    """Whether rows are divided by what hidden keys leave of them."""

    def weights(self, weights: Weights) -> Weights:
        """The weights as shown: (…, query, key) of tokens to (…, shown query, shown key)."""
        shown = _sum(weights, self.keys, -1)
        shown = _sum(shown, self.queries, -2) / np.array([[len(part)] for part in self.queries.parts], np.float64)
        if self.renormalised:
            left = shown.sum(-1, keepdims=True)
            shown = shown / np.where(left > 0, left, 1.0)
        return np.asarray(shown, np.float32)

    def hidden_weight(self, weights: Weights) -> NDArray[np.float64]:
        """What goes to hidden keys: (…, query, key) of tokens to (…, shown query)."""
        gone = weights[..., list(self.keys.hidden)].sum(-1, dtype=np.float64)[..., None]
        counts = np.array([[len(part)] for part in self.queries.parts], np.float64)
        hidden: NDArray[np.float64] = (_sum(gone, self.queries, -2) / counts)[..., 0]
        return hidden


def show_axis(
    tokens: Sequence[str],
    *,
    special: Sequence[bool] = (),
    spans: Sequence[Span] = (),
    text: str = "",
    words: bool = False,
    without_special: bool = False,
) -> ShownAxis:
    """Choose what an axis shows.

    Args:
        tokens: As they stand in the vocabulary.
        special: Which of them the tokenizer put there; by their looks where it is not known.
        spans: Where each lies in its text, (0, 0) for nowhere; by the vocabulary's marks where they are not known.
        text: The text itself, where it is known: words are then written as they stand in it.
        words: Pieces of a word are shown as one.
        without_special: Special tokens are hidden, unless there are no others.

    Raises:
        ValueError: Tokens, flags and spans differ in number.
    """
    flags = tuple(special) or tuple(is_special(token) for token in tokens)
    if len(flags) != len(tokens) or (spans and len(spans) != len(tokens)):
        raise ValueError(f"{len(tokens)} tokens, {len(flags)} flags and {len(spans)} spans do not fit")
    where = tuple(spans) or (NOWHERE,) * len(tokens)
    marked = any(token[:1] in MARKS for token, flag in zip(tokens, flags, strict=True) if not flag)
    names = [from_bytes(token) for token in tokens] if any(token.startswith("Ġ") for token in tokens) else list(tokens)
    parts: list[tuple[int, ...]] = []
    for place in range(len(tokens)):
        if words and place and not (flags[place] or flags[place - 1]) and _goes_on(tokens, where, text, place, marked):
            parts[-1] += (place,)
        else:
            parts.append((place,))
    if without_special and not all(flags):
        parts = [part for part in parts if not flags[part[0]]]
    return ShownAxis(
        labels=tuple(_label(part, names, where, text, words) for part in parts), parts=tuple(parts),
        special=tuple(flags[part[0]] for part in parts), tokens=len(tokens),
    )  # fmt: skip


def _goes_on(tokens: Sequence[str], spans: Sequence[Span], text: str, place: int, marked: bool) -> bool:
    """Whether a token belongs to the word of the one before it."""
    before, here = spans[place - 1], spans[place]
    token, last = tokens[place], tokens[place - 1]
    known = before != NOWHERE and here != NOWHERE
    if known and before[0] <= here[0] < here[1] <= before[1]:  # bytes of one letter
        return True
    if known and before[1] != here[0]:  # something lies between, or the second text begins
        return False
    if token.startswith(PIECE) and len(token) > len(PIECE):
        return True
    if token[:1] in MARKS or not (known or marked):
        return False
    if known and 0 < here[0] < len(text):
        return _spaced(text[here[0] - 1]) and _spaced(text[here[0]])
    return _spaced(last[-1:]) and _spaced(token[:1])


def _spaced(letter: str) -> bool:
    """Whether a letter is of a script that writes spaces between words: then neighbours without one are of the same word."""
    if not letter or not (letter.isalnum() or unicodedata.combining(letter)):
        return False
    return not unicodedata.name(letter, "").startswith(_UNSPACED)


def _label(part: tuple[int, ...], tokens: Sequence[str], spans: Sequence[Span], text: str, words: bool) -> str:
    start, end = spans[part[0]][0], spans[part[-1]][1]
    if words and NOWHERE not in [spans[token] for token in part] and 0 <= start < end <= len(text):
        return shown(text[start:end].strip() or text[start:end])
    if words:
        return joined(tuple(tokens[token] for token in part))
    return shown(tokens[part[0]])


def _sum(weights: NDArray[np.floating], axis: ShownAxis, along: int) -> NDArray[np.float64]:
    """Sums over the tokens of every label, hidden ones left out."""
    if axis.plain:
        return np.asarray(weights, np.float64)
    kept = np.take(weights, [token for part in axis.parts for token in part], axis=along)
    starts = np.cumsum([0, *(len(part) for part in axis.parts)])[:-1]
    return np.asarray(np.add.reduceat(kept, starts, axis=along, dtype=np.float64))
