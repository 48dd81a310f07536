"""What a head of a known sort looks at."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.engine.head_targets import targets


def places(name: str, kind: str, ids: list[int], special: list[int] | None = None) -> list[tuple[int, int]]:
    marks = np.array([token in (special or []) for token in ids])
    found = targets(kind, len(ids), len(ids), ids=ids, special=marks)
    return [(int(q), int(k)) for q, k in np.argwhere(found[name].wanted)]


def test_duplicates_are_earlier_ones_in_a_decoder_and_all_others_in_an_encoder() -> None:
    assert places("duplicate_token", "decoder", [7, 8, 7, 9, 8]) == [(2, 0), (4, 1)]
    assert places("duplicate_token", "encoder", [7, 8, 7, 9, 8]) == [(0, 2), (1, 4), (2, 0), (4, 1)]


def test_special_tokens_are_nobodys_duplicate_and_follow_nothing() -> None:
    assert places("duplicate_token", "encoder", [1, 7, 2, 7, 2], special=[1, 2]) == [(1, 3), (3, 1)]
    assert places("special_tokens", "encoder", [1, 7, 2], special=[1, 2]) == [(q, k) for q in range(3) for k in (0, 2)]
    assert places("induction", "decoder", [7, 8, 7, 9]) == [(2, 1)]


def test_mirrored_leaves_special_tokens_out() -> None:
    assert places("mirrored", "encoder", [1, 7, 8, 9, 2], special=[1, 2]) == [(1, 3), (2, 2), (3, 1)]
    across = targets("cross", 4, 5, special=np.array([False, False, False, False, True]))["mirrored"]
    assert np.argwhere(across.wanted).tolist() == [[0, 3], [1, 2], [2, 1], [3, 0]]


def test_only_queries_that_have_a_target_are_counted() -> None:
    found = targets("decoder", 5, 5, ids=[7, 8, 7, 9, 8])
    assert found["induction"].counted.tolist() == [False, False, True, False, True]
    assert found["previous_token"].counted.all()


@pytest.mark.parametrize("kind", ["encoder", "decoder", "cross"])
def test_what_a_text_does_not_have_is_left_out(kind: str) -> None:
    found = targets(kind, 3, 3, ids=[7, 8, 9])
    assert "special_tokens" not in found
    assert "induction" not in found
    assert "duplicate_token" not in found
    assert ("next_token" in found) == (kind == "encoder")
    assert ("previous_token" in found) == (kind != "cross")


def test_queries_after_a_prefix_stand_on_the_last_keys() -> None:
    found = targets("decoder", 2, 5)
    assert np.argwhere(found["previous_token"].wanted).tolist() == [[0, 2], [1, 3]]
    assert found["mean_distance"].wanted[0].tolist() == [3, 2, 1, 0, 1]
