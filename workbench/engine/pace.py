"""How long a training is, and what is due at which moment of it."""

from __future__ import annotations

import math
from typing import Literal

from workbench.contracts.specs import TrainSpec
from workbench.engine.progress import Progress


class Pace:
    """The length of a training, in steps and in time.

    Args:
        spec: Says how long at most, and how often it is scored and saved.
        batches: Of an epoch, over all processes.
        tokens: Of an epoch.
    """

    def __init__(self, spec: TrainSpec, batches: int, tokens: int) -> None:
        self.spec = spec
        per_epoch = math.ceil(batches / spec.accumulation)
        limits = [per_epoch * spec.epochs]
        if spec.max_steps:
            limits.append(spec.max_steps)
        if spec.max_tokens:
            limits.append(math.ceil(per_epoch * spec.max_tokens / max(1, tokens)))
        self.total = min(limits)
        """Optimiser steps."""

    def time_share(self, progress: Progress) -> float:
        """Share of the allowed time that is used up, where it is more than the share of the steps.

        A run that ends before its time is up never looks at the clock, and so can be repeated bit for bit.
        """
        share = progress.seconds / self.spec.max_seconds if self.spec.max_seconds else 0.0
        return share if share > progress.step / self.total else 0.0

    def due(self, what: Literal["evaluations", "saves"], progress: Progress) -> bool:
        """Whether the share of the run that is done calls for another evaluation or save; counts it."""
        wanted = self.spec.evaluations if what == "evaluations" else self.spec.checkpoints
        number = max(progress.step * wanted // self.total, int(min(1.0, self.time_share(progress)) * wanted))
        number = min(number, wanted)
        done = int(getattr(progress, what))
        setattr(progress, what, max(done, number))
        return bool(number > done)
