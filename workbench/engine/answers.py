"""What a model makes of one text or picture, whatever kind of model it is: read from its outputs, not from how it was trained."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.inspection import Answer
from workbench.engine.spans import LONGEST_ANSWER, best_spans

SHOWN = 10
"""Likely answers that are told."""
HEADS = {
    "ForSequenceClassification": "text-classification",
    "ForTokenClassification": "token-classification",
    "ForQuestionAnswering": "question-answering",
    "ForMaskedLM": "masked-lm",
    "ForPreTraining": "masked-lm",
    "ForCausalLM": "causal-lm",
    "LMHeadModel": "causal-lm",
    "ForConditionalGeneration": "seq2seq",
    "MTModel": "seq2seq",
    "ForImageClassification": "image-classification",
    "ForImageClassificationWithTeacher": "image-classification",
}
"""What a class is made to answer, by the end of its name."""

ONE_ANSWER = frozenset(
    ("text-classification", "image-classification", "regression", "multi-label", "pair-classification", "pair-regression")
)
"""Tasks with one row of numbers for all that is read."""
NameOf = Callable[[int], str]


def answers(model: PreTrainedModel) -> str:
    """What a model was made to answer; ``embedding`` where it has no head that is known."""
    name = type(model).__name__
    return next((task for ending, task in HEADS.items() if re.search(rf"{ending}$", name)), "embedding")


@torch.no_grad()
def answer_of(
    model: PreTrainedModel, task: str, inputs: Mapping[str, Tensor], outputs: Any, name_of: NameOf, mask: int | None
) -> Answer:
    """Read the outputs of one text without padding.

    Args:
        model: For the names of its classes.
        task: As `answers` says.
        inputs: What its forward took, a batch of one.
        outputs: What its forward gave.
        name_of: A token id as a person reads it.
        mask: The token that hides another, where the vocabulary has one.
    """
    if task == "question-answering":
        return _span(inputs, outputs, name_of)
    logits = outputs.get("logits", outputs.get("prediction_logits"))
    if logits is None or task == "embedding":
        return _vector(outputs)
    logits = torch.atleast_1d(logits[0].float())
    names: Mapping[int, str] = {
        int(number): str(label) for number, label in (getattr(model.config, "id2label", None) or {}).items()
    }
    if task in ONE_ANSWER:
        if logits.numel() == 1:
            return Answer(kind="number", likely=(("", float(logits)),))
        several = getattr(model.config, "problem_type", None) == "multi_label_classification"
        shares = logits.sigmoid() if several else logits.softmax(-1)
        classes = tuple((names.get(number, str(number)), share) for number, share in enumerate(shares.tolist()))
        return Answer(kind="classes", likely=_likely(shares, lambda number: classes[number][0]), classes=classes)
    if task == "token-classification":
        best = logits.argmax(-1).tolist()
        return Answer(kind="tags", tags=tuple(names.get(number, str(number)) for number in best))
    read = inputs.get("decoder_input_ids", inputs["input_ids"])[0]
    if task == "masked-lm":
        return _masked(logits, read, mask, name_of)
    loss = float(F.cross_entropy(logits[:-1], read[1 : len(logits)])) if len(logits) > 1 else None
    return Answer(kind="next", likely=_likely(logits[-1].softmax(-1), name_of), loss=loss)


def _span(inputs: Mapping[str, Tensor], outputs: Any, name_of: NameOf) -> Answer:
    """The likeliest stretch of the second text, which begins where the token that closes both stands for the first time."""
    ids = inputs["input_ids"][0]
    begins = int((ids == ids[-1]).nonzero()[0]) + 1
    allowed = torch.arange(len(ids), device=ids.device) >= begins
    allowed[-1] = False
    if not allowed.any():
        return Answer(kind="vector")
    best = best_spans(outputs["start_logits"].float(), outputs["end_logits"].float(), allowed[None], LONGEST_ANSWER)
    names = [name_of(int(number)) for number in ids[int(best.first) : int(best.last) + 1]]
    text = " ".join(names).replace(" ##", "").replace("▁", "").strip()
    found = ((text, float((best.score - best.total).exp())),)
    return Answer(kind="classes", likely=found, classes=found)


def _masked(logits: Tensor, read: Tensor, mask: int | None, name_of: NameOf) -> Answer:
    """What stands behind the first mask; without one, how well each token is found again."""
    hidden = (read == mask).nonzero().flatten().tolist() if mask is not None else []
    loss = float(F.cross_entropy(logits, read)) if not hidden else None
    likely = _likely(logits[hidden[0]].softmax(-1), name_of) if hidden else ()
    return Answer(kind="masked", likely=likely, loss=loss)


def _vector(outputs: Any) -> Answer:
    """The mean of the last hidden states, of unit length."""
    hidden = outputs.get("last_hidden_state")
    if not isinstance(hidden, Tensor) or hidden.dim() != 3:
        return Answer(kind="vector")
    vector = F.normalize(hidden[0].float().mean(0), dim=0)
    return Answer(kind="vector", vector=vector.cpu().numpy())


def _likely(probabilities: Tensor, name_of: NameOf) -> tuple[tuple[str, float], ...]:
    best: Sequence[Any] = probabilities.topk(min(SHOWN, probabilities.numel())).indices.tolist()
    return tuple((name_of(int(number)), float(probabilities[number])) for number in best)
