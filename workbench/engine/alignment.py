"""Weights between pieces of words become weights between words, and two tokenisations of a text get units they share.

What a query gives to the pieces of a word adds up; a word of several pieces looks as its pieces do on average. So rows that
sum to 1 still do (Clark et al. 2019, "What Does BERT Look At?", section 4.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError

Span = tuple[int, int]
"""Characters from … up to, not including; of no length for special tokens."""
Weights = NDArray[np.floating]


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Which unit each token belongs to."""

    of: tuple[int, ...]
    """(token,): a unit from 0, or ``size`` for special tokens, which are no part of the text."""
    size: int
    """How many units there are."""
    labels: tuple[str, ...] = ()
    """The units' own text, where it is known."""


def words(text: str, spans: Sequence[Span], word_ids: Sequence[int | None]) -> Groups:
    """The words of one text, as its tokenizer cut it before it made pieces.

    Args:
        text: What was tokenised.
        spans: (token,) characters of each token.
        word_ids: (token,) the number of the word each token is a piece of; None for special tokens.

    Raises:
        WorkbenchError: not one number for each token.
    """
    _same_length(word_ids, spans)
    number = {word: place for place, word in enumerate(dict.fromkeys(word for word in word_ids if word is not None))}
    of = tuple(len(number) if word is None else number[word] for word in word_ids)
    pieces: list[list[Span]] = [[] for _ in number]
    for unit, span in zip(of, spans, strict=True):
        if unit < len(number):
            pieces[unit].append(span)
    labels = tuple(text[min(start for start, _ in of_word) : max(end for _, end in of_word)].strip() for of_word in pieces)
    return Groups(of=of, size=len(number), labels=labels)


def common_units(text: str, one: Sequence[Span], other: Sequence[Span]) -> tuple[Groups, Groups]:
    """The smallest stretches of a text that both tokenisations cut out whole.

    Args:
        text: What was tokenised.
        one: (token,) characters of each token in the first tokenisation; empty spans are special tokens.
        other: (token,) the same in the second.

    Returns:
        For each tokenisation, the unit of each token; both have the same units.
    """
    tight = [[_tight(text, span) for span in spans] for spans in (one, other)]
    stretches = sorted(span for spans in tight for span in spans if span[0] < span[1])
    units: list[Span] = []
    for start, end in stretches:
        if units and start < units[-1][1]:  # it reaches into the unit before
            units[-1] = (units[-1][0], max(units[-1][1], end))
        else:
            units.append((start, end))
    starts = [start for start, _ in units]
    labels = tuple(text[start:end] for start, end in units)

    def groups(spans: Sequence[Span]) -> Groups:
        of = tuple(int(np.searchsorted(starts, start, "right")) - 1 if start < end else len(units) for start, end in spans)
        return Groups(of=of, size=len(units), labels=labels)

    return groups(tight[0]), groups(tight[1])


def grouped(weights: Weights, queries: Groups, keys: Groups) -> NDArray[np.float64]:
    """Weights between units: sums over the pieces of a key, means over the pieces of a query.

    Args:
        weights: (…, query, key) between tokens.
        queries: The units of the queries.
        keys: The units of the keys.

    Returns:
        (…, unit, unit + 1): the last column is what falls on special tokens; special tokens have no row. Rows sum to what the
        tokens' rows sum to. A unit that no query belongs to has a row of NaN.

    Raises:
        WorkbenchError: the groups are not those of the tokens.
    """
    _same_length(queries.of, range(weights.shape[-2]))
    _same_length(keys.of, range(weights.shape[-1]))
    average, add = _membership(queries)[: queries.size], _membership(keys)
    counts = average.sum(-1, keepdims=True)
    average = np.divide(average, counts, out=np.full_like(average, np.nan), where=counts > 0)
    result: NDArray[np.float64] = average @ np.asarray(weights, dtype=np.float64) @ add.T
    return result


def _membership(groups: Groups) -> NDArray[np.float64]:
    """(unit + 1, token): 1 where a token belongs to a unit."""
    belongs: NDArray[np.bool_] = np.arange(groups.size + 1)[:, None] == np.asarray(groups.of)[None]
    return belongs.astype(np.float64)


def _tight(text: str, span: Span) -> Span:
    """A span without the white space around it: some tokenizers give a word's space to the word."""
    start, end = span
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return span
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)


def _same_length(one: Sequence[object], other: Sequence[object]) -> None:
    if len(one) != len(other):
        raise WorkbenchError(f"{len(one)} units for {len(other)} tokens", where="alignment", mend="Give one unit for each token.")
