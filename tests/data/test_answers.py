"""An answer is found where it stands in its passage."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from workbench.data.answers import Answer, answer_of, place_of


def test_a_cell_is_an_answer_or_a_set_of_answers_of_which_the_first_counts() -> None:
    assert answer_of(" Rome ") == Answer("Rome")
    assert answer_of(json.dumps({"text": ["Rome", "Roma"], "answer_start": [7, 9]})) == Answer("Rome", 7)
    assert answer_of(json.dumps({"text": [], "answer_start": []})) == Answer("")
    assert answer_of("{no json") == Answer("{no json")


def test_a_whole_word_comes_before_a_part_of_one() -> None:
    assert place_of("art", "party art") == 6
    assert place_of("art", "party") == 1
    assert place_of("海", "上海") == 1


def test_a_wrong_start_leads_to_the_nearest_place() -> None:
    passage = "one two one two one"
    assert place_of("one", passage, 8) == 8
    assert place_of("one", passage, 9) == 8
    assert place_of("one", passage, 400) == 16


def test_case_is_forgiven_and_absence_is_not() -> None:
    assert place_of("ROME", "in Rome") == 3
    assert place_of("Paris", "in Rome") is None


@given(st.text(min_size=1, max_size=5), st.text(max_size=20), st.text(max_size=20))
def test_an_answer_that_is_there_is_found_there(answer: str, before: str, after: str) -> None:
    passage = before + answer + after
    assert place_of(answer, passage, len(before)) == len(before)
    place = place_of(answer, passage)
    assert place is not None
    assert passage[place : place + len(answer)] == answer
