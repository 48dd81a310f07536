"""The film in the real window: every picture shows the chosen moment, while the run trains and when it is opened again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, Open, closed, read, small, state
from tests.tables import write_table
from workbench.contracts.events import Looked
from workbench.contracts.film import ChangePoint
from workbench.gui.app import Workbench
from workbench.gui.models.run_state import RunState
from workbench.runs.film import Film


@pytest.fixture
def trained(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> Workbench:
    read(bench, qtbot, write_table(tmp_path, "seq2seq"))
    small(bench, epochs=6)
    bench.train()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    qtbot.waitUntil(lambda: len(bench.film.state.steps) > 1, timeout=WAIT)
    qtbot.waitUntil(lambda: not bench.jobs.busy("look") and bench.run._newest is not None, timeout=WAIT)
    return bench


def test_every_picture_shows_the_chosen_moment_and_live_returns(trained: Workbench, qtbot: QtBot) -> None:
    assert trained.shown.path is not None
    film, heads = Film.open(trained.shown.path), trained.train_page.heads
    assert trained.film.state.steps.tolist() == film.steps.tolist()
    assert trained.window.scrubber.isVisible()
    seen: list[Looked] = []
    trained.run.looked.connect(seen.append)
    trained.window.show_page("data")
    trained.film.state.seek(0)
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=WAIT)
    assert trained.window.page == "train"  # where the pictures are
    made = film.moment(0).looked
    assert seen[0].step == 0
    frame = heads._frames["cross"]
    np.testing.assert_array_equal(frame.weights, made.frames["cross"].weights)
    assert heads.probe.text() == made.text
    assert "step 0" in heads.facts.text()
    assert trained.train_page.samples.list.samples == ()  # nothing had been scored
    trained.film.state.seek(len(film) - 1)
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=WAIT)
    assert trained.train_page.samples.list.samples
    newest = trained.run._newest
    assert newest is not None
    trained.film.state.live()
    assert seen[-1] is newest
    assert trained.run.past is None


def test_a_change_that_is_chosen_brings_its_head_into_sight(trained: Workbench, qtbot: QtBot) -> None:
    heads, state = trained.train_page.heads, trained.film.state
    last = int(state.steps[-1])
    for kind, head in (("encoder", 1), ("cross", 0)):
        change = ChangePoint(kind=kind, layer=0, head=head, name="mirrored", before=0, after=last, at=last / 2)
        state.set_film(state.steps, (change,))
        track = trained.window.scrubber.track
        qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(round(track.x_of(change.at)), 6))
        qtbot.waitUntil(lambda: trained.run.past == last, timeout=WAIT)
        assert (heads.kind, heads.chosen) == (kind, (0, head))
        assert trained.window.scrubber.story.text().startswith({"encoder": "Encoder", "cross": "Cross-attention"}[kind])
        state.live()
    trained.train_page.large.click()
    assert not trained.train_page.chart.isVisible()
    assert heads.isVisible()
    trained.train_page.large.click()
    assert trained.train_page.chart.isVisible()


def test_a_look_that_comes_meanwhile_waits_and_a_question_returns_to_now(trained: Workbench, qtbot: QtBot) -> None:
    trained.film.state.seek(0)
    qtbot.waitUntil(lambda: trained.run.past == 0, timeout=WAIT)
    seen: list[Looked] = []
    trained.run.looked.connect(seen.append)
    late = Looked(step=999, time=0.0, text="late", frames={})
    trained.run.take([late])
    assert seen == []
    trained.train_page.heads.probe_edited.emit("red pear")
    assert seen == [late]
    assert trained.film.state.step is None
    qtbot.waitUntil(lambda: seen[-1].text == "red pear", timeout=WAIT)


def test_a_run_that_is_opened_again_has_its_film(trained: Workbench, open_window: Open, qtbot: QtBot) -> None:
    run = trained.shown.path
    assert run is not None
    steps = trained.film.state.steps.tolist()
    closed(trained, qtbot)
    again = open_window()

    def there() -> bool:
        return again.run.state is RunState.DONE and not again.jobs.busy("history") and again.film.state.steps.tolist() == steps

    qtbot.waitUntil(there, timeout=WAIT)  # it comes back by itself
    with qtbot.waitSignal(again.shown.changed, timeout=WAIT):
        again.open_path(run)
    qtbot.waitUntil(there, timeout=WAIT)
    again.film.state.seek(1)
    qtbot.waitUntil(lambda: again.run.past == steps[1], timeout=WAIT)


def test_a_film_is_scrubbed_while_it_is_recorded(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    read(bench, qtbot, write_table(tmp_path, "text-classification"))
    small(bench, epochs=600)
    bench.train()
    qtbot.waitUntil(lambda: len(bench.film.state.steps) > 2, timeout=WAIT)
    bench.film.state.seek(1)
    qtbot.waitUntil(lambda: bench.run.past is not None, timeout=WAIT)
    known, step = len(bench.film.state.steps), bench.film.state.step
    qtbot.waitUntil(lambda: len(bench.film.state.steps) > known, timeout=WAIT)
    assert bench.film.state.step == step == bench.run.past
    bench.session.stop()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)


def test_the_film_is_saved_by_a_process_of_its_own(trained: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(trained.film.export.done, timeout=WAIT):
        trained.film.save(tmp_path / "film.html")
    assert "application/json" in (tmp_path / "film.html").read_text(encoding="utf-8")
    with qtbot.waitSignal(trained.film.export.failed, timeout=WAIT) as told:
        trained.film.save(tmp_path / "nowhere" / "film.gif")
    assert "there is no such folder" in told.args[0].what
