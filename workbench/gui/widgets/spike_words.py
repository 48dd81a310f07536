"""What is said of steps that stand out, wherever it is said."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.contracts.spikes import AROUND, DEVIATIONS, TIMES, Spike, Usual
from workbench.gui.widgets.metric_words import number_text

FAR = 99_999
"""Spreads above which nobody wants the exact number."""


class SpikeWords(QObject):
    """Sentences in the window's language, for a widget that holds them."""

    def spike(self, spike: Spike) -> str:
        """A spike as an entry of a list."""
        return self.tr("step {0} · {1} {2}, {3} spreads above").format(
            f"{spike.step:,}", self.name(spike.what), number_text(spike.value), spreads(spike.deviations)
        )

    def name(self, what: str) -> str:
        """What a spike is one of."""
        return self.tr("loss") if what == "loss" else self.tr("gradient norm")

    def unusual(self, what: str, value: float, usual: Usual) -> str:
        """A value and how far it lies from what is usual around it."""
        if not usual.steps:
            return f"{self.name(what)} {number_text(value)}"
        apart = usual.deviations(value)
        words = (
            self.tr("{0} {1}: {2} spreads above the usual {3}")
            if apart >= 0
            else self.tr("{0} {1}: {2} spreads below the usual {3}")
        )
        return words.format(self.name(what), number_text(value), spreads(abs(apart)), number_text(usual.median))

    def rule(self) -> str:
        """What makes a step a spike."""
        return self.tr(
            "A spike lies more than {0} spreads above the median of the {1} steps around, and {2} times above that and above the "
            "median of the five steps before. A spread is 1.4826 median absolute deviations, the standard deviation of what is "
            "usual."
        ).format(f"{DEVIATIONS:g}", AROUND, f"{TIMES:g}")


def spreads(count: float) -> str:
    """How many spreads, as precisely as it matters."""
    return f"> {FAR:,}" if count > FAR else f"{count:,.0f}" if count >= 10 else f"{count:.1f}"
