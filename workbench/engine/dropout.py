"""Dropout that does not wait for the CPU's random numbers.

torch draws one random number per element, one after the other; in a narrow model that is a tenth of a training step on a CPU.
Here one 64-bit draw serves four elements, which makes dropout about twice as fast.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

_STEPS = 1 << 16


def dropout(hidden_states: Tensor, share: float, training: bool) -> Tensor:
    """Switch off a share of the elements at random and enlarge the rest, so that sums keep their expectation.

    Draws from torch's random state, so that seeds and gradient checkpointing govern it as they govern torch's own dropout.
    On a CPU the share is rounded to 1/65,536.

    Args:
        hidden_states: Of any shape.
        share: Probability of an element to be switched off, in [0, 1).
        training: Nothing happens when false.
    """
    if hidden_states.device.type != "cpu":
        return F.dropout(hidden_states, share, training)
    off = round(share * _STEPS)
    if not training or off == 0:
        return hidden_states
    count = hidden_states.numel()
    draws = torch.empty((count + 3) // 4, dtype=torch.int64).random_(-(2**63), None)  # all 64 bits
    numbers = draws.view(torch.int16)[:count].view(hidden_states.shape)  # uniform on [-32768, 32768)
    keep = (numbers >= off - _STEPS // 2).to(hidden_states.dtype)
    return hidden_states * keep.mul_(_STEPS / (_STEPS - off))
