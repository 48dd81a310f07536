"""Writing a picture of heads to a file: PNG, SVG, npz or CSV. Plain functions on frozen data, for any other thread.

A file is written aside and then takes the place of the old one: what was there stays whole until the new one is.
"""

from __future__ import annotations

import errno
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from workbench.contracts.delimited import beside, digits, harmless, write_cells, write_source
from workbench.contracts.errors import WorkbenchError
from workbench.gui.theme import Theme

FORMATS = ("png", "svg", "npz", "csv")
COLUMNS = ("kind", "layer", "head", "query_index", "query", "key_index", "key", "weight")
CELL, AROUND = 22, 180
"""Pixels of a cell in a figure, and of what stands around all cells."""


class Picture(Protocol):
    """What can be written: frozen, and it draws itself at any size."""

    @property
    def theme(self) -> Theme: ...
    @property
    def weights(self) -> NDArray[np.float32]:
        """(query, key), or (head, query, key) where it shows several."""

    @property
    def queries(self) -> tuple[str, ...]: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def about(self) -> dict[str, str]:
        """How it is drawn."""

    def draw(self, painter: QPainter, size: QSizeF, *, vector: bool = False) -> None:
        """Paint all of it, in shapes instead of pixels where it is to stay sharp."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SaveRequest:
    """Everything that is needed to write a picture, at the moment a person asked for it."""

    format: str
    """One of `FORMATS`."""
    picture: Picture
    size: tuple[int, int]
    """Width and height of the picture, in pixels of the screen."""
    layer: int
    """Counted from 0."""
    head: int
    """Counted from 0."""
    kind: str
    step: int
    title: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict)
    heads: tuple[tuple[int, int], ...] = ()
    """Layers and heads of a picture that shows several; `layer` and `head` are then the first."""

    @property
    def file_name(self) -> str:
        """A name to suggest; layers and heads counted from 1, as on screen."""
        which = f"layer{self.layer + 1}-head{self.head + 1}" if len(self.heads) < 2 else f"{len(self.heads)}-heads"
        return f"attention-{self.kind}-{which}-step{self.step}.{self.format}"


def figure_size(queries: int, keys: int) -> tuple[int, int]:
    """Width and height in which every token of an ordinary text has room for its label; a long text gets what still opens."""
    across, down = (min(4_000, max(320, CELL * count)) for count in (keys, queries))
    return across + AROUND, down + AROUND - 40


def save(request: SaveRequest, path: Path) -> Path:
    """Write a head to a file.

    Returns:
        Where it was written.

    Raises:
        WorkbenchError: The folder is missing, may not be written to, or is full; or the format is not known.
    """
    writers: dict[str, Callable[[SaveRequest], bytes]] = {"png": png, "svg": svg}
    if request.format not in FORMATS:
        raise WorkbenchError("this format is not known", where=request.format, mend=f"Choose one of {', '.join(FORMATS)}.")
    if request.format == "npz":
        _write(path, lambda at: _npz(request, at))
    elif request.format == "csv":
        _write(beside(path), lambda at: write_source(at, _source(request)))
        _write(path, lambda at: write_cells(at, COLUMNS, _rows(request)))
    else:
        content = writers[request.format](request)
        _write(path, lambda at: _bytes(content, at))
    return path


def render(picture: Picture, size: tuple[int, int], ratio: float = 2.0) -> QImage:
    """The picture on the panel's ground, `ratio` pixels for each pixel of the screen."""
    image = QImage(QSize(*size) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(picture.theme.panel))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    picture.draw(painter, QSizeF(*size))
    painter.end()
    return image


def png(request: SaveRequest) -> bytes:
    """The picture as PNG, with what it shows in its text fields."""
    image = render(request.picture, request.size)
    for name, value in _about(request).items():
        image.setText(name, value)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise WorkbenchError("the picture could not be made", where=request.file_name, mend="Make the window smaller.")
    return bytes(content.data())


def svg(request: SaveRequest) -> bytes:
    """The picture as SVG: rectangles, lines and text that stay sharp at any size."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(*request.size))
    generator.setViewBox(QRect(0, 0, *request.size))
    generator.setTitle(_printable(request.title))
    generator.setDescription(_printable(json.dumps(_about(request), ensure_ascii=False)))
    painter = QPainter(generator)
    painter.fillRect(QRect(0, 0, *request.size), QColor(request.picture.theme.panel))
    request.picture.draw(painter, QSizeF(*request.size), vector=True)
    painter.end()
    return re.sub(rb'font-family="[^"]*"', b'font-family="sans-serif"', bytes(content.data()))  # the reader's own


def copy_picture(picture: Picture, size: tuple[int, int]) -> None:
    """Put the picture on the clipboard; in the window's thread."""
    QGuiApplication.clipboard().setImage(render(picture, size))


def _npz(request: SaveRequest, path: Path) -> None:
    """Weights, tokens and where they come from; nothing in it is pickled. Layers and heads are counted from 0."""
    with path.open("wb") as file:
        np.savez(
            file,
            weights=request.picture.weights,
            queries=np.array(request.picture.queries, dtype=np.str_),
            keys=np.array(request.picture.keys, dtype=np.str_),
            layer=np.int64(request.layer), head=np.int64(request.head), step=np.int64(request.step),
            heads=np.array(request.heads or ((request.layer, request.head),), dtype=np.int64),
            kind=np.str_(request.kind), provenance=np.str_(json.dumps(dict(request.provenance), ensure_ascii=False)),
        )  # fmt: skip


def _rows(request: SaveRequest) -> Iterator[tuple[object, ...]]:
    """A row for each weight; layers and heads are counted from 0, and left out where the weights are a mean over several."""
    weights, heads = request.picture.weights, request.heads or ((request.layer, request.head),)
    stacked = weights if weights.ndim == 3 else weights[None]
    places: Sequence[tuple[int | None, int | None]] = heads if len(heads) == len(stacked) else ((None, None),)
    queries, keys = ([harmless(token) for token in axis] for axis in (request.picture.queries, request.picture.keys))
    for (layer, head), each in zip(places, stacked, strict=True):
        for (query, key), weight in np.ndenumerate(each):
            yield request.kind, layer, head, query, queries[query], key, keys[key], digits(weight)


def _source(request: SaveRequest) -> dict[str, object]:
    """What a csv is made from."""
    heads = [list(place) for place in request.heads or ((request.layer, request.head),)]
    return {**request.provenance, **request.picture.about, "title": request.title, "kind": request.kind, "heads_from_0": heads,
            "step": request.step}  # fmt: skip


def _bytes(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _about(request: SaveRequest) -> dict[str, str]:
    """What the file shows, as text; layer and head counted from 1."""
    return {
        "title": request.title, "kind": request.kind, "layer": str(request.layer + 1), "head": str(request.head + 1),
        "step": str(request.step), **request.picture.about, **request.provenance,
    }  # fmt: skip


def _printable(text: str) -> str:
    """Text without what XML does not allow at all."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _write(path: Path, write: Callable[[Path], None]) -> None:
    """Write aside, then rename; nothing is left behind when it fails."""
    aside = path.with_name(f".{uuid.uuid4().hex[:12]}.part")
    try:
        write(aside)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise WorkbenchError(_reason(error), where=str(path), mend=_mend(error)) from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "the folder does not exist"
    if isinstance(error, PermissionError):
        return "this may not be written to"
    if isinstance(error, IsADirectoryError):
        return "this is a folder"
    return f"the file could not be written ({error.strerror or error})"


def _mend(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Make room on the disk, or choose another one."
    return "Choose another folder or another name."
