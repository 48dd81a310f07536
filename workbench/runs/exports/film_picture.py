"""One moment of a film as a picture: every head of every kind, what the model says, and where in the run it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from workbench.contracts.events import Looked
from workbench.contracts.film import ChangePoint
from workbench.runs.exports.pictures import FONTS, visible

WIDTH, MARGIN, LINE = 960, 20, 24
HIGHEST = 1_600
GAP = 6
"""Pixels between heads."""
Colour = tuple[int, int, int]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
INK, FAINT, GROUND, ACCENT, MARK = (29, 36, 48), (102, 112, 133), (255, 255, 255), (52, 84, 209), (183, 121, 31)
LETTERS = 110
"""Of a line of text, at most."""


def draw_moment(looked: Looked, *, title: str, total: int, changes: tuple[ChangePoint, ...] = ()) -> Image.Image:
    """Every head of a moment, one scale from 0 to 1.

    Args:
        looked: The moment.
        title: Of the run.
        total: Steps of the whole run.
        changes: Those of the run; each has a mark, and the newest one that has happened is told.
    """
    lines = [f"{title} · step {looked.step:,} of {total:,}", looked.text, answer_of(looked)]
    happened = [change for change in changes if change.after <= looked.step]
    lines.append(happened[-1].sentence if happened else "")
    walls = [(kind, draw_wall(frame.weights)) for kind, frame in looked.frames.items()]
    height = 2 * MARGIN + LINE * len(lines) + sum(wall.height + LINE + GAP for _, wall in walls) + LINE
    picture = Image.new("RGB", (WIDTH, height), GROUND)
    draw, y = ImageDraw.Draw(picture), MARGIN
    for number, text in enumerate(lines):
        write_line(draw, (MARGIN, y), text, fill=INK if number < 2 else FAINT)
        y += LINE
    for kind, wall in walls:
        draw.text((MARGIN, y), f"{kind} attention: layers down, heads across", fill=FAINT, font=font_for("", 12))
        picture.paste(wall, (MARGIN, y + LINE - 4))
        y += wall.height + LINE + GAP
    draw_line(draw, y + LINE // 2, looked.step / max(1, total), [change.at / max(1, total) for change in changes])
    return picture


def answer_of(looked: Looked) -> str:
    """What the model makes of the text."""
    if looked.probabilities:
        best = sorted(looked.probabilities.items(), key=lambda each: -each[1])[:3]
        return "The model says: " + " · ".join(f"{name} {share:.0%}" for name, share in best)
    return f"The model writes: {looked.prediction}" if looked.prediction else ""


def write_line(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, *, fill: Colour = INK, most: int = LETTERS, size: int = 16
) -> None:
    """One line of text, other people's; what is too long is cut."""
    shown = text if len(text) <= most else text[: most - 1] + "…"
    shown = "".join(visible(sign) for sign in shown)
    draw.text(at, shown, fill=fill, font=font_for(shown, size))


def draw_wall(
    weights: NDArray[np.float32], width: int = WIDTH - 2 * MARGIN, colour: Callable[[Floats], Bytes] | None = None
) -> Image.Image:
    """All heads of a kind, layers down and heads across, in as large cells as there is room for.

    Args:
        weights: (layer, head, query, key)
        width: Pixels at most.
        colour: Cells of any shape to RGB, (…, 3); that of weights from 0 to 1 when left out.
    """
    layers, heads, queries, keys = weights.shape
    room = (width - (heads - 1) * GAP) / heads
    deep = (HIGHEST / max(1, layers)) - GAP
    scale = min(room / keys, deep / queries, 14.0)
    across, down = max(1, int(keys * scale)), max(1, int(queries * scale))
    if scale >= 1:
        across, down = keys * math.floor(scale), queries * math.floor(scale)
    wall = Image.new("RGB", (heads * (across + GAP) - GAP, layers * (down + GAP) - GAP), GROUND)
    for layer, head in np.ndindex(layers, heads):
        cells = _shrunk(weights[layer, head], down, across) if scale < 1 else weights[layer, head]
        tile = Image.fromarray((colour or _viridis)(cells))
        place = (head * (across + GAP), layer * (down + GAP))
        wall.paste(tile.resize((across, down), Image.Resampling.NEAREST), place)
    return wall


def _viridis(cells: Floats) -> Bytes:
    """The colours of other exports, from 0 to 1."""
    shades: Bytes = _table("viridis")[np.rint(cells.clip(0, 1) * 255).astype(np.uint8)]
    return shades


def difference_colours(cells: Floats) -> Bytes:
    """Around white, from −1 to 1: blue is more in B, as in the window; small differences keep their colour."""
    signed = np.sign(cells) * np.sqrt(np.abs(cells).clip(0, 1))
    shades: Bytes = _table("RdBu")[np.rint((signed + 1) / 2 * 254 + 0.5).astype(np.uint8)]
    return shades


def _shrunk(weights: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """Of each block the weight that is farthest from 0, so that no line disappears."""
    rows = np.linspace(0, len(weights), min(height, len(weights)), endpoint=False).astype(int)
    columns = np.linspace(0, weights.shape[1], min(width, weights.shape[1]), endpoint=False).astype(int)
    most = np.maximum.reduceat(np.maximum.reduceat(weights, rows, axis=0), columns, axis=1)
    least = np.minimum.reduceat(np.minimum.reduceat(weights, rows, axis=0), columns, axis=1)
    small: NDArray[np.float32] = np.where(most >= -least, most, least)
    return small


def draw_line(
    draw: ImageDraw.ImageDraw, y: int, here: float, marks: Iterable[float] = (), *, width: int = WIDTH, colour: Colour = MARK
) -> None:
    """A time line from 0 to 1: where this is, and a mark for each change."""

    def x_of(at: float) -> float:
        return MARGIN + (width - 2 * MARGIN) * min(1.0, at)

    draw.line((MARGIN, y, width - MARGIN, y), fill=(227, 230, 235), width=4)
    draw.line((MARGIN, y, x_of(here), y), fill=ACCENT, width=4)
    for x in map(x_of, marks):
        draw.polygon(((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)), fill=colour)
    draw.ellipse((x_of(here) - 6, y - 6, x_of(here) + 6, y + 6), fill=ACCENT)


@lru_cache(maxsize=2)
def _table(name: str) -> Bytes:
    """(256, 3)"""
    table: Bytes = (mpl.colormaps[name](np.arange(256))[:, :3] * 255).round().astype(np.uint8)
    return table


def font_for(text: str, size: int) -> ImageFont.FreeTypeFont:
    """Letters for a text: the first font that is meant for them."""
    wide = any(ord(sign) > 0x2E80 for sign in text)
    return ImageFont.truetype(_font_file(wide), size)


@lru_cache(maxsize=2)
def _font_file(wide: bool) -> str:
    there = {font.name for font in font_manager.fontManager.ttflist}
    wanted = [name for name in (FONTS[1:] if wide else ()) if name in there]
    return str(font_manager.findfont(font_manager.FontProperties(family=[*wanted[:1], FONTS[0]])))
