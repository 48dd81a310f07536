"""Whether a model is worth it, in a sentence: the model beside the baseline, with what chance leaves open."""

from __future__ import annotations

from typing import Any

from workbench.contracts.counting import counted
from workbench.contracts.evaluations import LOWER_IS_BETTER, SHARES, Intervals

SAME = {"share": 0.005, "bleu": 0.5, "number": 0.01}
"""Differences below half a point (or 1 % of a number) are no difference, however many rows there are."""
OPEN = {"share": 0.05, "bleu": 5.0, "number": 0.1}
"""An interval that reaches further than this on both sides of nothing tells nothing."""
NAMES = {
    "accuracy": "accuracy", "macro_f1": "macro F1", "micro_f1": "micro F1", "f1": "F1", "exact_match": "exact match",
    "entity_f1": "entity F1", "rmse": "RMSE",
    "bleu": "BLEU", "pearson": "Pearson", "subset_accuracy": "all labels right",
}  # fmt: skip


def verdict(
    found: Intervals, metric: str, split: str, *, other_run: bool = False, stopped: bool = False
) -> dict[str, Any]:  # fmt: skip
    """The verdict as ``report.json`` has it.

    Args:
        found: The scores.
        metric: The one to judge by.
        split: Whose rows they are.
        other_run: Another run's answers stand in the baseline's place.
        stopped: The run was stopped by hand, so that there was no time for a baseline.

    Returns:
        ``code``: better, as-good, worse, too-few (rows to tell), no-baseline, not-compared (yet) or not-scored; ``split``,
        ``metric``, ``rows``,
        the ``model``'s score with ``low`` and ``high``, the ``baseline``'s, ``gain`` (positive where the model is better)
        with ``gain_low`` and ``gain_high``, and ``text``, a plain sentence.
    """
    if metric not in found.model:
        return {"code": "not-scored", "split": split, "metric": "", "text": "The answers could not be scored."}
    value, low, high = found.model[metric]
    told: dict[str, Any] = {
        "split": split, "metric": metric, "rows": found.rows, "model": value, "low": low, "high": high,
    }  # fmt: skip
    own = f"{NAMES.get(metric, metric)} {_shown(metric, value)} ({_shown(metric, low)} … {_shown(metric, high)})"
    if metric not in found.difference and stopped:
        said = "The run was stopped before the simple baseline was made; go on with the run to compare"
        return {"code": "not-compared", **told, "text": f"{own}. {said}."}
    if metric not in found.difference:
        return {"code": "no-baseline", **told, "text": f"{own}. There is no simple baseline to compare with here."}
    theirs = found.baseline[metric][0]
    gain, least, most = found.difference[metric]
    if metric in LOWER_IS_BETTER:
        gain, least, most = -gain, -most, -least
    told |= {"baseline": theirs, "gain": gain, "gain_low": least, "gain_high": most}
    code = judge(gain, least, most, metric, theirs)
    by = f"{_points(metric, abs(gain))} ({_bare(metric, least)} … {_bare(metric, most)})"
    lead = f"{_points(metric, abs(gain))} ({_bare(metric, -most)} … {_bare(metric, -least)})"
    span = f"{_bare(metric, least)} … {_points(metric, most)}"
    few = counted(found.rows, "row is too few", "rows are too few")
    texts = {
        "better": f"{own}: better than the baseline by {by}.",
        "worse": f"{own}: the simple baseline is better by {lead}; prefer it.",
        "as-good": f"{own}: the simple baseline is as good, the difference is {span}; prefer it.",
        "too-few": f"{own}: {few} to tell it from the baseline, the difference is {span}.",
    } if not other_run else {
        "better": f"{own}: better than the other run by {by}.",
        "worse": f"{own}: the other run is better by {lead}.",
        "as-good": f"{own}: the other run is as good, the difference is {span}.",
        "too-few": f"{own}: {few} to tell it from the other run, the difference is {span}.",
    }  # fmt: skip
    return {"code": code, **told, "text": texts[code]}


def judge(gain: float, least: float, most: float, metric: str, baseline: float) -> str:
    """The reason code of a gain (positive where the model is better) between its bounds."""
    kind = "share" if metric in SHARES else "bleu" if metric == "bleu" else "number"
    size = abs(baseline) if kind == "number" else 1.0
    same, much = SAME[kind] * size, OPEN[kind] * size
    if least > 0 and gain >= same:
        return "better"
    if most < 0 and gain <= -same:
        return "worse"
    return "too-few" if least <= 0 <= most and most > much else "as-good"


def _shown(metric: str, value: float) -> str:
    return f"{100 * value:.1f} %" if metric in SHARES else f"{value:.4g}"


def _points(metric: str, value: float) -> str:
    return _bare(metric, value) + (" points" if metric in SHARES else "")


def _bare(metric: str, value: float) -> str:
    return f"{100 * value:.1f}" if metric in SHARES else f"{value:.4g}"
