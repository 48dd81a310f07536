"""The Inspect page with a model of pictures and the real engine: a picture chosen, dropped, broken, and a text model after it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot
from transformers import ViTForImageClassification

from tests.gui.pages.conftest import WAIT, Open
from tests.minilm import minilm
from tests.pictures import save_picture, save_vit
from workbench.data.pictures import read_picture
from workbench.engine.images import image_settings
from workbench.gui.models.inspect_state import InspectState


@pytest.fixture
def vit(tmp_path: Path) -> Path:
    return save_vit(tmp_path / "vit")


def come(state: InspectState, qtbot: QtBot) -> None:
    """Wait for the picture, or for words."""
    qtbot.waitUntil(
        lambda: state.trouble is not None or (state.seen is not None and state.seen.query == state.query), timeout=WAIT
    )


def test_attention_of_a_patch_is_drawn_over_the_picture(
    opened: Open, state: InspectState, qtbot: QtBot, vit: Path, tmp_path: Path
) -> None:  # fmt: skip
    page = opened(vit)
    assert page.given.chooser.isVisible()
    assert not page.given.text.isVisible()
    assert not page.given.mix.isVisible()
    with qtbot.waitSignal(page.picture_wanted):
        qtbot.mouseClick(page.given.chooser.button, Qt.MouseButton.LeftButton)
    path = save_picture(tmp_path / "blocks.png")
    page.given.set_picture(path)
    come(state, qtbot)
    assert page.given.chooser.name.text() == "blocks.png"
    assert page.head.view == "picture"
    assert {row[0] for row in page.answer.bars.rows} == {"cat", "dog", "pear"}
    page.heads.wall.head_chosen.emit(1, 3)
    page.head.picture.canvas.choose(6)
    drawing = page.head.picture.canvas.drawing
    assert drawing.tokens[6] == "2,2"
    eager = ViTForImageClassification.from_pretrained(vit, attn_implementation="eager").eval()
    pixels = image_settings(vit, eager)[0].pixel_values(read_picture(path).pixels)
    with torch.no_grad():
        expected = eager(pixel_values=pixels, output_attentions=True).attentions[1][0, 3, 6, 1:]
    np.testing.assert_allclose(drawing.patches, expected.reshape(4, 4).numpy(), atol=1e-5)
    request = page.head.request("npz")
    assert request is not None
    assert request.provenance["picture"] == str(path)
    page.grab()


def test_the_mean_over_heads_is_there_for_real_picture_sizes(
    opened: Open, state: InspectState, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = save_vit(tmp_path / "large", image_size=192)  # 577 tokens, as ViT-B/16 at 384 pixels
    page = opened(folder)
    page.given.set_picture(save_picture(tmp_path / "a.png", 90, 120))
    come(state, qtbot)
    assert state.seen is not None
    assert len(state.seen.tokens) == 577
    assert not state.seen.walls["encoder"].whole
    qtbot.waitUntil(lambda: state.head is not None, timeout=WAIT)
    view = page.head.picture
    eager = ViTForImageClassification.from_pretrained(folder, attn_implementation="eager").eval()
    pixels = image_settings(folder, eager)[0].pixel_values(read_picture(tmp_path / "a.png").pixels)
    with torch.no_grad():
        expected = torch.stack(eager(pixel_values=pixels, output_attentions=True).attentions)[:, 0]
    for number, of, mean in ((1, ("encoder", 1), expected[1].mean(0)), (2, ("encoder", None), expected.mean((0, 1)))):
        view.heads.setCurrentIndex(number)
        qtbot.waitUntil(lambda of=of: of in state.means, timeout=WAIT)
        np.testing.assert_allclose(view.canvas.drawing.weights, mean.numpy(), atol=1e-6)


def test_a_dropped_picture_is_looked_at_and_other_files_are_the_windows(
    opened: Open, state: InspectState, qtbot: QtBot, vit: Path, tmp_path: Path
) -> None:  # fmt: skip
    page = opened(vit)
    path = save_picture(tmp_path / "dropped.PNG")
    taken = {}
    for file in (path, tmp_path / "table.csv"):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
        page.dragEnterEvent(enter)
        taken[file.name] = enter.isAccepted()
        drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
        if taken[file.name]:
            page.dropEvent(drop)
    assert taken == {"dropped.PNG": True, "table.csv": False}
    come(state, qtbot)
    assert state.seen is not None
    assert state.seen.query.picture == str(path)


def test_wild_pictures_end_in_a_picture_or_in_words(
    opened: Open, state: InspectState, qtbot: QtBot, vit: Path, tmp_path: Path
) -> None:  # fmt: skip
    page = opened(vit)
    whole = save_picture(tmp_path / "whole.png", 90, 120)
    (tmp_path / "cut.png").write_bytes(whole.read_bytes()[:120])
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    Image.new("CMYK", (30, 9)).save(tmp_path / "print.jpg")
    Image.new("RGBA", (9, 30)).save(tmp_path / "clear.png")
    words = {"cut.png", "text.png", "missing.png"}
    for name in ("whole.png", "cut.png", "dot.png", "text.png", "print.jpg", "missing.png", "clear.png"):
        page.given.set_picture(tmp_path / name)
        come(state, qtbot)
        assert (state.trouble is not None) == (name in words), name
        if state.trouble is not None:
            assert page.notice.isVisible()
            assert state.trouble.where == str(tmp_path / name)
            assert page.notice.mend.text()
        page.grab()
    page.given.set_picture(tmp_path / "cut.png")
    come(state, qtbot)
    save_picture(tmp_path / "cut.png")  # what failed is tried again once it is mended
    before = state.seen
    page.given.set_picture(tmp_path / "cut.png")
    qtbot.waitUntil(lambda: state.seen is not before, timeout=WAIT)
    assert state.trouble is None


def test_a_text_model_after_a_picture_model_has_its_text_again(
    opened: Open, state: InspectState, qtbot: QtBot, vit: Path, tmp_path: Path
) -> None:  # fmt: skip
    page = opened(vit)
    page.given.set_picture(save_picture(tmp_path / "a.png"))
    come(state, qtbot)
    state.open(str(minilm()))
    qtbot.waitUntil(lambda: state.facts is not None, timeout=WAIT)
    assert page.given.text.isVisible()
    assert not page.given.chooser.isVisible()
    page.given.set_text("A cat.")
    come(state, qtbot)
    assert page.head.view == "map"
    assert not page.head.tabs["picture"].isVisible()
    state.open(str(vit))  # and back: the picture is still known
    qtbot.waitUntil(lambda: state.seen is not None and state.seen.picture is not None, timeout=WAIT)
    assert page.head.view == "picture"
