from __future__ import annotations

import numpy as np
import pytest

from workbench.engine.occlusion import deleted, effects, grouped, masked, words


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


def test_words_are_runs_of_letters_ideographs_and_signs() -> None:
    assert cut("Don't panic, it's 3.5!") == ["Don't", "panic", ",", "it's", "3", ".", "5", "!"]
    assert cut("我爱 red苹果。") == ["我", "爱", "red", "苹", "果", "。"]
    assert cut("  \n") == []


def test_a_word_is_deleted_with_the_space_behind_it() -> None:
    text = "one two  three"
    one, two, three = words(text)
    assert deleted(text, [one]) == "two  three"
    assert deleted(text, [two]) == "one three"
    assert deleted(text, [three]) == "one two  "
    assert deleted(text, [one, two]) == "three"
    text = "one, two"
    one, comma, two = words(text)
    assert deleted(text, [one]) == ", two"
    assert deleted(text, [comma]) == "one two"
    assert deleted(text, [two]) == "one, "
    assert deleted("我爱红", [words("我爱红")[1]]) == "我红"


def test_the_mask_stands_for_every_token_of_a_word_and_no_other() -> None:
    ids, places = [1, 10, 11, 12, 2], [(0, 0), (0, 2), (2, 5), (6, 9), (0, 0)]
    assert masked(ids, places, [(0, 5)], 99) == [1, 99, 99, 12, 2]
    assert masked(ids, places, [(6, 9)], 99) == [1, 10, 11, 99, 2]


@pytest.mark.parametrize(("count", "most"), [(0, 4), (1, 4), (4, 4), (5, 4), (17, 4), (1_000, 256)])
def test_groups_cover_every_word_once_and_are_no_more_than_allowed(count: int, most: int) -> None:
    found = grouped(count, most)
    assert [place for group in found for place in group] == list(range(count))
    assert len(found) <= most
    assert all(len(group) == len(found[0]) for group in found[:-1])


def test_an_effect_is_what_the_answer_loses() -> None:
    found = effects(np.array([0.9, 0.4, 0.95]), [range(0, 2), range(2, 3)], 4)
    np.testing.assert_allclose(found[:3], [0.5, 0.5, -0.05])
    assert np.isnan(found[3])
