"""What was worked out about a text as files: numbers read back exactly, pictures and pages carry their source."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import PositionPicture
from workbench.contracts.readings import LayerReadings
from workbench.contracts.studies import Attribution, Flow, Rollout
from workbench.runs.exports import write_study
from workbench.runs.exports.studied import Study

SOURCE = {"model": "m", "weights_sha256": "0" * 64, "text": "<b>a</b> & 自然", "torch": "2"}
TOKENS = ("[CLS]", "=1+1", "<script>alert(1)</script>", "自然")
drawn = np.random.default_rng(0)


def readings() -> LayerReadings:
    ids = drawn.integers(0, 50, (3, 4, 5))
    shares = -np.sort(-drawn.dirichlet(np.ones(5), (3, 4)).astype(np.float32))
    tokens = tuple(tuple(tuple(f"=t{number}" for number in cell) for cell in row) for row in ids.tolist())
    return LayerReadings(ids=ids, probabilities=shares, final=shares[:, :, 0], tokens=tokens, positions=TOKENS)


def reasons() -> Attribution:
    return Attribution(
        answer="fruit", logit=1.5, baseline=0.25, tokens=TOKENS, values=drawn.normal(size=4).astype(np.float32), gap=0.01,
        heads=drawn.random((2, 3), np.float32), kind="encoder",
    )  # fmt: skip


def rollout() -> Rollout:
    layers = drawn.dirichlet(np.ones(4), (3, 4)).astype(np.float32)
    return Rollout(kind="encoder", layers=layers, collapse=layers.mean(1).max(-1), tokens=TOKENS)


def flow() -> Flow:
    return Flow(kind="decoder", layer=1, done=4, tokens=TOKENS, values=drawn.random((4, 4), np.float32))


def positions() -> tuple[PositionPicture, ...]:
    bias = PositionPicture(
        scheme="alibi", view="table", values=drawn.normal(size=(7, 2)).astype(np.float32), rows="offset", columns="head",
        first=-3, first_column=1, own=True,
    )  # fmt: skip
    curve = PositionPicture(
        scheme="rotary", view="decay", values=drawn.normal(size=(5, 1)).astype(np.float32), rows="distance", columns="curve"
    )
    return bias, curve


STUDIES: dict[str, Callable[[], Study]] = {
    "layers": readings,
    "reasons": reasons,
    "rollout": rollout,
    "flow": flow,
    "positions": positions,
}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", STUDIES)
def test_every_form_carries_its_source_and_no_token_is_run(name: str, tmp_path: Path) -> None:
    study = STUDIES[name]()
    for form in ("png", "svg", "csv", "npz"):
        write_study(study, SOURCE, tmp_path / f"x.{form}")
    with Image.open(tmp_path / "x.png") as picture:
        said = json.loads(picture.info["Description"])
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20
    assert said["text"] == SOURCE["text"]
    assert said["weights_sha256"] == SOURCE["weights_sha256"]
    assert "<svg" in (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "x.csv-metadata.json").read_text(encoding="utf-8")) == said
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        assert json.loads(str(arrays["provenance"])) == said
    for row in table(tmp_path / "x.csv"):
        assert not any(cell.startswith("=") for cell in row.values())
    assert {file.name for file in tmp_path.iterdir()} == {"x.png", "x.svg", "x.csv", "x.csv-metadata.json", "x.npz"}


def test_every_reading_is_a_row_that_reads_back(tmp_path: Path) -> None:
    study = readings()
    write_study(study, SOURCE, tmp_path / "x.csv")
    rows = table(tmp_path / "x.csv")
    assert len(rows) == study.ids.size
    for row in rows:
        at = int(row["layers_done"]), int(row["position_index"]), int(row["rank"]) - 1
        assert np.float32(row["probability"]) == study.probabilities[at]
        assert row["token"] == "'" + study.tokens[at[0]][at[1]][at[2]]
    write_study(study, SOURCE, tmp_path / "x.npz")
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["ids"], study.ids)
        np.testing.assert_array_equal(arrays["final"], study.final)
        assert arrays["positions"].tolist() == list(TOKENS)


def test_reasons_hold_tokens_and_heads(tmp_path: Path) -> None:
    study = reasons()
    write_study(study, SOURCE, tmp_path / "x.csv")
    rows = table(tmp_path / "x.csv")
    tokens = [np.float32(row["value"]) for row in rows if row["part"] == "token"]
    np.testing.assert_array_equal(tokens, study.values)
    heads = {(int(row["layer"]), int(row["head"])): np.float32(row["value"]) for row in rows if row["part"] == "head"}
    assert heads == {place: study.heads[place] for place in np.ndindex(study.heads.shape)}


def test_a_flow_says_after_which_layer_it_was_taken(tmp_path: Path) -> None:
    study = flow()
    write_study(study, SOURCE, tmp_path / "x.csv")
    rows = table(tmp_path / "x.csv")
    assert {row["after_layer"] for row in rows} == {"1"}
    np.testing.assert_array_equal([np.float32(row["value"]) for row in rows], study.values.ravel())


def test_positions_are_named_as_they_are_counted(tmp_path: Path) -> None:
    bias, _ = study = positions()
    write_study(study, SOURCE, tmp_path / "x.csv")
    rows = [row for row in table(tmp_path / "x.csv") if row["scheme"] == "alibi"]
    assert (rows[0]["row_is"], rows[0]["row"], rows[0]["column_is"], rows[0]["column"]) == ("offset", "-3", "head", "1")
    assert rows[0]["of"] == "model"
    np.testing.assert_array_equal([np.float32(row["value"]) for row in rows], bias.values.ravel())
    with pytest.raises(WorkbenchError, match="not written as"):
        write_study(study, SOURCE, tmp_path / "x.html")


@pytest.mark.parametrize("name", ["layers", "reasons", "rollout", "flow"])
def test_a_page_runs_nothing_and_text_of_others_stays_text(name: str, tmp_path: Path) -> None:
    study = STUDIES[name]()
    write_study(study, SOURCE, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.search(r"https?://|url\(| style=", page)
    assert "自然" in page
    assert SOURCE["weights_sha256"] in page


def test_a_page_of_paths_stays_small_or_says_why_it_is_none(tmp_path: Path) -> None:
    def of(tokens: int, layers: int) -> Rollout:
        values = np.full((layers, tokens, tokens), 1 / tokens, np.float32)
        return Rollout(kind="encoder", layers=values, collapse=values.mean(1).max(-1), tokens=("a",) * tokens)

    write_study(of(64, 40), SOURCE, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert page.count("<details") == 1
    assert "after layer 39" in page
    with pytest.raises(WorkbenchError, match="a page does not hold"):
        write_study(of(300, 1), SOURCE, tmp_path / "long.html")
    assert not (tmp_path / "long.html").exists()
