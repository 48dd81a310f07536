"""The answers a run keeps: written at its end, read back, compared with another run's, grouped by other columns."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import numpy as np
import pytest

from tests.answers import answers, classified
from tests.runs.test_execute import drain, stopped_at
from tests.tables import TASKS, tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.evaluations import Answers
from workbench.contracts.specs import Experiment
from workbench.runs import execute, kept_answers
from workbench.runs.answer_columns import groups_by_column, other_columns
from workbench.runs.baseline import COUNTED
from workbench.runs.evaluating import evaluate_run, judge_run
from workbench.runs.execute import resume, start
from workbench.runs.kept_answers import load, save, splits
from workbench.runs.scoring import open_answers, paired


def same(one: Answers, other: Answers) -> None:
    for name, value in vars(one).items():
        theirs = getattr(other, name)
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(value, theirs)
        else:
            assert value == theirs, name


@pytest.mark.parametrize(
    "found",
    [
        classified(20, 3, right=0.7, baseline=0.5),
        answers("texts", ['line\nbreak "quoted"', "鱼"], ["", "\u2028"], confidence=[np.nan, 0.5]),
        answers("numbers", ["1"], ["nan"]), answers("classes", [], []),
    ],
)  # fmt: skip
def test_what_is_kept_is_read_back(found: Answers, tmp_path: Path) -> None:
    save(tmp_path / "predictions", found)
    assert splits(tmp_path / "predictions") == ("validation",)
    same(load(tmp_path / "predictions", "validation"), found)


@pytest.mark.parametrize("task", TASKS)
def test_a_run_ends_with_its_answers_and_a_verdict(task: str, tmp_path: Path) -> None:
    _, report = drain(start(tiny(write_table(tmp_path, task), task), tmp_path / "run"))
    code = report["verdict"]["code"]
    if task.endswith("-lm"):
        assert code == "not-kept"
        assert report["intervals"] == {"validation": None, "test": None}
        return
    found = open_answers(tmp_path / "run")
    assert len(found) == found.of == report["rows"]["validation"]
    assert (found.baseline is not None) == (task in COUNTED)
    got = report["intervals"]["validation"]["model"]
    for name, scores in got.items():
        assert scores["value"] == pytest.approx(report["metrics"]["validation"][name], rel=1e-4)
        assert scores["low"] <= scores["value"] <= scores["high"] or name == "bleu"
    for name, scores in report["intervals"]["validation"]["baseline"].items():
        assert scores["value"] == pytest.approx(report["baseline"]["validation"][name], rel=1e-4)
    assert code in ("better", "worse", "as-good", "too-few", "no-baseline")
    assert report["verdict"]["text"]
    json.dumps(evaluate_run(tmp_path / "run"), allow_nan=False)


def test_rows_are_those_of_the_table(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    drain(start(tiny(table, "text-classification"), tmp_path / "run"))
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = open_answers(tmp_path / "run")
    assert [rows[row]["source"] for row in found.rows] == list(found.texts)
    assert [rows[row]["goal"] for row in found.rows] == list(found.targets)
    assert found.probabilities is not None
    np.testing.assert_allclose(found.probabilities.sum(1), 1, atol=1e-5)
    assert [found.labels[place] for place in found.probabilities.argmax(1)] == list(found.predictions)


def test_of_a_huge_split_a_part_is_kept_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "KEPT", 10)
    _, report = drain(start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run"))
    found = open_answers(tmp_path / "run")
    assert len(found) == 10
    assert found.of == report["rows"]["validation"] > 10
    assert report["intervals"]["validation"]["rows"] == 10


def test_a_stopped_run_says_that_nothing_is_kept_and_keeps_it_when_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    with monkeypatch.context() as patch:
        patch.setattr(execute, "PATIENCE", -1.0)
        report = stopped_at(experiment, tmp_path / "run", 3)
    assert report["verdict"]["code"] == "not-kept"
    assert "go on with it" in report["verdict"]["text"]
    with pytest.raises(WorkbenchError, match="keeps no answers"):
        open_answers(tmp_path / "run")
    drain(resume(tmp_path / "run"))
    assert len(open_answers(tmp_path / "run"))


@pytest.mark.parametrize(
    ("task", "code"),
    [("pair-classification", "not-compared"), ("question-answering", "no-baseline"), ("seq2seq", "not-kept")],
)  # fmt: skip
def test_a_stopped_run_keeps_its_answers_where_they_come_at_once(task: str, code: str, tmp_path: Path) -> None:
    report = stopped_at(tiny(write_table(tmp_path, task), task), tmp_path / "run", 3)
    assert report["verdict"]["code"] == code
    if code != "not-kept":
        assert len(open_answers(tmp_path / "run")) == report["rows"]["validation"]
        assert evaluate_run(tmp_path / "run")["verdict"]["code"] == code


def test_several_labels_are_kept_each_scored_by_itself(tmp_path: Path) -> None:
    table = write_table(tmp_path, "multi-label", rows=200)
    _, report = drain(start(tiny(table, "multi-label", epochs=8, learning_rate=4e-3), tmp_path / "run"))
    assert report["verdict"]["metric"] == "micro_f1"
    got = judge_run(tmp_path / "run").analysis
    assert got.answers.kind == "labels"
    wanted = report["metrics"]["validation"]["per_class"]
    for name, scores in got.report.items():
        assert scores == pytest.approx({key: wanted[name][key] for key in scores})
    assert {curve.label: curve.area for curve in got.roc} == pytest.approx(
        {name: scores["auc"] for name, scores in wanted.items() if "auc" in scores}, abs=1e-6
    )
    assert got.confusion is None
    assert got.calibration is not None
    assert got.calibration.counts.sum() == len(got.answers) * len(got.answers.labels)


def test_a_question_read_in_windows_is_one_answer(tmp_path: Path) -> None:
    table = write_table(tmp_path, "question-answering", rows=100)
    experiment = tiny(table, "question-answering").replace(data={"max_length": 9})
    _, report = drain(start(experiment, tmp_path / "run"))
    found = open_answers(tmp_path / "run")
    assert len(set(found.rows.tolist())) == len(found) == found.of == report["rows"]["validation"]
    for name in ("exact_match", "f1"):
        assert report["intervals"]["validation"]["model"][name]["value"] == report["metrics"]["validation"][name]
    assert other_columns(tmp_path / "run", "validation") == ()


def test_mended_rows_are_found_again_in_their_table(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    lines = table.read_text(encoding="utf-8").splitlines()
    marked = [f"<b>{line.split(',')[0]}</b>,{line.split(',')[1]},{n % 2}" for n, line in enumerate(lines[1:])]
    table.write_text("\n".join(["source,goal,half", *marked]), encoding="utf-8")
    experiment = tiny(table, "text-classification").replace(data={"mends": "strip-html"})
    drain(start(experiment, tmp_path / "run"))
    found = judge_run(tmp_path / "run").analysis
    assert "<b>" not in "".join(found.answers.texts)
    assert {group.name for group in groups_by_column(tmp_path / "run", found.answers, found.metric, "half")} == {"0", "1"}


def test_damaged_answers_are_said(tmp_path: Path) -> None:
    save(tmp_path, classified(20, 2, right=0.5, baseline=0.5))
    whole = (tmp_path / "validation.jsonl").read_text(encoding="utf-8")
    for content in (whole[: len(whole) // 2], "", "[]\n" * 20):
        (tmp_path / "validation.jsonl").write_text(content, encoding="utf-8")
        with pytest.raises(WorkbenchError, match=r"validation\.jsonl is not as it was written"):
            load(tmp_path, "validation")
    (tmp_path / "checksums.json").unlink()  # as a person does who changed it
    with pytest.raises(WorkbenchError, match="cannot be read"):
        load(tmp_path, "validation")
    (tmp_path / "validation.npz").write_bytes(b"no archive")
    with pytest.raises(WorkbenchError, match="cannot be read"):
        load(tmp_path, "validation")


def test_two_runs_are_compared_on_the_rows_they_share(tmp_path: Path) -> None:
    one, other = classified(300, 3, right=0.9, baseline=0.1), classified(300, 3, right=0.6, baseline=0.1)
    both = paired(one, other.at(np.arange(100, 300)))
    assert len(both) == 200
    assert both.baseline == other.predictions[100:]
    assert both.of == 300
    for run, found in (("a", one), ("b", other)):
        (tmp_path / run).mkdir()
        (tmp_path / run / "experiment.toml").write_text("", encoding="utf-8")
        save(tmp_path / run / "predictions", found)
    got = evaluate_run(tmp_path / "a", against=tmp_path / "b")
    assert got["verdict"]["code"] == "better"
    assert got["intervals"]["difference"]["accuracy"]["value"] == pytest.approx(np.mean(one.right()) - np.mean(other.right()))
    with pytest.raises(WorkbenchError, match="no row in common"):
        paired(one, classified(10, 2, right=1, baseline=1).at(np.zeros(0, np.int64)))


@pytest.fixture
def shops(tmp_path: Path) -> Experiment:
    """A table whose rows come from two shops: in one of them labels are thrown dice."""
    chance = random.Random(0)
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "shop", "price", "goal"])
        for row in range(200):
            good = chance.random() < 0.5
            text = f"{'good' if good else 'bad'} thing {chance.randint(0, 99)}"
            label = "yes" if (good if row % 2 else chance.random() < 0.5) else "no"
            writer.writerow([text, "north" if row % 2 else "south", f"{row / 10:.1f}", label])
    return tiny(tmp_path / "table.csv", "text-classification", epochs=8, learning_rate=0.01)


def test_scores_by_the_values_of_another_column(shops: Experiment, tmp_path: Path) -> None:
    run = tmp_path / "run"
    drain(start(shops, run))
    assert other_columns(run, "validation") == ("shop", "price")
    found = judge_run(run).analysis
    groups = {group.name: group for group in groups_by_column(run, found.answers, found.metric, "shop")}
    assert set(groups) == {"north", "south"}
    assert groups["north"].value > groups["south"].value
    assert sum(group.rows for group in groups.values()) == len(found.answers)
    ranges = groups_by_column(run, found.answers, found.metric, "price")
    assert 1 < len(ranges) <= 6
    table = Path(str(shops.data.table))
    table.write_text("source,shop,price,goal\n" + "other,x,1,yes\n" * 200, encoding="utf-8")
    with pytest.raises(WorkbenchError, match="not the one whose rows"):
        groups_by_column(run, found.answers, found.metric, "shop")
    table.unlink()
    with pytest.raises(WorkbenchError):
        other_columns(run, "validation")
