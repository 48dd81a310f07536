"""Heads as lines from queries to keys: what to draw, frozen, and the drawing, on anything that can be painted on.

A line is as opaque as its weight, whatever the number of heads. Where lines cross, the stronger one lies on top.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from workbench.gui.colours import categorical
from workbench.gui.models.head_facts import is_special
from workbench.gui.models.line_choice import Lines, choose_lines
from workbench.gui.models.token_names import shown
from workbench.gui.theme import LIGHT, Theme
from workbench.gui.widgets.token_axis import LONGEST, SPACE, TokenAxis, token_font, widest_of

ROW = 22
"""Pixels from one token to the next, where there is room."""
SMALLEST_ROW = 18
"""Below this the picture scrolls."""
HEADING = 24
"""Height of a line of the legend, and of the titles above the tokens."""
SWATCH = 12
NUMBERS = 3
"""Numbers that stand beside a token at most: of its strongest heads."""
FEW = 200
"""Up to so many lines are drawn two pixels wide."""
SMOOTH = 600
"""So many lines, the strongest, are drawn with smooth edges: it takes three times as long, and in faint ones nobody sees it."""
Token = tuple[str, int]
"""``query`` or ``key``, and which, from 0."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where things are on a picture, in its pixels."""

    plot: QRectF
    """Where the lines are, between the tokens."""
    step: float
    """From one token to the next."""
    rows: int
    top: float
    """What is scrolled out above."""
    labels: tuple[float, ...]
    """Width of the names of queries and of keys."""
    legend: list[tuple[float, float]]
    """Upper left corner of each head's name."""
    tokens: tuple[int, int]
    """How many queries and keys."""

    @property
    def height(self) -> float:
        """What the whole picture takes with all its tokens at this step."""
        return self.plot.top() + self.rows * self.step + SPACE

    def middle(self, side: str, place: int) -> QPointF:
        """Where a token's lines end."""
        across = self.plot.left() if side == "query" else self.plot.right()
        return QPointF(across, self.plot.top() + (place + 0.5) * self.step - self.top)

    def token_at(self, point: QPointF) -> Token | None:
        """The token written there."""
        if point.y() < self.plot.top() or self.plot.left() + 8 < point.x() < self.plot.right() - 8:
            return None
        side = "query" if point.x() < self.plot.center().x() else "key"
        place = int((point.y() - self.plot.top() + self.top) // self.step)
        return (side, place) if 0 <= place < self.tokens[side == "key"] else None


@dataclass(frozen=True, kw_only=True, eq=False)
class LinesPicture:
    """Some heads of one text as they are to be drawn; queries at the left, keys at the right."""

    weights: NDArray[np.float32]
    """(head, query, key), read-only."""
    heads: tuple[tuple[int, int], ...]
    """Layer and head of each, counted from 0."""
    queries: tuple[str, ...]
    keys: tuple[str, ...]
    threshold: float = 0.05
    token: Token | None = None
    """Only this token's lines, with their weights."""
    row: float | None = None
    """Pixels from one token to the next; None divides the height."""
    top: float = 0.0
    """Pixels of the tokens that are scrolled out at the top."""
    theme: Theme = LIGHT
    query_title: str = "query"
    key_title: str = "key"
    font: QFont = field(default_factory=QFont)

    @cached_property
    def lines(self) -> Lines:
        """What is drawn, out of sight or not."""
        side, place = self.token or ("", 0)
        return choose_lines(
            self.weights, self.threshold, query=place if side == "query" else None, key=place if side == "key" else None
        )

    @property
    def colours(self) -> tuple[str, ...]:
        """One for each head."""
        return categorical(self.theme, len(self.heads))

    @property
    def about(self) -> dict[str, str]:
        """How it is drawn, for a file's description; layers and heads counted from 1."""
        named = " ".join(f"{layer + 1}·{head + 1}" for layer, head in self.heads)
        return {
            "heads": named, "threshold": f"{self.threshold:g}", "lines": f"{len(self.lines.weight)} of {self.weights.size}",
            "opacity": "weight",
        }  # fmt: skip

    def places(self, size: QSizeF) -> Places:
        """Where things are on a picture of this size."""
        letters = QFontMetricsF(token_font(self.font))
        numbers = (letters.horizontalAdvance("0.00") + SPACE / 2) * min(NUMBERS, max(1, len(self.heads))) + SPACE
        labels = tuple(min(LONGEST, widest_of(tokens, letters)) for tokens in (self.queries, self.keys))
        legend: list[tuple[float, float]] = []
        at, line = float(SPACE), 0
        for layer, head in self.heads:
            wide = SWATCH + 4 + letters.horizontalAdvance(f"{layer + 1}·{head + 1}") + 2 * SPACE
            if at + wide > size.width() and at > SPACE:
                at, line = float(SPACE), line + 1
            legend.append((at, float(line * HEADING)))
            at += wide
        left, top = labels[0] + numbers + 2 * SPACE, HEADING * (2.0 + line)
        wide = max(40.0, size.width() - left - labels[1] - numbers - 2 * SPACE)
        plot = QRectF(left, top, wide, max(10.0, size.height() - top - SPACE))
        rows = max(len(self.queries), len(self.keys), 1)
        return Places(
            plot=plot, step=self.row or min(float(ROW), plot.height() / rows), rows=rows, top=self.top, labels=labels,
            legend=legend, tokens=(len(self.queries), len(self.keys)),
        )  # fmt: skip

    # -- drawing ----------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, size: QSizeF, *, vector: bool = False) -> None:
        """Paint all of it; lines are lines on every device."""
        if not self.weights.size:
            return
        places = self.places(size)
        painter.setFont(token_font(self.font))
        self._draw_legend(painter, size, places)
        painter.save()
        painter.setClipRect(QRectF(0, places.plot.top(), size.width(), places.plot.height() + SPACE))
        self._draw_lines(painter, places, vector)
        for side in ("query", "key"):
            self._draw_tokens(painter, places, side)
        painter.restore()

    def _draw_legend(self, painter: QPainter, size: QSizeF, places: Places) -> None:
        beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.setPen(QColor(self.theme.text))
        for (layer, head), colour, (at, down) in zip(self.heads, self.colours, places.legend, strict=True):
            painter.fillRect(QRectF(at, down + (HEADING - SWATCH) / 2, SWATCH, SWATCH), QColor(colour))
            painter.drawText(QRectF(at + SWATCH + 4, down, 80, HEADING), beside, f"{layer + 1}·{head + 1}")
        painter.setPen(QColor(self.theme.muted))
        top, plot = places.plot.top() - HEADING, places.plot
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(0, top, plot.left() - SPACE, HEADING), right, self.query_title)
        painter.drawText(QRectF(plot.right() + SPACE, top, size.width() - plot.right() - SPACE, HEADING), beside, self.key_title)

    def _draw_lines(self, painter: QPainter, places: Places, vector: bool) -> None:
        """All lines of one opacity and head at once, the faintest first; edges of the strongest are smooth."""
        lines, plot = self.lines, places.plot
        first, last = (plot.top() - self.top + (tokens + 0.5) * places.step for tokens in (lines.query, lines.key))
        seen = (np.maximum(first, last) >= plot.top()) & (np.minimum(first, last) <= plot.bottom())
        opacity = np.minimum(lines.weight[seen] * 255 + 0.5, 255).astype(np.int64)
        group = opacity * len(self.heads) + lines.head[seen]
        order = np.argsort(group, kind="stable")
        starts = np.flatnonzero(np.diff(group[order], prepend=-1, append=-1))
        ends = list(zip(first[seen][order].tolist(), last[seen][order].tolist(), strict=True))
        wide = 2.0 if len(ends) <= FEW else 1.0
        for start, end in pairwise(starts.tolist()):
            each = int(group[order[start]])
            colour = QColor(self.colours[each % len(self.heads)])
            colour.setAlpha(each // len(self.heads))
            painter.setPen(QPen(colour, wide))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, vector or end > len(ends) - SMOOTH)
            painter.drawLines([QLineF(plot.left(), one, plot.right(), other) for one, other in ends[start:end]])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_tokens(self, painter: QPainter, places: Places, side: str) -> None:
        """Names, and beside them the weights of the chosen token's lines."""
        tokens = self.queries if side == "query" else self.keys
        letters = QFontMetricsF(painter.font())
        high, plot = letters.height(), places.plot
        axis = TokenAxis.plan(tokens, 0, len(tokens), len(tokens) * places.step, letters, False)
        numbers = self._numbers(side)
        chosen = self.token[1] if self.token and self.token[0] == side else None
        for place in sorted({*axis.labels, *numbers, *(() if chosen is None else (chosen,))}):
            middle = places.middle(side, place)
            if not plot.top() - high < middle.y() < plot.bottom() + high:
                continue
            label = letters.elidedText(shown(tokens[place]), Qt.TextElideMode.ElideMiddle, LONGEST)
            faint = is_special(tokens[place]) or (self.token is not None and place not in numbers)
            painter.setPen(QColor(self.theme.accent if place == chosen else self.theme.muted if faint else self.theme.text))
            _write(painter, side, middle, SPACE, label, high)
            at = places.labels[side == "key"] + 2 * SPACE
            for head, weight in numbers.get(place, ()):
                painter.setPen(QColor(self.colours[head]))
                _write(painter, side, middle, at, f"{weight:.2f}", high)
                at += letters.horizontalAdvance("0.00") + SPACE / 2

    def _numbers(self, side: str) -> dict[int, list[tuple[int, float]]]:
        """Weights of the chosen token's lines by the token at their other end, strongest first."""
        if self.token is None or self.token[0] == side:
            return {}
        found: dict[int, list[tuple[int, float]]] = {}
        lines = self.lines
        strongest = (part[::-1].tolist() for part in (lines.query if side == "query" else lines.key, lines.head, lines.weight))
        for place, head, weight in zip(*strongest, strict=True):
            if len(found.setdefault(place, [])) < NUMBERS:
                found[place].append((head, weight))
        return found


def lines_size(picture: LinesPicture) -> tuple[int, int]:
    """Width and height of a figure in which every token of an ordinary text has room; a long one gets what still opens."""
    wide = 680
    places = picture.places(QSizeF(wide, 0))
    return wide, min(4_000, max(240, int(places.plot.top()) + ROW * places.rows + 2 * SPACE))


def _write(painter: QPainter, side: str, end: QPointF, away: float, text: str, high: float) -> None:
    """A text so far outwards from where lines end."""
    wide = LONGEST + 20.0
    centre = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    if side == "query":
        painter.drawText(
            QRectF(end.x() - away - wide, end.y() - high / 2, wide, high), Qt.AlignmentFlag.AlignRight | centre, text
        )
    else:
        painter.drawText(QRectF(end.x() + away, end.y() - high / 2, wide, high), Qt.AlignmentFlag.AlignLeft | centre, text)
