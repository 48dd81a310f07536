"""What is known of a head, in words: a heading, and one line with each score beside its chance level."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from workbench.contracts.frames import AttentionFrame
from workbench.gui.models.head_facts import HeadFacts, facts_in
from workbench.gui.models.token_names import shown
from workbench.gui.widgets.heatmap import Cell


class FactWords(QObject):
    """Says in the current language what was measured."""

    def heading(self, layer: int, head: int) -> str:
        """Layer and head, counted from 1."""
        return self.tr("Layer {0} · head {1}").format(layer + 1, head + 1)

    def line_of(self, frame: AttentionFrame | None, layer: int, head: int) -> str:
        """What a head of a frame mostly does, its score and its entropy, each beside even attention; empty without one."""
        if frame is None or not (layer < frame.weights.shape[0] and head < frame.weights.shape[1]) or not frame.weights.size:
            return ""
        if not np.isfinite(frame.weights[layer, head]).all():
            return self.tr("These weights are no numbers: training has gone astray.")
        return " · ".join(self.parts(facts_in(frame, layer, head)))

    def difference_of(self, frame: AttentionFrame | None, layer: int, head: int) -> str:
        """How far a head's weights for two texts lie apart; empty without a frame."""
        if frame is None or not (layer < frame.weights.shape[0] and head < frame.weights.shape[1]) or not frame.weights.size:
            return ""
        apart = np.abs(frame.weights[layer, head])
        moved = self.tr("B − A: {0} of each query's attention lies elsewhere on average · largest difference of a cell {1}")
        return moved.format(f"{apart.sum(-1).mean() / 2:.0%}", f"{apart.max():.2f}")

    def cell(self, cell: Cell, difference: bool) -> str:
        """One line about a cell; positions counted from 1."""
        place = cell.query + 1, shown(cell.query_token), cell.key + 1, shown(cell.key_token)
        if difference:
            return self.tr("query {0} “{1}” · key {2} “{3}” · B − A {4}").format(*place, f"{cell.weight:+.3f}")
        return self.tr("query {0} “{1}” · key {2} “{3}” · weight {4} · entropy of this query {5} nats").format(
            *place, _weight(cell.weight), f"{cell.row_entropy:.2f}"
        )

    def parts(self, facts: HeadFacts) -> list[str]:
        """The line's parts: where it looks, and how widely."""
        does = {
            "previous": self.tr("looks at the token before: {0} (chance {1})"),
            "own": self.tr("looks at the same position: {0} (chance {1})"),
            "first": self.tr("looks at the first token: {0} (chance {1})"),
            "mirrored": self.tr("looks at the mirrored position: {0} (chance {1})"),
        }
        parts = []
        if facts.mostly is not None:
            share = facts.shares[facts.mostly]
            parts.append(does[facts.mostly].format(f"{share.value:.2f}", f"{share.chance:.2f}"))
        else:
            parts.append(self.tr("looks at no one place clearly"))
        parts.append(
            self.tr("entropy {0} nats (even {1})").format(_about(facts, facts.entropy.value), f"{facts.entropy.chance:.2f}")
        )
        if facts.distance is not None:
            far = self.tr("mean distance {0} tokens (even {1})")
            parts.append(far.format(_about(facts, facts.distance.value, 1), f"{facts.distance.chance:.1f}"))
        return parts


def _weight(weight: float) -> str:
    """Three digits that mean something."""
    return f"{weight:.3f}" if weight >= 0.0005 or weight == 0 else f"{weight:.1e}"


def _about(facts: HeadFacts, value: float, digits: int = 2) -> str:
    return ("" if facts.exact else "≈ ") + f"{value:.{digits}f}"
