"""Two heads beside each other as a file: what `workbench.runs.comparing` found, with where both sides come from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from matplotlib.figure import Figure
from numpy.typing import NDArray

from workbench.contracts.comparing import Compared
from workbench.contracts.delimited import digits, harmless, write_rows
from workbench.contracts.errors import WorkbenchError
from workbench.engine.tiles import pooled
from workbench.runs.exports.pictures import LARGEST, name_axis, save_figure

REST = "outside words"
"""The last column where the tokens differ: what goes to no shared stretch of text."""
COLUMNS = ("query_index", "query", "key_index", "key", "a", "b", "difference")


def provenance(found: Compared) -> dict[str, Any]:
    """Where the numbers come from: both models and texts, which heads, and how alike they are."""
    pair = found.pair
    alike = pair.similarity if found.other_place == pair.other else None
    return {
        **found.provenance, "shown": "b - a", "kind": found.kind, "layer": found.place[0], "head": found.place[1],
        "b_kind": found.other_kind, "b_layer": found.other_place[0], "b_head": found.other_place[1],
        "similarity": None if alike is None or alike != alike else round(alike, 6), "remarks": list(found.remarks),
    }  # fmt: skip


def write_compared_arrays(found: Compared, path: Path) -> None:
    """An npz: `a`, `b` and, where both are of one shape, `difference`, float32 (query, key); tokens, matches, provenance."""
    arrays: dict[str, Any] = {"a": found.a, "b": found.b}
    if found.difference is not None:
        arrays["difference"] = found.difference
    for name, keys in (("a", _keys(found, found.keys)), ("b", _keys(found, found.other_keys))):
        arrays[f"{name}_keys"] = np.array(keys, dtype=np.str_)
    arrays["a_queries"] = np.array(found.queries, dtype=np.str_)
    arrays["b_queries"] = np.array(found.other_queries, dtype=np.str_)
    arrays["matches"] = np.array([(*pair.one, *pair.other) for pair in found.pairs], dtype=np.int64)
    arrays["similarity"] = np.array([pair.similarity for pair in found.pairs], dtype=np.float64)
    np.savez_compressed(path, provenance=json.dumps(provenance(found), ensure_ascii=False), **arrays)


def write_compared_table(found: Compared, path: Path) -> None:
    """A csv with a row for each cell, and its provenance beside it.

    Raises:
        WorkbenchError: the sides are of other shapes, so that no cell of one is a cell of the other.
    """
    difference = found.difference
    if difference is None:
        raise WorkbenchError(
            "these have different tokens, so there is no difference cell by cell", where=path.name,
            mend="Write .npz or .png, which hold both sides.",
        )  # fmt: skip
    queries = [harmless(token) for token in found.queries]
    keys = [harmless(token) for token in _keys(found, found.keys)]
    rows = (
        (query, queries[query], key, keys[key], *map(digits, (found.a.item(query, key), found.b.item(query, key), float(more))))
        for (query, key), more in np.ndenumerate(difference)
    )
    write_rows(path, COLUMNS, rows, provenance(found))


def write_compared_picture(found: Compared, path: Path) -> None:
    """A, B, and B - A around zero where there is such a thing."""

    def draw() -> Figure:
        difference = found.difference
        sides: list[tuple[str, NDArray[np.float32], tuple[str, ...], tuple[str, ...]]] = [
            (f"A · layer {found.place[0]} · head {found.place[1]}", found.a, found.queries, _keys(found, found.keys)),
            (
                f"B · layer {found.other_place[0]} · head {found.other_place[1]}", found.b, found.other_queries,
                _keys(found, found.other_keys),
            ),
        ]  # fmt: skip
        if difference is not None:
            sides.append(("B − A", difference, found.queries, _keys(found, found.keys)))
        longest = max(max(weights.shape) for _, weights, _, _ in sides)
        side = float(np.clip(0.2 * longest, 2.8, 8.0))
        figure = Figure(figsize=((side + 1.3) * len(sides), side + 1.6), layout="constrained")
        for axes, (title, weights, queries, keys) in zip(figure.subplots(1, len(sides)), sides, strict=True):
            limit = float(np.abs(weights).max(initial=0.0)) or 1.0
            scale: dict[str, Any] = {"vmin": 0, "vmax": 1, "cmap": "viridis"}
            if weights is difference:
                scale = {"vmin": -limit, "vmax": limit, "cmap": "RdBu"}  # blue: more in B, as in the window
            extent = (-0.5, len(keys) - 0.5, len(queries) - 0.5, -0.5)
            shown = weights if weights is difference else pooled(torch.tensor(weights), LARGEST).numpy()
            picture = axes.imshow(shown, interpolation="nearest", aspect="auto", extent=extent, **scale)
            axes.set_title(title, fontsize=9)
            name_axis(axes.xaxis, keys)
            name_axis(axes.yaxis, queries)
            axes.tick_params(axis="x", labelrotation=90)
            figure.colorbar(picture, ax=axes, shrink=0.7)
        return figure

    save_figure(draw, path, provenance(found))


WRITERS: dict[str, Callable[[Compared, Path], None]] = {
    ".png": write_compared_picture, ".svg": write_compared_picture, ".csv": write_compared_table, ".npz": write_compared_arrays
}  # fmt: skip


def _keys(found: Compared, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the columns."""
    return (*keys, REST) if found.rest else keys
