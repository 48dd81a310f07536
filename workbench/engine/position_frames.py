"""A model's position encoding as it is now, as a picture: a table over positions, or what it adds to scores over offsets."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from workbench.contracts.frames import PositionFrame
from workbench.engine.positions import alibi_slopes, relative_buckets, rotary_angles, sinusoidal
from workbench.engine.stack import RELATIVE_BUCKETS, WorkbenchStack

_TABLES = ("position_embeddings", "embed_positions", "wpe")
"""How models call their table of positions: BERT and its kin, BART and its kin, GPT-2."""


def position_frame(model: nn.Module, length: int, *, step: int = 0) -> PositionFrame | None:
    """How order enters this model, from its first stack.

    ============  ===========================================================================================
    scheme        values
    ============  ===========================================================================================
    sinusoidal    (position, dimension), the fixed table
    learned       (position, dimension), the weights as they are now; no more positions than were learned
    rotary        (position, head_dim): cosines of all angles, then sines; rows t and t + k have the product Σ cos(ω_i k)
    alibi         (offset, head): what is added to a score, for key - query from -(length - 1) to length - 1
    relative      (offset, head): likewise
    ============  ===========================================================================================

    Args:
        model: Of our own family or any other, on any device.
        length: How many positions are wanted.
        step: When the model is looked at, in optimiser steps.

    Returns:
        None where order enters nowhere, or in a way that is not known here.
    """
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, WorkbenchStack):
                return _own(module, max(1, length), step)
        return _other(model, max(1, length), step)


def _own(stack: WorkbenchStack, length: int, step: int) -> PositionFrame | None:
    config = stack.config
    scheme: str = config.positions
    places = torch.arange(length)
    if scheme == "sinusoidal":
        return _table(scheme, sinusoidal(places, config.hidden_size), step)
    if scheme == "learned":
        return _table(scheme, stack.embed_positions.weight[:length], step)
    if scheme == "rotary":
        cos, sin = (part[0, 0, :, : config.head_dim // 2] for part in rotary_angles(places[None], config.head_dim))
        return _table(scheme, torch.cat((cos, sin), dim=-1), step)
    offsets = torch.arange(1 - length, length)
    if scheme == "alibi":
        slopes = torch.tensor(alibi_slopes(config.num_attention_heads))
        return _bias(scheme, -offsets.abs()[:, None] * slopes, length, step)
    if scheme == "relative":
        return _relative(stack.relative_bias, offsets, length, step, bidirectional=not stack.is_causal, buckets=RELATIVE_BUCKETS)
    return None


def _other(model: nn.Module, length: int, step: int) -> PositionFrame | None:
    """The first table, relative bias or set of rotary frequencies among a pretrained model's modules."""
    for name, module in model.named_modules():
        last = name.rpartition(".")[2]
        weight, frequencies = getattr(module, "weight", None), getattr(module, "inv_freq", None)
        if last in _TABLES and isinstance(weight, Tensor) and weight.ndim == 2:
            first = _first_place(module)
            return _table("learned" if weight.requires_grad else "sinusoidal", weight[first : first + length], step)
        if last == "relative_attention_bias" and isinstance(module, nn.Embedding):
            return _relative_of(model, name, module, length, step)
        if isinstance(frequencies, Tensor) and frequencies.ndim == 1 and len(frequencies):
            angles = torch.arange(length)[:, None] * frequencies.float().cpu()  # (T, head_dim / 2)
            return _table("rotary", torch.cat((angles.cos(), angles.sin()), dim=-1), step)
    return None


def _first_place(table: nn.Module) -> int:
    """The row of the first position: BART keeps two rows before it, RoBERTa those up to its padding."""
    offset, padding = getattr(table, "offset", 0), getattr(table, "padding_idx", None)
    return int(offset) or (0 if padding is None else int(padding) + 1)


def _relative_of(model: nn.Module, name: str, module: nn.Embedding, length: int, step: int) -> PositionFrame:
    """T5's bias, with the buckets its attention module has."""
    attention = model.get_submodule(name.rpartition(".")[0])
    return _relative(
        module,
        torch.arange(1 - length, length),
        length,
        step,
        bidirectional=not getattr(attention, "is_decoder", False),
        buckets=module.num_embeddings,
        longest=int(getattr(attention, "relative_attention_max_distance", 128)),
    )


def _relative(
    bias: nn.Embedding, offsets: Tensor, length: int, step: int, *, bidirectional: bool, buckets: int, longest: int = 128
) -> PositionFrame:
    chosen = relative_buckets(offsets, bidirectional=bidirectional, buckets=buckets, max_distance=longest)  # (2 length - 1,)
    return _bias("relative", bias.weight[chosen.to(bias.weight.device)], length, step)


def _table(scheme: str, values: Tensor, step: int) -> PositionFrame:
    return PositionFrame(scheme=scheme, values=_numpy(values), step=step)


def _bias(scheme: str, values: Tensor, length: int, step: int) -> PositionFrame:
    return PositionFrame(scheme=scheme, values=_numpy(values), step=step, rows="offset", columns="head", first=1 - length)


def _numpy(values: Tensor) -> NDArray[np.float32]:
    return np.asarray(values.detach().float().cpu().numpy())
