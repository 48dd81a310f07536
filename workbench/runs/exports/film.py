"""A film as a file: an animation (gif), numbered pictures in a folder, or a page that plays it and needs nothing else (html).

Two films go into one file in step: both walls beside each other, and B − A where their heads have the same cells.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Looked
from workbench.contracts.frames import KINDS
from workbench.runs.exports.film_pair_picture import draw_pair, why_apart
from workbench.runs.exports.film_picture import draw_moment
from workbench.runs.exports.page import filled
from workbench.runs.exports.reel import Reel, Shot
from workbench.runs.folder import write_text

FRAMES = 240
"""Moments of an animation or a page, at most, evenly among those recorded."""
MILLISECONDS, PAUSE = 100, 1_200
"""How long a picture of an animation stands, and the last one."""
PAGE_BYTES = 12_000_000
"""Of the weights in a page, at most; fewer moments are shown where they do not fit."""
Told = Callable[[str, float], None]


def write_film(
    run: Path, out: Path, *, beside: Path | None = None, by: str = "", told: Told = lambda what, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:  # fmt: skip
    """Write the film of a run, or those of two runs in step; complete or not at all, but for pictures in a folder.

    Args:
        run: A run folder.
        out: A .gif, a .html, or a folder for pictures, which must be empty or not there yet.
        beside: Another run folder.
        by: What two films are aligned by, of `workbench.contracts.film_pair.ALIGNMENTS`; what suits both when left out.
        told: Told what is done and which share of it.
        cancelled: Asked between two moments.

    Returns:
        How many moments were written.

    Raises:
        WorkbenchError: there is no film, or the place cannot be written.
        Cancelled: `cancelled` said so.
    """
    reel = Reel.open(run, beside, by)
    ending = out.suffix.lower()
    if ending not in (".gif", ".html", ""):
        mend = "Name a file that ends in .gif or .html, or a folder for pictures."
        raise WorkbenchError(f"a film is not written as {ending!r}", where=str(out), mend=mend)
    if not ending and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WorkbenchError("there is something in this place", where=str(out), mend="Name a folder that is not there yet.")
    if not out.parent.is_dir():
        raise WorkbenchError("there is no such folder", where=str(out.parent), mend="Make it first, or choose another place.")
    stops = len(reel.stops)
    shots = reel.shots(_spread(stops, FRAMES if ending else stops), told, cancelled)
    writer = {".gif": _write_gif, ".html": _write_page, "": _write_folder}[ending]
    try:
        return writer(reel, shots, out)
    except OSError as error:
        raise WorkbenchError(f"the film cannot be written: {error}", where=str(out), mend="Choose another place.") from error


def _spread(count: int, most: int) -> list[int]:
    return list(range(count)) if count <= most else np.unique(np.linspace(0, count - 1, most).round().astype(int)).tolist()


def _pictures(reel: Reel, shots: Iterator[Shot]) -> Iterator[tuple[int, Image.Image]]:
    first = reel.strips[0]
    for shot in shots:
        if reel.pair is None:
            picture = draw_moment(shot.looks[0], title=first.name, total=first.line.total, changes=first.changes)
        else:
            picture = draw_pair(reel, shot)
        yield shot.looks[0].step, picture


def _write_folder(reel: Reel, shots: Iterator[Shot], out: Path) -> int:
    out.mkdir(exist_ok=True)
    number = 0
    for number, (step, picture) in enumerate(_pictures(reel, shots), 1):
        picture.save(out / f"{number:05d}-step-{step:09d}.png")
    return number


def _write_gif(reel: Reel, shots: Iterator[Shot], out: Path) -> int:
    frames = [picture.quantize(128, dither=Image.Dither.NONE) for _, picture in _pictures(reel, shots)]
    size = (max(frame.width for frame in frames), max(frame.height for frame in frames))
    padded = [frame if frame.size == size else _padded(frame, size) for frame in frames]
    aside = out.with_name(f".{out.stem}.partial{out.suffix}")
    try:
        padded[0].save(
            aside, save_all=True, append_images=padded[1:], loop=0, duration=[MILLISECONDS] * (len(padded) - 1) + [PAUSE]
        )
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
    return len(padded)


def _padded(frame: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture on white, as large as the largest."""
    whole = Image.new("RGB", size, (255, 255, 255))
    whole.paste(frame.convert("RGB"), (0, 0))
    return whole.quantize(128, dither=Image.Dither.NONE)


def _write_page(reel: Reel, shots: Iterator[Shot], out: Path) -> int:
    shown = [(shot, [_content(looked) for looked in shot.looks]) for shot in shots]
    weight = sum(len(frame["data"]) for _, looks in shown for look in looks for frame in look["frames"])
    shown = [shown[place] for place in _spread(len(shown), max(2, int(len(shown) * min(1.0, PAGE_BYTES / max(1, weight)))))]
    sides: list[dict[str, Any]] = [
        {
            "name": strip.name, "total": strip.line.total, "moments": [],
            "changes": [
                {"at": reel.place(side, change.at), "after": reel.place(side, change.after), "said": change.sentence}
                for change in strip.changes
            ],
        }
        for side, strip in enumerate(reel.strips)
    ]  # fmt: skip
    stops = []
    for shot, looks in shown:
        for side, look in zip(sides, looks, strict=True):
            last = side["moments"][-1] if side["moments"] else None
            if last is None or (last["step"], last["text"]) != (look["step"], look["text"]):
                side["moments"].append(look)
        stops.append({
            "at": shot.place, "moments": [len(side["moments"]) - 1 for side in sides], "apart": _apart(shot.looks)
        })  # fmt: skip
    title = " · ".join(strip.name for strip in reel.strips)
    content = {"by": reel.by, "end": reel.end, "sides": sides, "stops": stops}
    write_text(out, filled("film", f"{title} · film", content))
    return len(stops)


def _apart(looks: Sequence[Looked]) -> dict[str, str]:
    """By kind, why two looks have no difference; empty where they have, and where there is but one."""
    if len(looks) == 1:
        return {}
    return {kind: why_apart(looks[0], looks[1], kind) for kind in KINDS if any(kind in look.frames for look in looks)}


def _content(looked: Looked) -> dict[str, Any]:  # Any: as JSON takes it
    """A byte b stands for a weight of (b / 255)²: small weights keep their difference."""
    frames = [
        {
            "kind": kind, "shape": frame.weights.shape, "queries": frame.queries, "keys": frame.keys,
            "data": base64.b64encode(np.rint(255 * np.sqrt(frame.weights.clip(0, 1))).astype(np.uint8).tobytes()).decode(),
        }
        for kind, frame in looked.frames.items()
    ]  # fmt: skip
    likely = sorted(looked.probabilities.items(), key=lambda each: -each[1])[:3]
    return {"step": looked.step, "text": looked.text, "says": looked.prediction, "likely": likely, "frames": frames}
