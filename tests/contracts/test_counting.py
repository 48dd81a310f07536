from __future__ import annotations

import pytest

from workbench.contracts.counting import counted


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 rows have no text"), (1, "1 row has no text"), (2, "2 rows have no text"), (1234, "1,234 rows have no text")],
)
def test_one_is_no_plural(count: int, said: str) -> None:
    assert counted(count, "row has", "rows have") + " no text" == said
