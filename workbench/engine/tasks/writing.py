"""Greedy writing with a decoder: what sequence-to-sequence and continuing a text share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from workbench.contracts.examples import SpecialIds
from workbench.engine.tasks.base import Prediction, Reader


@torch.inference_mode()
def write(reader: Reader, inputs: Mapping[str, Tensor], special: SpecialIds, *, read: int, **limits: int) -> list[Prediction]:
    """The likeliest token after token, until the end token or the model's own ``generation_config.max_new_tokens``.

    Args:
        reader: The model.
        inputs: What it reads: (B, T), on its device.
        special: Which token is padding.
        read: Tokens at the start of the result that were given rather than written.
        limits: Other limits for ``generate``, such as ``max_new_tokens``.

    Returns:
        Texts with the geometric mean of the probabilities of their tokens as confidence.
    """
    out: Any = reader.model.generate(  # type: ignore[operator]  # GenerationMixin is not in PreTrainedModel's type
        **inputs, do_sample=False, num_beams=1, use_cache=True, output_scores=True, return_dict_in_generate=True, **limits
    )
    written = out.sequences[:, read:]  # (B, W)
    scores = torch.stack(out.scores, dim=1).float().log_softmax(-1)  # (B, W, V)
    logp = scores.gather(-1, written[..., None]).squeeze(-1)  # (B, W)
    real = written != special.pad
    sure = ((logp * real).sum(-1) / real.sum(-1).clamp(min=1)).exp().tolist()
    texts = reader.tokenizer.decode_batch([[token for token in row if token != special.pad] for row in written.tolist()])
    return [Prediction(text=text, confidence=confidence) for text, confidence in zip(texts, sure, strict=True)]
