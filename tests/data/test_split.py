from __future__ import annotations

import csv
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.data.split import fold, split, split_running

KEYS = st.lists(st.text("aAbß é\u0301 \n\tｆ１1", max_size=4), min_size=1, max_size=60)


@given(KEYS, st.data(), st.floats(0.01, 0.6), st.floats(0, 0.39), st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_every_row_has_one_side_and_copies_share_it(keys, data, validation, test, seed):
    strata = data.draw(st.lists(st.sampled_from("xyz"), min_size=len(keys), max_size=len(keys)))
    parts = split(keys, strata, {"validation": validation, "test": test}, seed)
    assert sorted(np.concatenate(list(parts.values())).tolist()) == list(range(len(keys)))
    assert all((np.diff(rows) > 0).all() for rows in parts.values())
    side = {int(row): name for name, rows in parts.items() for row in rows}
    sides = defaultdict(set)
    for row, key in enumerate(keys):
        sides[" ".join(unicodedata.normalize("NFKC", key).casefold().split())].add(side[row])
    assert all(len(found) == 1 for found in sides.values())
    assert {strata[row] for row in parts["train"]} == set(strata), "a class vanished from training"
    if len(sides) > len(set(strata)):
        assert len(parts["validation"])


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_each_class_gives_its_share_to_the_rounding(seed):
    sizes = {"a": 1000, "b": 333, "c": 40, "d": 7, "e": 1}
    strata = [name for name, size in sizes.items() for _ in range(size)]
    parts = split(map(str, range(len(strata))), strata, {"validation": 0.1, "test": 0.2}, seed)
    rows = len(strata)
    assert len(parts["validation"]) == round(0.1 * rows)
    assert abs(len(parts["test"]) - 0.2 * rows) <= 1
    for part, share in (("validation", 0.1), ("test", 0.2)):
        found = Counter(strata[row] for row in parts[part])
        assert all(abs(found[name] - share * size) <= 2 for name, size in sizes.items()), found
    assert Counter(strata[row] for row in parts["train"])["e"] == 1


def test_a_seed_gives_one_split_and_another_seed_another():
    keys = [f"text {number}" for number in range(500)]
    shares = {"validation": 0.1, "test": 0.1}
    first, again, other = (split(keys, None, shares, seed) for seed in (3, 3, 4))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["validation"], other["validation"])
    assert set(first["validation"]) != set(range(450, 500)), "the order of the file decides"


def test_rows_of_a_text_repeated_endlessly_do_not_empty_training():
    keys = ["same"] * 900 + [f"other {number}" for number in range(100)]
    parts = split(keys, None, {"validation": 0.1}, 0)
    assert len({keys[row] for row in parts["train"]}) >= 40
    assert 0 < len(parts["validation"]) <= 100


def test_many_copies_of_everything_keep_the_shares():
    generator = np.random.default_rng(0)
    keys = [f"text {number}" for number in generator.poisson(4, 20_000) * 1_000 + generator.integers(0, 1_000, 20_000)]
    assert max(Counter(keys).values()) > 10
    parts = split(keys, None, {"validation": 0.1}, 0)
    assert len(parts["validation"]) == pytest.approx(2_000, rel=0.02)


def test_one_text_alone_stays_in_training():
    parts = split(["a", "A ", "ａ"], ["x", "x", "x"], {"validation": 0.3}, 0)
    assert parts["train"].tolist() == [0, 1, 2]
    assert not len(parts["validation"])


def test_no_rows_at_all_are_no_error():
    assert {name: len(rows) for name, rows in split([], [], {"validation": 0.1}, 0).items()} == {"train": 0, "validation": 0}


@given(st.text(max_size=20))
def test_folding_twice_changes_no_more_than_folding_once_for_plain_text(text):
    plain = "".join(character for character in text if character.isascii())
    assert fold(fold(plain)) == fold(plain) == " ".join(plain.lower().split())


def test_full_width_letters_sharp_s_and_ideographic_spaces_are_copies():
    assert fold("ＡＢＣ　Straße ") == fold("abc STRASSE")
    assert fold("汉字") != fold("漢字")


@given(st.lists(st.integers(0, 50), max_size=80), st.floats(0.01, 0.5), st.floats(0.01, 0.4))
@settings(max_examples=200, deadline=None)
def test_running_text_is_cut_into_stretches_in_order(sizes, validation, test):
    parts = split_running(sizes, {"validation": validation, "test": test})
    assert np.concatenate([parts["train"], parts["validation"], parts["test"]]).tolist() == list(range(len(sizes)))
    if len(sizes) >= 3:
        assert all(len(rows) for rows in parts.values())
        characters = np.array(sizes) + 1
        longest = characters.max()
        assert abs(characters[parts["test"]].sum() - test * characters.sum()) <= longest + 2
        assert abs(characters[parts["validation"]].sum() - validation * characters.sum()) <= 2 * longest + 2


def test_banking77_is_split_alike_in_all_77_classes(real_data: Path):
    with (real_data / "A_banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    texts, classes = [row[0] for row in rows], [row[1] for row in rows]
    parts = split(texts, classes, {"validation": 0.1}, 0)
    sizes, found = Counter(classes), Counter(classes[row] for row in parts["validation"])
    assert all(abs(found[name] - 0.1 * size) <= 1 for name, size in sizes.items())
    folded = {fold(texts[row]) for row in parts["train"]}
    assert not any(fold(texts[row]) in folded for row in parts["validation"])
