"""Evaluate a run from the answers it keeps: for the window as arrays, for scripts as one JSON object."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.evaluations import Group, Judged
from workbench.engine.analyses import analyse
from workbench.runs.answer_columns import groups_by_column, other_columns
from workbench.runs.baseline import COUNTED
from workbench.runs.folder import RunFolder
from workbench.runs.kept_answers import splits
from workbench.runs.scoring import open_answers, paired
from workbench.runs.verdicts import verdict

ERRORS = 100
"""Errors in the JSON object."""


def judge_run(run: Path, split: str = "", against: Path | None = None) -> Judged:
    """The analysis of a run's kept answers and the verdict on it.

    Args:
        run: A run folder.
        split: ``validation`` or ``test``; the test rows where there are some.
        against: Another run on the same table, whose answers take the baseline's place.

    Raises:
        WorkbenchError: no answers are kept, or the two runs have no rows in common.
    """
    answers = open_answers(run, split)
    if against is not None:
        answers = paired(answers, open_answers(against, answers.split))
    found = analyse(answers)
    stopped = answers.task in COUNTED and RunFolder.open(run).report().get("stopped") == "asked"
    judged = verdict(found.intervals, found.metric, answers.split, other_run=against is not None, stopped=stopped)
    try:
        columns = other_columns(run, answers.split)
    except WorkbenchError:  # the table may be gone: what is kept is enough for all else
        columns = ()
    return Judged(
        analysis=found, verdict=judged, splits=splits(RunFolder.open(run).predictions), columns=columns,
        other="" if against is None else against.name,
    )  # fmt: skip


def evaluate_run(run: Path, *, split: str = "", against: Path | None = None, column: str | None = None) -> dict[str, Any]:
    """The analysis as JSON values: ``verdict``, ``intervals``, ``report`` by class, ``confusion`` with ``labels``, areas of
    ``roc`` and ``precision_recall`` by class, ``calibration``, ``errors`` (the most confident first), ``by_length`` and, where
    a column is named, ``by_column``.

    Raises:
        WorkbenchError: as `judge_run`; or the table is gone or has no such column.
    """
    judged = judge_run(run, split, against)
    found = judged.analysis
    answers, honest = found.answers, found.calibration
    groups = () if column is None else groups_by_column(run, answers, found.metric, column)
    return {
        "run": str(run), "split": answers.split, "task": answers.task, "metric": found.metric, "verdict": judged.verdict,
        "other": judged.other or None, "intervals": found.intervals.as_dict(),
        "report": {name: {k: float(v) for k, v in scores.items()} for name, scores in found.report.items()},
        "labels": list(found.labels), "confusion": None if found.confusion is None else found.confusion.tolist(),
        "roc": {curve.label: curve.area for curve in found.roc},
        "precision_recall": {curve.label: curve.area for curve in found.precision_recall},
        "calibration": None if honest is None else {
            "error": honest.error, "counts": honest.counts.tolist(), "confidence": _plain(honest.confidence),
            "accuracy": _plain(honest.accuracy),
        },
        "errors": [
            {
                "row": int(answers.rows[place]), "text": answers.texts[place], "target": answers.targets[place],
                "prediction": answers.predictions[place], "confidence": _number(answers.confidence[place]),
            }
            for place in found.worst[:ERRORS]
        ],
        "by_length": _as_dicts(found.by_length), "column": column, "by_column": _as_dicts(groups),
    }  # fmt: skip


def _as_dicts(groups: Sequence[Group]) -> list[dict[str, Any]]:
    return [
        {key: _number(value) if isinstance(value, float) else value for key, value in dataclasses.asdict(group).items()}
        for group in groups
    ]


def _plain(values: Any) -> list[float | None]:  # Any: an array of numbers
    return [_number(value) for value in values]


def _number(value: float) -> float | None:
    """JSON has no NaN."""
    return float(value) if math.isfinite(value) else None
