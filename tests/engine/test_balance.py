from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from workbench.contracts.examples import IGNORED
from workbench.engine.balance import WeightedLoss, resampled


def test_each_class_weighs_as_much_as_any_other() -> None:
    classes = np.array([0] * 90 + [1] * 9 + [2] + [IGNORED] * 5)
    weights = WeightedLoss(classes, 3).weights.numpy()
    sums = weights * [90, 9, 1]
    assert sums == pytest.approx([100 / 3] * 3)


def test_the_loss_is_the_weighted_mean_of_torch() -> None:
    weighted = WeightedLoss(np.array([0, 0, 0, 1, 2, 2]), 3)
    logits, labels = torch.randn(4, 5, 3, generator=torch.Generator().manual_seed(0)), torch.tensor([[0, 1, 2, IGNORED, 1]] * 4)
    mean = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), weight=weighted.weights, label_smoothing=0.1)
    torch.testing.assert_close(weighted.loss(logits, labels, 0.1) / weighted.count(labels), mean)


def test_an_epoch_reads_all_classes_equally_often_and_is_as_long_as_before() -> None:
    classes = np.array([0] * 90 + [1] * 9 + [2] * 2)
    rows = resampled(classes, seed=3, epoch=0)
    assert len(rows) == len(classes)
    assert np.ptp(np.bincount(classes[rows])) <= 1
    times = np.bincount(rows, minlength=len(classes))
    assert times[:90].max() == 1
    assert np.ptp(times[90:99]) <= 1
    assert np.ptp(times[99:]) <= 1


def test_epochs_differ_and_repeat_themselves() -> None:
    classes = np.array([0] * 90 + [1] * 10)
    first, again, next_one = (resampled(classes, seed=3, epoch=epoch) for epoch in (0, 0, 1))
    assert np.array_equal(first, again)
    assert set(first[classes[first] == 0]) != set(next_one[classes[next_one] == 0])
