"""From examples to padded tensors: which examples go together, and in what order.

Padding is what small models spend their time on, so examples of like length share a batch. The order depends on the seed
and the epoch alone: a resumed run finds its place again, and every process of a distributed run sees the same plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Indices = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Tensors of one forward pass."""

    inputs: dict[str, Tensor]
    """Keyword arguments of the model. ``attention_mask`` is left out where nothing is padded: attention is faster so."""
    labels: Tensor
    """(B,) classes or values, or (B, T) with `IGNORED` where nothing is asked."""
    indices: Indices
    """(B,) positions in the `Examples` they came from."""
    tokens: int
    """Real tokens, padding not counted."""

    def to(self, device: torch.device) -> Batch:
        """The batch on a device."""
        moved = {name: tensor.to(device, non_blocking=True) for name, tensor in self.inputs.items()}
        return replace(self, inputs=moved, labels=self.labels.to(device, non_blocking=True))

    def parts(self, count: int) -> Iterator[Batch]:
        """The batch in so many parts of nearly the same size, fewer where there are fewer examples."""
        size = -(-len(self.labels) // count)
        if size >= len(self.labels):
            yield self
            return
        for start in range(0, len(self.labels), size):
            part = slice(start, start + size)
            inputs = {name: tensor[part] for name, tensor in self.inputs.items()}
            tokens = self.tokens * len(self.labels[part]) // len(self.labels)
            yield replace(self, inputs=inputs, labels=self.labels[part], indices=self.indices[part], tokens=tokens)


def epoch_plan(lengths: Indices, batch_size: int, *, seed: int, epoch: int, pool: int = 512) -> list[Indices]:
    """The batches of one epoch, in order; every example exactly once.

    Examples are shuffled, sorted by length within pools of `pool` batches (ties stay shuffled), cut into batches, and the
    batches are shuffled. Only the last batch of the plan may be smaller than `batch_size`.

    Args:
        lengths: (N,) length of each example.
        batch_size: Examples per step over all devices.
    """
    generator = np.random.default_rng((seed, epoch))
    order = generator.permutation(len(lengths))
    full = len(order) // batch_size * batch_size
    batches: list[Indices] = []
    for start in range(0, full, pool * batch_size):
        chunk = order[start : min(start + pool * batch_size, full)]
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        batches += list(chunk.reshape(-1, batch_size))
    plan = [batches[i] for i in generator.permutation(len(batches))]
    return plan + ([order[full:]] if full < len(order) else [])


def by_length(lengths: Indices, batch_size: int) -> Iterator[Indices]:
    """Every example once, longest first, for passes whose order does not matter."""
    order = np.argsort(-lengths, kind="stable")
    for start in range(0, len(order), batch_size):
        yield order[start : start + batch_size]


def pad(rows: Sequence[NDArray[np.int32]], fill: int) -> tuple[Tensor, Tensor | None]:
    """Rows as one tensor (B, T) and its attention mask (B, T), or None where all rows are equally long."""
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    width = int(lengths.max(initial=0))
    if (lengths == width).all():
        return torch.from_numpy(np.stack(rows).astype(np.int64)), None
    padded = np.full((len(rows), width), fill, dtype=np.int64)
    mask = np.arange(width) < lengths[:, None]
    padded[mask] = np.concatenate(rows)
    return torch.from_numpy(padded), torch.from_numpy(mask.astype(np.int64))
