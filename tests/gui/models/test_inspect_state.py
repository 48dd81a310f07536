from __future__ import annotations

import numpy as np
import pytest

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Answer, Change, HeadMap, Inspected, ModelFacts, Query, Wall
from workbench.gui.models.inspect_state import InspectState

FACTS = ModelFacts(
    path="/m",
    name="BertModel",
    task="embedding",
    parameters=1,
    layers={"encoder": 2},
    heads=3,
    longest=8,
    support="full",
    message="",
)


def seen(query: Query, *, kinds: tuple[str, ...] = ("encoder",), tokens: int = 4, tile: int = 4) -> Inspected:
    names = tuple("abcdefgh"[:tokens])
    walls = {
        kind: Wall(kind=kind, tiles=np.full((2, 3, tile, tile), 0.25), trust=np.zeros((2, 3)), queries=names, keys=names)
        for kind in kinds
    }
    return Inspected(
        query=query, walls=walls, tokens=names, target_tokens=(), special=(False,) * tokens, spans=((0, 1),) * tokens,
        answer=Answer(kind="vector"),
    )  # fmt: skip


class Asked:
    """What a state asks, in order."""

    def __init__(self, state: InspectState) -> None:
        self.log: list[object] = []
        state.open_asked.connect(lambda source: self.log.append(("open", source)))
        state.look_asked.connect(lambda: self.log.append("look"))
        state.head_asked.connect(lambda: self.log.append("head"))


def opened(text: str = "a text") -> tuple[InspectState, Asked]:
    state = InspectState()
    asked = Asked(state)
    state.ask(text=text)
    state.open("/m")
    state.take_model(FACTS)
    return state, asked


def test_a_text_waits_for_its_model() -> None:
    _, asked = opened()
    assert asked.log == [("open", "/m"), "look"]


def test_an_answer_to_an_older_question_is_let_fall() -> None:
    state, _ = opened()
    old = seen(state.query)
    state.ask(text="another")
    state.take(old)
    assert state.seen is None
    state.take(seen(state.query))
    assert state.seen is not None


def test_the_chosen_head_is_at_once_there_where_the_wall_holds_it_whole() -> None:
    state, asked = opened()
    state.take(seen(state.query))
    state.choose("encoder", 0, 2)
    assert state.head is not None
    assert (state.head.layer, state.head.head) == (0, 2)
    assert asked.log[-1] == "head"  # what its values weigh comes later


def test_a_head_of_a_long_text_is_asked_for_and_a_late_one_is_let_fall() -> None:
    state, asked = opened()
    state.take(seen(state.query, tokens=8, tile=4))
    assert state.head is None
    assert asked.log[-1] == "head"
    state.choose("encoder", 0, 1)
    late = HeadMap(kind="encoder", layer=1, head=0, weights=np.zeros((8, 8)))
    state.take_head(late)
    assert state.head is None
    state.take_head(HeadMap(kind="encoder", layer=0, head=1, weights=np.zeros((8, 8))))
    assert state.head is not None


def test_switching_twice_changes_nothing() -> None:
    state, _ = opened()
    state.take(seen(state.query))
    state.choose("encoder", 1, 1)
    state.switch()
    assert state.query.changes == (Change(act="off", kind="encoder", layer=1, head=1),)
    state.take(seen(state.query))
    assert state.head is not None
    assert state.head.off
    state.switch()
    assert state.query.changes == ()


def test_another_temperature_replaces_the_one_before() -> None:
    state, _ = opened()
    state.take(seen(state.query))
    for value in (2.0, 4.0):
        state.change(Change(act="temperature", kind="encoder", layer=1, value=value))
    assert [change.value for change in state.query.changes] == [4.0]


def test_each_kind_remembers_its_head() -> None:
    state, _ = opened()
    state.take(seen(state.query, kinds=("encoder", "decoder", "cross")))
    assert state.kind == "cross"
    state.choose("encoder", 0, 1)
    state.choose("decoder", 1, 2)
    state.choose_kind("encoder")
    assert state.place == ("encoder", 0, 1)


def test_trouble_leaves_what_was_seen() -> None:
    state, _ = opened()
    state.take(seen(state.query))
    state.take_trouble(WorkbenchError("no", mend="yes"))
    assert state.seen is not None
    assert state.trouble is not None
    state.ask(text="next")
    assert state.trouble is None


def test_another_model_keeps_the_text_and_drops_the_changes() -> None:
    state, asked = opened()
    state.take(seen(state.query))
    state.switch()
    state.open("/other")
    assert state.query.changes == ()
    assert state.query.text == "a text"
    assert state.seen is None
    assert asked.log[-1] == ("open", "/other")


def test_an_act_that_is_not_known_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="there is no 'explode'"):
        Change(act="explode")


def test_a_cell_that_failed_does_not_shadow_the_next_one() -> None:
    state, _ = opened()
    state.take(seen(state.query))
    state.choose_cell(0, 1)
    state.take_study("cell", state.query, WorkbenchError("not seen", mend="another"))
    assert "cell" in state.failed
    state.choose_cell(1, 1)
    assert "cell" not in state.failed
    state.take_study("cell", state.query, WorkbenchError("not seen", mend="another"))
    state.choose("encoder", 0, 1)
    assert "cell" not in state.failed
