"""A film as an animation, as pictures and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.browser import Browser
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.cli import main
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.runs.execute import start
from workbench.runs.exports.film import write_film
from workbench.runs.exports.film_pair_picture import why_apart
from workbench.runs.exports.reel import Reel
from workbench.runs.film import Film

TEXT = "red </script><img src=x onerror=alert(1)> 红 → red"


@pytest.fixture(scope="module")
def others(run: Path) -> Path:
    """A folder with runs to lay beside: of another seed, of more heads and steps, of another task."""
    table = run.parent / "seq2seq.csv"
    text = f"blue → blue || {TEXT}"
    drain(start(tiny(table, "seq2seq", film_text=text, seed=1), run.parent / "seed"))
    drain(start(tiny(table, "seq2seq", model={"heads": 4}, film_text=TEXT, epochs=2), run.parent / "heads"))
    sorting = write_table(run.parent, "text-classification")
    drain(start(tiny(sorting, "text-classification", film_text="red pear"), run.parent / "sorting"))
    return run.parent


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    table = write_table(folder, "seq2seq")
    drain(start(tiny(table, "seq2seq", film_text=TEXT), folder / "run"))
    return folder / "run"


def test_an_animation_has_every_moment(run: Path, tmp_path: Path) -> None:
    count = write_film(run, tmp_path / "a.gif")
    assert count == len(Film.open(run)) > 1
    with Image.open(tmp_path / "a.gif") as animation:
        assert getattr(animation, "n_frames", 1) == count
    assert [path.name for path in tmp_path.iterdir()] == ["a.gif"]


def test_pictures_are_numbered_in_a_new_folder(run: Path, tmp_path: Path) -> None:
    count = write_film(run, tmp_path / "pictures")
    names = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    assert len(names) == count
    assert names[0] == "00001-step-000000000.png"
    with pytest.raises(WorkbenchError, match="something in this place"):
        write_film(run, tmp_path / "pictures")


def test_a_page_is_whole_and_harmless(run: Path, tmp_path: Path) -> None:
    count = write_film(run, tmp_path / "film.html")
    page = (tmp_path / "film.html").read_text(encoding="utf-8")
    assert "onerror=alert(1)>" not in page
    assert "http" not in page.replace("http-equiv", "")
    with Browser(tmp_path / "profile", "--window-size=1200,900", "--lang=en-US") as browser:
        browser.open((tmp_path / "film.html").as_uri())
        assert browser.run("document.querySelectorAll('#walls canvas').length") == 3
        assert browser.run("document.getElementById('where').textContent").endswith(f"{count} of {count}")
        browser.run("dispatchEvent(new Event('resize')), document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Home'}))")
        assert browser.run("document.getElementById('where').textContent") == f"step 0 · 1 of {count}"
        assert "<img" in browser.run("document.getElementById('text').textContent")


def test_a_film_is_told_in_the_terminal(run: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["film", str(run), "--json"])
    assert not end.value.code
    told = json.loads(capsys.readouterr().out)
    assert told["moments"] == len(Film.open(run))
    assert told["bytes"] < 1_000_000


def test_what_cannot_be_written_is_a_clear_error(run: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="is not written as"):
        write_film(run, tmp_path / "film.mp4")
    with pytest.raises(WorkbenchError, match="no such folder"):
        write_film(run, tmp_path / "none" / "film.gif")
    with pytest.raises(Cancelled):
        write_film(run, tmp_path / "film.gif", cancelled=lambda: True)
    assert not list(tmp_path.iterdir())


# -- two films in step --------------------------------------------------------------------------------------------------


def test_two_films_are_written_in_step(run: Path, others: Path, tmp_path: Path) -> None:
    """The page holds the very moments that belong together, and the difference of their cells."""
    count = write_film(run, tmp_path / "two.html", beside=others / "seed")
    page = (tmp_path / "two.html").read_text(encoding="utf-8")
    assert "onerror=alert(1)>" not in page
    assert "http" not in page.replace("http-equiv", "")
    one, other = Film.open(run), Film.open(others / "seed")
    with Browser(tmp_path / "profile", "--window-size=1400,900", "--lang=en-US") as browser:
        browser.open((tmp_path / "two.html").as_uri())
        assert browser.run("document.querySelectorAll('#walls canvas:not([hidden])').length") == 9  # three kinds: A, B, B − A
        ends = f"step {one.steps[-1]} and {other.steps[-1]} · {count} of {count}"
        assert browser.run("document.getElementById('where').textContent") == ends
        assert "<img" in browser.run("document.getElementById('text').textContent")
        assert browser.run("film.by") == "step"
        browser.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Home'}))")
        assert browser.run("document.getElementById('where').textContent") == f"step 0 and 0 · 1 of {count}"
        shown = browser.run("film.stops.map(s => s.moments.map((m, i) => film.sides[i].moments[m].step).join()).join(' ')")
        middle = browser.run("Array.from(bytes(film.sides[1].moments.at(-1).frames[0]))")
    pair = Reel.open(run, others / "seed").pair
    assert pair is not None
    wanted = [pair.moments(float(place)) for place in pair.stops]
    assert shown == " ".join(f"{one.steps[a]},{other.steps[b]}" for a, b in wanted)
    frame = next(iter(other.moment(len(other) - 1).look(1).frames.values()))  # the text of A is the second one of B
    np.testing.assert_allclose((np.array(middle) / 255) ** 2, frame.weights.ravel(), atol=1 / 255)


def test_two_films_are_an_animation_and_pictures(run: Path, others: Path, tmp_path: Path) -> None:
    reel = Reel.open(run, others / "seed")
    count = write_film(run, tmp_path / "two.gif", beside=others / "seed")
    assert count == len(reel.stops)
    with Image.open(tmp_path / "two.gif") as animation:
        assert getattr(animation, "n_frames", 1) == count
    assert write_film(run, tmp_path / "two", beside=others / "seed") == count
    assert len(list((tmp_path / "two").iterdir())) == count


def test_what_has_no_difference_is_said_and_none_is_drawn(run: Path, others: Path, tmp_path: Path) -> None:
    reel = Reel.open(run, others / "heads")
    assert reel.by == "share"
    (last,) = reel.shots([len(reel.stops) - 1], lambda what, share: None, lambda: False)
    assert why_apart(*last.looks, "cross") == "A has 1 × 2 heads and B 1 × 4, so there is no difference head by head."
    write_film(run, tmp_path / "two.html", beside=others / "sorting")
    with Browser(tmp_path / "profile", "--window-size=1400,900", "--lang=en-US") as browser:
        browser.open((tmp_path / "two.html").as_uri())
        reasons = browser.run("[...document.querySelectorAll('#walls p:not([hidden])')].map(p => p.textContent).join('|')")
        assert "Only A has this kind of attention." in reasons
        assert "different tokens" in reasons
        assert browser.run("document.querySelectorAll('#walls canvas:not([hidden])').length") == 4  # three of A, one of B
        assert browser.run("document.getElementById('text').textContent").startswith("The films are of different texts.")
    assert write_film(run, tmp_path / "two", beside=others / "sorting") > 1


def test_a_scale_is_chosen_and_one_that_is_not_there_is_refused(
    run: Path, others: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["film", str(run), "--beside", str(others / "heads"), "--by", "tokens", "--out", str(tmp_path / "x.html"), "--json"])
    assert not end.value.code
    told = json.loads(capsys.readouterr().out)
    assert told["beside"]["last_step"] == int(Film.open(others / "heads").steps[-1])
    assert told["written"] == len(Reel.open(run, others / "heads", "tokens").stops)
    assert '"by":"tokens"' in (tmp_path / "x.html").read_text(encoding="utf-8")
    with pytest.raises(WorkbenchError, match="cannot be aligned by 'time'"):
        write_film(run, tmp_path / "y.html", beside=others / "heads", by="time")
    assert not (tmp_path / "y.html").exists()
