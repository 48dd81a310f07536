"""How often each class stands in a table: bars, the commonest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.gui.theme import theme_of
from workbench.gui.widgets.counts import rows_text
from workbench.gui.widgets.reactive import Reactive

SHOWN = 12
"""Classes with a bar of their own; the others are counted in one line."""
ROW = 22
"""Pixels of a line."""


class ClassBars(Reactive):
    """A bar for each class with its count. Painted by hand: a thousand classes cost no more than twelve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: list[tuple[str, int]] = []
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.react()

    def show_counts(self, labels: Sequence[str], counts: Sequence[int]) -> None:
        """Show classes with their counts, in any order."""
        # Equals stand by name, so that the same table looks the same each time.
        self._classes = sorted(zip(labels, counts, strict=True), key=lambda each: (-each[1], each[0]))
        self._describe()

    def show_hint(self, hint: str) -> None:
        """Show nothing but what will appear here."""
        self._classes, self._hint = [], hint
        self._describe()

    @property
    def shown(self) -> list[tuple[str, int]]:
        """The classes with bars, and their counts."""
        return self._classes[: SHOWN if len(self._classes) > SHOWN + 1 else SHOWN + 1]

    @property
    def rest(self) -> tuple[int, int]:
        """How many classes have no bar, and the sum of their counts."""
        others = self._classes[len(self.shown) :]
        return len(others), sum(count for _, count in others)

    def retranslate(self) -> None:
        self._describe()

    def recolour(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        lines = len(self.shown) + bool(self.rest[0]) if self._classes else 2
        return QSize(240, max(2, lines) * ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            line = int(event.pos().y() // ROW)
            text = self._line(*self.shown[line]) if 0 <= line < len(self.shown) else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        if not self._classes:
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._hint)
            return
        most = max(1, self._classes[0][1])
        numbers = max(metrics.horizontalAdvance(f"{count:,}") for _, count in self.shown) + 8
        names = min(max(metrics.horizontalAdvance(_plain(name)) for name, _ in self.shown) + 14, int(self.width() * 0.45))
        room = max(10, self.width() - names - numbers)
        middle = Qt.AlignmentFlag.AlignVCenter
        for line, (name, count) in enumerate(self.shown):
            top = line * ROW
            painter.setPen(QColor(theme.text))
            shown = metrics.elidedText(_plain(name), Qt.TextElideMode.ElideRight, names - 10)
            painter.drawText(QRectF(0, top, names - 10, ROW), middle | Qt.AlignmentFlag.AlignLeft, shown)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.soft))
            painter.drawRoundedRect(QRectF(names, top + 5, room, ROW - 10), 4, 4)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(names, top + 5, max(3.0, room * count / most), ROW - 10), 4, 4)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(names + room, top, numbers, ROW), middle | Qt.AlignmentFlag.AlignRight, f"{count:,}")
        more, rows = self.rest
        if more:
            painter.setPen(QColor(theme.muted))
            top = len(self.shown) * ROW
            text = self.tr("and {0} more classes with {1} rows").format(f"{more:,}", f"{rows:,}")
            painter.drawText(QRectF(0, top, self.width(), ROW), middle | Qt.AlignmentFlag.AlignLeft, text)

    def _line(self, name: str, count: int) -> str:
        share = 100 * count / max(1, sum(each for _, each in self._classes))
        return self.tr("{0}: {1}, {2} %").format(_plain(name), rows_text(count), f"{share:.1f}")

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Class balance"))
        self.setAccessibleDescription("; ".join(self._line(*each) for each in self.shown) or self._hint)
        self.updateGeometry()
        self.update()


def _plain(name: str) -> str:
    return " ".join(name.split())[:200] or "—"
