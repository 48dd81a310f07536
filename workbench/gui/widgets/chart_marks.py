"""What happened along a run, drawn over its curves: dashed lines with short words, and small ticks for checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from workbench.gui.theme import LIGHT, Theme

ROWS = 3
"""Rows of words; a line whose words find no room in any of them stands without."""
COLOURS = {"pause": "attention", "resume": "attention", "best": "good", "warning": "bad", "edit": "accent"}
TOGETHER = 12
"""Pixels within which edits share a line, which then tells how many they are."""
CROWD = 10
"""Lines of edits in sight beyond which they shrink to ticks at the top, so that the curve stays readable."""
TICK = 9


@dataclass(frozen=True)
class Mark:
    """Something that happened at a step."""

    step: int
    text: str
    kind: str
    """pause, resume, checkpoint (a small tick), best (only the latest is kept), edit, warning or anything else."""
    told: str = ""
    """All of it, for a tool tip."""


@dataclass(frozen=True)
class Group:
    """Edits that are so near on the screen that they share a line."""

    x: float
    """In pixels."""
    marks: tuple[Mark, ...]


class Marks(pg.GraphicsObject):
    """All marks of a chart, painted in pixels so that words stay upright and sharp at any zoom."""

    def __init__(self) -> None:
        untyped: Any = super()  # Any: pyqtgraph states no types
        untyped.__init__()
        self.marks: list[Mark] = []
        self._theme = LIGHT
        self.placed: list[tuple[Mark, QRectF]] = []
        """Words drawn last, and where, in pixels."""
        self.groups: list[Group] = []
        """Edits drawn last."""
        self.several = "{0}"
        """How several edits on one line are called: ``{0}`` is how many."""
        self.setZValue(50)

    def add(self, mark: Mark) -> None:
        """Add a mark; a new best takes the old one's place, a repeated one is not drawn twice."""
        if mark.kind == "best":
            self.marks = [old for old in self.marks if old.kind != "best"]
        if mark not in self.marks:
            self.marks.append(mark)
            self.update()

    def put(self, kind: str, marks: Sequence[Mark]) -> None:
        """Show exactly these of a kind."""
        kept = [old for old in self.marks if old.kind != kind]
        if self.marks != [*kept, *marks]:
            self.marks = [*kept, *marks]
            self.update()

    def told_at(self, x: float) -> list[str]:
        """What the edits next to a place tell, in pixels; nothing where none is near."""
        near = min(self.groups, key=lambda group: abs(group.x - x), default=None)
        return [mark.told or mark.text for mark in near.marks] if near is not None and abs(near.x - x) <= TOGETHER / 2 else []

    def rename(self, words: dict[str, str]) -> None:
        """Say the marks of these kinds in other words: another language."""
        self.marks = [replace(mark, text=words.get(mark.kind, mark.text)) for mark in self.marks]
        self.update()

    def cut(self, step: int) -> None:
        """Forget what came after a step."""
        self.marks = [mark for mark in self.marks if mark.step <= step]
        self.update()

    def clear(self) -> None:
        """Forget all."""
        self.marks.clear()
        self.update()

    def recolour(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.update()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        untyped: Any = self  # Any: pyqtgraph states no types
        return QRectF(untyped.viewRect() or QRectF())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self.placed, self.groups = [], []
        if not self.marks:
            return
        to_pixels = painter.transform()
        area = to_pixels.mapRect(self.boundingRect())
        painter.save()
        painter.resetTransform()
        font = QFont(widget.font() if widget is not None else painter.font())
        font.setPixelSize(11)
        painter.setFont(font)
        metrics, ends = QFontMetrics(font), [area.left()] * ROWS
        seen = [(mark, to_pixels.map(QPointF(mark.step, 0)).x()) for mark in sorted(self.marks, key=lambda mark: mark.step)]
        seen = [(mark, x) for mark, x in seen if area.left() <= x <= area.right()]
        self.groups = _grouped([(mark, x) for mark, x in seen if mark.kind == "edit"])
        for mark, x in self._as_drawn([(mark, x) for mark, x in seen if mark.kind != "edit"]):
            self._draw(painter, metrics, mark, x, area, ends)
        painter.restore()

    def _as_drawn(self, others: list[tuple[Mark, float]]) -> list[tuple[Mark, float]]:
        """All lines from left to right; each group of edits is one."""
        lines = []
        for group in self.groups:
            first, count = group.marks[0], len(group.marks)
            lines.append((first if count == 1 else replace(first, text=self.several.format(count)), group.x))
        return sorted([*lines, *others], key=lambda line: line[1])  # at one place, what was edited is told first

    def _draw(self, painter: QPainter, metrics: QFontMetrics, mark: Mark, x: float, area: QRectF, ends: list[float]) -> None:
        colour = QColor(getattr(self._theme, COLOURS.get(mark.kind, "muted")))
        if mark.kind == "checkpoint":
            painter.setPen(QPen(colour, 1))
            painter.drawLine(QPointF(x, area.bottom() - 6), QPointF(x, area.bottom()))
            return
        faint = QColor(colour)
        faint.setAlpha(170)
        painter.setPen(QPen(faint, 1, Qt.PenStyle.DashLine))
        crowded = mark.kind == "edit" and len(self.groups) > CROWD
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.top() + TICK if crowded else area.bottom()))
        if crowded:
            return
        width, height = metrics.horizontalAdvance(mark.text) + 8.0, float(metrics.height())
        left = x if x + width <= area.right() else x - width  # at the right border words stand before their line
        row = next((row for row, end in enumerate(ends) if end <= left), None)
        if row is None or left < area.left() or not mark.text:
            return
        ends[row] = max(left + width, x)
        place = QRectF(left, area.top() + row * (height + 2), width, height)
        ground = QColor(self._theme.panel)
        ground.setAlpha(200)
        painter.fillRect(place.adjusted(2, 0, -2, 0), ground)
        painter.setPen(colour)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), mark.text)
        self.placed.append((mark, place))


def _grouped(marks: Sequence[tuple[Mark, float]]) -> list[Group]:
    """Marks in order, by what is near: a group is no wider than `TOGETHER`."""
    groups: list[Group] = []
    for mark, x in marks:
        if groups and x - groups[-1].x <= TOGETHER:
            groups[-1] = Group(groups[-1].x, (*groups[-1].marks, mark))
        else:
            groups.append(Group(x, (mark,)))
    return groups
