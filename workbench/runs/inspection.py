"""What was seen of one text, ready to be written to a file, told to a script or shown in a notebook.

inspection = Inspector.open("path/to/model").inspect("The cat sat on the mat.")
inspection                                  # in a notebook: every head, to click on
inspection.write("cat.html")                # or .png, .svg, .csv, .npz
inspection.weights["encoder"].weights       # (layer, head, query, key)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.inspection import Answer, HeadMap, Inspected, ModelFacts

VERSIONS = ("attention-workbench", "torch", "transformers")


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """Every weight of some heads of one kind."""

    kind: str
    layers: tuple[int, ...]
    """Which layers these are, counted from 0."""
    heads: tuple[int, ...]
    weights: NDArray[np.float32]
    """(layer, head, query, key)"""
    queries: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Inspection:
    """One text through one model."""

    facts: ModelFacts
    seen: Inspected
    layer: int | None
    """The only layer that was asked for, or None."""
    head: int | None
    weights_bytes: int
    """How much memory `weights` takes."""
    every: Callable[[], dict[str, Weights]]
    """Takes every weight of the heads that were asked for."""
    whole: Callable[[str, int, int], HeadMap]
    """Takes one head: kind, layer, head."""
    kind: str | None = None
    """The only kind of attention that was asked for, or None."""
    token: int = 0
    """Of a picture: the token whose attention is drawn over it, counted from 0."""

    @cached_property
    def weights(self) -> Mapping[str, Weights]:
        """Every weight of the heads that were asked for, by kind; the text goes through the model once more for them.

        Raises:
            WorkbenchError: memory does not hold so many.
        """
        return self.every()

    @property
    def provenance(self) -> dict[str, Any]:
        """Where the numbers come from, as every file carries it."""
        said: dict[str, Any] = dict(self.seen.provenance)
        versions = {name: said.pop(name) for name in VERSIONS if name in said}
        path = Path(self.facts.path)
        model = str(path.resolve()) if path.exists() else self.facts.path  # a hub name is no place here
        kind = {} if self.kind is None else {"kind": self.kind}
        return {**said, "model": model, **kind, "layer": self.layer, "head": self.head, "versions": versions}

    def places(self, kind: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Which layers and heads of a kind were asked for; no layers where the kind has no such layer."""
        wall = self.seen.walls[kind]
        layers = tuple(layer for layer in wall.layers if self.layer in (None, layer) and self.kind in (None, kind))
        return layers, tuple(head for head in range(wall.tiles.shape[1]) if self.head in (None, head))

    def tiles(self, kind: str) -> NDArray[np.float32]:
        """The small pictures of the heads that were asked for: as in `Wall`."""
        wall, (layers, heads) = self.seen.walls[kind], self.places(kind)
        return wall.tiles[[wall.layers.index(layer) for layer in layers]][:, list(heads)]

    def summary(self) -> dict[str, Any]:
        """What was seen, without the arrays, as plain values for JSON."""
        seen = self.seen
        cosine = None if seen.before is None else seen.answer.cosine(seen.before)
        shapes = {}
        kinds = [kind for kind in seen.walls if self.kind in (None, kind)]
        for kind in kinds:
            wall, (layers, heads) = seen.walls[kind], self.places(kind)
            shapes[kind] = [len(layers), len(heads), len(wall.queries), len(wall.keys)]
        trust = {kind: seen.gap(kind, *self.places(kind)) for kind in kinds}
        told, sure = said(seen.answer)
        return {
            "tokens": list(seen.tokens), "target_tokens": list(seen.target_tokens), "shapes": shapes,
            "prediction": told, "confidence": sure, "answer": _plain(seen.answer),
            "before": None if seen.before is None else _plain(seen.before), "cosine": cosine,
            "support": self.facts.support, "trust": trust, "remarks": [*self.facts.remarks, *seen.remarks],
            "seconds": seen.seconds, "provenance": self.provenance,
        }  # fmt: skip

    def write(self, out: str | Path) -> str:
        """Write what was seen: .html, .png, .svg, .csv or .npz.

        Returns:
            What a person should know about the file, or nothing.

        Raises:
            WorkbenchError: another ending, a place that cannot be written, or more weights than memory holds.
        """
        from workbench.runs.exports import write

        return write(self, Path(out))

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from workbench.runs.exports.page import framed

        return framed(self)


def said(answer: Answer) -> tuple[str, float | None]:
    """An answer in a word, and how sure it is."""
    if answer.written:
        return answer.written, None
    if answer.tags:
        return " ".join(answer.tags), None
    if not answer.likely:
        return "", None
    name, share = answer.likely[0]
    return (f"{share:.6g}", None) if answer.kind == "number" else (name, share)


def _plain(answer: Answer) -> dict[str, Any]:
    vector = None if answer.vector is None else [float(value) for value in answer.vector]
    told: dict[str, Any] = {
        "kind": answer.kind, "likely": [list(pair) for pair in answer.likely], "tags": list(answer.tags), "loss": answer.loss,
        "vector": vector, "written": answer.written,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in (None, [], "")}
