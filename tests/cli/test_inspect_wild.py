"""Fifty wild inputs from a terminal: an answer, or what is wrong, where, and how to mend it; never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import call
from tests.runs.test_comparing import save_bert
from tests.wild_inputs import EMPTY, FOLDERS, TEXTS


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(save_bert(tmp_path_factory.mktemp("bert"), "wordpiece"))


def test_there_are_fifty() -> None:
    assert len(set(TEXTS)) + len(FOLDERS) == 50


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_wild_text_is_answered_or_explained(
    text: str, bert: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    long = len(text) > 1_000
    code = call("inspect", bert, "--text", text, *([] if long else ["--out", tmp_path / "x.html"]), "--json")
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert "Traceback" not in err
    if text in EMPTY:
        assert code == 2
    if code == 0:
        assert told["shapes"]["encoder"][2:] == [len(told["tokens"])] * 2
        assert long or (tmp_path / "x.html").stat().st_size > 1_000
    else:
        assert code == 2
        assert "defect" not in told["error"]["mend"]
        assert told["error"]["what"]
        assert told["error"]["mend"]
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_a_wild_folder_is_explained(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(save_bert(tmp_path / "model", "wordpiece"))
    capsys.readouterr()
    FOLDERS[name](folder)
    assert call("inspect", folder, "--text", "The cat sat.", "--json") == 2
    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert "Traceback" not in err
    assert error["what"]
    assert error["mend"]
    assert str(folder) in error["where"] or "model" in error["where"]
