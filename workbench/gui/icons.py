"""Icons: SVG files drawn for this project with one stroke weight, painted in whatever colour is asked for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workbench.resources import RESOURCES


@lru_cache(maxsize=128)
def icon(name: str, colour: str, chosen: str = "", *, size: int = 24) -> QIcon:
    """An icon of ``resources/icons`` in a colour, and in another one where its button is checked."""
    made = QIcon()
    for state, paint in ((QIcon.State.Off, colour), (QIcon.State.On, chosen or colour)):
        for ratio in (1, 2):
            made.addPixmap(_pixmap(name, paint, size, ratio), QIcon.Mode.Normal, state)
    return made


def _pixmap(name: str, colour: str, size: int, ratio: int) -> QPixmap:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(size * ratio, size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
