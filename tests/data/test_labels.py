"""Several labels in a cell: what stands between them is found, or rightly not."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.specs import SEPARATORS
from workbench.data.labels import find_separator, labels_of, separator_of

LABELS = ("bug", "crash", "new feature", "question", "docs", "slow")
SIGNS = {"semicolon": "; ", "comma": ",", "bar": "|", "space": " "}


def cells(join: object, *, rows: int = 120, labels: tuple[str, ...] = LABELS, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    return [join(chance.sample(labels, chance.choice([1, 1, 2, 3]))) for _ in range(rows)]  # type: ignore[operator]


@pytest.mark.parametrize("separator", ["semicolon", "comma", "bar"])
def test_the_sign_between_labels_is_found_with_its_evidence(separator: str) -> None:
    found = find_separator(cells(SIGNS[separator].join))
    assert found is not None
    assert found.value == separator
    assert "of 120 cells hold several of 6 labels" in found.evidence


def test_lists_as_json_and_python_write_them_are_found() -> None:
    for write in (json.dumps, repr):
        found = find_separator(cells(write))
        assert found is not None
        assert found.value == "json"


def test_full_width_signs_count_as_theirs() -> None:
    assert labels_of("喜悦；愤怒", "semicolon") == ("喜悦", "愤怒")
    assert labels_of("喜悦、愤怒，惊讶", "comma") == ("喜悦", "愤怒", "惊讶")


@pytest.mark.parametrize(
    "column",
    [
        ["salt, pepper", "sugar", "flour, eggs, milk"] * 40,  # classes whose names hold the sign
        [f"{city}, {country}" for city, country in zip("ABCDEFGHIJ", ["France"] * 5 + ["Spain"] * 5, strict=True)] * 12,
        [f"This is sentence {n}, which goes on; and on." for n in range(120)],
        ["good", "bad"] * 60,
        ["2020,5", "1,25", "3,5"] * 40,
        [f"{n}|{n + 1}" for n in range(120)],
        [],
    ],
)
def test_other_columns_hold_one_value_a_cell(column: list[str]) -> None:
    assert find_separator(column) is None


def test_where_labels_are_known_to_stand_something_is_decided() -> None:
    assert separator_of(["a b", "b", "c a"]).value == "space"
    one_each = separator_of(["a", "b"])
    assert (one_each.value, one_each.sure) == ("semicolon", False)


@given(st.lists(st.sampled_from(LABELS), max_size=6), st.sampled_from(SEPARATORS))
def test_joined_labels_come_back_each_once_in_order(labels: list[str], separator: str) -> None:
    if separator == "json":
        cell = json.dumps(labels)
    else:
        cell = SIGNS[separator].join(label.replace(" ", "\u00a0") if separator == "space" else label for label in labels)
    assert labels_of(cell, separator) == tuple(dict.fromkeys(labels))


@given(st.text(max_size=40), st.sampled_from(SEPARATORS))
def test_any_cell_gives_distinct_trimmed_labels_or_is_no_list(cell: str, separator: str) -> None:
    labels = labels_of(cell, separator)
    if labels is None:
        assert separator == "json"
    else:
        assert len(set(labels)) == len(labels)
        assert all(label and label == label.strip() for label in labels)
