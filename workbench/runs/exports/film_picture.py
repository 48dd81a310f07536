"""One moment of a film as a picture: every head of every kind, what the model says, and where in the run it is."""

from __future__ import annotations

import math
from functools import lru_cache

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from workbench.contracts.events import Looked
from workbench.contracts.film import ChangePoint
from workbench.contracts.frames import AttentionFrame
from workbench.runs.exports.pictures import FONTS, visible

WIDTH, MARGIN, LINE = 960, 20, 24
HIGHEST = 1_600
GAP = 6
"""Pixels between heads."""
INK, FAINT, GROUND, ACCENT = (29, 36, 48), (102, 112, 133), (255, 255, 255), (52, 84, 209)
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
    lines = [f"{title} · step {looked.step:,} of {total:,}", looked.text]
    if looked.probabilities:
        best = sorted(looked.probabilities.items(), key=lambda each: -each[1])[:3]
        lines.append("The model says: " + " · ".join(f"{name} {share:.0%}" for name, share in best))
    else:
        lines.append(f"The model writes: {looked.prediction}" if looked.prediction else "")
    happened = [change for change in changes if change.after <= looked.step]
    lines.append(happened[-1].sentence if happened else "")
    walls = [(kind, _wall(frame)) for kind, frame in looked.frames.items()]
    height = 2 * MARGIN + LINE * len(lines) + sum(wall.height + LINE + GAP for _, wall in walls) + LINE
    picture = Image.new("RGB", (WIDTH, height), GROUND)
    draw, y = ImageDraw.Draw(picture), MARGIN
    for number, text in enumerate(lines):
        shown = text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
        shown = "".join(visible(sign) for sign in shown)
        draw.text((MARGIN, y), shown, fill=INK if number < 2 else FAINT, font=_font(shown, 16))
        y += LINE
    for kind, wall in walls:
        draw.text((MARGIN, y), f"{kind} attention: layers down, heads across", fill=FAINT, font=_font("", 12))
        picture.paste(wall, (MARGIN, y + LINE - 4))
        y += wall.height + LINE + GAP
    _draw_line(draw, y + LINE // 2, looked.step, total, changes)
    return picture


def _wall(frame: AttentionFrame) -> Image.Image:
    """All heads of a kind, layers down and heads across, in as large cells as there is room for."""
    layers, heads, queries, keys = frame.weights.shape
    room = (WIDTH - 2 * MARGIN - (heads - 1) * GAP) / heads
    deep = (HIGHEST / max(1, layers)) - GAP
    scale = min(room / keys, deep / queries, 14.0)
    width, height = max(1, int(keys * scale)), max(1, int(queries * scale))
    if scale >= 1:
        scale = math.floor(scale)
        width, height = keys * int(scale), queries * int(scale)
    wall = Image.new("RGB", (heads * (width + GAP) - GAP, layers * (height + GAP) - GAP), GROUND)
    for layer, head in np.ndindex(layers, heads):
        cells = _shrunk(frame.weights[layer, head], height, width) if scale < 1 else frame.weights[layer, head]
        tile = Image.fromarray(_colours()[np.rint(cells.clip(0, 1) * 255).astype(np.uint8)])
        place = (head * (width + GAP), layer * (height + GAP))
        wall.paste(tile.resize((width, height), Image.Resampling.NEAREST), place)
    return wall


def _shrunk(weights: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """The largest weight of each block, so that no line disappears."""
    rows = np.linspace(0, len(weights), min(height, len(weights)), endpoint=False).astype(int)
    columns = np.linspace(0, weights.shape[1], min(width, weights.shape[1]), endpoint=False).astype(int)
    small: NDArray[np.float32] = np.maximum.reduceat(np.maximum.reduceat(weights, rows, axis=0), columns, axis=1)
    return small


def _draw_line(draw: ImageDraw.ImageDraw, y: int, step: int, total: int, changes: tuple[ChangePoint, ...]) -> None:
    """Where in the run this is, with a mark for each change."""

    def x_of(at: float) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * min(1.0, at / max(1, total))

    draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=(227, 230, 235), width=4)
    draw.line((MARGIN, y, x_of(step), y), fill=ACCENT, width=4)
    for change in changes:
        x = x_of(change.at)
        draw.polygon(((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)), fill=(183, 121, 31))
    draw.ellipse((x_of(step) - 6, y - 6, x_of(step) + 6, y + 6), fill=ACCENT)


@lru_cache(maxsize=1)
def _colours() -> NDArray[np.uint8]:
    """(256, 3): the colours of other exports."""
    table: NDArray[np.uint8] = (mpl.colormaps["viridis"](np.arange(256))[:, :3] * 255).round().astype(np.uint8)
    return table


def _font(text: str, size: int) -> ImageFont.FreeTypeFont:
    """Letters for a text: the first font that is meant for them."""
    wide = any(ord(sign) > 0x2E80 for sign in text)
    return ImageFont.truetype(_font_file(wide), size)


@lru_cache(maxsize=2)
def _font_file(wide: bool) -> str:
    there = {font.name for font in font_manager.fontManager.ttflist}
    wanted = [name for name in (FONTS[1:] if wide else ()) if name in there]
    return str(font_manager.findfont(font_manager.FontProperties(family=[*wanted[:1], FONTS[0]])))
