"""The patterns of one text, ready to be scored: weights, what each query may see, and what the values weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from workbench.contracts.errors import WorkbenchError
from workbench.engine.head_nulls import Pattern
from workbench.engine.lens import Lens
from workbench.engine.output_projection import Place, transformed_norms
from workbench.engine.recording import Look, Record, Seen
from workbench.engine.support import placed

HELD = 1 << 28
"""Bytes of weights that are held at once; beyond, layers are looked at one group after the other, each in passes of its own."""
LARGEST_LAYER = 1 << 29
"""Bytes of one layer's weights; beyond, only some queries are looked at, as many of all layers as may be held at once."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Text:
    """One text as a model takes it."""

    inputs: Mapping[str, Tensor]
    """A batch of one without padding. `labels` among them make the loss; images have no `input_ids`."""
    special_ids: frozenset[int] = field(default=frozenset())
    """Tokens that are no part of the text, such as those that begin and end it."""

    def tokens(self, name: str) -> list[int] | None:
        """The ids under a name, such as `input_ids`."""
        return [int(token) for token in self.inputs[name][0]] if name in self.inputs else None

    def special(self, name: str) -> NDArray[np.bool_] | None:
        """Which of them are special tokens."""
        ids = self.tokens(name)
        return None if ids is None else np.array([token in self.special_ids for token in ids], dtype=np.bool_)

    def shuffled(self, generator: np.random.Generator) -> Text:
        """The same words in another order; special tokens stay where they are.

        Raises:
            WorkbenchError: there are no words.
        """
        changed = dict(self.inputs)
        names = [name for name in ("input_ids", "decoder_input_ids") if name in self.inputs]
        if not names:
            raise WorkbenchError(
                "there are no words to shuffle", where=", ".join(self.inputs), mend="Leave the positional score out for pictures."
            )
        for name in names:
            special = self.special(name)
            assert special is not None
            words = torch.from_numpy(np.flatnonzero(~special)).to(self.inputs[name].device)
            order = words[torch.from_numpy(generator.permutation(len(words))).to(words.device)]
            ids = self.inputs[name].clone()
            ids[0, words] = self.inputs[name][0, order]
            changed[name] = ids
        return Text(inputs=changed, special_ids=self.special_ids)

    def on(self, model: nn.Module) -> Text:
        """The same where a model's weights are."""
        return Text(inputs=placed(model, self.inputs), special_ids=self.special_ids)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What of a text's attention is held at once."""

    layers: tuple[int, ...] | None = None
    """Counted from 0 within their kind; None is all."""
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By kind, the queries that are looked at, counted from 0; empty is all."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Patterns:
    """All heads of one kind on one text."""

    pattern: Pattern
    """(layer, head, query, key)"""
    rows: tuple[int, ...]
    """The place of each query that was looked at, from 0."""
    queries: int
    """How many there are."""
    norms: NDArray[np.float64] | None = None
    """(layer, head, 1, key): ‖f(x)‖ of each key; None where it cannot be known."""


@torch.no_grad()
def parts_of(lens: Lens, text: Text) -> list[Part]:
    """Which layers can be held at once, and how many of their queries.

    Args:
        lens: On the model, which is in evaluation mode.
        text: On the model's device.
    """
    with lens.record(Look(rows=(0,))) as seen:
        lens.model(**text.inputs)
    count = 1 + max((record.site.layer for record in seen.records), default=0)
    queries = {record.site.kind: record.queries for record in seen.records}
    sizes = [0] * count
    for record in seen.records:
        if record.weights is not None:
            sizes[record.site.layer] += record.weights.nbytes * record.queries
    if sum(sizes) <= HELD:
        return [Part()]
    if max(sizes) > LARGEST_LAYER:
        share = math.ceil(sum(sizes) / HELD)
        return [Part(rows={kind: _drawn(number, share) for kind, number in queries.items()})]
    together = max(1, HELD // max(sizes))
    return [Part(layers=tuple(range(first, min(first + together, count)))) for first in range(0, count, together)]


def _drawn(queries: int, share: int) -> tuple[int, ...]:
    """One of each `share` neighbours: spread over the text, and at random, so as to miss nothing that comes back in it."""
    starts = np.arange(0, queries, share)
    return tuple(np.random.default_rng(queries).integers(starts, np.minimum(starts + share, queries)).tolist())


@torch.no_grad()
def see(
    lens: Lens, text: Text, projections: Mapping[Place, nn.Module] | None = None, part: Part | None = None
) -> dict[str, Patterns]:
    """Run a text and keep its patterns.

    Args:
        lens: On the model, which is in evaluation mode.
        text: On the model's device.
        projections: Output projections by kind and layer, where the norms of the values are wanted.
        part: Which layers and queries; all if left out.

    Returns:
        By kind of attention.

    Raises:
        WorkbenchError: no attention was seen, or its layers have different shapes.
    """
    seen = _record(lens, text, part or Part(), values=bool(projections))
    if not seen.records:
        raise WorkbenchError(
            "no attention was seen",
            where=type(lens.model).__name__,
            mend="Heads can be scored only where the lens sees their weights; look at its self-test.",
        )
    patterns = {}
    for kind in seen.kinds:
        weights, records = seen.attention(kind), seen.of(kind)
        patterns[kind] = Patterns(
            pattern=Pattern(weights=weights, visible=_visible(weights, records)),
            rows=records[0].rows,
            queries=records[0].queries,
            norms=_norms(records, projections or {}),
        )
    return patterns


def _record(lens: Lens, text: Text, part: Part, *, values: bool) -> Seen:
    """Weights, and the scores that tell what is masked, as far as the lens knows them."""
    attempts = [("weights", "scores", "v"), ("weights", "scores"), ("weights",)][0 if values else 1 :]
    for what in attempts:
        whole = Look(layers=part.layers, what=what)
        looks = [replace(whole, kinds=(kind,), rows=rows) for kind, rows in part.rows.items()] or [whole]
        try:
            with ExitStack() as stack:
                seen = [stack.enter_context(lens.record(look)) for look in looks]
                lens.model(**text.inputs)
            return Seen(look=whole, records=[record for each in seen for record in each.records])
        except WorkbenchError:
            if what == attempts[-1]:
                raise
    raise AssertionError("the last attempt returns or raises")


def _visible(weights: NDArray[np.float32], records: list[Record]) -> NDArray[np.bool_]:
    """Where queries may see keys, (layer, head, query, key) or one for all layers and heads where they are alike.

    Without scores a weight above zero tells it, which errs where a masked score is not the only one that rounds to nothing.
    """
    if any(record.scores is None for record in records):
        visible = weights > 0
    else:
        visible = np.stack([np.isfinite(record.scores[0]) for record in records if record.scores is not None])
    alike = visible[:1, :1]
    return alike if bool((visible == alike).all()) else visible


def _norms(records: list[Record], projections: Mapping[Place, nn.Module]) -> NDArray[np.float64] | None:
    """‖f(x)‖ of each key, (layer, head, 1, key); None unless every layer's projection and values are known."""
    found = [projections.get((record.site.kind, record.site.layer)) for record in records]
    known = [(record, module) for record, module in zip(records, found, strict=True) if module is not None]
    if len(known) < len(records) or any(record.v is None for record, _ in known):
        return None
    return np.stack([transformed_norms(record, module) for record, module in known])[:, :, None]
