"""A few validation rows with what the model makes of them, evaluation after evaluation."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from workbench.gui.theme import theme_of
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.reactive import Reactive

ROW = 24
MOST = 400
"""Characters of a text that are measured: more never fit."""


@dataclass(frozen=True)
class Sample:
    """A row and what the model says of it."""

    input: str
    target: str
    prediction: str
    changed: bool
    """The prediction is not what it was at the evaluation before."""

    @property
    def right(self) -> bool:
        return self.prediction == self.target


class Samples(Panel):
    """Input → prediction; right ones green, wrong ones with the target beside them, changed ones with a dot before them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = QLabel(self)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.list = SampleList(self)
        self._step = 0
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list, 1)
        self.react()

    def set_samples(self, samples: Sequence[Mapping[str, str]], step: int) -> None:
        """Show `input`, `target` and `prediction` of a few rows."""
        before = {sample.input: sample.prediction for sample in self.list.samples}
        shown = []
        for sample in samples:
            text, prediction = str(sample.get("input", "")), str(sample.get("prediction", ""))
            changed = before.get(text, prediction) != prediction
            shown.append(Sample(text, str(sample.get("target", "")), prediction, changed))
        self._step = step
        self.list.show_samples(tuple(shown))
        self._tell()

    def clear(self) -> None:
        """Begin with another run."""
        self.set_samples((), 0)

    def retranslate(self) -> None:
        self.empty.setText(self.tr("A few rows and what the model makes of them appear here after the first evaluation."))
        self._tell()

    def _tell(self) -> None:
        samples = self.list.samples
        self.empty.setVisible(not samples)
        self.list.setVisible(bool(samples))
        right = sum(sample.right for sample in samples)
        facts = self.tr("{0} of {1} right at step {2}").format(right, len(samples), f"{self._step:,}") if samples else ""
        self.entitle(self.tr("Samples"), facts)


class SampleList(Reactive):
    """The rows themselves, drawn as plain text: whatever is in the data stays text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples: tuple[Sample, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(2 * ROW)
        self.react()

    def show_samples(self, samples: tuple[Sample, ...]) -> None:
        """Set the rows."""
        self.samples = samples
        self.updateGeometry()
        self._describe()
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Samples"))
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, max(2, len(self.samples)) * ROW)

    def sample_at(self, position: QPoint) -> Sample | None:
        """The row at a place; None beside them."""
        row = position.y() // ROW
        return self.samples[row] if 0 <= row < min(len(self.samples), self.height() // ROW) else None

    def explain(self, sample: Sample) -> str:
        """A row in full, as a tool tip: markup in the data is escaped."""
        lines = [self.tr("Input: {0}").format(sample.input), self.tr("Prediction: {0}").format(sample.prediction)]
        if not sample.right:
            lines.append(self.tr("Target: {0}").format(sample.target))
        if sample.changed:
            lines.append(self.tr("Changed since the evaluation before"))
        return "".join(f"<p style='white-space: pre-wrap; margin: 2px'>{html.escape(line[:2_000])}</p>" for line in lines)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            sample = self.sample_at(event.pos())
            if sample is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.explain(sample), self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain, bold, small = (QFont(self.font()) for _ in range(3))
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(12)
        for row, sample in enumerate(self.samples[: self.height() // ROW]):
            line = QRect(12, row * ROW, self.width() - 12, ROW)
            if sample.changed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.accent))
                painter.drawEllipse(QPoint(4, line.center().y()), 2, 2)
            wrong = "" if sample.right else self.tr("not {0}").format(_line(sample.target))
            answer = _line(sample.prediction) or "–"
            parts = [
                (plain, theme.text, _line(sample.input)), (plain, theme.muted, "→"),
                (bold, theme.good if sample.right else theme.attention, answer), (small, theme.muted, wrong),
            ]  # fmt: skip
            widths = shares([QFontMetrics(font).horizontalAdvance(text) + 4 for font, _, text in parts], line.width() - 24)
            x = line.left()
            for (font, colour, text), width in zip(parts, widths, strict=True):
                painter.setFont(font)
                painter.setPen(QColor(colour))
                shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
                painter.drawText(x, line.top(), width, ROW, int(Qt.AlignmentFlag.AlignVCenter), shown)
                x += width + 8
        painter.end()

    def _describe(self) -> None:
        lines = []
        for sample in self.samples:
            words = self.tr("{0} gives {1}, right") if sample.right else self.tr("{0} gives {1}, not {2}")
            lines.append(words.format(_line(sample.input), _line(sample.prediction), _line(sample.target)))
        self.setAccessibleDescription("\n".join(lines))


def shares(wanted: list[int], room: int) -> list[int]:
    """Widths for parts that want so much: short ones get it all, long ones share what is left evenly; never above `room`."""
    given, left = [0] * len(wanted), max(room, 0)
    for place, (index, want) in enumerate(sorted(enumerate(wanted), key=lambda part: part[1])):
        given[index] = min(want, left // (len(wanted) - place))
        left -= given[index]
    return given


def _line(text: str) -> str:
    return " ".join(text[:MOST].split())
