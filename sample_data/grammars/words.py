"""Chance and grammar: the two tools every table is made with.

`Dice` uses nothing of `random.Random` but `random()`, the one method whose values Python promises to keep from version to
version; so the tables come out byte for byte the same everywhere.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

_SLOT = re.compile(r"\{(\w+)\}|\[([^\[\]{}]*)\]")
_SENTENCE_START = re.compile(r'(?:^|[.!?] )"?[a-z]')
_SPACE_BEFORE_MARK = re.compile(r" (?=[.,?!])")
_A_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])(?!(?:use|uni|one|eu))")


class Dice:
    """Seeded chance."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random.random() < probability

    def below(self, stop: int) -> int:
        """An integer from 0 to stop − 1, all equally likely."""
        return int(self._random.random() * stop)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, all equally likely."""
        return options[self.below(len(options))]

    def pick_early(self, options: Sequence[T]) -> T:
        """One of the options, the first ones often and the last ones hardly ever: a long tail."""
        return options[int(self._random.random() ** 2 * len(options))]

    def weighted(self, options: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight."""
        left = self._random.random() * sum(options.values())
        for option, weight in options.items():
            left -= weight
            if left < 0:
                return option
        return option

    def several(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options in a random order."""
        rest = list(options)
        return [rest.pop(self.below(len(rest))) for _ in range(count)]

    def endless(self, options: Sequence[T]) -> Iterator[T]:
        """All options in a random order, then all again in another one: no option is forgotten or worn out."""
        while True:
            yield from self.several(options, len(options))


class Grammar:
    """Expands templates: `{name}` is any alternative of the rule `name` (or what the rule, being a function, says), `[a|b|]` is
    one of the words written there."""

    def __init__(self, dice: Dice, rules: Mapping[str, Sequence[str] | Callable[[], str]]) -> None:
        self._dice = dice
        self._rules = rules

    def expand(self, template: str, /, **fixed: str) -> str:
        """The template with every slot filled; a name in `fixed` means the same words each time it occurs."""
        while slot := _SLOT.search(template):
            name, alternatives = slot.groups()
            if name is None:
                words = self._dice.pick(alternatives.split("|"))
            elif name in fixed:
                words = fixed[name]
            else:
                rule = self._rules[name]
                words = rule() if callable(rule) else self._dice.pick(rule)
            template = template[: slot.start()] + words + template[slot.end() :]
        return template


def spread(words: str) -> list[str]:
    """The words of a list that is written as one line of text."""
    return words.split()


def english(text: str) -> str:
    """The text with single spaces, sentences that begin with a capital, and "an" before a vowel."""
    text = _SPACE_BEFORE_MARK.sub("", " ".join(text.split()))
    text = _A_BEFORE_VOWEL.sub(r"\1n ", text)
    return _SENTENCE_START.sub(lambda start: start.group()[:-1] + start.group()[-1].upper(), text)
