"""A name is earned against both baselines, and induction also against position."""

from __future__ import annotations

import numpy as np

from workbench.contracts.head_tables import LABELS
from workbench.engine.head_names import BY_PLACE, BY_WORDS, MARGIN, head_names


def names(
    value: float, uniform: float = 0.1, shuffled: float = 0.1, band: float = 0.05, moved: float | None = None, *, column: str
) -> tuple[str, ...]:
    def array(number: float) -> dict[str, np.ndarray]:
        return {column: np.full((1, 1), number)}

    return head_names(array(value), array(uniform), array(shuffled), array(band), {} if moved is None else array(moved))[0][0]


def test_a_score_must_beat_both_baselines_by_the_margin() -> None:
    assert names(0.1 + 0.05 + MARGIN + 0.01, column="previous_token") == ("previous_token",)
    assert names(0.1 + 0.05 + MARGIN - 0.01, column="previous_token") == ()
    assert names(0.5, uniform=0.4, column="previous_token") == ()
    assert names(0.5, shuffled=0.4, column="previous_token") == ()
    assert names(0.5, band=0.3, column="previous_token") == ()


def test_induction_is_claimed_only_where_it_goes_by_the_words() -> None:
    assert names(0.9, moved=0.1, column="induction") == ("induction",)
    assert names(0.9, moved=0.85, column="induction") == ()
    assert names(0.9, column="induction") == ()
    assert names(0.9, moved=0.85, column="previous_token") == ("previous_token",)


def test_the_clearest_name_comes_first_and_each_has_words() -> None:
    columns = {"first_token": np.array([[0.5]]), "special_tokens": np.array([[0.8]]), "entropy": np.array([[1.0]])}
    nothing = {name: np.zeros((1, 1)) for name in columns}
    assert head_names(columns, nothing, nothing, nothing, {}) == ((("special_tokens", "first_token"),),)
    assert set(LABELS) == {*BY_PLACE, *BY_WORDS}
