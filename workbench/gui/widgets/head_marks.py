"""Marks on a tile whose head is off or frozen in the training model: shapes, so that they are seen without colour."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.gui.theme import Theme

BADGE = 16.0
"""Side of a frozen head's badge, in pixels, at most."""


def draw_state(painter: QPainter, tile: QRectF, state: str, theme: Theme) -> None:
    """Cross a head out that is off; put a snow crystal into the corner of one that is frozen.

    Args:
        painter: Its pen and brush are kept.
        tile: Where the head is drawn.
        state: off or frozen.
        theme: Colours.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == "off":
        pale = QColor(theme.panel)
        pale.setAlpha(170)
        painter.fillRect(tile, pale)
        painter.setPen(QPen(QColor(theme.bad), 2))
        painter.drawLine(tile.topLeft(), tile.bottomRight())
        painter.drawLine(tile.topRight(), tile.bottomLeft())
    else:
        side = min(BADGE, tile.width() * 0.6, tile.height() * 0.6)
        badge = QRectF(tile.right() - side - 1, tile.top() + 1, side, side)
        painter.setPen(QPen(QColor(theme.text), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(QPen(QColor(theme.text), 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for third in range(3):
            turn = pi / 2 + third * pi / 3
            reach = QPointF(cos(turn), sin(turn)) * (side / 2 - 2.5)
            painter.drawLine(badge.center() - reach, badge.center() + reach)
    painter.restore()
