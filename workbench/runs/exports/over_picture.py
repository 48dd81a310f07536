"""The attention of one token of a picture, drawn over it: a small picture for each head that was asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from workbench.contracts.pictures import SeenPicture
from workbench.runs.exports.pictures import FEW, save_figure
from workbench.runs.inspection import Inspection

OPACITY = 0.75
"""Of the full colour, as in the window: the more a patch is covered, the more it is attended to."""
FADE = 0.35
"""How far the picture itself fades towards white, so that what has a colour is attention."""
COLOUR = (0.204, 0.329, 0.82)
SCALE = "by its strongest patch"


def write_over(inspection: Inspection, path: Path) -> None:
    """The heads that were asked for, of a model of pictures."""
    drawn = {"query": inspection.seen.tokens[inspection.token], "scale": SCALE}
    save_figure(lambda: _draw(inspection), path, {**inspection.provenance, **drawn})


def _draw(inspection: Inspection) -> Figure:
    """Layers down, heads across; in each picture the patch that is attended to most has the full colour."""
    (kind,) = inspection.seen.walls
    layers, heads = inspection.places(kind)
    few = len(layers) * len(heads) <= FEW
    side, around = (3.2, 0.5) if few else (1.1, 0.12)
    figure = Figure(figsize=(side * len(heads) + 0.6, (side + around) * len(layers) + 0.7), layout="constrained")
    grid = figure.subplots(len(layers), len(heads), squeeze=False)
    rows = _rows(inspection, kind, layers, heads)
    for row, layer in enumerate(layers):
        for column, head in enumerate(heads):
            axes = grid[row, column]
            weights = rows[row, column]
            axes.imshow(covered(inspection, weights), interpolation="nearest")
            axes.set_xticks([])
            axes.set_yticks([])
            if few:
                patches = weights[_picture(inspection).patches]
                axes.set_title(f"layer {layer} · head {head} · {patches.sum():.0%} on patches, at most {patches.max():.3f}",
                               fontsize=8)  # fmt: skip
            else:
                axes.set_xlabel(str(head) if row == len(layers) - 1 else "", fontsize=7)
                axes.set_ylabel(str(layer) if column == 0 else "", fontsize=7)
    name = inspection.seen.tokens[inspection.token]
    what = f"patch {name} (row, column from 1)" if _picture(inspection).patch_of(inspection.token) is not None else name
    more = "" if few else "\nlayers down, heads across, from 0"
    figure.suptitle(f"where {what} looks\ncoloured {SCALE}{more}", fontsize=8)
    return figure


def covered(inspection: Inspection, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The picture, grey, with its patches covered: (height, width, 3), from 0 to 1.

    Args:
        inspection: Of a picture.
        weights: (key,), what the token attends to.
    """
    picture = _picture(inspection)
    high, wide = picture.pixels.shape[:2]
    patches = weights[picture.patches].reshape(picture.rows, picture.columns)
    share = patches / (float(patches.max(initial=0.0)) or 1.0)
    down = np.minimum(np.arange(high) * picture.rows // high, picture.rows - 1)
    across = np.minimum(np.arange(wide) * picture.columns // wide, picture.columns - 1)
    cover = OPACITY * share[down][:, across, None]  # (height, width, 1)
    grey = (picture.pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32))[..., None] / 255
    ground = grey + FADE * (1 - grey)
    mixed = ground * (1 - cover) + np.array(COLOUR, np.float32) * cover
    chosen = picture.patch_of(inspection.token)
    if chosen is not None:
        _frame(mixed, down == chosen[0], across == chosen[1])
    return np.asarray(mixed, np.float32)


def _frame(pixels: NDArray[np.float32], down: NDArray[np.bool_], across: NDArray[np.bool_]) -> None:
    """A line around the patch whose attention is drawn."""
    rows, columns = np.flatnonzero(down), np.flatnonzero(across)
    top, bottom, left, right = rows[0], rows[-1], columns[0], columns[-1]
    line = max(1, pixels.shape[0] // 112)
    inside = np.zeros(pixels.shape[:2], bool)
    inside[top : bottom + 1, left : right + 1] = True
    inside[top + line : bottom + 1 - line, left + line : right + 1 - line] = False
    pixels[inside] = (0.85, 0.45, 0.05)


def _rows(
    inspection: Inspection, kind: str, layers: tuple[int, ...], heads: tuple[int, ...]
) -> NDArray[np.float32]:  # fmt: skip
    """What the token attends to in each head: (layer, head, key)."""
    if inspection.seen.walls[kind].whole:
        return inspection.tiles(kind)[:, :, inspection.token]
    if len(layers) * len(heads) <= FEW:
        return np.stack([[inspection.whole(kind, layer, head).weights[inspection.token] for head in heads] for layer in layers])
    return inspection.weights[kind].weights[:, :, inspection.token]


def _picture(inspection: Inspection) -> SeenPicture:
    assert inspection.seen.picture is not None
    return inspection.seen.picture
