"""Which weights of a training are the best."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest

from workbench.contracts.examples import SpecialIds
from workbench.engine.progress import Progress
from workbench.engine.selection import Selection
from workbench.engine.tasks import Evaluation
from workbench.engine.tasks.sentence import TextClassification


def judged(folder: Path, *scores: tuple[float, float], progress: Progress | None = None) -> Progress:
    """The progress after evaluations with these accuracies and losses, at steps 1, 2, …"""
    task = TextClassification(SpecialIds(pad=0, unk=1, cls=2, sep=3, mask=4), ("a", "b"))
    selection, progress = Selection(folder, task, "accuracy"), progress or Progress()
    for accuracy, loss in scores:
        progress.step += 1
        better = selection.judge(Evaluation(metrics={"accuracy": accuracy, "loss": loss}, predictions={}), progress)
        assert better == (progress.best_step == progress.step)
    return progress


@pytest.mark.parametrize(
    ("scores", "best"),
    [
        ([(0.5, 0.9), (0.8, 0.7), (0.8, 0.5), (0.8, 0.6)], 3),
        ([(0.8, 0.5), (0.9, 0.9), (0.8, 0.1)], 2),
        ([(0.8, 0.5), (0.8, 0.5)], 1),
        ([(0.8, 0.5), (0.8, math.nan)], 1),
        ([(0.8, math.nan), (0.8, 0.5)], 1),
    ],
)
def test_of_equal_scores_the_lower_loss_is_better(scores: list[tuple[float, float]], best: int, tmp_path: Path) -> None:
    progress = judged(tmp_path, *scores)
    assert progress.best_step == best
    assert progress.worse == len(scores) - best


def test_what_decides_is_in_the_checkpoint(tmp_path: Path) -> None:
    scores = [(0.8, 0.5), (0.8, 0.6), (0.8, 0.4)]
    halfway = Progress(**dataclasses.asdict(judged(tmp_path, *scores[:2])))
    assert judged(tmp_path, *scores[2:], progress=halfway) == judged(tmp_path, *scores)


def test_a_checkpoint_that_does_not_tell_the_loss_keeps_the_first_of_equal_scores(tmp_path: Path) -> None:
    kept = dataclasses.asdict(judged(tmp_path, (0.8, 0.5)))
    del kept["best_loss"]
    assert judged(tmp_path, (0.8, 0.1), progress=Progress(**kept)).best_step == 1
