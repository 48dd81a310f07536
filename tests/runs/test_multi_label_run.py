"""The doctor's joined labels, learned and judged: what the verdict says is what the report says."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.contracts.events import Finished
from workbench.contracts.specs import DataSpec, Experiment
from workbench.data.doctor import find
from workbench.data.table import open_table
from workbench.runs.execute import start
from workbench.runs.kept_answers import load
from workbench.runs.resolve import resolved

WORDS = {"price": ("cheap", "costly"), "taste": ("tasty", "bland"), "staff": ("kind", "rude")}


def test_labels_that_the_doctor_joins_are_learned_and_judged_as_sets(tmp_path: Path) -> None:
    """They were kept as tags of words once: an accuracy of fifteen per cent beside a third of all rows right."""
    path = tmp_path / "t.csv"
    rows = [(f"visit {n}: " + " ".join(WORDS[label][n % 2] for label in held), held)
            for n in range(48) for held in [list(WORDS)[: 1 + n % 3]]]  # fmt: skip
    path.write_text("\n".join(["text,label", *(f"{text},{label}" for text, held in rows for label in held)]), encoding="utf-8")
    spec = DataSpec(table=str(path))
    with open_table(spec) as table:
        finding = next(each for each in find(table, spec) if each.kind == "same-text-different-labels")
    assert finding.mends[0].name == "join-labels"
    data = {"table": str(path), "validation": 0.25, **finding.mends[0].settings["data"]}
    model = {"layers": 1, "heads": 2, "d_model": 16}
    experiment, _ = resolved({"data": data, "model": model, "train": {"epochs": 2, "device": "cpu"}}, preset="tiny")
    assert isinstance(experiment, Experiment)
    *_, last = start(experiment, tmp_path / "run")
    assert isinstance(last, Finished)
    answers = load(tmp_path / "run" / "predictions", "validation")
    assert answers.kind == "labels"
    assert set(answers.targets) <= {"price", "price; taste", "price; staff; taste"}
    right = sum(a == b for a, b in zip(answers.targets, answers.predictions, strict=True)) / len(answers.targets)
    assert right == pytest.approx(last.report["metrics"]["validation"]["subset_accuracy"])
    assert answers.baseline is not None
    alike = sum(a == b for a, b in zip(answers.targets, answers.baseline, strict=True)) / len(answers.targets)
    assert alike == pytest.approx(last.report["baseline"]["validation"]["subset_accuracy"])
