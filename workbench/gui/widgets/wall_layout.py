"""Where the tiles of a wall of heads stand: pure geometry."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF

SMALLEST = 30
"""The long side of a tile, in pixels, below which the wall scrolls instead of shrinking."""
LARGEST = 320
GAP = 10
"""Between two tiles."""
MARGIN = 4
"""Around all tiles: room for the frame of the chosen one."""
FLATTEST = 6.0
"""Tiles are at most this much longer than wide: one query against a long text still is a stripe one can hit."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the tiles stand, in pixels from the upper left corner of the whole picture."""

    layers: int
    heads: int
    tile: QSize
    across: float
    """From one tile's left edge to the next one's."""
    down: float
    name: float
    """Height of the line of names above each row."""

    @classmethod
    def fit(cls, shape: tuple[int, int, int, int], room: QSize, letters: QFontMetricsF) -> Layout:
        """As large as the room allows; at `SMALLEST` where it does not, then the picture is larger than the room."""
        layers, heads, queries, keys = shape
        ratio = min(FLATTEST, max(1 / FLATTEST, max(1, queries) / max(1, keys)))
        wide, high = (1.0, ratio) if ratio <= 1 else (1 / ratio, 1.0)  # of the long side
        name = letters.height() + 3
        room_wide = (room.width() - 2 * MARGIN + GAP) / max(1, heads) - GAP
        room_high = (room.height() - 2 * MARGIN + GAP) / max(1, layers) - GAP - name
        side = min(room_wide / wide, room_high / high)
        if side < SMALLEST:  # it scrolls: as wide as it fits, downwards there is room
            side = min(max(room_wide / wide, SMALLEST), 1.5 * SMALLEST)
        side = min(side, LARGEST)
        tile = QSize(max(4, int(side * wide)), max(4, int(side * high)))
        label = letters.horizontalAdvance(f"{layers}·{heads}") + 4
        return cls(
            layers=layers,
            heads=heads,
            tile=tile,
            across=max(tile.width(), label) + GAP,
            down=tile.height() + name + GAP,
            name=name,
        )

    @property
    def size(self) -> QSize:
        """Of the whole picture."""
        return QSize(int(self.heads * self.across - GAP + 2 * MARGIN), int(self.layers * self.down - GAP + 2 * MARGIN))

    def place(self, layer: int, head: int) -> QRectF:
        """The tile of a head."""
        return QRectF(QPointF(MARGIN + head * self.across, MARGIN + layer * self.down + self.name), self.tile)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """The head whose tile or name is there."""
        head, layer = int((point.x() - MARGIN) // self.across), int((point.y() - MARGIN) // self.down)
        if not (0 <= layer < self.layers and 0 <= head < self.heads):
            return None
        whole = self.place(layer, head).adjusted(0, -self.name, 0, 0)
        return (layer, head) if whole.adjusted(-2, 0, 2, 2).contains(point) else None
