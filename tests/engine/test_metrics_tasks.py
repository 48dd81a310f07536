"""Metrics of several labels and of answers, beside scikit-learn and beside definitions written out."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score, roc_auc_score

from workbench.engine import metrics


@given(seed=st.integers(0, 10_000), rows=st.integers(1, 30), labels=st.integers(2, 6), share=st.floats(0.0, 0.9))
def test_several_labels_are_scored_as_scikit_learn_does(seed: int, rows: int, labels: int, share: float) -> None:
    generator = np.random.default_rng(seed)
    truth = generator.random((rows, labels)) < share
    probabilities = generator.random((rows, labels))
    predicted = probabilities > 0.5
    names = [f"label {n}" for n in range(labels)]
    scores = metrics.multi_label(truth, probabilities, names)
    assert scores["micro_f1"] == pytest.approx(f1_score(truth, predicted, average="micro", zero_division=0))
    assert scores["subset_accuracy"] == pytest.approx(accuracy_score(truth, predicted))
    occurs = [n for n in range(labels) if truth[:, n].any() or predicted[:, n].any()]
    each = [f1_score(truth[:, n], predicted[:, n], zero_division=0) for n in range(labels)]
    assert scores["macro_f1"] == pytest.approx(np.mean([each[n] for n in occurs]) if occurs else 0.0)
    areas = [roc_auc_score(truth[:, n], probabilities[:, n]) for n in range(labels) if 0 < truth[:, n].sum() < rows]
    assert ("auc" in scores) == bool(areas)
    assert not areas or scores["auc"] == pytest.approx(np.mean(areas))
    for n, name in enumerate(names):
        own = scores["per_class"][name]
        assert own["f1"] == pytest.approx(each[n])
        assert own["precision"] == pytest.approx(precision_score(truth[:, n], predicted[:, n], zero_division=0))
        assert own["recall"] == pytest.approx(recall_score(truth[:, n], predicted[:, n], zero_division=0))
        assert own["support"] == truth[:, n].sum()
        assert ("auc" in own) == (0 < truth[:, n].sum() < rows)


def test_no_rows_have_no_scores() -> None:
    assert metrics.multi_label(np.zeros((0, 2), bool), np.zeros((0, 2)), ["a", "b"]) == {}
    assert metrics.question_answering([], []) == {}


@pytest.mark.parametrize(
    ("truth", "answer", "exact", "f1"),
    [
        ("the Eiffel Tower", "Eiffel tower!", 1.0, 1.0),
        ("in the attic", "attic", 0.0, 2 / 3),
        ("Denver Broncos", "the Broncos of Denver", 0.0, 0.8),
        ("a an the", "", 1.0, 1.0),
        ("Rome", "", 0.0, 0.0),
        ("don't", "dont", 1.0, 1.0),
        ("北京", "北京市", 0.0, 0.8),
        ("北京。", "北京", 1.0, 1.0),
    ],
)
def test_answers_are_scored_as_squad_defines(truth: str, answer: str, exact: float, f1: float) -> None:
    scores = metrics.question_answering([truth], [answer])
    assert scores["exact_match"] == exact
    assert scores["f1"] == pytest.approx(f1)


WORDS = st.lists(st.sampled_from(["red", "Red", "kite", "box", "one", "2"]), max_size=5)


@given(WORDS, WORDS)
def test_f1_of_answers_is_that_of_bags_of_words(truth: list[str], answer: list[str]) -> None:
    one, other = Counter(word.lower() for word in truth), Counter(word.lower() for word in answer)
    common = (one & other).total()
    wanted = float(one == other)
    if truth and answer:
        precision, recall = common / len(answer), common / len(truth)
        wanted = 2 * precision * recall / (precision + recall) if common else 0.0
    assert metrics.question_answering([" ".join(truth)], [" ".join(answer)])["f1"] == pytest.approx(wanted)
