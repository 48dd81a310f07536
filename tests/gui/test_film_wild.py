"""Moments that say junk are shown as far as they can be, or said to be damaged; the page stays whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.runs.test_film_wild import everything, junk_records
from workbench.gui.models.curves import Curves
from workbench.gui.models.film_state import FilmState
from workbench.gui.models.run_state import RunModel
from workbench.gui.pages.train import TrainPage
from workbench.gui.widgets.scrubber import Scrubber
from workbench.runs.film import Film


def test_every_moment_that_can_be_read_can_be_drawn(tmp_path: Path, show) -> None:  # type: ignore[no-untyped-def]
    junk_records(tmp_path, 150)
    run, curves, state = RunModel(), Curves(), FilmState()
    page: QWidget = show(TrainPage(run, curves), 1200, 800)
    scrubber = show(Scrubber(state, run, lambda: curves), 1200, 70)
    film = Film.open(tmp_path)
    state.set_film(film.steps, film.changes)
    shown = 0
    for moment in everything(film):
        state.set_texts(moment.texts)
        state.seek_step(moment.step)
        run.show_moment(moment.look(1))
        for picture in (page, scrubber):
            assert not picture.grab().isNull()
        shown += 1
    assert shown > 50
    run.return_to_now()
    for each in (run, state):
        each.deleteLater()
