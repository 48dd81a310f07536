"""What every task has in common."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from transformers import PreTrainedModel
from transformers.utils.generic import ModelOutput

from workbench.contracts.errors import Cancelled
from workbench.contracts.examples import IGNORED, Examples, SpecialIds
from workbench.contracts.specs import TrainSpec
from workbench.engine.augmentation import NOTHING, Augmentation, varied, words_among
from workbench.engine.batches import Batch, Indices, by_length, pad
from workbench.engine.failures import give_back, out_of_memory

EVALUATION_TOKENS = 16_384
"""Padded tokens of an evaluation batch, at most."""
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Noise:
    """What training hides from the model. It draws from torch's global generator, whose state a checkpoint keeps."""

    token_dropout: float = 0.0
    mask_probability: float = 0.0
    augmentation: Augmentation = field(default_factory=Augmentation)
    words: NDArray[np.int32] = field(default_factory=lambda: NOTHING)
    """(total,) tokens that an augmentation draws from."""


def noise_of(spec: TrainSpec, examples: Examples, special: SpecialIds) -> Noise:
    """The noise that a training asks for; what is inserted is drawn from its own texts."""
    how = Augmentation(
        replace=spec.augment_replace, insert=spec.augment_insert, delete=spec.augment_delete, swap=spec.augment_swap
    )  # fmt: skip
    words = words_among(examples.inputs.values, special) if how else NOTHING
    return Noise(token_dropout=spec.token_dropout, mask_probability=spec.mask_probability, augmentation=how, words=words)


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """A model's answer, readable."""

    text: str
    confidence: float | None = None
    """The model's own probability of its answer."""
    second: str | None = None
    second_confidence: float | None = None
    probabilities: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Scores on rows that were not learned from, and some of the answers."""

    metrics: dict[str, Any]  # Any: numbers, and nested tables of numbers
    predictions: dict[int, Prediction]
    """By position in the examples; only those asked for."""


class Reader:
    """A model in evaluation mode that reads examples: shared by scoring and predicting.

    Args:
        model: In evaluation mode.
        tokenizer: Its own.
        cancelled: Asked before each batch.
        progress: Told how many examples are read.
    """

    def __init__(
        self, model: PreTrainedModel, tokenizer: Tokenizer, *, cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:  # fmt: skip
        self.model, self.tokenizer, self.cancelled, self.progress = model, tokenizer, cancelled, progress
        self.tokens = self._largest = EVALUATION_TOKENS

    def within_memory(self, read: Callable[[], T]) -> T:
        """What `read` gives; where memory does not hold its batches it is asked again, with smaller ones from then on.

        Raises:
            RuntimeError: memory runs out even for single examples.
        """
        while True:
            try:
                return read()
            except (MemoryError, RuntimeError) as error:
                if not out_of_memory(error) or self.tokens <= 1:
                    raise
            give_back(self.model.device)  # outside the handler: the error's frames held what was computed
            self.tokens = min(self.tokens, self._largest) // 2

    def batches(self, task: Task, examples: Examples, subset: Indices | None = None) -> Iterator[Batch]:
        """All examples (or a subset), longest first, in batches of bounded size, on the model's device."""
        lengths = task.lengths(examples)
        positions = np.arange(len(examples.rows)) if subset is None else subset
        longest = int(lengths[positions].max(initial=1))
        size = int(np.clip(self.tokens // max(1, longest), 1, 256))
        self._largest = min(size, len(positions)) * longest
        done = 0
        for chosen in by_length(lengths[positions], size):
            if self.cancelled():
                raise Cancelled("stopped while scoring")
            yield task.collate(examples, positions[chosen]).to(self.model.device)
            done += len(chosen)
            self.progress(done)

    @torch.inference_mode()
    def logits(self, batch: Batch) -> Tensor:
        """The model's raw answer, in float32."""
        return logits_of(self.model(**batch.inputs)).float()


def logits_of(output: ModelOutput) -> Tensor:
    """The raw answer in what a model's forward gave; of question answering both, first and last token: (B, T, 2)."""
    if "start_logits" in output:
        return torch.stack((output["start_logits"], output["end_logits"]), dim=-1)
    logits: Tensor = output["logits"]
    return logits


class Task(ABC):
    """One way of learning from a table."""

    name: str
    special: SpecialIds
    types = False
    """Whether the model is told which tokens are of the second of two texts."""
    selects_by: str
    """The metric that tells the best moment of a run."""
    higher_is_better = True

    def lengths(self, examples: Examples) -> Indices:
        """(N,) tokens of each example, for batches of like length."""
        return examples.inputs.lengths

    @abstractmethod
    def collate(self, examples: Examples, indices: Indices, noise: Noise | None = None) -> Batch:
        """The examples at these positions as tensors; with noise for training."""

    @abstractmethod
    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        """Score a model.

        Args:
            reader: The model, in evaluation mode.
            examples: What to score on.
            show: Positions whose predictions are wanted in readable form.
            full: Score everything; otherwise costly parts may be measured on a part of the examples.
        """

    @abstractmethod
    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        """One answer per example, in order."""

    def read(self, examples: Examples, indices: Indices, noise: Noise | None) -> tuple[dict[str, Tensor], int]:
        """What the model reads of the examples at these positions, and how many tokens of it are no padding."""
        rows = take(examples.inputs, indices)
        types = take(examples.types, indices) if self.types and examples.types is not None else None
        if noise is not None:
            rows, types = varied(rows, noise.augmentation, noise.words, self.special, types=types)
        ids, mask = pad(rows, self.special.pad)  # (B, T)
        tokens = int(mask.sum()) if mask is not None else ids.numel()
        inputs = {"input_ids": hide_tokens(ids, noise, self.special)}
        if mask is not None:
            inputs["attention_mask"] = mask
        if types is not None:
            inputs["token_type_ids"], _ = pad(types, 0)  # (B, T)
        return inputs, tokens

    def loss(self, logits: Tensor, labels: Tensor, smoothing: float = 0.0) -> Tensor:
        """Sum of the loss over what is asked (not a mean: the trainer divides by the count over the whole step)."""
        return F.cross_entropy(
            logits.flatten(0, -2).float(), labels.flatten(), ignore_index=IGNORED, reduction="sum", label_smoothing=smoothing
        )

    def count(self, labels: Tensor) -> Tensor:
        """How many targets a batch asks for."""
        return (labels != IGNORED).sum()

    def perfect(self, metrics: Mapping[str, Any]) -> bool:
        """Whether nothing is left to learn."""
        return False

    def finish(self, model: PreTrainedModel) -> None:  # noqa: B027  most tasks change nothing
        """Change a model that is about to be handed out, in place."""


def ordinary(ids: Tensor, special: SpecialIds) -> Tensor:
    """Where the tokens are words rather than padding, start or end: bool, of the shape of `ids`."""
    known = [i for i in (special.pad, special.cls, special.sep) if i is not None]
    return torch.isin(ids, torch.tensor(known), invert=True)


def hide_tokens(ids: Tensor, noise: Noise | None, special: SpecialIds) -> Tensor:
    """Replace a share of the words (B, T) by the unknown token, so that the model cannot lean on single ones."""
    stand_in = special.unk if special.unk is not None else special.mask
    if noise is None or not noise.token_dropout or stand_in is None:
        return ids
    return ids.masked_fill((torch.rand(ids.shape) < noise.token_dropout) & ordinary(ids, special), stand_in)


def take(
    rows: Sequence[NDArray[np.int32]] | Any, indices: Indices
) -> list[NDArray[np.int32]]:  # Any: Sequences has no base class
    """The ragged rows at these positions."""
    return [rows[int(i)] for i in indices]


def best_two(labels: Sequence[str], probabilities: NDArray[np.float64]) -> Prediction:
    """A class prediction from its probabilities (C,)."""
    order = np.argsort(-probabilities, kind="stable")
    second = order[1] if len(order) > 1 else None
    return Prediction(
        text=labels[order[0]],
        confidence=float(probabilities[order[0]]),
        second=None if second is None else labels[second],
        second_confidence=None if second is None else float(probabilities[second]),
        probabilities={label: float(p) for label, p in zip(labels, probabilities, strict=True)},
    )


def joined(labels: Sequence[str]) -> str:
    """Labels as one cell, written so that they can be told apart again."""
    for sign in ("; ", " | ", ", "):
        if not any(sign.strip() in label for label in labels):
            return sign.join(labels)
    return json.dumps(list(labels), ensure_ascii=False)


def parted(cell: str, labels: Sequence[str]) -> tuple[str, ...]:
    """The labels that `joined` wrote into a cell."""
    if not cell or cell in labels:
        return (cell,) if cell else ()
    for sign in ("; ", " | ", ", "):
        if set(parts := cell.split(sign)) <= set(labels):
            return tuple(parts)
    return tuple(json.loads(cell)) if cell.startswith("[") else (cell,)


def labels_above(labels: Sequence[str], probabilities: NDArray[np.float64]) -> Prediction:
    """The labels whose probability (C,) is above one half, in their own order: the same labels are always the same cell.

    The confidence is that of the least sure of them; the second answer is the likeliest label that is left out.
    """
    order = np.argsort(-probabilities, kind="stable")
    chosen = [place for place, probability in enumerate(probabilities) if probability > 0.5]
    left = order[len(chosen)] if len(chosen) < len(order) else None
    return Prediction(
        text=joined([labels[i] for i in chosen]),
        confidence=float(probabilities[order[len(chosen) - 1]] if chosen else 1 - probabilities[order[0]]),
        second=None if left is None else labels[left],
        second_confidence=None if left is None else float(probabilities[left]),
        probabilities={label: float(p) for label, p in zip(labels, probabilities, strict=True)},
    )
