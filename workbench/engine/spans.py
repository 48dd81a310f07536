"""The likeliest stretch of tokens, from one score for each token to be its first and one to be its last."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

LONGEST_ANSWER = 64
"""Tokens of an answer to a question, at most."""


class Spans(NamedTuple):
    """The best stretch of each text."""

    score: Tensor
    """(B,) score of its first token plus that of its last, in nats; minus infinity where no stretch is allowed."""
    first: Tensor
    """(B,) place of its first token."""
    last: Tensor
    """(B,) place of its last token."""
    total: Tensor
    """(B,) logarithm of the summed exponentials of the scores of all allowed stretches."""


def best_spans(start: Tensor, end: Tensor, allowed: Tensor, longest: int) -> Spans:
    """Find the best stretch of at most `longest` tokens.

    Args:
        start: (B, T) score of each token as the first, in nats.
        end: (B, T) score of each token as the last.
        allowed: (B, T) bool, which tokens may begin or end a stretch.
        longest: Tokens of a stretch, at most.
    """
    first = start.masked_fill(~allowed, -torch.inf)
    last = F.pad(end.masked_fill(~allowed, -torch.inf), (0, longest - 1), value=-torch.inf)
    scores = first[:, :, None] + last.unfold(1, longest, 1)  # (B, T, longest): from token t over 1 + l tokens
    flat = scores.flatten(1)
    best = flat.max(dim=1)
    place = torch.div(best.indices, longest, rounding_mode="floor")
    return Spans(best.values, place, place + best.indices % longest, flat.logsumexp(dim=1))
