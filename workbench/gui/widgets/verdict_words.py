"""A run's verdict in plain words of the window's language, from the numbers the report holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from workbench.contracts.evaluations import SHARES
from workbench.gui.widgets.metric_words import metric_name, metric_text, number_text

KINDS = {"better": "good", "worse": "attention", "as-good": "attention", "too-few": "attention", "not-scored": "attention",
         "not-kept": "attention"}  # fmt: skip
"""How each verdict is coloured, where it is."""


def verdict_words(verdict: Mapping[str, Any], *, other_run: bool = False) -> tuple[str, str]:
    """The sentence, and its kind: good, attention or none.

    Args:
        verdict: As ``report.json`` has it.
        other_run: Another run stands in the baseline's place.
    """
    translate, code = QCoreApplication.translate, str(verdict.get("code"))
    metric = str(verdict.get("metric", ""))
    if "model" not in verdict:
        return (
            translate("Verdict", "The answers could not be scored.") if code == "not-scored"
            else translate("Verdict", "This run keeps no answers row by row.")
        ), KINDS.get(code, "")  # fmt: skip
    own = translate("Verdict", "{0} {1} ({2} … {3})").format(
        metric_name(metric), *(metric_text(metric, verdict[key]) for key in ("model", "low", "high"))
    )
    if code == "not-compared":
        return translate(
            "Verdict", "{0}. The run was stopped before the simple baseline was made; go on with the run to compare."
        ).format(own), ""
    if code == "no-baseline":
        return translate("Verdict", "{0}. There is no simple baseline to compare with here.").format(own), ""
    gain, low, high = (float(verdict[key]) for key in ("gain", "gain_low", "gain_high"))
    if code == "worse":
        gain, low, high = -gain, -high, -low
    by, span = _points(metric, gain), (_bare(metric, low), _bare(metric, high))
    rows = int(verdict.get("rows", 0))
    few = (
        translate("Verdict", "1 row is too few")
        if rows == 1
        else translate("Verdict", "{0} rows are too few").format(f"{rows:,}")
    )
    if other_run:
        words = {
            "better": translate("Verdict", "{0}: better than the other run by {1} ({2} … {3}).").format(own, by, *span),
            "worse": translate("Verdict", "{0}: the other run is better by {1} ({2} … {3}).").format(own, by, *span),
            "as-good": translate("Verdict", "{0}: the other run is as good (difference {1} … {2}).").format(own, *span),
            "too-few": translate(
                "Verdict", "{0}: {1} to tell it from the other run (difference {2} … {3})."
            ).format(own, few, *span),
        }  # fmt: skip
    else:
        words = {
            "better": translate("Verdict", "{0}: better than the baseline by {1} ({2} … {3}).").format(own, by, *span),
            "worse": translate("Verdict", "{0}: the simple baseline is better by {1} ({2} … {3}); prefer it.").format(
                own, by, *span
            ),
            "as-good": translate("Verdict", "{0}: the simple baseline is as good (difference {1} … {2}); prefer it.").format(
                own, *span
            ),
            "too-few": translate(
                "Verdict", "{0}: {1} to tell it from the baseline (difference {2} … {3})."
            ).format(own, few, *span),
        }  # fmt: skip
    return words.get(code, own), KINDS.get(code, "")


def interval_text(metric: str, low: float, high: float) -> str:
    """An interval as it stands behind a score: 80.5 … 87.7 %."""
    if metric in SHARES:
        return QCoreApplication.translate("Metrics", "{0} %").format(f"{100 * low:.1f} … {100 * high:.1f}")
    return f"{metric_text(metric, low)} … {metric_text(metric, high)}"


def _points(metric: str, value: float) -> str:
    bare = _bare(metric, value)
    return QCoreApplication.translate("Verdict", "{0} points").format(bare) if metric in SHARES else bare


def _bare(metric: str, value: float) -> str:
    return f"{100 * value:.1f}" if metric in SHARES else number_text(value)
