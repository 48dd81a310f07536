from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.runs.exports.made import made
from workbench.contracts.delimited import harmless
from workbench.runs.exports.table import COLUMNS


@pytest.mark.parametrize(
    "token",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("http://x","y")', "=cmd|'/C calc'!A0"],
)
def test_no_spreadsheet_runs_a_token(token: str) -> None:
    assert harmless(token) == "'" + token


@pytest.mark.parametrize("token", ["the", "[CLS]", "##ing", "a=b", "", "1", "中文", "'", '"'])
def test_other_tokens_stay_as_they_are(token: str) -> None:
    assert harmless(token) == token


def test_every_weight_is_a_row_that_reads_back(tmp_path: Path) -> None:
    tokens = ["=1+1", "a,b", 'say "x"', "line\nbreak", "中文"]
    inspection = made(tokens, layer=1)
    assert inspection.write(tmp_path / "x.csv") == ""
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COLUMNS
    weights = inspection.weights["encoder"].weights
    assert len(rows) == weights.size == 2 * 25
    for kind, layer, head, query, query_token, key, key_token, weight in rows:
        assert (kind, layer) == ("encoder", "1")
        assert (query_token, key_token) == (harmless(tokens[int(query)]), harmless(tokens[int(key)]))
        assert float(weight) == pytest.approx(float(weights[0, int(head), int(query), int(key)]), rel=1e-8)
    about = json.loads((tmp_path / "x.csv-metadata.json").read_text(encoding="utf-8"))
    assert about["text"] == "a text"
    assert about["layer"] == 1
    assert about["weights_sha256"] == "0" * 64
    assert about["versions"] == {"torch": "2"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.csv", "x.csv-metadata.json"]
