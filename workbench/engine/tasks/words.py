"""One tag per word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.examples import IGNORED, Examples, SpecialIds
from workbench.engine import metrics
from workbench.engine.batches import Batch, Indices, pad
from workbench.engine.tasks.base import Evaluation, Noise, Prediction, Reader, Task, take


class TokenClassification(Task):
    """Which tag each word has; a word is read at its first sub-word."""

    name = "token-classification"

    def __init__(self, special: SpecialIds, labels: tuple[str, ...]) -> None:
        self.special, self.labels = special, labels
        self.entities = any(label[:2] in ("B-", "I-") for label in labels)
        self.selects_by = "entity_f1" if self.entities else "accuracy"

    def collate(self, examples: Examples, indices: Indices, noise: Noise | None = None) -> Batch:
        assert examples.targets is not None
        inputs, tokens = self.read(examples, indices, noise)
        labels, _ = pad(take(examples.targets, indices), IGNORED)  # (B, T)
        return Batch(inputs=inputs, labels=labels, indices=indices, tokens=tokens)

    def _read(self, reader: Reader, examples: Examples) -> tuple[dict[int, NDArray[np.int64]], dict[int, float], float]:
        """Tags of every example, the mean probability of its tags, and the mean loss over all words."""
        assert examples.targets is not None
        tags: dict[int, NDArray[np.int64]] = {}
        confidence: dict[int, float] = {}
        total, words = 0.0, 0
        for batch in reader.batches(self, examples):
            logits = reader.logits(batch)  # (B, T, C)
            total += float(self.loss(logits, batch.labels))
            words += int(self.count(batch.labels))
            best = logits.softmax(-1).max(-1)
            asked = (batch.labels != IGNORED).cpu().numpy()
            found, sure = best.indices.cpu().numpy(), best.values.cpu().numpy()
            for row, index in enumerate(batch.indices):
                tags[int(index)] = found[row][asked[row]]
                confidence[int(index)] = float(sure[row][asked[row]].mean()) if asked[row].any() else 0.0
        return tags, confidence, total / max(1, words)

    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        assert examples.targets is not None
        tags, confidence, loss = self._read(reader, examples)
        wanted = [[self.labels[t] for t in row[row != IGNORED]] for row in take(examples.targets, np.arange(len(examples.rows)))]
        found = [[self.labels[t] for t in tags[i]] for i in range(len(wanted))]
        scores = metrics.token_classification(wanted, found)
        scores["loss"] = loss
        return Evaluation(
            metrics=scores, predictions={i: Prediction(text=" ".join(found[i]), confidence=confidence[i]) for i in show}
        )

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        tags, confidence, _ = self._read(reader, examples)
        return [
            Prediction(text=" ".join(self.labels[t] for t in tags[i]), confidence=confidence[i])
            for i in range(len(examples.rows))
        ]
