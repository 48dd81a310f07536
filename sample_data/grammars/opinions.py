"""Product reviews in any language: what a language says stands in a `Phrasebook`, how reviews are built stands here.

A *clause* says one thing about one aspect, for it (+1) or against it (−1), either with a word of its own side ("the zip is
sturdy") or by denying one of the other side ("the zip is anything but flimsy"). A *frame* joins clauses and decides: what
follows "but" counts, what follows "although" does not, a statement that was wrong turns round. Every frame serves both sides
alike, so a word by itself says little about the label.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from grammars.words import Dice, Grammar

_CLAUSE = re.compile(r"\{(said_)?(yes|no)\}")


@dataclass(frozen=True, kw_only=True)
class Phrasebook:
    """One language. A pair of strings holds words for (first) and words against (second), separated by spaces."""

    labels: Mapping[str, tuple[int, float]]
    """Label → side (+1, −1, 0 for undecided) and share of the rows."""
    products: Mapping[str, str]
    """Product → its aspects as `kind:name`, separated by spaces; a plus sign stands for a space inside a name."""
    kinds: Mapping[str, tuple[str, str]]
    """Kind of aspect → adjectives that fit it."""
    plain: tuple[str, str]
    """Adjectives that fit every aspect."""
    strong: tuple[str, str]
    """Adjectives that fit every product, and every aspect when nothing turns them round."""
    rules: Mapping[str, Sequence[str]]
    """The grammar; `assert` and `deny` are clauses, `plain_assert` and `plain_deny` those that somebody else can have said,
    `before` and `after` remarks without an opinion."""
    decided: Mapping[str, float]
    """Frame → weight, for reviews that take a side."""
    undecided: Mapping[str, float]
    """Frame → weight, for reviews that do not."""
    finish: Callable[[str], str]
    """Last touches on the written review."""
    length: Callable[[str], int]
    """Length of a review in words (English) or characters (Chinese)."""
    lengths: range
    """Lengths that are kept."""


class Review:
    """The words of one review: one product, its aspects, and clauses for and against them."""

    def __init__(self, book: Phrasebook, dice: Dice) -> None:
        self.book = book
        self.dice = dice
        self.grammar = Grammar(dice, book.rules)
        self.product = dice.pick(list(book.products))
        # A review does not speak of one aspect twice while there are others left.
        self.aspects = dice.endless(book.products[self.product].split())

    def aspect(self) -> tuple[str, str]:
        """Kind and name of the next aspect."""
        kind, name = next(self.aspects).split(":")
        return kind, name.replace("+", " ")

    def word(self, words: tuple[str, str], side: int) -> str:
        """One of the words for (+1) or against (−1)."""
        return self.dice.pick(words[side < 0].split())

    def adjective(self, kind: str, side: int) -> str:
        """A word for or against an aspect of this kind: mostly one of its own, sometimes one that fits everything."""
        return self.word(self.book.kinds[kind] if self.dice.chance(0.65) else self.book.plain, side)

    def clause(self, side: int, said: bool) -> str:
        """One statement for or against one aspect; `said` keeps to what somebody else can have said."""
        kind, aspect = self.aspect()
        denied = self.dice.chance(0.25)
        rule = ("plain_" if said else "") + ("deny" if denied else "assert")
        word = self.adjective(kind, -side if denied else side)
        return self.grammar.expand("{" + rule + "}", aspect=aspect, word=word, strong=self.word(self.book.strong, side))

    def fill(self, frame: str, side: int) -> str:
        """The frame in words: {yes} becomes a clause on the given side and {no} one on the other, {said_yes} and {said_no}
        what somebody else can have said, {pro} and {con} bare adjectives of the two sides."""
        frame = _CLAUSE.sub(lambda slot: self.clause(side if slot[2] == "yes" else -side, said=bool(slot[1])), frame)
        (kind, aspect), (_, other) = self.aspect(), self.aspect()
        return self.grammar.expand(
            frame,
            product=self.product,
            aspect=aspect,
            pro=self.adjective(kind, side),
            con=self.adjective(kind, -side),
            other=other,
            strong_pro=self.word(self.book.strong, side),
            strong_con=self.word(self.book.strong, -side),
        )


def write(book: Phrasebook, dice: Dice, label: str) -> str:
    """One review with the given label."""
    review = Review(book, dice)
    side = book.labels[label][0]
    frames, side = (book.decided, side) if side else (book.undecided, dice.pick((1, -1)))
    parts = [
        review.fill("{before} ", side) if dice.chance(0.15) else "",
        review.fill(dice.weighted(frames), side),
        review.fill(" {after}", side) if dice.chance(0.1) else "",
    ]
    return book.finish("".join(parts))


def make(book: Phrasebook, seed: int, rows: int, repeats: int) -> list[tuple[str, str]]:
    """Rows (text, label). `repeats` of them are copies of others, as real tables have them."""
    dice = Dice(seed)
    shares = {label: share for label, (_, share) in book.labels.items()}
    written: dict[str, str] = {}
    while len(written) < rows - repeats:
        label = dice.weighted(shares)
        text = write(book, dice, label)
        if book.length(text) in book.lengths:
            written.setdefault(text, label)
    table = list(written.items())
    for row in dice.several(table, repeats):
        table.insert(dice.below(len(table)), row)
    return table
