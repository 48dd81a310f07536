"""What a lens is asked to look at, and what it saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import KINDS
from workbench.engine.attention import Seeing
from workbench.engine.exact import Call, attention_scores, attention_weights, of_head
from workbench.engine.sites import Site
from workbench.engine.tiles import blocks_of, exact_blocks, mean_of_heads, summarise

WHAT = ("weights", "scores", "q", "k", "v", "value_norms", "output", "tiles", "trust", "mean")


@dataclass(frozen=True, kw_only=True)
class Look:
    """What to record. None is all; memory grows with what is chosen, because the choice is made before the product q·k."""

    kinds: tuple[str, ...] | None = None
    """encoder, decoder, cross"""
    layers: tuple[int, ...] | None = None
    """Layers, counted from 0 within their kind."""
    heads: tuple[int, ...] | None = None
    rows: tuple[int, ...] | None = None
    """Queries, counted from 0; -1 is the last."""
    examples: tuple[int, ...] | None = None
    """Places in the batch."""
    what: tuple[str, ...] = ("weights",)
    """weights, scores, q, k, v, value_norms, output; tiles, trust and mean, which never hold all weights at once"""
    tile: int = 160
    """Most rows and columns of a tile."""

    def __post_init__(self) -> None:
        for name, given, allowed in (("kinds", self.kinds or (), KINDS), ("what", self.what, WHAT)):
            wrong = [value for value in given if value not in allowed]
            if wrong:
                raise WorkbenchError(f"there is no {wrong[0]!r}", where=f"Look.{name}", mend=f"Use {', '.join(allowed)}.")

    def at(self, site: Site) -> bool:
        """Whether this site is to be recorded."""
        return (self.kinds is None or site.kind in self.kinds) and (self.layers is None or site.layer in self.layers)


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """What was seen at one site in one pass. Arrays are float32, on the CPU, and nobody else's memory.

    The axes example, head and query follow `examples`, `heads` and `rows`. Keys and values are given for query heads:
    under grouped queries several heads show the same ones.
    """

    site: Site
    forward: int
    """Which pass of the model since recording began; generating text makes one for each new token."""
    examples: tuple[int, ...]
    heads: tuple[int, ...]
    rows: tuple[int, ...]
    queries: int
    """How many queries there were, recorded or not."""
    scaling: float | None = None
    """What q·k was multiplied by; None where the model writes its attention out."""
    softcap: float | None = None
    """Scaled products s became c · tanh(s / c) with this c, before anything was added; None where they were not capped."""
    weights: NDArray[np.float32] | None = None
    """(example, head, query, key), before dropout"""
    scores: NDArray[np.float32] | None = None
    """(example, head, query, key), what goes into the softmax; -inf where a query may not see a key"""
    q: NDArray[np.float32] | None = None
    """(example, head, query, d)"""
    k: NDArray[np.float32] | None = None
    """(example, head, key, d)"""
    v: NDArray[np.float32] | None = None
    """(example, head, key, d_v)"""
    value_norms: NDArray[np.float32] | None = None
    """(example, head, key), Euclidean"""
    output: NDArray[np.float32] | None = None
    """(example, head, query, d_v): what the head hands on, after dropout and interventions"""
    tiles: NDArray[np.float32] | None = None
    """(example, head, ≤ tile, ≤ tile): the weights, or the largest weight of each block where they do not fit"""
    mean: NDArray[np.float32] | None = None
    """(example, query, key): the mean of the weights over the heads, of all rows"""
    trust: NDArray[np.float32] | None = None
    """(example, head): max |weights · v - output|, over all rows and dimensions; NaN where values are not seen"""


@dataclass(kw_only=True)
class Seen:
    """Everything one recording saw, in the order in which it happened."""

    look: Look
    records: list[Record] = field(default_factory=list)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of attention that were met."""
        return tuple(kind for kind in KINDS if any(record.site.kind == kind for record in self.records))

    def of(self, kind: str, forward: int | None = None) -> list[Record]:
        """The records of one kind in one pass, by layer.

        Args:
            kind: encoder, decoder or cross.
            forward: Which pass; None is the last that met this kind.

        Raises:
            WorkbenchError: nothing of that kind was recorded.
        """
        found = [record for record in self.records if record.site.kind == kind]
        which = max((record.forward for record in found), default=0) if forward is None else forward
        found = [record for record in found if record.forward == which]
        if not found:
            met = ", ".join(sorted({f"{record.site.kind} in pass {record.forward}" for record in self.records})) or "none"
            raise WorkbenchError(f"no {kind} attention was recorded", where=f"pass {which}", mend=f"Recorded: {met}.")
        return sorted(found, key=lambda record: record.site.layer)

    def attention(self, kind: str, *, example: int | None = None, forward: int | None = None) -> NDArray[np.float32]:
        """Weights of one example as (layer, head, query, key); each row sums to 1.

        Args:
            kind: encoder, decoder or cross.
            example: Its place in the batch; None is the first recorded one.
            forward: Which pass; None is the last that met this kind.

        Raises:
            WorkbenchError: not recorded, or layers of different shapes, which cannot be one array.
        """
        layers = []
        for record in self.of(kind, forward):
            if record.weights is None:
                raise WorkbenchError("weights were not recorded", where=str(record.site), mend="Ask for what=('weights',).")
            if example is not None and example not in record.examples:
                raise WorkbenchError(
                    f"example {example} was not recorded", where=str(record.site), mend=f"Recorded: {record.examples}."
                )
            layers.append(record.weights[0 if example is None else record.examples.index(example)])
        if len({layer.shape for layer in layers}) > 1:
            raise WorkbenchError(
                f"the layers have different shapes: {sorted({layer.shape for layer in layers})}",
                where=f"{kind} attention",
                mend="Choose layers of one shape, or read the records one by one.",
            )
        return np.stack(layers)


def to_array(tensor: Tensor) -> NDArray[np.float32]:
    """A float32 copy on the CPU."""
    return tensor.detach().to(device="cpu", dtype=torch.float32, copy=True).numpy()


def chosen(wanted: Sequence[int] | None, size: int, axis: str, site: Site) -> tuple[int, ...]:
    """Indices into an axis; negative ones count from its end.

    Raises:
        WorkbenchError: beyond the end.
    """
    if wanted is None:
        return tuple(range(size))
    wrong = [index for index in wanted if not -size <= index < size]
    if wrong:
        raise WorkbenchError(f"there is no {axis} {wrong[0]}", where=str(site), mend=f"There are {size}, counted from 0.")
    return tuple(index % size for index in wanted)


@torch.no_grad()
def record(look: Look, site: Site, forward: int, call: Call, seen: Seeing) -> Record:
    """Take from a call what was asked for.

    Raises:
        WorkbenchError: something is asked for that is not there, or that cannot be known.
    """
    examples = chosen(look.examples, call.batch, "example", site)
    heads = chosen(look.heads, call.heads, "head", site)
    rows = chosen(look.rows, call.query.shape[2], "query", site)
    # None where everything is wanted: then nothing is copied before it has to be.
    some = None if look.examples is None else examples
    picked = None if look.heads is None else heads
    few = None if look.rows is None else rows
    part = call.at(some)

    def cut(tensor: Tensor) -> Tensor:
        """(batch, head, query, …) → (example, head, row, …)"""
        for axis, indices in ((0, some), (1, picked), (2, few)):
            if indices is not None:
                tensor = tensor.index_select(axis, torch.tensor(indices, device=tensor.device))
        return tensor

    arrays: dict[str, NDArray[np.float32]] = {}
    if "weights" in look.what and "scores" not in look.what and few is None and call.eager is None and seen.weights is None:
        call.refuse_unknown(site)
        arrays["weights"] = _in_bands(part, picked)
    elif {"weights", "scores"} & set(look.what):
        weights, scores = seen.weights, seen.scores
        if weights is not None and scores is not None:
            weights, scores = cut(weights), cut(scores)
        elif "scores" in look.what or call.eager is None:
            call.refuse_unknown(site)
            scores = attention_scores(part, heads=picked, rows=few)
            weights = attention_weights(part, scores, picked)
        if "scores" in look.what and scores is not None:
            arrays["scores"] = to_array(scores.masked_fill(scores < torch.finfo(torch.bfloat16).min / 2, -torch.inf))
        if "weights" in look.what:
            if call.eager is not None and seen.weights is None:
                weights = cut(_eager_weights(call, site))
            assert weights is not None
            arrays["weights"] = to_array(weights)
    if "q" in look.what:
        arrays["q"] = to_array(cut(call.query))
    if "k" in look.what:
        arrays["k"] = to_array(of_head(part.key, part, picked))
    if {"v", "value_norms"} & set(look.what):
        value = of_head(part.value, part, picked)  # (E, H, K, Dv)
        if "v" in look.what:
            arrays["v"] = to_array(value)
        if "value_norms" in look.what:
            arrays["value_norms"] = to_array(value.float().norm(dim=-1))
    if "output" in look.what:
        arrays["output"] = to_array(cut(seen.output.transpose(1, 2)))

    def bands(tile: int) -> Iterator[tuple[int, int, Tensor]]:
        """The chosen heads' weights, some rows at a time: first row, end, (example, head, rows, key)."""
        if call.eager is None and seen.weights is None:
            call.refuse_unknown(site)
            return exact_blocks(part, picked, tile)
        whole = seen.weights if seen.weights is not None else _eager_weights(call, site)
        return blocks_of(whole if some is None and picked is None else whole[list(examples)][:, list(heads)], tile)

    if "mean" in look.what:
        shape = (len(examples), call.query.shape[2], call.key.shape[2])
        arrays["mean"] = mean_of_heads(bands(shape[1]), shape).numpy()
    if {"tiles", "trust"} & set(look.what):
        value = of_head(part.value, part, picked)
        output = seen.output.transpose(1, 2)  # (B, H, Q, Dv)
        if some is not None or picked is not None:
            output = output[list(examples)][:, list(heads)]
        tiles, trust = summarise(bands(look.tile), look.tile, value, output)
        arrays |= {name: to_array(found) for name, found in (("tiles", tiles), ("trust", trust)) if name in look.what}
    queries = call.query.shape[2]
    return Record(
        site=site, forward=forward, examples=examples, heads=heads, rows=rows, queries=queries, scaling=call.scaling,
        softcap=call.softcap, **arrays,
    )  # fmt: skip


def _in_bands(call: Call, heads: Sequence[int] | None) -> NDArray[np.float32]:
    """All rows of weights, some at a time: a long text takes the memory of its weights and no multiple of it."""
    queries, keys = call.query.shape[2], call.key.shape[2]
    weights = np.empty((call.batch, call.heads if heads is None else len(heads), queries, keys), np.float32)
    for first, end, band in exact_blocks(call, heads, queries):
        weights[:, :, first:end] = band.float().cpu().numpy()
    return weights


def _eager_weights(call: Call, site: Site) -> Tensor:
    """What the model's own eager function says, in float32 and before dropout: (batch, head, query, key)."""
    assert call.eager is not None
    precise = torch.promote_types(call.query.dtype, torch.float32)

    def up(value: Tensor | None) -> Tensor | None:
        return value.to(precise) if value is not None and value.is_floating_point() else value

    again = {name: up(value) for name, value in (("position_bias", call.position_bias),) if value is not None}
    with torch.autocast(call.query.device.type, enabled=False):
        _, weights = call.eager(up(call.query), up(call.key), up(call.value), up(call.mask), dropout=0.0, **again)
    shape = (call.batch, call.heads, call.query.shape[2], call.key.shape[2])
    if weights is None or tuple(weights.shape) != shape:
        raise WorkbenchError(
            "the model's own attention gives no weights of the usual shape",
            where=str(site),
            mend="Look at q, k, v or the output instead.",
        )
    return weights
