from __future__ import annotations

import csv
import random

import pytest

from workbench.data.defaults import choose_tokenizer, han_share, mainly_han

GENERATOR = random.Random(0)
LETTERS = [" ".join(GENERATOR.choices("abcdefghij", k=GENERATOR.randint(1, 10))) for _ in range(1_000)]
DIGITS = [" ".join(GENERATOR.choices("0123456789", k=GENERATOR.randint(2, 10))) for _ in range(1_000)]
PLUS = [f"{GENERATOR.randrange(1_000)}+{GENERATOR.randrange(1_000)}" for _ in range(1_000)]
YEARS = range(1970, 2020)
DATES = [f"{GENERATOR.choice(['MAY', 'june'])} {GENERATOR.randrange(1, 29)}, {GENERATOR.choice(YEARS)}" for _ in range(1_000)]
ISO = [f"{GENERATOR.choice(YEARS)}-05-{GENERATOR.randrange(10, 29)}" for _ in range(1_000)]
GRAMMAR = (["the"], ["cat", "dog"], ["sees", "eats"], ["a"], ["fish"])
TOY = [" ".join(GENERATOR.choice(words) for words in GRAMMAR) for _ in range(400)]
TOY_ZH = ["".join(GENERATOR.choice(words) for words in (["猫", "狗"], ["看见", "吃"], ["鱼"])) for _ in range(400)]


@pytest.mark.parametrize(
    ("inputs", "targets", "kind"),
    [
        (LETTERS, LETTERS, "word"),
        (DIGITS, DIGITS, "word"),
        (TOY, TOY_ZH, "word"),
        (PLUS, PLUS, "character"),
        (DATES, ISO, "character"),
    ],
)
def test_sequences_of_symbols_get_symbols(inputs, targets, kind):
    choice = choose_tokenizer("seq2seq", inputs, targets)
    assert choice.kind == kind
    assert not choice.lowercase
    assert choice.reason


def test_running_text_is_read_by_characters_and_other_texts_in_parts_of_words():
    assert choose_tokenizer("causal-lm", TOY, running=True).kind == "character"
    assert choose_tokenizer("causal-lm", TOY).kind == "bpe"
    assert choose_tokenizer("token-classification", TOY).kind == "bpe"
    assert choose_tokenizer("text-classification", TOY, kind="wordpiece").kind == "wordpiece"


def test_case_is_folded_for_classes_of_alphabetic_text_alone():
    assert choose_tokenizer("text-classification", TOY).lowercase
    assert not choose_tokenizer("text-classification", TOY_ZH).lowercase
    assert not choose_tokenizer("masked-lm", TOY).lowercase


def test_han_is_counted_among_letters():
    assert han_share(["我们 ab!!!"]) == 0.5
    assert han_share(["123", ""]) == 0
    assert mainly_han(["买了一部 iPhone，很好用，电池也耐用"])
    assert not mainly_han(["hello 你"])


def test_sentence_pairs_are_not_taken_for_symbols(real_data):
    with (real_data / "C_tatoeba_en_zh" / "cmn.txt").open(encoding="utf-8", newline="") as file:
        pairs = [row[:2] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    english, chinese = zip(*pairs[::5], strict=True)
    choice = choose_tokenizer("seq2seq", english, chinese)
    assert (choice.kind, choice.vocab_size) == ("bpe", 8_000)
    assert choose_tokenizer("seq2seq", english, [text[::-1] for text in english]).kind == "bpe"


def test_no_texts_are_no_error():
    for task in ("seq2seq", "text-classification"):
        assert choose_tokenizer(task, []).kind
