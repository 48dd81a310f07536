"""Axes of tokens: labels never overlap, special tokens come first, every token can be seen."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from workbench.gui.models.token_names import shown
from workbench.gui.widgets.token_axis import LONGEST, TokenAxis, token_font, widest_of

WORDS = [
    "a",
    "word",
    "extraordinarily",
    "自然",
    "语言处理",
    "[CLS]",
    "<s>",
    "</s>",
    " ",
    "\n",
    "",
    "the",
    "ب",
    "é",
    "🙂",
    "x" * 60,
]


@pytest.fixture
def letters(qapp: QApplication) -> QFontMetricsF:
    return QFontMetricsF(token_font(QFont()))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("across", [True, False])
def test_labels_never_overlap(letters: QFontMetricsF, seed: int, across: bool) -> None:
    chance = random.Random(seed)
    tokens = [chance.choice(WORDS) for _ in range(chance.choice([1, 5, 20, 200, 4096]))]
    first = chance.randrange(len(tokens))
    last = chance.randrange(first, len(tokens)) + 1
    axis = TokenAxis.plan(tokens, first, last, chance.choice([40.0, 300.0, 900.0]), letters, across)
    assert all(first <= index < last for index in axis.labels)
    assert axis.labels
    for one, other in pairwise(axis.labels):
        apart = axis.middle(other) - axis.middle(one)
        widths = [min(LONGEST, letters.horizontalAdvance(shown(tokens[index]))) for index in (one, other)]
        need = sum(widths) / 2 if across and not axis.upright else letters.height()
        assert apart >= need - 0.01


def test_all_labels_stand_where_they_fit(letters: QFontMetricsF) -> None:
    axis = TokenAxis.plan(list("72941053"), 0, 8, 400.0, letters, True)
    assert axis.labels == tuple(range(8))
    assert not axis.upright


def test_special_tokens_stay_when_labels_are_thinned(letters: QFontMetricsF) -> None:
    tokens = ["[CLS]", *["word"] * 300, "[SEP]", *["word"] * 209, "[SEP]"]
    axis = TokenAxis.plan(tokens, 0, len(tokens), 300.0, letters, False)
    assert {0, 301, 511} <= set(axis.labels)
    assert len(axis.labels) > 6


def test_what_does_not_print_gets_a_sign() -> None:
    assert [shown(token) for token in (" ", "  ", "\n", "\t", "", "\u3000")] == ["␣", "␣␣", "↵", "⇥", "∅", "␣"]
    assert shown("a b") == "a b"
    assert shown("a\nb") == "a↵b"
    assert shown("a\x00b") == "a·b"
    assert shown("自然") == "自然"


def test_the_widest_of_many_is_found(letters: QFontMetricsF) -> None:
    tokens = (*(f"w{number}" for number in range(5000)), "wwwwwwwwwwwww")
    assert widest_of(tokens, letters) == letters.horizontalAdvance("wwwwwwwwwwwww")
