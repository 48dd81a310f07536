"""Scores as bars, each with the interval that chance leaves open drawn over its end."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.contracts.evaluations import SHARES
from workbench.gui.theme import theme_of
from workbench.gui.widgets.counts import rows_text
from workbench.gui.widgets.metric_words import metric_text
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.verdict_words import interval_text

ROW = 24
ASIDE = 10


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One score; NaN where it is not defined."""

    name: str
    value: float
    low: float
    high: float
    rows: int = 0
    """Rows it is of, said where there are any."""
    muted: bool = False
    """Drawn paler: what the others are held against."""


class ScoreBars(Reactive):
    """A bar for each score. Painted by hand, one line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()
        self.scored_by = ""
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.react()

    def show_bars(self, bars: Sequence[Bar], metric: str) -> None:
        """Show scores of one metric."""
        self.bars, self.scored_by, self._hint = tuple(bars), metric, ""
        self._describe()

    def show_hint(self, hint: str) -> None:
        """Show nothing but why."""
        self.bars, self._hint = (), hint
        self._describe()

    def retranslate(self) -> None:
        self._describe()

    def recolour(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self.bars)) * ROW + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def line(self, bar: Bar) -> str:
        """A bar in words."""
        if not math.isfinite(bar.value):
            words = self.tr("{0}: not defined").format(bar.name)
        else:
            score = metric_text(self.scored_by, bar.value)
            words = self.tr("{0}: {1} ({2})").format(bar.name, score, interval_text(self.scored_by, bar.low, bar.high))
        return self.tr("{0}, {1}").format(words, rows_text(bar.rows)) if bar.rows else words

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = event.pos().y() // ROW
            words = self.line(self.bars[place]) if 0 <= place < len(self.bars) else ""
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(words)}</p>" if words else "", self)
            return True
        return bool(super().event(event))

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Scores with their intervals"))
        self.setAccessibleDescription("\n".join(map(self.line, self.bars)) or self._hint)
        self.updateGeometry()
        self.update()

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, metrics = QPainter(self), theme_of(self), self.fontMetrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Qt.AlignmentFlag.AlignVCenter
        if not self.bars:
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignLeft, self._hint)
            return
        told = [self._told(bar) for bar in self.bars]
        counts = [f"{bar.rows:,}" if bar.rows else "" for bar in self.bars]
        names = min(max(metrics.horizontalAdvance(bar.name) for bar in self.bars) + 2 * ASIDE, int(self.width() * 0.3))
        numbers = max(map(metrics.horizontalAdvance, told)) + ASIDE
        many = max(map(metrics.horizontalAdvance, counts)) + (ASIDE if any(counts) else 0)
        room = max(20, self.width() - names - numbers - many)
        low, high = self._scale()
        for line, bar in enumerate(self.bars):
            top = line * ROW
            painter.setPen(QColor(theme.text))
            shown = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names - ASIDE)
            painter.drawText(QRectF(0, top, names - ASIDE, ROW), middle | Qt.AlignmentFlag.AlignLeft, shown)
            painter.drawText(QRectF(names + room, top, numbers, ROW), middle | Qt.AlignmentFlag.AlignRight, told[line])
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(names + room + numbers, top, many, ROW), middle | Qt.AlignmentFlag.AlignRight, counts[line])
            self._draw_bar(painter, QRectF(names, top, room, ROW), bar, (low, high))

    def _draw_bar(self, painter: QPainter, room: QRectF, bar: Bar, scale: tuple[float, float]) -> None:
        theme = theme_of(self)

        def at(value: float) -> float:
            share = (value - scale[0]) / max(scale[1] - scale[0], 1e-12)
            return room.left() + min(1.0, max(0.0, share)) * room.width()

        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.soft))
        painter.drawRoundedRect(QRectF(room.left(), room.top() + 6, room.width(), ROW - 12), 4, 4)
        if not math.isfinite(bar.value):
            return
        painter.setBrush(QColor(theme.muted if bar.muted else theme.accent))
        zero = at(0.0)
        filled = QRectF(zero, room.top() + 6, at(bar.value) - zero, ROW - 12).normalized()
        painter.drawRoundedRect(filled.adjusted(0, 0, max(0.0, 2 - filled.width()), 0), 4, 4)
        left, right, y = at(bar.low), at(bar.high), room.center().y()
        for width, colour in ((4.5, theme.panel), (2.0, theme.text)):  # a pale edge keeps it readable on any bar
            painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(int(left), int(y), int(right), int(y))
            for end in (left, right):
                painter.drawLine(int(end), int(y) - 5, int(end), int(y) + 5)

    def _told(self, bar: Bar) -> str:
        if not math.isfinite(bar.value):
            return "–"
        return self.tr("{0} ({1})").format(
            metric_text(self.scored_by, bar.value), interval_text(self.scored_by, bar.low, bar.high)
        )

    def _scale(self) -> tuple[float, float]:
        """Shares from 0 to 1, others from 0 to the largest that is drawn."""
        if self.scored_by in SHARES:
            return 0.0, 1.0
        ends = [end for bar in self.bars if math.isfinite(bar.value) for end in (bar.low, bar.high)]
        return min([0.0, *ends]), max([0.0, *ends]) or 1.0
