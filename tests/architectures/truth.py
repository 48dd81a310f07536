"""What eager attention computes, without any lens: weights, and the output with one head's share taken away.

A plain model under `attn_implementation="eager"` gives its attentions by a call flag. Next to that, torch's own functions are
watched from outside: each softmax (the weights, for models that give none) and each projection (the first one after a softmax
is the output projection, whose input is cut).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode
from transformers import PreTrainedModel

SOFTMAX = (torch.softmax, Tensor.softmax, F.softmax)
_MATMUL = (torch.matmul, Tensor.matmul, Tensor.__matmul__)
_HEADS_ALONG = {torch.einsum: 2, F.conv1d: 1, torch.conv1d: 1}
"""Along which axis of its input a projection finds the heads, where it is not the last."""

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


@dataclass(frozen=True, kw_only=True)
class Projection:
    """One use of a weight."""

    weight: int
    """Which one, as its storage's address."""
    width: int
    """How long the axis of its input is along which heads may lie."""
    by_head: bool
    """Whether each step along that axis is a head."""
    given: int
    """What it reads, as the address of its input."""


def _projected(func: Any, args: Any, kwargs: Any) -> tuple[int, int, Tensor] | None:  # Any: any torch function's
    """Of a projection: which argument is its input, the axis of the heads, and its weight; None for everything else."""
    if func in (F.linear, F.conv1d, torch.conv1d):
        weight = args[1] if len(args) > 1 else kwargs["weight"]
        return (0, _HEADS_ALONG.get(func, -1), weight) if weight.dim() == 2 or weight.shape[2] == 1 else None
    if func is torch.addmm:
        return 1, -1, args[2]
    if func in _MATMUL and len(args) == 2 and args[1].dim() == 2:
        return 0, -1, args[1]
    if func is torch.einsum and len(args) == 3 and isinstance(args[2], nn.Parameter) and args[1].dim() == 4:
        return 1, _HEADS_ALONG[func], args[2]
    return None


class Outside(TorchFunctionMode):
    """Notes softmaxes and projections in the order in which they happen.

    Args:
        cut: Which projection, and the share of its input that is set to zero: which head, of how many.
    """

    def __init__(self, cut: tuple[int, int, int] | None = None) -> None:
        super().__init__()
        self._cut = cut
        self.softmaxes: list[tuple[int, Tensor]] = []
        """How many projections came before, and the weights."""
        self.projections: list[Projection] = []
        self.inputs: list[Tensor] = []
        """Kept so that no other tensor gets an address that was seen."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:  # Any: any torch function
        kwargs = kwargs or {}
        if func is F.multi_head_attention_forward:
            return self._whole(args, kwargs)
        if func is F.scaled_dot_product_attention:
            self.softmaxes.append((len(self.projections), _weights(*args, **kwargs)))
        if (found := _projected(func, args, kwargs)) is not None:
            place, axis, weight = found
            width = args[place].shape[axis]
            if self._cut is not None and self._cut[0] == len(self.projections):
                _, head, heads = self._cut
                cut = args[place].clone()
                cut.narrow(axis, head * (width // heads), width // heads).zero_()
                args = (*args[:place], cut, *args[place + 1 :])
            by_head = func is torch.einsum
            given = args[place].data_ptr()
            self.inputs.append(args[place])
            self.projections.append(Projection(weight=weight.data_ptr(), width=width, by_head=by_head, given=given))
        result = func(*args, **kwargs)
        if func in SOFTMAX and result.dim() >= 3 and _over_last(result, args, kwargs):
            self.softmaxes.append((len(self.projections), result.detach()))
        return result

    def _whole(self, args: Any, kwargs: Any) -> Any:  # Any: torch's own signature
        """torch's multi-head attention, which gives weights by head when asked; its output projection is an argument."""
        given = inspect.signature(F.multi_head_attention_forward).bind(*args, **kwargs)
        weight, heads = given.arguments["out_proj_weight"], given.arguments["num_heads"]
        if self._cut is not None and self._cut[0] == len(self.projections):
            _, head, of = self._cut
            share = weight.shape[1] // of
            weight = weight.clone()
            weight[:, head * share : (head + 1) * share] = 0
            given.arguments["out_proj_weight"] = weight
        wanted = {**given.arguments, "need_weights": True, "average_attn_weights": False}
        weights = F.multi_head_attention_forward(**wanted)[1]
        assert weights is not None
        self.softmaxes.append((len(self.projections), weights.detach()))
        self.projections.append(Projection(weight=weight.data_ptr(), width=heads, by_head=True, given=0))
        return F.multi_head_attention_forward(**given.arguments)


def _weights(
    query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None = None, dropout_p: float = 0.0,
    is_causal: bool = False, scale: float | None = None, enable_gqa: bool = False,
) -> Tensor:  # fmt: skip
    """What torch's SDPA mixes values with, as its documentation writes it out: (batch, head, query, key)."""
    key = key.repeat_interleave(query.shape[-3] // key.shape[-3], -3)
    scores = query @ key.transpose(-1, -2) * (query.shape[-1] ** -0.5 if scale is None else scale)
    if is_causal:
        attn_mask = torch.ones(scores.shape[-2:], dtype=torch.bool).tril()
    if attn_mask is not None:
        scores = scores.masked_fill(~attn_mask, -torch.inf) if attn_mask.dtype == torch.bool else scores + attn_mask
    return torch.softmax(scores, -1).detach()


def _over_last(result: Tensor, args: Any, kwargs: Any) -> bool:  # Any: a softmax's arguments
    return (args[1] if len(args) > 1 else kwargs.get("dim")) in (-1, result.dim() - 1)


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
    """The numbers a model gives back; under padding without what is pooled, since some pool over padding."""
    with _seeded():
        given = model(**inputs)
    found = dict(_numbers(given))
    steady = {name: value for name, value in found.items() if "pool" not in name}
    return steady if "attention_mask" in inputs and steady else found


def _numbers(given: Any, path: str = "") -> Iterator[tuple[str, Tensor]]:  # Any: whatever a model returns
    for name, value in given.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{path}{name}.")
        elif name == "logits" and isinstance(value, (tuple, list)):
            yield from ((f"{path}{name}.{index}", part.float()) for index, part in enumerate(value))
        elif isinstance(value, Tensor) and value.is_floating_point() and value.dim() >= 2:
            yield f"{path}{name}", value.float()


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
    left = [(before, weights) for before, found in watch.softmaxes if (weights := _by_head(found, inputs)) is not None]
    own = [(group, weights) for group, weights in own if _is_attention(weights)]
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


def _by_head(weights: Tensor, inputs: Mapping[str, Tensor]) -> Tensor | None:
    """A softmax as (batch, head, query, key); None if it is no attention (a router's, for instance)."""
    if weights.dim() > 3:
        return weights
    examples = next(iter(inputs.values())).shape[0]
    heads, left = divmod(weights.shape[0], examples)
    return weights.reshape(examples, heads, *weights.shape[1:]) if heads > 1 and not left else None


def _is_attention(weights: Tensor) -> bool:
    """Whether each row is a distribution of its own: a few give scores, the state of a linear attention, or the heads' mean."""
    averaged = weights.shape[1] > 1 and bool((weights == weights[:, :1]).all()) and bool((weights != weights[..., :1]).any())
    return not averaged and bool((weights >= 0).all() and (weights.sum(-1) <= 1 + 1e-3).all())


def _is(found: Tensor, weights: Tensor) -> bool:
    """Whether a softmax made these weights; a sink's share may follow them."""
    cut = found[..., : weights.shape[-1]]
    return cut.shape == weights.shape and bool(torch.allclose(cut.float(), weights.float(), atol=1e-6))


def _projection(watch: Outside, before: int, heads: int) -> int | None:
    """The first projection after a softmax whose input can be made of heads.

    The three before it made query, key and value; where a module attends piece by piece they come again before the output.
    What reads the same as they did is no output either: a gate, which is put on the heads' output before it is projected.
    """
    earlier = watch.projections[max(0, before - 3) : before]
    inputs, given = {projection.weight for projection in earlier}, {projection.given for projection in earlier}
    for index, projection in enumerate(watch.projections[before:], start=before):
        fits = projection.width == heads if projection.by_head else projection.width % heads == 0
        if fits and projection.weight not in inputs and projection.given not in given:
            return index
    return None
