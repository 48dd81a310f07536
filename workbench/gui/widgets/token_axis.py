"""An axis of tokens: as many labels as fit, each one shown, special tokens before others."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from workbench.gui.models.head_facts import is_special
from workbench.gui.models.token_names import shown

LETTERS = 12
"""Height of the letters, in pixels."""
LONGEST = 96
"""Labels are cut in their middle beyond this, in pixels."""
SPACE = 6
"""Between a label and the picture, and between two labels on a line."""


def token_font(base: QFont) -> QFont:
    """The font of the labels."""
    font = QFont(base)
    font.setPixelSize(LETTERS)
    return font


@dataclass(frozen=True, kw_only=True)
class TokenAxis:
    """How the tokens from `first` to before `last` are written along `length` pixels."""

    tokens: tuple[str, ...]
    first: int
    last: int
    length: float
    upright: bool
    """Labels stand on their side, for a horizontal axis whose words are longer than its cells."""
    labels: tuple[int, ...]
    """Which tokens have a label."""

    @classmethod
    def plan(cls, tokens: Sequence[str], first: int, last: int, length: float, letters: QFontMetricsF, across: bool) -> TokenAxis:
        """Choose direction and labels.

        Args:
            tokens: Of the whole axis.
            first: The first one in sight.
            last: The one after the last in sight.
            length: Pixels they share.
            letters: Of `token_font`.
            across: Whether the axis runs from left to right.
        """
        cell = length / max(1, last - first)
        if not across:
            return cls(
                tokens=tuple(tokens), first=first, last=last, length=length, upright=False,
                labels=_choose(tokens, first, last, cell, letters.height()),
            )  # fmt: skip
        widest = min(LONGEST, widest_of(tuple(tokens), letters)) + 4
        beside = _fit_beside(tokens[first:last], cell, letters)
        upright = not beside and widest > letters.height() + SPACE
        need = 0.0 if beside else letters.height() if upright else widest
        return cls(
            tokens=tuple(tokens), first=first, last=last, length=length, upright=upright,
            labels=_choose(tokens, first, last, cell, need),
        )  # fmt: skip

    def middle(self, index: int) -> float:
        """Where a token's cell has its middle, from the beginning of the axis."""
        return (index - self.first + 0.5) * self.length / max(1, self.last - self.first)

    def draw(
        self, painter: QPainter, start: QPointF, across: bool, text: QColor, muted: QColor, here: int | None, accent: QColor
    ) -> None:
        """Write the labels left of a vertical axis or below a horizontal one.

        Args:
            painter: With `token_font`.
            start: The axis' upper or left end.
            across: Whether the axis runs from left to right.
            text: For tokens.
            muted: For special tokens.
            here: The token under the cursor, written in `accent` even where it had no label.
            accent: See `here`.
        """
        letters = QFontMetricsF(painter.font())
        apart = letters.horizontalAdvance("0" * 3) if across and not self.upright else letters.height()
        if here is not None and self.first <= here < self.last:
            if across and not self.upright:
                apart = letters.horizontalAdvance(self._label(here, letters)) + SPACE
            others = [index for index in self.labels if abs(self.middle(index) - self.middle(here)) >= apart]
        else:
            others, here = list(self.labels), None
        for index in others:
            painter.setPen(muted if is_special(self.tokens[index]) else text)
            self._write(painter, start, across, index, letters)
        if here is not None:
            painter.setPen(accent)
            self._write(painter, start, across, here, letters)

    def _write(self, painter: QPainter, start: QPointF, across: bool, index: int, letters: QFontMetricsF) -> None:
        label, at, high = self._label(index, letters), self.middle(index), letters.height()
        centre, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        wide = LONGEST + 8.0
        if not across:
            painter.drawText(QRectF(start.x() - SPACE - wide, start.y() + at - high / 2, wide, high), right, label)
        elif not self.upright:
            painter.drawText(QRectF(start.x() + at - wide / 2, start.y() + SPACE / 2, wide, high), centre, label)
        else:
            painter.save()
            painter.translate(start.x() + at, start.y() + SPACE)
            painter.rotate(-90)
            painter.drawText(QRectF(-wide, -high / 2, wide, high), right, label)
            painter.restore()

    def _label(self, index: int, letters: QFontMetricsF) -> str:
        return letters.elidedText(shown(self.tokens[index]), Qt.TextElideMode.ElideMiddle, LONGEST)


def widest_of(tokens: tuple[str, ...], letters: QFontMetricsF) -> float:
    """Width of the widest label, in pixels; among many tokens only the longest are measured."""
    key = (tokens, letters.height(), letters.horizontalAdvance("0"), letters.horizontalAdvance("W"))
    if key not in _WIDEST:  # the same tokens are drawn ten times a second while a model trains
        if len(_WIDEST) >= 64:
            _WIDEST.clear()
        longest = sorted(dict.fromkeys(tokens), key=len, reverse=True)[:48]
        _WIDEST[key] = max((letters.horizontalAdvance(shown(token)) for token in longest), default=0.0)
    return _WIDEST[key]


_WIDEST: dict[tuple[tuple[str, ...], float, float, float], float] = {}


def _fit_beside(tokens: Sequence[str], cell: float, letters: QFontMetricsF) -> bool:
    """Whether all labels can lie beside each other, each in the middle of its cell."""
    if cell < 8:  # narrower than a letter and its space
        return False
    widths = [min(LONGEST, letters.horizontalAdvance(shown(token))) for token in tokens]
    return all((one + other) / 2 + 2 <= cell for one, other in pairwise(widths))


def _choose(tokens: Sequence[str], first: int, last: int, cell: float, need: float) -> tuple[int, ...]:
    """Labels at least `need` pixels apart: special tokens first, then evenly spaced ones."""
    if cell >= need:
        return tuple(range(first, last))
    step = next(size * 10**power for power in range(9) for size in (1, 2, 5) if size * 10**power * cell >= need)
    special = [index for index in range(first, last) if is_special(tokens[index])]
    kept: list[int] = []
    for index in [*special[:1], *reversed(special[1:]), *range(-(-first // step) * step, last, step)]:
        at = bisect_left(kept, index)
        near = kept[max(0, at - 1) : at + 1]
        if all(abs(index - other) * cell >= need for other in near):
            insort(kept, index)
    return tuple(kept)
