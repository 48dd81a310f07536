from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.fields import type_of
from workbench.contracts.specs import SECTIONS, Experiment, nearest_widths

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(), st.text(max_size=8), st.lists(st.integers(), max_size=2)
)


def sensible(section: str, field: dataclasses.Field[Any]) -> st.SearchStrategy[Any]:
    """Values of the right type, in bounds or out of them."""
    kind, optional = type_of(SECTIONS[section], field.name)
    if field.metadata["choices"]:
        values: st.SearchStrategy[Any] = st.sampled_from(field.metadata["choices"])
    else:
        values = {bool: st.booleans(), int: st.integers(0, 300), float: st.floats(0, 2), str: st.text(max_size=5)}[kind]
    return st.one_of(values, st.none()) if optional else values


SETTINGS = [(name, field) for name, spec in SECTIONS.items() for field in dataclasses.fields(spec)]


@st.composite
def wild_sections(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Some settings, mostly sensible and sometimes anything at all: drawing every one for each example took half a minute."""
    sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
    for number in draw(st.sets(st.integers(0, len(SETTINGS) - 1), max_size=16)):
        name, field = SETTINGS[number]
        sections[name][field.name] = draw(st.one_of(sensible(name, field), sensible(name, field), scalars))
    return sections


def test_toml_and_back_is_the_same_experiment() -> None:
    experiment = Experiment(name='评论 "quoted"').replace(
        data={"table": "a b.csv", "delimiter": "\t"}, model={"positions": "alibi", "residual": False}, train={"max_seconds": 2.5}
    )
    assert Experiment.from_toml(experiment.to_toml()) == experiment


@settings(max_examples=300, deadline=None)
@given(wild_sections())
def test_a_wild_spec_works_or_says_everything_that_is_wrong(sections: dict[str, dict[str, Any]]) -> None:
    try:
        experiment = Experiment.from_dict(sections)
    except SpecError as refused:
        problems = refused.problems
    else:
        assert Experiment.from_toml(experiment.to_toml()) == experiment
        return
    assert problems
    assert all(problem.field and problem.allowed for problem in problems)


@given(st.text(max_size=60))
def test_any_text_is_an_experiment_or_a_clear_error(text: str) -> None:
    try:
        Experiment.from_toml(text)
    except WorkbenchError as refused:
        what, mend = refused.what, refused.mend
    else:
        return
    assert what
    assert mend


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(SpecError) as caught:
        Experiment.from_dict({"model": {"layers": 0, "heads": "two", "colour": 1}, "train": {"seed": -1}, "extra": {}})
    fields = {problem.field for problem in caught.value.problems}
    assert fields == {"model.layers", "model.heads", "model.colour", "train.seed", "extra"}


def test_an_indivisible_width_offers_its_neighbours() -> None:
    with pytest.raises(SpecError, match="126, 132"):
        Experiment().replace(model={"d_model": 127, "heads": 6})
    assert nearest_widths(3, 4) == (4,)


@pytest.mark.parametrize(
    ("sections", "field"),
    [
        ({"model": {"positions": "rotary", "d_model": 12, "heads": 4}}, "model.positions"),
        ({"data": {"validation": 0.6, "test_share": 0.5}}, "data.test_share"),
        ({"data": {"task": "seq2seq"}, "model": {"layout": "encoder"}}, "model.layout"),
        ({"train": {"device": "gpu"}}, "train.device"),
        ({"train": {"device": "cuda:x"}}, "train.device"),
        ({"data": {"quote": "ab"}}, "data.quote"),
        ({"data": {"delimiter": ""}}, "data.delimiter"),
        ({"data": {"table": "a\x00b"}}, "data.table"),
        ({"train": {"learning_rate": float("nan")}}, "train.learning_rate"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(sections: dict[str, dict[str, Any]], field: str) -> None:
    with pytest.raises(SpecError) as caught:
        Experiment.from_dict(sections)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_whole_numbers_serve_as_fractions() -> None:
    assert Experiment.from_toml("[train]\nclip = 1\n").train.clip == 1.0


def test_every_setting_explains_itself_and_its_name_is_unique() -> None:
    names = [f.name for spec in SECTIONS.values() for f in dataclasses.fields(spec)]
    assert len(names) == len(set(names))
    assert all(len(f.metadata["help"]) > 10 for spec in SECTIONS.values() for f in dataclasses.fields(spec))
