"""Two runs' films in the real window: chosen in the list, moved by one scrubber, compared where they can be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.gui.app import Workbench
from workbench.gui.models.film_pair_state import FilmPairState
from workbench.runs.execute import start
from workbench.runs.film import FOLDER, MOMENTS, Film

SAME, LONGER, OTHER_TEXT, UNLIKE = "same", "longer", "other-text", "unlike"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five small runs: two alike, one of twice the length, one of another text, one of another shape and task."""
    folder = tmp_path_factory.mktemp("films")
    (folder / "tables").mkdir()
    table = write_table(folder / "tables", "seq2seq")
    text = "red pear → pear red"
    for name, settings in {
        "first": {"film_text": f"{text} || blue plum → plum blue"}, SAME: {"film_text": text, "seed": 1},
        LONGER: {"film_text": text, "epochs": 6}, OTHER_TEXT: {"film_text": "blue plum → plum blue"},
    }.items():  # fmt: skip
        drain(start(tiny(table, "seq2seq", **settings), folder / name))
    sorting = write_table(folder / "tables", "text-classification")
    drain(start(tiny(sorting, "text-classification", film_text="red pear"), folder / UNLIKE))
    return folder


@pytest.fixture
def side_by_side(bench: Workbench, runs: Path, qtbot: QtBot):  # type: ignore[no-untyped-def]
    """Lay the first run beside another one."""
    bench.settings.runs_folder = str(runs)
    bench.window.show_page("runs")
    qtbot.waitUntil(lambda: len(bench.runs.page.list.model.runs) == 5, timeout=WAIT)

    def laid(other: str) -> FilmPairState:
        bench.runs.show_films(runs / "first", runs / other)
        state = bench.runs.films
        qtbot.waitUntil(lambda: state.sides is not None and state.sides[1].path.name == other, timeout=WAIT)
        qtbot.waitUntil(lambda: state.moments is not None or state.trouble is not None, timeout=WAIT)
        return state

    return laid


def test_one_scrubber_moves_two_films(bench: Workbench, runs: Path, qtbot: QtBot, side_by_side) -> None:  # type: ignore[no-untyped-def]
    page = bench.runs.page
    page.list.choose([runs / "first"])
    assert not page.list.buttons["films"].isEnabled()
    page.list.choose([runs / "first", runs / SAME])
    qtbot.mouseClick(page.list.buttons["films"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.runs.films.moments is not None, timeout=WAIT)
    assert page.films.isVisible()
    state = side_by_side(SAME)
    one, other = Film.open(runs / "first"), Film.open(runs / SAME)
    assert state.pair is not None
    assert state.pair.by == "step"
    assert {side.name for side in state.sides} == {"first", SAME}  # both runs have one name: their folders tell them apart
    for key, place in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_End, len(state.pair.stops) - 1)):
        qtbot.keyClick(page.films.track, key)
        wanted = state.pair.moments(float(state.pair.stops[place]))
        steps = [int(film.steps[index]) for film, index in zip((one, other), wanted, strict=True)]
        qtbot.waitUntil(lambda steps=steps: [each.step for each in state.moments or ()] == steps, timeout=WAIT)
        made = one.moment(wanted[0]), other.moment(wanted[1])
        for wall, moment in zip(page.films.walls, made, strict=True):
            np.testing.assert_array_equal(wall._frame.weights, moment.looked.frames["cross"].weights)
        for caption, moment in zip(page.films.captions, made, strict=True):
            assert f"step {moment.step:,} of" in caption.text()
    qtbot.mouseClick(page.films.track, Qt.MouseButton.LeftButton, pos=QPoint(round(page.films.track.x_of(0.0)), 60))
    assert state.place == 0
    assert "A: training loss" in page.films.losses.text
    qtbot.keyClick(page.films.track, Qt.Key.Key_Escape)
    assert page.list.isVisible()


def test_the_difference_is_that_of_the_chosen_heads(bench: Workbench, side_by_side) -> None:  # type: ignore[no-untyped-def]
    state, shown = side_by_side(SAME), bench.runs.page.films
    one, other = state.frames
    assert one is not None
    assert other is not None
    shown.walls[0].head_chosen.emit(0, 1)
    assert [wall.chosen for wall in shown.walls] == [(0, 1), (0, 1)]
    np.testing.assert_array_equal(shown.map.picture.weights, other.weights[0, 1] - one.weights[0, 1])
    assert shown.map.picture.scale == "signed"
    shown.walls[1].head_chosen.emit(0, 0)
    assert [wall.chosen for wall in shown.walls] == [(0, 1), (0, 0)]
    np.testing.assert_array_equal(shown.map.picture.weights, other.weights[0, 0] - one.weights[0, 1])
    assert not shown.remark.isVisible()


def test_runs_of_two_lengths_are_aligned_by_share_and_it_is_said(bench: Workbench, side_by_side, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    state, shown = side_by_side(LONGER), bench.runs.page.films
    assert shown.axis.currentData() == "share"
    assert "share" in shown.axis.currentText()
    state.seek(0.5)
    qtbot.waitUntil(lambda: not bench.jobs.busy("films-moment"), timeout=WAIT)
    totals = [side.line.total for side in state.sides]
    assert totals[1] == 2 * totals[0]
    steps = [moment.step for moment in state.moments]
    assert abs(steps[0] / totals[0] - steps[1] / totals[1]) < 0.1
    shown.axis.setCurrentIndex(shown.axis.findData("step"))
    assert state.pair.by == "step"
    state.seek(float(totals[1]))
    qtbot.waitUntil(lambda: not bench.jobs.busy("films-moment"), timeout=WAIT)
    assert [moment.step for moment in state.moments] == totals  # the shorter one stays at its end
    shown.axis.setCurrentIndex(shown.axis.findData("tokens"))
    assert state.pair.by == "tokens"


def test_what_cannot_be_compared_is_said_in_words(bench: Workbench, side_by_side, runs: Path, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    shown = bench.runs.page.films
    state = side_by_side(OTHER_TEXT)
    assert "different texts" in shown.remark.text()
    assert shown.map.comparison is None
    assert "not the same ones" in shown.map.maps["difference"]._empty
    state.choose_text(1)  # which both have
    assert not shown.remark.isVisible()
    assert shown.map.comparison is not None
    state = side_by_side(UNLIKE)
    assert state.kinds == ("encoder", "decoder", "cross")
    state.choose_kind("cross")
    assert "Only one of the two models" in shown.map.maps["a"]._empty
    state.choose_kind("encoder")
    assert "different tokens" in shown.map.maps["difference"]._empty
    (runs / "bare").mkdir(exist_ok=True)
    bench.runs.show_films(runs / "first", runs / "bare")
    qtbot.waitUntil(lambda: state.trouble is not None, timeout=WAIT)
    assert "nothing was recorded" in shown._nothing.text()
    (runs / "bare").rmdir()


def test_a_damaged_moment_is_said_and_the_others_are_shown(bench: Workbench, side_by_side, runs: Path, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    path = runs / SAME / FOLDER / MOMENTS
    sound = path.read_bytes()
    try:
        place = Film.open(runs / SAME).places[-1]
        path.write_bytes(sound[: place.end - 9] + b"!" + sound[place.end - 8 :])
        state, shown = side_by_side(SAME), bench.runs.page.films
        assert "damaged" in shown.remark.text()
        state.seek(0.0)
        qtbot.waitUntil(lambda: not shown.remark.isVisible(), timeout=WAIT)
    finally:
        path.write_bytes(sound)


def test_two_films_are_saved_as_they_are_aligned(
    bench: Workbench, side_by_side, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    """The same menu as that of one film; a person is asked where to, and a process of its own writes."""
    state, shown = side_by_side(LONGER), bench.runs.page.films
    shown.axis.setCurrentIndex(shown.axis.findData("tokens"))
    assert state.pair.by == "tokens"
    out = tmp_path / "both.html"
    monkeypatch.setattr(bench.dialogs, "save_file", lambda title, chosen, **_: chosen(out))
    with qtbot.waitSignal(bench.film.export.done, timeout=WAIT):
        shown.save.forms["html"].trigger()
    assert f'"by":"tokens","end":{state.pair.end}' in out.read_text(encoding="utf-8")


def test_a_mark_leads_to_its_change_and_the_track_is_drawn(bench: Workbench, side_by_side, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    state, track = side_by_side(LONGER), bench.runs.page.films.track
    assert track.change_at(QPointF(5, 60)) is None
    for side, film in enumerate(state.sides):
        for change in film.changes[:1]:
            found = track.change_at(QPointF(track._mark(side, change.at), 4 if side == 0 else track.height() - 4))
            assert found is not None
            assert found[0] == side
    assert not track.grab().isNull()
    assert [len(line) > 1 for line in track._losses(state.sides)] == [True, True]


def test_the_scrubber_leads_to_the_list_with_its_run_chosen(bench: Workbench, runs: Path, qtbot: QtBot) -> None:
    bench.settings.runs_folder = str(runs)
    bench.open_path(runs / SAME)
    qtbot.waitUntil(lambda: len(bench.film.state.steps) > 1, timeout=WAIT)
    bench.window.show_page("runs")
    qtbot.waitUntil(lambda: len(bench.runs.page.list.model.runs) == 5, timeout=WAIT)
    bench.window.scrubber.beside.click()
    assert [row.path for row in bench.runs.page.list.selected] == [runs / SAME]
    assert "second run" in bench.window.statusBar().currentMessage()
