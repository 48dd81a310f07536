from __future__ import annotations

import numpy as np
import pytest

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Answer, Change, Inspected, Query, Wall


@pytest.mark.parametrize(
    ("word", "change"),
    [
        ("off:encoder:2:5", Change(act="off", kind="encoder", layer=2, head=5)),
        ("off", Change(act="off")),
        ("off:encoder", Change(act="off", kind="encoder")),
        ("uniform:*:0", Change(act="uniform", layer=0)),
        ("no-mask:cross:*:3", Change(act="no-mask", kind="cross", head=3)),
        ("temperature=0.5", Change(act="temperature", value=0.5)),
        ("temperature=2:decoder:1", Change(act="temperature", kind="decoder", layer=1, value=2.0)),
    ],
)
def test_a_change_is_written_in_one_word(word: str, change: Change) -> None:
    assert Change.parse(word) == change
    assert str(change) == word
    assert Change.parse(str(change)) == change


@pytest.mark.parametrize(
    "word",
    [
        "", "explode", "off:encoder:two", "off:encoder:-1", "off:encoder:1:2:3", "off:middle", "off=1", "temperature",
        "temperature=", "temperature=0", "temperature=-1", "temperature=inf", "temperature=nan", "temperature=hot", "encoder:2:5",
    ],
)  # fmt: skip
def test_what_is_no_change_is_refused_with_a_mend(word: str) -> None:
    with pytest.raises(WorkbenchError) as refused:
        Change.parse(word)
    assert refused.value.mend


def test_the_gap_leaves_out_heads_that_are_off_and_what_is_not_known() -> None:
    trust = np.array([[0.9, 1e-7], [2e-7, np.nan]], np.float32)
    wall = Wall(kind="encoder", tiles=np.ones((2, 2, 1, 1), np.float32), trust=trust, queries=("a",), keys=("a",))

    def seen(*changes: str) -> Inspected:
        return Inspected(
            query=Query(text="a", changes=tuple(map(Change.parse, changes))), walls={"encoder": wall}, tokens=("a",),
            target_tokens=(), special=(False,), spans=((0, 1),), answer=Answer(kind="vector"),
        )  # fmt: skip

    both = (0, 1)
    assert seen().gap("encoder", both, both) == pytest.approx(0.9)
    assert seen("off:encoder:0:0").gap("encoder", both, both) == pytest.approx(2e-7)
    assert seen("off:decoder").gap("encoder", both, both) == pytest.approx(0.9)
    assert seen().gap("encoder", (1,), (1,)) is None
    assert seen("off").gap("encoder", both, both) is None


def test_a_wall_of_some_layers_keeps_their_numbers() -> None:
    tiles, trust = np.ones((2, 1, 1, 1), np.float32), np.array([[1e-7], [3e-7]], np.float32)
    wall = Wall(kind="decoder", tiles=tiles, trust=trust, queries=("a",), keys=("a",), layers=(1, 5))
    seen = Inspected(
        query=Query(text="a"), walls={"decoder": wall}, tokens=("a",), target_tokens=(), special=(False,), spans=((0, 1),),
        answer=Answer(kind="next"),
    )  # fmt: skip
    assert seen.gap("decoder", (5,), (0,)) == pytest.approx(3e-7)
    assert Wall(kind="decoder", tiles=tiles, trust=trust, queries=("a",), keys=("a",)).layers == (0, 1)
