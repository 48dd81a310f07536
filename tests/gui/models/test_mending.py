"""A mend is written into settings, seen in them, and taken back out of them: all of it and nothing else."""

from __future__ import annotations

import random
from typing import Any

from workbench.contracts.findings import Finding, Mend
from workbench.contracts.specs import SECTIONS, Experiment
from workbench.gui.models.draft import Draft
from workbench.gui.models.mending import applied, changes, mended_by, of_rows, returned, together, way_back, way_back_unseen


def mend(name: str = "", **sections: dict[str, Any]) -> Mend:  # Any: each setting has its own type
    return Mend(name=name, does="does something", settings=sections)


def draft_of(**sections: dict[str, Any]) -> Draft:
    draft = Draft()
    draft.replace(sections)
    return draft


def test_names_of_mends_are_added_in_order_and_never_twice() -> None:
    draft = draft_of(data={"mends": "drop-empty strip-spaces"})
    draft.change(changes(mend(data={"mends": "drop-duplicates drop-empty"}), draft.given))
    assert draft.given["data"]["mends"] == "drop-empty strip-spaces drop-duplicates"


def test_the_way_back_takes_only_what_the_mend_brought() -> None:
    draft = draft_of(data={"mends": "drop-empty", "encoding": "big5"}, train={"seed": 1})
    chosen = mend(data={"mends": "drop-empty drop-duplicates", "encoding": "gb18030"}, train={"label_smoothing": 0.1})
    before, back = draft.given, way_back(chosen, draft.given)
    draft.change(changes(chosen, draft.given))
    assert applied(chosen, draft.given)
    draft.set("train", "seed", 2)
    draft.change(changes(mend(data={"mends": "strip-html"}), draft.given))
    draft.change(returned(back, draft.given))
    assert draft.given["data"] == {"mends": "drop-empty strip-html", "encoding": "big5"}
    assert draft.given["train"] == {"seed": 2}
    draft.change(returned(way_back_unseen(mend(data={"mends": "strip-html"})), draft.given))
    draft.set("train", "seed", 1)
    assert draft.given == before


def test_where_nobody_saw_what_was_before_all_of_it_is_left_to_be_decided() -> None:
    chosen = mend(data={"mends": "drop-empty", "encoding": "gb18030"})
    draft = draft_of(data={"table": "a.csv", "mends": "drop-empty", "encoding": "gb18030"})
    draft.change(returned(way_back_unseen(chosen), draft.given))
    assert draft.given["data"] == {"table": "a.csv"}


def test_a_mend_is_seen_only_where_all_of_it_stands() -> None:
    both = mend(data={"mends": "a b"}, train={"label_smoothing": 0.1})
    assert not applied(both, draft_of(data={"mends": "a b"}).given)
    assert not applied(both, draft_of(data={"mends": "b"}, train={"label_smoothing": 0.1}).given)
    assert applied(both, draft_of(data={"mends": "b x a"}, train={"label_smoothing": 0.1}).given)
    assert not applied(mend(), draft_of().given)  # what only a person can do in the file is never done by settings
    assert not applied(mend(data={"mends": "drop"}), draft_of(data={"mends": "drop-empty"}).given)


def test_of_two_ways_the_one_that_explains_more_is_the_one_that_was_taken() -> None:
    small, large = mend("small", data={"mends": "a"}), mend("large", data={"mends": "a"}, train={"seed": 1})
    finding = Finding(kind="k", count=1, evidence="so", mends=(small, large))
    assert mended_by(finding, draft_of(data={"mends": "a"}, train={"seed": 1}).given) is large
    assert mended_by(finding, draft_of(data={"mends": "a"}).given) is small
    assert mended_by(finding, draft_of().given) is None


def test_mends_done_and_taken_back_in_any_order_leave_what_was_there() -> None:
    chance = random.Random(0)
    for _ in range(200):
        given = {"data": {"table": "a.csv"} | ({"mends": "x y"} if chance.random() < 0.5 else {}), "train": {}, "model": {}}
        draft = draft_of(**given)
        mends = [mend(data={"mends": name}) for name in ("a", "b", "c d")] + [
            mend(train={"seed": 5}),
            mend(data={"header": False}),
        ]
        chance.shuffle(mends)
        backs = []
        for each in mends:
            backs.append(way_back(each, draft.given))
            draft.change(changes(each, draft.given))
        assert all(applied(each, draft.given) for each in mends)
        chance.shuffle(backs)
        for back in backs:
            draft.change(returned(back, draft.given))
        assert draft.given == given


def test_a_mend_outlives_saving_and_opening() -> None:
    chosen = mend(data={"mends": "drop-duplicates", "header": False}, train={"label_smoothing": 0.1})
    draft = draft_of(data={"table": "a.csv"})
    draft.change(changes(chosen, draft.given))
    again = Experiment.from_toml(draft.experiment().to_toml())
    assert applied(chosen, {section: vars(getattr(again, section)) for section in SECTIONS})


def test_mends_together_stand_in_an_order_in_which_none_hides_what_another_looks_for() -> None:
    names = ("drop-duplicates", "keep-commonest-label", "merge-near-labels", "merge-labels", "strip-html drop-rare-classes")
    all_at_once = together(mend(data={"mends": each}) for each in names)
    assert all_at_once.settings == {
        "data": {"mends": "strip-html merge-labels merge-near-labels keep-commonest-label drop-duplicates drop-rare-classes"}
    }


def test_what_decides_more_than_rows_is_never_mended_with_all_others() -> None:
    rows, task, reading = (
        mend(data={"mends": "a"}),
        mend(data={"mends": "a", "task": "multi-label"}),
        mend(data={"header": False}),
    )
    for first, found in ((rows, rows), (task, None), (reading, None), (mend(), None)):
        assert of_rows(Finding(kind="k", count=1, evidence="so", mends=(first, rows))) is found
    assert of_rows(Finding(kind="k", count=1, evidence="so")) is None
