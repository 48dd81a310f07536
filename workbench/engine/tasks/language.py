"""Language modelling: the next token, or the hidden one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.examples import IGNORED, Examples, SpecialIds
from workbench.engine import metrics
from workbench.engine.batches import Batch, Indices, pad
from workbench.engine.tasks.base import Evaluation, Noise, Prediction, Reader, Task, hide_tokens, ordinary, take
from workbench.engine.tasks.writing import write


class _Language(Task):
    """Scored by its loss per token."""

    selects_by = "loss"
    higher_is_better = False

    def __init__(self, special: SpecialIds) -> None:
        self.special = special

    def evaluate(self, reader: Reader, examples: Examples, *, show: Sequence[int] = (), full: bool = True) -> Evaluation:
        total, tokens, right = 0.0, 0, 0
        predictions: dict[int, Prediction] = {}
        for batch in reader.batches(self, examples):
            logits = reader.logits(batch)  # (B, T, V)
            total += float(self.loss(logits, batch.labels))
            tokens += int(self.count(batch.labels))
            right += int((logits.argmax(-1) == batch.labels).sum())
            for row, index in enumerate(batch.indices):
                if int(index) in show:
                    predictions[int(index)] = self.answer(reader, logits[row], batch.inputs["input_ids"][row], batch.labels[row])
        loss = total / max(1, tokens)
        scores = {**metrics.language_model(loss), "accuracy": right / max(1, tokens)}
        return Evaluation(metrics=scores, predictions=predictions)

    def answer(self, reader: Reader, logits: Tensor, ids: Tensor, labels: Tensor) -> Prediction:
        """A readable answer for one example: logits (T, V), ids (T,), labels (T,)."""
        raise NotImplementedError

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        found: dict[int, Prediction] = {}
        for batch in reader.batches(self, examples):
            logits = reader.logits(batch)
            for row, index in enumerate(batch.indices):
                found[int(index)] = self.answer(reader, logits[row], batch.inputs["input_ids"][row], batch.labels[row])
        return [found[i] for i in range(len(examples.rows))]


class CausalLM(_Language):
    """Every token from those before it. A block holds one token more than is read: the last one is only a target."""

    name = "causal-lm"

    def collate(self, examples: Examples, indices: Indices, noise: Noise | None = None) -> Batch:
        rows = take(examples.inputs, indices)
        ids, mask = pad([row[:-1] for row in rows], self.special.pad)  # (B, T)
        labels, _ = pad([row[1:] for row in rows], IGNORED)  # (B, T)
        tokens = int(mask.sum()) if mask is not None else ids.numel()
        ids = hide_tokens(ids, noise, self.special)
        inputs = {"input_ids": ids} if mask is None else {"input_ids": ids, "attention_mask": mask}
        return Batch(inputs=inputs, labels=labels, indices=indices, tokens=tokens)

    def answer(self, reader: Reader, logits: Tensor, ids: Tensor, labels: Tensor) -> Prediction:
        """The likeliest next token after the whole text, and the runner-up."""
        last = int((ids != self.special.pad).sum()) - 1
        top = logits[last].softmax(-1).topk(2)
        first, second = (reader.tokenizer.decode([int(i)], skip_special_tokens=False) for i in top.indices)
        return Prediction(text=first, confidence=float(top.values[0]), second=second, second_confidence=float(top.values[1]))

    def predict(self, reader: Reader, examples: Examples) -> list[Prediction]:
        """How the model goes on after each text; texts of one length are read together, so that nothing is padded."""
        lengths = examples.inputs.lengths
        answers: dict[int, Prediction] = {}
        for length in np.unique(lengths):
            for batch in reader.batches(self, examples, np.flatnonzero(lengths == length)):
                read = batch.inputs["input_ids"].shape[1]
                limits = _room(reader.model, read)
                answers.update(
                    zip(batch.indices.tolist(), write(reader, batch.inputs, self.special, read=read, **limits), strict=True)
                )
        return [answers[i] for i in range(len(examples))]


def _room(model: PreTrainedModel, read: int) -> dict[str, int]:
    """A limit where learned positions end before the model would."""
    wanted = model.generation_config.max_new_tokens or 64
    if getattr(model.config, "positions", "learned") != "learned":
        return {"max_new_tokens": wanted}
    return {"max_new_tokens": max(1, min(wanted, int(model.config.max_position_embeddings) - read + 1))}


class MaskedLM(_Language):
    """Hidden tokens from those around them (Devlin et al. 2018: of the chosen, 80 % masked, 10 % random, 10 % kept)."""

    name = "masked-lm"

    def collate(self, examples: Examples, indices: Indices, noise: Noise | None = None) -> Batch:
        ids, mask = pad(take(examples.inputs, indices), self.special.pad)  # (B, T)
        tokens = int(mask.sum()) if mask is not None else ids.numel()
        words, mask_id = ordinary(ids, self.special), self.special.mask
        assert mask_id is not None  # the vocabulary of a masked-lm has one
        if noise is not None:
            chosen = (torch.rand(ids.shape) < noise.mask_probability) & words
            fate = torch.rand(ids.shape)
            others = ids[words] if words.any() else ids.flatten()
            random = others[torch.randint(len(others), ids.shape)]
            hidden = torch.where(fate < 0.8, torch.full_like(ids, mask_id), torch.where(fate < 0.9, random, ids))
        else:  # scoring hides the same tokens every time, one in seven, so that scores can be compared
            asked = ids == mask_id  # a text that says itself what is hidden has nothing else hidden
            phase = torch.from_numpy(indices)[:, None] + torch.arange(ids.shape[1])[None, :]
            chosen = torch.where(asked.any(1, keepdim=True), asked, words & (phase % 7 == 3))
            hidden = torch.full_like(ids, mask_id)
        labels = ids.masked_fill(~chosen, IGNORED)
        ids = torch.where(chosen, hidden, ids)
        inputs = {"input_ids": ids} if mask is None else {"input_ids": ids, "attention_mask": mask}
        return Batch(inputs=inputs, labels=labels, indices=indices, tokens=tokens)

    def answer(self, reader: Reader, logits: Tensor, ids: Tensor, labels: Tensor) -> Prediction:
        """The text with its hidden tokens filled in, and how sure the model is of them."""
        places = torch.eq(ids, self.special.mask or -1).nonzero().flatten()
        best = logits[places].softmax(-1).max(-1)
        filled = ids.clone()
        filled[places] = best.indices
        real = filled[ids != self.special.pad].tolist()
        sure = float(best.values.mean()) if len(places) else None
        return Prediction(text=reader.tokenizer.decode(real), confidence=sure)
