"""Attention over a picture: the right patch in the right colour, chosen by mouse and keys, and written to files."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.widgets.pictures import pixel
from workbench.contracts.inspection import Answer, HeadMap, Inspected, Query, Wall
from workbench.contracts.pictures import SeenPicture
from workbench.gui import theme
from workbench.gui.theme import DARK, LIGHT
from workbench.gui.widgets.picture_attention import PictureAttention
from workbench.gui.widgets.picture_drawing import FADE, PictureDrawing
from workbench.gui.widgets.saving import render, save

ROWS, COLUMNS = 3, 4
TOKENS = ("[CLS]", *(f"{row + 1},{column + 1}" for row in range(ROWS) for column in range(COLUMNS)))
GREY = 102  # as bright as (200, 60, 60)
FADED = (round(GREY + FADE * (255 - GREY)),) * 3


def seen_picture(pixels: int = 8) -> SeenPicture:
    return SeenPicture(
        pixels=np.full((ROWS * pixels, COLUMNS * pixels, 3), (200, 60, 60), np.uint8), rows=ROWS, columns=COLUMNS, leading=1
    )


def inspected(tiles: np.ndarray, keys: tuple[str, ...] = TOKENS) -> Inspected:
    wall = Wall(kind="encoder", tiles=tiles, trust=np.zeros(tiles.shape[:2], np.float32), queries=keys, keys=keys)
    return Inspected(
        query=Query(text="", picture="a.png"), walls={"encoder": wall}, tokens=TOKENS, target_tokens=(),
        special=(True,) + (False,) * 12, spans=((0, 0),) * 13, answer=Answer(kind="vector"), picture=seen_picture(),
    )  # fmt: skip


def random_tiles(layers: int = 2, heads: int = 3) -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.dirichlet(np.full(len(TOKENS), 0.5), (layers, heads, len(TOKENS))).astype(np.float32)


@pytest.fixture
def view(show) -> PictureAttention:  # type: ignore[no-untyped-def]
    made = show(PictureAttention(), 460, 520)
    assert isinstance(made, PictureAttention)
    tiles = random_tiles()
    made.show_head(inspected(tiles), HeadMap(kind="encoder", layer=1, head=2, weights=tiles[1, 2]))
    return made


def drawing(query: int = 0, key: int = 7, weight: float = 1.0, **more: object) -> PictureDrawing:
    weights = np.zeros((13, 13), np.float32)
    weights[query, key] = weight
    made = PictureDrawing(picture=seen_picture(), weights=weights, tokens=TOKENS, heads=((0, 0),), query=query)
    return replace(made, **more)  # type: ignore[arg-type]


def middle_of(picture: PictureDrawing, token: int, size: tuple[int, int]) -> QColor:
    place = picture.place_of(token, QSizeF(*size))
    assert place is not None
    return QColor(pixel(render(picture, size), place.center().x(), place.center().y()))


def test_only_the_patch_that_is_looked_at_is_covered(qapp: QApplication) -> None:
    size = (400, 360)
    for key in (1, 4, 7, 12):
        picture = drawing(key=key, opacity=1.0)
        assert middle_of(picture, key, size).name() == QColor(LIGHT.accent).name()
        for other in {1, 2, 5, 8, 11} - {key}:
            colour = middle_of(picture, other, size)
            assert colour.getRgb()[:3] == FADED


def test_without_a_cover_the_picture_has_its_own_colours(qapp: QApplication) -> None:
    assert middle_of(drawing(opacity=0.0), 7, (400, 360)).getRgb()[:3] == (200, 60, 60)


@pytest.mark.parametrize(("scale", "cover"), [("row", 1.0), ("linear", 0.25), ("log", 1 + np.log10(0.25) / 4)])
def test_the_cover_follows_the_scale(scale: str, cover: float, qapp: QApplication) -> None:
    picture = drawing(weight=0.25, scale=scale, opacity=1.0)
    seen, full, ground = middle_of(picture, 7, (400, 360)), QColor(LIGHT.accent), FADED[2]
    assert (seen.blue() - ground) / (full.blue() - ground) == pytest.approx(cover, abs=0.02)
    assert picture.marks[0] == {"row": "0.25"}.get(scale, "1")


def test_a_row_that_looks_at_no_patch_covers_none(qapp: QApplication) -> None:
    picture = drawing(key=0, opacity=1.0)  # the class token looks at itself
    assert middle_of(picture, 5, (400, 360)).getRgb()[:3] == FADED


def test_a_click_and_the_arrow_keys_choose_a_patch(view: PictureAttention, qtbot: QtBot) -> None:
    canvas = view.canvas
    assert canvas.drawing.query == 0
    assert canvas.drawing.caption == "Where [CLS] looks"
    place = canvas.drawing.place_of(7, QSizeF(canvas.size()))
    assert place is not None
    with qtbot.waitSignal(view.query_chosen) as chosen:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(int(place.center().x()), int(place.center().y())))
    assert chosen.args == [7]
    assert canvas.drawing.caption == "Where patch 2,3 (row, column) looks"
    assert np.array_equal(canvas.drawing.patches.ravel(), random_tiles()[1, 2, 7, 1:])
    arrow = {"l": Qt.Key.Key_Left, "r": Qt.Key.Key_Right, "u": Qt.Key.Key_Up, "d": Qt.Key.Key_Down, "h": Qt.Key.Key_Home}
    steps = (("r", 8), ("r", 8), ("d", 12), ("d", 12), ("l", 11), ("u", 7), ("u", 3), ("u", 0), ("l", 0), ("d", 1), ("h", 0))
    for step, expected in steps:
        qtbot.keyClick(canvas, arrow[step])
        assert canvas.drawing.query == expected, step
    chip = canvas.drawing.place_of(0, QSizeF(canvas.size()))
    assert chip is not None
    canvas.choose(5)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(int(chip.center().x()), int(chip.center().y())))
    assert canvas.drawing.query == 0


def test_the_patch_under_the_mouse_tells_its_weight(view: PictureAttention, qtbot: QtBot) -> None:
    place = view.canvas.drawing.place_of(10, QSizeF(view.canvas.size()))
    assert place is not None
    qtbot.mouseMove(view.canvas, QPoint(int(place.center().x()), int(place.center().y())))
    assert f"3,2: weight {random_tiles()[1, 2, 0, 10]:.4f} (even 0.0769)" in view.facts.text()


def test_the_mean_over_heads_is_drawn_where_all_are_there(view: PictureAttention) -> None:
    tiles = random_tiles()
    view.heads.setCurrentIndex(1)
    np.testing.assert_allclose(view.canvas.drawing.weights, tiles[1].mean(0), rtol=1e-6)
    view.heads.setCurrentIndex(2)
    np.testing.assert_allclose(view.canvas.drawing.weights, tiles.mean((0, 1)), rtol=1e-6)
    assert len(view.canvas.drawing.heads) == 6


def test_a_mean_that_is_not_there_is_asked_for_and_drawn_when_it_has_come(view: PictureAttention, qtbot: QtBot) -> None:
    tiles = random_tiles()
    small = inspected(tiles[..., :6, :6])  # tiles of blocks: no mean can be made of them
    head = HeadMap(kind="encoder", layer=0, head=1, weights=tiles[0, 1])
    view.show_head(small, head)
    assert np.array_equal(view.canvas.drawing.weights, tiles[0, 1])
    with qtbot.waitSignal(view.mean_wanted) as asked:
        view.heads.setCurrentIndex(1)
    assert asked.args == [("encoder", 0)]
    assert view.canvas.drawing.picture is None  # nothing else is shown as the mean
    view.show_head(small, head, {("encoder", 0): tiles[0].mean(0)})
    assert np.array_equal(view.canvas.drawing.weights, tiles[0].mean(0))
    assert view.canvas.drawing.heads == ((0, 0), (0, 1), (0, 2))
    with qtbot.waitSignal(view.mean_wanted) as asked:
        view.heads.setCurrentIndex(2)
    assert asked.args == [("encoder", None)]


def test_layers_are_found_by_their_number_where_some_are_left_out(view: PictureAttention) -> None:
    tiles = random_tiles()
    seen = inspected(tiles)
    wall = replace(seen.walls["encoder"], layers=(2, 5))
    view.show_head(replace(seen, walls={"encoder": wall}), HeadMap(kind="encoder", layer=5, head=0, weights=tiles[1, 0]))
    view.heads.setCurrentIndex(1)
    np.testing.assert_allclose(view.canvas.drawing.weights, tiles[1].mean(0), rtol=1e-6)
    assert view.canvas.drawing.heads[0] == (5, 0)


def test_it_is_written_as_picture_drawing_and_numbers(view: PictureAttention, tmp_path: Path) -> None:
    view.canvas.choose(7)
    for form in ("png", "svg", "npz"):
        request = view.request(form, "encoder", 0, "a head", {"picture": "a.png"})
        assert request is not None
        save(request, tmp_path / f"x.{form}")
    image = QImage(str(tmp_path / "x.png"))
    assert image.text("picture") == "a.png"
    assert image.text("query") == "2,3"
    root = ElementTree.parse(tmp_path / "x.svg").getroot()
    assert len(list(root.iter("{http://www.w3.org/2000/svg}image"))) == 1
    with np.load(tmp_path / "x.npz", allow_pickle=False) as found:
        assert np.array_equal(found["weights"], random_tiles()[1, 2])
        assert found["queries"][7] == "2,3"
        assert json.loads(str(found["provenance"])) == {"picture": "a.png"}


def test_it_follows_the_theme(view: PictureAttention, qapp: QApplication) -> None:
    theme.apply(qapp, DARK)
    assert view.canvas.drawing.theme is DARK


@pytest.mark.parametrize("size", [(120, 90), (200, 1200), (1600, 200)])
def test_any_room_shows_the_whole_picture(size: tuple[int, int], qapp: QApplication) -> None:
    picture = drawing()
    inside = picture.places(QSizeF(*size)).picture
    assert inside.width() / inside.height() == pytest.approx(COLUMNS / ROWS, rel=0.1)
    assert inside.right() <= size[0]
    assert inside.bottom() <= size[1]
    assert not render(picture, size).isNull()
