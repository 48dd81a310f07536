"""The gradients of one step over its batches, in parts where memory does not hold a whole batch."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import torch
from accelerate.accelerator import Accelerator
from accelerate.optimizer import AcceleratedOptimizer
from torch import Tensor, nn

from workbench.engine.batches import Batch
from workbench.engine.failures import give_back, out_of_memory
from workbench.engine.tasks.base import logits_of

Loss = Callable[[Tensor, Tensor], Tensor]
"""The sum of the loss, from logits and labels."""


class Gradients:
    """Sums gradients over batches and their parts.

    A step's loss is a sum divided by the count over the whole step, so the number of parts changes nothing but the memory it
    takes: activations of one part instead of a whole batch.

    Args:
        model: As `accelerator.prepare` gave it.
        optimizer: Its gradients are cleared first.
        accelerator: The processes of the run.
        loss: From logits and labels.
    """

    def __init__(self, model: nn.Module, optimizer: AcceleratedOptimizer, accelerator: Accelerator, loss: Loss) -> None:
        self.model, self.optimizer, self.accelerator, self.loss = model, optimizer, accelerator, loss

    def compute(self, batches: list[tuple[Batch, int]], count: Tensor, parts: int) -> tuple[Tensor, int]:
        """Leave the gradients of a step in the model.

        Args:
            batches: Of this process, each with 0 in place of 1 where it has no part in the step.
            count: () what the sum of the loss is divided by, over all processes.
            parts: How many parts each batch is computed in.

        Returns:
            () the sum of the loss over this process's batches, and the number of parts that memory held at last.

        Raises:
            RuntimeError: memory runs out even for single examples, or in one of several processes: the others cannot know.
        """
        while True:
            self.optimizer.zero_grad(set_to_none=True)
            try:
                return self._sum(batches, count, parts), parts
            except (MemoryError, RuntimeError) as error:
                largest = max(len(batch.labels) for batch, _ in batches)
                if not out_of_memory(error) or parts >= largest or self.accelerator.num_processes > 1:
                    raise
            # outside the handler: the error's frames held what was computed
            self.optimizer.zero_grad(set_to_none=True)
            give_back(self.accelerator.device)
            parts *= 2

    def _sum(self, batches: list[tuple[Batch, int]], count: Tensor, parts: int) -> Tensor:
        world = self.accelerator.num_processes
        total = torch.zeros((), device=count.device)
        for number, (batch, weight) in enumerate(batches, start=1):
            last = world == 1 or number == len(batches)
            with nullcontext() if last else self.accelerator.no_sync(self.model):  # exchange gradients once a step
                for part in batch.parts(parts):
                    with self.accelerator.autocast():
                        logits = logits_of(self.model(**part.inputs))
                    loss = self.loss(logits, part.labels) * weight
                    self.accelerator.backward(loss * (world / count))  # processes are averaged, counts are summed
                    total += loss.detach()
        return total
