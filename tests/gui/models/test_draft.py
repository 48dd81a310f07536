"""The experiment being set up: several settings at once are one step."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from workbench.gui.models.draft import Draft


def test_several_settings_are_changed_and_undone_as_one_step(qtbot: QtBot) -> None:
    draft = Draft()
    draft.set("data", "table", "a.csv")
    draft.set("data", "header", True)
    before = draft.given
    with qtbot.waitSignal(draft.changed):
        draft.change({"data": {"encoding": "gb18030", "header": None}, "train": {"seed": 3}})
    assert draft.given["data"] == {"table": "a.csv", "encoding": "gb18030"}
    assert draft.given["train"] == {"seed": 3}
    draft.undo()
    assert draft.given == before
    draft.redo()
    assert draft.given["train"] == {"seed": 3}


def test_a_change_that_changes_nothing_is_no_step(qtbot: QtBot) -> None:
    draft = Draft()
    draft.set("data", "table", "a.csv")
    with qtbot.assertNotEmitted(draft.changed):
        draft.change({"data": {"table": "a.csv", "encoding": None}, "train": {}})
    draft.undo()
    assert draft.given["data"] == {}


def test_who_starts_from_another_model_leaves_what_a_run_wrote_down_to_what_is_recommended(qtbot: QtBot) -> None:
    """A run from scratch writes its learning rate down: with it, a pretrained model would forget what it knows."""
    run = {"data": {"table": "a.csv", "text": "message", "tokenizer": "bpe"}, "model": {"layers": 2, "dropout": 0.3},
           "train": {"learning_rate": 7e-4, "epochs": 16, "seed": 5}}  # fmt: skip
    draft = Draft()
    draft.replace(run, name="a", written=run)
    assert draft.given == run
    draft.set("train", "epochs", 2)
    again = Draft()
    assert again.restore(draft.to_json())  # the window was closed in between
    for each in (draft, again):
        before = each.given
        each.start_from("minilm")
        assert each.given == {
            "data": {"table": "a.csv", "text": "message"}, "model": {"model": "minilm"}, "train": {"epochs": 2, "seed": 5}
        }  # fmt: skip
        each.undo()
        assert each.given == before


def test_what_a_person_set_stays_wherever_it_starts_from(qtbot: QtBot) -> None:
    draft = Draft()
    draft.set("train", "learning_rate", 1e-4)
    draft.start_from("minilm")
    draft.start_from(None)
    assert draft.given["train"] == {"learning_rate": 1e-4}
    assert draft.given["model"] == {}
