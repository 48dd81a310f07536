"""The chart's axes: few ticks at round numbers, quiet lines, and a logarithmic mode that always has something to read."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont

from workbench.gui.theme import Theme

Ticks = list[tuple[float, list[float]]]


class QuietAxis(pg.AxisItem):
    """An axis with one kind of tick. In logarithmic mode its range is in powers of ten."""

    def __init__(self, orientation: str, *, whole: bool = False, pixels: int = 70) -> None:
        untyped: Any = super()  # Any: pyqtgraph states no types
        untyped.__init__(orientation, maxTickLength=-4)
        self._whole, self._pixels = whole, pixels
        self.logarithmic = False
        font = QFont()
        font.setPixelSize(11)
        untyped.setTickFont(font)
        untyped.setStyle(tickTextOffset=5, autoExpandTextSpace=False, hideOverlappingLabels=True)
        untyped.enableAutoSIPrefix(False)

    def recolour(self, theme: Theme) -> None:
        """Take the theme's colours."""
        untyped: Any = self  # Any: pyqtgraph states no types
        untyped.setPen(QColor(theme.line))
        untyped.setTickPen(QColor(theme.line))
        untyped.setTextPen(QColor(theme.muted))

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:
        low, high = sorted((float(minVal), float(maxVal)))
        if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
            return []
        wanted = max(2, int(size / self._pixels))
        if self.logarithmic:
            return [(1.0, [math.log10(value) for value in log_ticks(low, high, wanted)])]
        step = round_step((high - low) / wanted, whole=self._whole)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        return [(step, [place * step for place in range(first, last + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.logarithmic:
            return [f"{10**value:.4g}" if 1e-4 <= 10**value < 1e5 else f"{10**value:.0e}" for value in values]
        if self._whole:
            return [f"{value:,.0f}" for value in values]
        largest = max(map(abs, values), default=0.0)
        if largest >= 10_000_000:  # a loss that explodes
            return [f"{value:.3g}".replace("e+0", "e").replace("e+", "e") for value in values]
        if largest >= 10_000:
            places = max(0, math.ceil(-math.log10(spacing / 1_000) - 1e-9))
            return [f"{value / 1_000:,.{places}f}k" for value in values]
        if 0 < largest < 1e-3:
            return [f"{value:.2g}" for value in values]
        places = max(0, math.ceil(-math.log10(spacing) - 1e-9))
        return [f"{value:.{places}f}" for value in values]


def round_step(least: float, *, whole: bool = False) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that is not below `least` (nor below 1 where steps are whole)."""
    power = 10.0 ** math.floor(math.log10(least))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least * (1 - 1e-9))
    return max(step, 1.0) if whole else step


def log_ticks(low: float, high: float, wanted: int) -> list[float]:
    """Round values between 10^low and 10^high: powers of ten, with 2 and 5 where there is room; even steps in a narrow range."""
    if high - low < 0.7 and high < 300:
        least, most = 10.0**low, 10.0**high
        step = round_step((most - least) / wanted)
        return [float(place * step) for place in range(math.ceil(least / step), math.floor(most / step) + 1)]
    decades = np.arange(math.floor(low), math.ceil(high) + 1)
    factors = (1.0, 2.0, 5.0) if (high - low) * 3 <= wanted else (1.0,)
    every = max(1, math.ceil(len(decades) / wanted))
    values = [factor * 10.0 ** float(decade) for decade in decades[::every] for factor in factors]
    return [value for value in values if low <= math.log10(value) <= high]
