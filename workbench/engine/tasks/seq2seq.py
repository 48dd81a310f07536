"""A text in, a text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from workbench.contracts.examples import IGNORED, Examples, SpecialIds
from workbench.engine import metrics
from workbench.engine.batches import Batch, Indices, pad
from workbench.engine.tasks.base import Evaluation, Noise, Prediction, Reader, Task, take
from workbench.engine.tasks.writing import write

SAMPLED = 200
"""Targets written out at an evaluation during training; the last evaluation writes all."""


class Seq2Seq(Task):
    """Translation, reversal, arithmetic: whatever maps one text to another."""

    name = "seq2seq"
    selects_by = "loss"
    higher_is_better = False

    def __init__(self, special: SpecialIds) -> None:
        self.special = special
        self.start = special.pad if special.cls is None else special.cls

    def lengths(self, examples: Examples) -> Indices:
        """Tokens of source and target together."""
        return examples.inputs.lengths if examples.targets is None else examples.inputs.lengths + examples.targets.lengths

    def collate(self, examples: Examples, indices: Indices, noise: Noise | None = None) -> Batch:
        inputs, tokens = self.read(examples, indices, noise)
        if examples.targets is None:
            return Batch(inputs=inputs, labels=torch.full((len(indices), 0), IGNORED), indices=indices, tokens=tokens)
        targets = take(examples.targets, indices)
        labels, decoder_mask = pad(targets, self.special.pad)  # (B, T)
        start = torch.full((len(indices), 1), self.start)
        inputs["decoder_input_ids"] = torch.cat((start, labels[:, :-1]), dim=1)  # (B, T)
        if decoder_mask is not None:  # causal attention never looks right, so padding there needs no mask
            tokens += int(decoder_mask.sum())
            labels = labels.masked_fill(decoder_mask == 0, IGNORED)
        else:
            tokens += labels.numel()
        return Batch(inputs=inputs, labels=labels, indices=indices, tokens=tokens)

    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        assert examples.targets is not None
        total, tokens = 0.0, 0
        for batch in reader.batches(self, examples):
            total += float(self.loss(reader.logits(batch), batch.labels))
            tokens += int(self.count(batch.labels))
        size = len(examples.rows)
        step = 1 if full else max(1, size // SAMPLED)
        written = np.union1d(np.arange(0, size, step), np.array(show, dtype=np.int64)).astype(np.int64)
        answers = self._write(reader, examples, written)
        wanted = [reader.tokenizer.decode(row.tolist()) for row in take(examples.targets, written)]
        scores = metrics.seq2seq(wanted, [answers[int(i)].text for i in written])
        scores |= {"loss": total / max(1, tokens), "written": len(written)}
        return Evaluation(metrics=scores, predictions={i: answers[i] for i in show})

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        answers = self._write(reader, examples, np.arange(len(examples.rows)))
        return [answers[i] for i in range(len(examples.rows))]

    def _write(self, reader: Reader, examples: Examples, subset: NDArray[np.int64]) -> dict[int, Prediction]:
        """Answers by position in the examples."""
        answers: dict[int, Prediction] = {}
        for batch in reader.batches(self, examples, subset):
            inputs = {name: tensor for name, tensor in batch.inputs.items() if not name.startswith("decoder")}
            written = write(reader, inputs, self.special, read=1)  # the start token is given
            answers.update(zip(batch.indices.tolist(), written, strict=True))
        return answers

    def perfect(self, metrics: Mapping[str, Any]) -> bool:
        return bool(metrics.get("exact_match", 0) == 1)
