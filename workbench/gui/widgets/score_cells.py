"""A cell with a score: the number beside its chance level, and below a small bar with a mark where chance is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.gui.models.head_table_model import SCORE, Score
from workbench.gui.theme import Theme, theme_of

BAR, ASIDE = 4, 8
"""Height of a bar, and what is free beside it, in pixels."""


class ScoreCells(QStyledItemDelegate):
    """Draws scores; what is clear of chance stands in the text's colour, what is not in the muted one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        score = index.data(SCORE)
        if not isinstance(score, Score):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        view = option.widget
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        theme, whole = theme_of(view), QRectF(option.rect).adjusted(ASIDE, 2, -ASIDE, -3)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(QColor(theme.text if score.clear else theme.muted))
        text = QFontMetricsF(option.font).elidedText(option.text, Qt.TextElideMode.ElideRight, whole.width())
        painter.drawText(whole.adjusted(0, 0, 0, -BAR), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        self._draw_bar(painter, QRectF(whole.left(), whole.bottom() - BAR, whole.width(), BAR), score, theme)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(2 * ASIDE, BAR + 4)

    def _draw_bar(self, painter: QPainter, room: QRectF, score: Score, theme: Theme) -> None:
        reach = max(score.most - score.least, 1e-12)

        def at(value: float) -> float:
            return room.left() + min(1.0, max(0.0, (value - score.least) / reach)) * room.width()

        painter.fillRect(room, QColor(theme.line))
        zero, value = at(0.0), at(score.value)
        painter.fillRect(
            QRectF(zero, room.top(), value - zero, BAR).normalized(), QColor(theme.accent if score.clear else theme.muted)
        )
        if np.isfinite(score.chance):
            painter.fillRect(QRectF(at(score.chance) - 1, room.top() - 3, 2, BAR + 5), QColor(theme.attention))
