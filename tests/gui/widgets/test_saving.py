"""Exports can be read back by others, hold what was on screen, and never leave half a file."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from tests.gui.widgets.pictures import one_cell, pixel, random_frame
from workbench.contracts.errors import WorkbenchError
from workbench.gui.theme import LIGHT
from workbench.gui.widgets import saving
from workbench.gui.widgets.heat_picture import HeatPicture
from workbench.gui.widgets.saving import SaveRequest, copy_picture, render, save

NASTY = ("<s>", "a&b", '"q"', "]]>", "自然", "\x00", "\u202e", "</svg>", "é")


def request(form: str, queries: int = 6, keys: int = 9) -> SaveRequest:
    frame = random_frame(queries=queries, keys=keys)
    names = tuple(NASTY[number % len(NASTY)] for number in range(keys))
    picture = HeatPicture(weights=frame.weights[1, 2], queries=frame.queries, keys=names)
    return SaveRequest(
        format=form, picture=picture, size=(420, 320), layer=1, head=2, kind="cross", step=1240, title="Layer 2 · head 3",
        provenance={"model": "tiny", "text": "a <b> & 自然"},
    )  # fmt: skip


def test_a_png_has_twice_the_pixels_and_says_what_it_shows(qapp: QApplication, tmp_path: Path) -> None:
    image = QImage(str(save(request("png"), tmp_path / "head.png")))
    assert (image.width(), image.height()) == (840, 640)
    assert image.text("layer") == "2"
    assert image.text("text") == "a <b> & 自然"


def test_the_rendered_picture_is_the_right_way_round(qapp: QApplication) -> None:
    frame = one_cell(1, 7)
    picture = HeatPicture(weights=frame.weights[0, 0], queries=frame.queries, keys=frame.keys)
    image = render(picture, (420, 320))
    for query, key in [(1, 7), (5, 1), (1, 6)]:
        middle = picture.cell_place(query, key, image.deviceIndependentSize()).center()
        assert pixel(image, middle.x(), middle.y()) == (LIGHT.deepest if (query, key) == (1, 7) else LIGHT.panel)


def test_an_svg_is_valid_and_its_words_are_words(qapp: QApplication, tmp_path: Path) -> None:
    path = save(request("svg"), tmp_path / "head.svg")
    root = ElementTree.parse(path).getroot()
    words = "".join(root.itertext())
    for token in ("<s>", "a&b", '"q"', "]]>", "自然", "</svg>", "query", "key"):
        assert token in words
    assert not [part for part in root.iter() if part.tag.endswith("image")]
    assert len([part for part in root.iter() if part.tag.endswith(("rect", "path", "polygon"))]) > 30


def test_an_svg_of_a_long_text_stays_small(qapp: QApplication, tmp_path: Path) -> None:
    path = save(request("svg", 400, 400), tmp_path / "long.svg")
    assert path.stat().st_size < 4_000_000
    assert [part for part in ElementTree.parse(path).getroot().iter() if part.tag.endswith("image")]


def test_an_npz_gives_everything_back_without_pickle(qapp: QApplication, tmp_path: Path) -> None:
    asked = request("npz")
    with np.load(save(asked, tmp_path / "head.npz"), allow_pickle=False) as back:
        assert np.array_equal(back["weights"], asked.picture.weights)
        assert back["weights"].dtype == np.float32
        assert [str(token) for token in back["queries"]] == list(asked.picture.queries)
        assert [str(token) for token in back["keys"]] == [token.rstrip("\0") for token in asked.picture.keys]
        assert (int(back["layer"]), int(back["head"]), int(back["step"]), str(back["kind"])) == (1, 2, 1240, "cross")
        assert json.loads(str(back["provenance"])) == dict(asked.provenance)


def test_a_csv_has_a_row_for_each_weight_and_its_source_beside_it(qapp: QApplication, tmp_path: Path) -> None:
    asked = request("csv")
    with save(asked, tmp_path / "head.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    np.testing.assert_array_equal([np.float32(row["weight"]) for row in rows], asked.picture.weights.ravel())
    assert (rows[0]["kind"], rows[0]["layer"], rows[0]["head"]) == ("cross", "1", "2")
    said = json.loads((tmp_path / "head.csv-metadata.json").read_text(encoding="utf-8"))
    assert said["text"] == "a <b> & 自然"
    mean = replace(asked, heads=((0, 0), (0, 1)))  # one picture of several heads
    with save(mean, tmp_path / "mean.csv").open(encoding="utf-8", newline="") as file:
        assert {(row["layer"], row["head"]) for row in csv.DictReader(file)} == {("", "")}
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("form", ["png", "svg", "npz", "csv"])
def test_a_missing_folder_is_named_with_a_way_out(qapp: QApplication, tmp_path: Path, form: str) -> None:
    with pytest.raises(WorkbenchError) as heard:
        save(request(form), tmp_path / "nowhere" / f"head.{form}")
    assert heard.value.what == "the folder does not exist"
    assert "nowhere" in heard.value.where
    assert heard.value.mend


def test_a_failure_keeps_the_old_file_and_leaves_nothing_beside_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "head.npz"
    path.write_bytes(b"old")

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.np, "savez", full)
    with pytest.raises(WorkbenchError) as heard:
        save(request("npz"), path)
    assert "room" in heard.value.mend
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way_and_an_unknown_format_are_answered(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "head.png").mkdir()
    with pytest.raises(WorkbenchError):
        save(request("png"), tmp_path / "head.png")
    assert [path.name for path in tmp_path.iterdir()] == ["head.png"]
    with pytest.raises(WorkbenchError, match="gif"):
        save(replace(request("png"), format="gif"), tmp_path / "head.gif")


def test_the_suggested_name_counts_from_one() -> None:
    assert request("svg").file_name == "attention-cross-layer2-head3-step1240.svg"


def test_a_copy_lands_on_the_clipboard(qapp: QApplication) -> None:
    copy_picture(request("png").picture, (300, 200))
    assert QGuiApplication.clipboard().image().width() == 600
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("form", ["png", "svg", "npz"])
def test_any_thread_may_write(qapp: QApplication, tmp_path: Path, form: str) -> None:
    asked = request(form)
    with ThreadPoolExecutor(3) as threads:
        made = list(threads.map(lambda number: save(asked, tmp_path / f"{number}.{form}"), range(12)))
    here = save(asked, tmp_path / f"here.{form}")
    assert {path.stat().st_size for path in made} == {here.stat().st_size}
    assert len(list(tmp_path.iterdir())) == 13
