from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.edits import HEAD_STATES, WHAT, Edit, EditState, Head, state_after, undoing
from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.events import Edited
from workbench.contracts.specs import Experiment

RATE = Edit(what="learning_rate", value=0.01, step=10)
OFF = Edit(what="head", value="off", kind="encoder", layer=0, head=1, step=20)
SHAPE = {"layout": "encoder", "layers": 2, "heads": 4}

steps = st.integers(0, 50)
edits = st.one_of(
    st.builds(Edit, what=st.just("learning_rate"), value=st.none() | st.floats(1e-6, 100), step=steps),
    st.builds(Edit, what=st.just("dropout"), value=st.none() | st.floats(0, 0.9), step=steps),
    st.builds(Edit, what=st.just("film_text"), value=st.none() | st.sampled_from(["", "a b", "“早”\n="]), step=steps),
    st.builds(
        Edit, what=st.just("head"), value=st.none() | st.sampled_from(HEAD_STATES), kind=st.just("encoder"),
        layer=st.integers(0, 1), head=st.integers(0, 3), step=steps,
    ),
)  # fmt: skip
anything = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**400), st.floats(), st.text(max_size=5), st.lists(st.integers(), max_size=2),
    st.sampled_from([*WHAT, *HEAD_STATES, "encoder"]),
)  # fmt: skip


@given(st.lists(edits, max_size=6))
def test_edits_are_part_of_the_experiment_file(some: list[Edit]) -> None:
    experiment = dataclasses.replace(Experiment.from_dict({"model": SHAPE}), edits=tuple(some))
    again = Experiment.from_toml(experiment.to_toml())
    assert again == experiment
    assert [edit.step for edit in again.edits] == sorted(edit.step for edit in some)
    assert again.replace(train={"seed": 1}).edits == experiment.edits


def test_an_experiment_without_edits_is_written_as_before() -> None:
    assert "edits" not in Experiment().to_toml()


@given(edits)
def test_an_edit_is_read_back_from_the_word_it_is_written_as(edit: Edit) -> None:
    again = Edit.parse(str(edit)).at(edit.step)
    if edit.value == "":  # no word tells it from going back to the experiment's text
        assert again.value is None
    elif isinstance(edit.value, float):
        assert again.value == pytest.approx(edit.value, rel=1e-5)
    else:
        assert state_after([again]) == state_after([edit])


@pytest.mark.parametrize(
    "word", ["", "off", "off:encoder:0", "off:encoder:a:0", "dropout", "dropout=x", "gone:encoder:0:0", "x=1"]
)
def test_a_word_that_is_no_edit_is_refused_with_how_to_write_one(word: str) -> None:
    with pytest.raises(WorkbenchError, match=r"learning_rate=0\.0003"):
        Edit.parse(word)


@given(st.lists(edits, max_size=8), steps)
def test_what_holds_follows_from_the_edits_up_to_a_step(some: list[Edit], step: int) -> None:
    held = EditState()
    for edit in sorted(some, key=lambda edit: edit.step):
        if edit.step <= step:
            held = state_after([*_as_edits(held), edit.at(0)])
    assert state_after(some, step) == held


def _as_edits(held: EditState) -> list[Edit]:
    plain = [Edit(what=what, value=getattr(held, what)) for what in ("learning_rate", "dropout", "film_text")]
    return plain + [Edit(what="head", value=state, **head._asdict()) for head, state in held.heads.items()]


@given(st.lists(edits, min_size=1, max_size=8))
def test_undoing_the_last_edit_restores_what_was_in_force(some: list[Edit]) -> None:
    ordered = sorted(some, key=lambda edit: edit.step)
    last = ordered[-1]
    assert state_after([*ordered, undoing(ordered, last)]) == state_after(ordered[:-1])


def test_undoing_what_is_no_edit_of_the_run_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="no such edit"):
        undoing([RATE], OFF)


tables_of_edits = st.dictionaries(st.sampled_from(["what", "value", "kind", "layer", "head", "step", "more"]), anything)


@given(st.lists(tables_of_edits, max_size=3))
def test_wild_edits_are_fine_or_refused_by_field(tables: list[dict[str, Any]]) -> None:
    try:
        experiment = Experiment.from_dict({"model": SHAPE, "edits": tables})
    except SpecError as refused:
        problems = refused.problems
    else:
        assert Experiment.from_toml(experiment.to_toml()) == experiment
        return
    assert all(problem.field.startswith("edits.") and problem.allowed for problem in problems)


@pytest.mark.parametrize("content", [3, "x", [1], {"what": "dropout"}])
def test_what_is_no_list_of_tables_is_refused(content: object) -> None:
    with pytest.raises(SpecError, match=r"\[\[edits\]\]"):
        Experiment.from_dict({"edits": content})


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({"kind": "decoder", "layer": 0, "head": 0}, "edits.0.kind"),
        ({"kind": "encoder", "layer": 2, "head": 0}, "edits.0.layer"),
        ({"kind": "encoder", "layer": 0, "head": 4}, "edits.0.head"),
    ],
)
def test_a_head_that_the_model_will_not_have_is_refused(edit: dict[str, Any], field: str) -> None:
    with pytest.raises(SpecError) as caught:
        Experiment.from_dict({"model": SHAPE, "edits": [{"what": "head", "value": "off", "step": 1, **edit}]})
    assert [problem.field for problem in caught.value.problems] == [field]


def test_the_event_and_the_edit_say_the_same() -> None:
    assert Edited.of(OFF, 1.0).edit == OFF
    assert state_after([RATE, OFF], 15) == EditState(learning_rate=0.01)
    assert state_after([RATE, OFF]).heads == {Head("encoder", 0, 1): "off"}
