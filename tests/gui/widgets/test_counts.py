"""One of something is no plural."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.gui.widgets.counts import heads_text, layers_text, moments_text, rows_text


@pytest.mark.parametrize(
    ("words", "name"), [(layers_text, "layer"), (heads_text, "head"), (rows_text, "row"), (moments_text, "moment")]
)
def test_one_is_told_as_one(words: Callable[[int], str], name: str) -> None:
    assert [words(count) for count in (0, 1, 2, 1_000)] == [f"0 {name}s", f"1 {name}", f"2 {name}s", f"1,000 {name}s"]
