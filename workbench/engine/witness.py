"""Seeing one step of a training from within: the loss of each row, the gradient of each layer, the weights before it.

Nothing is computed twice and nothing is drawn at random, so the step is the one that it would be unseen.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from workbench.contracts.steps import LayerGradient
from workbench.engine import checkpoints
from workbench.engine.batches import Batch
from workbench.engine.blocks import embeddings, stacks
from workbench.engine.gradients import Gradients, Loss
from workbench.engine.training import Training

CLIP_EPSILON = 1e-6
"""What torch's `clip_grad_norm_` adds to the norm it divides by."""


class Witness(Gradients):
    """Stands in for a training's `Gradients`, sees the step that is asked for and lets the training end after it.

    Args:
        training: Not begun, or just put back; changed in place.
        step: The step to see, from 1.
    """

    def __init__(self, training: Training, step: int) -> None:
        inner = training.gradients
        super().__init__(inner.model, inner.optimizer, inner.accelerator, inner.loss)
        self._training, self._step = training, step
        self.batches: tuple[Batch, ...] = ()
        """What the step read."""
        self.losses = torch.zeros(0)
        """(N,) summed loss of each row, in the order of the batches."""
        self.counts = torch.zeros(0)
        """(N,) what is asked of each row."""
        self.clipped: tuple[LayerGradient, ...] = ()
        """Gradients as the optimiser was given them."""
        self.before: Mapping[str, Tensor] = {}
        """The weights that are learned, as they were before the step."""
        training.gradients = self
        training.optimizer.optimizer.register_step_pre_hook(self._measure)

    def compute(self, batches: list[tuple[Batch, int]], count: Tensor, parts: int) -> tuple[Tensor, int]:
        if self._training.progress.step + 1 != self._step:
            return super().compute(batches, count, parts)
        self.before = weights_of(self._training.model)
        self.batches = tuple(batch for batch, _ in batches)
        plain, seen = self.loss, list[Tensor]()

        def each(logits: Tensor, labels: Tensor) -> Tensor:
            seen.append(row_losses(plain, logits.detach(), labels))
            return plain(logits, labels)

        self.loss = each
        try:
            total, parts = super().compute(batches, count, parts)
        finally:
            self.loss = plain
        size = sum(len(batch.labels) for batch in self.batches)
        self.losses = torch.cat(seen)[-size:]  # a batch that did not fit was begun more than once
        asked = self._training.task.count if self._training.weighted is None else self._training.weighted.count
        self.counts = torch.stack(
            [asked(batch.labels[row : row + 1]).float().cpu() for batch in self.batches for row in range(len(batch.labels))]
        )  # fmt: skip
        self._training.control.stop()
        return total, parts

    def layers(self, norm: float) -> tuple[LayerGradient, ...]:
        """The gradient of each part before clipping, where all together had this norm."""
        clip = self._training.spec.clip
        kept = min(1.0, clip / (norm + CLIP_EPSILON)) if clip else 1.0
        return tuple(dataclasses.replace(each, norm=each.norm / kept) for each in self.clipped)

    def _measure(self, *_: object) -> None:
        """Hear that the optimiser is about to step: from now on nothing of the gradients changes any more."""
        if self._training.progress.step + 1 == self._step:
            self.clipped = layer_gradients(self._training.model)


def row_losses(loss: Loss, logits: Tensor, labels: Tensor) -> Tensor:
    """(B,) the summed loss of each row of a batch: logits (B, …), labels (B, …)."""
    with torch.no_grad():
        return torch.stack([loss(logits[row : row + 1], labels[row : row + 1]) for row in range(len(labels))]).float().cpu()


def layer_gradients(model: nn.Module) -> tuple[LayerGradient, ...]:
    """The L2 norm of the gradients that lie in a model, by part: embedding, each layer of each stack, head.

    Args:
        model: After a backward pass. Weights that are used twice count where they are first named.
    """
    blocks = [(name, stack, layer) for stack, names in enumerate(stacks(model)) for layer, name in enumerate(names)]
    tables = embeddings(model)
    sums: dict[tuple[str, int, int], float] = {("embedding", 0, 0): 0.0}
    sums |= {("layer", stack, layer): 0.0 for _, stack, layer in blocks} | {("head", 0, 0): 0.0}
    for name, parameter in model.named_parameters():
        if parameter.grad is None:
            continue
        home = next((("layer", stack, layer) for block, stack, layer in blocks if name.startswith(block + ".")), None)
        part = home or (("embedding", 0, 0) if name in tables else ("head", 0, 0))
        sums[part] += float(parameter.grad.detach().double().square().sum().cpu())
    return tuple(
        LayerGradient(part=part, stack=stack, layer=layer, norm=math.sqrt(total)) for (part, stack, layer), total in sums.items()
    )


def weights_of(model: nn.Module) -> dict[str, Tensor]:
    """A copy of the weights that are learned."""
    return {name: tensor.detach().clone() for name, tensor in checkpoints.unique_tensors(model).items()}
