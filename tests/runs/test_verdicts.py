"""The verdict says what the interval allows to say, and no more."""

from __future__ import annotations

import pytest

from tests.answers import answers, classified
from workbench.contracts.evaluations import Answers
from workbench.engine.intervals import intervals
from workbench.runs.verdicts import judge, verdict


def told(found: Answers, metric: str = "accuracy", *, other_run: bool = False) -> tuple[str, str]:
    got = verdict(intervals(found), metric, "test", other_run=other_run)
    return got["code"], got["text"]


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        (classified(2_000, 3, right=0.9, baseline=0.8), "better", "better than the baseline by"),
        (classified(2_000, 3, right=0.8, baseline=0.9), "worse", "the simple baseline is better by"),
        (classified(3_000, 3, right=0.8, baseline=0.8), "as-good", "the simple baseline is as good"),
        (classified(40, 3, right=0.8, baseline=0.8), "too-few", "40 rows are too few to tell"),
        (answers("classes", ["a"] * 12, ["a"] * 12, baseline=["a"] * 12), "too-few", "12 rows are too few to tell"),
        (answers("classes", ["a"] * 200, ["a"] * 200, baseline=["a"] * 200), "as-good", "the simple baseline is as good"),
        (answers("texts", ["a", "b"], ["a", "b"]), "no-baseline", "no simple baseline"),
        (answers("numbers", ["1", "2"], ["nan", "1"]), "not-scored", "could not be scored"),
    ],
)  # fmt: skip
def test_the_code_follows_from_the_interval(found: Answers, code: str, words: str) -> None:
    metric = {"texts": "exact_match", "numbers": "rmse"}.get(found.kind, "accuracy")
    assert told(found, metric)[0] == code
    assert words in told(found, metric)[1]


def test_points_and_interval_stand_in_the_sentence() -> None:
    found = intervals(answers("classes", ["a"] * 1_000, ["a"] * 900 + ["b"] * 100, baseline=["a"] * 800 + ["b"] * 200))
    got = verdict(found, "accuracy", "test")
    assert got["gain"] == pytest.approx(0.1)
    assert got["gain_low"] < 0.1 < got["gain_high"]
    low, high = (f"{100 * got[key]:.1f}" for key in ("gain_low", "gain_high"))
    assert got["text"].endswith(f"better than the baseline by 10.0 points ({low} … {high}).")


def test_lower_is_better_for_errors() -> None:
    truth = [str(number) for number in range(200)]
    near, far = ([str(number + off * (-1) ** number) for number in range(200)] for off in (1, 3))
    assert told(answers("numbers", truth, near, baseline=far), "rmse")[0] == "better"
    assert told(answers("numbers", truth, far, baseline=near), "rmse")[0] == "worse"


def test_a_difference_nobody_would_notice_is_none_however_sure() -> None:
    assert judge(0.003, 0.001, 0.005, "accuracy", 0.9) == "as-good"
    assert judge(0.006, 0.001, 0.011, "accuracy", 0.9) == "better"


def test_another_run_is_called_so() -> None:
    for right, other in ((0.9, 0.8), (0.8, 0.9), (0.8, 0.8)):
        text = told(classified(2_000, 2, right=right, baseline=other), other_run=True)[1]
        assert "other run" in text
        assert "baseline" not in text
