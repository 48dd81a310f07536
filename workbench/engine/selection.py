"""Which weights of a training are the best, and where they are kept until its end."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from torch import nn

from workbench.engine import checkpoints
from workbench.engine.progress import Progress
from workbench.engine.tasks import Evaluation, Task


class Selection:
    """Keeps the weights that scored best so far.

    Args:
        folder: Where checkpoints go.
        task: Says what is better and what cannot be bettered.
        selects_by: The metric that decides.
    """

    def __init__(self, folder: Path, task: Task, selects_by: str) -> None:
        self.folder, self.task, self.selects_by = folder, task, selects_by
        self.metrics: dict[str, Any] = {}  # Any: as tasks report them
        """Of the best evaluation since this training began or was resumed."""

    def path(self, progress: Progress) -> Path:
        """Where the best weights are kept."""
        return checkpoints.best_of(self.folder, progress.best_step)

    def judge(self, evaluation: Evaluation, progress: Progress) -> bool:
        """Whether this is the best score so far; of equal ones, which few validation rows often give, the lower loss is better.
        Nothing left to learn is marked by ``worse = -1``."""
        score = float(evaluation.metrics.get(self.selects_by, math.nan))
        score = score if self.task.higher_is_better else -score
        loss = float(evaluation.metrics.get("loss", math.nan))
        better = progress.best_score is None or score > progress.best_score
        if score == progress.best_score and progress.best_loss is not None:  # older checkpoints do not tell it
            better = loss < progress.best_loss
        progress.worse = 0 if better else progress.worse + 1
        if better:
            progress.best_score, progress.best_step = score, progress.step
            progress.best_loss = loss if math.isfinite(loss) else None
            self.metrics = evaluation.metrics
        if self.task.perfect(evaluation.metrics):
            progress.worse = -1
        return better

    def keep(self, model: nn.Module, progress: Progress) -> None:
        """Write the weights down as the best so far.

        Raises:
            RunFailed: the disk is full or cannot be written.
        """
        checkpoints.write(self.path(progress), {"model": checkpoints.unique_tensors(model)}, {"step": progress.step})

    def put_back(self, model: nn.Module, progress: Progress) -> None:
        """Put the best weights into the model where others are there now.

        Raises:
            WorkbenchError: they are lost.
        """
        if progress.best_step and progress.best_step != progress.step:
            tensors, _ = checkpoints.read(self.path(progress))
            checkpoints.restore(model, tensors["model"])

    def restart(self, progress: Progress) -> None:
        """What was scored until now counts no more: the model is another one."""
        progress.best_score, progress.best_loss, progress.best_step, progress.worse = None, None, 0, 0
        self.metrics = {}
