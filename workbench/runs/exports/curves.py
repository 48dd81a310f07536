"""A run's curves as drawings of a page: inline SVG, thinned so that no spike hides, without a script."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workbench.contracts.events import Evaluated, Event, Step, numbers_of

WIDTH, HEIGHT = 760, 220
LEFT, BOTTOM, TOP = 64, 24, 10
PIECES = 400
"""A curve is drawn as the smallest and largest value of at most so many stretches of steps."""


@dataclass
class Curve:
    """Smallest and largest values of stretches of steps: a stretch grows with the run, so that memory does not."""

    stretch: int = 1
    pieces: dict[int, tuple[float, float]] = field(default_factory=dict)

    def add(self, step: int, value: float) -> None:
        """Take a value; what is no number is passed over."""
        if not math.isfinite(value):
            return
        low, high = self.pieces.get(step // self.stretch, (value, value))
        self.pieces[step // self.stretch] = (min(low, value), max(high, value))
        if len(self.pieces) > 2 * PIECES:
            self._thin()

    def _thin(self) -> None:
        self.stretch *= 2
        wider: dict[int, tuple[float, float]] = {}
        for place, (low, high) in self.pieces.items():
            known = wider.get(place // 2, (low, high))
            wider[place // 2] = (min(known[0], low), max(known[1], high))
        self.pieces = wider

    def points(self) -> list[tuple[float, float]]:
        """Step and value, in order, the smallest and the largest of each stretch."""
        found = []
        for place, (low, high) in sorted(self.pieces.items()):
            step = (place + (0.5 if self.stretch > 1 else 0.0)) * self.stretch
            found += [(step, low)] if low == high else [(step, low), (step, high)]
        return found


def curves_of(events: Iterable[Event]) -> dict[str, Curve]:
    """Losses, learning rate, gradient norm and every score of the validation rows, by name."""
    curves: dict[str, Curve] = {}
    for event in events:
        said: dict[str, float] = {}
        if isinstance(event, Step):
            said = {"loss": event.loss, "learning rate": event.learning_rate, "gradient norm": event.gradient_norm}
        elif isinstance(event, Evaluated) and event.split == "validation":
            said = {f"validation {name}": value for name, value in numbers_of(event.metrics).items()}
        for name, value in said.items():
            curves.setdefault(name, Curve()).add(event.step, value)
    return curves


def drawing(
    title: str, lines: Sequence[tuple[str, Curve]], baseline: float | None = None, marks: Sequence[int] = ()
) -> str:  # fmt: skip
    """Curves over steps, the first in the first colour of the page's style; a dashed line at the baseline, upright ones where
    the training was edited."""
    points = [curve.points() for _, curve in lines]
    flat = [point for line in points for point in line]
    if not flat:
        return ""
    last = max(step for step, _ in flat) or 1.0
    heights = [value for _, value in flat] + ([] if baseline is None else [baseline])
    low, high = min(heights), max(heights)
    room = (high - low) or abs(high) or 1.0
    low, high = low - 0.05 * room, high + 0.05 * room

    def place(step: float, value: float) -> str:
        x = LEFT + step / last * (WIDTH - LEFT - 8)
        return f"{x:.1f},{TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM):.1f}"

    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(title)}">']
    for share in (0.0, 0.5, 1.0):
        value = low + share * (high - low)
        x, y = place(0, value).split(",")
        parts.append(f'<path class="grid" d="M{x} {y}H{WIDTH - 8}"/><text x="{LEFT - 6}" y="{y}" class="left">{value:.4g}</text>')
        parts.append(
            f'<text x="{place(share * last, low).split(",")[0]}" y="{HEIGHT - 6}" class="under">{share * last:,.0f}</text>'
        )
    for number, line in enumerate(points):
        parts.append(f'<polyline class="line{number}" points="{" ".join(place(*point) for point in line)}"/>')
        if len(line) <= 40:
            spots = (place(*point).split(",") for point in line)
            parts += [f'<circle class="dot{number}" cx="{x}" cy="{y}" r="3"/>' for x, y in spots]
    if baseline is not None:
        x, y = place(0, baseline).split(",")
        parts.append(f'<path class="baseline" d="M{x} {y}H{WIDTH - 8}"/>')
    for step in marks:
        x = place(min(step, last), low).split(",")[0]
        parts.append(f'<path class="edit" d="M{x} {TOP}V{HEIGHT - BOTTOM}"/>')
    names = "".join(f'<span class="name{number}">{html.escape(name)}</span> ' for number, (name, _) in enumerate(lines))
    dashed = "<span>dashed: baseline</span>" if baseline is not None else ""
    dashed += "<span>upright: edits</span>" if marks else ""
    return f"<figure><figcaption>{html.escape(title)} by step {names}{dashed}</figcaption>{''.join(parts)}</svg></figure>"
