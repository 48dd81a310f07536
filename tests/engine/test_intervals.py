"""Bootstrap intervals against closed forms, against drawing rows one by one, and by how often they hold the truth."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.stats import beta
from sklearn.metrics import accuracy_score, f1_score

from tests.answers import answers, classified
from workbench.engine import metrics
from workbench.engine.intervals import intervals
from workbench.engine.measures import bleu_of, measure
from workbench.engine.resampling import bounds, resampled_sums, unseen


def numbers(rows: int, noise: float, seed: int = 0) -> tuple[list[str], list[str]]:
    chance = np.random.default_rng(seed)
    truth = chance.normal(10, 3, rows)
    return [f"{value:.9g}" for value in truth], [f"{value:.9g}" for value in truth + chance.normal(0, noise, rows)]


def test_scores_are_those_of_scikit_learn() -> None:
    found = classified(500, 7, right=0.8, baseline=0.6)
    got = intervals(found)
    assert got.model["accuracy"][0] == pytest.approx(accuracy_score(found.targets, found.predictions))
    assert got.model["macro_f1"][0] == pytest.approx(f1_score(found.targets, found.predictions, average="macro"))
    assert got.baseline["macro_f1"][0] == pytest.approx(f1_score(found.targets, found.baseline, average="macro"))


@pytest.mark.parametrize(("kind", "names"), [("texts", ("exact_match", "bleu")), ("tags", ("accuracy", "entity_f1"))])
def test_scores_of_sentences_are_those_a_run_reports(kind: str, names: tuple[str, ...]) -> None:
    chance = np.random.default_rng(1)
    words = ["B-A", "I-A", "O", "B-B"] if kind == "tags" else ["a", "cat", "sat", "on"]
    truth = [" ".join(chance.choice(words, chance.integers(1, 9))) for _ in range(200)]
    said = [text if chance.random() < 0.5 else " ".join(chance.permutation(text.split())) for text in truth]
    reported = (
        metrics.seq2seq(truth, said) if kind == "texts"
        else metrics.token_classification([t.split() for t in truth], [s.split() for s in said])
    )  # fmt: skip
    got = intervals(answers(kind, truth, said)).model
    for name in names:
        value, low, high = got[name]
        assert value == pytest.approx(reported[name])
        assert low < value < high


def test_numbers_are_scored_as_a_run_reports_them() -> None:
    truth, said = numbers(300, 1.0)
    reported = metrics.regression([float(t) for t in truth], [float(s) for s in said])
    got = intervals(answers("numbers", truth, said)).model
    assert got["rmse"][0] == pytest.approx(reported["rmse"])
    assert got["pearson"][0] == pytest.approx(reported["pearson"])


def test_counting_cells_is_drawing_rows() -> None:
    """The multinomial over cells has the distribution of rows drawn one by one: mean, spread and correlation agree."""
    found = classified(200, 3, right=0.8, baseline=0.7)
    mine = measure(found, found.predictions)
    columns = mine.by_name["accuracy"].columns
    assert mine.keys is not None
    cells = np.unique(mine.keys, axis=0, return_inverse=True)[1].reshape(-1)
    counted = np.concatenate(list(resampled_sums(columns, cells, resamples=20_000, seed=0)))[:, 0]
    drawn = np.concatenate(list(resampled_sums(columns, None, resamples=20_000, seed=1)))[:, 0]
    share = columns[:, 0].mean()
    for sums in (counted, drawn):
        assert sums.mean() == pytest.approx(200 * share, abs=0.2)
        assert sums.std() == pytest.approx(np.sqrt(200 * share * (1 - share)), rel=0.03)


def test_an_accuracy_has_the_width_of_the_binomial() -> None:
    value, low, high = intervals(classified(1_000, 4, right=0.8, baseline=0.5)).model["accuracy"]
    wrong = round((1 - value) * 1_000)
    exact = beta.ppf([0.025, 0.975], [1_000 - wrong, 1_001 - wrong], [wrong + 1, wrong])
    np.testing.assert_allclose((low, high), exact, atol=0.003)


def test_pairing_makes_the_difference_as_narrow_as_mcnemar() -> None:
    """Both sides err on the same rows but for 2 %: the difference is known far better than either score."""
    rows = 2_000
    truth = ["a"] * rows
    mine = ["b"] * 400 + ["a"] * 1_600
    theirs = ["b"] * 440 + ["a"] * 1_560
    value, low, high = intervals(answers("classes", truth, mine, baseline=theirs)).difference["accuracy"]
    discordant = 40 / rows
    spread = np.sqrt((discordant - discordant**2) / rows)
    assert value == pytest.approx(0.02)
    np.testing.assert_allclose((low, high), (0.02 - 1.96 * spread, 0.02 + 1.96 * spread), atol=0.001)


@pytest.mark.parametrize(("rows", "share"), [(30, 0.8), (100, 0.9), (400, 0.7)])
def test_intervals_of_accuracy_hold_the_truth_as_often_as_they_say(rows: int, share: float) -> None:
    held = differences = 0
    trials = 400
    for seed in range(trials):
        got = intervals(classified(rows, 2, right=share, baseline=share - 0.1, seed=seed), resamples=600, seed=seed)
        _, low, high = got.model["accuracy"]
        held += low - 1e-9 <= share <= high + 1e-9
        _, low, high = got.difference["accuracy"]
        differences += low - 1e-9 <= 0.1 <= high + 1e-9
    assert 0.92 <= held / trials <= 0.985
    assert 0.92 <= differences / trials <= 0.985


def test_intervals_of_numbers_hold_the_truth_as_often_as_they_say() -> None:
    held, trials = 0, 300
    for seed in range(trials):
        truth, said = numbers(60, 2.0, seed)
        _, low, high = intervals(answers("numbers", truth, said), resamples=500, seed=seed).model["rmse"]
        held += low <= 2.0 <= high
    assert held / trials >= 0.90  # the percentile interval of a spread is known to be a little short


def test_the_same_seed_gives_the_same_interval() -> None:
    found = classified(100, 3, right=0.8, baseline=0.7)
    assert intervals(found) == intervals(found)
    assert intervals(found) != intervals(found, seed=1)


def test_where_nothing_varies_the_closed_bound_stands() -> None:
    got = intervals(answers("classes", ["a"] * 40, ["a"] * 40, baseline=["a"] * 40))
    value, low, high = got.model["accuracy"]
    assert (value, high) == (1.0, 1.0)
    assert low == pytest.approx(0.025 ** (1 / 40))
    assert got.difference["accuracy"] == pytest.approx((0.0, -unseen(40), unseen(40)))


@pytest.mark.parametrize(
    ("kind", "truth", "said"),
    [
        ("classes", [], []), ("classes", ["a"], ["b"]), ("classes", ["a", "b"], ["", "ü"]),
        ("numbers", ["1", "2"], ["nan", "1"]),
        ("numbers", ["1", "1", "1"], ["1", "1", "1"]), ("numbers", ["1e300", "-1e300"], ["0", "1e300"]),
        ("texts", ["a"], [""]),
        ("texts", ["", ""], ["", "x"]), ("tags", ["O O", ""], ["O", ""]), ("tags", ["NN VB"], ["NN VB"]),
        ("unknown", ["a"], ["a"]),
    ],
)  # fmt: skip
def test_wild_answers_leave_scores_out_and_never_raise(kind: str, truth: list[str], said: list[str]) -> None:
    got = intervals(answers(kind, truth, said, baseline=said))
    for scores in (got.model, got.baseline, got.difference):
        for value, low, high in scores.values():
            assert np.isfinite([value, low, high]).all()
            assert low <= high


def test_bleu_from_sums_is_sacrebleu() -> None:
    sums = np.array([[5, 2, 0, 0, 8, 6, 4, 2, 8, 9], [0] * 10, [3, 2, 0, 0, 3, 2, 1, 0, 3, 3]], np.float64)
    from sacrebleu.metrics.bleu import BLEU

    expected = [
        BLEU.compute_bleu(
            row[:4].astype(int).tolist(), row[4:8].astype(int).tolist(), int(row[8]), int(row[9]), "exp", effective_order=True
        ).score
        for row in sums
    ]
    np.testing.assert_allclose(bleu_of(sums), expected)


def test_bounds_widen_for_few_rows() -> None:
    samples = np.random.default_rng(0).normal(size=20_000)
    narrow, wide = bounds(samples, 10_000), bounds(samples, 8)
    assert narrow is not None
    assert wide is not None
    np.testing.assert_allclose(narrow, (-1.96, 1.96), atol=0.05)
    assert wide[1] > 2.3
    assert bounds(np.full(10, np.nan), 10) is None


def test_seventy_seven_classes_take_a_moment() -> None:
    found = classified(3_000, 77, right=0.92, baseline=0.9)
    began = time.perf_counter()
    intervals(found)
    assert time.perf_counter() - began < 5  # measured: 0.1 to 0.3 s
