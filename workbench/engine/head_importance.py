"""How much a model needs each head: what changes without it, and what its gradient says would change (Michel et al. 2019,
"Are Sixteen Heads Really Better than One?", arXiv:1905.10650)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from workbench.contracts.errors import Cancelled
from workbench.engine.interventions import HeadsOff, Multiply
from workbench.engine.lens import Lens
from workbench.engine.output_projection import Place
from workbench.engine.support import device_of, first_numbers

Array = NDArray[np.float64]
Layers = Mapping[Place, int]
"""How many heads each kind and layer has."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model said to one text."""

    numbers: Tensor
    """Its first output: logits, or hidden states where it has no head; (1, …)."""
    loss: Tensor | None
    """In nats; None where there is nothing to be right about."""


def sentence_vector(output: Any) -> Tensor:  # Any: whatever a model returns
    """The mean over tokens of the last hidden states (1, token, d) → (1, d), as sentence encoders pool them."""
    return first_numbers(output).mean(1)


def answer(model: nn.Module, inputs: Mapping[str, Tensor], numbers: Callable[[Any], Tensor] | None = None) -> Answer:
    """Run one text and judge the answer.

    The loss is the model's own where the inputs hold `labels`; the mean cross-entropy of each next token for a causal language
    model; else that of the model's own likeliest answers, so that it says how sure the model is. Hidden states have none.

    Args:
        model: A transformers model.
        inputs: One text.
        numbers: What of the output counts as the answer, such as `sentence_vector`; logits or hidden states if left out.
    """
    output: Any = model(**inputs)  # Any: whatever a model returns
    given = getattr(output, "loss", None)
    logits = getattr(output, "logits", None)
    said = numbers(output) if numbers is not None else first_numbers(logits if isinstance(logits, Tensor) else output)
    if given is not None:
        return Answer(numbers=said, loss=_precise(given))
    if not isinstance(logits, Tensor):
        return Answer(numbers=said, loss=None)
    flat = _precise(logits).reshape(-1, logits.shape[-1])  # (T, V), or (1, classes)
    right = flat.argmax(-1)
    config = getattr(model, "config", None)
    generates = getattr(model, "can_generate", lambda: False)() and not getattr(config, "is_encoder_decoder", False)
    if generates and "input_ids" in inputs and flat.shape[0] == inputs["input_ids"].shape[1]:
        flat, right = flat[:-1], inputs["input_ids"][0, 1:]
    judged = len(flat) > 0 and flat.shape[-1] > 1
    return Answer(numbers=said, loss=F.cross_entropy(flat, right) if judged else None)


@torch.no_grad()
def without_each_head(
    lens: Lens,
    inputs: Mapping[str, Tensor],
    layers: Layers,
    *,
    numbers: Callable[[Any], Tensor] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, dict[Place, Array]]:
    """Switch each head off by itself: one pass for each.

    Args:
        lens: On the model, which is in evaluation mode.
        inputs: One text.
        layers: Which heads there are.
        numbers: What of the output counts as the answer; logits or hidden states if left out.
        cancelled: Asked before each pass.

    Returns:
        ``output_change``: ‖y - y₀‖ / ‖y₀‖ of the first output; ``loss_change``: L - L₀ in nats (negative where the model does
        better without the head), NaN without a loss. Both by kind and layer, (head,).

    Raises:
        Cancelled: `cancelled` said so.
    """
    whole = answer(lens.model, inputs, numbers)
    size = float(whole.numbers.norm())
    outputs, losses = _empty(layers), _empty(layers)
    for (kind, layer), heads in layers.items():
        for head in range(heads):
            if cancelled():
                raise Cancelled("stopped while heads were switched off")
            with lens.intervene(HeadsOff(kind=kind, layer=layer, heads=(head,))):
                left = answer(lens.model, inputs, numbers)
            change = float((left.numbers - whole.numbers).norm())
            outputs[kind, layer][head] = change / size if size else np.nan
            if left.loss is not None and whole.loss is not None:
                losses[kind, layer][head] = float(left.loss - whole.loss)
    return {"output_change": outputs, "loss_change": losses}


def gradient_importance(lens: Lens, inputs: Mapping[str, Tensor], layers: Layers) -> dict[Place, Array]:
    """|∂L/∂ξ| for a gate ξ = 1 on the output of each head, all heads in one pass forward and one back (their eq. 2).

    Args:
        lens: On the model, which is in evaluation mode.
        inputs: One text.
        layers: Which heads there are.

    Returns:
        By kind and layer, (head,), in nats; NaN where the answer has no loss. Over many texts their mean is the estimate.
    """
    where = device_of(lens.model)
    gates = {place: torch.ones(heads, 1, 1, device=where, requires_grad=True) for place, heads in layers.items()}
    acts = [Multiply(kind=kind, layer=layer, factor=gate) for (kind, layer), gate in gates.items()]
    with torch.enable_grad(), lens.intervene(*acts):
        loss = answer(lens.model, inputs).loss
    if loss is None:
        return _empty(layers)
    gradients: Iterable[Tensor | None] = torch.autograd.grad(loss, list(gates.values()), allow_unused=True)
    return {
        place: np.zeros(heads) if gradient is None else gradient.abs().reshape(-1).cpu().double().numpy()
        for (place, heads), gradient in zip(layers.items(), gradients, strict=True)
    }


def _precise(tensor: Tensor) -> Tensor:
    """At least float32."""
    return tensor.to(torch.promote_types(tensor.dtype, torch.float32))


def _empty(layers: Layers) -> dict[Place, Array]:
    return {place: np.full(heads, np.nan) for place, heads in layers.items()}
