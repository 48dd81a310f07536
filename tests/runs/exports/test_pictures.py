from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.runs.exports.made import made
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import HeadMap
from workbench.runs.exports.pictures import visible

WILD = ["$a$", "<b>", "&amp;", "\x00\x1b", "\ud800", "a\nb", "x" * 300, "$\\frac", "中"]


@pytest.mark.parametrize(("layers", "heads"), [(1, 2), (4, 6)])
def test_a_picture_says_where_it_is_from(layers: int, heads: int, tmp_path: Path) -> None:
    inspection = made(WILD, layers=layers, heads=heads, text="<naughty> & \x00 中文")
    inspection.write(tmp_path / "x.png")
    with Image.open(tmp_path / "x.png") as picture:
        about = json.loads(picture.info["Description"])
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20
    assert about == inspection.provenance
    inspection.write(tmp_path / "x.svg")
    root = ET.parse(tmp_path / "x.svg").getroot()
    said = ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("description")]
    assert json.loads(said[0]) == inspection.provenance
    letters = [each.text for each in root.iter() if each.tag.endswith("}text")]
    assert ("<b>" in letters) == (layers * heads <= 8)
    assert "attention weight" in letters


def test_a_thin_line_is_seen_in_a_long_text(tmp_path: Path) -> None:
    size = 3_000
    diagonal = HeadMap(kind="encoder", layer=0, head=0, weights=np.eye(size, dtype=np.float32))
    inspection = replace(made(["word"] * size, layers=1, heads=1), whole=lambda kind, layer, head: diagonal)
    inspection.write(tmp_path / "x.png")
    with Image.open(tmp_path / "x.png") as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    yellow = (pixels[..., 0] > 200) & (pixels[..., 2] < 100)
    assert (yellow.any(1).sum(), yellow.any(0).sum()) > (700, 700)


@pytest.mark.parametrize(("token", "shown"), [("a\nb", "a␊b"), ("\x00", "␀"), ("\ud800", "\ufffd"), ("the", "the"), ("中", "中")])
def test_control_characters_have_a_picture(token: str, shown: str) -> None:
    assert visible(token) == shown


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x.png").mkdir()
    with pytest.raises(WorkbenchError, match="cannot be written"):
        made(["a"]).write(tmp_path / "x.png")
    for name in ("x.gif", "x", "nowhere/x.png"):
        with pytest.raises(WorkbenchError) as refused:
            made(["a"]).write(tmp_path / name)
        assert refused.value.mend
    assert [path.name for path in tmp_path.iterdir()] == ["x.png"]
