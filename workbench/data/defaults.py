"""What a DataSpec leaves open about tokens, decided from the texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.data.tokenizers import HAN

LONGEST_TEXT = 256
"""Tokens of an input that are read when nothing else is said. Longer rows are rare, and attention costs their square."""
LONGEST_BLOCK = 128
"""Tokens a causal language model reads at once when nothing else is said."""

_FOLDED = frozenset({"text-classification", "multi-label", "pair-classification", "pair-regression", "question-answering"})
"""Tasks that read a text as a whole: upper case tells them little."""
_PIECE = re.compile(rf"{HAN.pattern}|[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True, kw_only=True)
class TokenizerChoice:
    """How text becomes tokens, and why."""

    kind: str
    vocab_size: int
    lowercase: bool
    reason: str


def han_share(texts: Sequence[str]) -> float:
    """Share of Han characters among the letters, 0 where there are none."""
    han = sum(len(HAN.findall(text)) for text in texts)
    letters = sum(character.isalpha() for text in texts for character in text)
    return han / max(1, letters)


def mainly_han(texts: Sequence[str]) -> bool:
    """Whether more than half of the letters are Chinese characters."""
    return han_share(texts) > 0.5


def choose_tokenizer(
    task: str, inputs: Sequence[str], targets: Sequence[str] = (), *, running: bool = False, kind: str | None = None
) -> TokenizerChoice:
    """Decide from a sample of training texts.

    Args:
        task: What is to be learned.
        inputs: Sample of the texts to read.
        targets: Sample of the texts to write (seq2seq).
        running: The table is one running text.
        kind: The kind, where it is settled already.
    """
    reason = "as asked"
    if kind is None:
        kind, reason = _kind(task, inputs, targets, running)
    share = han_share([*inputs, *targets])
    if kind == "word":
        size = 10_000 if share < 0.05 else 20_000
    elif kind == "character":
        size = 10_000
    else:  # some thousand Han characters each need an entry of their own before anything can be merged
        size = 4_000 if share < 0.05 else 8_000
    return TokenizerChoice(kind=kind, vocab_size=size, lowercase=task in _FOLDED and share <= 0.5, reason=reason)


def _kind(task: str, inputs: Sequence[str], targets: Sequence[str], running: bool) -> tuple[str, str]:
    if running:
        return "character", "running text is read letter by letter"
    if task == "seq2seq":
        if _closed(inputs) and _closed(targets):
            return "word", "both sides are made of a few separate words"
        if _symbols(inputs) and _symbols(targets) and _spaced(targets) < 0.2:
            return "character", "short rows of a few symbols"
    return "bpe", "words are many: frequent ones whole, rare ones in parts"


def _closed(texts: Sequence[str]) -> bool:
    """Whether texts are sequences over a small vocabulary that more texts would not widen."""
    if _spaced([HAN.sub(" ", text) for text in texts]) < 0.6:
        return False
    half = len(texts) // 2
    first = {piece for text in texts[:half] for piece in _PIECE.findall(text)}
    everything = first | {piece for text in texts[half:] for piece in _PIECE.findall(text)}
    return len(everything) <= 1_000 and len(first) >= 0.95 * len(everything)


def _symbols(texts: Sequence[str]) -> bool:
    """Whether texts are short, over few characters, and not Chinese."""
    characters = Counter(character for text in texts for character in text)
    return len(characters) <= 100 and sum(characters.values()) <= 64 * len(texts) and not any(map(HAN.match, characters))


def _spaced(texts: Sequence[str]) -> float:
    """Share of the texts that hold a space."""
    return sum(" " in text for text in texts) / max(1, len(texts))
