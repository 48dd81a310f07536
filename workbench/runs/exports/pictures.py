"""Attention as a picture, of pixels (png) or of lines and letters (svg)."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import torch
from matplotlib import font_manager
from matplotlib.figure import Figure
from numpy.typing import NDArray

from workbench.engine.tiles import pooled
from workbench.runs.inspection import Inspection

FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "WenQuanYi Zen Hei", "SimHei")
"""Tried in this order for each character of a token."""
FEW = 8
"""Heads that are drawn one by one with their tokens; more become one wall."""
LARGEST = 1_024
"""Rows and columns of one head's picture; beyond, each cell shows the largest weight of its block."""
NAMED = 48
"""Tokens that are named along an axis."""


def write_picture(inspection: Inspection, path: Path) -> None:
    """The heads that were asked for, layers down and heads across, one scale from 0 to 1."""
    seen = inspection.seen
    places = {kind: inspection.places(kind) for kind in seen.walls if all(inspection.places(kind))}
    few = sum(len(layers) * len(heads) for layers, heads in places.values()) <= FEW
    save_figure(lambda: (_heads if few else _walls)(inspection, places), path, inspection.provenance)


def save_figure(draw: Callable[[], Figure], path: Path, provenance: Mapping[str, Any]) -> None:
    """Draw with fonts that have the tokens' letters, and write with where it comes from in ``Description``."""
    available = {font.name for font in font_manager.fontManager.ttflist}
    style: Any = {  # Any: matplotlib names every setting in a type of its own
        "font.family": [name for name in FONTS if name in available], "axes.unicode_minus": False, "svg.fonttype": "none",
        "svg.hashsalt": "attention", "text.parse_math": False,
    }  # fmt: skip
    with mpl.rc_context(style):
        more = {"Date": None} if path.suffix.lower() == ".svg" else {}
        about = json.dumps(dict(provenance), ensure_ascii=True)
        draw().savefig(path, dpi=110, format=path.suffix[1:].lower(), metadata={"Description": about, **more})


Places = dict[str, tuple[tuple[int, ...], tuple[int, ...]]]


def _heads(inspection: Inspection, places: Places) -> Figure:
    """Some heads, each with its tokens along both axes."""
    walls = inspection.seen.walls
    rows = sum(len(layers) for layers, _ in places.values())
    columns = max(len(heads) for _, heads in places.values())
    side = float(np.clip(0.22 * max(max(len(walls[kind].queries), len(walls[kind].keys)) for kind in places), 2.6, 9.0))
    figure = Figure(figsize=(side * columns + 1.5, (side + 0.6) * rows + 0.8), layout="constrained")
    grid, row = figure.subplots(rows, columns, squeeze=False), 0
    picture: Any = None  # Any: matplotlib's image
    for kind, (layers, heads) in places.items():
        for layer in layers:
            for axes in grid[row][len(heads) :]:
                axes.set_visible(False)
            for axes, head in zip(grid[row], heads, strict=False):
                weights = inspection.whole(kind, layer, head).weights
                small = pooled(torch.tensor(weights), LARGEST).numpy()
                picture = _draw(axes, small, len(walls[kind].queries), len(walls[kind].keys))
                axes.set_title(f"{kind} · layer {layer} · head {head}", fontsize=8)
                name_axis(axes.xaxis, walls[kind].keys)
                name_axis(axes.yaxis, walls[kind].queries)
                axes.tick_params(axis="x", labelrotation=90)
            row += 1
    figure.colorbar(picture, ax=grid.ravel().tolist(), label=_label(inspection), shrink=0.6)
    return figure


def _walls(inspection: Inspection, places: Places) -> Figure:
    """All heads of a kind as one picture."""
    sizes = {kind: (max(1.0, 0.16 + inspection.seen.walls[kind].tiles.shape[2] / 110)) for kind in places}
    heights = [len(layers) * sizes[kind] + 0.5 for kind, (layers, _) in places.items()]
    width = max(len(heads) * sizes[kind] for kind, (_, heads) in places.items())
    figure = Figure(figsize=(width + 2.0, sum(heights) + 0.4), layout="constrained")
    grid = figure.subplots(len(places), 1, squeeze=False, height_ratios=heights)
    picture: Any = None  # Any: matplotlib's image
    for (axes,), (kind, (layers, heads)) in zip(grid, places.items(), strict=True):
        picture = _draw(axes, _mosaic(inspection.tiles(kind)), len(layers), len(heads))
        axes.set_title(f"{kind} attention: layers down, heads across, counted from 0", fontsize=9)
        axes.set_xticks(range(len(heads)), [str(head) for head in heads], fontsize=8)
        axes.set_yticks(range(len(layers)), [str(layer) for layer in layers], fontsize=8)
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
    figure.colorbar(picture, ax=grid.ravel().tolist(), label=_label(inspection), shrink=0.6)
    return figure


def _label(inspection: Inspection) -> str:
    return "weight · |value|, share of the row" if "weighed" in inspection.provenance else "attention weight"


def _mosaic(tiles: NDArray[np.float32]) -> NDArray[np.float32]:
    """Tiles (layer, head, row, column) side by side with a gap around each: (layers · …, heads · …)."""
    gap = max(1, tiles.shape[2] // 24)
    wide = np.pad(tiles, ((0, 0), (0, 0), (gap, gap), (gap, gap)), constant_values=np.nan)
    layers, heads, rows, columns = wide.shape
    return wide.transpose(0, 2, 1, 3).reshape(layers * rows, heads * columns)


def _draw(axes: Any, cells: NDArray[np.float32], rows: int, columns: int) -> Any:  # Any: matplotlib's axes and image
    """Cells over axes that count `rows` and `columns`."""
    extent = (-0.5, columns - 0.5, rows - 0.5, -0.5)
    return axes.imshow(cells, vmin=0, vmax=1, cmap="viridis", interpolation="nearest", aspect="auto", extent=extent)


def name_axis(axis: Any, tokens: Sequence[str]) -> None:  # Any: matplotlib's axis has no public type
    """Tokens along an axis, thinned where there are too many to read."""
    places = list(range(0, len(tokens), math.ceil(len(tokens) / NAMED)))
    axis.set_ticks(places, [visible(tokens[place]) for place in places], fontsize=7)


def visible(token: str) -> str:
    """A token whose control characters have a picture: a file of letters cannot hold them."""
    shown = "".join(
        chr(0x2400 + ord(sign)) if sign < " " else "\ufffd" if unicodedata.category(sign) in ("Cc", "Cs", "Cn") else sign
        for sign in token
    )
    return shown if len(shown) <= 24 else shown[:23] + "…"
