"""Variants of texts: what stays, what changes, and how often."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.examples import SpecialIds
from workbench.engine.augmentation import Augmentation, varied, words_among

SPECIAL = SpecialIds(pad=0, unk=1, cls=2, sep=3, mask=4)
WORDS = words_among(np.array([2, 10, 11, 12, 13, 14, 3, 0], np.int32), SPECIAL)


def row(*ids: int) -> np.ndarray:
    return np.array([2, *ids, 3], np.int32)


def shares() -> st.SearchStrategy[Augmentation]:
    share = st.floats(0, 0.9)
    return st.builds(Augmentation, replace=share, insert=share, delete=share, swap=share)


@given(st.lists(st.lists(st.integers(5, 40), min_size=1, max_size=12), min_size=1, max_size=6), shares(), st.integers(0, 2**31))
def test_whatever_is_asked_the_frame_stays_something_is_left_and_nothing_grows_too_long(texts, how, seed):
    rows = [row(*text) for text in texts]
    before = [each.copy() for each in rows]
    torch.manual_seed(seed)
    variants, _ = varied(rows, how, WORDS, SPECIAL)
    longest = max(map(len, rows))
    for given_row, variant, kept in zip(rows, variants, before, strict=True):
        assert variant[0] == 2
        assert variant[-1] == 3
        assert 3 <= len(variant) <= longest
        assert not np.isin(variant[1:-1], [0, 1, 2, 3, 4]).any()
        assert set(variant[1:-1].tolist()) <= set(given_row.tolist()) | {10, 11, 12, 13, 14}
        np.testing.assert_array_equal(given_row, kept)


def test_the_same_state_of_chance_gives_the_same_variants():
    rows = [row(*range(20, 30)), row(*range(30, 34))]
    how = Augmentation(replace=0.3, insert=0.2, delete=0.2, swap=0.2)
    torch.manual_seed(7)
    state = torch.get_rng_state()
    first, _ = varied(rows, how, WORDS, SPECIAL)
    torch.set_rng_state(state)
    again, _ = varied(rows, how, WORDS, SPECIAL)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    other, _ = varied(rows, how, WORDS, SPECIAL)
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))


def test_nothing_asked_nothing_drawn():
    rows = [row(5, 6, 7)]
    state = torch.get_rng_state()
    assert varied(rows, Augmentation(), WORDS, SPECIAL)[0][0] is rows[0]
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_shares_are_those_asked_for(share):
    torch.manual_seed(0)
    long = row(*[20] * 20_000)
    words = np.array([10], np.int32)
    replaced = varied([long], Augmentation(replace=share), words, SPECIAL)[0][0]
    assert (replaced == 10).mean() == pytest.approx(share, abs=0.02)
    deleted = varied([long], Augmentation(delete=share), words, SPECIAL)[0][0]
    assert len(deleted) / len(long) == pytest.approx(1 - share, abs=0.02)
    inserted = varied([long], Augmentation(insert=share), words, SPECIAL, limit=100_000)[0][0]
    assert len(inserted) / len(long) == pytest.approx(1 + share, abs=0.02)
    swapped = varied([row(*range(100, 20_100))], Augmentation(swap=share), words, SPECIAL)[0][0]
    assert sorted(swapped[1:-1]) == list(range(100, 20_100))
    moved = (swapped[1:-1] != np.arange(100, 20_100)).mean()
    assert share * 0.9 < moved < share * 2.1


def test_a_row_without_a_word_is_left_alone():
    only = np.array([2, 3], np.int32)
    assert np.array_equal(varied([only], Augmentation(delete=0.9, replace=0.9, insert=0.9), WORDS, SPECIAL)[0][0], only)


@given(st.integers(1, 9), st.integers(1, 9), shares(), st.integers(0, 2**31))
def test_two_texts_in_a_row_keep_apart(first, second, how, seed):
    torch.manual_seed(seed)
    pair = np.array([2, *[20] * first, 3, *[30] * second, 3], np.int32)
    types = np.array([0] * (first + 2) + [1] * (second + 1), np.int32)
    (made,), sides = varied([pair], how, WORDS, SPECIAL, types=[types], limit=40)
    variant = made.tolist()
    middle = variant.index(3)
    assert variant.count(3) == 2
    assert 1 < middle < len(variant) - 2
    assert 30 not in variant[:middle]
    assert 20 not in variant[middle:]
    assert sides is not None
    assert sides[0].tolist() == [0] * (middle + 1) + [1] * (len(variant) - middle - 1)


def test_words_are_drawn_as_often_as_they_stand_in_the_texts():
    values = np.array([2, *[10] * 300, *[11] * 100, 3, 0, 4], np.int32)
    torch.manual_seed(2)
    drawn = varied([row(*[20] * 10_000)], Augmentation(replace=0.9), words_among(values, SPECIAL), SPECIAL)[0][0]
    assert (drawn == 10).sum() / np.isin(drawn, [10, 11]).sum() == pytest.approx(0.75, abs=0.03)


def test_where_there_is_no_word_to_draw_texts_stay():
    rows = [row(20, 21)]
    assert varied(rows, Augmentation(replace=0.9), words_among(np.array([2, 3], np.int32), SPECIAL), SPECIAL)[0][0] is rows[0]
