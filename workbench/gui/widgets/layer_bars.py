"""How long the gradient is in each part of a model: a bar for the embedding, each layer, and the head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.contracts.steps import LayerGradient
from workbench.gui.theme import theme_of
from workbench.gui.widgets.metric_words import number_text
from workbench.gui.widgets.reactive import Reactive

ROW = 22
"""Pixels of a line."""


class LayerBars(Reactive):
    """From the embedding down to the head, as data flows. Painted by hand, one line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[LayerGradient, ...] = ()
        self._stacks = 1
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.react()

    def show_layers(self, layers: Sequence[LayerGradient], stacks: int) -> None:
        """Show the parts of a model of so many stacks."""
        self._layers, self._stacks = tuple(layers), stacks
        self._describe()

    def name(self, each: LayerGradient) -> str:
        """A part in words; layers are counted from 1."""
        if each.part == "embedding":
            return self.tr("Embedding")
        if each.part == "head":
            return self.tr("Head")
        if self._stacks != 2:
            return self.tr("Layer {0}").format(each.layer + 1)
        words = self.tr("Decoder {0}") if each.stack else self.tr("Encoder {0}")
        return words.format(each.layer + 1)

    def retranslate(self) -> None:
        self._describe()

    def recolour(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, len(self._layers)) * ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, middle = self.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        most = max((each.norm for each in self._layers), default=0.0) or 1.0
        names = max((metrics.horizontalAdvance(self.name(each)) for each in self._layers), default=0) + 12
        numbers = max((metrics.horizontalAdvance(number_text(each.norm)) for each in self._layers), default=0) + 10
        room = max(10, self.width() - names - numbers)
        for line, each in enumerate(self._layers):
            top = line * ROW
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(0, top, names, ROW), middle | Qt.AlignmentFlag.AlignLeft, self.name(each))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.soft))
            painter.drawRoundedRect(QRectF(names, top + 5, room, ROW - 10), 4, 4)
            if each.norm > 0:
                painter.setBrush(QColor(theme.accent))
                painter.drawRoundedRect(QRectF(names, top + 5, max(3.0, room * each.norm / most), ROW - 10), 4, 4)
            painter.setPen(QColor(theme.muted))
            place = QRectF(names + room, top, numbers, ROW)
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, number_text(each.norm))
        painter.end()

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Gradient norm by layer"))
        self.setAccessibleDescription("; ".join(f"{self.name(each)} {number_text(each.norm)}" for each in self._layers))
        self.updateGeometry()
        self.update()
