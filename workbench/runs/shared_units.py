"""What the queries and keys of a text are, and the units that two models share where their tokens differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Inspected
from workbench.engine.alignment import Groups, Span, common_units, grouped

Weights = NDArray[np.floating]


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The tokens along one side of a pattern."""

    tokens: tuple[str, ...]
    spans: tuple[Span, ...]
    """Where each lies in `text`; of no length for those that lie nowhere in it."""
    text: str


Axes = tuple[Axis, Axis]
"""Of queries and keys."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Shared:
    """All heads of two models between the units they share."""

    a: Weights
    """(layer, head, unit, unit + 1): the last column is what falls outside the units."""
    b: Weights
    queries: tuple[str, ...]
    keys: tuple[str, ...]
    lost: int
    """Units that are no queries in one of the models, and are left out as such."""


def axes_of(seen: Inspected, kind: str) -> Axes:
    """Queries and keys of a kind of attention."""
    two, query = bool(seen.target_tokens), seen.query
    text, spans = query.text, seen.spans
    if query.pair and not two:
        text, spans = f"{text}\n{query.pair}", _placed(spans, len(text) + 1)
    source = Axis(tokens=seen.tokens, spans=spans, text=text)
    target = Axis(tokens=seen.target_tokens, spans=seen.target_spans, text=query.pair) if two else source
    return source if kind == "encoder" else target, target if kind == "decoder" else source


def share(a: Weights, axes: Axes, b: Weights, others: Axes) -> Shared:
    """Bring two patterns to the smallest stretches of text that both tokenisations cut out whole.

    Args:
        a: (layer, head, query, key) between the tokens of `axes`.
        axes: Its queries and keys.
        b: (layer, head, query, key) between the tokens of `others`.
        others: Its queries and keys.

    Raises:
        WorkbenchError: they read different texts, or share nothing of them.
    """
    queries, keys = _units(axes[0], others[0]), _units(axes[1], others[1])
    one, other = grouped(a, queries[0], keys[0]), grouped(b, queries[1], keys[1])
    kept = [row for row in range(queries[0].size) if all(row in side.of for side in queries)]
    if not kept:
        raise WorkbenchError(
            "these two models share nothing of this text", where="text", mend="Compare models that read the same text."
        )
    return Shared(
        a=one[:, :, kept], b=other[:, :, kept], queries=tuple(queries[0].labels[row] for row in kept), keys=keys[0].labels,
        lost=queries[0].size - len(kept),
    )  # fmt: skip


def _units(one: Axis, other: Axis) -> tuple[Groups, Groups]:
    if one.text != other.text:
        raise WorkbenchError(
            "these two models read different texts there", where="text",
            mend="Clear the second text, or choose another kind of attention.",
        )  # fmt: skip
    return common_units(one.text, _written(one), _written(other))


def _written(axis: Axis) -> tuple[Span, ...]:
    """Where tokens lie; those of white space alone, which few tokenizers have, lie nowhere."""
    return tuple((start, end) if axis.text[start:end].strip() else (0, 0) for start, end in axis.spans)


def _placed(spans: Sequence[Span], second: int) -> tuple[Span, ...]:
    """Spans in two sentences as spans in both, one after the other: the second one starts at this character.

    Its tokens are those behind a special token that start again before what was reached already.
    """
    placed, reached, apart, shift = [], 0, False, 0
    for start, end in spans:
        if start == end:
            apart = reached > 0
        elif apart and not shift and start < reached:
            shift = second
        reached = max(reached, end)
        placed.append((start + shift, end + shift) if start < end else (start, end))
    return tuple(placed)
