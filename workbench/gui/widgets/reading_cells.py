"""A cell of the logit lens: its likeliest token on a shade of that token's probability, framed where the answer first is it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.gui.colours import inks, sequential
from workbench.gui.models.readings_table import READING, Reading
from workbench.gui.theme import theme_of


class ReadingCells(QStyledItemDelegate):
    """Paints cells by hand: only those in sight are ever asked for."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        reading = index.data(READING)
        if not isinstance(reading, Reading):
            return
        theme, place = theme_of(option.widget), QRectF(option.rect)
        shade = min(255, max(0, round(255 * reading.probabilities[0])))
        ground, ink = sequential(theme)[shade], inks(sequential, theme)[shade]
        painter.save()
        painter.fillRect(place, QColor(*(int(part) for part in ground)))
        painter.setFont(option.font)
        painter.setPen(QColor(ink))
        room = place.adjusted(5, 0, -5, 0)
        text = QFontMetricsF(option.font).elidedText(reading.tokens[0], Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
        if reading.row == reading.settled:
            painter.setPen(QPen(QColor(theme.attention), 2))
            painter.drawRect(place.adjusted(1.5, 1.5, -1.5, -1.5))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(ink), 1, Qt.PenStyle.DotLine))
            painter.drawRect(place.adjusted(4, 4, -4, -4))
        painter.restore()
