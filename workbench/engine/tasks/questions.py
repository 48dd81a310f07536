"""The stretch of a passage that answers a question (Rajpurkar et al. 2016, arXiv:1606.05250)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from workbench.contracts.examples import Examples, SpecialIds
from workbench.engine import metrics
from workbench.engine.batches import Batch, Indices, pad
from workbench.engine.spans import LONGEST_ANSWER, best_spans
from workbench.engine.tasks.base import Evaluation, Noise, Prediction, Reader, Task, take


@dataclass
class _Best:
    """The best answer to a question over the windows seen so far."""

    score: float = -math.inf
    text: str = ""
    total: float = -math.inf
    """Logarithm of the summed exponentials of the scores of all stretches."""

    @property
    def prediction(self) -> Prediction:
        """The answer, and its share among all stretches of the passage."""
        return Prediction(text=self.text, confidence=math.exp(min(0.0, self.score - self.total)) if self.text else 0.0)


class QuestionAnswering(Task):
    """Which tokens of a passage answer a question. Windows of one passage compete with their scores."""

    name = "question-answering"
    selects_by = "f1"

    def __init__(self, special: SpecialIds) -> None:
        self.special = special

    def collate(self, examples: Examples, indices: Indices, noise: Noise | None = None) -> Batch:
        """Labels are (B, 2), the first and last token; the first token of all stands for an answer that is not there."""
        inputs, tokens = self.read(examples, indices, noise)
        labels = torch.zeros(len(indices), 2, dtype=torch.long)
        if examples.targets is not None:
            labels, _ = pad(take(examples.targets, indices), 0)
        return Batch(inputs=inputs, labels=labels, indices=indices, tokens=tokens)

    def loss(self, logits: Tensor, labels: Tensor, smoothing: float = 0.0) -> Tensor:
        """Sum of the cross-entropies of first and last token over all tokens of a window: logits (B, T, 2)."""
        return F.cross_entropy(logits.float().mT.flatten(0, 1), labels.flatten(), reduction="sum", label_smoothing=smoothing)

    def _answers(self, reader: Reader, examples: Examples) -> tuple[dict[int, _Best], float]:
        """The best answer to each question, and the mean loss."""
        passages = examples.passages
        assert passages is not None
        found: dict[int, _Best] = {}
        total, count = 0.0, 0
        for batch in reader.batches(self, examples):
            logits = reader.logits(batch)  # (B, T, 2)
            total += float(self.loss(logits, batch.labels))
            count += batch.labels.numel()
            flat, _ = pad(take(passages.places, batch.indices), 0)
            places = flat.unflatten(1, (-1, 2))  # (B, T, 2)
            allowed = (places[..., 1] > places[..., 0]).to(logits.device)
            spans = [part.tolist() for part in best_spans(logits[..., 0], logits[..., 1], allowed, LONGEST_ANSWER)]
            for row, (score, first, last, whole) in enumerate(zip(*spans, strict=True)):
                question = int(passages.question[batch.indices[row]])
                best = found.setdefault(question, _Best())
                if math.isfinite(score) and score > best.score:
                    start, stop = int(places[row, first, 0]), int(places[row, last, 1])
                    best.score, best.text = score, passages.texts[question][start:stop]
                best.total = float(torch.logaddexp(torch.tensor(best.total), torch.tensor(whole)))
        return found, total / max(1, count)

    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        """Questions are scored, not windows."""
        passages = examples.passages
        assert passages is not None
        assert passages.answers is not None
        answers, loss = self._answers(reader, examples)
        wanted = [passages.answers[question] for question in answers]
        scores = metrics.question_answering(wanted, [best.text for best in answers.values()])
        scores["loss"] = loss
        return Evaluation(metrics=scores, predictions={i: answers[int(passages.question[i])].prediction for i in show})

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        """Each window has the answer to its question."""
        assert examples.passages is not None
        answers, _ = self._answers(reader, examples)
        return [answers[int(question)].prediction for question in examples.passages.question]
