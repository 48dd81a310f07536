"""Two films at one place of their scale as a picture: every head of both, B − A where cells belong together, both time lines."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from workbench.contracts.events import Looked
from workbench.contracts.frames import KINDS
from workbench.runs.exports.film_picture import (
    FAINT,
    GROUND,
    INK,
    LINE,
    MARGIN,
    answer_of,
    difference_colours,
    draw_line,
    draw_wall,
    write_line,
)
from workbench.runs.exports.reel import Reel, Shot

WIDTH, APART = 1_440, 24
"""Pixels of the whole picture, and between two columns."""
COLUMN = (WIDTH - 2 * MARGIN - 2 * APART) // 3
LETTERS = {12: 74, 16: 52}
"""Of a line in a column, by size of its letters; a whole line has room for three times as many."""
SCALES = {"step": "step", "share": "share of the training", "tokens": "tokens read"}


def draw_pair(reel: Reel, shot: Shot) -> Image.Image:
    """A, B and their difference in three columns, one scale for all heads: weights from 0 to 1, differences from −1 to 1."""
    kinds = [kind for kind in KINDS if any(kind in look.frames for look in shot.looks)]
    rows = [(kind, *_row(shot, kind)) for kind in kinds]
    high = sum(max((wall.height for wall in walls if wall is not None), default=0) + 2 * LINE for _, walls, _ in rows)
    picture = Image.new("RGB", (WIDTH, 2 * MARGIN + 5 * LINE + high + 2 * LINE), GROUND)
    draw, y = ImageDraw.Draw(picture), MARGIN
    for side, (strip, look) in enumerate(zip(reel.strips, shot.looks, strict=True)):
        words = (f"{'AB'[side]}: {strip.name}", f"step {look.step:,} of {strip.line.total:,}", answer_of(look))
        for number, text in enumerate(words):
            colour = INK if number < 2 else FAINT
            write_line(draw, (_left(side), y + number * LINE), text, fill=colour, most=LETTERS[16])
    write_line(draw, (_left(2), y), "B − A: blue is more in B, red more in A", fill=FAINT, most=LETTERS[16])
    write_line(draw, (_left(2), y + LINE), f"aligned by {SCALES[reel.by]}", fill=FAINT, most=LETTERS[16])
    y += 3 * LINE
    write_line(draw, (MARGIN, y), _told_text(shot), most=3 * LETTERS[16])
    y += 2 * LINE
    for kind, walls, apart in rows:
        title = f"{kind} attention: layers down, heads across"
        write_line(draw, (MARGIN, y), title, fill=FAINT, size=12, most=3 * LETTERS[12])
        y += LINE - 4
        for column, wall in enumerate(walls):
            if wall is not None:
                picture.paste(wall, (_left(column), y))
            elif column == 2:
                write_line(draw, (_left(column), y), apart, fill=INK, size=12, most=LETTERS[12])
        y += max((wall.height for wall in walls if wall is not None), default=0) + LINE + 4
    here = shot.place / max(reel.end, 1e-12)
    for side, strip in enumerate(reel.strips):
        marks = [reel.place(side, change.at) / max(reel.end, 1e-12) for change in strip.changes]
        write_line(draw, (MARGIN - 14, y + side * LINE + LINE // 2 - 7), "AB"[side], fill=FAINT, size=12)
        draw_line(draw, y + side * LINE + LINE // 2, here, marks, width=WIDTH)
    return picture


def why_apart(one: Looked, other: Looked, kind: str) -> str:
    """Why the heads of a kind of attention have no difference cell by cell; empty where they have."""
    a, b = one.frames.get(kind), other.frames.get(kind)
    if a is None or b is None:
        return f"Only {'A' if b is None else 'B'} has this kind of attention."
    if (a.queries, a.keys) != (b.queries, b.keys):
        return "These have different tokens, so there is no difference cell by cell."
    if a.weights.shape != b.weights.shape:
        shapes = [f"{layers} × {heads}" for layers, heads in (a.weights.shape[:2], b.weights.shape[:2])]
        return f"A has {shapes[0]} heads and B {shapes[1]}, so there is no difference head by head."
    return ""


def _told_text(shot: Shot) -> str:
    """The text of both, or what each looks at."""
    one, other = (look.text for look in shot.looks)
    return one if one == other else f"The films are of different texts. A: {one} · B: {other}"


def _left(column: int) -> int:
    return MARGIN + column * (COLUMN + APART)


def _row(shot: Shot, kind: str) -> tuple[list[Image.Image | None], str]:
    """Walls of A, B and B − A, None where there is none, and why there is no difference."""
    one, other = shot.looks
    apart = why_apart(one, other, kind)
    walls = [_wall(look, kind) for look in shot.looks]
    if apart:
        return [*walls, None], apart
    difference = np.subtract(other.frames[kind].weights, one.frames[kind].weights, dtype=np.float32)
    return [*walls, draw_wall(difference, COLUMN, difference_colours)], ""


def _wall(look: Looked, kind: str) -> Image.Image | None:
    return draw_wall(look.frames[kind].weights, COLUMN) if kind in look.frames else None
