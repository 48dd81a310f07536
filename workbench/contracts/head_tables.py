"""What heads do, as a table: a row for each head, numbers beside what heads without a pattern would score."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.frames import KINDS

UNITS = {
    "entropy": "nats",
    "mean_distance": "tokens",
    "previous_token": "weight",
    "next_token": "weight",
    "own_token": "weight",
    "first_token": "weight",
    "special_tokens": "weight",
    "duplicate_token": "weight",
    "induction": "weight",
    "mirrored": "weight",
    "positional": "overlap",
    "value_weighted_norm": "norm",
    "output_change": "ratio",
    "loss_change": "nats",
    "gradient_importance": "nats",
}
"""Columns a table may have, in order, and what they are measured in; `workbench.engine.head_table` defines them."""

LABELS = {
    "previous_token": "previous token",
    "next_token": "next token",
    "own_token": "same token",
    "first_token": "first token (sink)",
    "special_tokens": "special tokens",
    "mirrored": "mirrored position",
    "induction": "induction",
    "duplicate_token": "duplicate token",
}
"""What a head may be called, in words; `workbench.engine.head_names` says when."""

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class HeadTable:
    """One kind of attention's heads. Every array has shape (layer, head) and is read-only; NaN is what is not known.

    A number means something only beside its baselines: even attention under the same mask, and the head's own weights dealt
    out anew at random among the keys that each query sees.
    """

    kind: str
    """encoder | decoder | cross"""
    values: Mapping[str, Array]
    """Mean over texts of each column, in the unit of `UNITS`."""
    uniform: Mapping[str, Array]
    """What even attention under the same mask would score, by column."""
    shuffled: Mapping[str, Array]
    """What the same weights dealt out at random score on average, by column."""
    band: Mapping[str, Array]
    """Half the width of the interval around `shuffled` in which 95 % of random deals lie, by column."""
    moved: Mapping[str, Array] = field(default_factory=dict)
    """What falls on the same places when the words are put in another order, by column: as much for a head that goes by
    position, little for one that goes by words. Empty where no words were shuffled."""
    names: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """(layer, head): the columns that say what a head is, the clearest first; none where nothing beats chance."""
    texts: int = 1
    """How many texts the means are over."""
    drawn: int = 0
    """Of a text too long to look at every query: how many were drawn, and all else is over those. 0 is every query."""
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} is not one of {KINDS}")
        shapes = set()
        for name in ("values", "uniform", "shuffled", "band", "moved"):
            columns = {column: np.array(array, dtype=np.float64) for column, array in getattr(self, name).items()}
            for column, array in columns.items():
                if column not in UNITS:
                    raise ValueError(f"there is no column {column!r}")
                array.setflags(write=False)
                shapes.add(array.shape)
            object.__setattr__(self, name, columns)
        if len(shapes) != 1 or len(next(iter(shapes))) != 2:
            raise ValueError(f"columns of shapes {sorted(shapes)} are no table of (layer, head)")

    @property
    def shape(self) -> tuple[int, int]:
        """How many layers, and heads in each."""
        layers, heads = next(iter(self.values.values())).shape
        return layers, heads


def as_csv(tables: Iterable[HeadTable]) -> str:
    """Tables as comma-separated text: a row for each head, four columns for each number, and where it all comes from.

    The last column holds the provenance as JSON in every row, so that a row cut out of the file still tells its source.
    """
    tables = list(tables)
    columns = [name for name in UNITS if any(name in table.values for table in tables)]
    moved = [name for name in columns if any(name in table.moved for table in tables)]
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    parts = ("values", "uniform", "shuffled", "band")
    heading = [f"{name}{ending}" for name in columns for ending in ("", "_uniform", "_shuffled", "_shuffled_band")]
    writer.writerow(["kind", "layer", "head", "names", *heading, *(f"{name}_moved" for name in moved), "texts", "provenance"])
    for table in tables:
        source = {**table.provenance, **({"queries_drawn": str(table.drawn)} if table.drawn else {})}
        provenance = json.dumps(source, ensure_ascii=False, sort_keys=True)
        for layer, head in np.ndindex(table.shape):
            numbers = [_number(getattr(table, part), name, layer, head) for name in columns for part in parts]
            numbers += [_number(table.moved, name, layer, head) for name in moved]
            named = "; ".join(LABELS[name] for name in table.names[layer][head]) if table.names else ""
            writer.writerow([table.kind, layer, head, named, *numbers, table.texts, provenance])
    return lines.getvalue()


def _number(columns: Mapping[str, Array], name: str, layer: int, head: int) -> str:
    """Nine digits; nothing where it is not known."""
    value = columns[name][layer, head] if name in columns else np.nan
    return "" if np.isnan(value) else f"{value:.9g}"
