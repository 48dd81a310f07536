"""What eager attention computes, without any lens: weights, and the output with one head's share taken away.

A plain model under `attn_implementation="eager"` gives its attentions by a call flag. Next to that, torch's own functions are
watched from outside: each softmax (the weights, for models that give none) and each projection (the first one after a softmax
is the output projection, whose input is cut).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.overrides import TorchFunctionMode
from transformers import PreTrainedModel

SOFTMAX = (torch.softmax, Tensor.softmax, F.softmax)
PROJECTIONS: dict[Any, int] = {F.linear: -1, torch.addmm: -1, torch.einsum: 2, F.conv1d: 1, torch.conv1d: 1}
"""Functions that an output projection may be made of, and along which axis of its input the heads lie."""

PROJECTED_HEADS = {"convbert": 4}
"""Where more than the heads of the softmax are projected: ConvBERT appends its convolution."""


@dataclass(kw_only=True)
class Reference:
    """One layer's attention as eager computes it."""

    group: str
    """Which of the model's outputs it stood in, or "softmax"."""
    weights: Tensor
    """(batch, head, query, key)"""
    projection: int | None = None
    """Which projection mixes its heads; None where that was not found out."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of attention that it can be."""
        last = self.group.rsplit(".", 1)[-1]
        named = {"encoder_attentions": ("encoder",), "decoder_attentions": ("decoder",), "cross_attentions": ("cross",)}
        return named.get(last, ("encoder", "decoder", "cross"))


class Outside(TorchFunctionMode):
    """Notes softmaxes and projections in the order in which they happen.

    Args:
        cut: A projection, and the share of its input that is set to zero: (which head, of how many).
    """

    def __init__(self, cut: tuple[int, int, int] | None = None) -> None:
        super().__init__()
        self._cut = cut
        self.softmaxes: list[tuple[int, Tensor]] = []
        """How many projections came before, and the weights."""
        self.widths: list[tuple[Any, int]] = []
        """For each projection its function and the size of its input."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:  # Any: any torch function
        if func in PROJECTIONS:
            args = self._project(func, list(args))
        result = func(*args, **(kwargs or {}))
        if func in SOFTMAX and result.dim() >= 3:
            self.softmaxes.append((len(self.widths), result.detach()))
        return result

    def _project(self, func: Any, args: list[Any]) -> list[Any]:
        place = 1 if func in (torch.addmm, torch.einsum) else 0
        value, axis = args[place], PROJECTIONS[func]
        fits = isinstance(value, Tensor) and value.dim() > max(axis, 0)
        if self._cut is not None and self._cut[0] == len(self.widths):
            _, head, heads = self._cut
            share = value.shape[axis] // heads
            args[place] = value.clone()
            args[place].narrow(axis, head * share, share).zero_()
        self.widths.append((func, value.shape[axis] if fits else 0))
        return args


@dataclass(kw_only=True)
class Truth:
    """One plain pass."""

    outputs: dict[str, Tensor]
    references: list[Reference] = field(default_factory=list)


@contextmanager
def _seeded() -> Iterator[None]:
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(1)
        yield


def outputs_of(model: PreTrainedModel, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The numbers a model gives back: what is pooled is left out, since some pool over padding."""
    with _seeded():
        given = model(**inputs)
    return {
        name: value.float()
        for name, value in given.items()
        if isinstance(value, Tensor) and value.is_floating_point() and value.dim() >= 2 and "pool" not in name
    }


def without_head(model: PreTrainedModel, inputs: Mapping[str, Tensor], reference: Reference, head: int) -> dict[str, Tensor]:
    """The outputs where one head's share of the output projection's input is zero."""
    assert reference.projection is not None
    heads = PROJECTED_HEADS.get(model.config.model_type, reference.weights.shape[1])
    with Outside((reference.projection, head, heads)):
        return outputs_of(model, inputs)


def truth(model: PreTrainedModel, inputs: Mapping[str, Tensor]) -> Truth:
    """What a plain model under eager attention computes."""
    with Outside() as watch:
        outputs = outputs_of(model, inputs)
    own: list[tuple[str, Tensor]] = []
    try:
        with _seeded():
            own = list(_attentions(model(**inputs, output_attentions=True)))
    except (TypeError, ValueError, RuntimeError, AttributeError, IndexError, KeyError):  # it gives none; softmaxes remain
        own = []
    left = [(before, weights) for before, found in watch.softmaxes if (weights := _by_head(found, model, inputs)) is not None]
    found = Truth(outputs=outputs)
    for group, weights in own:
        here = next((event for event in left if _is(event[1], weights)), None)
        if here is not None:
            left = [event for event in left if event is not here]
        projection = None if here is None else _projection(watch, here[0], weights.shape[1])
        found.references.append(Reference(group=group, weights=weights, projection=projection))
    for before, weights in left:
        projection = _projection(watch, before, weights.shape[1])
        found.references.append(Reference(group="softmax", weights=weights, projection=projection))
    return found


def _attentions(given: Any, path: str = "") -> Iterator[tuple[str, Tensor]]:  # Any: whatever a model returns
    for name, value in given.items():
        if isinstance(value, Mapping):
            yield from _attentions(value, f"{path}{name}.")
        elif "attentions" in name and isinstance(value, (tuple, list)):
            yield from ((f"{path}{name}", layer) for layer in value if isinstance(layer, Tensor) and layer.dim() == 4)


def _by_head(weights: Tensor, model: PreTrainedModel, inputs: Mapping[str, Tensor]) -> Tensor | None:
    """A softmax as (batch, head, query, key); None if it is no attention (a router's, for instance)."""
    if weights.dim() == 4:
        return weights
    heads = getattr(model.config, "num_attention_heads", None) or getattr(model.config, "num_heads", 0)
    examples = next(iter(inputs.values())).shape[0]
    if weights.dim() == 3 and isinstance(heads, int) and weights.shape[0] == heads * examples:
        return weights.reshape(examples, heads, *weights.shape[1:])
    return None


def _is(found: Tensor, weights: Tensor) -> bool:
    """Whether a softmax made these weights; a sink's share may follow them."""
    cut = found[..., : weights.shape[-1]]
    return cut.shape == weights.shape and bool(torch.allclose(cut.float(), weights.float(), atol=1e-6))


def _projection(watch: Outside, before: int, heads: int) -> int | None:
    """The first projection after a softmax whose input can be made of heads."""
    for index in range(before, len(watch.widths)):
        function, width = watch.widths[index]
        if width and width % heads == 0 and (function is not torch.einsum or width == heads):
            return index
    return None
