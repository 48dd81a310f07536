"""Which numbers of a model belong to which head: its part of what the output projection reads, and its slices of the weights.

Nothing is found by its name. The output projection is the module that is handed what the heads gave. A slice of a weight is a
head's own where that head's queries, keys, values or share of the projection have a gradient there and no other head's have.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from workbench.contracts.edits import Head
from workbench.contracts.errors import WorkbenchError
from workbench.engine.attention import SWITCHBOARD, Seeing
from workbench.engine.exact import Call
from workbench.engine.interventions import Intervention
from workbench.engine.lens import Lens
from workbench.engine.output_projection import Place, find_projections
from workbench.engine.sites import Site, Walk
from workbench.engine.support import evaluating


@dataclass(frozen=True, kw_only=True, eq=False)
class Slice:
    """A part of a weight that belongs to some heads and to no other."""

    parameter: nn.Parameter
    axis: int
    places: Tensor
    """(n,) indices along the axis."""
    users: tuple[Head, ...]
    """The heads it belongs to: several where query heads share a key head."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """The heads of one attention layer."""

    kind: str
    layer: int
    heads: int
    projection: nn.Module | None
    """Reads the heads side by side; None where something stands between."""
    width: int
    """Numbers of each head that the projection reads."""
    shared: bool
    """Whether other layers use the same weights."""
    slices: tuple[Slice, ...]
    """Of the weights that are learned."""
    divided: bool
    """Whether all that is learned for queries, keys, values and projection is in slices: then a head can be held as a whole."""

    def read_by(self, heads: Sequence[int]) -> Tensor:
        """(features,) whether the projection reads a number from one of these heads."""
        mask = torch.zeros(self.heads, self.width, dtype=torch.bool)
        mask[list(heads)] = True
        return mask.flatten()


class _Calls:
    """Keeps every attention call of a pass as the model made it, with what gradients need."""

    def __init__(self, model: nn.Module) -> None:
        self.thread = threading.get_ident()
        self.walk = Walk(names={module: name for name, module in model.named_modules()})
        self.made: dict[Place, Call] = {}

    def visit(self, call: Call) -> tuple[Site, Sequence[Intervention]] | None:
        """Where it is; nothing is done there."""
        return (self.walk.visit(call.module, call.said_causal, call.cross), ()) if call.module in self.walk.names else None

    def saw(self, site: Site, call: Call, seen: Seeing) -> None:
        """Keep it."""
        self.made[site.kind, site.layer] = call


def find_layers(model: nn.Module, inputs: Mapping[str, Tensor]) -> dict[Place, Layer]:
    """The attention layers of a model in one pass of an example, each with what belongs to its heads.

    Args:
        model: No head of it may be off.
        inputs: What its forward takes, a batch of one.

    Returns:
        By kind and layer; a layer is missing where its attention is not made through transformers' interface.
    """
    calls = _Calls(model)
    with torch.random.fork_rng(), evaluating(model), Lens(model) as lens, torch.enable_grad():
        with SWITCHBOARD.open_to(calls):
            model(**inputs)
        projections = find_projections(lens, inputs)
    times = Counter(id(call.module) for call in calls.made.values())
    return {
        place: _layer(place, call, projections.get(place), shared=times[id(call.module)] > 1)
        for place, call in calls.made.items()
    }  # fmt: skip


class Silence:
    """Switches heads off in every pass of a model, whoever makes it, until `end`."""

    def __init__(self, layer: Layer, heads: Sequence[int]) -> None:
        assert layer.projection is not None
        self._mask = layer.read_by(heads)
        self._hook: RemovableHandle = layer.projection.register_forward_pre_hook(self._zeroed)

    def _zeroed(self, module: nn.Module, args: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        if self._mask.device != args[0].device:
            self._mask = self._mask.to(args[0].device)
        return (args[0].masked_fill(self._mask, 0.0), *args[1:])

    def end(self) -> None:
        """The heads are on again."""
        self._hook.remove()


def take_out(model: nn.Module, inputs: Mapping[str, Tensor], heads: Sequence[Head]) -> None:
    """Zero what the output projections make of these heads: a model in which they are off for good, whoever runs it.

    Args:
        model: Changed in place.
        inputs: What its forward takes, a batch of one.
        heads: Which; none is fine.

    Raises:
        WorkbenchError: there is no such head, or its part of the projection is not found.
    """
    if not heads:
        return
    layers = find_layers(model, inputs)
    for head in heads:
        layer = silenceable(layers, head)
        assert layer.projection is not None
        weights = list(layer.projection.parameters())
        learned = [weight.requires_grad for weight in weights]
        for weight in weights:
            weight.requires_grad_(True)
        slices, _ = _projection_slices(layer.projection, _heads_of(layer), layer.width, weights)
        for weight, before in zip(weights, learned, strict=True):
            weight.requires_grad_(before)
        mine = [each for each in slices if head in each.users]
        if not mine:
            raise _cannot(head, "its part of the output projection is not found")
        with torch.no_grad():
            for each in mine:
                each.parameter.index_fill_(each.axis, each.places, 0.0)


def silenceable(layers: Mapping[Place, Layer], head: Head) -> Layer:
    """The layer of a head that can be switched off alone.

    Raises:
        WorkbenchError: there is no such head, or it cannot.
    """
    layer = layers.get((head.kind, head.layer))
    if layer is None or head.head >= layer.heads:
        there = ", ".join(f"{kind} {number} (0–{found.heads - 1})" for (kind, number), found in sorted(layers.items()))
        what = f"there is no such head among {there}" if there else "the model's heads are not found"
        raise WorkbenchError(what, where=_named(head), mend="Choose a head that is there.")
    if layer.shared:
        raise _cannot(head, "several layers use the same weights")
    if layer.projection is None:
        raise _cannot(head, "heads are mixed before they are projected")
    return layer


def holdable(layers: Mapping[Place, Layer], head: Head) -> Layer:
    """The layer of a head that can be frozen alone.

    Raises:
        WorkbenchError: there is no such head, or it cannot.
    """
    layer = silenceable(layers, head)
    if not layer.divided:
        raise _cannot(head, "it shares learned weights with other heads")
    return layer


def _cannot(head: Head, why: str) -> WorkbenchError:
    return WorkbenchError(f"this head cannot be changed alone: {why}", where=_named(head), mend="Leave it on.")


def _named(head: Head) -> str:
    return f"{head.kind} layer {head.layer} head {head.head}"


def _heads_of(layer: Layer) -> list[Head]:
    return [Head(layer.kind, layer.layer, number) for number in range(layer.heads)]


def _layer(place: Place, call: Call, projection: nn.Module | None, *, shared: bool) -> Layer:
    heads = [Head(*place, number) for number in range(call.heads)]
    learned = [weight for weight in call.module.parameters() if weight.requires_grad]
    found: list[Slice] = []
    divided = True
    for states in (call.query, call.key, call.value):
        per = len(heads) // states.shape[1]
        groups = [tuple(heads[number * per : (number + 1) * per]) for number in range(states.shape[1])]
        slices, whole = _slices([states[:, number] for number in range(states.shape[1])], groups, learned)
        found += slices
        divided = divided and whole and (bool(slices) or not learned)
    width = call.value.shape[-1]
    if projection is not None:
        weights = [weight for weight in projection.parameters() if weight.requires_grad]
        slices, whole = _projection_slices(projection, heads, width, weights)
        found += slices
        divided = divided and whole
    return Layer(
        kind=place[0], layer=place[1], heads=len(heads), projection=projection, width=width, shared=shared,
        slices=tuple(found), divided=divided,
    )  # fmt: skip


def _projection_slices(
    projection: nn.Module, heads: Sequence[Head], width: int, weights: Sequence[nn.Parameter]
) -> tuple[list[Slice], bool]:
    """The slices of an output projection that read one head each. What is added whatever it reads belongs to no head."""
    matrices = [weight for weight in weights if weight.ndim > 1]
    given = next(projection.parameters()).new_zeros(len(heads), 1, len(heads) * width)
    for number in range(len(heads)):
        given[number, :, number * width : (number + 1) * width] = 1.0
    with torch.enable_grad():
        made = [projection(given[number : number + 1]) for number in range(len(heads))]
    return _slices(made, [(head,) for head in heads], matrices)


def _slices(
    made: Sequence[Tensor], users: Sequence[tuple[Head, ...]], weights: Sequence[nn.Parameter]
) -> tuple[list[Slice], bool]:
    """The parts of weights that decide one tensor each and no other.

    Args:
        made: What is decided, still with its graph.
        users: Whose each of them is.
        weights: Those that may decide it.

    Returns:
        The slices, and whether no weight decides several tensors in common.
    """
    reached: list[list[Tensor | None]] = []
    for each in made:
        if not each.requires_grad or not weights:
            reached.append([None] * len(weights))
            continue
        direction = torch.linspace(1.0, 2.0, each.numel(), device=each.device, dtype=each.dtype).view_as(each)
        reached.append(list(torch.autograd.grad((each * direction).sum(), weights, retain_graph=True, allow_unused=True)))
    found: list[Slice] = []
    whole = True
    for number, weight in enumerate(weights):
        gradients = [of_one[number] for of_one in reached]
        if all(gradient is None for gradient in gradients):
            continue
        axis, masks = _dividing_axis([torch.zeros_like(weight) if each is None else each for each in gradients])
        if axis is None:
            whole = False
            continue
        found += [
            Slice(parameter=weight, axis=axis, places=mask.nonzero()[:, 0], users=its)
            for mask, its in zip(masks, users, strict=True)
        ]
    return found, whole


def _dividing_axis(gradients: Sequence[Tensor]) -> tuple[int | None, list[Tensor]]:
    """The axis along which gradients lie beside each other, and where each of them lies; None where there is no such axis."""
    for axis in range(gradients[0].ndim):
        others = [other for other in range(gradients[0].ndim) if other != axis]
        masks = [(each != 0).any(dim=others) if others else each != 0 for each in gradients]
        if all(mask.any() for mask in masks) and int(torch.stack(masks).sum(0).max()) == 1:
            return axis, masks
    return None, []
