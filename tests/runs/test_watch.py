"""Looking at a model while it trains."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.runs.test_execute import drain, same
from tests.tables import TASKS, tiny, write_table
from workbench.contracts.edits import Edit
from workbench.contracts.events import Edited, Looked, Paused, Started, Step
from workbench.engine.control import Control
from workbench.runs.execute import resume, start
from workbench.runs.folder import RunFolder
from workbench.runs.opened import open_trained
from workbench.runs.watch import Observer, Watch

KINDS = {task: {"encoder"} for task in TASKS} | {"causal-lm": {"decoder"}, "seq2seq": {"encoder", "decoder", "cross"}}


@pytest.mark.parametrize("task", TASKS)
def test_every_task_can_be_watched_and_learns_the_same_as_unwatched(
    task: str, tmp_path: Path, alone: Callable[[str], Path]
) -> None:
    experiment = tiny(write_table(tmp_path, task), task)
    said, _ = drain(start(experiment, tmp_path / "watched", watch=Watch(share=0.9)))
    looks = [event for event in said if isinstance(event, Looked)]
    assert len(looks) > 1
    for look in looks:
        assert not look.trouble
        assert look.text
        assert set(look.frames) == KINDS[task]
        for frame in look.frames.values():
            np.testing.assert_allclose(frame.weights.sum(-1), 1.0, atol=1e-5)
    assert same(tmp_path / "watched", alone(task))
    assert not any(isinstance(event, Looked) for event in RunFolder(tmp_path / "watched").events())


def test_the_first_look_comes_before_the_first_step(tmp_path: Path) -> None:
    said, _ = drain(start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run", watch=Watch()))
    assert isinstance(said[0], Started)
    assert isinstance(said[1], Looked)
    assert said[1].step == 0


def test_a_new_text_is_looked_at_after_the_next_step(tmp_path: Path) -> None:
    watch = Watch(share=1e-6)  # nothing but what is asked for
    events = start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run", watch=watch)
    seen: list[str] = []
    for event in events:
        if isinstance(event, Step) and event.step == 3:
            watch.look_at("red pear big")
            following = next(events)
            assert isinstance(following, Looked)
            assert following.text == "red pear big"
            assert following.step == 3
            assert sum(following.probabilities.values()) == pytest.approx(1.0)
        elif isinstance(event, Looked):
            seen.append(event.text)
    assert len(seen) == 1


def test_the_target_can_be_given_after_an_arrow(tmp_path: Path) -> None:
    watch = Watch("red pear big → big pear red")
    said, _ = drain(start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run", watch=watch))
    look = next(event for event in said if isinstance(event, Looked))
    cross = look.frames["cross"]
    assert words(cross.keys) == ["red", "pear", "big"]
    assert words(cross.queries) == ["big", "pear", "red"]


def words(tokens: tuple[str, ...]) -> list[str]:
    return [token.removeprefix("▁") for token in tokens if not token.startswith("[")]


@pytest.mark.parametrize("text", ["→", "   → x", "\u200b", "x" * 5_000])
def test_a_text_that_cannot_be_shown_is_answered_in_words(text: str, tmp_path: Path) -> None:
    said, _ = drain(start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run", watch=Watch(text)))
    look = next(event for event in said if isinstance(event, Looked))
    assert look.frames or look.trouble


def test_a_paused_training_still_answers(tmp_path: Path) -> None:
    control, watch = Control(), Watch(share=1e-6)
    events = start(
        tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run", control=control, watch=watch
    )
    answers: list[Looked] = []

    def ask() -> None:
        watch.look_at("blue plum")
        while not answers:
            time.sleep(0.005)
        control.resume()

    for event in events:
        if isinstance(event, Step) and event.step == 2:
            control.pause()
        elif isinstance(event, Paused):
            threading.Thread(target=ask).start()
        elif isinstance(event, Looked) and event.text == "blue plum":
            assert event.step == 2
            answers.append(event)
    assert len(answers) == 1


def test_nobody_looking_costs_nothing(tmp_path: Path) -> None:
    watch = Watch(share=0.9)
    watch.set_open(False)
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    said, _ = drain(start(experiment, tmp_path / "run", watch=watch))
    assert sum(isinstance(event, Looked) for event in said) <= 1  # the one that was asked for by beginning


def test_a_saved_run_is_looked_through_the_same_way(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run"))
    opened = open_trained(tmp_path / "run")
    look = Observer(opened.model, opened.task, opened.recipe).look("red pear", 7)
    assert not look.trouble
    assert look.step == 7
    assert set(look.frames) == KINDS["seq2seq"]


def test_a_second_text_is_looked_at_in_the_same_moment_within_the_same_share(tmp_path: Path) -> None:
    watch = Watch("red pear", share=1e-6)
    watch.compare_with("blue plum big")
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    said, _ = drain(start(experiment, tmp_path / "run", watch=watch))
    looks = [event for event in said if isinstance(event, Looked)]
    assert len(looks) == 1  # what two texts cost counts against the share of one look
    other = looks[0].other
    assert other is not None
    assert (other.text, other.step) == ("blue plum big", looks[0].step)
    np.testing.assert_allclose(other.frames["encoder"].weights.sum(-1), 1.0, atol=1e-5)
    opened = open_trained(tmp_path / "run")
    observer = Observer(opened.model, opened.task, opened.recipe)
    both = observer.look_at_both("red pear", "blue plum big", 7)
    assert both.other is not None
    alone = observer.look("blue plum big", 7)
    np.testing.assert_allclose(both.other.frames["encoder"].weights, alone.frames["encoder"].weights, atol=1e-6)
    assert observer.look_at_both("red pear", " ", 7).other is None


def test_several_edits_of_a_paused_training_are_all_told_and_then_seen(tmp_path: Path) -> None:
    control, watch = Control(), Watch()
    said: list[str] = []
    for event in start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run",
                       control=control, watch=watch):  # fmt: skip
        if isinstance(event, Step) and event.step == 2:
            control.pause()
            for value in (0.1, 0.2, 0.3):
                control.edit(Edit(what="dropout", value=value))
        if control.paused and isinstance(event, (Edited, Looked)):
            said.append(type(event).__name__)
        if said[-1:] == ["Looked"] and "Edited" in said:
            control.resume()
    assert said[-4:] == ["Edited", "Edited", "Edited", "Looked"]


def test_a_run_that_goes_on_paused_where_an_edit_stands_shows_what_it_does(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    edited = dataclasses.replace(experiment, edits=(Edit(what="dropout", value=0.3, step=2),))
    control = Control()
    for event in start(edited, tmp_path / "run", control=control):
        if isinstance(event, Step) and event.step == 2:
            control.stop()
    control, watch, said = Control(), Watch(), list[str]()
    control.pause()
    for event in resume(tmp_path / "run", control=control, watch=watch):
        said.append(type(event).__name__)
        if said[-3:] == ["Paused", "Edited", "Looked"]:
            control.stop()
    assert "Step" not in said
