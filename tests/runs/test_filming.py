"""A run is filmed while it trains, learns the same, and pays no more than was agreed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.runs.test_execute import drain, same, stopped_at
from tests.runs.test_watch import KINDS
from tests.tables import TASKS, tiny, write_table
from workbench.contracts.edits import Edit
from workbench.contracts.events import Step, Warned
from workbench.contracts.frames import AttentionFrame
from workbench.engine.control import Control
from workbench.runs.execute import resume, start
from workbench.runs.film import Film
from workbench.runs.filming import moved, pinned_texts


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_filmed_and_learns_the_same_as_unfilmed(
    task: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: Callable[[str], Path]
) -> None:
    monkeypatch.setattr("workbench.runs.filming.AIM", 1e6)  # as often as there are steps
    table = write_table(tmp_path, task)
    said, report = drain(start(tiny(table, task), tmp_path / "filmed"))
    assert same(tmp_path / "filmed", alone(task))
    assert not [event for event in said if isinstance(event, Warned)]
    assert not (alone(task) / "film").exists()
    film = Film.open(tmp_path / "filmed")
    assert film.steps.tolist() == list(range(report["steps"] + 1))
    for index in range(len(film)):
        seen = film.moment(index)
        assert not seen.looked.trouble
        assert seen.looked.text
        assert set(seen.looked.frames) == KINDS[task]
        for kind, frame in seen.looked.frames.items():
            np.testing.assert_allclose(frame.weights.sum(-1), 1.0, atol=1e-3)
            if task != "causal-lm":  # twelve tokens are too few for texts that repeat
                assert seen.scores[kind].values.shape[1:] == frame.weights.shape[:2]
                assert np.isfinite(seen.scores[kind].values).all()


def test_filming_takes_its_share_and_no_more(tmp_path: Path) -> None:
    """Of a run long enough to tell; the first moment, which warms up, is always taken."""
    experiment = tiny(write_table(tmp_path, "text-classification", rows=400), "text-classification", epochs=12)
    *_, report = drain(start(experiment, tmp_path / "run"))
    film = Film.open(tmp_path / "run")
    assert film.steps[0] == 0
    assert film.steps[-1] == report["steps"]
    assert len(film) < report["steps"] / 2


def test_a_run_that_goes_on_goes_on_with_its_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.runs.filming.AIM", 1e6)
    experiment = tiny(write_table(tmp_path, "seq2seq"), "seq2seq")
    stopped_at(experiment, tmp_path / "run", 9)
    *_, report = drain(resume(tmp_path / "run"))
    drain(start(experiment, tmp_path / "whole"))
    assert Film.open(tmp_path / "run").steps.tolist() == list(range(report["steps"] + 1))
    one, other = (Film.open(tmp_path / name) for name in ("run", "whole"))
    for index in range(len(other)):
        for kind, frame in other.moment(index).looked.frames.items():
            np.testing.assert_array_equal(one.moment(index).looked.frames[kind].weights, frame.weights)


def test_a_chosen_text_is_filmed_and_a_long_one_is_cut(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    drain(start(tiny(table, "text-classification", film_text="blue plum"), tmp_path / "chosen"))
    assert Film.open(tmp_path / "chosen").moment(0).looked.text == "blue plum"
    long = tiny(table, "text-classification", film_text="blue plum " * 400, film_megabytes=1, max_steps=3)
    drain(start(long.replace(data={"max_length": 2_000}), tmp_path / "long"))
    film = Film.open(tmp_path / "long")
    assert film.moment(0).looked.text.startswith("blue plum blue")
    assert film.bytes < 1_000_000 / 20


def test_a_film_that_cannot_be_written_ends_and_the_run_goes_on(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "film").write_text("in the way")
    said, report = drain(start(experiment, tmp_path / "run"))
    assert report["stopped"] == "finished"
    assert [event.message[:30] for event in said if isinstance(event, Warned)] == ["The film of this run ends here"]


def test_what_moved_is_the_share_of_the_head_that_changed_most() -> None:
    def frames(*rows: list[list[float]]) -> dict[str, AttentionFrame]:
        weights = np.array(rows, np.float32)[None]
        return {"encoder": AttentionFrame(kind="encoder", weights=weights, queries=("a", "b"), keys=("a", "b"))}

    still, half = [[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [1.0, 0.0]]
    assert moved(frames(still, still), frames(still, half)) == pytest.approx(0.5)
    assert moved(frames(still), frames(still)) == 0
    assert moved({}, frames(still)) == 1


def test_several_texts_are_filmed_in_the_same_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.runs.filming.AIM", 1e6)
    table = write_table(tmp_path, "text-classification")
    texts = "blue plum || || red pear"
    drain(start(tiny(table, "text-classification", film_text=texts, max_steps=4), tmp_path / "run"))
    film = Film.open(tmp_path / "run")
    first, example, last = film.texts
    assert (first, last) == ("blue plum", "red pear")
    assert example
    for index, step in enumerate(film.steps):
        seen = film.moment(index)
        assert seen.texts == film.texts
        assert [look.step for look in (seen.looked, *seen.others)] == [step] * 3
        assert seen.look(2).frames["encoder"].keys[1:3] == ("▁red", "▁pear")
        assert seen.look(7) is seen.looked
    drain(start(tiny(table, "text-classification", film_text="red pear", max_steps=4), tmp_path / "alone"))
    alone = Film.open(tmp_path / "alone").moment(4).looked
    np.testing.assert_array_equal(film.moment(4).look(2).frames["encoder"].weights, alone.frames["encoder"].weights)


def test_pinned_texts_are_read_from_one_setting() -> None:
    assert pinned_texts("") == [""]
    assert pinned_texts(" a b ") == ["a b"]
    assert pinned_texts("a → b || c → d\ne\r\nf || g") == ["a → b", "c → d", "e", "f"]
    assert pinned_texts("|| a") == ["", "a"]


def test_texts_that_are_pinned_later_are_those_of_later_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an edit of a running training does: earlier moments stay, and each says what it is of."""
    monkeypatch.setattr("workbench.runs.filming.AIM", 1e6)
    table, control = write_table(tmp_path, "text-classification"), Control()
    experiment = tiny(table, "text-classification", film_text="blue plum", max_steps=6)
    for event in start(experiment, tmp_path / "run", control=control):
        if isinstance(event, Step) and event.step == 2:
            control.edit(Edit(what="film_text", value="red pear || blue plum"))
    film = Film.open(tmp_path / "run")
    assert {film.moment(index).texts for index in range(3)} == {("blue plum",)}
    assert {film.moment(index).texts for index in range(3, 7)} == {("red pear", "blue plum")}
    assert film.texts == ("red pear", "blue plum")
    assert film.series["encoder"].steps.tolist() == list(range(7))
