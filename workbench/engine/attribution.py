"""What an answer hangs on: gradient × attention for each weight, integrated gradients for each token.

Attention says where a head looked, not what came of it. Both of these ask about one number the model said, such as the logit of
a class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from captum.attr import IntegratedGradients
from numpy.typing import NDArray
from torch import Tensor, nn

from workbench.contracts.errors import WorkbenchError
from workbench.engine.interventions import Multiply
from workbench.engine.lens import Lens
from workbench.engine.recording import Look
from workbench.engine.support import evaluating, placed

Array = NDArray[np.float64]
Target = Callable[[Tensor], Tensor]
"""Logits (batch, …) to one number for each example, (batch,)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TokenAttribution:
    """How much each token moves an answer away from what the model says to a text of nothing."""

    values: Array
    """(position,), in the answer's unit; they sum to ``answer - baseline`` but for ``gap``."""
    answer: float
    baseline: float
    """The answer to the text of nothing."""
    gap: float
    """|Σ values - (answer - baseline)|: what too few steps left out."""


def logit_of(index: int, position: int | None = None) -> Target:
    """The logit of a class, or of a token at a position.

    Args:
        index: The class, or the token's id.
        position: Where, for models that answer at every position; negative ones count from the end.
    """

    def target(logits: Tensor) -> Tensor:
        if (position is None) != (logits.dim() == 2):
            raise WorkbenchError(
                f"logits of shape {tuple(logits.shape)} do not fit the question",
                where="attribution",
                mend="Name a position where the model answers at each, and none where it answers once.",
            )
        return logits[:, index] if position is None else logits[:, position, index]

    return target


def gradient_times_attention(lens: Lens, inputs: Mapping[str, Tensor], target: Target) -> dict[str, Array]:
    """A ⊙ ∂y/∂A for every weight of every head: how much the answer y would lose, to first order, with that weight.

    After Barkan et al. 2021, "Grad-SAM", and Chefer et al. 2021, "Generic Attention-model Explainability", eq. 5, before heads
    are averaged and negative values cut off. The gradient is the full one: through later layers' attention as well.

    Args:
        lens: On the model, whose mode is kept.
        inputs: One text.
        target: Which number of the answer.

    Returns:
        By kind, (layer, head, query, key), signed, in the answer's unit.

    Raises:
        WorkbenchError: no attention or no logits, or layers of different shapes.
    """
    given = placed(lens.model, inputs)
    with evaluating(lens.model):
        with torch.no_grad(), lens.record(Look()) as seen:
            lens.model(**given)
        weights = {(record.site.kind, record.site.layer): record.weights for record in seen.records}
        factors = {
            place: torch.ones(recorded[0].shape, device=next(iter(given.values())).device, requires_grad=True)
            for place, recorded in weights.items()
            if recorded is not None
        }
        acts = [Multiply(kind=kind, layer=layer, factor=factor) for (kind, layer), factor in factors.items()]
        with torch.enable_grad(), lens.intervene(*acts):
            answer = target(_logits(lens.model, given)).sum()
        gradients = torch.autograd.grad(answer, list(factors.values()), allow_unused=True)
    by_place = {
        place: torch.zeros_like(factor) if gradient is None else gradient
        for (place, factor), gradient in zip(factors.items(), gradients, strict=True)
    }
    result: dict[str, Array] = {}
    for kind in seen.kinds:
        layers = [by_place[kind, record.site.layer].cpu().double().numpy() for record in seen.of(kind)]
        if len({layer.shape for layer in layers}) > 1:
            raise WorkbenchError(
                "the layers have different shapes", where=f"{kind} attention", mend="Look at gradients of one layer at a time."
            )
        result[kind] = np.stack(layers)
    return result


def integrated_gradients(
    model: nn.Module,
    inputs: Mapping[str, Tensor],
    target: Target,
    *,
    keep: frozenset[int] = frozenset(),
    nothing: int | None = None,
    steps: int = 50,
) -> TokenAttribution:
    """The gradient along the straight way from a text of nothing, summed up (Sundararajan et al. 2017, eq. 1).

    Args:
        model: Any transformers model that takes `inputs_embeds`; its mode is kept.
        inputs: One text. Of an encoder-decoder, the encoder's tokens get the values.
        target: Which number of the answer.
        keep: Special tokens, which are the same in the text of nothing and so get no value.
        nothing: The token that stands for nothing, such as padding or the mask; zero vectors if left out. Models with RMSNorm
            bend sharply near zero vectors, which many padding tokens are too: watch the gap.
        steps: Points along the way (Gauss-Legendre); more make the gap smaller.

    Raises:
        WorkbenchError: the model gives no logits, or does not say the same to embeddings as to tokens.
    """
    given = placed(model, inputs)
    ids = given.pop("input_ids")
    embed: Any = getattr(model, "get_input_embeddings", lambda: None)()  # Any: whatever module a model embeds tokens with
    if embed is None:
        raise WorkbenchError("the model has no token embeddings", where=type(model).__name__, mend="Use a model that reads text.")

    def forward(embedded: Tensor) -> Tensor:
        batch = {name: value.expand(len(embedded), *value.shape[1:]) for name, value in given.items()}
        return target(_logits(model, {**batch, "inputs_embeds": embedded}))

    with evaluating(model):
        with torch.no_grad():
            embedded = embed(ids)
            blank = torch.zeros_like(embedded) if nothing is None else embed(torch.full_like(ids, nothing))
            kept = torch.isin(ids, torch.tensor(sorted(keep), dtype=ids.dtype, device=ids.device))
            blank = torch.where(kept[..., None], embedded, blank)
            by_ids = float(target(_logits(model, {**given, "input_ids": ids})))
            answer, baseline = float(forward(embedded)), float(forward(blank))
        if abs(answer - by_ids) > 1e-3 * max(1.0, abs(by_ids)):
            raise WorkbenchError(
                "the model answers otherwise to embeddings than to tokens, so its tokens cannot be weighed",
                where=type(model).__name__,
                mend="Use gradient × attention instead.",
            )
        method: Any = IntegratedGradients(forward)  # Any: captum's decorators hide its types
        with torch.enable_grad():
            found = method.attribute(
                embedded.detach(), blank, n_steps=steps, method="gausslegendre", internal_batch_size=min(steps, 16)
            )
    values: Array = found[0].detach().cpu().double().sum(-1).numpy()
    return TokenAttribution(values=values, answer=answer, baseline=baseline, gap=abs(float(values.sum()) - (answer - baseline)))


def _logits(model: nn.Module, inputs: Mapping[str, Tensor]) -> Tensor:
    """What the model says, at least float32.

    Raises:
        WorkbenchError: it says nothing.
    """
    logits = getattr(model(**inputs), "logits", None)
    if not isinstance(logits, Tensor):
        raise WorkbenchError(
            "the model gives no logits, so there is no answer to explain",
            where=type(model).__name__,
            mend="Use a model with a head, such as a classifier or a language model.",
        )
    return logits.to(torch.promote_types(logits.dtype, torch.float32))
