"""Making up for rare classes: a loss that weighs them more, or epochs that read them more often."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from workbench.contracts.examples import IGNORED, Examples
from workbench.engine.batches import Indices


class WeightedLoss:
    """Cross-entropy in which every class counts as much as any other, however many rows it has.

    Args:
        classes: Every class of the training rows, -100 where nothing is asked.
        count: Classes there are.
    """

    def __init__(self, classes: NDArray[np.integer], count: int) -> None:
        rows = np.bincount(classes[classes != IGNORED], minlength=count)
        self.weights = torch.from_numpy((rows.sum() / (count * np.maximum(rows, 1))).astype(np.float32))  # (C,)

    def loss(self, logits: Tensor, labels: Tensor, smoothing: float) -> Tensor:
        """Sum of the weighted loss over logits (…, C) for labels (…)."""
        return F.cross_entropy(
            logits.flatten(0, -2).float(), labels.flatten(), weight=self.weights.to(logits.device), ignore_index=IGNORED,
            reduction="sum", label_smoothing=smoothing,
        )  # fmt: skip

    def count(self, labels: Tensor) -> Tensor:
        """The weights of what is asked, summed: what the loss is divided by."""
        return self.weights.to(labels.device)[labels[labels != IGNORED]].sum()


def classes_of(examples: Examples) -> NDArray[np.integer]:
    """Every class that is asked for: one a row, or one a word."""
    classes = examples.labels if examples.targets is None else examples.targets.values
    assert classes is not None  # training rows have their answers
    return np.asarray(classes).astype(np.int64, copy=False)


def resampled(classes: NDArray[np.integer], *, seed: int, epoch: int) -> Indices:
    """(N,) rows of an epoch in which all classes are equally frequent and which is as long as one that reads each row once.

    A rare class is read as a whole, again and again; of a frequent one each epoch takes other rows. Seed and epoch alone
    decide which.

    Args:
        classes: (N,) the class of each row.
        seed: The run's.
        epoch: From 0.
    """
    generator = np.random.default_rng((seed, epoch, 1))
    present = np.unique(classes)
    share, more = divmod(len(classes), len(present))
    lucky = set(generator.permutation(len(present))[:more].tolist())  # classes that are read once more: N is no multiple
    drawn = []
    for number, each in enumerate(present):
        own = np.flatnonzero(classes == each)
        wanted = share + (number in lucky)
        rounds = [generator.permutation(own) for _ in range(-(-wanted // len(own)))]
        drawn.append(np.concatenate(rounds)[:wanted] if rounds else own[:0])
    return np.concatenate(drawn)
