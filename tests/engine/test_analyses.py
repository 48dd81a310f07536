"""What is read off answers, with scikit-learn as the reference."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, classification_report, confusion_matrix, f1_score, roc_auc_score

from tests.answers import answers, classified
from workbench.engine.analyses import analyse, by_value
from workbench.engine.curves import calibration
from workbench.engine.tasks.base import joined


def test_report_and_confusion_are_those_of_scikit_learn() -> None:
    found = classified(400, 5, right=0.7, baseline=0.6)
    got = analyse(found)
    assert got.confusion is not None
    np.testing.assert_array_equal(got.confusion, confusion_matrix(found.targets, found.predictions, labels=list(got.labels)))
    reference = classification_report(found.targets, found.predictions, output_dict=True)
    for name, scores in got.report.items():
        for mine, theirs in (("precision", "precision"), ("recall", "recall"), ("f1", "f1-score"), ("support", "support")):
            assert scores[mine] == pytest.approx(reference[name][theirs])


def test_areas_are_those_of_scikit_learn_also_with_ties() -> None:
    found = classified(300, 4, right=0.8, baseline=0.5)
    assert found.probabilities is not None
    got = analyse(answers(
        "classes", found.targets, found.predictions, labels=found.labels, probabilities=np.round(found.probabilities, 1)
    ))  # fmt: skip
    assert len(got.roc) == len(got.precision_recall) == 4
    for place, (roc, precision) in enumerate(zip(got.roc, got.precision_recall, strict=True)):
        positive = np.array(found.targets) == found.labels[place]
        scores = np.round(found.probabilities, 1).astype(np.float32)[:, place]
        assert roc.area == pytest.approx(roc_auc_score(positive, scores))
        assert precision.area == pytest.approx(average_precision_score(positive, scores))
        assert (roc.x[0], roc.y[0], roc.x[-1], roc.y[-1]) == (0, 0, 1, 1)


def test_labels_are_scored_as_scikit_learn_scores_them() -> None:
    chance = np.random.default_rng(0)
    names = ("red; deep", "blue", "[green")
    truth, shares = chance.random((200, 3)) < 0.4, chance.random((200, 3))
    cells = [
        [joined([name for name, holds in zip(names, row, strict=True) if holds]) for row in side]
        for side in (truth, shares > 0.5)
    ]
    found = answers("labels", *cells, labels=names, probabilities=shares, confidence=np.full(200, 0.9))
    got = analyse(found)
    for name, average in (("micro_f1", "micro"), ("macro_f1", "macro")):
        value, low, high = got.intervals.model[name]
        assert value == pytest.approx(f1_score(truth, shares > 0.5, average=average))
        assert low < value < high
    assert got.intervals.model["subset_accuracy"][0] == pytest.approx((truth == (shares > 0.5)).all(axis=1).mean())
    assert got.right.mean() == got.intervals.model["subset_accuracy"][0]
    reference = classification_report(truth, shares > 0.5, target_names=names, output_dict=True, zero_division=0)
    for name in names:
        assert got.report[name]["f1"] == pytest.approx(reference[name]["f1-score"])


def test_labels_of_which_none_holds_leave_scores_out() -> None:
    got = analyse(answers("labels", ["", ""], ["", ""], labels=("a", "b")))
    assert "micro_f1" not in got.intervals.model
    assert got.intervals.model["subset_accuracy"][0] == 1
    assert got.metric in got.intervals.model


def test_an_answer_counts_as_right_by_the_words_it_says() -> None:
    got = analyse(answers("spans", ["the boat", "a cat", "Rome"], ["Boat", "dog", "Rome!"], confidence=[0.9, 0.8, 0.7]))
    assert got.right.tolist() == [True, False, True]
    assert got.worst.tolist() == [1]
    assert got.intervals.model["exact_match"][0] == pytest.approx(2 / 3)
    assert got.calibration is not None


def test_a_long_curve_is_thinned_and_its_area_is_that_of_all() -> None:
    found = classified(5_000, 2, right=0.8, baseline=0.5)
    assert found.probabilities is not None
    (roc, *_) = analyse(found).roc
    assert len(roc.x) <= 256
    assert roc.area == pytest.approx(roc_auc_score(np.array(found.targets) == "c0", found.probabilities[:, 0]))


def test_calibration_is_that_of_scikit_learn_and_its_error_the_closed_form() -> None:
    chance = np.random.default_rng(0)
    confidence = chance.random(2_000)
    right = chance.random(2_000) < confidence**2
    got = calibration(confidence, right)
    assert got is not None
    share, mean = calibration_curve(right, confidence, n_bins=10)
    np.testing.assert_allclose(got.accuracy, share)
    np.testing.assert_allclose(got.confidence, mean)
    assert got.error == pytest.approx(np.sum(got.counts * np.abs(got.accuracy - got.confidence)) / 2_000)
    assert got.error == pytest.approx(1 / 6, abs=0.03)  # the integral of p - p**2
    honest = calibration(confidence, chance.random(2_000) < confidence)
    assert honest is not None
    assert honest.error < 0.04
    assert calibration(np.full(3, np.nan), np.ones(3, bool)) is None


def test_errors_are_listed_the_most_confident_first() -> None:
    got = analyse(answers("classes", list("aabb"), list("abab"), confidence=[0.9, 0.6, 0.8, np.nan]))
    assert got.worst.tolist() == [2, 1]
    assert got.surest.tolist() == [0, 3]


def test_numbers_list_the_farthest_and_the_nearest() -> None:
    got = analyse(answers("numbers", ["1", "2", "3", "4"], ["1.1", "7", "3", "5"]))
    assert got.worst.tolist() == [1, 3]
    assert got.surest.tolist() == [2, 0]
    assert got.calibration is None
    assert got.metric == "rmse"


def test_groups_cover_every_row_once() -> None:
    found = answers("classes", ["a"] * 100, ["a"] * 60 + ["b"] * 40, tokens=range(100))
    got = analyse(found)
    assert sum(group.rows for group in got.by_length) == 100
    assert (got.by_length[0].value, got.by_length[-1].value) == (1.0, 0.0)
    values = [f"v{row % 20:02}" for row in range(99)] + [""]
    groups = by_value(found, "accuracy", values)
    assert sum(group.rows for group in groups) == 100
    assert groups[-1].others == 10
    few = by_value(found, "accuracy", ["x"] * 50 + [""] * 50)
    assert [(group.name, group.rows) for group in few] == [("", 50), ("x", 50)]
    ranges = by_value(found, "accuracy", [str(row / 10) for row in range(100)])
    assert sum(group.rows for group in ranges) == 100
    assert ranges[0].name.startswith("0 – ")


def test_entities_and_parts_of_speech_have_a_report() -> None:
    entities = analyse(answers("tags", ["B-PER O", "O B-LOC"], ["B-PER O", "O O"]))
    assert entities.report["PER"]["f1"] == 1.0
    assert entities.report["LOC"]["recall"] == 0.0
    words = analyse(answers("tags", ["NN VB", "NN"], ["NN NN", "NN"]))
    assert words.report["NN"] == {"precision": pytest.approx(2 / 3), "recall": 1.0, "f1": pytest.approx(0.8), "support": 2}


@pytest.mark.parametrize(
    ("kind", "truth", "said"),
    [
        ("classes", ["a", "a"], ["a", "a"]), ("classes", ["a"], ["zzz"]), ("classes", [], []),
        ("numbers", ["1", "x"], ["nan", "2"]),
        ("texts", ["a b", ""], ["", ""]), ("tags", ["O", ""], ["", "O O O"]), ("unheard-of", ["a"], ["b"]),
    ],
)  # fmt: skip
def test_wild_answers_are_analysed_without_an_error(kind: str, truth: list[str], said: list[str]) -> None:
    got = analyse(answers(kind, truth, said, labels=("a", "b")))
    assert len(got.right) == len(truth)
    assert set(got.worst.tolist()) | set(got.surest.tolist()) == set(range(len(truth)))


def test_probabilities_that_are_no_numbers_have_no_curves() -> None:
    outputs = np.array([[np.nan, 0.5], [0.2, 0.8]])
    got = analyse(answers("classes", ["a", "b"], ["a", "b"], labels=("a", "b"), probabilities=outputs))
    assert [curve.label for curve in got.roc] == ["b"]
