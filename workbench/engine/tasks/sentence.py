"""One answer per text, or per pair of texts: a class, several labels, or a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.examples import IGNORED, Examples, SpecialIds
from workbench.engine import metrics
from workbench.engine.batches import Batch, Indices
from workbench.engine.tasks.base import Evaluation, Noise, Prediction, Reader, Task, best_two, labels_above, take


class _Sentence(Task):
    """Reads a text, answers once."""

    def collate(self, examples: Examples, indices: Indices, noise: Noise | None = None) -> Batch:
        inputs, tokens = self.read(examples, indices, noise)
        return Batch(inputs=inputs, labels=self.wanted(examples, indices), indices=indices, tokens=tokens)

    def wanted(self, examples: Examples, indices: Indices) -> Tensor:
        """(B,) classes or numbers to learn."""
        known = examples.labels
        return torch.full((len(indices),), IGNORED) if known is None else torch.from_numpy(known[indices])

    def outputs(self, reader: Reader, examples: Examples) -> NDArray[np.float32]:
        """(N, outputs) logits of every example, in order."""
        rows: NDArray[np.float32] | None = None
        for batch in reader.batches(self, examples):
            logits = reader.logits(batch).cpu().numpy()
            if rows is None:
                rows = np.empty((len(examples.rows), logits.shape[-1]), dtype=np.float32)
            rows[batch.indices] = logits
        return rows if rows is not None else np.empty((0, 1), dtype=np.float32)


class TextClassification(_Sentence):
    """Which class a text belongs to."""

    name = "text-classification"
    selects_by = "accuracy"

    def __init__(self, special: SpecialIds, labels: tuple[str, ...]) -> None:
        self.special, self.labels = special, labels

    def probabilities(self, reader: Reader, examples: Examples) -> NDArray[np.float64]:
        """(N, C) probabilities."""
        logits = torch.from_numpy(self.outputs(reader, examples)).double()
        return logits.softmax(-1).numpy()

    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        assert examples.labels is not None
        probabilities = self.probabilities(reader, examples)
        scores = metrics.classification(examples.labels.astype(np.int64, copy=False), probabilities, self.labels)
        chosen = probabilities[np.arange(len(probabilities)), examples.labels]
        scores["loss"] = float(-np.log(np.maximum(chosen, 1e-12)).mean())
        return Evaluation(metrics=scores, predictions={i: best_two(self.labels, probabilities[i]) for i in show})

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        return [best_two(self.labels, row) for row in self.probabilities(reader, examples)]


class PairClassification(TextClassification):
    """How two texts stand to each other."""

    name = "pair-classification"


class MultiLabel(_Sentence):
    """Which labels hold of a text: each is a question of its own, answered by yes where its probability is above one half."""

    name = "multi-label"
    selects_by = "micro_f1"

    def __init__(self, special: SpecialIds, labels: tuple[str, ...]) -> None:
        self.special, self.labels = special, labels

    def wanted(self, examples: Examples, indices: Indices) -> Tensor:
        """(B, C) 1 where a label holds."""
        wanted = torch.zeros(len(indices), len(self.labels))
        if examples.targets is not None:
            for row, holding in enumerate(take(examples.targets, indices)):
                wanted[row, torch.from_numpy(holding.astype(np.int64))] = 1.0
        return wanted

    def loss(self, logits: Tensor, labels: Tensor, smoothing: float = 0.0) -> Tensor:
        """Sum of the binary cross-entropies; smoothing moves each target towards one half."""
        wanted = labels * (1 - smoothing) + smoothing / 2
        return F.binary_cross_entropy_with_logits(logits.float(), wanted, reduction="sum")

    def count(self, labels: Tensor) -> Tensor:
        return torch.tensor(labels.numel(), device=labels.device)

    def probabilities(self, reader: Reader, examples: Examples) -> NDArray[np.float64]:
        """(N, C) probability of each label."""
        return torch.from_numpy(self.outputs(reader, examples)).double().sigmoid().numpy()

    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        truth = self.wanted(examples, np.arange(len(examples))).numpy() > 0.5
        probabilities = self.probabilities(reader, examples)
        scores = metrics.multi_label(truth, probabilities, self.labels)
        scores["loss"] = float(-np.log(np.maximum(np.where(truth, probabilities, 1 - probabilities), 1e-12)).mean())
        return Evaluation(metrics=scores, predictions={i: labels_above(self.labels, probabilities[i]) for i in show})

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        return [labels_above(self.labels, row) for row in self.probabilities(reader, examples)]


class Regression(_Sentence):
    """Which number a text stands for. The model learns the standardised value; `finish` gives it back its units."""

    name = "regression"
    selects_by = "rmse"
    higher_is_better = False

    def __init__(self, special: SpecialIds, mean: float = 0.0, deviation: float = 1.0) -> None:
        self.special = special
        self.mean, self.deviation = mean, deviation

    def loss(self, logits: Tensor, labels: Tensor, smoothing: float = 0.0) -> Tensor:
        """Sum of squared errors, in standard deviations of the target."""
        wanted = (labels.float() - self.mean) / self.deviation
        return (logits.float().squeeze(-1) - wanted).square().sum()

    def count(self, labels: Tensor) -> Tensor:
        return torch.tensor(labels.numel(), device=labels.device)

    def values(self, reader: Reader, examples: Examples) -> NDArray[np.float64]:
        """(N,) predicted numbers in the target's units."""
        return self.outputs(reader, examples)[:, 0].astype(np.float64) * self.deviation + self.mean

    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        assert examples.labels is not None
        values = self.values(reader, examples)
        scores = metrics.regression(examples.labels, values)
        scores["loss"] = float(((values - examples.labels) ** 2).mean() / self.deviation**2)
        return Evaluation(metrics=scores, predictions={i: Prediction(text=f"{values[i]:.6g}") for i in show})

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        return [Prediction(text=f"{value:.6g}") for value in self.values(reader, examples)]

    @torch.no_grad()
    def finish(self, model: PreTrainedModel) -> None:
        *_, head = (module for module in model.modules() if isinstance(module, torch.nn.Linear) and module.out_features == 1)
        head.weight.mul_(self.deviation)
        head.bias.mul_(self.deviation).add_(self.mean)


class PairRegression(Regression):
    """How alike two texts are, as a number."""

    name = "pair-regression"
