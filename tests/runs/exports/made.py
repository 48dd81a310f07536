"""An inspection with any tokens, as a model with any tokenizer would give it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from workbench.contracts.inspection import Answer, HeadMap, Inspected, ModelFacts, Query, Wall
from workbench.engine.tiles import pooled
from workbench.runs.inspection import Inspection, Weights


def made(
    tokens: Sequence[str], *, layers: int = 2, heads: int = 2, layer: int | None = None, head: int | None = None,
    text: str = "a text", weights: NDArray[np.float32] | None = None,
) -> Inspection:  # fmt: skip
    """Random attention over these tokens, or the given weights (layer, head, query, key)."""
    count = len(tokens)
    if weights is None:
        weights = np.random.default_rng(0).dirichlet(np.full(count, 0.3), (layers, heads, count)).astype(np.float32)
    layers, heads = weights.shape[:2]
    wall = Wall(
        kind="encoder", tiles=pooled(torch.tensor(weights), 160).numpy(), trust=np.full((layers, heads), 1e-7, np.float32),
        queries=tuple(tokens), keys=tuple(tokens),
    )  # fmt: skip
    seen = Inspected(
        query=Query(text=text), walls={"encoder": wall}, tokens=tuple(tokens), target_tokens=(), special=(False,) * count,
        spans=((0, 0),) * count, answer=Answer(kind="classes", likely=((text, 0.75),), classes=((text, 0.75), ("other", 0.25))),
        provenance={"model": "m", "weights_sha256": "0" * 64, "text": text, "torch": "2"},
    )  # fmt: skip
    facts = ModelFacts(
        path=".", name="Model", task="text-classification", parameters=1, layers={"encoder": layers}, heads=heads, longest=None,
        support="full", message="",
    )  # fmt: skip

    def every() -> dict[str, Weights]:
        which = (range(layers) if layer is None else (layer,), range(heads) if head is None else (head,))
        part = weights[list(which[0])][:, list(which[1])]
        return {
            "encoder": Weights(
                kind="encoder",
                layers=tuple(which[0]),
                heads=tuple(which[1]),
                weights=part,
                queries=tuple(tokens),
                keys=tuple(tokens),
            )
        }

    def whole(kind: str, at_layer: int, at_head: int) -> HeadMap:
        return HeadMap(kind=kind, layer=at_layer, head=at_head, weights=weights[at_layer, at_head])

    return Inspection(facts=facts, seen=seen, layer=layer, head=head, weights_bytes=weights.nbytes, every=every, whole=whole)
