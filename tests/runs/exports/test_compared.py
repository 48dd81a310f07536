"""Two heads beside each other as files: their numbers, their difference, and where both sides come from."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.minilm import minilm
from tests.runs.test_comparing import save_bert
from workbench.contracts.comparing import Compared, Other
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Query
from workbench.runs.comparing import Comparing
from workbench.runs.exports import write_compared
from workbench.runs.inspector import Inspector

TEXT, SWAPPED = "The cat that the dog chased sat.", "The dog that the cat chased sat."


@pytest.fixture(scope="module")
def comparing() -> Comparing:
    return Comparing(Inspector.open(minilm()))


def texts(comparing: Comparing, other: str = SWAPPED) -> Compared:
    return comparing.compare(Query(text=TEXT), Other(kind="text", text=other), "encoder", (2, 5))


def test_arrays_hold_both_sides_their_difference_and_their_sources(comparing: Comparing, tmp_path: Path) -> None:
    found = texts(comparing)
    write_compared(found, tmp_path / "c.npz")
    with np.load(tmp_path / "c.npz", allow_pickle=False) as file:
        np.testing.assert_array_equal(file["difference"], file["b"] - file["a"])
        np.testing.assert_array_equal(file["a"], comparing.first.head("encoder", 2, 5, Query(text=TEXT)).weights)
        assert file["a_queries"][2] == "cat"
        assert file["b_queries"][2] == "dog"
        assert len(file["matches"]) == 72
        said = json.loads(str(file["provenance"]))
    assert (said["text"], said["b_text"]) == (TEXT, SWAPPED)
    assert said["weights_sha256"] == said["b_weights_sha256"] != ""
    assert (said["layer"], said["head"], said["b_layer"], said["b_head"]) == (2, 5, 2, 5)


def test_a_table_has_a_row_for_each_cell_and_its_source_beside_it(comparing: Comparing, tmp_path: Path) -> None:
    found = texts(comparing)
    write_compared(found, tmp_path / "c.csv")
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == found.a.size
    cell = rows[3 * found.a.shape[1] + 2]
    assert (cell["query"], cell["key"]) == (found.queries[3], found.keys[2])
    assert float(cell["difference"]) == pytest.approx(float(found.b[3, 2] - found.a[3, 2]), abs=1e-7)
    assert json.loads((tmp_path / "c.csv-metadata.json").read_text(encoding="utf-8"))["b_text"] == SWAPPED


def test_pictures_of_both_kinds_carry_their_source(comparing: Comparing, tmp_path: Path) -> None:
    found = texts(comparing)
    assert write_compared(found, tmp_path / "c.png") == ""
    with Image.open(tmp_path / "c.png") as picture:
        assert json.loads(picture.info["Description"])["b_text"] == SWAPPED
        assert picture.width > 2 * picture.height
    write_compared(found, tmp_path / "c.svg")
    assert "B − A" in (tmp_path / "c.svg").read_text(encoding="utf-8")


def test_another_tokenizer_has_a_column_for_what_lies_outside(comparing: Comparing, tmp_path: Path) -> None:
    other = Other(kind="model", source=save_bert(tmp_path, "character"))
    found = comparing.compare(Query(text=TEXT), other, "encoder", (2, 5))
    for ending in ("npz", "csv", "png"):
        write_compared(found, tmp_path / f"c.{ending}")
    with np.load(tmp_path / "c.npz", allow_pickle=False) as file:
        assert file["a_keys"][-1] == "outside words"
        assert len(file["a_keys"]) == file["difference"].shape[1]
        said = json.loads(str(file["provenance"]))
    assert said["b_class"] == "BertModel"
    assert said["weights_sha256"] != said["b_weights_sha256"]


def test_sides_of_other_lengths_have_no_difference_and_the_table_says_so(comparing: Comparing, tmp_path: Path) -> None:
    found = texts(comparing, "A longer text that has many more tokens than the other one.")
    write_compared(found, tmp_path / "c.npz")
    write_compared(found, tmp_path / "c.png")
    with np.load(tmp_path / "c.npz", allow_pickle=False) as file:
        assert "difference" not in file
        assert file["b"].shape[0] > file["a"].shape[0]
    with pytest.raises(WorkbenchError, match="no difference cell by cell"):
        write_compared(found, tmp_path / "c.csv")
    assert not (tmp_path / "c.csv").exists()
    with pytest.raises(WorkbenchError, match="is not written as"):
        write_compared(found, tmp_path / "c.html")
