from __future__ import annotations

import csv
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.pictures import save_picture, save_vit
from tests.runs.folders import make_run
from tests.tables import write_table
from workbench.cli import main
from workbench.contracts.events import Finished, Started
from workbench.contracts.specs import SECTIONS
from workbench.runs.folder import RunFolder

ROOT = Path(__file__).resolve().parent.parent.parent
QUICK = ["--preset", "tiny", "--epochs", "2", "--d-model", "16", "--threads", "1", "--device", "cpu"]


def call(*words: str | Path) -> int:
    """Run a command in this process; its exit code."""
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return int(end.value.code or 0)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A classifier's run folder."""
    folder = tmp_path_factory.mktemp("trained")
    assert (
        call("train", write_table(folder, "text-classification", rows=150), *QUICK, "--epochs", "20", "--out", folder / "run")
        == 0
    )
    return folder / "run"


def only_json(text: str) -> dict[str, Any]:
    """Stdout as its one JSON object."""
    assert text.count("\n") == 1
    content = json.loads(text)
    assert isinstance(content, dict)
    return content


def test_train_json_keeps_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write_table(tmp_path, "text-classification")
    (tmp_path / "new").mkdir()
    test = write_table(tmp_path / "new", "text-classification", seed=3)
    assert call("train", table, *QUICK, "--seed", "5", "--test", test, "--out", tmp_path / "run", "--json") == 0
    report = only_json(capsys.readouterr().out)
    assert report["run"] == str(tmp_path / "run")
    assert report["task"] == "text-classification"
    assert report["stopped"] == "finished"
    assert report["device"] == "cpu"
    assert {"accuracy", "macro_f1", "auc", "loss"} <= report["metrics"]["test"].keys()
    assert {"accuracy", "macro_f1", "auc"} <= report["baseline"]["validation"].keys()
    assert {"accuracy", "macro_f1", "auc"} <= report["baseline"]["test"].keys()
    assert report["wall_seconds"] > report["seconds"] > 0
    assert report["tokens_per_second"] > 0
    assert report["parameters"] > 0
    assert report["steps"] > 0
    assert json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8")) == report


def test_train_first_says_what_the_run_will_take_and_learns_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write_table(tmp_path, "text-classification")
    assert call("train", table, *QUICK, "--out", tmp_path / "told") == 0
    told = capsys.readouterr().err
    assert "Rehearsed " in told
    assert "Advised (--model): with only " in told
    assert " of memory (" in told
    assert " of disk (" in told
    assert call("train", table, *QUICK, "--no-rehearsal", "--out", tmp_path / "silent") == 0
    assert "Rehearsed" not in capsys.readouterr().err
    weights = [(tmp_path / name / "model" / "model.safetensors").read_bytes() for name in ("told", "silent")]
    assert weights[0] == weights[1]


def test_an_experiment_file_trains_and_options_win_over_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_table(tmp_path, "seq2seq")
    file = tmp_path / "experiment.toml"
    file.write_text(
        'name = "mine"\n[data]\ntable = "seq2seq.csv"\n[model]\nd_model = 16\nheads = 2\n[train]\nepochs = 1\nseed = 3\n'
    )
    assert call("train", file, "--preset", "tiny", "--seed", "4", "--out", tmp_path / "run", "--json") == 0
    assert only_json(capsys.readouterr().out)["task"] == "seq2seq"
    written = (tmp_path / "run" / "experiment.toml").read_text(encoding="utf-8")
    assert 'name = "mine"' in written
    assert "seed = 4" in written
    assert "epochs = 1" in written


def test_the_final_table_sets_the_baseline_beside_the_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("train", write_table(tmp_path, "text-classification"), *QUICK, "--out", tmp_path / "run") == 0
    out = capsys.readouterr().out
    assert "TF-IDF baseline" in out
    assert "accuracy" in out
    assert str(tmp_path / "run") in out.replace("\n", "")
    verdict = json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))["verdict"]
    assert verdict["text"] in out


def test_a_run_is_evaluated_from_the_answers_it_keeps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = tmp_path / "run"
    assert call("train", write_table(tmp_path, "text-classification"), *QUICK, "--test-share", "0.2", "--out", run, "--json") == 0
    capsys.readouterr()
    assert call("evaluate", run, "--json") == 0
    found = only_json(capsys.readouterr().out)
    assert found["split"] == "test"
    assert sum(map(sum, found["confusion"])) == found["intervals"]["rows"]
    assert call("evaluate", run, "--split", "validation", "--against", run) == 0
    out = capsys.readouterr().out
    assert "validation:" in out
    assert "other run" in out
    assert call("evaluate", run, "--split", "training", "--json") == 2
    assert "validation or test" in only_json(capsys.readouterr().out)["error"]["mend"]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (["train", "nowhere.csv"], "nowhere.csv"),
        (["train", "nowhere.toml"], "nowhere.toml"),
        (["train", "x.csv", "--layers", "two"], "train"),
        (["train", "x.csv", "--colour", "red"], "train"),
        (["train"], "train"),
        (["resume", "nowhere"], "nowhere"),
        (["predict", "nowhere", "--text", "a"], "nowhere"),
        (["predict", "nowhere"], "predict"),
        (["inspect", "nowhere", "--text", "a"], "nowhere"),
        (["doctor", "nowhere.csv"], "nowhere.csv"),
        (["dance"], "attention-workbench"),
    ],
)
def test_bad_input_is_exit_2_with_what_where_and_how_to_mend_it(
    words: list[str], where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*words, "--json") == 2
    out, err = capsys.readouterr()
    error = only_json(out)["error"]
    assert set(error) == {"what", "where", "mend"}
    assert where in error["where"]
    assert error["what"]
    assert error["mend"]
    assert "Traceback" not in err


def test_a_wrong_spec_names_every_wrong_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("train", write_table(tmp_path, "seq2seq"), "--layers", "0", "--positions", "cubic", "--json") == 2
    what = only_json(capsys.readouterr().out)["error"]["what"]
    assert "model.layers" in what
    assert "model.positions" in what


def test_a_failure_while_training_is_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "--optimizer",
        "sgd",
        "--learning-rate",
        "100",
        "--clip",
        "0",
        "--no-residual",
        "--layers",
        "3",
        "--epochs",
        "60",
        "--warmup",
        "0",
    ]
    code = call("train", write_table(tmp_path, "regression"), *QUICK, *words, "--out", tmp_path / "run", "--json")
    assert code == 1
    assert "no longer a number" in only_json(capsys.readouterr().out)["error"]["what"]


def test_predict_returns_every_original_column_and_row_in_order(trained: Path, tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    rows = [["1", "apple red", "x,y"], ["2", "", 'a "quote"'], ["3", "green green blue", "line\nbreak"], ["4", "评论 apple", ""]]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "source", "note"], *rows])
    assert call("predict", trained, table, "--out", tmp_path / "out.csv") == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        header, *found = list(csv.reader(file))
    assert header == ["id", "source", "note", "prediction", "confidence", "second", "second_confidence"]
    assert [row[:3] for row in found] == rows
    assert found[1][3:] == ["", "", "", ""]
    for row in (found[0], found[2], found[3]):
        assert {row[3], row[5]} == {"fruit", "other"}
        assert float(row[4]) + float(row[6]) == pytest.approx(1, abs=1e-5)
    assert found[2][3] == "other"
    assert call("predict", trained, table, "--out", tmp_path / "out.csv", "--json") == 2


def test_predict_one_text_as_json(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("predict", trained, "--text", "apple apple", "--json") == 0
    answer = only_json(capsys.readouterr().out)
    assert answer["prediction"] == "fruit"
    assert answer["confidence"] == max(answer["probabilities"].values())
    assert sum(answer["probabilities"].values()) == pytest.approx(1)


def test_predict_tells_what_each_word_does(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("predict", trained, "--text", "apple red", "--effects", "--json") == 0
    answer = only_json(capsys.readouterr().out)
    assert [(each["word"], each["start"], each["end"]) for each in answer["effects"]] == [("apple", 0, 5), ("red", 6, 9)]
    assert call("predict", trained, "--text", "red", "--json") == 0
    alone = only_json(capsys.readouterr().out)["probabilities"][answer["prediction"]]
    assert answer["effects"][0]["effect"] == pytest.approx(answer["confidence"] - alone, abs=1e-6)
    assert call("predict", trained, "--text", "apple red", "--effects", "--by", "mask") == 0
    assert "hiding it behind the mask token" in capsys.readouterr().err.replace("\n", " ")


def test_a_title_above_a_table_is_told_as_such(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "titled.csv"
    table.write_text("Fruit of May\nwords,kind\n" + "apple red,a\nplum,b\n" * 4, encoding="utf-8")
    assert call("doctor", table) == 0
    assert "Rows: 9 in the file = 8 read + 0 rejected + 1 above the table" in capsys.readouterr().out
    assert call("predict", trained, table, "--out", tmp_path / "out.csv", "--text-column", "words") == 0
    told = capsys.readouterr().err
    assert "1 line above the table is a title or a note, not a row." in told
    assert "could not be read" not in told


def test_predict_writes_for_a_spreadsheet_and_says_what_it_did(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, out = tmp_path / "new.csv", tmp_path / "out.csv"
    table.write_text("id,words\n=1,apple red\n2,\n3,plum,x\n4,red\n", encoding="utf-8")
    assert call("predict", trained, table, "--out", out, "--json") == 2
    assert "--text-column" in only_json(capsys.readouterr().out)["error"]["mend"]
    words = ["--text-column", "words", "--bom", "--neutralise-formulas"]
    assert call("predict", trained, table, "--out", out, *words) == 0
    told = capsys.readouterr().err
    for part in (
        "3 rows written",
        "1 row has no text; it keeps",
        "1 cell got an apostrophe",
        "1 row could not be read and is not",
        "line 4",
    ):
        assert part in told
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,words,prediction")
    assert b"\n'=1,apple red," in out.read_bytes()
    assert call("predict", trained, table, "--out", tmp_path / "x.xlsx", *words, "--json") == 2
    assert "byte order mark" in only_json(capsys.readouterr().out)["error"]["what"]


def test_a_model_folder_alone_predicts_as_its_run_does(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for path in (trained, trained / "model"):
        assert call("predict", path, "--text", "plum big red", "--json") == 0
        answers.append(only_json(capsys.readouterr().out))
    assert answers[0] == answers[1]


def test_inspect_writes_the_contracts_arrays(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("inspect", trained, "--text", "apple red big", "--out", tmp_path / "x.npz", "--json") == 0
    summary = only_json(capsys.readouterr().out)
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        assert arrays["encoder"].dtype == np.float32
        assert arrays["encoder"].shape == (1, 2, 5, 5)
        assert np.allclose(arrays["encoder"].sum(-1), 1, atol=1e-5)
        assert arrays["tokens"].tolist() == summary["tokens"]
        assert arrays["labels"].tolist() == ["fruit", "other"]
        assert arrays["probabilities"].sum() == pytest.approx(1)
        provenance = json.loads(str(arrays["provenance"]))
    assert provenance["text"] == "apple red big"
    assert len(provenance["weights_sha256"]) == 64


def test_inspect_one_head_as_csv_and_png(trained: Path, tmp_path: Path) -> None:
    assert call("inspect", trained, "--text", "apple $red$", "--layer", "0", "--head", "1", "--out", tmp_path / "x.csv") == 0
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["kind"], row["layer"], row["head"]) for row in rows} == {("encoder", "0", "1")}
    sums: dict[str, float] = {}
    for row in rows:
        sums[row["query_index"]] = sums.get(row["query_index"], 0.0) + float(row["weight"])
    assert all(total == pytest.approx(1, abs=1e-5) for total in sums.values())
    assert call("inspect", trained, "--text", "apple $red$", "--out", tmp_path / "x.png") == 0
    with Image.open(tmp_path / "x.png") as picture:
        assert picture.width > 300
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20


def test_inspect_draws_in_a_terminal(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("inspect", trained, "--text", "apple red") == 0
    out = capsys.readouterr().out
    assert "encoder attention, layer 0, head 0" in out
    assert "Prediction: fruit" in out


def test_inspect_looks_at_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, picture = save_vit(tmp_path / "vit"), save_picture(tmp_path / "a.png")
    capsys.readouterr()
    for form in ("npz", "html", "svg", "csv"):
        assert call("inspect", folder, "--picture", picture, "--out", tmp_path / f"x.{form}", "--json") == 0
        told = only_json(capsys.readouterr().out)
        assert told["shapes"] == {"encoder": [2, 4, 17, 17]}
        assert told["prediction"] in ("cat", "dog", "pear")
        assert (tmp_path / f"x.{form}").stat().st_size
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        assert arrays["tokens"].tolist()[:3] == ["[CLS]", "1,1", "1,2"]
        assert json.loads(str(arrays["provenance"]))["picture"] == str(picture)
    assert call("inspect", folder) != 0
    assert "--picture" in capsys.readouterr().err


def test_inspect_draws_where_a_patch_looks_over_the_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, picture = save_vit(tmp_path / "vit"), save_picture(tmp_path / "a.png")
    one = ("inspect", folder, "--picture", picture, "--layer", "1", "--head", "2")
    for name, words in {"class": (), "patch": ("--query", "2, 3")}.items():
        assert call(*one, *words, "--out", tmp_path / f"{name}.png") == 0
    for name, query in {"class": "[CLS]", "patch": "2,3"}.items():
        with Image.open(tmp_path / f"{name}.png") as drawn:
            said = json.loads(drawn.info["Description"])
            away = np.abs(np.asarray(drawn.convert("RGB"), int) - (216, 114, 12)).max(-1)  # from the frame's colour
            framed = int((away < 4).sum())
        assert said["query"] == query
        assert (framed > 50) == (name == "patch")
    assert call("inspect", folder, "--picture", picture, "--out", tmp_path / "all.svg") == 0
    capsys.readouterr()
    assert call(*one, "--query", "9,1", "--json") == 2
    assert "[CLS]" in only_json(capsys.readouterr().out)["error"]["mend"]


@pytest.mark.parametrize("view", ["weighted", "rollout", "flow", "reasons", "positions"])
def test_inspect_writes_every_view(view: str, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "x.npz"
    assert call("inspect", trained, "--text", "apple red big", "--view", view, "--out", out, "--json") == 0
    told = only_json(capsys.readouterr().out)
    with np.load(out, allow_pickle=False) as arrays:
        assert json.loads(str(arrays["provenance"]))["weights_sha256"] == told["provenance"]["weights_sha256"]
        if view == "weighted":
            assert np.allclose(arrays["encoder"].sum(-1), 1, atol=1e-5)
            assert "value" in told["provenance"]["weighed"]
        elif view == "reasons":
            assert arrays["values"].sum() == pytest.approx(told["logit"] - told["baseline"] - told["gap"], abs=1e-4)
        elif view == "positions":
            assert list(arrays[told["scheme"]].shape) == told["shape"]
        else:
            assert arrays["layers"].shape[1:] == (5, 5)


def test_inspect_writes_what_each_layer_would_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("train", write_table(tmp_path, "causal-lm"), *QUICK, "--task", "causal-lm", "--text", "source", "--out",
                tmp_path / "run") == 0  # fmt: skip
    capsys.readouterr()
    words = ("inspect", tmp_path / "run", "--text", "red apple", "--view", "layers")
    assert call(*words, "--out", tmp_path / "x.html", "--json") == 0
    told = only_json(capsys.readouterr().out)
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert page.count("<td") == (told["layers"] + 1) * len(told["positions"])
    assert call(*words) == 2
    assert "--out" in capsys.readouterr().err


def test_inspect_shows_one_kind_of_attention(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("train", write_table(tmp_path, "seq2seq"), *QUICK, "--task", "seq2seq", "--text", "source", "--out",
                tmp_path / "run") == 0  # fmt: skip
    capsys.readouterr()
    words = ("inspect", tmp_path / "run", "--text", "red apple", "--pair", "apple red", "--kind", "cross")
    assert call(*words, "--out", tmp_path / "x.npz", "--json") == 0
    assert list(only_json(capsys.readouterr().out)["shapes"]) == ["cross"]
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        assert {"encoder", "decoder", "cross"} & set(arrays.files) == {"cross"}
    assert call(*words, "--layer", "0", "--head", "0", "--compare-text", "apple red", "--json") == 0
    assert only_json(capsys.readouterr().out)["kind"] == "cross"


def test_inspect_compares_one_head_with_another_side(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("inspect", trained, "--text", "apple red big", "--layer", "0", "--head", "1")
    assert call(*words, "--compare-text", "big red apple", "--out", tmp_path / "c.npz", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    with np.load(tmp_path / "c.npz", allow_pickle=False) as file:
        assert said["largest_difference"] == pytest.approx(float(np.abs(file["difference"]).max()))
    assert call(*words, "--compare-model", trained, "--out", tmp_path / "c.png") == 0
    assert "largest difference of a weight 0.000" in capsys.readouterr().out
    assert call("inspect", trained, "--text", "apple", "--compare-text", "big") == 2
    assert call(*words, "--compare-text", "big", "--compare-model", trained) == 2
    assert call(*words, "--compare-text", "big", "--out", tmp_path / "c.html") == 2


def test_inspect_measures_heads_over_a_table(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "over.csv"
    table.write_text("comment\n" + "apple red big\n" * 4, encoding="utf-8")
    assert call("inspect", trained, "--over", table, "--rows", "3", "--out", tmp_path / "h.csv", "--json") == 0
    assert json.loads(capsys.readouterr().out)["texts"] == 3
    lines = (tmp_path / "h.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("kind,layer,head,names,entropy,")
    assert call("inspect", trained, "--over", table) == 0
    assert capsys.readouterr().out.splitlines()[0] == lines[0]
    assert call("inspect", trained, "--over", table, "--kind", "cross") == 2
    assert call("inspect", trained, "--over", table, "--kind", "encoder") == 0
    assert call("inspect", trained, "--over", table, "--column", "none") == 2
    assert call("inspect", trained, "--over", table, "--out", tmp_path / "h.png") == 2


def test_inspect_tells_what_a_change_does(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--off", "encoder:0:1", "--temperature", "2", "--change", "uniform:encoder:0:0", "--shuffle", "1"]
    assert call("inspect", trained, "--text", "apple red big", *words, "--out", tmp_path / "x.html", "--json") == 0
    told = only_json(capsys.readouterr().out)
    assert told["provenance"]["changes"] == "off:encoder:0:1; uniform:encoder:0:0; temperature=2"
    assert told["before"]["likely"] != told["answer"]["likely"]
    assert told["prediction"] == told["answer"]["likely"][0][0]
    assert told["support"] == "full"
    assert told["trust"]["encoder"] < 1e-5
    assert "<canvas" in (tmp_path / "x.html").read_text(encoding="utf-8")
    assert call("inspect", trained, "--text", "apple red big", *words) == 0
    assert "Before the change: " in capsys.readouterr().out


@pytest.mark.parametrize("task", ["seq2seq", "causal-lm"])
def test_inspect_reads_what_a_model_writes(task: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("train", write_table(tmp_path, task), *QUICK, "--task", task, "--text", "source", "--out", tmp_path / "run") == 0
    capsys.readouterr()
    words = ["--write", "3"] if task == "causal-lm" else ["--pair", "apple red"]
    assert call("inspect", tmp_path / "run", "--text", "red apple", *words, "--out", tmp_path / "x.npz", "--json") == 0
    told = only_json(capsys.readouterr().out)
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        kinds = {"encoder", "decoder", "cross"} & set(arrays.files)
        assert kinds == ({"decoder"} if task == "causal-lm" else {"encoder", "decoder", "cross"})
        assert {kind: list(arrays[kind].shape) for kind in kinds} == told["shapes"]
        if task == "seq2seq":
            assert arrays["cross"].shape[2:] == (len(arrays["target_tokens"]), len(arrays["tokens"]))


@pytest.mark.parametrize(
    "words",
    [
        ["--off", "encoder:9"],
        ["--off", "nowhere"],
        ["--temperature", "0"],
        ["--layer", "7"],
        ["--head", "2"],
        ["--head", "-1"],
        ["--out", "x.gif"],
        ["--view", "nothing"],
        ["--view", "positions", "--out", "x.html"],
        ["--view", "layers", "--out", "x.png"],
        ["--kind", "nothing"],
        ["--kind", "cross"],
        ["--query", "1,1"],
    ],
)
def test_inspect_refuses_what_is_not_there(trained: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("inspect", trained, "--text", "apple", *words, "--json") == 2
    assert only_json(capsys.readouterr().out)["error"]["mend"]


def test_the_doctors_mends_are_options_of_train_and_hold_when_predicting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "t.csv"
    words = ["red", "green", "blue", "apple", "pear", "plum"]
    lines = [f"<b>{words[n % 6]}</b> {words[n // 6 % 6]} {n},{('fruit', 'colour')[n % 6 < 3]}" for n in range(60)]
    table.write_text("\n".join(["text,label", *lines, lines[0], lines[1].replace("colour", "Colour")]) + "\n", encoding="utf-8")
    assert call("doctor", table) == 0
    told = capsys.readouterr().out
    assert "[--mends strip-html]" in told
    assert "[--mends merge-labels]" in told
    mends = "strip-html merge-labels drop-duplicates"
    run = tmp_path / "run"
    asked = ("--epochs", "1", "--preset", "tiny", "--mends", mends, "--out", run, "--json")
    assert call("train", table, *asked) == 0
    report = json.loads(capsys.readouterr().out)
    assert [said.partition(":")[0] for said in report["mends"]] == mends.split()
    assert "'Colour' becomes 'colour'" in report["mends"][1]
    assert report["rows"]["duplicate text"] == report["rows"]["unusable"] == 2
    answers = []
    for text in ("<i>apple</i> pear 3", "apple pear 3"):
        assert call("predict", run, "--text", text, "--json") == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]
    assert call("train", table, "--mends", "polish", "--json") == 2
    assert "there is no such mend" in json.loads(capsys.readouterr().out)["error"]["what"]


def test_doctor_json_keeps_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write_table(tmp_path, "text-classification")
    assert call("doctor", table, "--json") == 0
    found = only_json(capsys.readouterr().out)
    assert found["encoding"]["name"].lower().startswith(("utf-8", "ascii"))
    assert found["header"] is True
    assert found["rows"]["in_file"] == found["rows"]["read"] + len(found["rows"]["rejected"]) == 80
    assert (found["columns"][0]["name"], found["columns"][0]["role"]) == ("source", "text")
    assert call("doctor", table) == 0
    assert "80 read" in capsys.readouterr().out


def test_the_window_is_handed_in_and_given_the_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text("a,b\n")
    asked: list[tuple[str | None, str | None]] = []

    def window(path: str | None, demo: str | None) -> int:
        asked.append((path, demo))
        return 0

    table = str(tmp_path / "t.csv")
    for words in ([], ["gui"], ["gui", table], [table], ["demo"], ["demo", "reviews"]):
        with pytest.raises(SystemExit) as ended:
            main(words, window=window)
        assert ended.value.code == 0
    assert asked == [(None, None), (None, None), (table, None), (table, None), (None, "reverse"), (None, "reviews")]
    assert call("gui") == 2
    assert "window" in capsys.readouterr().err


def test_every_setting_is_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("train", "--help") == 0
    words = set(capsys.readouterr().out.replace("/", " ").split())
    names = {f.name for spec in SECTIONS.values() for f in dataclasses.fields(spec)} - {"table"}
    assert not [name for name in names if "--" + name.replace("_", "-") not in words]


def test_ctrl_c_keeps_a_run_that_resumes(tmp_path: Path) -> None:
    table = write_table(tmp_path, "seq2seq", rows=400)
    run = tmp_path / "run"
    train = [sys.executable, "-m", "workbench", "train", str(table), *QUICK, "--epochs", "400", "--out", str(run), "--json"]
    process = subprocess.Popen(train, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    events = run / "events.jsonl"
    deadline = time.monotonic() + 120
    while not (events.exists() and '"type": "step"' in events.read_text(encoding="utf-8")):
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert only_json(out)["stopped"] == "asked"
    assert f"resume {run}" in err.replace("\n", "")
    assert "Traceback" not in err
    assert (run / "model" / "config.json").exists()

    def terminate() -> None:
        size = events.stat().st_size
        while '"type": "step"' not in events.read_text(encoding="utf-8")[size:]:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=terminate, daemon=True).start()
    assert call("resume", run, "--json") == 130
    said = [event for event in RunFolder.open(run).events() if isinstance(event, (Started, Finished))]
    first, stopped, again, last = said
    assert isinstance(again, Started)
    assert isinstance(last, Finished)
    assert again.resumed_from == stopped.step > first.step
    assert last.stopped == "asked"
    assert last.step > again.step


def test_two_processes_follow_the_curve_of_one_with_the_doubled_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write_table(tmp_path, "seq2seq", rows=100)
    words = ["train", str(table), *QUICK, "--epochs", "3", "--dropout", "0", "--task", "seq2seq", "--json"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    torchrun = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nproc-per-node",
        "2",
        "--master-port",
        "29611",
        "-m",
        "workbench",
    ]
    two = [*torchrun, *words, "--batch-size", "8", "--out", str(tmp_path / "two")]
    done = subprocess.run(two, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert call(*words, "--batch-size", 16, "--out", tmp_path / "one") == 0
    reports = [only_json(out) for out in (capsys.readouterr().out, done.stdout)]
    losses = []
    for name in ("one", "two"):
        lines = (tmp_path / name / "events.jsonl").read_text(encoding="utf-8").splitlines()
        losses.append([e["loss"] for e in map(json.loads, lines) if e["type"] == "step"])
    assert len(losses[0]) == reports[0]["steps"] == reports[1]["steps"] > 5
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["one", "two"]


def test_only_one_process_of_a_run_speaks_of_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RANK", "1")
    assert call("doctor", "nowhere.csv", "--json") == 2
    assert capsys.readouterr() == ("", "")


def test_a_defect_is_exit_1_and_still_one_json_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("workbench.data.doctor.examine", lambda spec: 1 // 0)
    assert call("doctor", write_table(tmp_path, "seq2seq"), "--json") == 1
    out, err = capsys.readouterr()
    assert "ZeroDivisionError" in only_json(out)["error"]["what"]
    assert "Traceback" in err


def test_runs_are_listed_for_people_and_for_scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_run(tmp_path / "whole", name="[b]one[/b]")
    make_run(tmp_path / "broken")
    (tmp_path / "broken" / "experiment.toml").write_text("name = [")
    assert call("runs", tmp_path) == 0
    said = capsys.readouterr().out
    assert "whole" in said
    assert "broken" in said
    assert "0.7500" in said
    assert call("runs", tmp_path, "--json") == 0
    rows = {Path(row["path"]).name: row for row in json.loads(capsys.readouterr().out)["runs"]}
    assert rows["whole"]["scores"]["accuracy"] == 0.75
    assert rows["whole"]["name"] == "[b]one[/b]"
    assert rows["broken"]["trouble"]
    assert call("runs", tmp_path / "nowhere") == 0
    assert "no runs" in capsys.readouterr().err


def test_a_report_is_one_page(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.html"
    assert call("report", trained, "--out", out, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"out": str(out)}
    text = out.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "data:image/png;base64," in text
    assert call("report", trained, "--out", tmp_path / "x.pdf") == 2


def test_a_run_is_gone_on_with_and_branched_with_edits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, run = write_table(tmp_path, "seq2seq"), tmp_path / "run"
    assert call("train", table, *QUICK, "--batch-size", "8", "--max-steps", "12", "--out", run) == 0
    assert call("branch", run, "--out", tmp_path / "b", "--at", "6", "--edit", "off:cross:0:1", "--edit", "dropout=0.3") == 0
    said = capsys.readouterr()
    assert f"Branch: {tmp_path / 'b'}" in said.err.replace("\n", "")
    assert "step 6: edited, off:cross:0:1" in said.err
    assert "at step 6: dropout=0.3" in said.out
    assert call("resume", tmp_path / "b", "--edit", "learning_rate=0.0003", "--json") == 0
    assert only_json(capsys.readouterr().out)["edits"][-1] == "at step 12: learning_rate=0.0003"
    again = ["train", tmp_path / "b" / "experiment.toml", "--out", tmp_path / "again", "--json"]
    assert call(*again) == 0
    assert only_json(capsys.readouterr().out)["edits"] == [
        "at step 6: off:cross:0:1", "at step 6: dropout=0.3", "at step 12: learning_rate=0.0003",
    ]  # fmt: skip
    weights = [(tmp_path / name / "model" / "model.safetensors").read_bytes() for name in ("b", "again")]
    assert weights[0] == weights[1]
    assert call("runs", tmp_path) == 0
    assert "↳" in capsys.readouterr().out
    assert call("runs", tmp_path, "--json") == 0
    origins = {Path(row["path"]).name: row["branched_from"] for row in only_json(capsys.readouterr().out)["runs"]}
    assert origins == {"run": "", "b": str(run), "again": ""}


@pytest.mark.parametrize("word", ["dropout=2", "off:encoder", "learning-rate=1"])
def test_an_edit_that_is_none_is_refused_before_anything_is_loaded(
    word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("resume", tmp_path, "--edit", word, "--json") == 2
    error = only_json(capsys.readouterr().out)["error"]
    assert error["what"]
    assert error["mend"]


def test_a_step_is_taken_apart(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("step", trained, "7", "--json") == 0
    said = only_json(capsys.readouterr().out)
    assert (said["step"], said["same"]) == (7, True)
    losses = [row["loss"] for row in said["rows"]]
    assert losses == sorted(losses, reverse=True)
    assert min(row["row"] for row in said["rows"]) >= 1
    assert [each["part"] for each in said["layers"]][:2] == ["embedding", "layer"]
    assert call("step", trained, "7") == 0
    words = capsys.readouterr().out
    assert "the recorded ones to the last bit" in words
    assert f"{losses[0]:.4f}" in words
    assert call("step", trained, "0") == 2
    assert "this run has no step 0" in capsys.readouterr().err


def test_spikes_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = make_run(tmp_path / "run", steps=60)
    assert call("spikes", run.path) == 0
    assert "No step stands out." in capsys.readouterr().err
    lines = run.events_file.read_text(encoding="utf-8")
    run.events_file.write_text(lines.replace('"step": 40, "time": 40.0, "loss": 0.025', '"step": 40, "time": 40.0, "loss": 9.0'))
    assert call("spikes", run.path, "--json") == 0
    (spike,) = only_json(capsys.readouterr().out)["spikes"]
    assert (spike["step"], spike["what"], spike["value"]) == (40, "loss", 9.0)
    assert call("spikes", run.path) == 0
    assert "step 40: loss 9" in capsys.readouterr().out
