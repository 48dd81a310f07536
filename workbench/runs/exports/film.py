"""A film as a file: an animation (gif), numbered pictures in a folder, or a page that plays it and needs nothing else (html)."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.events import Looked
from workbench.runs.exports.film_picture import draw_moment
from workbench.runs.exports.page import PARTS, digest, harmless
from workbench.runs.film import Film
from workbench.runs.folder import RunFolder, write_text

FRAMES = 240
"""Moments of an animation or a page, at most, evenly among those recorded."""
MILLISECONDS, PAUSE = 100, 1_200
"""How long a picture of an animation stands, and the last one."""
PAGE_BYTES = 12_000_000
"""Of the weights in a page, at most; fewer moments are shown where they do not fit."""
Told = Callable[[str, float], None]


def write_film(
    run: Path, out: Path, *, told: Told = lambda what, share: None, cancelled: Callable[[], bool] = lambda: False
) -> int:  # fmt: skip
    """Write the film of a run; complete or not at all, but for pictures in a folder.

    Args:
        run: A run folder.
        out: A .gif, a .html, or a folder for pictures, which must be empty or not there yet.
        told: Told what is done and which share of it.
        cancelled: Asked between two moments.

    Returns:
        How many moments were written.

    Raises:
        WorkbenchError: there is no film, or the place cannot be written.
        Cancelled: `cancelled` said so.
    """
    name, film = RunFolder.open(run).experiment().name, Film.open(run)
    film.nearest(0)  # there is at least one moment
    ending = out.suffix.lower()
    if ending not in (".gif", ".html", ""):
        mend = "Name a file that ends in .gif or .html, or a folder for pictures."
        raise WorkbenchError(f"a film is not written as {ending!r}", where=str(out), mend=mend)
    if not ending and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WorkbenchError("there is something in this place", where=str(out), mend="Name a folder that is not there yet.")
    if not out.parent.is_dir():
        raise WorkbenchError("there is no such folder", where=str(out.parent), mend="Make it first, or choose another place.")
    places = list(range(len(film))) if not ending else _spread(len(film), FRAMES)

    def moments() -> Iterator[Looked]:
        for done, place in enumerate(places):
            if cancelled():
                raise Cancelled("stopped while a film was written")
            told("drawing the film", done / len(places))
            try:
                yield film.moment(place).looked
            except WorkbenchError:  # a damaged one
                continue

    if not film.texts:  # not even the newest moments can be read
        raise WorkbenchError("no moment of this film can be read", where=str(film.folder), mend="Choose another run.")
    writer = {".gif": _write_gif, ".html": _write_page, "": _write_folder}[ending]
    try:
        return writer(name, film, moments(), out)
    except OSError as error:
        raise WorkbenchError(f"the film cannot be written: {error}", where=str(out), mend="Choose another place.") from error


def _spread(count: int, most: int) -> list[int]:
    return list(range(count)) if count <= most else np.unique(np.linspace(0, count - 1, most).round().astype(int)).tolist()


def _pictures(name: str, film: Film, moments: Iterator[Looked]) -> Iterator[tuple[int, Image.Image]]:
    total = int(film.steps[-1])
    for looked in moments:
        yield looked.step, draw_moment(looked, title=name, total=total, changes=film.changes)


def _write_folder(name: str, film: Film, moments: Iterator[Looked], out: Path) -> int:
    out.mkdir(exist_ok=True)
    number = 0
    for number, (step, picture) in enumerate(_pictures(name, film, moments), 1):
        picture.save(out / f"{number:05d}-step-{step:09d}.png")
    return number


def _write_gif(name: str, film: Film, moments: Iterator[Looked], out: Path) -> int:
    frames = [picture.quantize(128, dither=Image.Dither.NONE) for _, picture in _pictures(name, film, moments)]
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


def _write_page(name: str, film: Film, moments: Iterator[Looked], out: Path) -> int:
    script, style = ((PARTS / part).read_text(encoding="utf-8") for part in ("film.js", "film.css"))
    rules = f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    shown = [_content(looked) for looked in moments]
    weight = sum(len(frame["data"]) for moment in shown for frame in moment["frames"])
    shown = [shown[place] for place in _spread(len(shown), max(2, int(len(shown) * min(1.0, PAGE_BYTES / max(1, weight)))))]
    changes = [{"step": change.after, "at": change.at, "said": change.sentence} for change in film.changes]
    parts = {
        "rules": rules, "title": html.escape(f"{name} · film"), "style": style, "script": script,
        "data": harmless({"name": name, "total": int(film.steps[-1]), "moments": shown, "changes": changes}),
    }  # fmt: skip
    template = (PARTS / "film.html").read_text(encoding="utf-8")
    write_text(out, re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template))
    return len(shown)


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
