"""A film as an animation, as pictures and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.browser import Browser
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.cli import main
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.runs.execute import start
from workbench.runs.exports.film import write_film
from workbench.runs.film import Film


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    table = write_table(folder, "seq2seq")
    text = "red </script><img src=x onerror=alert(1)> 红 → red"
    drain(start(tiny(table, "seq2seq", film_text=text), folder / "run"))
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
