"""What a run's answers are worth: kept in its folder, scored with intervals beside the baseline's, judged in a sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.evaluations import Answers, Intervals
from workbench.data.prepare import Prepared
from workbench.engine.intervals import intervals
from workbench.engine.measures import main_metric
from workbench.engine.tasks import Prediction
from workbench.runs.baseline import COUNTED, Counted
from workbench.runs.folder import RunFolder
from workbench.runs.kept_answers import gather, kind_of, load, save, splits
from workbench.runs.verdicts import verdict

Answered = tuple[NDArray[np.int64], Mapping[int, Prediction]]
"""Places of examples, and the model's answers by place."""


def keep_answers(
    run: RunFolder, prepared: Prepared, answered: Mapping[str, Answered], counted: Counted, *, stopped: bool = False
) -> dict[str, Any]:  # fmt: skip
    """Write the answers of each split into the run folder and score them.

    Args:
        run: Where to.
        prepared: The table.
        answered: By split.
        counted: What the baseline answers.
        stopped: The run was stopped by hand.

    Returns:
        What the report gains: ``intervals`` by split, and the ``verdict`` on the test rows or, where there are none, on the
        validation rows.

    Raises:
        RunFailed: the disk is full.
    """
    found: dict[str, Intervals] = {}
    uncompared = stopped and prepared.task in COUNTED
    judged: dict[str, Any] = {
        "code": "not-kept", "split": "validation", "metric": "",
        "text": "The run was stopped before its answers were kept: go on with it to have them."
        if kind_of(prepared, prepared.validation)
        else "A language model has no answer for a row of its own, so there is nothing to compare.",
    }  # fmt: skip
    for split, (places, predictions) in answered.items():
        answers = gather(prepared, split, places, predictions, counted.outputs.get(split), counted.note)
        if answers is not None:
            save(run.predictions, answers)
            found[split] = intervals(answers)
            judged = verdict(found[split], main_metric(answers, list(found[split].model)), split, stopped=uncompared)  # test last
    return {
        "intervals": {split: found[split].as_dict() if split in found else None for split in ("validation", "test")},
        "verdict": judged,
    }


def best_split(run: RunFolder, wanted: str = "") -> str:
    """The split to look at: the one that is wanted, else test rows where there are some.

    Raises:
        WorkbenchError: the run keeps no answers on it.
    """
    there = splits(run.predictions)
    return wanted or (there[0] if there else "validation")


def paired(mine: Answers, theirs: Answers) -> Answers:
    """The answers of one run with those of another in the baseline's place, on the rows that both answered.

    Raises:
        WorkbenchError: they answered different rows, or what they were asked for differs.
    """
    places = {(row, target): place for place, (row, target) in enumerate(zip(theirs.rows.tolist(), theirs.targets, strict=True))}
    both = [
        (place, places[row, target])
        for place, (row, target) in enumerate(zip(mine.rows.tolist(), mine.targets, strict=True))
        if (row, target) in places
    ]
    if mine.kind != theirs.kind or not both:
        raise WorkbenchError(
            "the two runs have no row in common whose answer they were both asked for", where=mine.split,
            mend="Compare runs on the same table with the same data.split_seed and shares.",
        )  # fmt: skip
    own, other = np.array(both, np.int64).T
    return dataclasses.replace(mine.at(own), baseline=tuple(theirs.predictions[place] for place in other), of=len(mine), note="")


def open_answers(path: Path, split: str = "") -> Answers:
    """The answers a run keeps.

    Raises:
        WorkbenchError: no run, or none kept.
    """
    run = RunFolder.open(path)
    return load(run.predictions, best_split(run, split))
