"""A picture with the attention of one of its tokens laid over it: what to draw, frozen, and the drawing.

A patch is covered by the colour of attention, the more the more it is attended to. The picture itself turns grey and fades
towards the panel as that cover grows stronger, so that what has a colour is attention and nothing else, in either theme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QLinearGradient, QPainter, QPen

from workbench.contracts.pictures import SeenPicture
from workbench.gui.theme import LIGHT, Theme
from workbench.gui.widgets.shades import log_bytes
from workbench.gui.widgets.token_axis import SPACE, token_font

CHIP = 22
"""Height of the line of tokens that are no patches, and of the caption."""
BAR = 12
"""Width of the colour bar."""
FADE = 0.45
"""How far the picture fades under a full cover."""
GREY = np.full((1, 1, 3), 128, np.uint8)
"""Below the colour bar: a picture that is neither light nor dark."""


@dataclass(frozen=True, kw_only=True)
class PicturePlaces:
    """Where things are on a drawing, in its pixels."""

    picture: QRectF
    chips: tuple[tuple[int, QRectF], ...]
    """Tokens that are no patches, as many as there is room for, each with its place."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PictureDrawing:
    """One picture, one head or the mean of several, one query."""

    picture: SeenPicture | None = None
    weights: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    """(query, key) of all tokens, read-only."""
    tokens: tuple[str, ...] = ()
    heads: tuple[tuple[int, int], ...] = ()
    """Layer and head of each, counted from 0; of several the mean is drawn."""
    query: int = 0
    """The token whose attention is drawn."""
    scale: str = "row"
    """One of `SCALES`; ``row``: the patch that is attended to most has the full colour."""
    opacity: float = 0.75
    """Of the full colour; 0 leaves the picture as it is."""
    theme: Theme = LIGHT
    font: QFont = field(default_factory=QFont)
    caption: str = ""
    """Below the picture."""

    # -- what is drawn ------------------------------------------------------------------------------------------------

    @property
    def queries(self) -> tuple[str, ...]:
        return self.tokens

    @property
    def keys(self) -> tuple[str, ...]:
        return self.tokens

    @property
    def about(self) -> dict[str, str]:
        """How it is drawn, for a file's description; layers and heads counted from 1."""
        named = " ".join(f"{layer + 1}·{head + 1}" for layer, head in self.heads)
        return {
            "query": self.tokens[self.query], "scale": self.scale, "opacity": f"{self.opacity:.2f}",
            "heads": f"mean of {named}" if len(self.heads) > 1 else named,
        }  # fmt: skip

    @cached_property
    def patches(self) -> NDArray[np.float32]:
        """(row, column): how much the query attends to each patch."""
        assert self.picture is not None
        return self.weights[self.query, self.picture.patches].reshape(self.picture.rows, self.picture.columns)

    def cover(self, weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """How much of the full colour stands for weights: between 0 and 1."""
        if self.scale == "log":
            return log_bytes(weights) / 255
        top = float(self.patches.max()) if self.scale == "row" else 1.0
        return np.clip(weights.astype(np.float64) / (top or 1.0), 0, 1)

    @property
    def marks(self) -> tuple[str, ...]:
        """Numbers along the colour bar, from its upper end, evenly spaced."""
        if self.scale == "log":
            return "1", "0.1", "0.01", "0.001", "≤ 10⁻⁴"
        return ("1", "0.5", "0") if self.scale == "linear" else (f"{float(self.patches.max()):.2g}", "0")

    # -- where things are ---------------------------------------------------------------------------------------------

    def places(self, size: QSizeF) -> PicturePlaces:
        """Where things are on a drawing of this size: the picture as large as fits, its shape kept."""
        assert self.picture is not None
        letters = QFontMetricsF(token_font(self.font))
        chips, at = [], float(SPACE)
        for token in [token for token in range(len(self.tokens)) if self.picture.patch_of(token) is None]:
            wide = letters.horizontalAdvance(self._chip(token)) + 2 * SPACE
            if at + wide > size.width():
                break
            chips.append((token, QRectF(at, SPACE / 2, wide, CHIP)))
            at += wide + SPACE
        top = CHIP + 2 * SPACE if chips else SPACE
        right = 3 * SPACE + BAR + max(letters.horizontalAdvance(mark) for mark in self.marks)
        room = QSizeF(max(16.0, size.width() - SPACE - right), max(16.0, size.height() - top - CHIP - SPACE))
        high, wide = self.picture.pixels.shape[:2]
        share = min(room.height() / high, room.width() / wide)
        left = SPACE + (room.width() - wide * share) / 2
        return PicturePlaces(
            picture=QRectF(round(left), round(top), max(8, int(wide * share)), max(8, int(high * share))), chips=tuple(chips)
        )

    def place_of(self, token: int, size: QSizeF) -> QRectF | None:
        """Where a token is drawn; None where there was no room for it."""
        places = self.places(size)
        assert self.picture is not None
        patch = self.picture.patch_of(token)
        return self._patch(patch, places.picture) if patch is not None else dict(places.chips).get(token)

    def token_at(self, point: QPointF, size: QSizeF) -> int | None:
        """The token at a point."""
        if self.picture is None:
            return None
        places = self.places(size)
        inside = places.picture
        if inside.contains(point):
            row = int((point.y() - inside.top()) / inside.height() * self.picture.rows)
            column = int((point.x() - inside.left()) / inside.width() * self.picture.columns)
            return self.picture.token_of(min(row, self.picture.rows - 1), min(column, self.picture.columns - 1))
        return next((token for token, place in places.chips if place.contains(point)), None)

    def _patch(self, patch: tuple[int, int], inside: QRectF) -> QRectF:
        """Whole pixels: neighbours neither overlap nor leave a line between them."""
        assert self.picture is not None
        (row, column), rows, columns = patch, self.picture.rows, self.picture.columns
        left, right = (round(inside.left() + inside.width() * each / columns) for each in (column, column + 1))
        top, bottom = (round(inside.top() + inside.height() * each / rows) for each in (row, row + 1))
        return QRectF(left, top, right - left, bottom - top)

    # -- drawing ------------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, size: QSizeF, *, vector: bool = False) -> None:
        """Paint all of it; patches are rectangles on every device, the picture is an image."""
        if self.picture is None:
            return
        places = self.places(size)
        painter.setFont(token_font(self.font))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not vector)
        painter.drawImage(places.picture, self._ground)
        cover = self.cover(self.patches)
        for patch in np.ndindex(cover.shape):
            painter.fillRect(self._patch((patch[0], patch[1]), places.picture), self._colour(float(cover[patch])))
        self._draw_chips(painter, places)
        self._draw_bar(painter, places.picture)
        chosen = self.place_of(self.query, size)
        if chosen is not None:
            self.frame(painter, chosen, QColor(self.theme.attention), 2)
        painter.setPen(QColor(self.theme.muted))
        below = QRectF(places.picture.left(), places.picture.bottom() + 2, places.picture.width(), CHIP)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self.caption)

    def frame(self, painter: QPainter, place: QRectF, colour: QColor, wide: float) -> None:
        """A line around a token that is seen on any picture: with one of the panel's colour around it."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.panel), 1))
        painter.drawRect(place.adjusted(-wide, -wide, wide - 1, wide - 1))
        painter.setPen(QPen(colour, wide))
        painter.drawRect(place)

    @cached_property
    def _ground(self) -> QImage:
        assert self.picture is not None
        mixed = self._faded(self.picture.pixels)
        high, wide = mixed.shape[:2]
        return QImage(mixed.data, wide, high, 3 * wide, QImage.Format.Format_RGB888).copy()

    def _faded(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Pixels (height, width, 3), the greyer and the nearer to the panel the stronger the cover."""
        colours = pixels.astype(np.float32)
        grey = np.dot(colours, np.array([0.299, 0.587, 0.114], np.float32))
        ground = QColor(self.theme.panel)
        panel = np.array([ground.red(), ground.green(), ground.blue()], np.float32)
        colours += self.opacity * (grey[..., None] - colours)
        colours += FADE * self.opacity * (panel - colours)
        return np.ascontiguousarray(colours.round().astype(np.uint8))

    def _colour(self, cover: float) -> QColor:
        colour = QColor(self.theme.accent)
        colour.setAlphaF(self.opacity * cover)
        return colour

    def _chip(self, token: int) -> str:
        return f"{self.tokens[token]} {float(self.weights[self.query, token]):.3f}"

    def _draw_chips(self, painter: QPainter, places: PicturePlaces) -> None:
        for token, place in places.chips:
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.setBrush(QColor(self.theme.panel))
            painter.drawRect(place)
            colour = self._colour(float(self.cover(self.weights[self.query, token : token + 1])[0]))
            colour.setAlphaF(colour.alphaF() / 2)  # the number on it stays readable
            painter.fillRect(place, colour)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self._chip(token))

    def _draw_bar(self, painter: QPainter, beside: QRectF) -> None:
        """The colours over grey, with their numbers."""
        bar = QRectF(beside.right() + 2 * SPACE, beside.top(), BAR, beside.height())
        painter.fillRect(bar, QColor(*(int(part) for part in self._faded(GREY)[0, 0])))
        colours = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        colours.setColorAt(0, self._colour(0))
        colours.setColorAt(1, self._colour(1))
        painter.fillRect(bar, colours)
        painter.setPen(QColor(self.theme.muted))
        high = QFontMetricsF(painter.font()).height()
        for number, mark in enumerate(self.marks):
            at = bar.top() + number / (len(self.marks) - 1) * bar.height()
            at = min(max(at, bar.top() + high / 2 - 2), bar.bottom() - high / 2 + 2)
            where = QRectF(bar.right() + SPACE, at - high / 2, 96, high)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, mark)
