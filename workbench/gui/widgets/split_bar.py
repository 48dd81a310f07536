"""Where the rows of a table go: one bar of parts, and each part with its count."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.theme import Theme, theme_of
from workbench.gui.widgets.reactive import Reactive

BAR, LINE = 10, 20
"""Heights in pixels."""


class SplitBar(Reactive):
    """Training, validation, test and set-aside rows; together they are all rows that were read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.react()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show ``train``, ``validation``, ``test`` and ``unusable``."""
        self._counts = {part: counts.get(part, 0) for part in ("train", "validation", "test", "unusable")}
        self.retranslate()

    def show_hint(self, hint: str) -> None:
        """Show nothing but what will appear here."""
        self._counts, self._hint = {}, hint
        self.retranslate()

    @property
    def lines(self) -> list[str]:
        """What is said of each part."""
        names = {
            "train": self.tr("to learn from"), "validation": self.tr("to validate on"),
            "test": self.tr("to test on"), "unusable": self.tr("set aside"),
        }  # fmt: skip
        return [f"{names[part]}  {count:,}" for part, count in self._counts.items()]

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Split"))
        self.setAccessibleDescription("; ".join(self.lines) or self._hint)
        self.updateGeometry()
        self.update()

    def recolour(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, BAR + 8 + 2 * LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._counts:
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._hint)
            return
        whole, left = max(1, sum(self._counts.values())), 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        colours = _colours(theme)
        for part, count in self._counts.items():
            if count:
                width = max(3.0, self.width() * count / whole)
                painter.setBrush(QColor(colours[part]))
                painter.drawRoundedRect(QRectF(left, 0, min(width, self.width() - left) - 1, BAR), 3, 3)
                left += width
        half = self.width() / 2
        for place, (part, line) in enumerate(zip(self._counts, self.lines, strict=True)):
            x, y = half * (place % 2), BAR + 8 + LINE * (place // 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours[part]))
            painter.drawRoundedRect(QRectF(x, y + 6, 8, 8), 2, 2)
            painter.setPen(QColor(theme.text if self._counts[part] else theme.muted))
            shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(half) - 18)
            painter.drawText(QRectF(x + 14, y, half - 14, LINE), Qt.AlignmentFlag.AlignVCenter, shown)


def _colours(theme: Theme) -> dict[str, str]:
    return {"train": theme.accent, "validation": theme.attention, "test": theme.good, "unusable": theme.muted}
