"""Pictures under a lens: every weight is that of eager attention, tokens are named by their patch, changes bite."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForImageClassification, SwinConfig, SwinForImageClassification

from tests.pictures import save_picture, save_vit
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Change, Query
from workbench.data.pictures import read_picture
from workbench.runs.inspector import Inspector
from workbench.runs.studies import attribution, cell, readings, rollout, tables


@pytest.fixture
def picture(tmp_path: Path) -> Query:
    return Query(text="a text that is not read", picture=str(save_picture(tmp_path / "blocks.png", 50, 70)))


@pytest.mark.parametrize("deit", [False, True])
@pytest.mark.parametrize("side", [32, 160])
def test_every_weight_is_that_of_eager_attention(deit: bool, side: int, tmp_path: Path, picture: Query) -> None:
    folder = save_vit(tmp_path / "model", deit=deit, image_size=side)
    inspector = Inspector.open(folder)
    assert (inspector.facts.reads, inspector.facts.task, inspector.facts.support) == ("picture", "image-classification", "full")
    seen = inspector.look(picture)
    eager = AutoModelForImageClassification.from_pretrained(folder, attn_implementation="eager").eval()
    assert inspector._pictures is not None
    pixels = inspector._pictures._settings.pixel_values(read_picture(picture.picture).pixels)
    with torch.no_grad():
        expected = eager(pixel_values=pixels, output_attentions=True)
    wall = seen.walls["encoder"]
    assert wall.trust.max() < 1e-5
    assert wall.whole == (side == 32)
    for layer, attentions in enumerate(expected.attentions):
        for head in range(4):
            whole = inspector.head("encoder", layer, head)
            np.testing.assert_allclose(whole.weights, attentions[0, head].numpy(), atol=1e-5)
    shares = expected.logits[0].softmax(-1)
    names = ("cat", "dog", "pear")
    assert seen.answer.kind == "classes"
    assert dict(seen.answer.likely) == pytest.approx({name: float(shares[place]) for place, name in enumerate(names)}, abs=1e-5)


def test_tokens_are_named_by_row_and_column(tmp_path: Path, picture: Query) -> None:
    for deit, first in ((False, ("[CLS]",)), (True, ("[CLS]", "[DIST]"))):
        seen = Inspector.open(save_vit(tmp_path / f"{deit}", deit=deit)).look(picture)
        assert seen.tokens[: len(first) + 5] == (*first, "1,1", "1,2", "1,3", "1,4", "2,1")
        assert seen.special == (True,) * len(first) + (False,) * 16
        assert seen.walls["encoder"].queries == seen.walls["encoder"].keys == seen.tokens
        assert seen.picture is not None
        assert (seen.picture.rows, seen.picture.columns, seen.picture.leading) == (4, 4, len(first))
        assert seen.tokens[seen.picture.token_of(2, 3)] == "3,4"
        assert seen.picture.patch_of(seen.picture.token_of(2, 3)) == (2, 3)
        assert seen.picture.patch_of(0) is None


def test_the_picture_is_shown_as_the_model_reads_it(tmp_path: Path) -> None:
    path = save_picture(tmp_path / "a.png", 32, 32)
    seen = Inspector.open(save_vit(tmp_path / "model")).look(Query(text="", picture=str(path)))
    assert seen.picture is not None
    assert np.array_equal(seen.picture.pixels, read_picture(path).pixels)  # as large as it is read: nothing is lost
    assert seen.provenance["picture"] == str(path)
    assert seen.provenance["picture_sha256"] == read_picture(path).sha256
    assert "text" not in seen.provenance


def test_a_head_that_is_off_changes_the_answer(tmp_path: Path, picture: Query) -> None:
    inspector = Inspector.open(save_vit(tmp_path / "model"))
    off = tuple(Change(act="off", kind="encoder", layer=0, head=head) for head in range(4))
    seen = inspector.look(Query(text="", picture=picture.picture, changes=off))
    assert seen.before is not None
    assert seen.before.likely != seen.answer.likely
    assert inspector.head("encoder", 0, 1).off


def test_what_can_be_worked_out_about_a_picture_is_and_the_rest_says_so(tmp_path: Path, picture: Query) -> None:
    inspector = Inspector.open(save_vit(tmp_path / "model"))
    inspector.look(picture)
    apart = cell(inspector, picture, "encoder", 1, 2, 0, 5)
    assert apart.weights[5] == pytest.approx(inspector.head("encoder", 1, 2).weights[0, 5], abs=1e-6)
    assert [table.kind for table in tables(inspector, picture, lambda: False)] == ["encoder"]
    rolled = rollout(inspector, picture)
    assert rolled.tokens == inspector.look(picture).tokens
    np.testing.assert_allclose(rolled.layers.sum(-1), 1, atol=1e-5)
    for study in (attribution, readings):
        with pytest.raises(WorkbenchError, match="texts only"):
            study(inspector, picture, *([lambda: False] if study is readings else []))


def test_without_a_picture_or_a_grid_there_are_words(tmp_path: Path, picture: Query) -> None:
    inspector = Inspector.open(save_vit(tmp_path / "model"))
    with pytest.raises(WorkbenchError, match="no picture is chosen"):
        inspector.look(Query(text="only words"))
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    with pytest.raises(WorkbenchError, match="no picture that can be read"):
        inspector.look(Query(text="", picture=str(tmp_path / "text.png")))
    assert inspector.look(picture).picture is not None  # and it goes on
    torch.manual_seed(0)
    swin = SwinConfig(image_size=32, patch_size=4, embed_dim=8, depths=[1, 1], num_heads=[2, 2], window_size=4)
    SwinForImageClassification(swin).save_pretrained(tmp_path / "swin")
    with pytest.raises(WorkbenchError, match="no plain grid"):
        Inspector.open(tmp_path / "swin").look(picture)
