"""Pieces to words, and two tokenisations to shared units."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.errors import WorkbenchError
from workbench.engine.alignment import Groups, common_units, grouped, words

TEXT = "unhappy cats sleep"
PIECES = [(0, 0), (0, 2), (2, 7), (8, 12), (13, 18), (0, 0)]  # [CLS] un happy cats sleep [SEP]
OTHER = [(0, 4), (4, 7), (7, 11), (11, 12), (12, 18)]  # unha ppy ␣cat s ␣sleep


def test_pieces_become_words_with_sums_over_keys_and_means_over_queries() -> None:
    groups = words(TEXT, PIECES, [None, 0, 0, 1, 2, None])
    assert groups.labels == ("unhappy", "cats", "sleep")
    weights = np.random.default_rng(0).dirichlet(np.ones(6), size=(2, 3, 6))
    result = grouped(weights, groups, groups)
    assert result.shape == (2, 3, 3, 4)
    np.testing.assert_allclose(result.sum(-1), 1.0)
    one = weights[1, 2]
    assert result[1, 2, 0, 0] == pytest.approx((one[1, 1] + one[1, 2] + one[2, 1] + one[2, 2]) / 2)
    assert result[1, 2, 1, 3] == pytest.approx(one[3, 0] + one[3, 5])
    assert result[1, 2, 2, 1] == pytest.approx(one[4, 3])


def test_two_tokenisations_meet_in_the_smallest_shared_units() -> None:
    one, other = common_units(TEXT, PIECES, OTHER)
    assert one.labels == other.labels == ("unhappy", "cats", "sleep")
    assert one.of == (3, 0, 0, 1, 2, 3)
    assert other.of == (0, 0, 1, 1, 2)


def test_the_same_tokenisation_meets_in_its_own_tokens() -> None:
    one, other = common_units(TEXT, PIECES, PIECES)
    assert one == other
    assert one.labels == ("un", "happy", "cats", "sleep")


def test_pieces_of_one_character_stay_together() -> None:
    one, other = common_units("a🙂b", [(0, 1), (1, 2), (1, 2), (1, 2), (2, 3)], [(0, 1), (1, 3)])
    assert one.labels == ("a", "🙂b")
    assert (one.of, other.of) == ((0, 1, 1, 1, 1), (0, 1))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_any_two_cuts_give_comparable_maps_whose_rows_sum_to_one(first: list[int], second: list[int]) -> None:
    length = min(sum(first), sum(second))
    text = "x" * length

    def spans(lengths: list[int]) -> list[tuple[int, int]]:
        cuts = sorted({0, length, *(cut for cut in np.cumsum(lengths).tolist() if cut < length)})
        return list(pairwise(cuts))

    groups = common_units(text, spans(first), spans(second))
    assert "".join(groups[0].labels) == text
    shared = set(np.cumsum([0, *map(len, groups[0].labels)]).tolist())
    assert shared == {start for start, _ in spans(first)} & {start for start, _ in spans(second)} | {length}
    for one, cut in zip(groups, (spans(first), spans(second)), strict=True):
        weights = np.random.default_rng(0).dirichlet(np.ones(len(cut)), size=len(cut))
        result = grouped(weights, one, one)
        assert result.shape == (one.size, one.size + 1)
        np.testing.assert_allclose(result.sum(-1), 1.0)


def test_groups_of_other_tokens_are_refused() -> None:
    with pytest.raises(WorkbenchError, match="2 units for 3 tokens"):
        grouped(np.eye(3), Groups(of=(0, 1), size=2), Groups(of=(0, 1, 2), size=3))
